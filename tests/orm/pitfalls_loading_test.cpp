// Pitfalls 29 to 33: eager loading, uniquing, option paths.
#include "orm/pitfall_models.hpp"

#include <algorithm>

namespace aludel::test::pitfalls {
namespace {

const std::string wrapped_columns =
    "SELECT anon_1.users_id AS anon_1_users_id, anon_1.users_name AS anon_1_users_name, anon_1.users_nick AS "
    "anon_1_users_nick, ";
const std::string address_1_columns =
    "addresses_1.id AS addresses_1_id, addresses_1.email AS addresses_1_email, addresses_1.user_id AS "
    "addresses_1_user_id";
const std::string outer_join_of_anon =
    ") AS anon_1 LEFT OUTER JOIN addresses AS addresses_1 ON anon_1.users_id = addresses_1.user_id ORDER BY ";
const std::string user_1_columns =
    "users_1.id AS users_1_id, users_1.name AS users_1_name, users_1.nick AS users_1_nick";
const std::string address_columns =
    "SELECT addresses.id AS addresses_id, addresses.email AS addresses_email, addresses.user_id AS addresses_user_id";
const std::string user_columns = "SELECT users.id AS users_id, users.name AS users_name, users.nick AS users_nick";

class PitfallLoading : public PitfallTest {
  protected:
    PitfallLoading() { given_user({"1", "2"}); }

