#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "aludel/types/bytes.hpp"
#include "types/support.hpp"

namespace aludel {
namespace {

using test::decode_error;
using test::round_trip;

TEST(TextTest, string_extremes_round_trip) {
    for (const std::string& value :
         {std::string(), std::string("a"), std::string("a\0b\0", 4), std::string("中文"),
          std::string("\xF0\x9F\x98\x80"), std::string("it's"), std::string("\xff\xfe"), std::string(10'000'000, 'x')})
        EXPECT_TRUE(round_trip(value) == value);
}

TEST(TextTest, string_empty_is_not_null) {
    const Value value = SqlTraits<std::optional<std::string>>::encode("");
    EXPECT_EQ(value, Value::text(""));
    EXPECT_EQ(round_trip<std::optional<std::string>>(""), "");
}

TEST(TextTest, string_of_another_kind_is_refused) {
    EXPECT_EQ(
        decode_error<std::string>(Cell::from_integer(5)),
        "column \"users.x\" holds an integer (5), but its C++ type wants text. Nothing is converted silently: correct "
        "the stored value, or change the C++ type.");
    EXPECT_NE(decode_error<std::string>(Cell::from_bytes("ab")).find("binary data (b'ab')"), std::string::npos);
    EXPECT_NE(decode_error<std::string>(Cell::null()).find("is NULL"), std::string::npos);
}

TEST(TextTest, error_of_a_long_text_shows_its_ends) {
    const std::string text(10'000'000, 'x');
    const std::string message = decode_error<int>(Cell::from_text(text));
    EXPECT_LT(message.size(), 400u);
    EXPECT_NE(message.find("characters truncated"), std::string::npos);
}

TEST(BytesTest, bytes_extremes_round_trip) {
    for (const Bytes& value : {Bytes(), to_bytes(std::string_view("\0\xff", 2)), Bytes(10'000'000, std::byte{7})})
        EXPECT_TRUE(round_trip(value) == value);
}

TEST(BytesTest, bytes_of_text_are_refused) {
    EXPECT_NE(decode_error<Bytes>("abc").find("holds text ('abc'), but its C++ type wants binary data (Bytes)"),
              std::string::npos);
    EXPECT_NE(decode_error<Bytes>(Cell::null()).find("is NULL"), std::string::npos);
}

TEST(BytesTest, bytes_empty_cell_without_memory_is_empty) {
    Cell cell;
    cell.kind = ValueKind::bytes;
    cell.data = nullptr;
    EXPECT_TRUE(test::decode<Bytes>(cell).empty());
}

}  // namespace
}  // namespace aludel
