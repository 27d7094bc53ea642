// The tutorial, prelude and sections 1 and 2: a relationship is declared, related objects are stored and read.
#include "seed004.hpp"

#include <aludel/sql/compile/ddl.hpp>

#include <type_traits>

namespace tutorial {
namespace {

using plain::Address;
using plain::User;

std::string create_table(std::string_view table) {
    return test::folded(create_table_sql(plain::Base::metadata().table(table), dialects::sqlite()));
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::string create_users =
    "CREATE TABLE users ( id INTEGER NOT NULL, name VARCHAR, fullname VARCHAR, password VARCHAR, PRIMARY KEY (id) )";
const std::string create_addresses =
    "CREATE TABLE addresses ( id INTEGER NOT NULL, email_address VARCHAR NOT NULL, user_id INTEGER, PRIMARY KEY (id), "
    "FOREIGN KEY(user_id) REFERENCES users (id) )";
const std::string load_addresses = select_addresses + " WHERE ? = addresses.user_id ORDER BY addresses.id";

TEST(Seed004Models, S4_001_table_of_users) { EXPECT_EQ(create_table("users"), create_users); }

TEST_F(Seed004, S4_002_four_users_are_numbered_in_the_order_in_which_they_were_added) {
    plain::Base::metadata().create_all(engine);
    log();
    const auto ed = session.add(User{.name = "ed", .fullname = "Ed Jones", .password = "f8s7ccs"});
    session.add_all(User{.name = "wendy", .fullname = "Wendy Williams", .password = "foobar"},
                    User{.name = "mary", .fullname = "Mary Contrary", .password = "xxg527"});
    const auto fred = session.add(User{.name = "fred", .fullname = "Fred Flinstone", .password = "blah"});
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_user, "    ('ed', 'Ed Jones', 'f8s7ccs')", insert_user,
                            "    ('wendy', 'Wendy Williams', 'foobar')", insert_user,
                            "    ('mary', 'Mary Contrary', 'xxg527')", insert_user,
                            "    ('fred', 'Fred Flinstone', 'blah')", "COMMIT"}));
    EXPECT_EQ(*ed->id, 1);
    EXPECT_EQ(*fred->id, 4);
}

TEST(Seed004Models, S4_003_foreign_key_refers_to_the_column_of_the_other_table) {
    EXPECT_TRUE(has(create_table("addresses"), "FOREIGN KEY(user_id) REFERENCES users (id)"));
}

TEST(Seed004Models, S4_004_foreign_key_may_be_null) {
    EXPECT_TRUE(has(create_table("addresses"), "user_id INTEGER, PRIMARY KEY"));
}

TEST(Seed004Models, S4_005_column_that_may_not_be_null) {
    EXPECT_TRUE(has(create_table("addresses"), "email_address VARCHAR NOT NULL,"));
}

TEST_F(Seed004Jack, S4_006_many_to_one_side) {
    const auto yahoo = session.query<Address>().filter_by("email_address"_a = "j25@yahoo.com").one();
    log();
    static_assert(std::is_same_v<decltype(yahoo->user)::target, User>);
    EXPECT_EQ(printed(yahoo->user), jack_printed);
    EXPECT_EQ(log(), only(select_users + " WHERE users.id = ?", "(5,)"));
}

TEST(Seed004Models, S4_007_relationship_with_a_class_that_is_only_declared_yet_has_its_order) {
    static_assert(std::is_same_v<decltype(User::addresses)::target, Address>);
    const auto descriptions = mapper<User>().relationships();
    ASSERT_EQ(descriptions.size(), 1u);
    EXPECT_EQ(descriptions[0].name, "addresses");
}

TEST_F(Seed004Jack, S4_008_the_foreign_key_decides_which_side_is_many) {
    const auto jack = load_jack();
    static_assert(decltype(User::addresses)::is_collection);
    static_assert(!decltype(Address::user)::is_collection);
    EXPECT_EQ(jack->addresses.size(), 2u);
    log();
    EXPECT_TRUE(jack->addresses[0]->user == jack);  // in memory already
    EXPECT_EQ(log(), Lines{});
}

/// The class that refers to the other one comes first.
namespace reversed {
struct Parent;
struct Child {
    static constexpr auto table_name = "reversed_child";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("reversed_parent.id")> parent_id;
    One<Parent, back_populates("children")> parent;
};
struct Parent {
    static constexpr auto table_name = "reversed_parent";
    Mapped<int, primary_key> id;
    Many<Child> children;
};
}  // namespace reversed

TEST_F(Seed004, S4_009_classes_that_are_related_may_be_declared_in_any_order) {
    Registry<reversed::Child, reversed::Parent>::metadata().create_all(engine);
    const auto parent = session.add(reversed::Parent{.children = {reversed::Child{}}});
    session.commit();
    EXPECT_TRUE(parent->children[0]->parent == parent);
}

TEST_F(Seed004, S4_010_create_all_only_checks_the_table_that_is_there) {
    session.execute(text(create_users));
    session.commit();
    log();
    plain::Base::metadata().create_all(engine);
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "PRAGMA main.table_info(\"users\")", "    ()",
                            "PRAGMA main.table_info(\"addresses\")", "    ()", "PRAGMA temp.table_info(\"addresses\")",
                            "    ()", create_addresses, "    ()", "COMMIT"}));
}

