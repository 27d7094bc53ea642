// What a flush leaves in the database.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

using UnitOfWork = ComplianceTest;
ALUDEL_ON_EVERY_DATABASE(UnitOfWork);

TEST_P(UnitOfWork, commit_makes_new_objects_rows) {
    session.add_all(User{.name = "ed", .age = 30}, User{.name = "wendy"});
    session.commit();
    EXPECT_EQ(rows_of<User>(), 2);
    EXPECT_EQ(committed<int>("SELECT age FROM users WHERE name = 'ed'"), 30);
}

TEST_P(UnitOfWork, many_new_rows_get_their_own_keys) {
    std::vector<Ptr<User>> users;
    for (int i = 0; i < 150; ++i) {
        users.push_back(session.add(User{.name = "user " + std::to_string(i), .age = i}));
        users.back()->addresses.append(Address{.email = std::to_string(i) + "@example.org"});
    }
    session.commit();
    Session other{engine};
    for (int i = 0; i < 150; ++i) {
        const auto row = other.get<User>(*users[static_cast<std::size_t>(i)]->id);
        ASSERT_TRUE(row);
        EXPECT_EQ(row->age, i);
        ASSERT_EQ(row->addresses.size(), 1U);
        EXPECT_EQ(row->addresses[0]->email, std::to_string(i) + "@example.org");
    }
}

TEST_P(UnitOfWork, many_changed_rows_are_all_written) {
    std::vector<Ptr<User>> users;
    for (int i = 0; i < 150; ++i) users.push_back(session.add(User{.name = "user " + std::to_string(i)}));
    session.commit();
    for (int i = 0; i < 150; ++i)
        users[static_cast<std::size_t>(i)]->fullname = std::string(40, 'x') + std::to_string(i);
    session.commit();
    Session other{engine};
    for (const auto& user : users) EXPECT_EQ(*other.get<User>(*user->id)->fullname, *user->fullname);
}

TEST_P(UnitOfWork, nothing_is_seen_before_commit) {
    session.add(User{.name = "ed"});
    session.flush();
    EXPECT_EQ(session.query<User>().count(), 1);
    EXPECT_EQ(rows_of<User>(), 0);
}

TEST_P(UnitOfWork, changed_attributes_alone_are_written) {
    given_users({"ed"});
    session = Session{engine, {.expire_on_commit = false}};
    auto ed = session.get<User>(1);
    session.commit();
    engine.begin([](Connection& other) { other.execute(text("UPDATE users SET fullname = 'Ed Jones'")); });
    ed->age = 31;
    session.commit();
    session.refresh(ed);
    EXPECT_EQ(ed->age, 31);
    EXPECT_EQ(ed->fullname, "Ed Jones");
}

TEST_P(UnitOfWork, value_set_to_what_it_was_writes_nothing) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    statements();
    ed->name = "x";
    ed->name = "ed";
    session.flush();
    EXPECT_EQ(statements(), 0u);
}

TEST_P(UnitOfWork, update_that_equals_the_row_counts_as_found) {
    given_users({"ed"});
    session = Session{engine, {.expire_on_commit = false}};
    auto ed = session.get<User>(1);
    session.commit();
    engine.begin([](Connection& other) { other.execute(text("UPDATE users SET age = 5")); });
    ed->age = 5;  // the row has it already: a database may say that nothing changed
    session.commit();
    EXPECT_EQ(ed->age, 5);
}

TEST_P(UnitOfWork, deleted_object_loses_its_row) {
    given_users({"ed", "wendy"});
    session.delete_(session.get<User>(1));
    session.commit();
    EXPECT_EQ(rows_of<User>(), 1);
    EXPECT_FALSE(session.get<User>(1));
}

TEST_P(UnitOfWork, parents_are_written_before_children_and_deleted_after_them) {
    auto address = make(Address{.email = "e"});
    session.add(address);
    auto ed = session.add(User{.name = "ed"});
    address->user = ed;
    session.commit();
    EXPECT_EQ(address->user_id, ed->id);
    session.delete_(ed);
    session.commit();
    EXPECT_EQ(rows_of<Address>(), 0);
    EXPECT_EQ(rows_of<User>(), 0);
}

TEST_P(UnitOfWork, tree_is_written_from_its_root_and_deleted_from_its_leaves) {
    auto root = session.add(
        Node{.name = "r", .children = {Node{.name = "a", .children = {Node{.name = "aa"}}}, Node{.name = "b"}}});
    session.commit();
    EXPECT_EQ(rows_of<Node>(), 4);
    const auto all = session.query<Node>().all();
    for (const auto& node : all) session.delete_(node);
    session.commit();
    EXPECT_EQ(rows_of<Node>(), 0);
}

TEST_P(UnitOfWork, row_that_is_gone_is_stale_data) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    session.commit();
    EXPECT_EQ(ed->name, "ed");
    session.commit();
    engine.begin([](Connection& other) { other.execute(text("DELETE FROM users")); });
    ed->age = 3;
    EXPECT_THROW(session.flush(), Error);
    session.rollback();
    EXPECT_EQ(session.query<User>().count(), 0);
}