    auto users() { return session.query<User>(); }
    auto addresses() { return session.query<Address>(); }
    const LoadOption joined = joinedload(rel<&User::addresses>);
};

TEST_F(PitfallLoading, Pitfall29_limit_with_a_joined_collection_wraps_the_query) {
    EXPECT_EQ(sql(users().options(joined).limit(5)), wrapped_columns + address_1_columns + " FROM (" + select_user +
                                                         " LIMIT ? OFFSET ?" + outer_join_of_anon + "addresses_1.id");
    EXPECT_EQ(users().options(joined).limit(5).all().at(0)->addresses.size(), 2u);
}

TEST_F(PitfallLoading, Pitfall29_order_is_repeated_outside) {
    EXPECT_EQ(sql(users().options(joined).distinct().order_by(col<&User::nick>).limit(3)),
              wrapped_columns + address_1_columns +
                  " FROM (SELECT DISTINCT users.id AS users_id, users.name AS users_name, users.nick AS users_nick "
                  "FROM users ORDER BY users.nick LIMIT ? OFFSET ?" +
                  outer_join_of_anon + "anon_1.users_nick, addresses_1.id");
}

TEST_F(PitfallLoading, Pitfall29_expressions_of_the_order_become_inner_columns) {
    const auto query = users().options(joined).order_by(func::lower(col<&User::name>)).limit(3);
    EXPECT_EQ(sql(query), wrapped_columns + "anon_1.lower_1 AS anon_1_lower_1, " + address_1_columns + " FROM (" +
                              user_columns +
                              ", lower(users.name) AS lower_1 FROM users ORDER BY lower(users.name) LIMIT ? OFFSET ?" +
                              outer_join_of_anon + "anon_1.lower_1, addresses_1.id");
    EXPECT_EQ(query.all().size(), 1u);
}

TEST_F(PitfallLoading, Pitfall29_many_to_one_and_contains_eager_never_wrap) {
    EXPECT_EQ(
        sql(addresses().options(joinedload(rel<&Address::user>)).limit(5)),
        address_columns + ", " + user_1_columns +
            " FROM addresses LEFT OUTER JOIN users AS users_1 ON users_1.id = addresses.user_id LIMIT ? OFFSET ?");
    const auto contained =
        users().join(rel<&User::addresses>).options(contains_eager(rel<&User::addresses>)).limit(1).all();
    EXPECT_EQ(emitted(), (Lines{address_columns +
                                    ", users.id AS users_id, users.name AS users_name, users.nick AS users_nick FROM "
                                    "users JOIN addresses ON users.id = addresses.user_id LIMIT ? OFFSET ?",
                                "    (1, 0)"}));
    EXPECT_EQ(contained.at(0)->addresses.size(), 1u);  // the limit counts joined rows
}

TEST_F(PitfallLoading, Pitfall30_eager_alias_is_not_the_join_of_the_query) {
    EXPECT_EQ(sql(users().join(rel<&User::addresses>).options(joined).filter(col<&Address::email> == "x")),
              user_columns + ", " + address_1_columns +
                  " FROM users JOIN addresses ON users.id = addresses.user_id LEFT OUTER JOIN addresses AS addresses_1 "
                  "ON users.id = addresses_1.user_id WHERE addresses.email = ? ORDER BY addresses_1.id");
}

TEST_F(PitfallLoading, Pitfall30_filter_without_a_join_adds_the_table) {
    EXPECT_EQ(sql(session.query<U>().options(joinedload(rel<&U::ads>)).filter(col<&A::n> == 1)),
              "SELECT u.id AS u_id, u.name AS u_name, a_1.id AS a_1_id, a_1.n AS a_1_n, a_1.u_id AS a_1_u_id FROM a, u "
              "LEFT OUTER JOIN a AS a_1 ON u.id = a_1.u_id WHERE a.n = ?");
}

TEST_F(PitfallLoading, Pitfall30_many_to_many_joins_the_association_with_the_target) {
    EXPECT_EQ(sql(session.query<Left>().options(joinedload(rel<&Left::rights>))),
              "SELECT lefts.id AS lefts_id, rights_1.id AS rights_1_id FROM lefts LEFT OUTER JOIN (left_right AS "
              "left_right_1 JOIN rights AS rights_1 ON rights_1.id = left_right_1.right_id) ON lefts.id = "
              "left_right_1.left_id ORDER BY rights_1.id");
}

TEST_F(PitfallLoading, Pitfall30_chain_and_inner_join) {
    const auto chained = joinedload(rel<&User::addresses>).joinedload(rel<&Address::dingalings>);
    EXPECT_EQ(sql(users().options(chained).filter(col<&User::name> == "x")),
              user_columns + ", dings_1.id AS dings_1_id, dings_1.a_id AS dings_1_a_id, " + address_1_columns +
                  " FROM users LEFT OUTER JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id LEFT OUTER "
                  "JOIN dings AS dings_1 ON addresses_1.id = dings_1.a_id WHERE users.name = ? ORDER BY "
                  "addresses_1.id");
    EXPECT_EQ(sql(addresses().options(joinedload(rel<&Address::user>, innerjoin))),
              address_columns + ", " + user_1_columns +
                  " FROM addresses JOIN users AS users_1 ON users_1.id = addresses.user_id");
}

TEST_F(PitfallLoading, Pitfall30_contains_eager_puts_its_columns_first) {
    const auto found = users()
                           .outerjoin(rel<&User::addresses>)
                           .options(contains_eager(rel<&User::addresses>))
                           .filter(col<&Address::email> == "1")
                           .all();
    EXPECT_EQ(emitted(),
              (Lines{address_columns + ", users.id AS users_id, users.name AS users_name, users.nick AS users_nick "
                                       "FROM users LEFT OUTER JOIN addresses ON users.id = addresses.user_id WHERE "
                                       "addresses.email = ?",
                     "    ('1',)"}));
    EXPECT_EQ(emails(found.at(0)->addresses), Lines{"1"});
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(PitfallTest, Pitfall31_objects_of_one_class_come_once_and_other_rows_as_they_are) {
    given(U{.name = "m", .ads = {A{.n = 1}, A{.n = 2}, A{.n = 3}}}, U{.name = "n"});
    const auto joined = session.query<U>().join(rel<&U::ads>);
    EXPECT_EQ(joined.all().size(), 1u);
    EXPECT_EQ(joined.limit(2).all().size(), 1u);  // the limit counts rows
    EXPECT_EQ((session.query<U, A>().join(rel<&U::ads>).all().size()), 3u);
    EXPECT_EQ(session.query(col<&U::name>).join(rel<&U::ads>).all().size(), 3u);
    EXPECT_EQ(session.query(col<&U::name>).join(rel<&U::ads>).distinct().all().size(), 1u);
    emitted();
    EXPECT_EQ(joined.count(), 3);
    EXPECT_EQ(emitted().at(0),
              "SELECT count(*) AS count_1 FROM (SELECT u.bio AS u_bio, u.id AS u_id, u.name AS u_name "
              "FROM u JOIN a ON u.id = a.u_id) AS anon_1");
}

TEST_F(PitfallLoading, Pitfall32_subqueryload_repeats_the_query_with_its_limit) {
    users().options(subqueryload(rel<&User::addresses>)).filter(col<&User::name> == "u").limit(1).all();
    EXPECT_EQ(emitted(),
              (Lines{select_user + " WHERE users.name = ? LIMIT ? OFFSET ?", "    ('u', 1, 0)",
                     address_columns + ", anon_1.users_id AS anon_1_users_id FROM (SELECT users.id AS users_id FROM "
                                       "users WHERE users.name = ? LIMIT ? OFFSET ?) AS anon_1 JOIN addresses ON "
                                       "anon_1.users_id = addresses.user_id ORDER BY addresses.id",
                     "    ('u', 1, 0)"}));
}

TEST_F(PitfallLoading, Pitfall32_selectinload_of_one_to_many_and_of_many_to_one) {
    given(Ding{.a_id = 1});
    session.expunge_all();
    log.clear();
    users().options(selectinload(rel<&User::addresses>).selectinload(rel<&Address::dingalings>)).all();
    EXPECT_EQ(emitted(),
              (Lines{select_user, "    ()",
                     "SELECT addresses.user_id AS addresses_user_id, addresses.id AS addresses_id, addresses.email AS "
                     "addresses_email FROM addresses WHERE addresses.user_id IN (?) ORDER BY addresses.id",
                     "    (1,)",
                     "SELECT dings.a_id AS dings_a_id, dings.id AS dings_id FROM dings WHERE dings.a_id IN (?, ?)",
                     "    (1, 2)"}));
    session.expunge_all();
    addresses().options(selectinload(rel<&Address::user>)).all();
    EXPECT_EQ(emitted(), (Lines{select_address, "    ()", select_user + " WHERE users.id IN (?)", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall32_many_to_many_by_selectin_and_by_subquery) {
    given(Left{.rights = {Right{}, Right{}}});
    const auto by_selectin = session.query<Left>().options(selectinload(rel<&Left::rights>)).all();
    EXPECT_EQ(emitted(), (Lines{"SELECT lefts.id AS lefts_id FROM lefts", "    ()",
                                "SELECT lefts_1.id AS lefts_1_id, rights.id AS rights_id FROM lefts AS lefts_1 JOIN "
                                "left_right AS left_right_1 ON lefts_1.id = left_right_1.left_id JOIN rights ON "
                                "rights.id = left_right_1.right_id WHERE lefts_1.id IN (?) ORDER BY rights.id",
                                "    (1,)"}));
    EXPECT_EQ(by_selectin.at(0)->rights.size(), 2u);
    session.expunge_all();
    const auto by_subquery = session.query<Left>().options(subqueryload(rel<&Left::rights>)).all();
    EXPECT_EQ(emitted(), (Lines{"SELECT lefts.id AS lefts_id FROM lefts", "    ()",
                                "SELECT rights.id AS rights_id, anon_1.lefts_id AS anon_1_lefts_id FROM (SELECT "
                                "lefts.id AS lefts_id FROM lefts) AS anon_1 JOIN left_right AS left_right_1 ON "
                                "anon_1.lefts_id = left_right_1.left_id JOIN rights ON rights.id = "
                                "left_right_1.right_id ORDER BY rights.id",
                                "    ()"}));
    EXPECT_EQ(by_subquery.at(0)->rights.size(), 2u);
}

TEST_F(PitfallTest, Pitfall32_selectinload_asks_for_500_at_a_time_and_for_none_not_at_all) {
    std::vector<Ptr<U>> many;
    for (int id = 1; id <= 502; ++id) many.push_back(make(U{.id = id, .name = std::to_string(id)}));
    given(many);
    EXPECT_EQ(session.query<U>().options(selectinload(rel<&U::ads>)).all().size(), 502u);
    const Lines statements = log.statements();
    ASSERT_EQ(statements.size(), 3u);
    EXPECT_EQ(std::count(statements[1].begin(), statements[1].end(), '?'), 500);
    EXPECT_EQ(std::count(statements[2].begin(), statements[2].end(), '?'), 2);
    log.clear();
    EXPECT_TRUE(session.query<U>().filter(col<&U::id> < 0).options(selectinload(rel<&U::ads>)).all().empty());
    EXPECT_EQ(log.statements().size(), 1u);
}

TEST_F(PitfallLoading, Pitfall33_option_for_a_class_that_the_query_does_not_have) {
    EXPECT_TRUE(message_of<ArgumentError>([&] { users().options(joinedload(rel<&Address::user>)).all(); })
                    .starts_with("Mapped attribute \"Address.user\" does not apply to any of the root entities in this "
                                 "query, e.g. mapped class User->users."));
}

TEST_F(PitfallLoading, Pitfall33_raiseload_and_noload) {
    const auto a = addresses().options(raiseload(rel<&Address::user>)).first();
    EXPECT_TRUE(message_of<InvalidRequestError>([&] {
                    (void)a->user.get();
                }).starts_with("'Address.user' is not available due to lazy='raise'"));
    const auto u = users().options(noload(rel<&User::addresses>)).first();
    log.clear();
    EXPECT_TRUE(u->addresses.empty());
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(PitfallLoading, Pitfall33_deferred_columns_are_loaded_one_by_one) {
    const auto u = users().options(load_only(col<&User::name>)).first();
    EXPECT_EQ(emitted(), (Lines{"SELECT users.id AS users_id, users.name AS users_name FROM users LIMIT ? OFFSET ?",
                                "    (1, 0)"}));
    EXPECT_EQ(u->nick, "dflt");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.nick AS users_nick FROM users WHERE users.id = ?", "    (1,)"}));
    session.expunge_all();
    const auto other = users().options(defer(col<&User::name>), defer(col<&User::nick>)).first();
    EXPECT_EQ(emitted(), (Lines{"SELECT users.id AS users_id FROM users LIMIT ? OFFSET ?", "    (1, 0)"}));
    EXPECT_EQ(other->name, "u");
    EXPECT_EQ(other->nick, "dflt");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.name AS users_name FROM users WHERE users.id = ?", "    (1,)",
                                "SELECT users.nick AS users_nick FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(PitfallLoading, Pitfall33_criteria_of_a_joined_relationship_go_into_its_condition) {
    const auto u = users().options(joinedload(rel<&User::addresses>.and_(col<&Address::email> == "2"))).all().at(0);
    EXPECT_EQ(emitted(), (Lines{user_columns + ", " + address_1_columns +
                                    " FROM users LEFT OUTER JOIN addresses AS addresses_1 ON users.id = "
                                    "addresses_1.user_id AND addresses_1.email = ? ORDER BY addresses_1.id",
                                "    ('2',)"}));
    EXPECT_EQ(emails(u->addresses), Lines{"2"});
}

}  // namespace
}  // namespace aludel::test::pitfalls
