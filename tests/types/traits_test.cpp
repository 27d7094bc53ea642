#include "aludel/types/traits.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aludel/types/bytes.hpp"
#include "aludel/types/date_time.hpp"
#include "aludel/types/decimal.hpp"
#include "aludel/types/json.hpp"
#include "aludel/types/uuid.hpp"
#include "types/support.hpp"

namespace shop {

struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};

struct Tag {
    std::string text;
    friend bool operator==(const Tag&, const Tag&) = default;
};

enum class Level { low, high };

/// Stands for a value, as a mapped attribute does.
template <class T>
struct Attribute {
    T value;
    operator const T&() const { return value; }  // NOLINT(google-explicit-constructor): as Mapped does
};

}  // namespace shop

template <>
struct aludel::TypeDecorator<shop::Money> {
    using impl = std::int64_t;
    static constexpr auto type = aludel::Numeric(10, 2);
    static impl process_bind_param(const shop::Money& money) { return money.cents; }
    static shop::Money process_result_value(const impl& cents) { return {cents}; }
};

template <>
struct aludel::TypeDecorator<shop::Tag> {
    using impl = std::string;
    static impl process_bind_param(const shop::Tag& tag) { return "#" + tag.text; }
    static shop::Tag process_result_value(const impl& text) { return {text.substr(1)}; }
};

template <>
struct aludel::TypeDecorator<shop::Level> {
    using impl = int;
    static impl process_bind_param(shop::Level level) { return static_cast<int>(level); }
    static shop::Level process_result_value(int level) { return static_cast<shop::Level>(level); }
};

template <class T>
struct aludel::PlainValue<shop::Attribute<T>> {
    using type = T;
    static const T& get(const shop::Attribute<T>& attribute) { return attribute.value; }
};

