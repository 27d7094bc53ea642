#include "aludel/types/date_time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <optional>

#include "types/support.hpp"

namespace aludel {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): literals and calendar operators
using test::decode;
using test::decode_error;
using test::round_trip;

using Naive = local_time<microseconds>;
using Instant = sys_time<microseconds>;

template <class Call>
std::string error_of(Call&& call) {
    return test::message_of<DataError>(call);
}

TEST(DateTest, date_extremes_round_trip) {
    for (const year_month_day date :
         {1y / 1 / 1, 9999y / 12 / 31, 1970y / 1 / 1, 2020y / 2 / 29, 2000y / 2 / 29, 1899y / 12 / 31})
        EXPECT_EQ(round_trip(date), date);
}

TEST(DateTest, date_text_is_read) { EXPECT_EQ(decode<year_month_day>("2020-01-02"), 2020y / 1 / 2); }

TEST(DateTest, date_that_is_none_is_refused_from_the_database) {
    EXPECT_EQ(
        decode_error<year_month_day>("2021-02-29"),
        "column \"users.x\" holds '2021-02-29', which is not a date (YYYY-MM-DD, years 0001 to 9999). Correct the "
        "stored value, or read it as std::string.");
    EXPECT_NE(decode_error<year_month_day>(Cell::from_integer(5)).find("holds an integer (5)"), std::string::npos);
    EXPECT_NE(decode_error<year_month_day>(Cell::null()).find("is NULL"), std::string::npos);
    EXPECT_NE(decode_error<year_month_day>(Cell::from_integer(3'000'000, ValueKind::date)).find("does not fit a date"),
              std::string::npos);
}

TEST(DateTest, date_that_is_none_is_not_sent) {
    const auto encode = [](year_month_day date) {
        return error_of([date] { (void)SqlTraits<year_month_day>::encode(date); });
    };
    EXPECT_EQ(
        encode(2021y / 2 / 29),
        "2021-02-29 does not fit a date (a day of the calendar, years 0001 to 9999). It was not sent to the database.");
    EXPECT_NE(encode(10000y / 1 / 1).find("10000-01-01 does not fit"), std::string::npos);
    EXPECT_NE(encode(0y / 1 / 1).find("0000-01-01 does not fit"), std::string::npos);
    EXPECT_NE(encode(-44y / 3 / 15).find("-044-03-15 does not fit"), std::string::npos);
}

