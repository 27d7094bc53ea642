#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <string>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/expr/dml.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/schema/table.hpp>
#include <aludel/types/date_time.hpp>
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

TEST(postgresql_storage, values_take_what_the_columns_are) {
    const auto& dialect = dialects::postgresql();
    const SqlType naive{.kind = TypeKind::datetime};
    const SqlType zoned{.kind = TypeKind::datetime, .timezone = true};
    EXPECT_EQ(dialect.to_storage(Value::timestamp(5), naive), Value::datetime(5));  // kept as UTC
    EXPECT_EQ(dialect.to_storage(Value::timestamp(5), zoned), Value::timestamp(5));
    EXPECT_EQ(dialect.to_storage(Value::timestamp(5), {}), Value::timestamp(5));
    constexpr auto most = std::numeric_limits<unsigned long long>::max();
    EXPECT_EQ(dialect.to_storage(Value::of(most), {.kind = TypeKind::numeric}), Value::decimal("18446744073709551615"));
    EXPECT_THROW((void)dialect.to_storage(Value::of(most), {.kind = TypeKind::big_integer}), DataError);
    EXPECT_THROW((void)dialect.to_storage(Value::text(std::string("a\0b", 3)), {}), DataError);
}

TEST(mysql_storage, intervals_and_uuids_are_text) {
    const auto& dialect = dialects::mysql();
    EXPECT_EQ(dialect.to_storage(Value::of(true), {}), Value::of(1));
    EXPECT_EQ(dialect.to_storage(Value::interval(-1), {}), Value::text("1969-12-31 23:59:59.999999"));
    EXPECT_EQ(dialect.to_storage(Value::uuid(std::string(16, '\x11')), {}), Value::text(std::string(32, '1')));
    EXPECT_THROW((void)dialect.to_storage(Value::of(std::numeric_limits<double>::infinity()), {}), DataError);
}

TEST(mysql_storage, fractions_that_a_column_would_drop_are_refused) {
    const auto& dialect = dialects::mysql();
    const auto assign = [&](const Value& value, TypeKind kind, int digits) {
        dialect.check_assigned(value, {.kind = kind, .precision = digits});
    };
    const Value half = Value::datetime(500'000);
    EXPECT_NO_THROW(assign(half, TypeKind::datetime, 6));
    EXPECT_NO_THROW(assign(half, TypeKind::datetime, 1));
    EXPECT_NO_THROW(assign(Value::datetime(2'000'000), TypeKind::datetime, 0));
    EXPECT_NO_THROW(assign(half, TypeKind::date, 0));
    EXPECT_NO_THROW(assign(half, TypeKind::null, 0));
    EXPECT_THROW(assign(half, TypeKind::datetime, 0), DataError);
    EXPECT_THROW(assign(Value::timestamp(1'000), TypeKind::timestamp, 2), DataError);
    EXPECT_THROW(assign(Value::time(1), TypeKind::time, 0), DataError);
    EXPECT_THROW(assign(Value::interval(-1), TypeKind::interval, 3), DataError);
    try {
        assign(half, TypeKind::datetime, 0);
    } catch (const DataError& error) {
        for (const char* part : {"DATETIME", "0 digits behind the second", "DateTime(6)"})
            EXPECT_NE(error.message().find(part), std::string::npos) << error.message();
    }
    EXPECT_NO_THROW(dialects::postgresql().check_assigned(half, {.kind = TypeKind::datetime}));
}

TEST(mysql_storage, only_what_is_assigned_is_looked_at) {
    MetaData m;
    const Table t{"t", m, Column{"a", DateTime}};
    const auto time = std::chrono::local_time<std::chrono::microseconds>(std::chrono::microseconds(1));
    const auto bound = [&](const NodeRef& node) {
        return bind_values(prepare(node, dialects::mysql()), dialects::mysql(), {}).values.size();
    };
    EXPECT_THROW((void)bound(insert(t).values("a"_a = time).node()), DataError);
    EXPECT_THROW((void)bound(update(t).values("a"_a = time).node()), DataError);
    EXPECT_EQ(bound(select(t.c("a")).where(t.c("a") < time).node()), 1U);
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