namespace aludel {
namespace {

using test::round_trip;
using OptString = std::optional<std::string>;

TEST(TraitsTest, storable_says_which_types_have_a_column) {
    EXPECT_TRUE(Storable<int>);
    EXPECT_TRUE(Storable<std::optional<std::string>>);
    EXPECT_TRUE(Storable<Decimal> && Storable<Uuid> && Storable<Json> && Storable<Bytes> && Storable<Time>);
    EXPECT_TRUE(Storable<shop::Money>);
    EXPECT_TRUE(Storable<std::optional<shop::Level>>);
    EXPECT_FALSE(Storable<std::unique_ptr<int>>);
    EXPECT_FALSE(Storable<char>);
    EXPECT_FALSE(Storable<long double>);
    EXPECT_FALSE(Storable<std::optional<std::unique_ptr<int>>>);
}

TEST(TraitsTest, decorator_converts_both_ways) {
    EXPECT_EQ(SqlTraits<shop::Money>::encode({1250}), Value::of(1250));
    EXPECT_EQ(round_trip(shop::Money{-1}), shop::Money{-1});
    EXPECT_EQ(SqlTraits<shop::Tag>::encode({"x"}), Value::text("#x"));
    EXPECT_EQ(round_trip(shop::Tag{""}), shop::Tag{""});
    EXPECT_EQ(round_trip<std::optional<shop::Tag>>(std::nullopt), std::nullopt);
    EXPECT_NE(test::decode_error<shop::Money>("x").find("column \"users.x\" holds text ('x')"), std::string::npos);
}

TEST(TraitsTest, decorator_names_its_column_type) {
    EXPECT_EQ(SqlTraits<shop::Money>::sql_type(), Numeric(10, 2).sql_type());
    EXPECT_EQ(SqlTraits<shop::Tag>::sql_type(), String.sql_type());
}

TEST(TraitsTest, decorator_of_an_enum_replaces_its_names) {
    EXPECT_EQ(SqlTraits<shop::Level>::encode(shop::Level::high), Value::of(1));
    EXPECT_EQ(round_trip(shop::Level::high), shop::Level::high);
}

TEST(TraitsTest, literal_type_of_text_is_string) {
    EXPECT_TRUE((std::is_same_v<literal_type_t<const char(&)[3]>, std::string>));
    EXPECT_TRUE((std::is_same_v<literal_type_t<const char*>, std::string>));
    EXPECT_TRUE((std::is_same_v<literal_type_t<std::string_view>, std::string>));
    EXPECT_TRUE((std::is_same_v<literal_type_t<const int&>, int>));
    EXPECT_TRUE((std::is_same_v<literal_type_t<shop::Attribute<OptString>>, OptString>));
}

TEST(TraitsTest, assignable_refuses_what_would_lose_something) {
    EXPECT_TRUE((assignable<std::string, const char*>));
    EXPECT_TRUE((assignable<OptString, std::string_view>));
    EXPECT_TRUE((assignable<OptString, std::nullopt_t>));
    EXPECT_TRUE((assignable<OptString, std::nullptr_t>));
    EXPECT_TRUE((assignable<double, int>));
    EXPECT_TRUE((assignable<std::int64_t, int>));
    EXPECT_TRUE((assignable<Decimal, int>));
    EXPECT_TRUE((assignable<std::chrono::microseconds, std::chrono::hours>));
    EXPECT_TRUE((assignable<int, shop::Attribute<int>>));
    EXPECT_FALSE((assignable<std::string, std::nullopt_t>));
    EXPECT_FALSE((assignable<std::string, OptString>));
    EXPECT_FALSE((assignable<std::string, int>));
    EXPECT_FALSE((assignable<int, double>));
    EXPECT_FALSE((assignable<int, bool>));
    EXPECT_FALSE((assignable<bool, int>));
    EXPECT_FALSE((assignable<Decimal, double>));
    EXPECT_FALSE((assignable<std::chrono::hours, std::chrono::microseconds>));
    EXPECT_FALSE((assignable<int, shop::Attribute<double>>));
}

TEST(TraitsTest, comparable_refuses_other_families) {
    EXPECT_TRUE((comparable<std::string, const char*>));
    EXPECT_TRUE((comparable<OptString, std::string>));
    EXPECT_TRUE((comparable<std::string, OptString>));
    EXPECT_TRUE((comparable<int, double>));
    EXPECT_TRUE((comparable<int, std::optional<std::int64_t>>));
    EXPECT_TRUE((comparable<int, Decimal>));
    EXPECT_TRUE((comparable<std::chrono::hours, std::chrono::microseconds>));
    EXPECT_FALSE((comparable<std::string, int>));
    EXPECT_FALSE((comparable<int, const char*>));
    EXPECT_FALSE((comparable<bool, int>));
    EXPECT_FALSE((comparable<double, bool>));
    EXPECT_FALSE((comparable<Uuid, std::string>));
    EXPECT_FALSE((comparable<shop::Level, int>));
    EXPECT_FALSE((comparable<std::string, std::nullopt_t>));
}

TEST(TraitsTest, encode_as_takes_the_value_of_the_literal) {
    EXPECT_EQ(encode_as<OptString>("ed"), Value::text("ed"));
    EXPECT_EQ(encode_as<std::string>(std::string_view("a\0b", 3)), Value::text(std::string("a\0b", 3)));
    EXPECT_EQ(encode_as<std::string>(OptString("x")), Value::text("x"));
    EXPECT_EQ(encode_as<std::string>(OptString()), Value::null());
    EXPECT_EQ(encode_as<OptString>(std::nullopt), Value::null());
    EXPECT_EQ(encode_as<std::string>(shop::Attribute<std::string>{"at"}), Value::text("at"));
    EXPECT_EQ(encode_as<int>(shop::Attribute<std::optional<int>>{5}), Value::of(5));
    EXPECT_EQ(encode_as<std::chrono::microseconds>(std::chrono::seconds(1)), Value::interval(1'000'000));
    EXPECT_EQ(encode_as<shop::Level>(shop::Level::high), Value::of(1));
}

TEST(TraitsTest, encode_as_keeps_the_type_of_numbers) {
    EXPECT_EQ(encode_as<double>(1), Value::of(1));
    EXPECT_EQ(encode_as<int>(2.5), Value::of(2.5));
    EXPECT_EQ(encode_as<int>(5'000'000'000), Value::of(5'000'000'000));
    EXPECT_EQ(encode_as<Decimal>(3), Value::decimal("3"));
    EXPECT_EQ(encode_as<int>(Decimal("1.5")), Value::decimal("1.5"));
    EXPECT_EQ(encode_as<float>(0.1), Value::of(static_cast<double>(0.1F)));
    EXPECT_THROW((void)encode_as<float>(1e300), DataError);
}

TEST(TraitsTest, encode_as_builds_the_column_type_from_text) {
    EXPECT_EQ(encode_as<Json>("x"), Value::json("\"x\""));
    EXPECT_EQ(encode_as<std::optional<Json>>(5), Value::json("5"));
    EXPECT_EQ(encode_as<Json>(true), Value::json("true"));
    EXPECT_FALSE((comparable<Decimal, const char*>));
}

TEST(TraitsTest, encode_assigned_checks_the_range) {
    EXPECT_EQ(encode_assigned<short>(32767), Value::of(32767));
    EXPECT_EQ(test::message_of<DataError>([] { (void)encode_assigned<short>(32768); }),
              "32768 does not fit std::int16_t. It was not sent to the database.");
    EXPECT_EQ(test::message_of<DataError>([] { (void)encode_assigned<std::optional<unsigned>>(-1); }),
              "-1 does not fit unsigned. It was not sent to the database.");
    EXPECT_EQ(encode_assigned<OptString>("x"), Value::text("x"));
}

template <auto Type>
struct WithType {
    static constexpr SqlType sql_type() { return Type.sql_type(); }
};

TEST(SqlTypeTest, type_objects_are_template_arguments_and_callable) {
    EXPECT_EQ(WithType<String(50)>::sql_type(), (SqlType{.kind = TypeKind::string, .length = 50}));
    EXPECT_EQ(WithType<String>::sql_type().length, 0);
    EXPECT_EQ((WithType<Numeric(10, 2)>::sql_type()),
              (SqlType{.kind = TypeKind::numeric, .precision = 10, .scale = 2}));
    EXPECT_TRUE(WithType<DateTime(with_timezone)>::sql_type().timezone);
    EXPECT_EQ(WithType<custom_type<"tsvector">>::sql_type().name_view(), "tsvector");
}

TEST(SqlTypeTest, upper_case_types_are_verbatim) {
    EXPECT_TRUE(TEXT.sql_type().verbatim());
    EXPECT_EQ(TIMESTAMP.sql_type().name_view(), "TIMESTAMP");
    EXPECT_FALSE(Text.sql_type().verbatim());
    EXPECT_NE(TEXT.sql_type(), Text.sql_type());
    EXPECT_NE(DECIMAL(5, 1).sql_type(), NUMERIC(5, 1).sql_type());
    EXPECT_EQ(VARCHAR(3).sql_type(), VARCHAR(3).sql_type());
}

TEST(SqlTypeTest, hash_is_equal_for_equal_types) {
    EXPECT_EQ(VARCHAR(3).sql_type().hash(), VARCHAR(3).sql_type().hash());
    EXPECT_NE(VARCHAR(3).sql_type().hash(), VARCHAR(4).sql_type().hash());
    EXPECT_NE(String(3).sql_type().hash(), VARCHAR(3).sql_type().hash());
}

}  // namespace
}  // namespace aludel
