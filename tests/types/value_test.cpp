#include "aludel/types/value.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "aludel/types/cell.hpp"

namespace aludel {
namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

std::string text_repr(std::string text) { return Value::text(std::move(text)).repr(); }
std::string real_repr(double value) { return Value::of(value).repr(); }

TEST(ValueTest, value_of_each_number_has_its_kind) {
    EXPECT_EQ(Value::of(true).kind(), ValueKind::boolean);
    EXPECT_EQ(Value::of(-1).as_integer(), -1);
    EXPECT_EQ(Value::of(least).as_integer(), least);
    EXPECT_EQ(Value::of(7u).kind(), ValueKind::integer);
    EXPECT_EQ(Value::of(std::uint64_t{7}).kind(), ValueKind::integer);
    EXPECT_EQ(Value::of(std::numeric_limits<std::uint64_t>::max()).kind(), ValueKind::unsigned_integer);
    EXPECT_EQ(Value::of(std::numeric_limits<std::uint64_t>::max()).as_unsigned(),
              std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(Value::of(0.5).as_real(), 0.5);
    EXPECT_TRUE(Value().is_null());
}

TEST(ValueTest, value_equality_sees_kind_and_payload) {
    EXPECT_EQ(Value::of(1), Value::of(std::int64_t{1}));
    EXPECT_NE(Value::of(1), Value::of(true));
    EXPECT_NE(Value::of(1), Value::of(1.0));
    EXPECT_NE(Value::text("a"), Value::bytes("a"));
    EXPECT_EQ(Value::text(std::string("a\0b", 3)), Value::text(std::string("a\0b", 3)));
    EXPECT_EQ(Value::of(0.0), Value::of(-0.0));
    EXPECT_EQ(Value::of(std::nan("")), Value::of(std::nan("")));
    EXPECT_EQ(Value::null(), Value());
}

TEST(ValueTest, repr_text_takes_the_quotes_that_python_takes) {
    EXPECT_EQ(text_repr("ed"), "'ed'");
    EXPECT_EQ(text_repr(""), "''");
    EXPECT_EQ(text_repr("it's"), "\"it's\"");
    EXPECT_EQ(text_repr("a\"b"), "'a\"b'");
    EXPECT_EQ(text_repr("a\"b'c"), "'a\"b\\'c'");
}

TEST(ValueTest, repr_text_escapes_what_is_not_printable) {
    EXPECT_EQ(text_repr(std::string("\n\t\r\\\0\x7f", 6)), R"('\n\t\r\\\x00\x7f')");
    EXPECT_EQ(text_repr("\xc2\x80\xc2\xa0\xe2\x80\x8b"), R"('\x80\xa0\u200b')");
    EXPECT_EQ(text_repr("\xf3\xa0\x80\x81\xcd\xb8"), R"('\U000e0001\u0378')");
    EXPECT_EQ(text_repr("a\xff\xc3(\xed\xa0\x80"), R"('a\udcff\udcc3(\udced\udca0\udc80')");
}

TEST(ValueTest, repr_text_prints_letters_of_all_scripts) {
    EXPECT_EQ(text_repr("中文 \xF0\x9F\x98\x80 é 가"), "'中文 \xF0\x9F\x98\x80 é 가'");
}

TEST(ValueTest, repr_bytes_is_that_of_python) {
    EXPECT_EQ(Value::bytes(std::string("\0ab'\"\n\xff\\\t", 9)).repr(), R"(b'\x00ab\'"\n\xff\\\t')");
    EXPECT_EQ(Value::bytes("it's").repr(), "b\"it's\"");
    EXPECT_EQ(Value::bytes("").repr(), "b''");
}

TEST(ValueTest, repr_real_is_the_shortest_that_reads_back) {
    EXPECT_EQ(real_repr(1.0), "1.0");
    EXPECT_EQ(real_repr(0.1), "0.1");
    EXPECT_EQ(real_repr(100), "100.0");
    EXPECT_EQ(real_repr(123.456), "123.456");
    EXPECT_EQ(real_repr(-0.0), "-0.0");
    EXPECT_EQ(real_repr(1e15), "1000000000000000.0");
    EXPECT_EQ(real_repr(1e16), "1e+16");
    EXPECT_EQ(real_repr(1e22), "1e+22");
    EXPECT_EQ(real_repr(123456789012345680.0), "1.2345678901234568e+17");
    EXPECT_EQ(real_repr(1e-4), "0.0001");
    EXPECT_EQ(real_repr(0.0001234), "0.0001234");
    EXPECT_EQ(real_repr(1e-5), "1e-05");
    EXPECT_EQ(real_repr(-1.5e-7), "-1.5e-07");
    EXPECT_EQ(real_repr(5e-324), "5e-324");
    EXPECT_EQ(real_repr(1.7976931348623157e308), "1.7976931348623157e+308");
    EXPECT_EQ(real_repr(std::numeric_limits<double>::infinity()), "inf");
    EXPECT_EQ(real_repr(-std::numeric_limits<double>::infinity()), "-inf");
    EXPECT_EQ(real_repr(std::nan("")), "nan");
}

TEST(ValueTest, repr_numbers_and_null_are_those_of_python) {
    EXPECT_EQ(Value::null().repr(), "None");
    EXPECT_EQ(Value::of(true).repr(), "True");
    EXPECT_EQ(Value::of(false).repr(), "False");
    EXPECT_EQ(Value::of(least).repr(), "-9223372036854775808");
    EXPECT_EQ(Value::of(greatest).repr(), "9223372036854775807");
    EXPECT_EQ(Value::of(std::numeric_limits<std::uint64_t>::max()).repr(), "18446744073709551615");
    EXPECT_EQ(Value::decimal("1.10").repr(), "Decimal('1.10')");
    EXPECT_EQ(Value::json(R"({"a": 1})").repr(), R"('{"a": 1}')");
    EXPECT_EQ(Value::uuid(std::string(16, '\0')).repr(), "UUID('00000000-0000-0000-0000-000000000000')");
}

TEST(ValueTest, repr_dates_and_times_are_those_of_python) {
    EXPECT_EQ(Value::date(-719162).repr(), "datetime.date(1, 1, 1)");
    EXPECT_EQ(Value::time(3 * 3'600'000'000 + 4 * 60'000'000).repr(), "datetime.time(3, 4)");
    EXPECT_EQ(Value::datetime(1'577'934'245'000'006).repr(), "datetime.datetime(2020, 1, 2, 3, 4, 5, 6)");
    EXPECT_EQ(Value::datetime(1'577'923'200'000'000).repr(), "datetime.datetime(2020, 1, 2, 0, 0)");
    EXPECT_EQ(Value::datetime(1'577'934'240'000'007).repr(), "datetime.datetime(2020, 1, 2, 3, 4, 0, 7)");
    EXPECT_EQ(Value::timestamp(1'577'923'200'000'000).repr(),
              "datetime.datetime(2020, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)");
    EXPECT_EQ(Value::interval(0).repr(), "datetime.timedelta(0)");
    EXPECT_EQ(Value::interval(-86'400'000'000 + 3'000'004).repr(),
              "datetime.timedelta(days=-1, seconds=3, microseconds=4)");
}

TEST(ValueTest, repr_shortened_leaves_out_the_middle) {
    const std::string text = Value::text(std::string(400, 'x')).repr_shortened();
    EXPECT_EQ(text, "'" + std::string(149, 'x') + " ... (102 characters truncated) ... " + std::string(149, 'x') + "'");
    EXPECT_EQ(Value::text(std::string(298, 'x')).repr_shortened().size(), 300u);
}

TEST(ValueTest, repr_shortened_counts_characters_not_bytes) {
    std::string chinese;
    for (int i = 0; i < 298; ++i) chinese += "中";
    EXPECT_EQ(Value::text(chinese).repr_shortened(), "'" + chinese + "'");
    const std::string longer = Value::text(chinese + "文字").repr_shortened();
    EXPECT_NE(longer.find(" ... (2 characters truncated) ... "), std::string::npos);
    EXPECT_TRUE(longer.ends_with("文字'"));
}

TEST(CellTest, cell_of_value_and_back_is_the_same_value) {
    for (const Value& value :
         {Value::null(), Value::of(true), Value::of(least), Value::of(~std::uint64_t{0}), Value::of(0.1),
          Value::text("中"), Value::bytes(std::string("\0\xff", 2)), Value::date(1), Value::time(2),
          Value::datetime(-3), Value::timestamp(4), Value::interval(-5), Value::decimal("1.10"),
          Value::uuid(std::string(16, 'u')), Value::json("[]")}) {
        EXPECT_EQ(Cell::of(value).to_value(), value) << value.repr();
        EXPECT_EQ(Cell::of(value).kind, value.kind());
    }
}

TEST(CellTest, cell_text_of_a_number_is_empty) {
    EXPECT_EQ(Cell::from_integer(5).text(), "");
    EXPECT_EQ(Cell::from_text("abc").text(), "abc");
    EXPECT_TRUE(Cell::null().is_null());
}

}  // namespace
}  // namespace aludel
