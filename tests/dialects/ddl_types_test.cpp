// Types that take options, and types that only one database has. The texts are SQLAlchemy 1.4's, except where a comment
// says otherwise.
#include <gtest/gtest.h>

#include <chrono>

#include "aludel/dialects/mysql.hpp"
#include "aludel/dialects/postgresql.hpp"
#include "aludel/sql/expr/func.hpp"
#include "aludel/sql/schema/enum_type.hpp"
#include "aludel/types/array.hpp"
#include "aludel/types/decimal.hpp"
#include "aludel/types/range.hpp"
#include "ddl_texts.hpp"

namespace aludel {
namespace {

using namespace ddl_texts;

enum class Color { red, green };

TEST(EnumDdl, checks_stand_last_where_the_type_is_none_of_the_database) {
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", Integer, unique},
                  Column{"c", Enum<Color>(create_constraint)},
                  Column{"b", Boolean(create_constraint)},
                  UniqueConstraint("a", "b"),
                  CheckConstraint("a>0")};
    EXPECT_EQ(created(t),
              (Texts{"CREATE TABLE t ( a INTEGER, c VARCHAR(5), b BOOLEAN, UNIQUE (a, b), CHECK (a>0), UNIQUE (a), "
                     "CONSTRAINT color CHECK (c IN ('red', 'green')), CHECK (b IN (0, 1)) )",
                     "CREATE TABLE t ( a INTEGER, c color, b BOOLEAN, UNIQUE (a, b), CHECK (a>0), UNIQUE (a) )",
                     "CREATE TABLE t ( a INTEGER, c ENUM('red','green'), b BOOL, UNIQUE (a, b), CHECK (a>0), UNIQUE "
                     "(a), CHECK (b IN (0, 1)) )"}));
}

TEST(EnumDdl, not_native) {
    MetaData m;
    const Table t{"t", m, Column{"c", Enum<Color>(native_enum(false), create_constraint, name("shade"))},
                  Column{"d", Enum<Color>(native_enum(false))}, Column{"e", Enum<Color>(native_enum(false), 20)}};
    EXPECT_EQ(created(t),
              same("CREATE TABLE t ( c VARCHAR(5), d VARCHAR(5), e VARCHAR(20), CONSTRAINT shade CHECK (c IN "
                   "('red', 'green')) )"));
    EXPECT_TRUE(create_types_sql(t.info(), dialects::postgresql()).empty());
}

TEST(EnumDdl, backslash_of_a_word_is_doubled_where_it_escapes) {
    MetaData m;
    const Table t{"t", m, Column{"c", Enum("a", "b\\' --", name("letters"))}};
    EXPECT_EQ(created(t), (Texts{"CREATE TABLE t ( c VARCHAR(6) )", "CREATE TABLE t ( c letters )",
                                 "CREATE TABLE t ( c ENUM('a','b\\\\'' --') )"}));
    EXPECT_EQ(create_types_sql(t.info(), dialects::postgresql()),
              (Texts{"CREATE TYPE letters AS ENUM ('a', 'b\\'' --')"}));
}

TEST(EnumDdl, names_schemas_and_words) {
    MetaData m;
    const Table t{"t", m, Column{"c", Enum<Color>(name("Shade"), type_schema("acc"))},
                  Column{"d", Enum("a", "b'x", name("letters"))}};
    EXPECT_EQ(created(t),
              (Texts{"CREATE TABLE t ( c VARCHAR(5), d VARCHAR(3) )", "CREATE TABLE t ( c acc.\"Shade\", d letters )",
                     "CREATE TABLE t ( c ENUM('red','green'), d ENUM('a','b''x') )"}));
    EXPECT_EQ(
        create_types_sql(t.info(), dialects::postgresql()),
        (Texts{"CREATE TYPE acc.\"Shade\" AS ENUM ('red', 'green')", "CREATE TYPE letters AS ENUM ('a', 'b''x')"}));
    EXPECT_EQ(drop_types_sql({&t.info()}, dialects::postgresql()),
              (Texts{"DROP TYPE acc.\"Shade\"", "DROP TYPE letters"}));
}

TEST(EnumDdl, words_without_a_name_are_no_type_of_postgresql) {
    MetaData m;
    const Table t{"t", m, Column{"e", Enum("a", "b")}};
    EXPECT_EQ(created(t), (Texts{"CREATE TABLE t ( e VARCHAR(1) )", "!", "CREATE TABLE t ( e ENUM('a','b') )"}));
    EXPECT_NE(compile_error(t, dialects::postgresql()).find("needs a name"), std::string::npos);
}

TEST(EnumDdl, what_makes_no_sense_is_refused) {
    EXPECT_THROW((void)Enum<Color>(3).sql_type(), ArgumentError);
    EXPECT_THROW((void)Enum("a", "b", "a").sql_type(), ArgumentError);
}

TEST(BooleanDdl, check_with_a_name) {
    MetaData m;
    const Table t{"t", m, Column{"b", Boolean(create_constraint("ck_b")), not_null}};
    EXPECT_EQ(created(t), (Texts{"CREATE TABLE t ( b BOOLEAN NOT NULL, CONSTRAINT ck_b CHECK (b IN (0, 1)) )",
                                 "CREATE TABLE t ( b BOOLEAN NOT NULL )",
                                 "CREATE TABLE t ( b BOOL NOT NULL, CONSTRAINT ck_b CHECK (b IN (0, 1)) )"}));
}

TEST(VariantDdl, another_type_on_one_database) {
    MetaData m;
    const Table t{"t", m, Column{"id", BigInteger.with_variant(Integer, "sqlite"), primary_key},
                  Column{"s", String.with_variant(String(50), "mysql").with_variant(TEXT, "sqlite")}};
    EXPECT_EQ(created(t),
              (Texts{"CREATE TABLE t ( id INTEGER NOT NULL, s TEXT, PRIMARY KEY (id) )",
                     "CREATE TABLE t ( id BIGSERIAL NOT NULL, s VARCHAR, PRIMARY KEY (id) )",
                     "CREATE TABLE t ( id BIGINT NOT NULL AUTO_INCREMENT, s VARCHAR(50), PRIMARY KEY (id) )"}));
    EXPECT_THROW((void)String.with_variant(TEXT, "mysql").with_variant(CLOB, "mysql").sql_type(), ArgumentError);
}

TEST(VariantDdl, a_kind_of_server_comes_before_its_database) {
    MetaData m;
    const Table t{"t", m,
                  Column{"a", String(5).with_variant(custom_type<"UUID">, "mariadb").with_variant(TEXT, "mysql")}};
    EXPECT_EQ(columns_of(t, dialects::mariadb()), Texts{"UUID"});
    EXPECT_EQ(columns_of(t, dialects::mysql()), Texts{"TEXT"});
}

TEST(CollationDdl, stands_behind_the_type) {
    MetaData m;
    const Table t{"t", m, Column{"s", String(9, collation("de_DE"))}, Column{"u", Text(collation("utf8_bin"))}};
    const std::string quoted = "CREATE TABLE t ( s VARCHAR(9) COLLATE \"de_DE\", u TEXT COLLATE \"utf8_bin\" )";
    EXPECT_EQ(created(t),
              (Texts{quoted, quoted, "CREATE TABLE t ( s VARCHAR(9) COLLATE de_DE, u TEXT COLLATE utf8_bin )"}));
    const Table bad{"bad", m, Column{"s", String(9, collation("x; DROP TABLE t"))}};
    EXPECT_EQ(created(bad)[2], "!");
}

TEST(ArrayDdl, postgresql_has_arrays) {
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", ARRAY(Integer)},
                  Column{"b", ARRAY(String(20), 2)},
                  Column{"c", ARRAY(Enum<Color>())},
                  Column{"d", ARRAY(String(5, collation("C")))},
                  Column{"e", type_of<std::vector<std::vector<std::int64_t>>>}};
    EXPECT_EQ(created(t),
              (Texts{"!",
                     "CREATE TABLE t ( a INTEGER[], b VARCHAR(20)[][], c color[], d VARCHAR(5)[] COLLATE \"C\", e "
                     "BIGINT[][] )",
                     "!"}));
    EXPECT_EQ(create_types_sql(t.info(), dialects::postgresql()), Texts{"CREATE TYPE color AS ENUM ('red', 'green')"});
    EXPECT_NE(compile_error(t, dialects::sqlite()).find("no arrays on sqlite; store JSON"), std::string::npos);
    EXPECT_THROW((void)ARRAY(ARRAY(Integer)).sql_type(), ArgumentError);
}

