// Memory after what went wrong or was taken back: failed flushes, rollbacks, keys that change, rows that are gone.
#include "orm/models.hpp"

namespace aludel::test {
namespace {

/// A text key that the database fills in, and one whose case the database does not tell apart.
struct Token {
    static constexpr auto table_name = "tokens";
    Mapped<std::string, primary_key, server_default("x")> id;
};
struct Folded {
    static constexpr auto table_name = "folded";
    Mapped<std::string, primary_key> id;
    Mapped<std::optional<int>> number;
};
struct Point {
    static constexpr auto table_name = "points";
    Mapped<double, primary_key> x;
    Mapped<std::optional<int>> number;
};

TEST_F(OrmTest, failed_flush_without_handles_frees_nothing_twice) {
    Session session{engine};
    session.add(User{.name = "a"});
    session.add(User{.name = "a"});
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
    EXPECT_EQ(session.query<User>().count(), 0);
}

TEST_F(OrmTest, savepoint_rollback_frees_objects_made_and_changed_inside) {
    Session session{engine};
    auto savepoint = session.begin_nested();
    {
        auto user = session.add(User{.name = "a"});
        session.flush();
        user->age = 1;
        session.flush();
    }
    savepoint.rollback();
    EXPECT_EQ(session.query<User>().count(), 0);
}

TEST_F(OrmTest, bulk_update_of_the_key_moves_the_identity) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->id, 1);
    EXPECT_EQ(session.query<User>().filter(col<&User::id> == 1).update(col<&User::id> = 5), 1);
    EXPECT_EQ(session.get<User>(5), ed);
    session.rollback();
    EXPECT_EQ(session.get<User>(1), ed);
    session.expunge(ed);
    EXPECT_TRUE(session.get<User>(1));
}

TEST_F(OrmTest, key_that_the_database_spells_otherwise_stays_one_identity) {
    engine.begin([](Connection& connection) {
        connection.execute(text("CREATE TABLE folded (id TEXT COLLATE NOCASE PRIMARY KEY, number INTEGER)"));
        connection.execute(text("INSERT INTO folded VALUES ('ABC', 1)"));
    });
    Session session{engine};
    auto row = session.get<Folded>("ABC");
    session.execute(text("UPDATE folded SET id = 'abc'"));
    session.refresh(row);
    EXPECT_EQ(row->id, "abc");
    session.expunge(row);
    EXPECT_TRUE(session.get<Folded>("abc"));
}

TEST_F(OrmTest, changes_between_failed_flush_and_rollback_are_discarded) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    session.add(User{.name = "ed"});
    EXPECT_THROW(session.flush(), IntegrityError);
    auto late = session.add(User{.name = "late"});
    session.delete_(ed);
    session.rollback();
    session.commit();
    EXPECT_EQ(object_state(late), ObjectState::transient);
    EXPECT_EQ(session.query<User>().count(), 1);
    EXPECT_EQ(ed->age, std::nullopt);
}

TEST_F(OrmTest, plain_struct_that_was_assigned_has_only_what_was_set) {
    const User from{.name = "ed"};
    User to{.id = 7, .name = "x"};
    to = from;
    std::vector<User> users{User{.name = "a"}, User{.name = "b"}};
    users.erase(users.begin());
    Session session{engine};
    auto first = session.add(to);
    auto second = session.add(users[0]);
    session.commit();
    EXPECT_EQ(first->id, 1);
    EXPECT_EQ(second->id, 2);
    EXPECT_EQ(second->name, "b");
}

TEST_F(OrmTest, struct_assigned_to_an_object_changes_what_the_struct_says) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    ed->age = 5;
    session.commit();
    *ed = User{.name = "edward"};
    session.commit();
    EXPECT_EQ(ed->id, 1);
    EXPECT_EQ(ed->name, "edward");
    EXPECT_EQ(ed->age, 5);
}

TEST_F(OrmTest, moving_an_attribute_onto_itself_keeps_it) {
    User user{.name = "a name long enough not to be kept in place"};
    auto& same = user.name;
    user.name = std::move(same);
    EXPECT_EQ(user.name, "a name long enough not to be kept in place");
}

TEST_F(OrmTest, moving_out_of_an_expired_detached_object_is_an_error_and_no_end) {
    Ptr<User> ed;
    {
        Session session{engine};
        ed = given_users(session, {"ed"})[0];
    }
    EXPECT_THROW(User(std::move(*ed)), DetachedInstanceError);
}

TEST_F(OrmTest, changed_object_whose_deletion_was_flushed_is_not_inserted_again) {
    Session session{engine};
    auto users = given_users(session, {"a", "b"});
    EXPECT_EQ(users[0]->name, "a");
    EXPECT_EQ(users[1]->name, "b");
    session.delete_(users[0]);
    session.flush();
    users[0]->age = 5;
    EXPECT_TRUE(session.dirty().empty());
    session.query<User>().filter(col<&User::id> == 2).delete_();
    users[1]->age = 5;
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 0);
}

TEST_F(OrmTest, changed_key_and_deletion_are_both_taken_back) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    ed->id = 2;
    session.flush();
    session.delete_(ed);
    session.flush();
    session.rollback();
    EXPECT_EQ(session.get<User>(1), ed);
    EXPECT_EQ(ed->name, "ed");
    ed->id = 9;
    session.delete_(ed);
    session.flush();
    session.rollback();
    ed->name = "z";
    session.commit();
    EXPECT_EQ(ed->id, 1);
}