TEST_P(UnitOfWork, updates_of_many_objects_each_reach_their_row) {
    given_users({"a", "b", "c", "d"});
    for (const auto& user : session.query<User>().all()) user->age = *user->id * 10;
    session.commit();
    EXPECT_EQ(committed<int>("SELECT age FROM users WHERE name = 'a'"), 10);
    EXPECT_EQ(committed<int>("SELECT age FROM users WHERE name = 'd'"), 40);
}

TEST_P(UnitOfWork, key_can_be_changed) {
    given(Country{.code = "XX", .title = "x"});
    auto country = session.get<Country>("XX");
    country->code = "YY";
    session.commit();
    EXPECT_EQ(session.get<Country>("YY"), country);
    EXPECT_FALSE(session.get<Country>("XX"));
}

TEST_P(UnitOfWork, attribute_can_be_an_expression_of_the_database) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    ed->age = 20;
    session.commit();
    session.query<User>().filter(col<&User::id> == 1).update(col<&User::age> = col<&User::age> + 1);
    session.commit();
    EXPECT_EQ(ed->age, 21);
}

TEST_P(UnitOfWork, bulk_update_tells_how_many_rows_it_found) {
    given_users({"a", "b", "c"});
    EXPECT_EQ(session.query<User>().filter(col<&User::id> > 1).update(col<&User::fullname> = "x"), 2);
    EXPECT_EQ(session.query<User>().filter(col<&User::id> > 1).update(col<&User::fullname> = "x"), 2)
        << "the same again";
    EXPECT_EQ(session.query<User>().filter(col<&User::id> > 9).update(col<&User::fullname> = "x"), 0);
}

TEST_P(UnitOfWork, bulk_delete_tells_how_many_rows_it_removed) {
    given_users({"a", "b", "c"});
    EXPECT_EQ(session.query<User>().filter(col<&User::name>.in_({"a", "c"})).delete_(), 2);
    session.commit();
    EXPECT_EQ(rows_of<User>(), 1);
}

TEST_P(UnitOfWork, failed_flush_leaves_nothing_behind) {
    given_users({"ed"});
    session.add(User{.name = "new"});
    session.add(User{.name = "ed"});
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_THROW((void)session.query<User>().all(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(names(session.query<User>().all()), Lines{"ed"});
}

TEST_P(UnitOfWork, session_goes_on_after_a_failed_flush) {
    given_users({"ed"});
    auto twin = session.add(User{.name = "ed"});
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    twin->name = "wendy";
    session.add(twin);
    session.commit();
    EXPECT_EQ(rows_of<User>(), 2);
}

TEST_P(UnitOfWork, rollback_restores_objects) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    ed->name = "changed";
    auto fresh = session.add(User{.name = "fresh"});
    session.flush();
    session.delete_(ed);
    session.flush();
    session.rollback();
    EXPECT_EQ(object_state(fresh), ObjectState::transient);
    EXPECT_EQ(object_state(ed), ObjectState::persistent);
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(rows_of<User>(), 1);
}

TEST_P(UnitOfWork, object_deleted_and_added_with_one_key_in_one_flush) {
    given(Country{.code = "DE", .title = "old"});
    session.delete_(session.get<Country>("DE"));
    session.flush();
    session.add(Country{.code = "DE", .title = "new"});
    session.commit();
    EXPECT_EQ(session.get<Country>("DE")->title, "new");
}

TEST_P(UnitOfWork, autoflush_writes_before_a_query) {
    session.add(User{.name = "ed"});
    EXPECT_EQ(session.query<User>().filter(col<&User::name> == "ed").count(), 1);
    {
        auto off = session.no_autoflush();
        session.add(User{.name = "wendy"});
        EXPECT_EQ(session.query<User>().count(), 1);
    }
    EXPECT_EQ(session.query<User>().count(), 2);
}

TEST_P(UnitOfWork, merge_copies_onto_the_row_that_is_there) {
    given_users({"ed"});
    auto merged = session.merge(User{.id = 1, .name = "ed", .age = 44});
    EXPECT_EQ(object_state(merged), ObjectState::persistent);
    session.merge(User{.id = 2, .name = "new"});
    session.commit();
    EXPECT_EQ(committed<int>("SELECT age FROM users WHERE id = 1"), 44);
    EXPECT_EQ(rows_of<User>(), 2);
}

TEST_P(UnitOfWork, refresh_reads_what_others_committed) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    EXPECT_EQ(ed->age, std::nullopt);
    session.commit();
    engine.begin([](Connection& other) { other.execute(text("UPDATE users SET age = 9 WHERE id = 1")); });
    session.refresh(ed);
    EXPECT_EQ(ed->age, 9);
}

TEST_P(UnitOfWork, expired_object_is_read_once) {
    given_users({"ed"});
    auto ed = session.get<User>(1);
    session.commit();
    statements();
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(ed->age, std::nullopt);
    EXPECT_EQ(statements(), 1u);
}

TEST_P(UnitOfWork, statements_do_not_grow_with_the_objects_that_have_keys) {
    for (int i = 1; i <= 100; ++i) session.add(User{.id = i, .name = "u" + std::to_string(i)});
    session.flush();
    EXPECT_EQ(statements(), 1u);
    for (const auto& user : session.query<User>().all()) session.delete_(user);
    session.flush();
    session.commit();
    EXPECT_EQ(rows_of<User>(), 0);
}

}  // namespace
}  // namespace aludel::test::compliance
