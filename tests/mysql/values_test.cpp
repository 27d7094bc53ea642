// Every type with its extremes. The server is the oracle: it says what a value that was sent looks like as text.
#include "mysql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace aludel {
namespace {

using test::ValueRow;
using namespace std::string_literals;
using ::testing::HasSubstr;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

class MysqlValues : public test::MysqlTest {
  protected:
    // A column of the type holds what the literal says and is read as `wanted`.
    void expect_reads(const std::string& type, const std::string& literal, const Value& wanted) {
        connection_->execute_script("CREATE OR REPLACE TABLE v (x " + type + " NULL); INSERT INTO v VALUES (" +
                                    literal + "), (NULL)");
        const auto rows = query("SELECT x FROM v");
        EXPECT_EQ(rows[0][0], wanted) << type << ' ' << literal << ": " << describe(rows[0][0].kind()) << ' '
                                      << rows[0][0].repr_shortened() << " instead of " << wanted.repr_shortened();
        EXPECT_TRUE(rows[1][0].is_null()) << type;
    }

    // What is sent to a column of the type is what the server reads, and comes back as it was.
    void expect_keeps(const std::string& type, const Value& value, const std::string& as_text) {
        connection_->execute_script("CREATE OR REPLACE TABLE v (x " + type + " NULL)");
        run("INSERT INTO v VALUES (?)", {value});
        EXPECT_EQ(text("SELECT CAST(x AS CHAR) FROM v"), as_text) << type;
        const Value back = scalar("SELECT x FROM v");
        EXPECT_EQ(back, value) << type << ": " << describe(back.kind()) << ' ' << back.repr_shortened();
        EXPECT_EQ(scalar("SELECT COUNT(*) FROM v WHERE x = ?", {value}), Value::of(1)) << type << ' ' << as_text;
    }

