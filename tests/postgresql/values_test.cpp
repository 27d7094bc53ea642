// Every type in both formats, with its extremes. The server is the oracle: it says what a value sent looks like as
// text.
#include "postgresql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace aludel {
namespace {

using test::ValueRow;
using namespace std::string_literals;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

class PostgresqlValues : public test::PostgresqlTest {
  protected:
    // A statement runs as it is first, then prepared: the rows come as text, then in binary.
    void expect_reads(const std::string& literal, const std::string& type, const Value& wanted) {
        const std::string sql = "SELECT '" + literal + "'::" + type;
        for (int run = 1; run <= 3; ++run) {
            const Value found = scalar(sql);
            EXPECT_EQ(found, wanted) << sql << ", run " << run << ": " << found.repr_shortened() << " instead of "
                                     << wanted.repr_shortened();
        }
    }

    // What is sent is what the server reads, and comes back as it was.
    void expect_sends(const Value& value, const std::string& type, const std::string& as_text) {
        EXPECT_EQ(text("SELECT ($1::" + type + ")::text", {value}), as_text);
        for (int run = 1; run <= 3; ++run) {
            const Value back = scalar("SELECT $1::" + type, {value});
            EXPECT_EQ(back, value) << type << ", run " << run << ": " << back.repr_shortened();
        }
    }
};

TEST_F(PostgresqlValues, integers_of_every_size) {
    expect_reads("-32768", "smallint", Value::of(-32768));
    expect_reads("32767", "smallint", Value::of(32767));
    expect_reads("-2147483648", "integer", Value::of(std::int64_t{-2147483648}));
    expect_reads("2147483647", "integer", Value::of(2147483647));
    expect_reads("-9223372036854775808", "bigint", Value::of(least));
    expect_reads("9223372036854775807", "bigint", Value::of(greatest));
    expect_reads("4294967295", "oid", Value::of(std::int64_t{4294967295}));
    expect_sends(Value::of(least), "bigint", "-9223372036854775808");
    expect_sends(Value::of(greatest), "bigint", "9223372036854775807");
    expect_sends(Value::of(0), "integer", "0");
    expect_sends(Value::of(-1), "integer", "-1");
}

// A cell is written anew for each row: nothing of the row above may show through.
TEST_F(PostgresqlValues, nulls_between_values_are_nulls_in_both_formats) {
    for (int run = 1; run <= 3; ++run) {
        const auto rows = query(
            "SELECT CASE WHEN i % 2 = 0 THEN i END, CASE WHEN i % 2 = 0 THEN i::bigint << 40 END,"
            " CASE WHEN i % 3 = 0 THEN '' WHEN i % 3 = 1 THEN repeat('x', i) END FROM generate_series(1, 1000) AS i");
        ASSERT_EQ(rows.size(), 1000U);
        for (std::int64_t i = 1; i <= 1000; ++i) {
            const ValueRow& row = rows[static_cast<std::size_t>(i) - 1];
            EXPECT_EQ(row[0], i % 2 == 0 ? Value::of(i) : Value{}) << "run " << run;
            EXPECT_EQ(row[1], i % 2 == 0 ? Value::of(i << 40) : Value{}) << "run " << run;
            const bool is_null = i % 3 == 2;
            EXPECT_EQ(row[2],
                      is_null ? Value{} : Value::text(std::string(i % 3 == 0 ? 0U : static_cast<std::size_t>(i), 'x')));
        }
    }
}

TEST_F(PostgresqlValues, integer_has_the_type_of_its_literal) {
    EXPECT_EQ(text("SELECT pg_typeof($1)::text", {Value::of(2147483647)}), "integer");
    EXPECT_EQ(text("SELECT pg_typeof($1)::text", {Value::of(std::int64_t{2147483648})}), "bigint");
    EXPECT_EQ(text("SELECT pg_typeof($1)::text", {Value::of(std::uint64_t{1} << 63)}), "numeric");
    EXPECT_EQ(text("SELECT substr('abcdef', $1)", {Value::of(3)}), "cdef");
}

TEST_F(PostgresqlValues, greatest_unsigned_integer_is_a_numeric) {
    const Value value = Value::of(std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(scalar("SELECT $1", {value}), Value::decimal("18446744073709551615"));
    EXPECT_EQ(scalar("SELECT $1", {Value::of(7)}), Value::decimal("7")) << "the statement stays at the wider type";
}

TEST_F(PostgresqlValues, integer_out_of_range_of_its_column_is_refused) {
    query("CREATE TEMPORARY TABLE t (a smallint, b integer)");
    EXPECT_EQ(test::failure_of([&] { run("INSERT INTO t (a) VALUES ($1)", {Value::of(32768)}); }).sqlstate, "22003");
    EXPECT_EQ(
        test::failure_of([&] { run("INSERT INTO t (b) VALUES ($1)", {Value::of(std::int64_t{1} << 31)}); }).sqlstate,
        "22003");
    EXPECT_EQ(run("INSERT INTO t (a, b) VALUES ($1, $2)", {Value::of(32767), Value::of(2147483647)}), 1);
}

TEST_F(PostgresqlValues, reals_keep_their_bits) {
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double number : {0.1, -0.0, 1e308, 5e-324, 1.7976931348623157e308, infinity, -infinity}) {
        for (int run = 1; run <= 3; ++run) {
            const Value back = scalar("SELECT $1", {Value::of(number)});
            ASSERT_EQ(back.kind(), ValueKind::real);
            EXPECT_EQ(back.as_real(), number) << "run " << run;
            EXPECT_EQ(std::signbit(back.as_real()), std::signbit(number));
        }
    }
    for (int run = 1; run <= 3; ++run)
        EXPECT_TRUE(std::isnan(scalar("SELECT $1", {Value::of(std::nan(""))}).as_real()));
    expect_reads("1.1", "real", Value::of(static_cast<double>(1.1F)));
    expect_reads("3.4028235e38", "real", Value::of(static_cast<double>(std::numeric_limits<float>::max())));
    expect_reads("-Infinity", "real", Value::of(-infinity));
}

TEST_F(PostgresqlValues, booleans) {
    expect_reads("t", "boolean", Value::of(true));
    expect_reads("f", "boolean", Value::of(false));
    expect_sends(Value::of(true), "boolean", "true");
    expect_sends(Value::of(false), "boolean", "false");
}

TEST_F(PostgresqlValues, numerics_keep_every_digit) {
    for (const auto& digits :
         {"0"s, "0.00"s, "1.10"s, "-12.50"s, "10000"s, "0.0001"s, "0.00001"s,
          "123456789012345678901234567890.123456789"s, "100000000"s, "-0.000000000000000000000000000001"s, "99999999"s,
          "1000000000000.0"s, "1.0001"s, std::string(1000, '9') + "." + std::string(1000, '7')}) {
        expect_reads(digits, "numeric", Value::decimal(digits));
        expect_sends(Value::decimal(digits), "numeric", digits);
    }
    expect_reads("12.3", "numeric(10,4)", Value::decimal("12.3000"));
}

TEST_F(PostgresqlValues, numeric_that_is_no_number_is_text) {
    expect_reads("NaN", "numeric", Value::text("NaN"));
    expect_reads("Infinity", "numeric", Value::text("Infinity"));
    expect_reads("-Infinity", "numeric", Value::text("-Infinity"));
}

TEST_F(PostgresqlValues, texts_keep_every_character) {
    for (const auto& value : {""s, "a"s, "Grüße, 数据库 🙂"s, "it's \\ \"quoted\" \n\t\r"s, "\\x00"s, "NULL"s,
                              std::string(100'000, 'x'), "\x01\x1f\x7f"s}) {
        expect_sends(Value::text(value), "text", value);
        expect_sends(Value::text(value), "varchar", value);
        EXPECT_EQ(scalar("SELECT $1", {Value::text(value)}), Value::text(value));
    }
    expect_reads("ab", "char(4)", Value::text("ab  "));
    expect_reads("pg_class", "name", Value::text("pg_class"));
    expect_reads("x", "\"char\"", Value::text("x"));
}

TEST_F(PostgresqlValues, text_with_a_nul_is_refused_and_not_cut) {
    const auto failure = test::failure_of([&] { scalar("SELECT $1", {Value::text("a\0b"s)}); });
    EXPECT_EQ(failure.sqlstate, "22021");
    EXPECT_THAT(failure.message, ::testing::HasSubstr("parameter 1 holds a NUL"));
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1)) << "the connection goes on";
}

TEST_F(PostgresqlValues, text_that_is_no_utf8_is_refused_by_the_server) {
    EXPECT_EQ(test::failure_of([&] { scalar("SELECT $1", {Value::text("\xff\xfe")}); }).sqlstate, "22021");
}

TEST_F(PostgresqlValues, bytes_keep_every_byte) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (const auto& value : {""s, all, "\\x41"s, std::string(1'000'000, '\0')})
        for (int run = 1; run <= 3; ++run)
            EXPECT_EQ(scalar("SELECT $1", {Value::bytes(value)}), Value::bytes(value)) << "run " << run;
    expect_reads("\\xdeadbeef", "bytea", Value::bytes("\xde\xad\xbe\xef"));
}

