// What SQLAlchemy warns of: the words, and what silences them.
#include "support/warnings.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::test::warnings {

using Lines = std::vector<std::string>;

struct User {
    static constexpr auto table_name = "u";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
};
struct Address {
    static constexpr auto table_name = "a";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("u.id")> u_id;
};
using Base = Registry<User, Address>;

struct Child;
struct Parent {
    static constexpr auto table_name = "parent";
    Mapped<int, primary_key> id;
    Many<Child> children;
    Many<Child> more;
    Many<Child, overlaps("children, more")> silent;
};
struct Child {
    static constexpr auto table_name = "child";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("parent.id")> parent_id;
};
using Overlapping = Registry<Parent, Child>;

/// The reverse side of the silence: the earlier one names the later.
struct Leaf;
struct Tree {
    static constexpr auto table_name = "tree";
    Mapped<int, primary_key> id;
    Many<Leaf, overlaps("fallen")> leaves;
    Many<Leaf> fallen;
    Many<Leaf, viewonly> seen;
};
struct Leaf {
    static constexpr auto table_name = "leaf";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("tree.id")> tree_id;
};
using Silent = Registry<Tree, Leaf>;

class WarningsTest : public ::testing::Test {
  protected:
    WarningsTest() : engine(create_engine("sqlite://")) { Base::metadata().create_all(engine); }

    Warnings warnings;
    Engine engine;
};

TEST_F(WarningsTest, Pitfall39_cartesian_product_is_a_warning_when_the_statement_is_first_run) {
    Session session(engine);
    for (int i = 0; i < 3; ++i) session.query<User, Address>().filter(col<&User::id> == i).all();
    EXPECT_EQ(warnings.take(),
              (Lines{"SELECT statement has a cartesian product between FROM element(s) \"a\" and FROM element \"u\". "
                     "Apply join condition(s) between each element to resolve."}));
    session.query<User, Address>().filter(col<&User::id> == col<&Address::u_id>).all();
    EXPECT_EQ(warnings.take(), Lines{});
}

TEST_F(WarningsTest, Pitfall39_cartesian_product_names_aliases_as_the_statement_does) {
    Session session(engine);
    const auto other = aliased<User>(), third = aliased<User>();
    session.query(entity<User>, other, third).filter(other[&User::id] == third[&User::id]).all();
    EXPECT_EQ(warnings.take(), (Lines{"SELECT statement has a cartesian product between FROM element(s) \"u_1\", "
                                      "\"u_2\" and FROM element \"u\". Apply join condition(s) between each element "
                                      "to resolve."}));
}

TEST_F(WarningsTest, cartesian_product_is_not_looked_for_without_from_linting) {
    Session session(create_engine("sqlite://", {.enable_from_linting = false}));
    Base::metadata().create_all(session.connection());
    session.query<User, Address>().all();
    EXPECT_EQ(warnings.take(), Lines{});
}

TEST_F(WarningsTest, cartesian_product_is_no_warning_for_text_alone) {
    EXPECT_EQ(to_string(select(entity<User>, entity<Address>)),
              "SELECT u.id, u.name, a.id AS id_1, a.u_id \nFROM u, a");
    EXPECT_EQ(warnings.take(), Lines{});
}

TEST_F(WarningsTest, Pitfall25_new_object_with_the_key_of_another_is_a_warning) {
    Session session(engine);
    auto first = session.add(User{.id = 1});
    session.flush();
    EXPECT_EQ(warnings.take(), Lines{});
    auto second = session.add(User{.id = 1});
    EXPECT_THROW(session.flush(), IntegrityError);
    const Lines texts = warnings.take();
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(std::regex_replace(texts.front(), std::regex(" at 0x[0-9a-f]+"), ""),
              "New instance <User> with identity key (User, (1,)) conflicts with persistent instance <User>");
}

TEST(RelationshipWarnings, Pitfall39_two_relationships_that_write_one_column_are_a_warning) {
    Warnings warnings;
    Overlapping::metadata();
    const auto parent = make(Parent{.children = {Child{}}});
    EXPECT_EQ(warnings.take(),
              (Lines{"relationship 'Parent.more' will copy column parent.id to column child.parent_id, which conflicts "
                     "with relationship(s): 'Parent.children' (copies parent.id to child.parent_id). If this is not "
                     "the intention, consider if these relationships should be linked with back_populates(\"…\"), or "
                     "if viewonly should be applied to one or more if they are read-only. For the less common case "
                     "that foreign key constraints are partially overlapping, foreign_keys(\"…\") can be used to say "
                     "which columns should be written. To silence this warning, add the option overlaps(\"children\") "
                     "to the 'Parent.more' relationship."}));
}

TEST(RelationshipWarnings, overlaps_of_either_side_silences) {
    Warnings warnings;
    Silent::metadata();
    const auto tree = make(Tree{.leaves = {Leaf{}}});
    EXPECT_EQ(warnings.take(), Lines{});
}

}  // namespace aludel::test::warnings