    // What the server says against this value for the column.
    driver::Failure refusal(const std::string& type, const Value& value) {
        connection_->execute_script("CREATE OR REPLACE TABLE v (x " + type + " NOT NULL)");
        const auto failure = test::failure_of([&] { run("INSERT INTO v VALUES (?)", {value}); });
        EXPECT_EQ(scalar("SELECT COUNT(*) FROM v"), Value::of(0)) << type;
        return failure;
    }
};

TEST_F(MysqlValues, integers_of_every_size) {
    expect_keeps("TINYINT", Value::of(-128), "-128");
    expect_keeps("TINYINT", Value::of(127), "127");
    expect_keeps("SMALLINT", Value::of(-32768), "-32768");
    expect_keeps("SMALLINT", Value::of(32767), "32767");
    expect_keeps("MEDIUMINT", Value::of(-8388608), "-8388608");
    expect_keeps("MEDIUMINT", Value::of(8388607), "8388607");
    expect_keeps("INT", Value::of(std::int64_t{-2147483648}), "-2147483648");
    expect_keeps("INT", Value::of(2147483647), "2147483647");
    expect_keeps("BIGINT", Value::of(least), "-9223372036854775808");
    expect_keeps("BIGINT", Value::of(greatest), "9223372036854775807");
    expect_keeps("BIGINT", Value::of(0), "0");
    expect_keeps("BIGINT", Value::of(-1), "-1");
}

TEST_F(MysqlValues, unsigned_integers_of_every_size) {
    expect_keeps("TINYINT UNSIGNED", Value::of(255), "255");
    expect_keeps("SMALLINT UNSIGNED", Value::of(65535), "65535");
    expect_keeps("MEDIUMINT UNSIGNED", Value::of(16777215), "16777215");
    expect_keeps("INT UNSIGNED", Value::of(std::int64_t{4294967295}), "4294967295");
    expect_keeps("BIGINT UNSIGNED", Value::of(18446744073709551615ull), "18446744073709551615");
    expect_keeps("BIGINT UNSIGNED", Value::of(9223372036854775808ull), "9223372036854775808");
    expect_keeps("BIGINT UNSIGNED", Value::of(7), "7");
}

TEST_F(MysqlValues, booleans_are_small_integers) {
    expect_reads("BOOL", "TRUE", Value::of(1));
    expect_reads("BOOL", "FALSE", Value::of(0));
    EXPECT_EQ(scalar("SELECT ? = 1", {Value::of(true)}), Value::of(1));
    EXPECT_EQ(scalar("SELECT ? = 0", {Value::of(false)}), Value::of(1));
}

TEST_F(MysqlValues, integer_out_of_range_is_refused) {
    EXPECT_EQ(refusal("TINYINT", Value::of(128)).code, 1264);
    EXPECT_EQ(refusal("INT UNSIGNED", Value::of(-1)).code, 1264);
    EXPECT_EQ(refusal("BIGINT", Value::of(9223372036854775808ull)).code, 1264);
}

TEST_F(MysqlValues, reals_keep_every_bit) {
    for (const double value : {0.0, 0.1, -1.5, 1e300, 2.2250738585072014e-308, 1.7976931348623157e308, 1.0 / 3}) {
        connection_->execute_script("CREATE OR REPLACE TABLE v (x DOUBLE)");
        run("INSERT INTO v VALUES (?)", {Value::of(value)});
        EXPECT_EQ(scalar("SELECT x FROM v"), Value::of(value));
    }
    // 32 bits are given as what they are.
    expect_reads("FLOAT", "0.1", Value::of(static_cast<double>(0.1f)));
    expect_reads("FLOAT", "-3.4028234663852886e38", Value::of(-static_cast<double>(std::numeric_limits<float>::max())));
}

TEST_F(MysqlValues, decimals_are_exact) {
    expect_keeps("DECIMAL(65, 30)",
                 Value::decimal("12345678901234567890123456789012345.123456789012345678901234567890"),
                 "12345678901234567890123456789012345.123456789012345678901234567890");
    expect_keeps("DECIMAL(20, 5)", Value::decimal("-123456789012345.12345"), "-123456789012345.12345");
    expect_keeps("DECIMAL(3, 3)", Value::decimal("0.001"), "0.001");
    // Compared as numbers of the database, not as reals.
    EXPECT_EQ(scalar("SELECT 0.1 + 0.2 = ?", {Value::decimal("0.3")}), Value::of(1));
    EXPECT_EQ(scalar("SELECT CAST(12345678901234567890.12345 AS DECIMAL(30, 5)) = ?",
                     {Value::decimal("12345678901234567890.12346")}),
              Value::of(0));
    EXPECT_EQ(refusal("DECIMAL(3, 1)", Value::decimal("100.0")).code, 1264);
}

TEST_F(MysqlValues, text_comes_back_byte_by_byte) {
    const std::vector<std::string> texts{"",
                                         "ed",
                                         "it's \"quoted\" `name` \\ \\' % _ ; -- # /*",
                                         "\xf0\x9f\x98\x80 \xf0\x9f\x8f\xb3\xef\xb8\x8f",
                                         "gr\xc3\xbc\xc3\x9f",
                                         "a\0b\0"s,
                                         "\r\n\t\x1a\b"};
    connection_->execute_script("CREATE TABLE v (x LONGTEXT, y VARCHAR(60), z CHAR(40) BINARY)");
    for (const auto& each : texts) {
        run("DELETE FROM v");
        run("INSERT INTO v VALUES (?, ?, ?)", {Value::text(each), Value::text(each), Value::text(each)});
        const auto rows = query("SELECT x, y, z FROM v");
        EXPECT_EQ(rows[0][0], Value::text(each));
        EXPECT_EQ(rows[0][1], Value::text(each));
        EXPECT_EQ(rows[0][2], Value::text(each));
        EXPECT_EQ(scalar("SELECT LENGTH(x) FROM v"), Value::of(static_cast<std::int64_t>(each.size())));
    }
}

TEST_F(MysqlValues, text_that_is_no_utf8_is_refused) {
    EXPECT_EQ(refusal("VARCHAR(10)", Value::text("\xff\xfe")).code, 1366);
    EXPECT_EQ(refusal("VARCHAR(10)", Value::text("\xf0\x9f\x98")).code, 1366);
}

TEST_F(MysqlValues, text_that_is_too_long_is_refused) {
    const auto failure = refusal("VARCHAR(3)", Value::text("four"));
    EXPECT_EQ(failure.code, 1406);
    EXPECT_EQ(failure.sqlstate, "22001");
    EXPECT_THAT(failure.message, HasSubstr("Data too long for column 'x'"));
}

TEST_F(MysqlValues, long_texts_are_read_whole) {
    connection_->execute_script("CREATE TABLE v (x LONGTEXT, y LONGBLOB)");
    for (const std::size_t size : {250u, 251u, 65'535u, 65'536u, 1'000'000u, 7'500'000u}) {
        run("DELETE FROM v");
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
        const std::string letters(size, 'x');
        run("INSERT INTO v VALUES (?, ?)", {Value::text(letters), Value::bytes(bytes)});
        const auto rows = query("SELECT x, y FROM v");
        EXPECT_EQ(rows[0][0], Value::text(letters)) << size;
        EXPECT_EQ(rows[0][1], Value::bytes(bytes)) << size;
    }
}

TEST_F(MysqlValues, bytes_keep_every_byte) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    for (const std::string type : {"BLOB", "VARBINARY(300)", "LONGBLOB", "TINYBLOB", "BINARY(255)"}) {
        const std::string value = type.find("TINY") == 0 || type.find("BINARY(255)") == 0 ? all.substr(0, 255) : all;
        connection_->execute_script("CREATE OR REPLACE TABLE v (x " + type + ")");
        run("INSERT INTO v VALUES (?)", {Value::bytes(value)});
        EXPECT_EQ(scalar("SELECT x FROM v"), Value::bytes(value)) << type;
    }
    expect_reads("BLOB", "''", Value::bytes(""));
}

