// Options of one database, which the others pass over. The texts are SQLAlchemy 1.4's, except where a comment says
// otherwise.
#include <gtest/gtest.h>

#include "aludel/dialects/mysql.hpp"
#include "aludel/dialects/postgresql.hpp"
#include "aludel/dialects/sqlite.hpp"
#include "ddl_texts.hpp"

namespace aludel {
namespace {

using namespace ddl_texts;

constexpr auto usual_sqlite = "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )";
constexpr auto usual_postgresql = "CREATE TABLE t ( id SERIAL NOT NULL, PRIMARY KEY (id) )";
constexpr auto usual_mysql = "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) )";

template <class... Options>
Texts created_with(const Options&... options) {
    MetaData m;
    return created(Table{"t", m, Column{"id", Integer, primary_key}, options...});
}

Texts mysql_only(const std::string& options) { return {usual_sqlite, usual_postgresql, usual_mysql + options}; }
Texts postgresql_only(const std::string& options) { return {usual_sqlite, usual_postgresql + options, usual_mysql}; }

TEST(TableOptions, mysql) {
    EXPECT_EQ(created_with(mysql_engine("InnoDB")), mysql_only("ENGINE=InnoDB"));
    EXPECT_EQ(created_with(mysql_collate("utf8mb4_bin"), mysql_charset("utf8mb4")),
              mysql_only("CHARSET=utf8mb4 COLLATE utf8mb4_bin"));
    EXPECT_EQ(created_with(mysql_default_charset("utf8mb4")), mysql_only("DEFAULT CHARSET=utf8mb4"));
    EXPECT_EQ(created_with(mysql_auto_increment(5)), mysql_only("AUTO_INCREMENT=5"));
    EXPECT_EQ(created_with(dialect_option("mysql", "data_directory", "/x'y")), mysql_only("DATA DIRECTORY='/x''y'"));
    EXPECT_EQ(created_with(mysql_partitions(4), mysql_partition_by("HASH(id)")),
              mysql_only("PARTITION BY HASH(id) PARTITIONS 4"));
    EXPECT_EQ(created_with(mysql_row_format("DYNAMIC"), comment("it's"))[2],
              std::string(usual_mysql) + "ROW_FORMAT=DYNAMIC COMMENT='it''s'");
    EXPECT_EQ(created_with(PrimaryKeyConstraint("id", mysql_using("btree"))),
              (Texts{usual_sqlite, usual_postgresql,
                     "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) USING btree )"}));
}

TEST(TableOptions, postgresql) {
    EXPECT_EQ(created_with(postgresql_inherits({"p", "Q"}), postgresql_partition_by("RANGE (id)"), postgresql_with_oids,
                           postgresql_on_commit("preserve_rows"), postgresql_tablespace("Fast")),
              postgresql_only(" INHERITS ( p, \"Q\" ) PARTITION BY RANGE (id) WITH OIDS ON COMMIT PRESERVE ROWS "
                              "TABLESPACE \"Fast\""));
    EXPECT_EQ(created_with(postgresql_with_oids(false)), postgresql_only(" WITHOUT OIDS"));
    // not in SQLAlchemy 1.4
    EXPECT_EQ(created_with(postgresql_using("heap"), postgresql_with({{"fillfactor", "70"}})),
              postgresql_only(" USING heap WITH (fillfactor = 70)"));
}

TEST(TableOptions, sqlite) {
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"id", Integer, primary_key, sqlite_on_conflict_primary_key("FAIL")},
                  Column{"a", Integer},
                  UniqueConstraint("a", sqlite_on_conflict("REPLACE")),
                  CheckConstraint("a>1", sqlite_on_conflict("ABORT")),
                  sqlite_with_rowid(false)};
    EXPECT_EQ(
        created(t),
        (Texts{"CREATE TABLE t ( id INTEGER NOT NULL, a INTEGER, PRIMARY KEY (id) ON CONFLICT FAIL, UNIQUE (a) ON "
               "CONFLICT REPLACE, CHECK (a>1) ON CONFLICT ABORT ) WITHOUT ROWID",
               "CREATE TABLE t ( id SERIAL NOT NULL, a INTEGER, PRIMARY KEY (id), UNIQUE (a), CHECK (a>1) )",
               "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, a INTEGER, PRIMARY KEY (id), UNIQUE (a), "
               "CHECK (a>1) )"}));
    // not in SQLAlchemy 1.4
    EXPECT_EQ(created_with(sqlite_strict)[0], std::string(usual_sqlite) + " STRICT");
    EXPECT_EQ(created_with(sqlite_strict, sqlite_with_rowid(false))[0],
              std::string(usual_sqlite) + " WITHOUT ROWID, STRICT");
}

