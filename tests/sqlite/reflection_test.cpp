// What SQLite says about its tables. The expectations are what SQLAlchemy 1.4 reflects from the same statements; where
// aludel says more (keys written with their columns, indexes over expressions) the test says so.
#include "support/reflection_text.hpp"
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/compile/ddl.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/schema/inspector.hpp>
#include <aludel/sql/schema/options.hpp>
#include <aludel/sql/schema/table.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace aludel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr const char* statements[] = {
    R"(CREATE TABLE country (
        code CHAR(2) NOT NULL,
        name VARCHAR(100) NOT NULL, -- a comment, with a comma
        CONSTRAINT pk_country PRIMARY KEY (code),
        CONSTRAINT uq_country_name UNIQUE (name)
    ))",
    R"(CREATE TABLE "odd table" (
        id INTEGER NOT NULL PRIMARY KEY,
        "Mixed Case" TEXT DEFAULT 'it''s',
        price NUMERIC(10, 2) DEFAULT 0 CHECK (price >= 0),
        total INTEGER GENERATED ALWAYS AS (id * 2) STORED,
        kind BLOB,
        country_code CHAR(2) CONSTRAINT fk_country REFERENCES country ON DELETE CASCADE,
        a INTEGER, b INTEGER,
        made DATETIME DEFAULT CURRENT_TIMESTAMP,
        weird UNSIGNED BIG INT,
        UNIQUE (a, b),
        CONSTRAINT positive CHECK (a > 0 AND b <> ')')
    ))",
    R"(CREATE TABLE child (
        a INTEGER, b INTEGER, n FLOAT,
        PRIMARY KEY (b, a),
        CONSTRAINT fk_odd FOREIGN KEY(a, b) REFERENCES "odd table" (a, b)
            ON UPDATE SET NULL ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
    ))",
    R"(CREATE INDEX ix_child_n ON child (n DESC))",
    R"(CREATE UNIQUE INDEX ix_odd ON "odd table" ("Mixed Case") WHERE price > 5)",
    R"(CREATE INDEX ix_expr ON country (lower(name), code))",
    R"(CREATE VIEW adults AS SELECT id FROM "odd table" WHERE id > 18)",
    R"(CREATE TABLE untyped (free))",
    R"(CREATE TEMPORARY TABLE scratch (id INTEGER))",
};

class Reflection : public ::testing::Test {
  protected:
    Reflection() {
        for (const char* statement : statements) connection_.exec_driver_sql(statement);
        connection_.commit();
    }
    std::vector<std::string> facts(std::string_view table) {
        return test::facts_of(inspector_, dialects::sqlite(), table);
    }

    test::FreshFile file_;
    Engine engine_ = create_engine(file_.url());
    Connection connection_ = engine_.connect();
    Inspector inspector_ = inspect(connection_);
};

TEST_F(Reflection, lists_what_there_is) {
    EXPECT_THAT(inspector_.get_table_names(), ElementsAre("child", "country", "odd table", "untyped"));
    EXPECT_THAT(inspector_.get_view_names(), ElementsAre("adults"));
    EXPECT_THAT(inspector_.get_temp_table_names(), ElementsAre("scratch"));
    EXPECT_THAT(inspector_.get_schema_names(), ElementsAre("main"));
    EXPECT_EQ(inspector_.default_schema_name(), "main");
    EXPECT_THAT(inspector_.get_sequence_names(), IsEmpty());
    EXPECT_THAT(inspector_.get_sorted_table_names(), ElementsAre("country", "odd table", "untyped", "child"));
    EXPECT_EQ(inspector_.get_view_definition("adults"),
              "CREATE VIEW adults AS SELECT id FROM \"odd table\" WHERE id > 18");
}