TEST(RangeDdl, named_after_what_they_range_over) {
    using namespace std::chrono;
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", type_of<Range<int>>},
                  Column{"b", type_of<Range<std::int64_t>>},
                  Column{"c", type_of<Range<Decimal>>},
                  Column{"d", type_of<Range<year_month_day>>},
                  Column{"e", type_of<Range<local_time<microseconds>>>},
                  Column{"f", type_of<Range<sys_time<microseconds>>>},
                  Column{"g", type_of<MultiRange<int>>}};
    EXPECT_EQ(columns_of(t, dialects::postgresql()),
              (Texts{"INT4RANGE", "INT8RANGE", "NUMRANGE", "DATERANGE", "TSRANGE", "TSTZRANGE", "INT4MULTIRANGE"}));
    EXPECT_EQ(created(t)[0], "!");
    const Table bad{"bad", m, Column{"a", type_of<Range<std::string>>}};
    EXPECT_EQ(created(bad)[1], "!");
}

// Table: the types and their texts.
TEST(PostgreSQLTypes, texts) {
    using namespace postgresql;
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"c0", INET},
                  Column{"c1", CIDR},
                  Column{"c2", MACADDR},
                  Column{"c3", MONEY},
                  Column{"c4", OID},
                  Column{"c5", REGCLASS},
                  Column{"c6", TSVECTOR},
                  Column{"c7", HSTORE},
                  Column{"c8", JSONB},
                  Column{"c9", JSON},
                  Column{"c10", aludel::UUID},
                  Column{"c11", BIT(3)},
                  Column{"c12", BIT_VARYING},
                  Column{"c13", BIT_VARYING(5)},
                  Column{"c14", BYTEA},
                  Column{"c15", DOUBLE_PRECISION},
                  Column{"c16", INTERVAL},
                  Column{"c17", INTERVAL("YEAR TO MONTH")},
                  Column{"c18", INTERVAL(3)},
                  Column{"c19", TIMESTAMP(3)},
                  Column{"c20", TIMESTAMP(2, with_timezone)},
                  Column{"c21", TIME(6, with_timezone)},
                  Column{"c22", INT4RANGE},
                  Column{"c23", TSTZRANGE},
                  Column{"c24", MACADDR8},
                  Column{"c25", CITEXT}};
    EXPECT_EQ(columns_of(t, dialects::postgresql()), (Texts{"INET",
                                                            "CIDR",
                                                            "MACADDR",
                                                            "MONEY",
                                                            "OID",
                                                            "REGCLASS",
                                                            "TSVECTOR",
                                                            "HSTORE",
                                                            "JSONB",
                                                            "JSON",
                                                            "UUID",
                                                            "BIT(3)",
                                                            "BIT VARYING",
                                                            "BIT VARYING(5)",
                                                            "BYTEA",
                                                            "DOUBLE PRECISION",
                                                            "INTERVAL",
                                                            "INTERVAL YEAR TO MONTH",
                                                            "INTERVAL (3)",
                                                            "TIMESTAMP(3) WITHOUT TIME ZONE",
                                                            "TIMESTAMP(2) WITH TIME ZONE",
                                                            "TIME(6) WITH TIME ZONE",
                                                            "INT4RANGE",
                                                            "TSTZRANGE",
                                                            "MACADDR8",
                                                            "CITEXT"}));
    EXPECT_NE(compile_error(t, dialects::mysql()).find("can't render the type INET, which only postgresql has"),
              std::string::npos);
}

