#include "aludel/types/uuid.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <unordered_set>

#include "types/support.hpp"

namespace aludel {
namespace {

using test::decode;
using test::decode_error;
using test::round_trip;

constexpr const char* dashed = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
constexpr const char* plain = "6ba7b8109dad11d180b400c04fd430c8";

TEST(UuidTest, uuid_extremes_round_trip) {
    for (const Uuid value : {Uuid(), Uuid::parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), Uuid::parse(dashed)})
        EXPECT_EQ(round_trip(value), value);
    EXPECT_TRUE(Uuid().is_nil());
    EXPECT_EQ(Uuid().to_string(), "00000000-0000-0000-0000-000000000000");
}

TEST(UuidTest, uuid_texts_of_all_forms_are_the_same) {
    const Uuid value = Uuid::parse(dashed);
    EXPECT_EQ(value.to_string(), dashed);
    EXPECT_EQ(value.hex(), plain);
    EXPECT_EQ(Uuid::parse(plain), value);
    EXPECT_EQ(Uuid::parse("{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}"), value);
    EXPECT_EQ(Uuid::parse("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"), value);
}

TEST(UuidTest, uuid_text_that_is_none_is_refused) {
    for (const char* text :
         {"", "6ba7b810", "6ba7b810-9dad-11d1-80b4-00c04fd430cg", "6ba7b8109-dad-11d1-80b4-00c04fd430c8",
          "6ba7b8109dad11d180b400c04fd430c", "{6ba7b8109dad11d180b400c04fd430c8"})
        EXPECT_EQ(test::message_of<DataError>([text] { (void)Uuid::parse(text); }),
                  "'" + std::string(text) + "' is no UUID: 32 hexadecimal digits, with the four dashes or without.");
}

TEST(UuidTest, uuid_random_has_version_and_variant) {
    std::unordered_set<Uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        const Uuid value = Uuid::random();
        EXPECT_EQ(value.bytes()[6] >> 4, 4);
        EXPECT_EQ(value.bytes()[8] >> 6, 2);
        seen.insert(value);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(UuidTest, uuid_reads_what_databases_keep) {
    EXPECT_EQ(decode<Uuid>(plain), Uuid::parse(dashed));
    EXPECT_EQ(decode<Uuid>(dashed), Uuid::parse(dashed));
    EXPECT_TRUE(decode<Uuid>(Cell::from_bytes(std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16))).is_nil());
    EXPECT_EQ(SqlTraits<Uuid>::encode(Uuid::parse(dashed)).repr(), "UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')");
    EXPECT_EQ(round_trip<std::optional<Uuid>>(std::nullopt), std::nullopt);
}

TEST(UuidTest, uuid_of_another_kind_is_refused) {
    EXPECT_EQ(
        decode_error<Uuid>("nobody"),
        "column \"users.x\" holds 'nobody', which is not a UUID (32 hexadecimal digits, or 16 bytes). Correct the "
        "stored value, or read it as std::string.");
    EXPECT_NE(decode_error<Uuid>(Cell::from_bytes("short")).find("holds b'short'"), std::string::npos);
    EXPECT_NE(decode_error<Uuid>(Cell::from_integer(1)).find("wants a UUID"), std::string::npos);
}

}  // namespace
}  // namespace aludel