TEST(TableOptions, unknown_ones_are_refused_by_their_database_only) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer}, dialect_option("postgresql", "foo", "1")};
    EXPECT_NO_THROW((void)create_table_sql(t, dialects::sqlite()));
    try {
        (void)create_table_sql(t, dialects::postgresql());
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_NE(std::string(error.what()).find("'foo' is not accepted by dialect 'postgresql' on behalf of Table"),
                  std::string::npos)
            << error.what();
    }
    const Table u{"u", m, Column{"id", Integer}, dialect_option("sqlite", "foo", "1")};
    EXPECT_THROW((void)create_table_sql(u, dialects::sqlite()), ArgumentError);
}

TEST(TableOptions, conflict_actions_are_checked) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer}, UniqueConstraint("a", sqlite_on_conflict("SHOUT"))};
    EXPECT_NE(compile_error(t, dialects::sqlite()).find("'SHOUT' for ON CONFLICT"), std::string::npos);
}

TEST(ConstraintOptions, not_valid) {
    MetaData m;
    const Table p{"p", m, Column{"id", Integer, primary_key}};
    const Table t{"t", m, Column{"id", Integer, ForeignKey("p.id")},
                  ForeignKeyConstraint({"id"}, {"p.id"}, postgresql_not_valid, deferrable),
                  CheckConstraint("id>0", postgresql_not_valid)};
    EXPECT_EQ(
        created(t),
        (Texts{"CREATE TABLE t ( id INTEGER, FOREIGN KEY(id) REFERENCES p (id) DEFERRABLE, CHECK (id>0), FOREIGN "
               "KEY(id) REFERENCES p (id) )",
               "CREATE TABLE t ( id INTEGER, FOREIGN KEY(id) REFERENCES p (id) DEFERRABLE NOT VALID, CHECK (id>0) "
               "NOT VALID, FOREIGN KEY(id) REFERENCES p (id) )",
               "CREATE TABLE t ( id INTEGER, FOREIGN KEY(id) REFERENCES p (id) DEFERRABLE, CHECK (id>0), FOREIGN "
               "KEY(id) REFERENCES p (id) )"}));
}

TEST(ConstraintOptions, nulls_not_distinct) {  // not in SQLAlchemy 1.4
    MetaData m;
    const Table t{"t", m, Column{"a", Integer}, UniqueConstraint("a", postgresql_nulls_not_distinct)};
    EXPECT_EQ(created(t), (Texts{"CREATE TABLE t ( a INTEGER, UNIQUE (a) )",
                                 "CREATE TABLE t ( a INTEGER, UNIQUE NULLS NOT DISTINCT (a) )",
                                 "CREATE TABLE t ( a INTEGER, UNIQUE (a) )"}));
}

template <class... Items>
Table indexed_table(MetaData& m, const Items&... items) {
    return Table{"t", m, Column{"a", Integer}, Column{"b", String(9)}, Index("ix", items...)};
}

Texts index_created(const Table& t) {
    return everywhere([&](const Dialect& d) { return create_index_sql(t.info().indexes().front(), d); });
}
Texts index_dropped(const Table& t) {
    return everywhere([&](const Dialect& d) { return drop_index_sql(t.info().indexes().front(), d); });
}

TEST(IndexOptions, postgresql) {
    MetaData m;
    const Table cols{"cols", m, Column{"a", Integer}};
    const auto t =
        indexed_table(m, "a", postgresql_concurrently, postgresql_using("GIN"), postgresql_ops({{"a", "int4_ops"}}),
                      postgresql_include({"b"}), postgresql_with({{"fillfactor", "50"}}), postgresql_tablespace("Fast"),
                      postgresql_where(cols.c("a") > 5));
    EXPECT_EQ(index_created(t),
              (Texts{"CREATE INDEX ix ON t (a)",
                     "CREATE INDEX CONCURRENTLY ix ON t USING gin (a int4_ops) INCLUDE (b) WITH (fillfactor = 50) "
                     "TABLESPACE \"Fast\" WHERE a > 5",
                     "CREATE INDEX ix ON t (a)"}));
    EXPECT_EQ(index_dropped(t), (Texts{"DROP INDEX ix", "DROP INDEX CONCURRENTLY ix", "DROP INDEX ix ON t"}));
}