TEST_F(Reflection, says_what_exists) {
    EXPECT_TRUE(inspector_.has_table("child"));
    EXPECT_TRUE(inspector_.has_table("scratch"));
    EXPECT_FALSE(inspector_.has_table("nothing"));
    EXPECT_TRUE(inspector_.has_index("child", "ix_child_n"));
    EXPECT_FALSE(inspector_.has_index("child", "ix_odd"));
    EXPECT_FALSE(inspector_.has_index("nothing", "ix_odd"));
    EXPECT_TRUE(inspector_.has_schema("main"));
    EXPECT_FALSE(inspector_.has_sequence("s"));
}

TEST_F(Reflection, tells_named_constraints_and_an_index_over_an_expression) {
    EXPECT_THAT(facts("country"), ElementsAre("column code CHAR(2) not null", "column name VARCHAR(100) not null",
                                              "primary key 'pk_country' (code)", "unique 'uq_country_name' (name)",
                                              // SQLAlchemy leaves this one out, with a warning.
                                              "index ix_expr (<lower(name)>, code)"));
}

TEST_F(Reflection, tells_defaults_computed_columns_checks_and_affinities) {
    EXPECT_THAT(
        facts("odd table"),
        ElementsAre("column id INTEGER not null", "column Mixed Case TEXT default 'it''s'",
                    "column price NUMERIC(10, 2) default 0", "column total INTEGER as (id * 2) stored",
                    "column kind BLOB", "column country_code CHAR(2)", "column a INTEGER", "column b INTEGER",
                    "column made DATETIME default CURRENT_TIMESTAMP", "column weird INTEGER", "primary key '' (id)",
                    // SQLAlchemy does not see the name and the rules of a key that stands with its column.
                    "foreign key 'fk_country' (country_code) to country(code) on delete CASCADE", "unique '' (a, b)",
                    "check '' price >= 0", "check 'positive' a > 0 AND b <> ')'",
                    "unique index ix_odd (Mixed Case) sqlite_where price > 5"));
}

TEST_F(Reflection, a_column_without_a_type_has_none) { EXPECT_THAT(facts("untyped"), ElementsAre("column free ?")); }

TEST_F(Reflection, tells_composite_keys_in_their_order) {
    EXPECT_THAT(facts("child"),
                ElementsAre("column a INTEGER", "column b INTEGER", "column n FLOAT", "primary key '' (b, a)",
                            "foreign key 'fk_odd' (a, b) to odd table(a, b) on update SET NULL deferrable initially "
                            "DEFERRED",
                            "index ix_child_n (n desc)"));
}

TEST_F(Reflection, a_table_that_does_not_exist_is_an_error_that_lists_the_others) {
    EXPECT_THAT([&] { inspector_.get_columns("users"); },
                ThrowsMessage<NoSuchTableError>(
                    HasSubstr("There is no table 'users'. There are: child, country, odd table, untyped")));
    EXPECT_THAT([&] { inspector_.get_foreign_keys("users"); }, ThrowsMessage<NoSuchTableError>(HasSubstr("users")));
}

TEST_F(Reflection, answers_are_remembered_until_the_cache_is_cleared) {
    EXPECT_EQ(inspector_.get_columns("child").size(), 3u);
    connection_.exec_driver_sql("ALTER TABLE child ADD COLUMN later TEXT");
    EXPECT_EQ(inspector_.get_columns("child").size(), 3u);
    inspector_.clear_cache();
    EXPECT_EQ(inspector_.get_columns("child").size(), 4u);
}

TEST_F(Reflection, a_table_is_loaded_with_those_that_it_refers_to) {
    MetaData metadata;
    const Table child{"child", metadata, autoload_with(connection_)};
    ASSERT_NE(metadata.find("odd table"), nullptr);
    ASSERT_NE(metadata.find("country"), nullptr);
    EXPECT_EQ(child.info().primary_key()[0]->name(), "b");
    EXPECT_EQ(child.info().foreign_keys()[0].referred_table().name(), "odd table");
    EXPECT_EQ(child.info().foreign_keys()[0].onupdate(), "SET NULL");
    connection_.exec_driver_sql("INSERT INTO child (a, b, n) VALUES (NULL, 7, 1.5)");
    EXPECT_EQ(connection_.execute(select(child.c<int>("b")).where(child.c<double>("n") == 1.5)).scalar_one(), 7);
}

