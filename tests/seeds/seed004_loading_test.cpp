// The tutorial, sections 9 to 11: subqueryload, joinedload, contains_eager.
#include "seed004.hpp"

namespace tutorial {
namespace {

using plain::Address;
using plain::User;

const std::string jacks = select_users + " WHERE users.name = ?";
const std::string by_subquery =
    "SELECT addresses.id AS addresses_id, addresses.email_address AS addresses_email_address, addresses.user_id AS "
    "addresses_user_id, anon_1.users_id AS anon_1_users_id FROM (SELECT users.id AS users_id FROM users";
const std::string of_subquery =
    ") AS anon_1 JOIN addresses ON anon_1.users_id = addresses.user_id ORDER BY addresses.id";
const std::string by_join =
    "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, users.password AS "
    "users_password, addresses_1.id AS addresses_1_id, addresses_1.email_address AS addresses_1_email_address, "
    "addresses_1.user_id AS addresses_1_user_id FROM users LEFT OUTER JOIN addresses AS addresses_1 ON users.id = "
    "addresses_1.user_id";

class Seed004Loading : public Seed004Jack {
  protected:
    Seed004Loading() {
        session.query<User>().count();  // begins the transaction
        log();
    }
    auto users() { return session.query<User>(); }
    /// Jack's addresses, for which nothing may be emitted.
    Lines loaded_addresses(const Ptr<User>& jack) {
        log();
        auto texts = all_printed(jack->addresses);
        EXPECT_EQ(log(), Lines{});
        return texts;
    }
    const Lines both{google_printed, yahoo_printed};
};

TEST_F(Seed004Loading, S4_064_subqueryload_first_runs_the_query_itself) {
    users().options(subqueryload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    auto lines = log();
    lines.resize(2);
    EXPECT_EQ(lines, only(jacks, "('jack',)"));
}

TEST_F(Seed004Loading, S4_065_subqueryload_then_runs_it_inside_a_join) {
    users().options(subqueryload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[2], by_subquery + " WHERE users.name = ?" + of_subquery);
    EXPECT_EQ(lines[3], "    ('jack',)");
}

TEST_F(Seed004Loading, S4_066_subqueryload_fills_the_collections) {
    const auto jack = users().options(subqueryload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    EXPECT_EQ(loaded_addresses(jack), both);
}

TEST_F(Seed004Loading, S4_067_subqueryload_repeats_a_limit) {
    const auto first = users().options(subqueryload(rel<&User::addresses>)).first();
    EXPECT_EQ(log(), (Lines{select_users + " LIMIT ? OFFSET ?", "    (1, 0)",
                            by_subquery + " LIMIT ? OFFSET ?" + of_subquery, "    (1, 0)"}));
    EXPECT_EQ(loaded_addresses(first), Lines{});
    const auto last =
        users().options(subqueryload(rel<&User::addresses>)).order_by(col<&User::id>).limit(2).offset(3).all();
    EXPECT_EQ(log(), (Lines{select_users + " ORDER BY users.id LIMIT ? OFFSET ?", "    (2, 3)",
                            by_subquery + " ORDER BY users.id LIMIT ? OFFSET ?" + of_subquery, "    (2, 3)"}));
    EXPECT_EQ(loaded_addresses(last.at(1)), both);
}

TEST_F(Seed004Loading, S4_068_joinedload_joins_an_alias) {
    const auto jack = users().options(joinedload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    EXPECT_EQ(log(), only(by_join + " WHERE users.name = ? ORDER BY addresses_1.id", "('jack',)"));
    EXPECT_EQ(loaded_addresses(jack), both);
}

TEST_F(Seed004Loading, S4_069_joinedload_is_an_outer_join_unless_told_otherwise) {
    users().options(joinedload(rel<&User::addresses>)).all();
    EXPECT_NE(log().at(0).find(" LEFT OUTER JOIN addresses AS addresses_1 ON "), std::string::npos);
    EXPECT_EQ(users().options(joinedload(rel<&User::addresses>, innerjoin)).all().size(), 1u);
    EXPECT_NE(log().at(0).find("FROM users JOIN addresses AS addresses_1 ON "), std::string::npos);
}

TEST_F(Seed004Loading, S4_070_joinedload_joins_although_the_collection_is_loaded_and_keeps_it) {
    const auto jack = load_jack();
    EXPECT_EQ(jack->addresses.size(), 2u);
    session.execute(text("UPDATE addresses SET user_id = 1 WHERE id = 2"));
    log();
    users().options(joinedload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    EXPECT_EQ(log(), only(by_join + " WHERE users.name = ? ORDER BY addresses_1.id", "('jack',)"));
    EXPECT_EQ(loaded_addresses(jack), both);
}

TEST_F(Seed004Loading, S4_071_two_joined_rows_are_one_object) {
    const auto jack = users().options(joinedload(rel<&User::addresses>)).filter_by("name"_a = "jack");
    EXPECT_EQ(printed(jack.one()), jack_printed);
    EXPECT_EQ(jack.all().size(), 1u);
}

TEST_F(Seed004Loading, S4_072_joinedload_suits_many_to_one_and_subqueryload_collections) {
    const auto addresses = session.query<Address>().options(joinedload(rel<&Address::user>)).all();
    EXPECT_EQ(log(), only("SELECT addresses.id AS addresses_id, addresses.email_address AS addresses_email_address, "
                          "addresses.user_id AS addresses_user_id, users_1.id AS users_1_id, users_1.name AS "
                          "users_1_name, users_1.fullname AS users_1_fullname, users_1.password AS users_1_password "
                          "FROM addresses LEFT OUTER JOIN users AS users_1 ON users_1.id = addresses.user_id",
                          "()"));
    EXPECT_EQ(printed(addresses.at(1)->user), jack_printed);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed004Loading, S4_073_joinedload_with_limit_wraps_the_query) {
    const auto found = users().options(joinedload(rel<&User::addresses>)).order_by(col<&User::id>).limit(2).all();
    EXPECT_EQ(found.size(), 2u);
    EXPECT_EQ(
        log(),
        only("SELECT anon_1.users_id AS anon_1_users_id, anon_1.users_name AS anon_1_users_name, anon_1.users_fullname "
             "AS anon_1_users_fullname, anon_1.users_password AS anon_1_users_password, addresses_1.id AS "
             "addresses_1_id, addresses_1.email_address AS addresses_1_email_address, addresses_1.user_id AS "
             "addresses_1_user_id FROM (" +
                 select_users +
                 " ORDER BY users.id LIMIT ? OFFSET ?) AS anon_1 LEFT OUTER JOIN addresses AS addresses_1 ON "
                 "anon_1.users_id = addresses_1.user_id ORDER BY anon_1.users_id, addresses_1.id",
             "(2, 0)"));
}

/// The query of section 11.
class Seed004ContainsEager : public Seed004Loading {
  protected:
    auto jacks_addresses() {
        return session.query<Address>()
            .join(rel<&Address::user>)
            .filter(col<&User::name> == "jack")
            .options(contains_eager(rel<&Address::user>))
            .all();
    }
};

TEST_F(Seed004ContainsEager, S4_074_contains_eager_reads_the_columns_of_the_join_and_puts_them_first) {
    jacks_addresses();
    EXPECT_EQ(log(),
              only("SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, "
                   "users.password AS users_password, addresses.id AS addresses_id, addresses.email_address AS "
                   "addresses_email_address, addresses.user_id AS addresses_user_id FROM addresses JOIN users ON "
                   "users.id = addresses.user_id WHERE users.name = ?",
                   "('jack',)"));
}

TEST_F(Seed004ContainsEager, S4_075_contains_eager_fills_the_relationship) {
    const auto found = jacks_addresses();
    EXPECT_EQ(all_printed(found), both);
    log();
    EXPECT_EQ(printed(found.at(0)->user), jack_printed);
    EXPECT_EQ(log(), Lines{});
}

}  // namespace
}  // namespace tutorial
