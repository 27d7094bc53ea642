// Relationships in queries: the values of objects, dynamic relationships, errors, rows. Pitfalls 31, 35 and 39.
#include "orm/rel_models.hpp"

#include <gmock/gmock.h>

namespace aludel::test::related {

namespace {

using ::testing::HasSubstr;

using RelQueryObjects = RelQueryTest;

// ---- values of objects

TEST_F(RelQueryObjects, object_without_key_cannot_be_compared) {
    const auto query = session.query<Address>().filter(rel<&Address::user> == make(User{.name = "q"}));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)query.all(); }),
                HasSubstr("Can't resolve value for column users.id on object <User"));
}

TEST_F(RelQueryObjects, object_values_are_read_when_the_query_runs) {
    const auto pending = make(User{.name = "zz"});
    const auto query = session.query(col<&Address::id>).filter(rel<&Address::user> == pending);
    pending->id = 77;
    expect_sql(query, "SELECT addresses.id AS addresses_id FROM addresses WHERE ? = addresses.user_id", "(77,)");
    pending->id = 78;
    expect_sql(query, "SELECT addresses.id AS addresses_id FROM addresses WHERE ? = addresses.user_id", "(78,)");
}

TEST_F(RelQueryObjects, object_of_criterion_is_not_kept_by_the_statement_cache) {
    Session other{engine};
    auto held = other.get<User>(1);
    (void)other.query<Address>().filter(rel<&Address::user> == held).all();
    (void)other.query<Address>().filter(rel<&Address::user> == held).all();
    held = nullptr;
    other.expunge_all();
    EXPECT_EQ(other.identity_map_size(), 0U);
}

TEST_F(RelQueryObjects, expired_object_of_criterion_is_read_first) {
    session.expire(user);
    log.clear();
    (void)session.query(col<&Address::id>).filter(rel<&Address::user> == user).all();
    EXPECT_EQ(emitted(),
              (std::vector<std::string>{
                  "SELECT users.id AS users_id, users.name AS users_name FROM users WHERE users.id = ?", "    (1,)",
                  "SELECT addresses.id AS addresses_id FROM addresses WHERE ? = addresses.user_id", "    (1,)"}));
}

TEST_F(RelQueryObjects, count_of_criterion_with_object) {
    EXPECT_EQ(session.query<Address>().filter(rel<&Address::user> == user).count(), 1);
}

TEST_F(RelQueryObjects, update_of_what_an_object_has) {
    const auto theirs = session.query<Address>().filter(rel<&Address::user> == user);
    EXPECT_EQ(theirs.update(col<&Address::email> = "new"), 1);
    EXPECT_EQ(address->email->value_or("?"), "new");
    EXPECT_EQ(theirs.delete_(), 1);
}

TEST_F(RelQueryObjects, null_handle_is_null) {
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user> == Ptr<User>()),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE addresses.user_id IS NULL", "()");
}

// ---- dynamic relationships

TEST_F(RelQueryObjects, dynamic_relationship_is_a_query) {
    log.clear();
    (void)user->posts.filter(col<&Post::title> == "x").all();
    (void)staff->up.filter(col<&Staff::name> == "x").all();
    (void)staff->down.all();
    EXPECT_EQ(emitted(),
              (std::vector<std::string>{
                  "SELECT posts.id AS posts_id, posts.user_id AS posts_user_id, posts.title AS posts_title FROM posts "
                  "WHERE ? = posts.user_id AND posts.title = ?",
                  "    (1, 'x')",
                  "SELECT staff.id AS staff_id, staff.name AS staff_name FROM staff, staff_up WHERE ? = "
                  "staff_up.down_id AND staff.id = staff_up.up_id AND staff.name = ?",
                  "    (6, 'x')",
                  "SELECT staff.id AS staff_id, staff.name AS staff_name FROM staff, staff_up WHERE ? = staff_up.up_id "
                  "AND staff.id = staff_up.down_id",
                  "    (6,)"}));
    EXPECT_EQ(staff->up.count(), 0);
}