TEST_F(PostgresqlValues, bytes_in_the_older_text_form) {
    run("SET bytea_output = escape");
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (int run = 1; run <= 3; ++run) EXPECT_EQ(scalar("SELECT $1", {Value::bytes(all)}), Value::bytes(all));
}

TEST_F(PostgresqlValues, dates_from_the_first_to_the_last) {
    expect_reads("1970-01-01", "date", Value::date(0));
    expect_reads("0001-01-01", "date", Value::date(-719162));
    expect_reads("9999-12-31", "date", Value::date(2932896));
    expect_reads("2000-02-29", "date", Value::date(11016));
    expect_reads("0001-12-31 BC", "date", Value::date(-719163));
    expect_reads("4714-11-24 BC", "date", Value::date(-2440588));
    expect_reads("5874897-12-31", "date", Value::date(2145042905));
    expect_sends(Value::date(-719163), "date", "0001-12-31 BC");
    expect_sends(Value::date(2145042905), "date", "5874897-12-31");
    expect_sends(Value::date(18263), "date", "2020-01-02");
}

TEST_F(PostgresqlValues, infinity_is_no_date_but_text) {
    for (const auto& type : {"date"s, "timestamp"s, "timestamptz"s}) {
        expect_reads("infinity", type, Value::text("infinity"));
        expect_reads("-infinity", type, Value::text("-infinity"));
    }
}

