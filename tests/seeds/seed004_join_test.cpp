// The tutorial, sections 3 to 6: joins, aliases, subqueries, and objects out of subqueries.
#include "seed004.hpp"

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace tutorial {
namespace {

using plain::Address;
using plain::User;

const std::string joined = select_users + " JOIN addresses ON users.id = addresses.user_id";

/// The SQL of a query, folded.
template <class Query>
std::string sql(const Query& query) {
    return test::folded(query.str());
}

class Seed004Join : public Seed004Jack {
  protected:
    Seed004Join() {
        session.query<User>().count();  // begins the transaction
        log();
    }
    auto users() { return session.query<User>(); }
};

TEST_F(Seed004Join, S4_026_two_classes_and_a_condition_are_an_implicit_join) {
    const auto pairs = session.query<User, Address>()
                           .filter(col<&User::id> == col<&Address::user_id>)
                           .filter(col<&Address::email_address> == "jack@google.com")
                           .all();
    static_assert(std::is_same_v<decltype(pairs), const std::vector<std::tuple<Ptr<User>, Ptr<Address>>>>);
    EXPECT_EQ(pairs.size(), 1u);
    EXPECT_EQ(log(), only("SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, "
                          "users.password AS users_password, addresses.id AS addresses_id, addresses.email_address AS "
                          "addresses_email_address, addresses.user_id AS addresses_user_id FROM users, addresses WHERE "
                          "users.id = addresses.user_id AND addresses.email_address = ?",
                          "('jack@google.com',)"));
}

TEST_F(Seed004Join, S4_027_rows_of_two_classes_are_unpacked) {
    Lines lines;
    for (auto& [u, a] : session.query<User, Address>()
                            .filter(col<&User::id> == col<&Address::user_id>)
                            .filter(col<&Address::email_address> == "jack@google.com")) {
        lines.push_back(printed(u));
        lines.push_back(printed(a));
    }
    EXPECT_EQ(lines, (Lines{jack_printed, google_printed}));
}

TEST_F(Seed004Join, S4_028_join_with_a_class) {
    const auto found = users().join<Address>().filter(col<&Address::email_address> == "jack@google.com").all();
    EXPECT_EQ(all_printed(found), Lines{jack_printed});
    EXPECT_EQ(log(), only(joined + " WHERE addresses.email_address = ?", "('jack@google.com',)"));
}

struct Stranger {
    static constexpr auto table_name = "strangers";
    Mapped<int, primary_key> id;
};
struct Friendship {
    static constexpr auto table_name = "friendships";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("strangers.id")> a_id;
    Mapped<int, ForeignKey("strangers.id")> b_id;
};
using Strangers = Registry<Stranger, Friendship>;

TEST_F(Seed004Join, S4_029_join_needs_exactly_one_foreign_key) {
    Strangers::metadata();
    EXPECT_THROW(session.query<Stranger>().join<Address>().all(), Error);
    EXPECT_THROW(session.query<Stranger>().join<Friendship>().all(), Error);
    EXPECT_EQ(sql(session.query<Stranger>().join<Friendship>(col<&Stranger::id> == col<&Friendship::b_id>)),
              "SELECT strangers.id AS strangers_id FROM strangers JOIN friendships ON strangers.id = friendships.b_id");
}

TEST_F(Seed004Join, S4_030_join_with_a_condition) {
    EXPECT_EQ(sql(users().join<Address>(col<&User::id> == col<&Address::user_id>)), joined);
}

TEST_F(Seed004Join, S4_031_join_along_a_relationship) { EXPECT_EQ(sql(users().join(rel<&User::addresses>)), joined); }

TEST_F(Seed004Join, S4_032_join_along_a_relationship_with_its_class) {
    EXPECT_EQ(sql(users().join<Address>(rel<&User::addresses>)), joined);
}

TEST_F(Seed004Join, S4_033_join_along_a_relationship_by_name) {
    EXPECT_EQ(sql(users().join("addresses")), joined);
    EXPECT_THROW(users().join("adresses").all(), InvalidRequestError);
}

TEST_F(Seed004Join, S4_034_outer_join) {
    EXPECT_EQ(sql(users().outerjoin(rel<&User::addresses>)),
              select_users + " LEFT OUTER JOIN addresses ON users.id = addresses.user_id");
    EXPECT_EQ(users().outerjoin(rel<&User::addresses>).all().size(), 5u);
}

/// The query of section 4, over two aliases.
class Seed004Aliases : public Seed004Join {
  protected:
    auto both() {
        return session.query(col<&User::name>, adalias1[&Address::email_address], adalias2[&Address::email_address])
            .join(adalias1, rel<&User::addresses>)
            .join(adalias2, rel<&User::addresses>)
            .filter(adalias1[&Address::email_address] == "jack@google.com")
            .filter(adalias2[&Address::email_address] == "j25@yahoo.com");
    }

    const Alias<Address> adalias1 = aliased<Address>(), adalias2 = aliased<Address>();
};

TEST_F(Seed004Aliases, S4_035_aliases_are_independent) {
    EXPECT_EQ(sql(session.query(adalias1[&Address::id], adalias2[&Address::id])),
              "SELECT addresses_1.id AS addresses_1_id, addresses_2.id AS addresses_2_id FROM addresses AS "
              "addresses_1, addresses AS addresses_2");
}

TEST_F(Seed004Aliases, S4_036_columns_of_a_class_and_of_aliases_make_a_row) {
    const auto rows = both().all();
    using Row = std::tuple<std::optional<std::string>, std::string, std::string>;
    static_assert(std::is_same_v<decltype(rows), const std::vector<Row>>);
    EXPECT_EQ(rows, (std::vector{Row{"jack", "jack@google.com", "j25@yahoo.com"}}));
}

TEST_F(Seed004Aliases, S4_037_the_second_join_starts_from_the_class_again) {
    EXPECT_NE(sql(both()).find("users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id JOIN addresses "
                               "AS addresses_2 ON users.id = addresses_2.user_id"),
              std::string::npos);
}

TEST_F(Seed004Aliases, S4_038_statement) {
    both().all();
    EXPECT_EQ(log(),
              only("SELECT users.name AS users_name, addresses_1.email_address AS addresses_1_email_address, "
                   "addresses_2.email_address AS addresses_2_email_address FROM users JOIN addresses AS addresses_1 ON "
                   "users.id = addresses_1.user_id JOIN addresses AS addresses_2 ON users.id = addresses_2.user_id "
                   "WHERE addresses_1.email_address = ? AND addresses_2.email_address = ?",
                   "('jack@google.com', 'j25@yahoo.com')"));
}

TEST_F(Seed004Aliases, S4_039_a_query_is_iterated_as_it_is) {
    Lines lines;
    for (auto& [username, email1, email2] : both()) lines.push_back(*username + ' ' + email1 + ' ' + email2);
    EXPECT_EQ(lines, Lines{"jack jack@google.com j25@yahoo.com"});
}

/// The query of section 5, and its subquery.
class Seed004Subquery : public Seed004Join {
  protected:
    auto counted() {
        return session.query(entity<User>, stmt.c(address_count))
            .outerjoin(stmt, col<&User::id> == stmt.c(col<&Address::user_id>))
            .order_by(col<&User::id>);
    }

    const decltype(func::count("*").label("address_count")) address_count = func::count("*").label("address_count");
    const Subquery stmt =
        session.query(col<&Address::user_id>, address_count).group_by(col<&Address::user_id>).subquery();
};

const std::string with_counts =
    "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, users.password AS "
    "users_password, anon_1.address_count AS anon_1_address_count FROM users LEFT OUTER JOIN (SELECT addresses.user_id "
    "AS user_id, count(?) AS address_count FROM addresses GROUP BY addresses.user_id) AS anon_1 ON users.id = "
    "anon_1.user_id ORDER BY users.id";

TEST_F(Seed004Subquery, S4_040_the_statement_by_hand_counts_the_same) {
    auto by_hand =
        session.execute(text("SELECT users.*, adr_count.address_count FROM users LEFT OUTER JOIN "
                             "(SELECT user_id, count(*) AS address_count FROM addresses GROUP BY "
                             "user_id) AS adr_count ON users.id=adr_count.user_id ORDER BY users.id"));
    std::vector<std::optional<int>> theirs, ours;
    for (const auto& row : by_hand.all()) theirs.push_back(row.get<std::optional<int>>("address_count"));
    for (auto& [user, count] : counted()) ours.push_back(count ? std::optional<int>(*count) : std::nullopt);
    EXPECT_EQ(theirs, ours);
}

TEST_F(Seed004Subquery, S4_041_the_star_is_a_value) {
    EXPECT_EQ(test::folded(session.query(func::count("*")).str()), "SELECT count(?) AS count_1");
    EXPECT_EQ(session.query(func::count("*")).select_from(entity<Address>).scalar(), 2);
}

TEST_F(Seed004Subquery, S4_042_a_subquery_is_a_table_with_a_name_of_its_own) {
    counted().all();
    EXPECT_NE(log().at(0).find("(SELECT addresses.user_id AS user_id, count(?) AS address_count FROM addresses GROUP "
                               "BY addresses.user_id) AS anon_1"),
              std::string::npos);
}

TEST_F(Seed004Subquery, S4_043_columns_of_a_subquery) {
    static_assert(std::is_same_v<decltype(stmt.c(col<&Address::user_id>))::value_type, std::optional<int>>);
    EXPECT_EQ(sql(session.query(stmt.c(col<&Address::user_id>), stmt.c(address_count))),
              "SELECT anon_1.user_id AS anon_1_user_id, anon_1.address_count AS anon_1_address_count FROM (SELECT "
              "addresses.user_id AS user_id, count(?) AS address_count FROM addresses GROUP BY addresses.user_id) AS "
              "anon_1");
}

TEST_F(Seed004Subquery, S4_044_statement) {
    counted().all();
    EXPECT_EQ(log(), only(with_counts, "('*',)"));
}

TEST_F(Seed004Subquery, S4_045_rows_of_objects_and_values_where_a_missing_count_is_null) {
    Lines lines;
    for (auto& [user, count] : counted())
        lines.push_back(**user->name + ' ' + (count ? std::to_string(*count) : "None"));
    EXPECT_EQ(lines, (Lines{"ed None", "wendy None", "mary None", "fred None", "jack 2"}));
}

/// The query of section 6.
class Seed004SubqueryEntity : public Seed004Join {
  protected:
    auto pairs() { return session.query(entity<User>, adalias).join(adalias, rel<&User::addresses>); }

    const Subquery stmt = session.query<Address>().filter(col<&Address::email_address> != "j25@yahoo.com").subquery();
    const Alias<Address> adalias = aliased<Address>(stmt);
};

TEST_F(Seed004SubqueryEntity, S4_046_alias_of_a_subquery) {
    EXPECT_EQ(all_printed(session.query(adalias).all()), Lines{google_printed});
}

TEST_F(Seed004SubqueryEntity, S4_047_join_with_a_subquery_along_a_relationship) {
    EXPECT_NE(sql(pairs()).find(") AS anon_1 ON users.id = anon_1.user_id"), std::string::npos);
    EXPECT_EQ(pairs().all().size(), 1u);
}

TEST_F(Seed004SubqueryEntity, S4_048_statement) {
    pairs().all();
    EXPECT_EQ(log(),
              only("SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, "
                   "users.password AS users_password, anon_1.id AS anon_1_id, anon_1.email_address AS "
                   "anon_1_email_address, anon_1.user_id AS anon_1_user_id FROM users JOIN (SELECT addresses.id AS id, "
                   "addresses.email_address AS email_address, addresses.user_id AS user_id FROM addresses WHERE "
                   "addresses.email_address != ?) AS anon_1 ON users.id = anon_1.user_id",
                   "('j25@yahoo.com',)"));
}

TEST_F(Seed004SubqueryEntity, S4_049_the_object_is_the_one_in_memory) {
    const auto google = session.query<Address>().filter_by("email_address"_a = "jack@google.com").one();
    Lines lines;
    for (auto& [user, address] : pairs()) {
        lines.push_back(printed(user));
        lines.push_back(printed(address));
        EXPECT_TRUE(address == google);
    }
    EXPECT_EQ(lines, (Lines{jack_printed, google_printed}));
}

}  // namespace
}  // namespace tutorial
