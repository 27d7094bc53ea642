// CREATE TABLE for each database. The texts are those of SQLAlchemy 1.4, white space folded, except where a comment
// says otherwise.
#include <gtest/gtest.h>

#include <cctype>
#include <functional>
#include <string>

#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/expr/func.hpp"
#include "aludel/sql/schema/table.hpp"
#include "aludel/types/traits.hpp"

namespace aludel {
namespace {

enum class Color { red, green };

std::string folded(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!space)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

struct Case {
    const char* name;
    std::function<Table(MetaData&)> make;
    const char* sqlite;
    const char* postgresql;
    const char* mysql;
};

std::ostream& operator<<(std::ostream& out, const Case& item) { return out << item.name; }

/// The text, or "!" and the class of the error.
std::string rendered(const Case& item, const Dialect& dialect) {
    MetaData m;
    const Table p{"p", m, Column{"id", Integer, primary_key}, Column{"b", Integer}, Column{"s", String(9)}};
    const Table q{"q", m, schema("acc"), Column{"id", Integer, primary_key}};
    const auto table = item.make(m);
    try {
        return folded(create_table_sql(table, dialect));
    } catch (const CompileError&) {
        return "!CompileError";
    }
}

const Case cases[] = {
    {"single_integer_key", [](MetaData& m) { return Table{"t", m, Column{"id", Integer, primary_key}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id SERIAL NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) )"},
    {"small_integer_key", [](MetaData& m) { return Table{"t", m, Column{"id", SmallInteger, primary_key}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",  // not SMALLINT, which would not be numbered
     "CREATE TABLE t ( id SMALLSERIAL NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id SMALLINT NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) )"},
    {"big_integer_key", [](MetaData& m) { return Table{"t", m, Column{"id", BigInteger, primary_key}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",  // not BIGINT, which would not be numbered
     "CREATE TABLE t ( id BIGSERIAL NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id BIGINT NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) )"},
    {"key_without_numbering",
     [](MetaData& m) { return Table{"t", m, Column{"id", Integer, primary_key, no_autoincrement}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )"},
    {"key_with_default",
     [](MetaData& m) { return Table{"t", m, Column{"id", Integer, primary_key, insert_default(7)}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) )"},
    {"key_with_server_default",
     [](MetaData& m) { return Table{"t", m, Column{"id", Integer, primary_key, server_default(raw_sql("7"))}}; },
     "CREATE TABLE t ( id INTEGER DEFAULT 7 NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER DEFAULT 7 NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL DEFAULT 7, PRIMARY KEY (id) )"},
    {"key_that_is_foreign",
     [](MetaData& m) { return Table{"t", m, Column{"id", Integer, ForeignKey("p.id"), primary_key}}; },
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES p (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES p (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES p (id) )"},
    {"text_key", [](MetaData& m) { return Table{"t", m, Column{"id", String(20), primary_key}}; },
     "CREATE TABLE t ( id VARCHAR(20) NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id VARCHAR(20) NOT NULL, PRIMARY KEY (id) )",
     "CREATE TABLE t ( id VARCHAR(20) NOT NULL, PRIMARY KEY (id) )"},
    {"composite_key",
     [](MetaData& m) { return Table{"t", m, Column{"a", Integer, primary_key}, Column{"b", Integer, primary_key}}; },
     "CREATE TABLE t ( a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) )",
     "CREATE TABLE t ( a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) )",
     "CREATE TABLE t ( a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) )"},
    {"composite_key_numbered_second",
     [](MetaData& m) {
         return Table{"t", m, Column{"b", Integer, primary_key}, Column{"id", Integer, primary_key, autoincrement}};
     },
     "!CompileError", "CREATE TABLE t ( b INTEGER NOT NULL, id SERIAL NOT NULL, PRIMARY KEY (id, b) )",
     "CREATE TABLE t ( b INTEGER NOT NULL, id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id, b) )"},
    {"named_key_in_its_order",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer}, Column{"b", String(5)},
                      PrimaryKeyConstraint("b", "a", name("pk_t"))};
     },
     "CREATE TABLE t ( a INTEGER NOT NULL, b VARCHAR(5) NOT NULL, CONSTRAINT pk_t PRIMARY KEY (b, a) )",
     "CREATE TABLE t ( a INTEGER NOT NULL, b VARCHAR(5) NOT NULL, CONSTRAINT pk_t PRIMARY KEY (b, a) )",
     "CREATE TABLE t ( a INTEGER NOT NULL, b VARCHAR(5) NOT NULL, CONSTRAINT pk_t PRIMARY KEY (b, a) )"},
    {"no_key", [](MetaData& m) { return Table{"t", m, Column{"a", Integer}, Column{"b", Integer, not_null}}; },
     "CREATE TABLE t ( a INTEGER, b INTEGER NOT NULL )", "CREATE TABLE t ( a INTEGER, b INTEGER NOT NULL )",
     "CREATE TABLE t ( a INTEGER, b INTEGER NOT NULL )"},
    {"unique_columns",
     [](MetaData& m) { return Table{"t", m, Column{"a", String(5), unique}, Column{"b", Integer, unique}}; },
     "CREATE TABLE t ( a VARCHAR(5), b INTEGER, UNIQUE (a), UNIQUE (b) )",
     "CREATE TABLE t ( a VARCHAR(5), b INTEGER, UNIQUE (a), UNIQUE (b) )",
     "CREATE TABLE t ( a VARCHAR(5), b INTEGER, UNIQUE (a), UNIQUE (b) )"},
    {"unique_constraints",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", Integer},
                      Column{"b", Integer},
                      UniqueConstraint("a", "b", name("uq_ab")),
                      UniqueConstraint("b")};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT uq_ab UNIQUE (a, b), UNIQUE (b) )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT uq_ab UNIQUE (a, b), UNIQUE (b) )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT uq_ab UNIQUE (a, b), UNIQUE (b) )"},
    {"unique_deferred",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer}, UniqueConstraint("a", deferrable, initially("DEFERRED"))};
     },
     "CREATE TABLE t ( a INTEGER, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED )",
     "CREATE TABLE t ( a INTEGER, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED )",
     "CREATE TABLE t ( a INTEGER, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED )"},
    {"checks",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer, check("a > 0", name("positive"))},
                      CheckConstraint("a < 9", name("small")), CheckConstraint("a <> 5")};
     },
     "CREATE TABLE t ( a INTEGER CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 9), CHECK (a <> 5) )",
     "CREATE TABLE t ( a INTEGER CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 9), CHECK (a <> 5) )",
     "CREATE TABLE t ( a INTEGER CONSTRAINT positive CHECK (a > 0), CONSTRAINT small CHECK (a < 9), CHECK (a <> 5) )"},
    {"check_without_name", [](MetaData& m) { return Table{"t", m, Column{"a", Integer, check("a > 0"), not_null}}; },
     "CREATE TABLE t ( a INTEGER NOT NULL CHECK (a > 0) )", "CREATE TABLE t ( a INTEGER NOT NULL CHECK (a > 0) )",
     "CREATE TABLE t ( a INTEGER NOT NULL CHECK (a > 0) )"},
    {"foreign_key", [](MetaData& m) { return Table{"t", m, Column{"a", Integer, ForeignKey("p.id")}}; },
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) )",
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) )",
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) )"},
    {"foreign_key_actions",
     [](MetaData& m) {
         return Table{
             "t", m, Column{"a", Integer, ForeignKey("p.id", ondelete("CASCADE"), onupdate("SET NULL"), name("fk_a"))}};
     },
     "CREATE TABLE t ( a INTEGER, CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET "
     "NULL )",
     "CREATE TABLE t ( a INTEGER, CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET "
     "NULL )",
     "CREATE TABLE t ( a INTEGER, CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET "
     "NULL )"},
    {"foreign_key_deferred",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer, ForeignKey("p.id", deferrable, initially("DEFERRED"))},
                      Column{"b", Integer, ForeignKey("p.id", not_deferrable, initially("IMMEDIATE"))}};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN "
     "KEY(b) REFERENCES p (id) NOT DEFERRABLE INITIALLY IMMEDIATE )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN "
     "KEY(b) REFERENCES p (id) NOT DEFERRABLE INITIALLY IMMEDIATE )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN "
     "KEY(b) REFERENCES p (id) NOT DEFERRABLE INITIALLY IMMEDIATE )"},
    {"foreign_key_restrict",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer, ForeignKey("p.id", ondelete("RESTRICT"), onupdate("NO ACTION"))}};
     },
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION )",
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION )",
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION )"},
    {"foreign_key_composite",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer}, Column{"b", Integer},
                      ForeignKeyConstraint({"a", "b"}, {"p.id", "p.b"}, ondelete("CASCADE"), name("fk_ab"))};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT fk_ab FOREIGN KEY(a, b) REFERENCES p (id, b) ON DELETE CASCADE "
     ")",
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT fk_ab FOREIGN KEY(a, b) REFERENCES p (id, b) ON DELETE CASCADE "
     ")",
     "CREATE TABLE t ( a INTEGER, b INTEGER, CONSTRAINT fk_ab FOREIGN KEY(a, b) REFERENCES p (id, b) ON DELETE CASCADE "
     ")"},
    {"foreign_key_to_itself",
     [](MetaData& m) {
         return Table{"t", m, Column{"id", Integer, primary_key}, Column{"up", Integer, ForeignKey("t.id")}};
     },
     "CREATE TABLE t ( id INTEGER NOT NULL, up INTEGER, PRIMARY KEY (id), FOREIGN KEY(up) REFERENCES t (id) )",
     "CREATE TABLE t ( id SERIAL NOT NULL, up INTEGER, PRIMARY KEY (id), FOREIGN KEY(up) REFERENCES t (id) )",
     "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, up INTEGER, PRIMARY KEY (id), FOREIGN KEY(up) REFERENCES t "
     "(id) )"},
    {"foreign_key_gives_the_type",
     [](MetaData& m) { return Table{"t", m, Column{"a", ForeignKey("p.s"), primary_key}}; },
     "CREATE TABLE t ( a VARCHAR(9) NOT NULL, PRIMARY KEY (a), FOREIGN KEY(a) REFERENCES p (s) )",
     "CREATE TABLE t ( a VARCHAR(9) NOT NULL, PRIMARY KEY (a), FOREIGN KEY(a) REFERENCES p (s) )",
     "CREATE TABLE t ( a VARCHAR(9) NOT NULL, PRIMARY KEY (a), FOREIGN KEY(a) REFERENCES p (s) )"},
    {"foreign_key_use_alter",
     [](MetaData& m) { return Table{"t", m, Column{"a", Integer, ForeignKey("p.id", use_alter, name("fk_later"))}}; },
     "CREATE TABLE t ( a INTEGER, CONSTRAINT fk_later FOREIGN KEY(a) REFERENCES p (id) )",
     "CREATE TABLE t ( a INTEGER )", "CREATE TABLE t ( a INTEGER )"},
    {"constraints_in_order",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", Integer, ForeignKey("p.id"), unique},
                      Column{"b", Integer, ForeignKey("p.b"), unique},
                      ForeignKeyConstraint({"a", "b"}, {"p.id", "p.b"}),
                      UniqueConstraint("a", "b"),
                      CheckConstraint("b > 1"),
                      UniqueConstraint("b", "a")};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a, b) REFERENCES p (id, b), UNIQUE (a, b), CHECK (b > 1), "
     "UNIQUE (b, a), UNIQUE (a), FOREIGN KEY(a) REFERENCES p (id), UNIQUE (b), FOREIGN KEY(b) REFERENCES p (b) )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a, b) REFERENCES p (id, b), UNIQUE (a, b), CHECK (b > 1), "
     "UNIQUE (b, a), UNIQUE (a), FOREIGN KEY(a) REFERENCES p (id), UNIQUE (b), FOREIGN KEY(b) REFERENCES p (b) )",
     "CREATE TABLE t ( a INTEGER, b INTEGER, FOREIGN KEY(a, b) REFERENCES p (id, b), UNIQUE (a, b), CHECK (b > 1), "
     "UNIQUE (b, a), UNIQUE (a), FOREIGN KEY(a) REFERENCES p (id), UNIQUE (b), FOREIGN KEY(b) REFERENCES p (b) )"},
    {"default_text",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", String(20), server_default("it's")},
                      Column{"b", String(20), server_default(""), not_null}};
     },
     "CREATE TABLE t ( a VARCHAR(20) DEFAULT 'it''s', b VARCHAR(20) DEFAULT '' NOT NULL )",
     "CREATE TABLE t ( a VARCHAR(20) DEFAULT 'it''s', b VARCHAR(20) DEFAULT '' NOT NULL )",
     "CREATE TABLE t ( a VARCHAR(20) DEFAULT 'it''s', b VARCHAR(20) NOT NULL DEFAULT '' )"},
    {"default_raw_sql",
     [](MetaData& m) { return Table{"t", m, Column{"a", Integer, server_default(raw_sql("3")), not_null}}; },
     "CREATE TABLE t ( a INTEGER DEFAULT 3 NOT NULL )", "CREATE TABLE t ( a INTEGER DEFAULT 3 NOT NULL )",
     "CREATE TABLE t ( a INTEGER NOT NULL DEFAULT 3 )"},
    {"default_number", [](MetaData& m) { return Table{"t", m, Column{"a", Integer, server_default(3)}}; },
     "CREATE TABLE t ( a INTEGER DEFAULT 3 )", "CREATE TABLE t ( a INTEGER DEFAULT 3 )",
     "CREATE TABLE t ( a INTEGER DEFAULT 3 )"},
    {"default_current_timestamp",
     [](MetaData& m) { return Table{"t", m, Column{"a", DateTime, server_default(func::current_timestamp())}}; },
     "CREATE TABLE t ( a DATETIME DEFAULT (CURRENT_TIMESTAMP) )",
     "CREATE TABLE t ( a TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP )",
     "CREATE TABLE t ( a DATETIME DEFAULT CURRENT_TIMESTAMP )"},
    {"default_now",
     [](MetaData& m) { return Table{"t", m, Column{"a", DateTime, server_default(func::now()), not_null}}; },
     "CREATE TABLE t ( a DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL )",
     "CREATE TABLE t ( a TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL )",
     "CREATE TABLE t ( a DATETIME NOT NULL DEFAULT now() )"},
    {"default_function_of_literal",
     [](MetaData& m) { return Table{"t", m, Column{"a", String(5), server_default(func::lower("X"))}}; },
     "CREATE TABLE t ( a VARCHAR(5) DEFAULT (lower('X')) )", "CREATE TABLE t ( a VARCHAR(5) DEFAULT lower('X') )",
     "CREATE TABLE t ( a VARCHAR(5) DEFAULT lower('X') )"},
    {"defaults_of_the_program",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer, insert_default(5), onupdate(6)},
                      Column{"b", DateTime, insert_default(func::now())}};
     },
     "CREATE TABLE t ( a INTEGER, b DATETIME )", "CREATE TABLE t ( a INTEGER, b TIMESTAMP WITHOUT TIME ZONE )",
     "CREATE TABLE t ( a INTEGER, b DATETIME )"},
    {"timestamp_nullable",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", TIMESTAMP}, Column{"b", TIMESTAMP, not_null},
                      Column{"c", TIMESTAMP(with_timezone)}};
     },
     "CREATE TABLE t ( a TIMESTAMP, b TIMESTAMP NOT NULL, c TIMESTAMP )",
     "CREATE TABLE t ( a TIMESTAMP WITHOUT TIME ZONE, b TIMESTAMP WITHOUT TIME ZONE NOT NULL, c TIMESTAMP WITH TIME "
     "ZONE )",
     "CREATE TABLE t ( a TIMESTAMP NULL, b TIMESTAMP NOT NULL, c TIMESTAMP NULL )"},
    {"computed_columns",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer}, Column{"b", Integer, computed("a + 1", persisted)},
                      Column{"c", Integer, computed("a + 2"), not_null}};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED, c INTEGER NOT NULL GENERATED ALWAYS AS "
     "(a + 2) )",
     "CREATE TABLE t ( a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED, c INTEGER GENERATED ALWAYS AS (a + 2) "
     "STORED NOT NULL )",
     "CREATE TABLE t ( a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED, c INTEGER GENERATED ALWAYS AS (a + 2) "
     "NOT NULL )"},
    {"types_numbers",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", SmallInteger},
                      Column{"b", Integer},
                      Column{"c", BigInteger},
                      Column{"d", Boolean},
                      Column{"e", Float},
                      Column{"f", Numeric},
                      Column{"g", Numeric(10)},
                      Column{"h", Numeric(10, 2)},
                      Column{"i", Float(24)}};
     },
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOLEAN, e FLOAT, f NUMERIC, g NUMERIC(10), h NUMERIC(10, "
     "2), i FLOAT )",
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOLEAN, e FLOAT, f NUMERIC, g NUMERIC(10), h NUMERIC(10, "
     "2), i FLOAT(24) )",
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOL, e FLOAT, f NUMERIC, g NUMERIC(10), h NUMERIC(10, 2), i "
     "FLOAT(24) )"},
    {"types_text",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", String(20)},
                      Column{"b", Text},
                      Column{"c", Unicode(5)},
                      Column{"d", UnicodeText},
                      Column{"e", CHAR(3)},
                      Column{"f", VARCHAR(9)},
                      Column{"g", NVARCHAR(9)},
                      Column{"h", CLOB}};
     },
     "CREATE TABLE t ( a VARCHAR(20), b TEXT, c VARCHAR(5), d TEXT, e CHAR(3), f VARCHAR(9), g NVARCHAR(9), h CLOB )",
     "CREATE TABLE t ( a VARCHAR(20), b TEXT, c VARCHAR(5), d TEXT, e CHAR(3), f VARCHAR(9), g NVARCHAR(9), h CLOB )",
     "CREATE TABLE t ( a VARCHAR(20), b TEXT, c VARCHAR(5), d TEXT, e CHAR(3), f VARCHAR(9), g NATIONAL VARCHAR(9), h "
     "CLOB )"},
    {"types_times",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", Date},
                      Column{"b", TIME},
                      Column{"c", DateTime},
                      Column{"d", DateTime(with_timezone)},
                      Column{"e", Interval},
                      Column{"f", DATE},
                      Column{"g", DATETIME},
                      Column{"h", TIME(with_timezone)}};
     },
     "CREATE TABLE t ( a DATE, b TIME, c DATETIME, d DATETIME, e DATETIME, f DATE, g DATETIME, h TIME )",
     "CREATE TABLE t ( a DATE, b TIME WITHOUT TIME ZONE, c TIMESTAMP WITHOUT TIME ZONE, d TIMESTAMP WITH TIME ZONE, e "
     "INTERVAL, f DATE, g DATETIME, h TIME WITH TIME ZONE )",
     "CREATE TABLE t ( a DATE, b TIME, c DATETIME, d DATETIME, e DATETIME, f DATE, g DATETIME, h TIME )"},
    {"types_bytes",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", LargeBinary},
                      Column{"b", BLOB},
                      Column{"c", BINARY(4)},
                      Column{"d", VARBINARY(8)},
                      Column{"e", LargeBinary(20)},
                      Column{"f", JSON}};
     },
     "CREATE TABLE t ( a BLOB, b BLOB, c BINARY(4), d VARBINARY(8), e BLOB, f JSON )",
     "CREATE TABLE t ( a BYTEA, b BLOB, c BINARY(4), d VARBINARY(8), e BYTEA, f JSON )",
     "CREATE TABLE t ( a BLOB, b BLOB, c BINARY(4), d VARBINARY(8), e BLOB(20), f JSON )"},
    {"types_upper_case",
     [](MetaData& m) {
         return Table{"t",
                      m,
                      Column{"a", SMALLINT},
                      Column{"b", INTEGER},
                      Column{"c", BIGINT},
                      Column{"d", BOOLEAN},
                      Column{"e", FLOAT},
                      Column{"f", REAL},
                      Column{"g", NUMERIC(5, 2)},
                      Column{"h", DECIMAL(6, 3)},
                      Column{"i", TEXT},
                      Column{"j", FLOAT(5)}};
     },
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOLEAN, e FLOAT, f REAL, g NUMERIC(5, 2), h DECIMAL(6, 3), "
     "i TEXT, j FLOAT )",
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOLEAN, e FLOAT, f REAL, g NUMERIC(5, 2), h DECIMAL(6, 3), "
     "i TEXT, j FLOAT(5) )",
     "CREATE TABLE t ( a SMALLINT, b INTEGER, c BIGINT, d BOOL, e FLOAT, f REAL, g NUMERIC(5, 2), h DECIMAL(6, 3), i "
     "TEXT, j FLOAT(5) )"},
    {"enumeration", [](MetaData& m) { return Table{"t", m, Column{"a", type_of<Color>}}; },
     "CREATE TABLE t ( a VARCHAR(5) )", "CREATE TABLE t ( a color )", "CREATE TABLE t ( a ENUM('red','green') )"},
    {"varchar_without_length", [](MetaData& m) { return Table{"t", m, Column{"a", String}}; },
     "CREATE TABLE t ( a VARCHAR )", "CREATE TABLE t ( a VARCHAR )", "!CompileError"},
    {"name_reserved",
     [](MetaData& m) {
         return Table{"order", m, Column{"select", Integer, primary_key},
                      Column{"group", Integer, ForeignKey("p.id"), unique}};
     },
     "CREATE TABLE \"order\" ( \"select\" INTEGER NOT NULL, \"group\" INTEGER, PRIMARY KEY (\"select\"), UNIQUE "
     "(\"group\"), FOREIGN KEY(\"group\") REFERENCES p (id) )",
     "CREATE TABLE \"order\" ( \"select\" SERIAL NOT NULL, \"group\" INTEGER, PRIMARY KEY (\"select\"), UNIQUE "
     "(\"group\"), FOREIGN KEY(\"group\") REFERENCES p (id) )",
     "CREATE TABLE `order` ( `select` INTEGER NOT NULL AUTO_INCREMENT, `group` INTEGER, PRIMARY KEY (`select`), UNIQUE "
     "(`group`), FOREIGN KEY(`group`) REFERENCES p (id) )"},
    {"name_with_quote", [](MetaData& m) { return Table{"a\"b", m, Column{"c\"d", Integer, primary_key}}; },
     "CREATE TABLE \"a\"\"b\" ( \"c\"\"d\" INTEGER NOT NULL, PRIMARY KEY (\"c\"\"d\") )",
     "CREATE TABLE \"a\"\"b\" ( \"c\"\"d\" SERIAL NOT NULL, PRIMARY KEY (\"c\"\"d\") )",
     "CREATE TABLE `a\"b` ( `c\"d` INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (`c\"d`) )"},
    {"name_with_backtick", [](MetaData& m) { return Table{"a`b", m, Column{"c`d", Integer}}; },
     "CREATE TABLE \"a`b\" ( \"c`d\" INTEGER )", "CREATE TABLE \"a`b\" ( \"c`d\" INTEGER )",
     "CREATE TABLE `a``b` ( `c``d` INTEGER )"},
    {"name_with_spaces", [](MetaData& m) { return Table{"my table", m, Column{"my column", Integer, unique}}; },
     "CREATE TABLE \"my table\" ( \"my column\" INTEGER, UNIQUE (\"my column\") )",
     "CREATE TABLE \"my table\" ( \"my column\" INTEGER, UNIQUE (\"my column\") )",
     "CREATE TABLE `my table` ( `my column` INTEGER, UNIQUE (`my column`) )"},
    {"name_chinese", [](MetaData& m) { return Table{"用户", m, Column{"名字", String(20), primary_key}}; },
     "CREATE TABLE \"用户\" ( \"名字\" VARCHAR(20) NOT NULL, PRIMARY KEY (\"名字\") )",
     "CREATE TABLE \"用户\" ( \"名字\" VARCHAR(20) NOT NULL, PRIMARY KEY (\"名字\") )",
     "CREATE TABLE `用户` ( `名字` VARCHAR(20) NOT NULL, PRIMARY KEY (`名字`) )"},
    {"name_mixed_case",
     [](MetaData& m) {
         return Table{"MyTable", m, Column{"userId", Integer}, Column{"ALL", Integer},
                      UniqueConstraint("userId", name("UqUser"))};
     },
     "CREATE TABLE \"MyTable\" ( \"userId\" INTEGER, \"ALL\" INTEGER, CONSTRAINT \"UqUser\" UNIQUE (\"userId\") )",
     "CREATE TABLE \"MyTable\" ( \"userId\" INTEGER, \"ALL\" INTEGER, CONSTRAINT \"UqUser\" UNIQUE (\"userId\") )",
     "CREATE TABLE `MyTable` ( `userId` INTEGER, `ALL` INTEGER, CONSTRAINT `UqUser` UNIQUE (`userId`) )"},
    {"name_with_digit_first",
     [](MetaData& m) {
         return Table{
             "1st", m, Column{"2nd", Integer}, Column{"a1", Integer}, Column{"_x", Integer}, Column{"a$b", Integer}};
     },
     "CREATE TABLE \"1st\" ( \"2nd\" INTEGER, a1 INTEGER, _x INTEGER, a$b INTEGER )",
     "CREATE TABLE \"1st\" ( \"2nd\" INTEGER, a1 INTEGER, _x INTEGER, a$b INTEGER )",
     "CREATE TABLE `1st` ( `2nd` INTEGER, a1 INTEGER, _x INTEGER, a$b INTEGER )"},
    {"name_hostile", [](MetaData& m) { return Table{"x\"; DROP TABLE users; --", m, Column{"id", Integer}}; },
     "CREATE TABLE \"x\"\"; DROP TABLE users; --\" ( id INTEGER )",
     "CREATE TABLE \"x\"\"; DROP TABLE users; --\" ( id INTEGER )",
     "CREATE TABLE `x\"; DROP TABLE users; --` ( id INTEGER )"},
    {"schema_of_the_table",
     [](MetaData& m) {
         return Table{"t", m, schema("acc"), Column{"id", Integer, primary_key},
                      Column{"a", Integer, ForeignKey("acc.q.id")}};
     },
     "CREATE TABLE acc.t ( id INTEGER NOT NULL, a INTEGER, PRIMARY KEY (id), FOREIGN KEY(a) REFERENCES q (id) )",
     "CREATE TABLE acc.t ( id SERIAL NOT NULL, a INTEGER, PRIMARY KEY (id), FOREIGN KEY(a) REFERENCES acc.q (id) )",
     "CREATE TABLE acc.t ( id INTEGER NOT NULL AUTO_INCREMENT, a INTEGER, PRIMARY KEY (id), FOREIGN KEY(a) REFERENCES "
     "acc.q (id) )"},
    {"schema_elsewhere", [](MetaData& m) { return Table{"t", m, Column{"a", Integer, ForeignKey("acc.q.id")}}; },
     "CREATE TABLE t ( a INTEGER )", "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES acc.q (id) )",
     "CREATE TABLE t ( a INTEGER, FOREIGN KEY(a) REFERENCES acc.q (id) )"},
    {"comments",
     [](MetaData& m) {
         return Table{"t", m, Column{"a", Integer, comment("it's a")},
                      Column{"b", Integer, not_null, server_default(raw_sql("1")), comment("b")}, comment("the table")};
     },
     "CREATE TABLE t ( a INTEGER, b INTEGER DEFAULT 1 NOT NULL )",
     "CREATE TABLE t ( a INTEGER, b INTEGER DEFAULT 1 NOT NULL )",
     "CREATE TABLE t ( a INTEGER COMMENT 'it''s a', b INTEGER NOT NULL COMMENT 'b' DEFAULT 1 )COMMENT='the table'"},
    {"notes_user",
     [](MetaData& m) {
         return Table{"user",
                      m,
                      Column{"id", Integer, primary_key},
                      Column{"name", String(20), unique, not_null},
                      Column{"password", Text, not_null},
                      Column{"admin", Boolean}};
     },
     "CREATE TABLE user ( id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, password TEXT NOT NULL, admin BOOLEAN, "
     "PRIMARY KEY (id), UNIQUE (name) )",
     "CREATE TABLE \"user\" ( id SERIAL NOT NULL, name VARCHAR(20) NOT NULL, password TEXT NOT NULL, admin BOOLEAN, "
     "PRIMARY KEY (id), UNIQUE (name) )",
     "CREATE TABLE user ( id INTEGER NOT NULL AUTO_INCREMENT, name VARCHAR(20) NOT NULL, password TEXT NOT NULL, "
     "`admin` BOOL, PRIMARY KEY (id), UNIQUE (name) )"},
};