TEST_F(Reflection, columns_that_are_given_replace_those_of_the_database) {
    MetaData metadata;
    const Table child{"child", metadata, Column{"n", Text, not_null}, autoload_with(connection_, false)};
    EXPECT_EQ(child.column("n").type().kind, TypeKind::text);
    EXPECT_EQ(child.column("n").position(), 2u);
    EXPECT_FALSE(child.column("n").nullable());
    EXPECT_EQ(metadata.tables().size(), 1u);
}

TEST_F(Reflection, what_was_reflected_creates_the_same_tables_again) {
    MetaData metadata;
    metadata.reflect(connection_, {.only = {"child"}});
    EXPECT_EQ(metadata.tables().size(), 3u);
    test::FreshFile copy;
    const Engine other = create_engine(copy.url());
    metadata.create_all(other);
    Inspector again = inspect(other);
    for (const auto* table : {"country", "child"})
        EXPECT_EQ(test::facts_of(again, dialects::sqlite(), table), facts(table)) << table;
}

TEST_F(Reflection, what_stands_behind_the_columns_is_an_option) {
    for (const auto* statement : {"CREATE TABLE counted (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, x INT)",
                                  "CREATE TABLE kept (a INT, b INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
                                  "CREATE TABLE plain (strict INT)"})
        connection_.exec_driver_sql(statement);
    EXPECT_EQ(test::text_of(inspector_.get_table_options("counted")), " sqlite_autoincrement 1");
    EXPECT_EQ(test::text_of(inspector_.get_table_options("kept")), " sqlite_with_rowid 0 sqlite_strict 1");
    EXPECT_EQ(test::text_of(inspector_.get_table_options("plain")), "");
    MetaData metadata;
    metadata.reflect(connection_, {.only = {"counted", "kept"}});
    test::FreshFile copy;
    const Engine other = create_engine(copy.url());
    metadata.create_all(other);
    Inspector again = inspect(other);
    for (const auto* table : {"counted", "kept"})
        EXPECT_EQ(test::facts_of(again, dialects::sqlite(), table), facts(table)) << table;
}

TEST_F(Reflection, reflect_takes_some_tables_and_views) {
    MetaData metadata;
    metadata.reflect(connection_, {.only = {"adults"}, .views = true});
    EXPECT_EQ(metadata.tables().size(), 1u);
    EXPECT_THAT([&] { metadata.reflect(connection_, {.only = {"country", "nothing"}}); },
                ThrowsMessage<InvalidRequestError>(HasSubstr("not available in the database: (nothing)")));
}

TEST_F(Reflection, an_attached_database_is_a_schema) {
    test::FreshFile other;
    Connection plain = engine_.connect();
    plain.execution_options({.isolation_level = IsolationLevel::autocommit});
    plain.exec_driver_sql("ATTACH DATABASE '" + other.path() + "' AS aux");
    plain.exec_driver_sql("CREATE TABLE aux.things (id INTEGER PRIMARY KEY, up INTEGER REFERENCES things (id))");
    Inspector inspector = inspect(plain);
    EXPECT_THAT(inspector.get_schema_names(), ElementsAre("main", "aux"));
    EXPECT_THAT(inspector.get_table_names("aux"), ElementsAre("things"));
    EXPECT_THAT(test::facts_of(inspector, dialects::sqlite(), "things", "aux"),
                ElementsAre("column id INTEGER", "column up INTEGER", "primary key '' (id)",
                            "foreign key '' (up) to aux.things(id)"));
}

}  // namespace
}  // namespace aludel