TEST_F(PostgresqlValues, count_that_would_mean_infinity_is_refused) {
    // In the binary format the last and the first number are the infinities.
    for (const std::int64_t days :
         {std::int64_t{2147483647 + 10957LL}, std::int64_t{-2147483648LL + 10957}, greatest, least})
        EXPECT_EQ(test::failure_of([&] { scalar("SELECT $1", {Value::date(days)}); }).sqlstate, "22008") << days;
    for (const std::int64_t count : {least, least + 946'684'800 * second})
        EXPECT_EQ(test::failure_of([&] { scalar("SELECT $1", {Value::timestamp(count)}); }).sqlstate, "22008");
    EXPECT_EQ(test::failure_of([&] { scalar("SELECT $1", {Value::datetime(-300'000'000'000'000'000)}); }).sqlstate,
              "22008")
        << "the server itself refuses what lies before 4714 BC";
}

TEST_F(PostgresqlValues, times_of_day) {
    expect_reads("00:00:00", "time", Value::time(0));
    expect_reads("23:59:59.999999", "time", Value::time(day - 1));
    expect_reads("12:34:56.7", "time", Value::time((12 * 3600 + 34 * 60 + 56) * second + 700'000));
    expect_reads("24:00:00", "time", Value::time(day));
    expect_sends(Value::time(0), "time", "00:00:00");
    expect_sends(Value::time(day - 1), "time", "23:59:59.999999");
}

TEST_F(PostgresqlValues, timestamps_from_the_first_to_the_last) {
    expect_reads("1970-01-01 00:00:00", "timestamp", Value::datetime(0));
    expect_reads("1969-12-31 23:59:59.999999", "timestamp", Value::datetime(-1));
    expect_reads("9999-12-31 23:59:59.999999", "timestamp", Value::datetime(2932897 * day - 1));
    expect_reads("0001-01-01 00:00:00", "timestamp", Value::datetime(-719162 * day));
    expect_reads("4714-11-24 00:00:00 BC", "timestamp", Value::datetime(-2440588 * day));
    expect_sends(Value::datetime(-1), "timestamp", "1969-12-31 23:59:59.999999");
    expect_sends(Value::datetime(2932897 * day - 1), "timestamp", "9999-12-31 23:59:59.999999");
    expect_sends(Value::datetime(-2440588 * day), "timestamp", "4714-11-24 00:00:00 BC");
}

TEST_F(PostgresqlValues, timestamp_beyond_the_count_is_text) {
    // PostgreSQL counts from 2000, so that its last years have no count from 1970.
    expect_reads("294247-01-10 04:00:54.775807", "timestamp", Value::datetime(greatest));
    expect_reads("294247-01-10 04:00:54.775808", "timestamp", Value::text("294247-01-10 04:00:54.775808"));
    expect_reads("294276-12-31 23:59:59.999999", "timestamp", Value::text("294276-12-31 23:59:59.999999"));
    run("SET TimeZone = UTC");
    expect_reads("294276-12-31 23:59:59.999999+00", "timestamptz", Value::text("294276-12-31 23:59:59.999999+00"));
}

TEST_F(PostgresqlValues, instants_in_any_time_zone) {
    for (const auto& zone : {"UTC"s, "Europe/Berlin"s, "America/New_York"s, "Asia/Kolkata"s, "Australia/Lord_Howe"s}) {
        run("SET TimeZone = '" + zone + "'");
        expect_reads("2020-06-01 12:00:00+00", "timestamptz", Value::timestamp(1'591'012'800 * second));
        expect_reads("2020-01-01 00:00:00.000001+00", "timestamptz", Value::timestamp(1'577'836'800 * second + 1));
        // Before there were zones the offset has seconds.
        expect_reads("1800-01-01 00:00:00+00", "timestamptz", Value::timestamp(-5'364'662'400 * second));
        expect_reads("0044-03-15 12:00:00+00 BC", "timestamptz", Value::timestamp((-735160 * day) + day / 2));
    }
    EXPECT_EQ(scalar("SELECT $1", {Value::timestamp(-1)}), Value::timestamp(-1));
    EXPECT_EQ(text("SELECT ($1 AT TIME ZONE 'UTC')::text", {Value::timestamp(0)}), "1970-01-01 00:00:00");
}

TEST_F(PostgresqlValues, intervals_without_months_are_counts) {
    expect_reads("0", "interval", Value::interval(0));
    expect_reads("1 day 02:03:04.5", "interval", Value::interval(day + (2 * 3600 + 3 * 60 + 4) * second + 500'000));
    expect_reads("-1 day +02:00:00", "interval", Value::interval(-day + 7200 * second));
    expect_reads("-2 days -00:00:00.000001", "interval", Value::interval(-2 * day - 1));
    expect_reads("1000000 hours", "interval", Value::interval(3'600'000'000 * second));
    expect_reads("3 days", "interval", Value::interval(3 * day));
    expect_reads("2562047788:00:54.775807", "interval", Value::interval(greatest));
    expect_sends(Value::interval(0), "interval", "00:00:00");
    expect_sends(Value::interval(-1), "interval", "-00:00:00.000001");
    expect_sends(Value::interval(90'061 * second), "interval", "25:01:01");
    expect_sends(Value::interval(greatest), "interval", "2562047788:00:54.775807");
}

TEST_F(PostgresqlValues, interval_with_months_has_no_length_and_is_text) {
    for (const auto& form :
         {"1 mon"s, "1 year"s, "1 year 2 mons 3 days 04:05:06.7"s, "-1 mons +3 days -00:00:01"s, "178000000 years"s}) {
        const std::string sql = "SELECT '" + form + "'::interval";
        const std::string shown = text("SELECT '" + form + "'::interval::text");
        for (int run = 1; run <= 3; ++run) {
            const Value value = scalar(sql);
            ASSERT_EQ(value.kind(), ValueKind::text);
            if (run == 1) {
                EXPECT_EQ(value.as_text(), shown);
            }
            EXPECT_EQ(scalar("SELECT $1::interval = $2::interval", {value, Value::text(shown)}), Value::of(true))
                << value.as_text();
        }
    }
}

TEST_F(PostgresqlValues, uuids_and_json) {
    const std::string raw = "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"s;
    expect_reads("00112233-4455-6677-8899-aabbccddeeff", "uuid", Value::uuid(raw));
    EXPECT_EQ(text("SELECT $1::text", {Value::uuid(raw)}), "00112233-4455-6677-8899-aabbccddeeff");
    expect_reads("{\"a\":  1}", "json", Value::json("{\"a\":  1}"));
    expect_reads("{\"b\": 1, \"a\": [null, \"ü\"]}", "jsonb", Value::json("{\"a\": [null, \"ü\"], \"b\": 1}"));
    EXPECT_EQ(text("SELECT $1::jsonb ->> 'k'", {Value::json("{\"k\": \"v\"}")}), "v");
    EXPECT_EQ(test::failure_of([&] { scalar("SELECT $1::jsonb", {Value::json("{")}); }).sqlstate, "22P02");
}

TEST_F(PostgresqlValues, nulls_of_every_type) {
    for (int run = 1; run <= 3; ++run) {
        const auto rows = query("SELECT $1::int, $2::text, $3::bytea, $4::timestamptz, NULL, $5::numeric", ValueRow(5));
        for (const Value& value : rows.at(0)) EXPECT_TRUE(value.is_null());
    }
}

TEST_F(PostgresqlValues, other_types_are_text_as_the_server_writes_them) {
    const auto check = [&](const std::string& expression, const std::string& wanted) {
        for (int run = 1; run <= 3; ++run) {
            const auto row = query("SELECT " + expression + ", 7, '2020-01-02'::date, '\\x01'::bytea, 1.50").at(0);
            EXPECT_EQ(row[0], Value::text(wanted)) << "run " << run;
            EXPECT_EQ(row[1], Value::of(7)) << "the columns beside it are what they are";
            EXPECT_EQ(row[2], Value::date(18263));
            EXPECT_EQ(row[3], Value::bytes("\x01"));
            EXPECT_EQ(row[4], Value::decimal("1.50"));
        }
    };
    check("ARRAY[1, 2, NULL]", "{1,2,NULL}");
    check("int4range(1, 5)", "[1,5)");
    check("inet '192.168.0.1/24'", "192.168.0.1/24");
    check("point(1, 2)", "(1,2)");
    check("ROW(1, 'a')", "(1,a)");
    check("'12:00:00+02'::timetz", "12:00:00+02");
    check("'a b'::tsvector", "'a' 'b'");
    query("CREATE TYPE pg_temp.mood AS ENUM ('sad', 'happy')");
    check("'happy'::pg_temp.mood", "happy");
}

TEST_F(PostgresqlValues, text_fits_where_a_quoted_literal_does) {
    EXPECT_EQ(scalar("SELECT $1::date", {Value::text("2020-01-02")}), Value::date(18263));
    EXPECT_EQ(scalar("SELECT 5 = $1", {Value::text("5")}), Value::of(true));
    EXPECT_EQ(text("SELECT ($1::int[])[2]::text", {Value::text("{7,8}")}), "8");
}

TEST_F(PostgresqlValues, kinds_may_change_between_runs) {
    const std::string sql = "SELECT $1";
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(scalar(sql, {Value::of(5)}), Value::of(5));
        EXPECT_EQ(scalar(sql, {Value::text("x")}), Value::text("x"));
        EXPECT_TRUE(scalar(sql, {Value::null()}).is_null());
        EXPECT_EQ(scalar(sql, {Value::of(std::int64_t{1} << 40)}), Value::of(std::int64_t{1} << 40));
        EXPECT_EQ(scalar(sql, {Value::of(6)}), Value::of(6));
        EXPECT_EQ(scalar(sql, {Value::of(true)}), Value::of(true));
    }
}

TEST_F(PostgresqlValues, session_settings_that_text_relies_on_are_set_right) {
    const std::string url = test::server_url();
    const std::string options =
        "options=-cintervalstyle%3Diso_8601%20-cdatestyle%3DGerman%20-cstandard_conforming_strings%3Doff";
    const auto other = test::connect(url + (url.find('?') == std::string::npos ? "?" : "&") + options, {}, waiter_);
    EXPECT_EQ(test::scalar(*other, "SELECT interval '1 day 2 hours'"), Value::interval(26 * 3600 * second));
    EXPECT_EQ(test::scalar(*other, "SELECT date '2020-01-02'"), Value::date(18263));
    EXPECT_EQ(test::scalar(*other, "SELECT 'a\\b'"), Value::text("a\\b"));
}

}  // namespace
}  // namespace aludel