TEST_F(MysqlValues, dates_to_both_ends) {
    expect_keeps("DATE", Value::date(0), "1970-01-01");
    expect_keeps("DATE", Value::date(-719162), "0001-01-01");
    expect_keeps("DATE", Value::date(2932896), "9999-12-31");
    expect_keeps("DATE", Value::date(11016), "2000-02-29");
}

TEST_F(MysqlValues, datetimes_keep_microseconds) {
    expect_keeps("DATETIME(6)", Value::datetime(0), "1970-01-01 00:00:00.000000");
    expect_keeps("DATETIME(6)", Value::datetime(-1), "1969-12-31 23:59:59.999999");
    expect_keeps("DATETIME(6)", Value::datetime(253402300799'999'999), "9999-12-31 23:59:59.999999");
    expect_keeps("DATETIME(6)", Value::datetime(-62135596800'000'000), "0001-01-01 00:00:00.000000");
    expect_keeps("DATETIME", Value::datetime(1'234'567'890 * second), "2009-02-13 23:31:30");
}

TEST_F(MysqlValues, timestamps_are_utc_in_every_session) {
    const Value instant = Value::timestamp(1'234'567'890'123'456);
    connection_->execute_script("CREATE TABLE v (x TIMESTAMP(6) NULL)");
    run("INSERT INTO v VALUES (?)", {instant});
    EXPECT_EQ(scalar("SELECT x FROM v"), instant);
    EXPECT_EQ(text("SELECT CAST(UNIX_TIMESTAMP(x) AS CHAR) FROM v"), "1234567890.123456");
    // A value of a session in another zone is the same instant here.
    connection_->execute_script(
        "SET time_zone = '+05:30'; DELETE FROM v; INSERT INTO v VALUES ('1970-01-02 05:30:00'); SET time_zone = "
        "'+00:00'");
    EXPECT_EQ(scalar("SELECT x FROM v"), Value::timestamp(day));
}

TEST_F(MysqlValues, times_of_day_and_beyond) {
    expect_keeps("TIME(6)", Value::time(0), "00:00:00.000000");
    expect_keeps("TIME(6)", Value::time(day - 1), "23:59:59.999999");
    expect_keeps("TIME", Value::time(3 * hour + 4 * 60 * second + 5 * second), "03:04:05");
    // What is no time of day is an interval.
    expect_keeps("TIME(6)", Value::interval(-1), "-00:00:00.000001");
    expect_keeps("TIME", Value::interval(day), "24:00:00");
    expect_keeps("TIME(6)", Value::interval(839 * hour - 1), "838:59:59.999999");
    expect_keeps("TIME(6)", Value::interval(-839 * hour + 1), "-838:59:59.999999");
    const auto failure = test::failure_of([&] { scalar("SELECT ?", {Value::interval(839 * hour)}); });
    EXPECT_EQ(failure.code, 1292);
    EXPECT_THAT(failure.message, HasSubstr("a TIME is between -838:59:59 and 838:59:59"));
}

TEST_F(MysqlValues, dates_that_no_calendar_has_stay_text) {
    connection_->execute_script(
        "SET sql_mode = 'ALLOW_INVALID_DATES'; CREATE TABLE v (d DATE, t DATETIME, s TIMESTAMP NULL, n INT);"
        "INSERT INTO v VALUES ('0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', 1), "
        "('2021-00-15', '2021-02-31 04:05:06', NULL, 2)");
    const auto rows = query("SELECT d, t, s, n FROM v ORDER BY n");
    EXPECT_EQ(rows[0], (ValueRow{Value::text("0000-00-00"), Value::text("0000-00-00 00:00:00"),
                                 Value::text("0000-00-00 00:00:00"), Value::of(1)}));
    EXPECT_EQ(rows[1], (ValueRow{Value::text("2021-00-15"), Value::text("2021-02-31 04:05:06"), {}, Value::of(2)}));
}

TEST_F(MysqlValues, date_beyond_the_calendar_is_refused_before_it_is_sent) {
    const auto failure = test::failure_of([&] { scalar("SELECT ?, ?", {Value::of(1), Value::date(2932897)}); });
    EXPECT_EQ(failure.code, 1292);
    EXPECT_THAT(failure.message, HasSubstr("parameter 2"));
    EXPECT_THAT(failure.message, HasSubstr("years 1 to 9999"));
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(MysqlValues, bits_and_years_are_integers) {
    expect_reads("BIT(1)", "b'1'", Value::of(1));
    expect_reads("BIT(10)", "b'1000000001'", Value::of(513));
    expect_reads("BIT(64)", "0xFFFFFFFFFFFFFFFF", Value::of(18446744073709551615ull));
    expect_reads("YEAR", "1901", Value::of(1901));
    expect_reads("YEAR", "2155", Value::of(2155));
}

TEST_F(MysqlValues, enums_sets_and_documents_are_text) {
    expect_keeps("ENUM('a', 'b''c')", Value::text("b'c"), "b'c");
    expect_keeps("SET('x', 'y')", Value::text("x,y"), "x,y");
    EXPECT_EQ(refusal("ENUM('a', 'b')", Value::text("c")).code, 1265);
    expect_reads("JSON", "'{\"a\": [1, null]}'", Value::text("{\"a\": [1, null]}"));
    EXPECT_EQ(refusal("JSON", Value::json("{")).code, 4025);
    expect_keeps("UUID", Value::text("123e4567-e89b-12d3-a456-426614174000"), "123e4567-e89b-12d3-a456-426614174000");
}

TEST_F(MysqlValues, expressions_have_the_types_of_the_database) {
    const auto rows = query(
        "SELECT 1, 1.5, 1.5e0, NULL, 'x', X'00', CURRENT_DATE = CURRENT_DATE, "
        "18446744073709551615, -1, CAST('2020-01-02' AS DATE), COUNT(*), SUM(1), ?",
        {Value::text("p")});
    EXPECT_EQ(rows[0], (ValueRow{Value::of(1),
                                 Value::decimal("1.5"),
                                 Value::of(1.5),
                                 {},
                                 Value::text("x"),
                                 Value::bytes("\0"s),
                                 Value::of(1),
                                 Value::of(18446744073709551615ull),
                                 Value::of(-1),
                                 Value::date(18263),
                                 Value::of(1),
                                 Value::decimal("1"),
                                 Value::text("p")}));
}

TEST_F(MysqlValues, columns_beyond_the_first_null_byte_are_read) {
    std::string sql = "SELECT ";
    for (int i = 0; i < 40; ++i) sql += (i ? ", " : "") + (i % 3 == 0 ? "NULL"s : std::to_string(i));
    const auto rows = query(sql);
    for (int i = 0; i < 40; ++i)
        EXPECT_EQ(rows[0][static_cast<std::size_t>(i)], i % 3 == 0 ? Value{} : Value::of(i)) << i;
}

}  // namespace
}  // namespace aludel
