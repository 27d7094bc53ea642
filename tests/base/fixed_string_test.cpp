#include "aludel/base/fixed_string.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace aludel {
namespace {

template <FixedString Name>
struct Tagged {};

TEST(FixedStringTest, fixed_string_as_template_argument_distinguishes_types) {
    EXPECT_TRUE((std::is_same_v<Tagged<"a">, Tagged<"a">>));
    EXPECT_FALSE((std::is_same_v<Tagged<"a">, Tagged<"b">>));
    EXPECT_FALSE((std::is_same_v<Tagged<"a">, Tagged<"ab">>));
}

TEST(FixedStringTest, fixed_string_view_leaves_out_the_terminator) {
    constexpr FixedString text("name");
    EXPECT_EQ(text.view(), "name");
    EXPECT_EQ(text.size(), 4u);
    EXPECT_STREQ(text.c_str(), "name");
}

TEST(FixedStringTest, fixed_string_empty_has_size_zero) {
    constexpr FixedString text("");
    EXPECT_TRUE(text.view().empty());
    EXPECT_EQ(text.size(), 0u);
}

TEST(FixedStringTest, fixed_string_comparison_sees_text_and_length) {
    EXPECT_TRUE(FixedString("ab") == FixedString("ab"));
    EXPECT_FALSE(FixedString("ab") == FixedString("ac"));
    EXPECT_FALSE(FixedString("ab") == FixedString("abc"));
}

}  // namespace
}  // namespace aludel
