#include "aludel/types/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <unordered_set>

#include "types/support.hpp"

namespace aludel {
namespace {

using test::decode;
using test::decode_error;
using test::round_trip;

const std::string digits_38 = "12345678901234567890123456789012345678";

std::string text_of(std::string_view text) { return Decimal(text).to_string(); }

TEST(DecimalTest, decimal_keeps_its_digits_and_scale) {
    for (const std::string& text :
         {std::string("0"), std::string("1.10"), std::string("-12.50"), std::string("0.00"), digits_38, "-" + digits_38,
          "0." + digits_38, digits_38 + "." + digits_38, std::string("0.0000000000000000000000000000000000001")}) {
        EXPECT_EQ(text_of(text), text);
        EXPECT_EQ(round_trip(Decimal(text)).to_string(), text);
    }
}

TEST(DecimalTest, decimal_text_in_other_forms_becomes_plain) {
    EXPECT_EQ(text_of("+1.5"), "1.5");
    EXPECT_EQ(text_of("007"), "7");
    EXPECT_EQ(text_of(".5"), "0.5");
    EXPECT_EQ(text_of("5."), "5");
    EXPECT_EQ(text_of("1.5e3"), "1500");
    EXPECT_EQ(text_of("1.5E-3"), "0.0015");
    EXPECT_EQ(text_of("1e+2"), "100");
    EXPECT_EQ(text_of("-0.00"), "0.00");
    EXPECT_EQ(text_of("-00.010"), "-0.010");
}

TEST(DecimalTest, decimal_text_that_is_no_number_is_refused) {
    for (const char* text :
         {"", "abc", "1.2.3", "--1", "1e", "e5", ".", "NaN", "Infinity", "1 000", "1,5", "0x10", "1e999999999"})
        EXPECT_EQ(test::message_of<DataError>([text] { (void)Decimal(text); }),
                  "'" + std::string(text) + "' is no decimal number.");
}

TEST(DecimalTest, decimal_from_integers_is_exact) {
    EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).to_string(), "-9223372036854775808");
    EXPECT_EQ(Decimal(std::numeric_limits<std::uint64_t>::max()).to_string(), "18446744073709551615");
    EXPECT_EQ(Decimal(short{-3}).to_string(), "-3");
    EXPECT_FALSE((std::is_convertible_v<double, Decimal>));
}

TEST(DecimalTest, decimal_from_double_is_the_shortest_text) {
    EXPECT_EQ(Decimal::from_double(0.1).to_string(), "0.1");
    EXPECT_EQ(Decimal::from_double(-2.0).to_string(), "-2");
    EXPECT_EQ(Decimal::from_double(1e22).to_string(), "10000000000000000000000");
    EXPECT_EQ(Decimal::from_double(1.5e-7).to_string(), "0.00000015");
    EXPECT_NE(test::message_of<DataError>([] {
                  (void)Decimal::from_double(std::numeric_limits<double>::infinity());
              }).find("inf does not fit a decimal number"),
              std::string::npos);
}

TEST(DecimalTest, decimal_arithmetic_is_exact) {
    EXPECT_EQ((Decimal("0.1") + Decimal("0.2")).to_string(), "0.3");
    EXPECT_EQ((Decimal("1.10") + 1).to_string(), "2.10");
    EXPECT_EQ((Decimal("1.00") - Decimal("0.999")).to_string(), "0.001");
    EXPECT_EQ((Decimal("-1.5") * Decimal("1.50")).to_string(), "-2.250");
    EXPECT_EQ((Decimal(digits_38) * Decimal(digits_38)).to_string(),
              "152415787532388367504953515625666819427831123554031397676527968299765279684");
    EXPECT_EQ((-Decimal("1.50")).to_string(), "-1.50");
    EXPECT_EQ((-Decimal("0.0")).to_string(), "0.0");
    Decimal sum;
    for (int i = 0; i < 1000; ++i) sum += Decimal("0.001");
    EXPECT_EQ(sum.to_string(), "1.000");
}

