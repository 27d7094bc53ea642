// What PostgreSQL says about its tables beyond what the compliance suite asks every database.
#include "support/databases.hpp"
#include "support/reflection_text.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/automap.hpp>
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

class PostgresqlReflection : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_unavailable(Backend::postgresql); !why.empty()) GTEST_SKIP() << why;
        database_.emplace(Backend::postgresql);
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
    /// The same of a table that was made from what this one's reflection says, on an empty database.
    std::vector<std::string> again(std::string_view table) {
        MetaData reflected;
        const Table copied{table, reflected, autoload_with(engine_)};
        const Database copy{Backend::postgresql};
        const Engine other = create_engine(copy.url());
        reflected.create_all(other);
        auto found = facts(other, table);
        other.dispose();
        return found;
    }

    std::optional<Database> database_;
    Engine engine_ = create_engine("sqlite://");  // until SetUp
};

TEST_F(PostgresqlReflection, enumerations_have_their_words) {
    given({"CREATE TYPE \"Mood\" AS ENUM ('sad', 'it''s', 'a,b')",
           "CREATE TABLE person (id SERIAL PRIMARY KEY, mood \"Mood\" NOT NULL, moods \"Mood\"[])"});
    Inspector inspector = inspect(engine_);
    const auto columns = inspector.get_columns("person");
    ASSERT_EQ(columns[1].type.kind, TypeKind::enum_);
    std::vector<std::string> words;
    for (const auto& entry : columns[1].type.names->entries()) words.push_back(entry.name);
    EXPECT_THAT(words, ElementsAre("sad", "it's", "a,b"));
    EXPECT_EQ(columns[2].type.kind, TypeKind::array);
    EXPECT_EQ(again("person"), facts("person"));
}

TEST_F(PostgresqlReflection, values_of_a_reflected_enumeration_are_text) {
    given({"CREATE TYPE mood AS ENUM ('sad', 'glad')", "CREATE TABLE person (mood mood)"});
    MetaData metadata;
    const Table person{"person", metadata, autoload_with(engine_)};
    engine_.begin([&](Connection& connection) {
        connection.execute(insert(person).values("mood"_a = "glad"));
        EXPECT_EQ(connection.execute(select(person.c<std::string>("mood"))).scalar_one(), "glad");
    });
}

TEST_F(PostgresqlReflection, a_domain_is_the_type_below_it) {
    given({"CREATE DOMAIN zip AS VARCHAR(5) NOT NULL DEFAULT '00000' CHECK (VALUE ~ '^[0-9]+$')",
           "CREATE TABLE place (code zip)"});
    Inspector inspector = inspect(engine_);
    const auto column = inspector.get_columns("place").at(0);
    EXPECT_EQ(column.type_text, "zip");
    EXPECT_EQ(column.type.kind, TypeKind::string);
    EXPECT_EQ(column.type.length, 5);
    EXPECT_FALSE(column.nullable);
    EXPECT_THAT(column.server_default.value_or(""), HasSubstr("00000"));
    EXPECT_EQ(again("place"), facts("place"));
}

TEST_F(PostgresqlReflection, columns_of_many_types_are_created_again) {
    given(
        {"CREATE TABLE everything (a INTEGER[], b TEXT COLLATE \"C\", c BIT(3), d BIT VARYING(5), e INTERVAL, f JSONB, "
         "g INT4RANGE, h INET, i UUID, j TIMESTAMP(3) WITH TIME ZONE, k TIME, l NUMERIC(7, 2)[], m TSVECTOR, "
         "n DOUBLE PRECISION DEFAULT 1.5, o CHAR(3), p BYTEA, q REAL, r SMALLINT, s MONEY, "
         "t VARCHAR(10) COLLATE \"POSIX\" DEFAULT 'x'::character varying, u INTERVAL YEAR TO MONTH)"});
    EXPECT_EQ(again("everything"), facts("everything"));
}

TEST_F(PostgresqlReflection, a_serial_column_that_is_no_key_counts_on) {
    given({"CREATE TABLE line (id INTEGER PRIMARY KEY, place SERIAL, n BIGSERIAL)"});
    EXPECT_EQ(again("line").size(), facts("line").size());
    MetaData metadata;
    const Table line{"line", metadata, autoload_with(engine_)};
    const Database copy{Backend::postgresql};
    const Engine other = create_engine(copy.url());
    metadata.create_all(other);
    other.begin([&](Connection& connection) {
        connection.exec_driver_sql("INSERT INTO line (id) VALUES (1), (2)");
        EXPECT_EQ(connection.exec_driver_sql("SELECT sum(place) FROM line").scalar<int>(), 3);
    });
    other.dispose();
}