class CreateTable : public testing::TestWithParam<Case> {};

TEST_P(CreateTable, text_is_sqlalchemys) {
    EXPECT_EQ(rendered(GetParam(), dialects::sqlite()), GetParam().sqlite);
    EXPECT_EQ(rendered(GetParam(), dialects::postgresql()), GetParam().postgresql);
    EXPECT_EQ(rendered(GetParam(), dialects::mysql()), GetParam().mysql);
}

INSTANTIATE_TEST_SUITE_P(Ddl, CreateTable, testing::ValuesIn(cases), [](const auto& item) { return item.param.name; });

TEST(CreateTableErrors, varchar_without_length_names_table_and_column) {
    MetaData m;
    const Table t{"t", m, Column{"a", String}};
    try {
        create_table_sql(t, dialects::mysql());
        FAIL();
    } catch (const CompileError& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("in table 't', column 'a'"), std::string::npos) << text;
        EXPECT_NE(text.find("VARCHAR requires a length on dialect mysql"), std::string::npos) << text;
    }
}

TEST(CreateTableErrors, column_without_type_is_refused) {
    MetaData m;
    const Table t{"t", m, Column{"a"}};
    EXPECT_THROW(create_table_sql(t, dialects::sqlite()), CompileError);
}

TEST(CreateTableErrors, referential_action_that_is_none_is_refused) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer, primary_key},
                  Column{"a", Integer, ForeignKey("t.id", ondelete("CASCADE; DROP TABLE t"))}};
    EXPECT_THROW(create_table_sql(t, dialects::sqlite()), CompileError);
    const Table u{"u", m, Column{"a", Integer, ForeignKey("t.id", initially("LATER"))}};
    EXPECT_THROW(create_table_sql(u, dialects::sqlite()), CompileError);
}

