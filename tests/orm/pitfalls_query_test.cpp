// Pitfalls 35 and 39: relationships in criteria, FROM, joins and their errors.
#include "orm/pitfall_models.hpp"

#include <aludel/sql/compile/to_string.hpp>

namespace aludel::test::pitfalls {
namespace {

class PitfallQuery : public PitfallTest {
  protected:
    auto users() { return session.query<User>(); }
    auto addresses() { return session.query<Address>(); }
};

TEST_F(PitfallQuery, Pitfall35_comparison_with_an_object_or_none) {
    given_user({"1"});
    const auto u = session.get<User>(1);
    EXPECT_EQ(sql(addresses().filter(rel<&Address::user> == u)), select_address + " WHERE ? = addresses.user_id");
    EXPECT_EQ(sql(addresses().filter(rel<&Address::user> != u)),
              select_address + " WHERE addresses.user_id != ? OR addresses.user_id IS NULL");
    EXPECT_EQ(sql(addresses().filter(rel<&Address::user> == nullptr)),
              select_address + " WHERE addresses.user_id IS NULL");
    EXPECT_EQ(sql(users().filter(rel<&User::addresses> == nullptr)),
              select_user + " WHERE NOT (EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id))");
}

TEST_F(PitfallQuery, Pitfall35_value_of_the_object_is_read_when_the_statement_runs) {
    const auto pending = make(User{.name = "pending"});
    const auto query = addresses().filter(rel<&Address::user> == pending);
    EXPECT_EQ(sql(query), select_address + " WHERE ? = addresses.user_id");
    const auto message = message_of<Error>([&] { query.all(); });
    EXPECT_NE(message.find("Can't resolve value for column users.id on object <User"), std::string::npos) << message;
    EXPECT_NE(message.find("no value has been set for this column"), std::string::npos) << message;
    session.add(pending);
    EXPECT_TRUE(query.all().empty());  // the autoflush gave it a key
    EXPECT_EQ(emitted(), (Lines{insert_user, "    ('pending', 'dflt')", select_address + " WHERE ? = addresses.user_id",
                                "    (1,)"}));
}

TEST_F(PitfallQuery, Pitfall35_negated_any_and_has) {
    EXPECT_EQ(sql(users().filter(!rel<&User::addresses>.any())),
              select_user + " WHERE NOT (EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id))");
    EXPECT_EQ(sql(addresses().filter(!rel<&Address::user>.has())),
              select_address + " WHERE NOT (EXISTS (SELECT 1 FROM users WHERE users.id = addresses.user_id))");
    EXPECT_EQ(sql(users().filter(rel<&User::addresses>.any(rel<&Address::user>.has(col<&User::name> == "x")))),
              select_user +
                  " WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id AND (EXISTS (SELECT 1 "
                  "FROM users WHERE users.id = addresses.user_id AND users.name = ?)))");
}

TEST_F(PitfallQuery, Pitfall35_contains) {
    given_user({"1"});
    EXPECT_EQ(sql(users().filter(rel<&User::addresses>.contains(session.get<Address>(1)))),
              select_user + " WHERE users.id = ?");
    given(Left{.rights = {Right{}}});
    const auto right = session.get<Right>(1);
    EXPECT_EQ(
        sql(session.query<Left>().filter(rel<&Left::rights>.contains(right))),
        "SELECT lefts.id AS lefts_id FROM lefts, left_right AS left_right_1 WHERE lefts.id = left_right_1.left_id "
        "AND ? = left_right_1.right_id");
    EXPECT_EQ(sql(session.query<Left>().filter(!rel<&Left::rights>.contains(right))),
              "SELECT lefts.id AS lefts_id FROM lefts WHERE NOT (EXISTS (SELECT 1 FROM left_right, rights WHERE "
              "lefts.id = left_right.left_id AND rights.id = left_right.right_id AND rights.id = ?))");
}

TEST_F(PitfallQuery, Pitfall35_two_any_are_two_exists) {
    EXPECT_EQ(sql(session.query<U>().filter(rel<&U::ads>.any(col<&A::n> == 1), rel<&U::ads>.any(col<&A::n> == 2))),
              select_u +
                  " WHERE (EXISTS (SELECT 1 FROM a WHERE u.id = a.u_id AND a.n = ?)) AND (EXISTS (SELECT 1 FROM "
                  "a WHERE u.id = a.u_id AND a.n = ?))");
}

TEST_F(PitfallQuery, Pitfall35_any_of_a_class_with_itself_is_over_an_alias) {
    EXPECT_EQ(sql(session.query(col<&Node::id>).filter(rel<&Node::children>.any(col<&Node::name> == "x"))),
              "SELECT nodes.id AS nodes_id FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes.id = "
              "nodes_1.parent_id AND nodes_1.name = ?)");
}

TEST_F(PitfallQuery, Pitfall39_from_has_tables_in_the_order_of_their_first_use) {
    EXPECT_EQ(sql(users().filter(col<&Address::email> == "1")),
              "SELECT users.id AS users_id, users.name AS users_name, users.nick AS users_nick FROM users, addresses "
              "WHERE addresses.email = ?");
    EXPECT_EQ(
        sql(session.query<User, Address>().filter(col<&Ding::id> == 1)).find(" FROM users, addresses, dings WHERE ") !=
            std::string::npos,
        true);
}

TEST_F(PitfallQuery, Pitfall39_scalar_subquery_never_loses_its_last_table) {
    const auto greatest = select(func::max(col<&A::n>)).scalar_subquery();
    EXPECT_EQ(sql(session.query(col<&A::id>).filter(col<&A::n> == greatest)),
              "SELECT a.id AS a_id FROM a WHERE a.n = (SELECT max(a.n) AS max_1 FROM a)");
}

TEST_F(PitfallQuery, Pitfall39_relationship_that_is_joined_twice_is_joined_once) {
    EXPECT_EQ(sql(session.query<U>().join(rel<&U::ads>).join(rel<&U::ads>)), select_u + " JOIN a ON u.id = a.u_id");
    const auto a1 = aliased<A>();
    EXPECT_EQ(
        sql(session.query<U>().join(a1, rel<&U::ads>).join<A>(rel<&U::ads>).filter(a1[&A::n] == 1, col<&A::n> == 2)),
        select_u + " JOIN a AS a_1 ON u.id = a_1.u_id JOIN a ON u.id = a.u_id WHERE a_1.n = ? AND a.n = ?");
}

TEST_F(PitfallQuery, Pitfall39_join_of_a_class_with_itself) {
    const auto child = aliased<Node>();
    EXPECT_EQ(sql(session.query(col<&Node::id>).join(child, rel<&Node::children>)),
              "SELECT nodes.id AS nodes_id FROM nodes JOIN nodes AS nodes_1 ON nodes.id = nodes_1.parent_id");
    EXPECT_EQ(
        sql(session.query(col<&Node::id>).join(rel<&Node::children>.of_type(child)).filter(child[&Node::name] == "x")),
        "SELECT nodes.id AS nodes_id FROM nodes JOIN nodes AS nodes_1 ON nodes.id = nodes_1.parent_id WHERE "
        "nodes_1.name = ?");
}

TEST_F(PitfallQuery, Pitfall39_criteria_of_a_join) {
    EXPECT_EQ(sql(session.query<U>().join(rel<&U::ads>.and_(col<&A::n> > 1))),
              select_u + " JOIN a ON u.id = a.u_id AND a.n > ?");
}

TEST_F(PitfallQuery, Pitfall39_join_that_nobody_knows) {
    EXPECT_TRUE(
        message_of<InvalidRequestError>([&] { users().join<Ding>().all(); }).starts_with("Don't know how to join to"));
}

struct Island;
struct Mainland {
    static constexpr auto table_name = "mainlands";
    Mapped<int, primary_key> id;
    Many<Island> islands;
};
struct Island {
    static constexpr auto table_name = "islands";
    Mapped<int, primary_key> id;
};

TEST_F(PitfallQuery, Pitfall39_relationship_without_foreign_key) {
    Registry<Mainland, Island>::metadata();
    EXPECT_TRUE(message_of<NoForeignKeysError>([&] { session.query<Mainland>().join(rel<&Mainland::islands>).all(); })
                    .starts_with("Could not determine join condition between parent/child tables on relationship "
                                 "Mainland.islands - there are no foreign keys linking these tables."));
}

struct Town {
    static constexpr auto table_name = "towns";
    Mapped<int, primary_key> id;
};
struct Road {
    static constexpr auto table_name = "roads";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("towns.id")> from_id;
    Mapped<int, ForeignKey("towns.id")> to_id;
    One<Town> town;
};

TEST_F(PitfallQuery, Pitfall39_relationship_with_several_foreign_keys) {
    Registry<Town, Road>::metadata();
    EXPECT_TRUE(message_of<AmbiguousForeignKeysError>([&] { session.query<Road>().join(rel<&Road::town>).all(); })
                    .starts_with("Could not determine join condition between parent/child tables on relationship "
                                 "Road.town - there are multiple foreign key paths linking the tables."));
}

struct Twin {
    static constexpr auto table_name = "twins";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("twins.id")> other_id;
    Many<Twin, back_populates("b")> a;
    Many<Twin, back_populates("a")> b;
};

TEST_F(PitfallQuery, Pitfall39_both_sides_of_one_direction) {
    Registry<Twin>::metadata();
    const auto message = message_of<ArgumentError>([&] { session.query<Twin>().join(rel<&Twin::a>).all(); });
    EXPECT_NE(message.find("are both of the same direction symbol('ONETOMANY')"), std::string::npos) << message;
    EXPECT_NE(message.find("Did you mean to set remote_side on the many-to-one side ?"), std::string::npos) << message;
}

}  // namespace
}  // namespace aludel::test::pitfalls