TEST_F(RelQueryObjects, dynamic_relationship_without_session_says_so) {
    const auto alone = make(User{.name = "a"});
    EXPECT_THAT(message_of<DetachedInstanceError>([&] { (void)alone->posts.filter(col<&Post::id> > 1); }),
                HasSubstr("is not bound to a Session; lazy load operation of attribute 'posts' cannot proceed"));
}

// ---- errors

TEST_F(RelQueryObjects, join_class_with_itself_names_the_cure) {
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)session.query<Node>().join(rel<&Node::children>); }),
                HasSubstr("Can't construct a join from mapped class Node->nodes to mapped class Node->nodes, they are "
                          "the same entity; join an alias: auto other = aliased<Node>()"));
}

TEST_F(RelQueryObjects, join_unrelated_class_is_refused) {
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)session.query<User>().join<Ding>().all(); }),
                HasSubstr("Don't know how to join to <Mapper; Ding>. Please use the .select_from() method to establish "
                          "an explicit left side"));
}

TEST_F(RelQueryObjects, join_to_another_class_than_the_relationship_leads_to_is_refused) {
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)session.query<User>().join<Ding>(rel<&User::addresses>); }),
                HasSubstr("Join target Ding does not correspond to the right side of join condition User.addresses"));
}

TEST_F(RelQueryObjects, join_to_a_table_that_the_relationship_does_not_lead_to_is_refused) {
    EXPECT_THAT(message_of<InvalidRequestError>(
                    [&] { (void)session.query<User>().join(post_keywords, rel<&User::addresses>); }),
                HasSubstr("Selectable 'post_keywords' is not derived from 'addresses'"));
}

TEST_F(RelQueryObjects, null_of_an_object_is_warned_of) {
    session.execute(text("INSERT INTO addresses (id) VALUES (30)"));
    const auto homeless = session.get<Address>(30);
    log.clear();
    (void)session.query(col<&User::id>).filter(rel<&User::addresses>.contains(homeless)).all();
    const auto lines = emitted();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines[0], HasSubstr("Got None for value of column addresses.user_id"));
    EXPECT_EQ(lines[2], "    (None,)");
}

TEST_F(RelQueryObjects, join_by_unknown_name_lists_the_relationships) {
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)session.query<User>().join("adresses"); }),
                HasSubstr("Class User has no relationship 'adresses'; it has: addresses, profile, posts"));
}

TEST_F(RelQueryObjects, filter_by_after_join_asks_for_the_class) {
    const auto query = session.query<User>().join(rel<&User::addresses>);
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)query.filter_by("name"_a = "ed"); }),
                HasSubstr("write filter_by<Address>(…), or filter_by<User>(…)"));
    expect_sql(query.filter_by<User>("name"_a = "ed").with_entities(col<&User::id>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id WHERE users.name "
               "= ?",
               "('ed',)");
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)query.filter_by<Post>("title"_a = "x"); }),
                HasSubstr("the query has no Post; join it first"));
    (void)query.reset_joinpoint().filter_by("name"_a = "ed");
}

// ---- rows

TEST_F(RelQueryObjects, outer_join_gives_a_null_handle_for_what_is_missing) {
    session.execute(text("INSERT INTO users (id, name) VALUES (20, 'alone')"));
    std::vector<std::string> rows;
    for (auto& [found, its] :
         session.query<User, Address>().outerjoin(rel<&User::addresses>).order_by(col<&User::id>)) {
        rows.push_back(found->name->value_or("?") + (its ? " " + its->email->value_or("?") : " none"));
    }
    EXPECT_EQ(rows, (std::vector<std::string>{"ed x", "alone none"}));
}

TEST_F(RelQueryObjects, join_rows_of_one_class_come_once) {
    session.execute(text("INSERT INTO addresses (id, email, user_id) VALUES (21, 'y', 1)"));
    EXPECT_EQ(session.query<User>().join(rel<&User::addresses>).all().size(), 1U);
    EXPECT_EQ(session.query<User>().join(rel<&User::addresses>).count(), 2);
}

}  // namespace

}  // namespace aludel::test::related