TEST_F(OrmTest, expression_on_a_new_object_survives_a_failed_flush) {
    Session session{engine};
    given_users(session, {"ed"});
    auto user = session.add(User{.name = "ed"});
    user->nick = func::lower("XX");
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
    user->name = "wendy";
    session.add(user);
    session.commit();
    EXPECT_EQ(user->nick, "xx");
}

TEST_F(OrmTest, bulk_update_in_a_savepoint_is_taken_back_in_memory) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->age, std::nullopt);
    {
        auto savepoint = session.begin_nested();
        session.query<User>().filter(col<&User::id> == 1).update(col<&User::age> = 9);
        EXPECT_EQ(ed->age, 9);
    }
    EXPECT_EQ(ed->age, std::nullopt);
}

TEST_F(OrmTest, criteria_are_applied_to_values_that_the_database_made) {
    Session session{engine};
    auto row = session.add(Defaults{.label = "x"});
    session.flush();
    session.query<Defaults>().update(col<&Defaults::made_by_server> = col<&Defaults::made_by_server> + 1);
    EXPECT_EQ(row->made_by_server, 43);
    EXPECT_EQ(session.query<Defaults>().filter(col<&Defaults::made_by_server> == 43).delete_(), 1);
    EXPECT_EQ(object_state(row), ObjectState::deleted);
}

TEST_F(OrmTest, expire_all_leaves_pending_objects_readable) {
    Session session{engine, {.autoflush = false}};
    auto ed = session.add(User{.name = "ed"});
    session.expire_all();
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(object_state(ed), ObjectState::pending);
}

TEST_F(OrmTest, key_that_nobody_can_report_is_refused) {
    engine.begin([](Connection& connection) {
        connection.execute(text(create_table_sql(mapper<Token>().table(), connection.dialect())));
    });
    Session session{engine};
    session.add(Token{});
    EXPECT_THROW(session.flush(), FlushError);
}

TEST_F(OrmTest, key_by_expression_or_null_is_the_one_that_the_database_reports) {
    Session session{engine};
    auto ed = make(User{.id = null(), .name = "ed"});
    auto wendy = make(User{.name = "wendy"});
    wendy->id = func::call<int>("abs", literal(-5));
    session.add_all(ed, wendy);
    session.flush();
    EXPECT_EQ(ed->id, 1);
    EXPECT_EQ(wendy->id, 5);
    EXPECT_EQ(session.get<User>(5), wendy);
    wendy->id = col<&User::id> + 1;
    EXPECT_THROW(session.flush(), FlushError);
}

TEST_F(OrmTest, expiring_an_attribute_leaves_a_pending_change_of_the_key) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->id, 1);
    ed->id = 9;
    session.expire(ed, "nick");
    session.commit();
    EXPECT_EQ(ed->id, 9);
}

TEST_F(OrmTest, negative_zero_is_the_key_zero) {
    engine.begin([](Connection& connection) {
        connection.execute(text(create_table_sql(mapper<Point>().table(), connection.dialect())));
    });
    Session session{engine};
    auto point = session.add(Point{.x = -0.0, .number = 1});
    session.commit();
    EXPECT_EQ(point->number, 1);
    EXPECT_EQ(session.get<Point>(0.0), point);
}

TEST_F(OrmTest, exception_of_any_type_in_a_flush_leaves_a_session_that_can_be_rolled_back) {
    struct Thrower {
        static int make() { throw 5; }
    };
    MetaData metadata;
    const Table table{"throwing", metadata, Column{"id", Integer, primary_key},
                      Column{"n", Integer, insert_default(&Thrower::make)}};
    Session session{engine};
    EXPECT_THROW(session.execute(insert(table).values("id"_a = 1)), int);
    session.rollback();
    session.add(User{.name = "ed"});
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, bad_row_in_populate_existing_leaves_an_object_that_reads_anew) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    session.execute(text("UPDATE users SET age = 'old'"));
    EXPECT_THROW((void)session.query<User>().populate_existing().all(), DataError);
    session.execute(text("UPDATE users SET age = 7, name = 'edward'"));
    EXPECT_EQ(ed->name, "edward");
    EXPECT_EQ(ed->age, 7);
}

TEST_F(OrmTest, criteria_that_cannot_be_evaluated_are_refused_whatever_is_loaded) {
    Session session{engine};
    given_users(session, {"ed"});
    const auto query = session.query<User>().filter(col<&User::id> == 5 && func::lower(col<&User::name>) == "a");
    EXPECT_THROW(query.update(col<&User::age> = 1), InvalidRequestError);
}

TEST_F(OrmTest, slice_of_a_slice_counts_from_its_start) {
    Session session{engine};
    given_users(session, {"a", "b", "c", "d"});
    const auto names = session.query(col<&User::name>).order_by(col<&User::id>);
    EXPECT_EQ(names.offset(1).slice(1, 3).all(), (Lines{"c", "d"}));
    EXPECT_EQ(names.slice(3, 1).all(), Lines{});
}

}  // namespace
}  // namespace aludel::test