TEST(CreateTableErrors, lower_case_action_is_accepted) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer, primary_key},
                  Column{"a", Integer, ForeignKey("t.id", ondelete("set null"))}};
    EXPECT_NE(create_table_sql(t, dialects::sqlite()).find("ON DELETE SET NULL"), std::string::npos);
}

TEST(CreateTableErrors, foreign_key_to_unknown_table_or_column_is_refused) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer, ForeignKey("nowhere.id")}};
    EXPECT_THROW(create_table_sql(t, dialects::sqlite()), NoReferencedTableError);
    const Table u{"u", m, Column{"a", Integer, ForeignKey("t.nothing")}};
    EXPECT_THROW(create_table_sql(u, dialects::sqlite()), NoReferencedColumnError);
}

TEST(CreateTableErrors, virtual_column_is_refused_where_all_are_stored) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer, computed("1", not_persisted)}};
    EXPECT_NE(create_table_sql(t, dialects::sqlite()).find("GENERATED ALWAYS AS (1) VIRTUAL"), std::string::npos);
    EXPECT_THROW(create_table_sql(t, dialects::postgresql()), CompileError);
}

TEST(CreateTableErrors, match_is_refused_where_it_would_disable_the_actions) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer, primary_key},
                  Column{"a", Integer, ForeignKey("t.id", match_clause("FULL"))}};
    EXPECT_NE(create_table_sql(t, dialects::postgresql()).find("MATCH FULL"), std::string::npos);
    EXPECT_THROW(create_table_sql(t, dialects::mysql()), CompileError);
}

TEST(CreateTableErrors, name_longer_than_the_database_allows_is_refused) {
    MetaData m;
    const Table t{std::string(64, 'x'), m, Column{"a", Integer}};
    EXPECT_THROW(create_table_sql(t, dialects::postgresql()), IdentifierError);
    EXPECT_NO_THROW(create_table_sql(t, dialects::sqlite()));
}

TEST(CreateTableLayout, one_item_per_line) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer, primary_key}, Column{"a", Text}};
    EXPECT_EQ(create_table_sql(t, dialects::sqlite()),
              "CREATE TABLE t (\n\tid INTEGER NOT NULL,\n\ta TEXT,\n\tPRIMARY KEY (id)\n)");
}

}  // namespace
}  // namespace aludel
