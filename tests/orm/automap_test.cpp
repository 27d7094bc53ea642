// Mapped classes from a database: the header that is generated is the one that this test is compiled with.
#include "automap/models.hpp"

#include "support/temporary.hpp"

#include <aludel/orm/automap.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace aludel;

using testing::HasSubstr;
using testing::Not;

constexpr const char* statements[] = {
    "CREATE TABLE country (code CHAR(2) NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, "
    "population BIGINT DEFAULT 0 NOT NULL, CONSTRAINT uq_country_name UNIQUE (name))",
    "CREATE TABLE user_account (id INTEGER NOT NULL PRIMARY KEY, \"class\" TEXT, email VARCHAR(50) NOT NULL UNIQUE, "
    "balance NUMERIC(10, 2), born DATE, home_id CHAR(2) REFERENCES country (code) ON DELETE SET NULL, "
    "work_id CHAR(2) REFERENCES country (code), manager_id INTEGER REFERENCES user_account (id), "
    "CONSTRAINT positive CHECK (balance >= 0))",
    "CREATE TABLE tag (id INTEGER NOT NULL PRIMARY KEY, label VARCHAR(20) NOT NULL)",
    "CREATE TABLE user_tag (user_id INTEGER NOT NULL REFERENCES user_account (id), "
    "tag_id INTEGER NOT NULL REFERENCES tag (id), PRIMARY KEY (user_id, tag_id))",
    "CREATE TABLE visit (user_id INTEGER NOT NULL REFERENCES user_account (id), country_code CHAR(2) NOT NULL, "
    "year INTEGER NOT NULL, days INTEGER GENERATED ALWAYS AS (year * 0) STORED, PRIMARY KEY (user_id, country_code, "
    "year))",
    "CREATE TABLE note (user_id INTEGER, country_code CHAR(2), year INTEGER, text TEXT, id INTEGER PRIMARY KEY, "
    "CONSTRAINT fk_visit FOREIGN KEY (user_id, country_code, year) REFERENCES visit (user_id, country_code, year))",
    "CREATE INDEX ix_account_email ON user_account (email, born DESC)",
    "CREATE TABLE log (line TEXT)",
};

class Automap : public testing::Test {
  protected:
    Automap() {
        Connection connection = engine_.connect();
        for (const char* statement : statements) connection.exec_driver_sql(statement);
        connection.commit();
        metadata_.reflect(engine_);
    }

    test::FreshFile file_;
    Engine engine_ = create_engine(file_.url());
    MetaData metadata_;
};

std::string contents(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Automap, writes_the_header_that_this_test_includes) {
    const auto text = automap(metadata_, {.name_space = "automapped"});
    const auto path = std::string(ALUDEL_TEST_SOURCE_DIR) + "/automap/models.hpp";
    EXPECT_EQ(text, contents(path)) << "The generated header differs from " << path;
}

TEST_F(Automap, its_classes_work_on_the_database_that_they_were_made_from) {
    automapped::Base::metadata();
    using automapped::Country, automapped::Tag, automapped::UserAccount, automapped::Visit;
    Session session(engine_);
    auto ed = session.add(UserAccount{.class_ = "staff", .email = "ed@example.com"});
    ed->home = make(Country{.code = "IS", .name = "Iceland", .population = 380'000});
    ed->manager = make(UserAccount{.email = "wendy@example.com"});
    ed->tag_collection.append(make(Tag{.label = "new"}));
    ed->visit_collection.append(make(Visit{.country_code = "IS", .year = 2020}));
    session.commit();

    const auto iceland = session.query<Country>().one();
    ASSERT_EQ(iceland->user_account_collection.size(), 1u);
    EXPECT_EQ(iceland->user_account_collection[0]->manager->email, "wendy@example.com");
    EXPECT_EQ(iceland->user_account_collection_2.size(), 0u);
    EXPECT_EQ(session.query<Tag>().one()->user_account_collection[0], ed);
    EXPECT_EQ(session.query<Visit>().one()->days, 0);
}

TEST_F(Automap, creates_the_same_tables_again) {
    test::FreshFile copy;
    const Engine other = create_engine(copy.url());
    automapped::Base::metadata().create_all(other);
    Inspector original = inspect(engine_);
    Inspector again = inspect(other);
    EXPECT_EQ(again.get_table_names(), original.get_table_names());
    EXPECT_EQ(again.get_columns("visit").size(), original.get_columns("visit").size());
    EXPECT_EQ(again.get_foreign_keys("note")[0].rules.name, "fk_visit");
    EXPECT_EQ(again.get_check_constraints("user_account")[0].name, "positive");
    EXPECT_TRUE(again.has_index("user_account", "ix_account_email"));
}

TEST_F(Automap, names_are_what_the_callbacks_say) {
    const auto text = automap(
        metadata_,
        {.classname_for_table = [](const TableInfo& table) { return "T_" + table.name(); },
         .name_for_scalar_relationship = [](const ForeignKeyInfo& key) { return "my " + key.columns()[0]->name(); },
         .generate_relationship = [](const ForeignKeyInfo& key) { return key.referred_table().name() != "country"; },
         .registry = "Models"});
    EXPECT_THAT(text, HasSubstr("struct T_user_account {"));
    EXPECT_THAT(text, HasSubstr("my_manager_id;"));
    EXPECT_THAT(text, Not(HasSubstr("One<T_country")));
    EXPECT_THAT(text, HasSubstr("using Models = Registry<"));
}

}  // namespace
