// The tutorial, sections 7 and 8: EXISTS, and the operators of relationships.
#include "seed004.hpp"

#include <aludel/sql/compile/to_string.hpp>

#include <type_traits>

namespace tutorial {
namespace {

using plain::Address;
using plain::User;

const std::string select_names = "SELECT users.name AS users_name FROM users WHERE ";
const std::string exists_address = "EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id";

/// With jack loaded, and his addresses.
class Seed004Exists : public Seed004Jack {
  protected:
    Seed004Exists() {
        google = jack->addresses[0];
        log();
    }
    auto user_names() { return session.query(col<&User::name>); }
    auto addresses() { return session.query<Address>(); }
    auto users() { return session.query<User>(); }
    const std::vector<std::optional<std::string>> only_jack{"jack"};
    const Lines both{google_printed, yahoo_printed};

    const Ptr<User> jack = load_jack();
    Ptr<Address> google;
};

TEST_F(Seed004Exists, S4_050_exists_correlates_with_the_query_around_it) {
    const auto stmt = exists().where(col<&Address::user_id> == col<&User::id>);
    EXPECT_EQ(user_names().filter(stmt).all(), only_jack);
    EXPECT_EQ(log(), only(select_names + "EXISTS (SELECT * FROM addresses WHERE addresses.user_id = users.id)", "()"));
}

TEST_F(Seed004Exists, S4_051_rows_of_one_column_are_its_values) {
    const auto rows = user_names().filter(exists().where(col<&Address::user_id> == col<&User::id>)).all();
    static_assert(std::is_same_v<decltype(rows), const std::vector<std::optional<std::string>>>);
    EXPECT_EQ(rows, only_jack);
}

TEST_F(Seed004Exists, S4_052_any) {
    EXPECT_EQ(user_names().filter(rel<&User::addresses>.any()).all(), only_jack);
    EXPECT_EQ(log(), only(select_names + exists_address + ")", "()"));
}

TEST_F(Seed004Exists, S4_053_any_with_a_criterion) {
    EXPECT_EQ(user_names().filter(rel<&User::addresses>.any(col<&Address::email_address>.like("%google%"))).all(),
              only_jack);
    EXPECT_EQ(log(), only(select_names + exists_address + " AND addresses.email_address LIKE ?)", "('%google%',)"));
}

TEST_F(Seed004Exists, S4_054_not_has) {
    EXPECT_TRUE(addresses().filter(!rel<&Address::user>.has(col<&User::name> == "jack")).all().empty());
    EXPECT_EQ(log(), only(select_addresses + " WHERE NOT (EXISTS (SELECT 1 FROM users WHERE users.id = "
                                             "addresses.user_id AND users.name = ?))",
                          "('jack',)"));
}

TEST_F(Seed004Exists, S4_055_equals_an_object) {
    EXPECT_EQ(all_printed(addresses().filter(rel<&Address::user> == jack).all()), both);
    EXPECT_EQ(log(), only(select_addresses + " WHERE ? = addresses.user_id", "(5,)"));
}

TEST_F(Seed004Exists, S4_056_does_not_equal_an_object) {
    EXPECT_TRUE(addresses().filter(rel<&Address::user> != jack).all().empty());
    EXPECT_EQ(log(), only(select_addresses + " WHERE addresses.user_id != ? OR addresses.user_id IS NULL", "(5,)"));
}

TEST_F(Seed004Exists, S4_057_equals_none) {
    EXPECT_TRUE(addresses().filter(rel<&Address::user> == nullptr).all().empty());
    EXPECT_EQ(log(), only(select_addresses + " WHERE addresses.user_id IS NULL", "()"));
}

TEST_F(Seed004Exists, S4_058_does_not_equal_none) {
    EXPECT_EQ(all_printed(addresses().filter(rel<&Address::user> != nullptr).all()), both);
    EXPECT_EQ(log(), only(select_addresses + " WHERE addresses.user_id IS NOT NULL", "()"));
}

TEST_F(Seed004Exists, S4_059_contains_compares_with_the_foreign_key_of_the_object) {
    EXPECT_EQ(all_printed(users().filter(rel<&User::addresses>.contains(google)).all()), Lines{jack_printed});
    EXPECT_EQ(log(), only(select_users + " WHERE users.id = ?", "(5,)"));
}

const std::string any_bar = select_users + " WHERE " + exists_address + " AND addresses.email_address = ?)";

TEST_F(Seed004Exists, S4_060_any_with_a_comparison) {
    EXPECT_TRUE(users().filter(rel<&User::addresses>.any(col<&Address::email_address> == "bar")).all().empty());
    EXPECT_EQ(log(), only(any_bar, "('bar',)"));
}

TEST_F(Seed004Exists, S4_061_any_by_keyword_is_the_same_statement_and_the_same_cache_entry) {
    users().filter(rel<&User::addresses>.any(col<&Address::email_address> == "bar")).all();
    log();
    EXPECT_TRUE(users().filter(rel<&User::addresses>.any("email_address"_a = "bar")).all().empty());
    EXPECT_EQ(log_.cache(), std::vector{CacheStatus::cached});
    EXPECT_EQ(log(), only(any_bar, "('bar',)"));
}

TEST_F(Seed004Exists, S4_062_has_by_keyword) {
    EXPECT_TRUE(addresses().filter(rel<&Address::user>.has("name"_a = "ed")).all().empty());
    EXPECT_EQ(log(), only(select_addresses +
                              " WHERE EXISTS (SELECT 1 FROM users WHERE users.id = addresses.user_id AND users.name = "
                              "?)",
                          "('ed',)"));
}

TEST_F(Seed004Exists, S4_063_with_parent) {
    EXPECT_EQ(all_printed(addresses().with_parent(jack, rel<&User::addresses>).all()), both);
    EXPECT_EQ(log(), only(select_addresses + " WHERE ? = addresses.user_id", "(5,)"));
    EXPECT_EQ(all_printed(addresses().with_parent(jack, "addresses").all()), both);
    EXPECT_EQ(log(), only(select_addresses + " WHERE ? = addresses.user_id", "(5,)"));
}

}  // namespace
}  // namespace tutorial