TEST(IndexOptions, postgresql_nulls_not_distinct) {  // not in SQLAlchemy 1.4
    MetaData m;
    const auto t = indexed_table(m, "a", unique, aludel::postgresql_nulls_not_distinct, postgresql_include({"b"}));
    EXPECT_EQ(index_created(t)[1], "CREATE UNIQUE INDEX ix ON t (a) INCLUDE (b) NULLS NOT DISTINCT");
}

TEST(IndexOptions, what_makes_no_sense_is_refused) {
    MetaData m;
    const auto bad_method = indexed_table(m, "a", postgresql_using("gin; x"));
    EXPECT_EQ(index_created(bad_method), (Texts{"CREATE INDEX ix ON t (a)", "!", "CREATE INDEX ix ON t (a)"}));
    MetaData n;
    const auto no_column = indexed_table(n, "a", postgresql_include({"zz"}));
    EXPECT_THROW((void)create_index_sql(no_column.info().indexes().front(), dialects::postgresql()), NoSuchColumnError);
    MetaData o;
    const auto unknown = indexed_table(o, "a", dialect_option("mysql", "foo", "1"));
    EXPECT_THROW((void)create_index_sql(unknown.info().indexes().front(), dialects::mysql()), ArgumentError);
}

TEST(IndexOptions, sqlite_where) {
    MetaData m;
    const Table cols{"cols", m, Column{"a", Integer}, Column{"b", String(9)}};
    const auto t = indexed_table(m, "a", sqlite_where(and_(cols.c("a") > 5, cols.c<std::string>("b") == "x")));
    EXPECT_EQ(index_created(t), (Texts{"CREATE INDEX ix ON t (a) WHERE a > 5 AND b = 'x'", "CREATE INDEX ix ON t (a)",
                                       "CREATE INDEX ix ON t (a)"}));
}

TEST(IndexOptions, mysql) {
    MetaData m1, m2, m3;
    EXPECT_EQ(index_created(indexed_table(m1, "b", mysql_prefix("FULLTEXT"), mysql_with_parser("ngram")))[2],
              "CREATE FULLTEXT INDEX ix ON t (b) WITH PARSER ngram");
    EXPECT_EQ(index_created(indexed_table(m2, "b", mysql_length(10), mysql_using("btree")))[2],
              "CREATE INDEX ix ON t (b(10)) USING btree");
    EXPECT_EQ(index_created(indexed_table(m3, "a", "b", mysql_length({{"b", 10}}))),
              (Texts{"CREATE INDEX ix ON t (a, b)", "CREATE INDEX ix ON t (a, b)", "CREATE INDEX ix ON t (a, b(10))"}));
}

TEST(SchemaDdl, create_and_drop) {
    const auto schema_text = [](const auto& render) {
        return Texts{render(dialects::postgresql()), render(dialects::mysql())};
    };
    EXPECT_EQ(schema_text([](const Dialect& d) { return create_schema_sql("Acc", d); }),
              (Texts{"CREATE SCHEMA \"Acc\"", "CREATE SCHEMA `Acc`"}));
    EXPECT_EQ(schema_text([](const Dialect& d) { return drop_schema_sql("acc", d); }),
              (Texts{"DROP SCHEMA acc", "DROP SCHEMA acc"}));
    EXPECT_EQ(drop_schema_sql("acc", dialects::postgresql(), Cascade::yes), "DROP SCHEMA acc CASCADE");
    EXPECT_THROW((void)create_schema_sql("acc", dialects::sqlite()), CompileError);  // SQLAlchemy writes what fails
}

TEST(ConstraintDdl, checks_are_dropped_in_the_words_of_the_server) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer}, CheckConstraint("a > 0", name("ck"))};
    const auto& check = t.info().check_constraints().front();
    EXPECT_EQ(drop_constraint_sql(check, dialects::mysql()), "ALTER TABLE t DROP CHECK ck");
    EXPECT_EQ(drop_constraint_sql(check, dialects::mariadb()), "ALTER TABLE t DROP CONSTRAINT ck");
    EXPECT_EQ(drop_constraint_sql(check, dialects::postgresql()), "ALTER TABLE t DROP CONSTRAINT ck");
}

}  // namespace
}  // namespace aludel