TEST(Seed004Objects, S4_011_designated_initialisers_are_the_keyword_arguments) {
    const auto jack = make(User{.name = "jack", .fullname = "Jack Bean", .password = "gjffdd"});
    EXPECT_EQ(printed(jack), jack_printed);
    EXPECT_EQ(object_state(jack), ObjectState::transient);
}

TEST_F(Seed004Users, S4_012_collection_of_a_new_object_is_empty_without_a_statement) {
    const auto jack = session.add(User{.name = "jack"});
    EXPECT_TRUE(jack->addresses.empty());
    EXPECT_EQ(jack->addresses.size(), 0u);
    EXPECT_EQ(log(), Lines{});
}

TEST(Seed004Objects, S4_013_the_collection_takes_addresses_and_nothing_else) {
    static_assert(std::is_assignable_v<decltype(User::addresses)&, std::initializer_list<Address>>);
    static_assert(!std::is_assignable_v<decltype(User::addresses)&, std::initializer_list<User>>);
}

TEST(Seed004Objects, S4_014_a_whole_list_is_assigned) {
    plain::Base::metadata();  // the tables by whose foreign keys the two sides find each other
    const auto jack = make(User{.name = "jack"});
    jack->addresses = {Address{.email_address = "jack@google.com"}, Address{.email_address = "j25@yahoo.com"}};
    EXPECT_EQ(all_printed(jack->addresses), (Lines{google_printed, yahoo_printed}));
}

TEST_F(Seed004Users, S4_015_the_other_side_agrees_in_memory) {
    const auto jack = make(new_jack());
    EXPECT_EQ(printed(jack->addresses[1]), yahoo_printed);
    EXPECT_EQ(printed(jack->addresses[1]->user), jack_printed);
    EXPECT_TRUE(jack->addresses[0]->user == jack);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed004Users, S4_016_add_cascades_to_the_addresses) {
    const auto jack = session.add(new_jack());
    EXPECT_EQ(session.new_().size(), 3u);
    EXPECT_TRUE(session.new_().contains(jack->addresses[0]));
    EXPECT_EQ(object_state(jack->addresses[1]), ObjectState::pending);
}

TEST_F(Seed004Users, S4_017_the_user_is_inserted_first) {
    session.add(new_jack());
    session.commit();
    auto lines = log();
    lines.resize(3);
    EXPECT_EQ(lines, begin_and(insert_user, "('jack', 'Jack Bean', 'gjffdd')"));
}

TEST_F(Seed004Users, S4_018_the_addresses_get_the_key_of_the_user) {
    const auto jack = session.add(new_jack());
    session.flush();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 7u);
    EXPECT_EQ(Lines(lines.begin() + 3, lines.end()),
              (Lines{insert_address, "    ('jack@google.com', 5)", insert_address, "    ('j25@yahoo.com', 5)"}));
    EXPECT_EQ(jack->addresses[0]->user_id, 5);
}

TEST_F(Seed004Users, S4_019_commit) {
    session.add(new_jack());
    session.commit();
    EXPECT_EQ(log().back(), "COMMIT");
}

TEST_F(Seed004Users, S4_020_query_for_jack) {
    session.add(new_jack());
    session.commit();
    log();
    session.query<User>().filter_by("name"_a = "jack").one();
    EXPECT_EQ(log(), begin_and(select_users + " WHERE users.name = ?", "('jack',)"));
}

TEST_F(Seed004Users, S4_021_it_is_the_same_object) {
    const auto jack = session.add(new_jack());
    session.commit();
    const auto found = session.query<User>().filter_by("name"_a = "jack").one();
    EXPECT_TRUE(found == jack);
    EXPECT_EQ(printed(found), jack_printed);
}

TEST_F(Seed004Jack, S4_022_no_addresses_are_loaded_with_the_user) {
    const auto jack = session.query<User>().filter_by("name"_a = "jack").one();
    EXPECT_EQ(log().size(), 3u);  // BEGIN, the SELECT and its parameters
}

TEST_F(Seed004Jack, S4_023_addresses_are_loaded_at_the_first_access) {
    const auto jack = load_jack();
    EXPECT_EQ(all_printed(jack->addresses), (Lines{google_printed, yahoo_printed}));
    EXPECT_EQ(log(), only(load_addresses, "(5,)"));
}

TEST_F(Seed004Jack, S4_024_the_value_stands_on_the_left) {
    const auto jack = load_jack();
    EXPECT_FALSE(jack->addresses.empty());
    EXPECT_TRUE(has(log().at(0), " WHERE ? = addresses.user_id "));
}

TEST_F(Seed004Jack, S4_025_the_second_access_emits_nothing) {
    const auto jack = load_jack();
    EXPECT_EQ(jack->addresses.size(), 2u);
    log();
    EXPECT_EQ(all_printed(jack->addresses), (Lines{google_printed, yahoo_printed}));
    EXPECT_EQ(log(), Lines{});
}

}  // namespace
}  // namespace tutorial