TEST(MySQLTypes, numbers) {
    using namespace mysql;
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"c0", TINYINT},
                  Column{"c1", TINYINT(1)},
                  Column{"c2", TINYINT(unsigned_)},
                  Column{"c3", mysql::SMALLINT(5, zerofill, unsigned_)},
                  Column{"c4", MEDIUMINT(unsigned_)},
                  Column{"c5", mysql::INTEGER(11)},
                  Column{"c6", mysql::INTEGER(unsigned_)},
                  Column{"c7", mysql::BIGINT(20, unsigned_)},
                  Column{"c8", mysql::DECIMAL(10, 2, unsigned_)},
                  Column{"c9", mysql::NUMERIC(8, 2, zerofill)},
                  Column{"c10", mysql::FLOAT(unsigned_)},
                  Column{"c11", mysql::FLOAT(7, 3)},
                  Column{"c12", mysql::DOUBLE(8, 3)},
                  Column{"c13", mysql::DOUBLE(unsigned_)},
                  Column{"c14", mysql::REAL(8, 3)},
                  Column{"c15", YEAR},
                  Column{"c16", YEAR(4)},
                  Column{"c17", BIT},
                  Column{"c18", BIT(8)}};
    EXPECT_EQ(columns_of(t, dialects::mysql()),
              (Texts{"TINYINT", "TINYINT(1)", "TINYINT UNSIGNED", "SMALLINT(5) UNSIGNED ZEROFILL", "MEDIUMINT UNSIGNED",
                     "INTEGER(11)", "INTEGER UNSIGNED", "BIGINT(20) UNSIGNED", "DECIMAL(10, 2) UNSIGNED",
                     "NUMERIC(8, 2) ZEROFILL", "FLOAT UNSIGNED", "FLOAT(7, 3)", "DOUBLE(8, 3)", "DOUBLE UNSIGNED",
                     "REAL(8, 3)", "YEAR", "YEAR(4)", "BIT", "BIT(8)"}));
    EXPECT_EQ(created(t)[0], "!");
    EXPECT_EQ(created(t)[1], "!");
}

