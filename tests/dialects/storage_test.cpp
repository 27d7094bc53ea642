#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/value.hpp>

namespace {

using namespace aludel;

Value stored(Value value) { return dialects::sqlite().to_storage(std::move(value), {}); }

TEST(sqlite_storage, values_take_sqlalchemys_formats) {
    EXPECT_EQ(stored(Value::of(true)), Value::of(1));
    EXPECT_EQ(stored(Value::date(0)), Value::text("1970-01-01"));
    EXPECT_EQ(stored(Value::datetime(1)), Value::text("1970-01-01 00:00:00.000001"));
    EXPECT_EQ(stored(Value::timestamp(0)), Value::text("1970-01-01 00:00:00.000000"));
    EXPECT_EQ(stored(Value::time(0)), Value::text("00:00:00.000000"));
    EXPECT_EQ(stored(Value::uuid(std::string(16, '\x11'))), Value::text(std::string(32, '1')));
    EXPECT_EQ(stored(Value::json("{\"a\": 1}")), Value::text("{\"a\": 1}"));
    EXPECT_EQ(stored(Value::decimal("12.50")), Value::of(12.5));
    EXPECT_EQ(stored(Value::text(std::string("a\0b", 3))), Value::text(std::string("a\0b", 3)));
}

TEST(sqlite_storage, what_does_not_fit_is_data_error) {
    EXPECT_THROW(stored(Value::of(std::numeric_limits<unsigned long long>::max())), DataError);
    EXPECT_THROW(stored(Value::of(std::nan(""))), DataError);
    EXPECT_THROW(stored(Value::decimal("1234567890.1234567")), DataError);
    EXPECT_NO_THROW(stored(Value::decimal("123456789012345")));
    EXPECT_NO_THROW(stored(Value::decimal("1230000000000000000000")));
    EXPECT_NO_THROW(stored(Value::decimal("-0.00000000000000001")));
}

TEST(literals, escape_what_could_end_them) {
    EXPECT_EQ(dialects::sqlite().string_literal("it's \\"), "'it''s \\'");
    EXPECT_EQ(dialects::mysql().string_literal("it's \\"), "'it''s \\\\'");
    EXPECT_EQ(dialects::sqlite().literal(Value::bytes("\x01\xff"), {}), "X'01ff'");
    EXPECT_EQ(dialects::postgresql().literal(Value::bytes("\x01\xff"), {}), "'\\x01ff'");
    EXPECT_EQ(dialects::sqlite().literal(Value::of(true), {}), "1");
    EXPECT_EQ(dialects::postgresql().literal(Value::of(true), {}), "true");
    EXPECT_EQ(dialects::sqlite().literal(Value::of(1.0), {}), "1.0");
    EXPECT_THROW(dialects::sqlite().literal(Value::of(std::numeric_limits<double>::infinity()), {}), CompileError);
    EXPECT_THROW(static_cast<void>(dialects::sqlite().string_literal(std::string("a\0b", 3))), CompileError);
}

TEST(names, quotes_are_doubled_and_nul_refused) {
    EXPECT_EQ(dialects::sqlite().quote("order"), "\"order\"");
    EXPECT_EQ(dialects::sqlite().quote("a\"; DROP TABLE t; --"), "\"a\"\"; DROP TABLE t; --\"");
    EXPECT_EQ(dialects::mysql().quote("a`b"), "`a``b`");
    EXPECT_EQ(dialects::sqlite().quote("用户"), "\"用户\"");
    EXPECT_EQ(dialects::sqlite().quote("Mixed"), "\"Mixed\"");
    EXPECT_EQ(dialects::sqlite().quote("plain_1$"), "plain_1$");
    EXPECT_EQ(dialects::sqlite().quote("1st"), "\"1st\"");
    EXPECT_THROW(static_cast<void>(dialects::sqlite().quote("")), CompileError);
    EXPECT_THROW(static_cast<void>(dialects::sqlite().quote(std::string_view("a\0b", 3))), CompileError);
}

TEST(names, reserved_words_differ) {
    EXPECT_EQ(dialects::sqlite().quote("user"), "user");
    EXPECT_EQ(dialects::postgresql().quote("user"), "\"user\"");
    EXPECT_EQ(dialects::mysql().quote("user"), "user");
    EXPECT_EQ(dialects::mysql().quote("rank"), "`rank`");
}

TEST(dialects_by_name, known_and_unknown) {
    EXPECT_EQ(&dialects::by_name("mariadb"), &dialects::mysql());
    try {
        static_cast<void>(dialects::by_name("oracle"));
        FAIL();
    } catch (const NoSuchModuleError& error) {
        EXPECT_EQ(error.code(), "nomodule");
        for (const char* part : {"'oracle'", "sqlite", "postgresql", "mysql", "mariadb"})
            EXPECT_NE(error.message().find(part), std::string::npos) << part << " in " << error.message();
    }
}

}  // namespace