TEST(DecimalTest, decimal_rounding_takes_halves_to_even) {
    EXPECT_EQ(Decimal("2.5").rounded(0).to_string(), "2");
    EXPECT_EQ(Decimal("3.5").rounded(0).to_string(), "4");
    EXPECT_EQ(Decimal("-2.5").rounded(0).to_string(), "-2");
    EXPECT_EQ(Decimal("-3.5").rounded(0).to_string(), "-4");
    EXPECT_EQ(Decimal("2.51").rounded(0).to_string(), "3");
    EXPECT_EQ(Decimal("1.005").rounded(2).to_string(), "1.00");
    EXPECT_EQ(Decimal("1.015").rounded(2).to_string(), "1.02");
    EXPECT_EQ(Decimal("7").rounded(3).to_string(), "7.000");
    EXPECT_THROW((void)Decimal("1").rounded(-1), ArgumentError);
}

TEST(DecimalTest, decimal_division_says_how_far) {
    EXPECT_EQ(Decimal(1).divided_by(3, 5).to_string(), "0.33333");
    EXPECT_EQ(Decimal(2).divided_by(-3, 5).to_string(), "-0.66667");
    EXPECT_EQ(Decimal("0.05").divided_by(2, 2).to_string(), "0.02");
    EXPECT_EQ(test::message_of<DataError>([] { (void)Decimal("1.5").divided_by(0, 2); }),
              "Division of the decimal number 1.5 by zero.");
}

TEST(DecimalTest, decimal_comparison_ignores_the_scale) {
    EXPECT_EQ(Decimal("1.10"), Decimal("1.1"));
    EXPECT_EQ(Decimal("0"), Decimal("-0.000"));
    EXPECT_LT(Decimal("-2"), Decimal("-1.99"));
    EXPECT_LT(Decimal("9"), Decimal("10"));
    EXPECT_GT(Decimal(digits_38), Decimal("0." + digits_38));
    EXPECT_EQ(Decimal("5"), 5);
    const std::unordered_set<Decimal> set{Decimal("1.10"), Decimal("1.1"), Decimal("1.100"), Decimal("10"),
                                          Decimal("10.0")};
    EXPECT_EQ(set.size(), 2u);
}

TEST(DecimalTest, decimal_measures_count_digits) {
    EXPECT_EQ(Decimal("1.10").scale(), 2);
    EXPECT_EQ(Decimal("100").scale(), 0);
    EXPECT_EQ(Decimal("100").significant_digits(), 1);
    EXPECT_EQ(Decimal("0.00120").significant_digits(), 2);
    EXPECT_EQ(Decimal("10.01").significant_digits(), 4);
    EXPECT_EQ(Decimal("-0.0").significant_digits(), 0);
    EXPECT_EQ(Decimal(digits_38).significant_digits(), 38);
    EXPECT_EQ(Decimal("0.1").to_double(), 0.1);
    EXPECT_EQ(Decimal("-1e400").to_double(), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(Decimal("1e-400").to_double(), 0.0);
}

TEST(DecimalTest, decimal_reads_what_databases_keep) {
    EXPECT_EQ(decode<Decimal>("1.10").to_string(), "1.10");
    EXPECT_EQ(decode<Decimal>(Cell::from_integer(-5)).to_string(), "-5");
    EXPECT_EQ(decode<Decimal>(Cell::from_real(0.1)).to_string(), "0.1");
    EXPECT_EQ(decode<Decimal>(Cell::from_text("2.50", ValueKind::decimal)).to_string(), "2.50");
    EXPECT_EQ(round_trip<std::optional<Decimal>>(std::nullopt), std::nullopt);
    EXPECT_EQ(SqlTraits<Decimal>::encode(Decimal("1.10")), Value::decimal("1.10"));
}

TEST(DecimalTest, decimal_of_another_kind_is_refused) {
    EXPECT_EQ(decode_error<Decimal>("1.5 EUR"),
              "column \"users.x\" holds '1.5 EUR', which is not a decimal number (Decimal). Correct the stored value, "
              "or read "
              "it as std::string.");
    EXPECT_NE(decode_error<Decimal>(Cell::from_real(std::numeric_limits<double>::infinity())).find("holds inf"),
              std::string::npos);
    EXPECT_NE(decode_error<Decimal>(Cell::from_bytes("1")).find("binary data"), std::string::npos);
    EXPECT_NE(decode_error<Decimal>(Cell::null()).find("is NULL"), std::string::npos);
}

}  // namespace
}  // namespace aludel
