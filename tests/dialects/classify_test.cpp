#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/dialect.hpp>

namespace {

using namespace aludel;
using Names = std::vector<std::string>;

Diagnosis sqlite_says(int extended_code, const char* message) {
    return dialects::sqlite().classify(
        {.code = extended_code & 0xff, .extended_code = extended_code, .sqlstate = {}, .message = message});
}

TEST(sqlite_classify, unique_names_table_and_columns) {
    const Diagnosis d = sqlite_says(2067, "UNIQUE constraint failed: user.name, user.email");
    EXPECT_EQ(d.error, ErrorClass::integrity);
    EXPECT_EQ(d.table, "user");
    EXPECT_EQ(d.columns, (Names{"name", "email"}));
    EXPECT_FALSE(d.disconnect);
}

TEST(sqlite_classify, other_constraints) {
    EXPECT_EQ(sqlite_says(1299, "NOT NULL constraint failed: t.x").columns, Names{"x"});
    EXPECT_EQ(sqlite_says(275, "CHECK constraint failed: positive").constraint, "positive");
    EXPECT_EQ(sqlite_says(275, "CHECK constraint failed: x > 1.5").constraint, "x > 1.5");
    EXPECT_EQ(sqlite_says(2067, "UNIQUE constraint failed: index 'ix_lower'").constraint, "ix_lower");
    EXPECT_EQ(sqlite_says(787, "FOREIGN KEY constraint failed").error, ErrorClass::integrity);
}

TEST(sqlite_classify, classes_of_codes) {
    EXPECT_EQ(sqlite_says(1, "no such table: t").error, ErrorClass::operational);
    EXPECT_EQ(sqlite_says(5, "database is locked").error, ErrorClass::operational);
    EXPECT_EQ(sqlite_says(8, "attempt to write a readonly database").error, ErrorClass::operational);
    EXPECT_EQ(sqlite_says(13, "database or disk is full").error, ErrorClass::operational);
    EXPECT_EQ(sqlite_says(18, "string or blob too big").error, ErrorClass::data);
    EXPECT_EQ(sqlite_says(20, "datatype mismatch").error, ErrorClass::integrity);
    EXPECT_EQ(sqlite_says(26, "file is not a database").error, ErrorClass::database);
}

Diagnosis postgresql_says(const char* state, const char* message) {
    return dialects::postgresql().classify({.code = 0, .extended_code = 0, .sqlstate = state, .message = message});
}

TEST(postgresql_classify, integrity_names_what_was_hurt) {
    const Diagnosis d = postgresql_says("23505",
                                        "duplicate key value violates unique constraint \"user_name_key\"\nDETAIL:  "
                                        "Key (name, \"Mixed\")=(ed, 1) already exists.");
    EXPECT_EQ(d.error, ErrorClass::integrity);
    EXPECT_EQ(d.constraint, "user_name_key");
    EXPECT_EQ(d.columns, (Names{"name", "Mixed"}));
    const Diagnosis null =
        postgresql_says("23502", "null value in column \"x\" of relation \"t\" violates not-null constraint");
    EXPECT_EQ(null.table, "t");
    EXPECT_EQ(null.columns, Names{"x"});
}

TEST(postgresql_classify, classes_and_lost_connections) {
    EXPECT_EQ(postgresql_says("42P01", "relation \"t\" does not exist").error, ErrorClass::programming);
    EXPECT_EQ(postgresql_says("22003", "integer out of range").error, ErrorClass::data);
    EXPECT_EQ(postgresql_says("40001", "could not serialize access").error, ErrorClass::operational);
    EXPECT_TRUE(postgresql_says("57P01", "terminating connection due to administrator command").disconnect);
    EXPECT_TRUE(postgresql_says("", "server closed the connection unexpectedly").disconnect);
    EXPECT_FALSE(postgresql_says("23505", "duplicate key").disconnect);
}

Diagnosis mysql_says(int code, const char* message) {
    return dialects::mysql().classify({.code = code, .extended_code = code, .sqlstate = {}, .message = message});
}

TEST(mysql_classify, integrity_names_what_was_hurt) {
    const Diagnosis d = mysql_says(1062, "Duplicate entry 'ed' for key 'user.name'");
    EXPECT_EQ(d.error, ErrorClass::integrity);
    EXPECT_EQ(d.table, "user");
    EXPECT_EQ(d.constraint, "name");
    const Diagnosis fk = mysql_says(1452,
                                    "Cannot add or update a child row: a foreign key constraint fails (`db`.`post`, "
                                    "CONSTRAINT `fk_a` FOREIGN KEY (`author_id`) REFERENCES `user` (`id`))");
    EXPECT_EQ(fk.constraint, "fk_a");
    EXPECT_EQ(fk.columns, Names{"author_id"});
    EXPECT_EQ(mysql_says(1048, "Column 'x' cannot be null").columns, Names{"x"});
}

TEST(mysql_classify, classes_and_lost_connections) {
    EXPECT_EQ(mysql_says(1064, "You have an error in your SQL syntax").error, ErrorClass::programming);
    EXPECT_EQ(mysql_says(1406, "Data too long for column 'x'").error, ErrorClass::data);
    EXPECT_EQ(mysql_says(1205, "Lock wait timeout exceeded").error, ErrorClass::operational);
    EXPECT_TRUE(mysql_says(2006, "MySQL server has gone away").disconnect);
}

}  // namespace