TEST(TimeTest, time_extremes_round_trip) {
    for (const Time time : {Time(), Time(23, 59, 59, 999'999), Time(0, 0, 0, 1), Time(12, 30)})
        EXPECT_EQ(round_trip(time), time);
    EXPECT_EQ(decode<Time>("03:04:05.000006"), Time(3, 4, 5, 6));
}

TEST(TimeTest, time_fields_are_what_was_given) {
    constexpr Time time(3, 4, 5, 6);
    EXPECT_EQ(time.hour(), 3);
    EXPECT_EQ(time.minute(), 4);
    EXPECT_EQ(time.second(), 5);
    EXPECT_EQ(time.microsecond(), 6);
    EXPECT_EQ(time.to_string(), "03:04:05.000006");
    EXPECT_LT(time, Time(3, 4, 5, 7));
}

TEST(TimeTest, time_that_no_clock_shows_is_refused) {
    EXPECT_EQ(error_of([] { (void)Time(24, 0); }), "Time(24, 0, 0, 0) is no time of day: 00:00:00 to 23:59:59.999999.");
    EXPECT_EQ(error_of([] { (void)Time(0, 60); }), "Time(0, 60, 0, 0) is no time of day: 00:00:00 to 23:59:59.999999.");
    EXPECT_EQ(error_of([] { (void)Time(hours(24)); }), "86400000000 microseconds since midnight are no time of day.");
    EXPECT_NE(decode_error<Time>("25:00:00").find("holds '25:00:00', which is not a time of day"), std::string::npos);
    EXPECT_NE(decode_error<Time>(Cell::from_real(1)).find("holds a real number (1.0)"), std::string::npos);
}

TEST(DateTimeTest, naive_extremes_round_trip) {
    for (const Naive time :
         {Naive(local_days(1y / 1 / 1)), Naive(local_days(9999y / 12 / 31) + 23h + 59min + 59s + 999999us),
          Naive(local_days(2020y / 2 / 29) + 1us), Naive(-1us)})
        EXPECT_EQ(round_trip(time), time);
}

TEST(DateTimeTest, naive_and_instant_are_different_kinds) {
    const Naive naive = local_days(2020y / 1 / 2) + 3h;
    const Instant instant = sys_days(2020y / 1 / 2) + 3h;
    EXPECT_EQ(SqlTraits<Naive>::encode(naive).kind(), ValueKind::datetime);
    EXPECT_EQ(SqlTraits<Instant>::encode(instant).kind(), ValueKind::timestamp);
    EXPECT_FALSE(SqlTraits<Naive>::sql_type().timezone);
    EXPECT_TRUE(SqlTraits<Instant>::sql_type().timezone);
    EXPECT_NE(decode_error<Naive>(Cell::from_integer(0, ValueKind::timestamp)).find("an instant"), std::string::npos);
    EXPECT_FALSE((comparable<Naive, Instant>));
}

TEST(DateTimeTest, columns_without_zone_keep_instants_as_utc) {
    constexpr std::int64_t count = 1'577'934'245'000'006;  // 2020-01-02 03:04:05.000006
    EXPECT_EQ(decode<Instant>(Cell::from_integer(count, ValueKind::datetime)),
              sys_days(2020y / 1 / 2) + 3h + 4min + 5s + 6us);
    static const SqlType naive{.kind = TypeKind::timestamp};
    static const SqlType zoned{.kind = TypeKind::timestamp, .timezone = true};
    const Cell cell = Cell::from_integer(count, ValueKind::timestamp);
    const DecodeContext of_naive{.type = [](const DecodeContext&) { return &naive; }};
    const DecodeContext of_zoned{.type = [](const DecodeContext&) { return &zoned; }};
    EXPECT_EQ(SqlTraits<Naive>::decode(cell, of_naive), local_days(2020y / 1 / 2) + 3h + 4min + 5s + 6us);
    EXPECT_THROW((void)SqlTraits<Naive>::decode(cell, of_zoned), DataError);
}

TEST(DateTimeTest, types_say_how_many_digits_of_the_second_they_hold) {
    EXPECT_EQ(SqlTraits<Instant>::sql_type().precision, 6);
    EXPECT_EQ(SqlTraits<local_time<milliseconds>>::sql_type().precision, 3);
    EXPECT_EQ((SqlTraits<local_time<duration<int, std::ratio<1, 100>>>>::sql_type().precision), 3);
    EXPECT_EQ(SqlTraits<local_seconds>::sql_type().precision, 0);
    EXPECT_EQ(SqlTraits<hours>::sql_type().precision, 0);
    EXPECT_EQ(SqlTraits<duration<double>>::sql_type().precision, 6);
    EXPECT_EQ((SqlTraits<duration<int, std::ratio<1, 3>>>::sql_type().precision), 6);
}

TEST(DateTimeTest, stored_text_is_read) {
    EXPECT_EQ(decode<Naive>("2020-01-02 03:04:05.000006"), local_days(2020y / 1 / 2) + 3h + 4min + 5s + 6us);
    EXPECT_EQ(decode<Instant>("2020-01-02 03:04:05"), sys_days(2020y / 1 / 2) + 3h + 4min + 5s);
    EXPECT_EQ(decode<Instant>("2020-01-02 03:04:05+01:00"), sys_days(2020y / 1 / 2) + 2h + 4min + 5s);
}

TEST(DateTimeTest, text_that_is_no_date_time_is_refused) {
    EXPECT_EQ(decode_error<Naive>("2020-01-02"),
              "column \"users.x\" holds '2020-01-02', which is not a date-time without time zone (YYYY-MM-DD "
              "HH:MM:SS.ffffff). Correct the stored value, or read it as std::string.");
    EXPECT_NE(decode_error<Instant>("soon").find("holds 'soon', which is not an instant"), std::string::npos);
    EXPECT_NE(decode_error<Instant>(Cell::from_integer(1'577'934'245)).find("holds an integer (1577934245)"),
              std::string::npos);
    EXPECT_NE(decode_error<Instant>(Cell::null()).find("is NULL"), std::string::npos);
}

TEST(DateTimeTest, years_beyond_the_calendar_are_not_sent) {
    const Instant late = sys_days(10000y / 1 / 1);
    EXPECT_EQ(
        error_of([&] { (void)SqlTraits<Instant>::encode(late); }),
        "A date-time 253402300800000000 microseconds from 1970-01-01 does not fit a database (years 0001 to 9999). It "
        "was not sent to the database.");
    EXPECT_NE(error_of([] { (void)SqlTraits<Naive>::encode(Naive::min()); }).find("does not fit"), std::string::npos);
}

TEST(DateTimeTest, coarser_units_round_trip_and_refuse_fractions) {
    const sys_seconds second = sys_days(2020y / 2 / 29) + 5s;
    EXPECT_EQ(round_trip(second), second);
    EXPECT_EQ(
        decode_error<sys_seconds>("2020-01-02 03:04:05.5"),
        "column \"users.x\" holds datetime.timedelta(days=18263, seconds=11045, microseconds=500000), which does not "
        "fit "
        "the unit of its C++ type exactly (read it as microseconds). Take a C++ type that holds it, or correct the "
        "stored value.");
}

TEST(DateTimeTest, finer_units_are_sent_when_they_are_whole_microseconds) {
    using Fine = sys_time<nanoseconds>;
    const Fine whole = Fine(sys_days(2020y / 1 / 1)) + 1000ns;
    EXPECT_EQ(round_trip(whole), whole);
    EXPECT_NE(error_of([&] { (void)SqlTraits<Fine>::encode(whole + 1ns); }).find("it keeps whole microseconds"),
              std::string::npos);
    EXPECT_NE(decode_error<Fine>("9999-01-01 00:00:00").find("does not fit the unit of its C++ type"),
              std::string::npos);
}

TEST(IntervalTest, databases_without_intervals_keep_date_times) {
    EXPECT_EQ(decode<microseconds>(Cell::from_integer(-5, ValueKind::datetime)), -5us);
    EXPECT_EQ(decode<microseconds>(Cell::from_integer(7, ValueKind::time)), 7us);
    EXPECT_NE(decode_error<microseconds>(Cell::from_integer(7)).find("interval"), std::string::npos);
}

TEST(IntervalTest, durations_of_all_units_round_trip) {
    EXPECT_EQ(round_trip(microseconds::max()), microseconds::max());
    EXPECT_EQ(round_trip(microseconds::min()), microseconds::min());
    EXPECT_EQ(round_trip(-1us), -1us);
    EXPECT_EQ(round_trip(-36h), -36h);
    EXPECT_EQ(round_trip(days(400)), days(400));
    EXPECT_EQ(round_trip(duration<double>(0.25)), duration<double>(0.25));
    EXPECT_EQ(round_trip(duration<std::int8_t>(-128)), duration<std::int8_t>(-128));
    EXPECT_EQ(decode<microseconds>("1970-01-02 00:00:00.000000"), 24h);
    EXPECT_EQ(decode<microseconds>("1969-12-31 00:00:00.000005"), -24h + 5us);
}

TEST(IntervalTest, duration_that_does_not_fit_is_refused) {
    EXPECT_NE(error_of([] { (void)SqlTraits<hours>::encode(hours::max()); }).find("64 bits of microseconds"),
              std::string::npos);
    EXPECT_NE(error_of([] { (void)SqlTraits<nanoseconds>::encode(1ns); }).find("whole microseconds"),
              std::string::npos);
    using Real = duration<double>;
    EXPECT_NE(error_of([] { (void)SqlTraits<Real>::encode(Real(1e300)); }).find("A duration of 1e+300 seconds"),
              std::string::npos);
    EXPECT_NE(decode_error<hours>(Cell::from_integer(1, ValueKind::interval)).find("does not fit the unit"),
              std::string::npos);
    EXPECT_NE(decode_error<duration<std::int8_t>>(Cell::from_integer(128'000'000, ValueKind::interval))
                  .find("does not fit the counter of its C++ type"),
              std::string::npos);
    EXPECT_NE(decode_error<microseconds>(Cell::from_integer(5)).find("holds an integer (5)"), std::string::npos);
}

TEST(IntervalTest, optional_dates_and_durations_take_null) {
    EXPECT_EQ(round_trip<std::optional<microseconds>>(std::nullopt), std::nullopt);
    EXPECT_EQ(round_trip<std::optional<year_month_day>>(2020y / 1 / 1), 2020y / 1 / 1);
}

}  // namespace
}  // namespace aludel