// Table: the types and their texts.
TEST(MySQLTypes, text_bytes_and_times) {
    using namespace mysql;
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"c19", TINYTEXT},
                  Column{"c20", MEDIUMTEXT},
                  Column{"c21", LONGTEXT(charset("utf8mb4"), collation("utf8mb4_bin"))},
                  Column{"c22", mysql::TEXT(100, charset("latin1"))},
                  Column{"c23", mysql::VARCHAR(20, charset("utf8mb4"))},
                  Column{"c24", mysql::VARCHAR(20, collation("utf8mb4_bin"))},
                  Column{"c25", mysql::VARCHAR(20, binary)},
                  Column{"c26", mysql::CHAR(3, charset("ascii"))},
                  Column{"c27", mysql::NVARCHAR(9)},
                  Column{"c28", NCHAR(4)},
                  Column{"c29", TINYBLOB},
                  Column{"c30", MEDIUMBLOB},
                  Column{"c31", LONGBLOB},
                  Column{"c32", mysql::DATETIME(6)},
                  Column{"c33", mysql::TIMESTAMP(3)},
                  Column{"c34", mysql::TIME(6)},
                  Column{"c35", mysql::DATETIME},
                  Column{"c36", SET("a", "b'x")},
                  Column{"c37", SET("a", charset("utf8mb4"))},
                  Column{"c38", ENUM("a", "b", charset("utf8mb4"))},
                  Column{"c39", JSON}};
    EXPECT_EQ(columns_of(t, dialects::mysql()), (Texts{"TINYTEXT",
                                                       "MEDIUMTEXT",
                                                       "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                                                       "TEXT(100) CHARACTER SET latin1",
                                                       "VARCHAR(20) CHARACTER SET utf8mb4",
                                                       "VARCHAR(20) COLLATE utf8mb4_bin",
                                                       "VARCHAR(20) BINARY",
                                                       "CHAR(3) CHARACTER SET ascii",
                                                       "NATIONAL VARCHAR(9)",
                                                       "NATIONAL CHAR(4)",
                                                       "TINYBLOB",
                                                       "MEDIUMBLOB",
                                                       "LONGBLOB",
                                                       "DATETIME(6)",
                                                       "TIMESTAMP(3) NULL",
                                                       "TIME(6)",
                                                       "DATETIME",
                                                       "SET('a','b''x')",
                                                       "SET('a') CHARACTER SET utf8mb4",
                                                       "ENUM('a','b') CHARACTER SET utf8mb4",
                                                       "JSON"}));
    EXPECT_THROW((void)SET("a,b").sql_type(), ArgumentError);
    EXPECT_THROW((void)ENUM("a", "a").sql_type(), ArgumentError);
}

