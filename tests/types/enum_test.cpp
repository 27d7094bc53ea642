#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "types/support.hpp"

namespace shop {
enum class Color { red, green = 5, blue = -100 };
enum Plain { first, second = 3 };
enum Signed { minus = -2, plus = 1 };
enum class Byte : std::uint8_t { zero, last = 127 };
enum class Wide { near_by = 1, far_away = 1000 };
enum class Sparse : std::int64_t { small = 1, huge = 1'000'000'000'000 };
enum class Answer : bool { no, yes };
template <class A, class B>
struct Box {
    enum class Kind { open, shut };
};
}  // namespace shop

namespace {
enum class Hidden { one, two };
}  // namespace

template <>
struct aludel::EnumRange<shop::Wide> {
    static constexpr int min = 0;
    static constexpr int max = 1000;
};

template <>
struct aludel::EnumNamesOf<shop::Sparse> {
    static constexpr std::pair<shop::Sparse, const char*> names[] = {{shop::Sparse::small, "S"},
                                                                     {shop::Sparse::huge, "H"}};
};

namespace aludel {
namespace {

using shop::Color;
using test::decode;
using test::message_of;
using test::round_trip;

template <class E>
std::string names() {
    return enum_names<E>().type_name() + ": " + enum_names<E>().list();
}

TEST(EnumTest, enum_names_are_those_of_the_source) {
    EXPECT_EQ(names<Color>(), "Color: blue, red, green");
    EXPECT_EQ(names<shop::Plain>(), "Plain: first, second");
    EXPECT_EQ(names<shop::Signed>(), "Signed: minus, plus");
    EXPECT_EQ(names<shop::Byte>(), "Byte: zero, last");
    EXPECT_EQ(names<shop::Answer>(), "Answer: no, yes");
    EXPECT_EQ(names<Hidden>(), "Hidden: one, two");
    EXPECT_EQ((names<shop::Box<int, std::pair<int, char>>::Kind>()), "Kind: open, shut");
}

TEST(EnumTest, enum_local_to_a_function_has_names) {
    enum class Local { here, there };
    EXPECT_EQ(names<Local>(), "Local: here, there");
}

TEST(EnumTest, enum_range_finds_values_beyond_the_usual) {
    EXPECT_EQ(names<shop::Wide>(), "Wide: near_by, far_away");
    EXPECT_EQ(round_trip(shop::Wide::far_away), shop::Wide::far_away);
}

TEST(EnumTest, enum_names_given_by_hand_are_used) {
    EXPECT_EQ(names<shop::Sparse>(), "Sparse: S, H");
    EXPECT_EQ(SqlTraits<shop::Sparse>::encode(shop::Sparse::huge), Value::text("H"));
    EXPECT_EQ(decode<shop::Sparse>("S"), shop::Sparse::small);
}

TEST(EnumTest, enum_is_kept_by_name) {
    EXPECT_EQ(SqlTraits<Color>::encode(Color::blue), Value::text("blue"));
    for (const Color color : {Color::red, Color::green, Color::blue}) EXPECT_EQ(round_trip(color), color);
    EXPECT_EQ(round_trip<std::optional<Color>>(std::nullopt), std::nullopt);
    EXPECT_EQ(round_trip(shop::Answer::yes), shop::Answer::yes);
}

TEST(EnumTest, enum_type_is_as_long_as_the_longest_name) {
    const SqlType type = SqlTraits<Color>::sql_type();
    EXPECT_EQ(type.kind, TypeKind::enum_);
    EXPECT_EQ(type.length, 5);
    EXPECT_EQ(type.names, &enum_names<Color>());
    EXPECT_EQ(SqlTraits<std::optional<Color>>::sql_type(), type);
}

TEST(EnumTest, enum_name_unknown_lists_the_defined_ones) {
    EXPECT_EQ(message_of<LookupError>([] { (void)decode<Color>("pink"); }),
              "column \"users.x\" holds 'pink', which is not among the enumerators of Color. Defined names: blue, red, "
              "green.");
    EXPECT_THROW((void)decode<Color>("Red"), LookupError);
    EXPECT_THROW((void)decode<Color>(""), LookupError);
}

TEST(EnumTest, enum_value_without_a_name_is_not_sent) {
    EXPECT_EQ(
        message_of<LookupError>([] { (void)SqlTraits<Color>::encode(static_cast<Color>(7)); }),
        "7 is not the value of an enumerator of Color. Defined names: blue, red, green. Values outside of -128 to 127 "
        "need an EnumRange or EnumNamesOf.");
}

TEST(EnumTest, enum_of_another_kind_is_refused) {
    EXPECT_NE(test::decode_error<Color>(Cell::from_integer(5)).find("wants the name of an enumerator of Color"),
              std::string::npos);
    EXPECT_NE(test::decode_error<Color>(Cell::null()).find("is NULL"), std::string::npos);
}

}  // namespace
}  // namespace aludel
