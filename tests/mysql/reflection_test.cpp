// What MySQL and MariaDB say about their tables beyond what the compliance suite asks every database.
#include "support/databases.hpp"
#include "support/reflection_text.hpp"

#include <aludel/aludel.hpp>
#include <aludel/dialects/mysql.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class MysqlReflection : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_unavailable(Backend::mariadb); !why.empty()) GTEST_SKIP() << why;
        database_.emplace(Backend::mariadb);
        engine_ = create_engine(database_->url());
    }
    void TearDown() override {
        engine_.dispose();
        database_.reset();
    }
    void given(const std::vector<std::string>& statements) {
        engine_.begin([&](Connection& connection) {
            for (const auto& statement : statements) connection.exec_driver_sql(statement);
        });
    }
    static std::vector<std::string> facts(const Engine& engine, std::string_view table) {
        Inspector inspector = inspect(engine);
        return facts_of(inspector, engine.dialect(), table);
    }
    std::vector<std::string> facts(std::string_view table) { return facts(engine_, table); }
    /// The types of the table's columns as this database writes them.
    std::vector<std::string> types(std::string_view table) {
        Inspector inspector = inspect(engine_);
        std::vector<std::string> texts;
        for (const auto& column : inspector.get_columns(table))
            texts.push_back(engine_.dialect().type_name(column.type));
        return texts;
    }
    /// The facts of a table that was made from what this one's reflection says, on an empty database.
    std::vector<std::string> again(std::string_view table) {
        MetaData reflected;
        const Table copied{table, reflected, autoload_with(engine_)};
        const Database copy{Backend::mariadb};
        const Engine other = create_engine(copy.url());
        reflected.create_all(other);
        auto found = facts(other, table);
        other.dispose();
        return found;
    }

    std::optional<Database> database_;
    Engine engine_ = create_engine("sqlite://");  // until SetUp
};

TEST_F(MysqlReflection, numbers_keep_their_sign_and_an_unusual_width) {
    given(
        {"CREATE TABLE a (b INT, c INT UNSIGNED, d TINYINT(1), e TINYINT, f BIGINT UNSIGNED ZEROFILL, "
         "g DECIMAL(9, 2) UNSIGNED, h DOUBLE UNSIGNED, i MEDIUMINT(5), j SMALLINT UNSIGNED)"});
    EXPECT_THAT(types("a"),
                ElementsAre("INTEGER", "INTEGER UNSIGNED", "TINYINT(1)", "TINYINT", "BIGINT UNSIGNED ZEROFILL",
                            "DECIMAL(9, 2) UNSIGNED", "DOUBLE UNSIGNED", "MEDIUMINT(5)", "SMALLINT UNSIGNED"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, an_unsigned_key_is_numbered_again) {
    given({"CREATE TABLE a (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, b INT)"});
    EXPECT_EQ(again("a"), facts("a"));
    EXPECT_THAT(facts("a")[0], HasSubstr("numbered"));
}

TEST_F(MysqlReflection, times_keep_their_digits_and_what_an_update_sets) {
    given(
        {"CREATE TABLE a (b DATETIME, c DATETIME(6), d TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE "
         "CURRENT_TIMESTAMP(3), e TIME(2), f DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6), "
         "g DATETIME ON UPDATE CURRENT_TIMESTAMP)"});
    EXPECT_THAT(types("a"),
                ElementsAre("DATETIME", "DATETIME(6)", "TIMESTAMP(3)", "TIME(2)", "DATETIME(6)", "DATETIME"));
    EXPECT_THAT(facts("a")[2], HasSubstr("default current_timestamp(3) ON UPDATE current_timestamp(3)"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, words_and_collations_are_kept) {
    given(
        {"CREATE TABLE a (b ENUM('x', 'it''s', 'a,b'), c SET('p', 'q'), d VARCHAR(10) CHARACTER SET latin1, "
         "e TEXT COLLATE utf8mb4_bin, f VARCHAR(5)) COLLATE utf8mb4_general_ci"});
    Inspector inspector = inspect(engine_);
    EXPECT_THAT(details_of(inspector.get_columns("a").at(0).type).words, ElementsAre("x", "it's", "a,b"));
    EXPECT_THAT(types("a"), ElementsAre("ENUM('x','it''s','a,b')", "SET('p','q')", StartsWith("VARCHAR(10)"),
                                        "TEXT COLLATE utf8mb4_bin", "VARCHAR(5)"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, tables_keep_their_engine_and_format) {
    given({"CREATE TABLE a (b INT) ENGINE=Aria ROW_FORMAT=PAGE COLLATE latin1_german2_ci COMMENT='it''s'"});
    EXPECT_THAT(facts("a"),
                Contains(HasSubstr("mysql_engine Aria mysql_collate latin1_german2_ci mysql_row_format PAGE")));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, indexes_keep_their_kind_their_lengths_and_their_order) {
    given(
        {"CREATE TABLE a (b TEXT, c VARCHAR(50), d POINT NOT NULL, e INT, UNIQUE KEY ix_part (c(7), e), "
         "UNIQUE KEY uq (e, c), FULLTEXT KEY ix_words (b, c), KEY ix_falling (e DESC, c(3)), SPATIAL KEY ix_d (d))"});
    EXPECT_THAT(facts("a"), Contains("unique index ix_part (c, e) mysql_length c=7,"));
    EXPECT_THAT(facts("a"), Contains("unique 'uq' (e, c)"));
    EXPECT_THAT(facts("a"), Contains("index ix_words (b, c) mysql_prefix FULLTEXT"));
    EXPECT_THAT(facts("a"), Contains("index ix_d (d) mysql_prefix SPATIAL"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, comments_of_tables_and_columns) {
    given({"CREATE TABLE a (x INT COMMENT 'a number') COMMENT 'it''s'"});
    EXPECT_THAT(facts("a"), Contains("column x INTEGER comment a number"));
    EXPECT_THAT(facts("a"), Contains("comment it's"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(MysqlReflection, tables_of_another_database_are_named_with_it) {
    const Database other{Backend::mariadb};
    given({"CREATE TABLE " + other.name() + ".parent (id INT PRIMARY KEY)",
           "CREATE TABLE guest (id INT PRIMARY KEY, parent_id INT, FOREIGN KEY (parent_id) REFERENCES " + other.name() +
               ".parent (id))"});
    Inspector inspector = inspect(engine_);
    EXPECT_TRUE(inspector.has_schema(other.name()));
    EXPECT_THAT(inspector.get_table_names(other.name()), ElementsAre("parent"));
    EXPECT_TRUE(inspector.has_table("parent", other.name()));
    EXPECT_FALSE(inspector.has_table("parent"));
    EXPECT_EQ(inspector.get_foreign_keys("guest").at(0).referred_schema, other.name());
    MetaData metadata;
    const Table guest{"guest", metadata, autoload_with(engine_)};
    EXPECT_EQ(&guest.info().foreign_keys()[0].referred_table(), metadata.find(other.name() + ".parent"));
    given({"DROP TABLE guest"});
}

TEST_F(MysqlReflection, a_document_keeps_its_check) {
    given({"CREATE TABLE a (b JSON, c INT CHECK (c > 0), d INT DEFAULT (1 + 1), e VARCHAR(9) DEFAULT 'it''s')"});
    EXPECT_EQ(again("a"), facts("a"));
}

}  // namespace
}  // namespace aludel::test
