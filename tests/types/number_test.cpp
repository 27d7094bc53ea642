#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "types/support.hpp"

namespace aludel {
namespace {

using test::decode;
using test::decode_error;
using test::round_trip;

template <class T>
class IntegerTest : public testing::Test {};
using Integers = testing::Types<std::int8_t, std::uint8_t, short, unsigned short, int, unsigned, long, unsigned long,
                                long long, unsigned long long>;
TYPED_TEST_SUITE(IntegerTest, Integers);

TYPED_TEST(IntegerTest, integer_extremes_round_trip) {
    using Limits = std::numeric_limits<TypeParam>;
    EXPECT_EQ(round_trip<TypeParam>(Limits::min()), Limits::min());
    EXPECT_EQ(round_trip<TypeParam>(Limits::max()), Limits::max());
    EXPECT_EQ(round_trip<TypeParam>(0), TypeParam{0});
}

TEST(NumberTest, integer_below_and_above_names_column_and_range) {
    EXPECT_EQ(
        decode_error<int>(Cell::from_integer(2147483648)),
        "column \"users.x\" holds 2147483648, which does not fit an integer (int, -2147483648 to 2147483647). Take a "
        "C++ type that holds it, or correct the stored value.");
    EXPECT_NE(decode_error<int>(Cell::from_integer(-2147483649)).find("holds -2147483649"), std::string::npos);
    EXPECT_NE(decode_error<unsigned>(Cell::from_integer(-1)).find("(unsigned, 0 to 4294967295)"), std::string::npos);
    EXPECT_NE(decode_error<std::int8_t>(Cell::from_integer(128)).find("(std::int8_t, -128 to 127)"), std::string::npos);
    EXPECT_NE(decode_error<std::uint64_t>(Cell::from_integer(-1)).find("(std::uint64_t, 0 to 18446744073709551615)"),
              std::string::npos);
    const Value huge = Value::of(~std::uint64_t{0});
    EXPECT_NE(decode_error<std::int64_t>(Cell::of(huge)).find("holds 18446744073709551615"), std::string::npos);
}

TEST(NumberTest, integer_of_another_kind_is_refused) {
    EXPECT_EQ(
        decode_error<int>("abc"),
        "column \"users.x\" holds text ('abc'), but its C++ type wants an integer (int, -2147483648 to 2147483647). "
        "Nothing is converted silently: correct the stored value, or change the C++ type.");
    EXPECT_NE(decode_error<int>("12").find("holds text ('12')"), std::string::npos);
    EXPECT_NE(decode_error<int>(Cell::from_real(3.5)).find("holds a real number (3.5)"), std::string::npos);
    EXPECT_NE(decode_error<int>(Cell::from_bytes("1")).find("holds binary data (b'1')"), std::string::npos);
    EXPECT_NE(decode_error<int>(Cell::from_boolean(true)).find("holds a boolean (True)"), std::string::npos);
}

// Databases give sums, averages and parts of dates as decimals.
TEST(NumberTest, decimal_without_a_fraction_is_an_integer) {
    const auto cell = [](std::string_view digits) { return Cell::from_text(digits, ValueKind::decimal); };
    EXPECT_EQ(decode<int>(cell("2024")), 2024);
    EXPECT_EQ(decode<int>(cell("-80.000")), -80);
    EXPECT_EQ(decode<std::int64_t>(cell("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
    EXPECT_NE(decode_error<int>(cell("2.5")).find("holds a decimal number (Decimal('2.5'))"), std::string::npos);
    EXPECT_NE(decode_error<int>(cell("2147483648")).find("does not fit"), std::string::npos);
    EXPECT_NE(decode_error<unsigned>(cell("-1")).find("does not fit"), std::string::npos);
    EXPECT_NE(decode_error<std::int64_t>(cell("9223372036854775808")).find("decimal"), std::string::npos);
    EXPECT_NE(decode_error<int>(cell("NaN")).find("decimal"), std::string::npos);
}

TEST(NumberTest, decimal_is_the_nearest_double) {
    EXPECT_EQ(decode<double>(Cell::from_text("26.6666666666666667", ValueKind::decimal)), 80.0 / 3);
    EXPECT_EQ(decode<double>(Cell::from_text("-0.5", ValueKind::decimal)), -0.5);
}

TEST(NumberTest, null_without_a_place_for_it_says_the_cure) {
    EXPECT_EQ(
        decode_error<int>(Cell::null()),
        "column \"users.x\" is NULL, but its C++ type has no place for NULL: it wants an integer (int, -2147483648 to "
        "2147483647). Make the attribute std::optional, or select the column as optional(col<...>).");
    EXPECT_NE(decode_error<bool>(Cell::null()).find("is NULL"), std::string::npos);
    EXPECT_NE(decode_error<double>(Cell::null()).find("is NULL"), std::string::npos);
    EXPECT_NE(decode_error<float>(Cell::null()).find("is NULL"), std::string::npos);
}

TEST(NumberTest, error_without_a_name_counts_the_column) {
    const std::string message =
        test::message_of<DataError>([] { (void)SqlTraits<int>::decode(Cell::null(), DecodeContext{.index = 2}); });
    EXPECT_TRUE(message.starts_with("column 3 of the row is NULL")) << message;
}

TEST(NumberTest, decode_errors_have_a_code_of_their_own) {
    const auto code = [](const Cell& cell) {
        try {
            (void)decode<int>(cell);
        } catch (const DataError& error) {
            return std::string(error.code());
        }
        return std::string("none");
    };
    EXPECT_EQ(code(Cell::null()), "nullval");
    EXPECT_EQ(code(Cell::from_text("x")), "valtype");
    EXPECT_EQ(code(Cell::from_integer(1LL << 40)), "valrange");
    EXPECT_EQ(code(Cell::from_integer(1)), "none");
}

TEST(NumberTest, bool_takes_booleans_and_zero_and_one) {
    EXPECT_TRUE(round_trip(true));
    EXPECT_FALSE(round_trip(false));
    EXPECT_TRUE(decode<bool>(Cell::from_integer(1)));
    EXPECT_FALSE(decode<bool>(Cell::from_integer(0)));
    EXPECT_NE(decode_error<bool>(Cell::from_integer(2)).find("holds 2, which does not fit a boolean (bool, 0 or 1)"),
              std::string::npos);
    EXPECT_NE(decode_error<bool>("true").find("wants a boolean (bool)"), std::string::npos);
}

TEST(NumberTest, double_extremes_round_trip) {
    using Limits = std::numeric_limits<double>;
    for (const double value : {0.0, 0.1, Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(),
                               Limits::infinity(), 1.0 / 3.0})
        EXPECT_EQ(round_trip(value), value);
    EXPECT_TRUE(std::signbit(round_trip(-0.0)));
    EXPECT_TRUE(std::isnan(round_trip(Limits::quiet_NaN())));
}

TEST(NumberTest, double_takes_integers_that_it_holds_exactly) {
    EXPECT_EQ(decode<double>(Cell::from_integer(3)), 3.0);
    EXPECT_EQ(decode<double>(Cell::from_integer(1LL << 53)), 9007199254740992.0);
    EXPECT_NE(decode_error<double>(Cell::from_integer((1LL << 53) + 1)).find("does not fit a double exactly"),
              std::string::npos);
    EXPECT_NE(decode_error<double>("1.5").find("wants a real number (double)"), std::string::npos);
}

TEST(NumberTest, float_keeps_floats_and_refuses_the_rest) {
    using Limits = std::numeric_limits<float>;
    for (const float value : {0.0F, 0.1F, Limits::max(), Limits::lowest(), Limits::denorm_min(), Limits::infinity()})
        EXPECT_EQ(round_trip(value), value);
    EXPECT_NE(decode_error<float>(Cell::from_real(0.1)).find("holds 0.1, which does not fit a float exactly"),
              std::string::npos);
    EXPECT_NE(decode_error<float>(Cell::from_real(1e300)).find("holds 1e+300, which does not fit a float"),
              std::string::npos);
}

TEST(NumberTest, optional_null_is_nullopt_both_ways) {
    EXPECT_EQ(round_trip<std::optional<int>>(std::nullopt), std::nullopt);
    EXPECT_EQ(round_trip<std::optional<int>>(5), 5);
    EXPECT_TRUE(SqlTraits<std::optional<int>>::nullable);
    EXPECT_FALSE(SqlTraits<int>::nullable);
    EXPECT_NE(decode_error<std::optional<int>>("x").find("wants an integer"), std::string::npos);
}

TEST(NumberTest, sql_types_of_numbers_hold_their_values) {
    EXPECT_EQ(SqlTraits<std::int8_t>::sql_type().kind, TypeKind::small_integer);
    EXPECT_EQ(SqlTraits<short>::sql_type().kind, TypeKind::small_integer);
    EXPECT_EQ(SqlTraits<unsigned short>::sql_type().kind, TypeKind::integer);
    EXPECT_EQ(SqlTraits<int>::sql_type().kind, TypeKind::integer);
    EXPECT_EQ(SqlTraits<unsigned>::sql_type().kind, TypeKind::big_integer);
    EXPECT_EQ(SqlTraits<std::int64_t>::sql_type().kind, TypeKind::big_integer);
    EXPECT_EQ(SqlTraits<bool>::sql_type().kind, TypeKind::boolean);
    EXPECT_EQ(SqlTraits<float>::sql_type().kind, TypeKind::float_);
    EXPECT_EQ(SqlTraits<std::optional<double>>::sql_type().kind, TypeKind::double_);
}

}  // namespace
}  // namespace aludel