TEST_F(PostgresqlReflection, a_sequence_that_a_default_borrows_is_created_with_its_table) {
    given({"CREATE SEQUENCE numbers",
           "CREATE TABLE a (id INTEGER DEFAULT nextval('numbers') PRIMARY KEY, "
           "other INTEGER DEFAULT nextval('numbers'))"});
    Inspector inspector = inspect(engine_);
    EXPECT_EQ(inspector.get_columns("a").at(1).sequence.value_or(SequenceDraft{}).key(), "numbers");
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(PostgresqlReflection, identity_columns_that_are_no_key_are_created_again) {
    given(
        {"CREATE TABLE a (x INTEGER, n BIGINT GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 2 MAXVALUE 99 "
         "CYCLE))"});
    EXPECT_EQ(again("a"), facts("a"));
    EXPECT_THAT(facts("a"), Contains("column n BIGINT not null numbered identity 5 2 1 99 1 cycle"));
}

TEST_F(PostgresqlReflection, constraints_keep_what_only_they_say) {
    given(
        {"CREATE TABLE country (code CHAR(2) PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)",
         "CREATE TABLE a (x INTEGER, y INTEGER, c CHAR(2), CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (x, y), "
         "CONSTRAINT later UNIQUE (y) DEFERRABLE)",
         "ALTER TABLE a ADD CONSTRAINT positive CHECK (x > 0) NOT VALID", "CREATE TABLE b (code CHAR(2) UNIQUE)",
         "ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (c) REFERENCES b (code) MATCH FULL ON DELETE CASCADE NOT VALID"});
    EXPECT_THAT(facts("country"), Contains("primary key 'country_pkey' (code) deferrable initially DEFERRED"));
    EXPECT_EQ(again("country"), facts("country"));
    EXPECT_THAT(facts("a"), Contains("unique 'uq' (x, y) postgresql_nulls_not_distinct 1"));
    EXPECT_THAT(facts("a"), Contains("unique 'later' (y) deferrable"));
    EXPECT_THAT(facts("a"), Contains("check 'positive' x > 0 postgresql_not_valid 1"));
    EXPECT_THAT(facts("a"),
                Contains(HasSubstr("foreign key 'fk' (c) to b(code) on delete CASCADE postgresql_not_valid")));
}

TEST_F(PostgresqlReflection, indexes_keep_what_only_they_say) {
    given({"CREATE TABLE a (x INTEGER, name TEXT, doc JSONB)",
           "CREATE INDEX ix_all ON a USING btree (name text_pattern_ops DESC NULLS LAST, lower(name) text_pattern_ops) "
           "INCLUDE (x) WITH (fillfactor = 60, deduplicate_items = off) WHERE ((x > 5) AND (name <> 'a)b('))",
           "CREATE INDEX ix_doc ON a USING gin (doc jsonb_path_ops)",
           "CREATE UNIQUE INDEX ix_nulls ON a (x) NULLS NOT DISTINCT"});
    EXPECT_THAT(facts("a"), Contains("index ix_doc (doc) postgresql_using gin postgresql_ops doc=jsonb_path_ops,"));
    EXPECT_THAT(facts("a"), Contains("unique index ix_nulls (x) postgresql_nulls_not_distinct 1"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(PostgresqlReflection, a_partitioned_table_is_partitioned_again) {
    given({"CREATE TABLE events (id INTEGER, at DATE NOT NULL) PARTITION BY RANGE (at)"});
    EXPECT_THAT(facts("events"), Contains("options postgresql_partition_by RANGE (at)"));
    EXPECT_EQ(again("events"), facts("events"));
}

TEST_F(PostgresqlReflection, comments_of_tables_and_columns) {
    given({"CREATE TABLE a (x INTEGER)", "COMMENT ON TABLE a IS 'it''s'", "COMMENT ON COLUMN a.x IS 'a number'"});
    EXPECT_THAT(facts("a"), ElementsAre("column x INTEGER comment a number", "comment it's"));
    EXPECT_EQ(again("a"), facts("a"));
}

TEST_F(PostgresqlReflection, tables_of_another_schema_are_named_with_it) {
    const auto other = database_->name() + "_b";
    given({"CREATE SCHEMA " + other, "CREATE TABLE " + other + ".parent (id INTEGER PRIMARY KEY)",
           "CREATE TABLE " + other + ".child (id INTEGER PRIMARY KEY REFERENCES " + other + ".parent (id))",
           "CREATE TABLE guest (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES " + other + ".parent (id))"});
    Inspector inspector = inspect(engine_);
    EXPECT_TRUE(inspector.has_schema(other));
    EXPECT_THAT(inspector.get_table_names(), ElementsAre("guest"));
    EXPECT_THAT(inspector.get_table_names(other), ElementsAre("child", "parent"));
    EXPECT_TRUE(inspector.has_table("child", other));
    EXPECT_FALSE(inspector.has_table("child"));
    EXPECT_EQ(inspector.get_foreign_keys("guest").at(0).referred_schema, other);
    EXPECT_EQ(inspector.get_foreign_keys("child", other).at(0).referred_schema, other);
    MetaData whole;
    whole.reflect(engine_, {.schema = other});
    EXPECT_TRUE(whole.contains(other + ".child"));
    EXPECT_TRUE(whole.contains(other + ".parent"));
    MetaData alone;
    const Table guest{"guest", alone, autoload_with(engine_, false)};
    EXPECT_EQ(alone.tables().size(), 1u);
    MetaData resolved;
    const Table again{"guest", resolved, autoload_with(engine_)};
    EXPECT_EQ(&again.info().foreign_keys()[0].referred_table(), resolved.find(other + ".parent"));
    given({"DROP SCHEMA " + other + " CASCADE"});
}

TEST_F(PostgresqlReflection, temporary_tables_views_and_sequences_are_listed) {
    Connection connection = engine_.connect();
    for (const auto* statement :
         {"CREATE TEMPORARY TABLE scratch (id INTEGER)", "CREATE TEMPORARY VIEW glance AS SELECT id FROM scratch",
          "CREATE TABLE kept (id INTEGER)", "CREATE MATERIALIZED VIEW copied AS SELECT id FROM kept",
          "CREATE SEQUENCE counted"})
        connection.exec_driver_sql(statement);
    Inspector inspector = inspect(connection);
    EXPECT_THAT(inspector.get_temp_table_names(), ElementsAre("scratch"));
    EXPECT_THAT(inspector.get_temp_view_names(), ElementsAre("glance"));
    EXPECT_THAT(inspector.get_table_names(), ElementsAre("kept"));
    EXPECT_THAT(inspector.get_view_names(), ElementsAre("copied"));
    EXPECT_THAT(inspector.get_view_definition("copied"), HasSubstr("FROM kept"));
    EXPECT_THAT(inspector.get_sequence_names(), ElementsAre("counted"));
    EXPECT_TRUE(inspector.has_sequence("counted"));
    EXPECT_TRUE(inspector.has_table("scratch"));
    connection.rollback();
}

TEST_F(PostgresqlReflection, automap_writes_what_only_this_database_knows) {
    given({"CREATE TYPE mood AS ENUM ('sad', 'glad')",
           "CREATE TABLE a (id INTEGER GENERATED ALWAYS AS IDENTITY (START 5) PRIMARY KEY, mood mood NOT NULL, "
           "name TEXT) WITH (fillfactor = 70)",
           "CREATE UNIQUE INDEX ix ON a USING btree (name text_pattern_ops) WHERE id > 5",
           "CREATE INDEX ix_last ON a (name NULLS FIRST)"});
    MetaData metadata;
    metadata.reflect(engine_);
    const auto text = automap(metadata);
    EXPECT_THAT(text, HasSubstr("Mapped<int, primary_key, Identity{.always = true, .start = 5}> id;"));
    EXPECT_THAT(text, HasSubstr("Mapped<std::string, Enum(\"sad\", \"glad\", aludel::name(\"mood\"))> mood;"));
    EXPECT_THAT(
        text,
        HasSubstr(R"(DialectOption{.dialect = "postgresql", .name = "ops", .parts = {{"name", "text_pattern_ops"}}})"));
    EXPECT_THAT(
        text, HasSubstr(R"(DialectOption{.dialect = "postgresql", .name = "where", .sql = raw_sql("id > 5").node()})"));
    EXPECT_THAT(text, HasSubstr(R"(Index("ix_last", raw_sql("name NULLS FIRST")))"));
    EXPECT_THAT(
        text, HasSubstr(R"(DialectOption{.dialect = "postgresql", .name = "with", .parts = {{"fillfactor", "70"}}})"));
}

}  // namespace
}  // namespace aludel::test