TEST(MySQLTypes, variant_of_a_generic_type) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer.with_variant(mysql::INTEGER(mysql::unsigned_), "mysql")}};
    EXPECT_EQ(created(t), (Texts{"CREATE TABLE t ( a INTEGER )", "CREATE TABLE t ( a INTEGER )",
                                 "CREATE TABLE t ( a INTEGER UNSIGNED )"}));
}

// What a C++ type holds is what the column keeps; SQLAlchemy's DATETIME drops the fraction without a word.
TEST(SecondDigits, follow_the_cpp_type_where_the_database_asks_for_them) {
    using namespace std::chrono;
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", type_of<sys_time<microseconds>>},
                  Column{"b", type_of<local_time<milliseconds>>},
                  Column{"c", type_of<local_seconds>},
                  Column{"d", type_of<Time>},
                  Column{"e", type_of<microseconds>},
                  Column{"f", DateTime},
                  Column{"g", DateTime(3)},
                  Column{"h", type_of<sys_time<microseconds>>, server_default(func::now())},
                  Column{"i", DateTime(6), server_default(func::current_timestamp())}};
    EXPECT_EQ(columns_of(t, dialects::mysql()),
              (Texts{"DATETIME(6)", "DATETIME(3)", "DATETIME", "TIME(6)", "DATETIME(6)", "DATETIME", "DATETIME(3)",
                     "DATETIME(6) DEFAULT now(6)", "DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6)"}));
    EXPECT_EQ(
        columns_of(t, dialects::postgresql()),
        (Texts{"TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP WITHOUT TIME ZONE",
               "TIME WITHOUT TIME ZONE", "INTERVAL", "TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP(3) WITHOUT TIME ZONE",
               "TIMESTAMP WITH TIME ZONE DEFAULT now()", "TIMESTAMP(6) WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP"}));
    EXPECT_EQ(columns_of(t, dialects::sqlite()),
              (Texts{"DATETIME", "DATETIME", "DATETIME", "TIME", "DATETIME", "DATETIME", "DATETIME",
                     "DATETIME DEFAULT (CURRENT_TIMESTAMP)", "DATETIME DEFAULT (CURRENT_TIMESTAMP)"}));
}

TEST(StringWithoutLength, is_refused_by_mysql_unless_the_cpp_type_alone_said_it) {
    MetaData m;
    const Table written{"w", m, Column{"s", String}};
    EXPECT_EQ(created(written), (Texts{"CREATE TABLE w ( s VARCHAR )", "CREATE TABLE w ( s VARCHAR )", "!"}));
    const auto error = compile_error(written, dialects::mysql());
    for (const char* part : {"VARCHAR requires a length on dialect mysql", "String(255)", "in table 'w', column 's'"})
        EXPECT_NE(error.find(part), std::string::npos) << part << " in " << error;
    // SQLAlchemy refuses these, too
    const Table inferred{"i", m, Column{"s", type_of<std::string>}};
    EXPECT_EQ(created(inferred),
              (Texts{"CREATE TABLE i ( s VARCHAR )", "CREATE TABLE i ( s VARCHAR )", "CREATE TABLE i ( s TEXT )"}));
    const Table keys[] = {Table{"a", m, Column{"s", type_of<std::string>, primary_key}},
                          Table{"b", m, Column{"s", type_of<std::string>, unique}},
                          Table{"c", m, Column{"s", type_of<std::string>, indexed}},
                          Table{"d", m, Column{"s", type_of<std::string>}, UniqueConstraint("s")},
                          Table{"e", m, Column{"s", type_of<std::string>}, Index("ix", "s")}};
    for (const auto& table : keys) EXPECT_EQ(created(table)[2], "!") << table.name();
}

}  // namespace
}  // namespace aludel
