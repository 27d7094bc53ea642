#include "aludel/types/storage_format.hpp"

#include <gtest/gtest.h>

#include "types/support.hpp"

namespace aludel {
namespace {

TEST(StorageFormatTest, format_date_pads_the_year) {
    EXPECT_EQ(format_date(0), "1970-01-01");
    EXPECT_EQ(format_date(-719162), "0001-01-01");
    EXPECT_EQ(format_date(2932896), "9999-12-31");
    EXPECT_EQ(format_date(18321), "2020-02-29");
}

TEST(StorageFormatTest, format_datetime_has_six_digits_of_fraction) {
    EXPECT_EQ(format_datetime(1'577'934'245'000'006), "2020-01-02 03:04:05.000006");
    EXPECT_EQ(format_datetime(0), "1970-01-01 00:00:00.000000");
    EXPECT_EQ(format_datetime(-1), "1969-12-31 23:59:59.999999");
    EXPECT_EQ(format_datetime(least_datetime), "0001-01-01 00:00:00.000000");
    EXPECT_EQ(format_datetime(greatest_datetime), "9999-12-31 23:59:59.999999");
}

TEST(StorageFormatTest, format_interval_is_the_date_so_far_from_the_epoch) {
    EXPECT_EQ(format_interval(86'400'000'000), "1970-01-02 00:00:00.000000");
    EXPECT_EQ(format_interval(-86'400'000'000 + 5), "1969-12-31 00:00:00.000005");
}

TEST(StorageFormatTest, format_outside_of_the_calendar_is_an_error) {
    EXPECT_EQ(test::message_of<DataError>([] { (void)format_date(2932897); }),
              "A date that lies 2932897 days from 1970-01-01 has no text: years are 0001 to 9999.");
    EXPECT_EQ(
        test::message_of<DataError>([] { (void)format_datetime(least_datetime - 1); }),
        "A date-time that lies -62135596800000001 microseconds from 1970-01-01 has no text: years are 0001 to 9999.");
    EXPECT_NE(test::message_of<DataError>([] {
                  (void)format_interval(greatest_datetime + 1);
              }).find("keeps intervals as the date-time"),
              std::string::npos);
    EXPECT_EQ(test::message_of<DataError>([] { (void)format_time(86'400'000'000); }),
              "86400000000 microseconds since midnight are no time of day.");
    EXPECT_EQ(test::message_of<DataError>([] { (void)format_time(-1); }),
              "-1 microseconds since midnight are no time of day.");
}

TEST(StorageFormatTest, format_uuid_hex_has_32_digits) {
    EXPECT_EQ(format_uuid_hex(std::string("\x00\x0f\xff\x10", 4)), "000fff10");
}

TEST(StorageFormatTest, parse_date_takes_days_of_the_calendar_only) {
    EXPECT_EQ(try_parse_date("1970-01-02"), 1);
    EXPECT_EQ(try_parse_date("0001-01-01"), -719162);
    EXPECT_EQ(try_parse_date("2020-02-29"), 18321);
    for (const char* text : {"", "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-01", "2020-01-00", "2020-01-32",
                             "0000-01-01", "2020-1-1", "20-01-01", "2020/01/01", "2020-01-01 ", " 2020-01-01",
                             "10000-01-01", "2020-01-01 00:00:00", "abcd-01-01", "-020-01-01"})
        EXPECT_EQ(try_parse_date(text), std::nullopt) << text;
}

TEST(StorageFormatTest, parse_time_takes_fractions_up_to_microseconds) {
    EXPECT_EQ(try_parse_time("00:00:00"), 0);
    EXPECT_EQ(try_parse_time("23:59:59.999999"), 86'399'999'999);
    EXPECT_EQ(try_parse_time("00:00:00.5"), 500'000);
    EXPECT_EQ(try_parse_time("00:00:00.000001000"), 1);
    for (const char* text :
         {"24:00:00", "23:60:00", "23:59:60", "00:00", "00:00:00.", "00:00:00.0000001", "1:00:00", "noon"})
        EXPECT_EQ(try_parse_time(text), std::nullopt) << text;
}

TEST(StorageFormatTest, parse_datetime_reads_what_format_writes) {
    for (const std::int64_t count : {least_datetime, greatest_datetime, std::int64_t{0}, std::int64_t{-1},
                                     std::int64_t{1'577'934'245'000'006}, std::int64_t{1'582'934'400'000'000}})
        EXPECT_EQ(try_parse_datetime(format_datetime(count)), count);
    EXPECT_EQ(try_parse_datetime("1970-01-01T00:00:01"), 1'000'000);
    for (const char* text : {"2020-01-02", "2020-01-02 03:04", "2020-01-02  03:04:05", "2020-01-02 03:04:05Z",
                             "2020-02-30 00:00:00", "1577934245", "now"})
        EXPECT_EQ(try_parse_datetime(text), std::nullopt) << text;
}

TEST(StorageFormatTest, parse_timestamp_brings_offsets_to_utc) {
    EXPECT_EQ(try_parse_timestamp("1970-01-01 00:00:00"), 0);
    EXPECT_EQ(try_parse_timestamp("1970-01-01 00:00:00Z"), 0);
    EXPECT_EQ(try_parse_timestamp("1970-01-01 02:00:00.5+02:00"), 500'000);
    EXPECT_EQ(try_parse_timestamp("1970-01-01 00:00:00-0130"), 5'400'000'000);
    EXPECT_EQ(try_parse_timestamp("1970-01-01 01:00:00+01"), 0);
    for (const char* text : {"1970-01-01 00:00:00+", "1970-01-01 00:00:00+24:00", "1970-01-01 00:00:00 UTC",
                             "0001-01-01 00:00:00+01:00", "1970-01-01 00:00:00ZZ"})
        EXPECT_EQ(try_parse_timestamp(text), std::nullopt) << text;
}

}  // namespace
}  // namespace aludel
