#include "aludel/types/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "types/support.hpp"

namespace aludel {
namespace {

using test::decode;
using test::decode_error;
using test::message_of;
using test::round_trip;

std::string again(std::string_view text) { return Json::parse(text).dump(); }

TEST(JsonTest, json_text_is_that_of_python) {
    const Json value = Json::object({{"a", Json::array({1, 2.0, nullptr, true, "中\xF0\x9F\x98\x80\x7f\n\"/"})},
                                     {"f", 1e16},
                                     {"g", 0.1},
                                     {"h", 1e-7}});
    EXPECT_EQ(value.dump(),
              R"({"a": [1, 2.0, null, true, "\u4e2d\ud83d\ude00\u007f\n\"/"], "f": 1e+16, "g": 0.1, "h": 1e-07})");
    EXPECT_EQ(Json::array().dump(), "[]");
    EXPECT_EQ(Json::object().dump(), "{}");
    EXPECT_EQ(Json().dump(), "null");
    EXPECT_EQ(Json("\b\f\r\t\\").dump(), R"("\b\f\r\t\\")");
    EXPECT_EQ(Json(std::string("a\0b", 3)).dump(), R"("a\u0000b")");
}

TEST(JsonTest, json_extremes_round_trip) {
    for (const Json& value :
         {Json(), Json(true), Json(0), Json(std::numeric_limits<std::int64_t>::min()), Json(~std::uint64_t{0}),
          Json(std::numeric_limits<double>::max()), Json(std::numeric_limits<double>::denorm_min()), Json(""),
          Json("中文"), Json(std::string(10'000'000, 'x')), Json::array({Json::array({Json::array()})}),
          Json::object({{"", Json()}})})
        EXPECT_TRUE(round_trip(value) == value);
}

TEST(JsonTest, json_of_the_database_keeps_order_and_numbers) {
    EXPECT_EQ(again(R"( {"b":1 , "a":[ 1.0,1e2 ,-0.0]} )"), R"({"b": 1, "a": [1.0, 100.0, -0.0]})");
    EXPECT_EQ(again("[18446744073709551615, -9223372036854775808]"), "[18446744073709551615, -9223372036854775808]");
    EXPECT_EQ(again("[0.1234567890123456789, 5e-324, 2.2250738585072011e-308, 1e-400]"),
              "[0.12345678901234568, 5e-324, 2.225073858507201e-308, 0.0]");
    EXPECT_EQ(again(R"({"a": 1, "b": 2, "a": 3})"), R"({"a": 3, "b": 2})");
}

TEST(JsonTest, json_text_that_is_none_is_refused_with_its_place) {
    EXPECT_EQ(message_of<DataError>([] { (void)Json::parse("[1, x]"); }),
              "Text is not JSON that aludel can keep: syntax error at byte 4 of '[1, x]'.");
    EXPECT_EQ(message_of<DataError>([] { (void)Json::parse("[1] 2"); }),
              "Text is not JSON that aludel can keep: extra characters after the value at byte 4 of '[1] 2'.");
    for (const char* text :
         {"", " ", "{", "[1,]", "{'a': 1}", "NaN", "01", "\"\\x\"", "\"a\nb\"", "\"\xff\"", "{\"a\"}", "nul"})
        EXPECT_THROW((void)Json::parse(text), DataError) << text;
}

TEST(JsonTest, json_number_that_does_not_fit_is_refused) {
    EXPECT_NE(message_of<DataError>([] {
                  (void)Json::parse("[123456789012345678901]");
              }).find("123456789012345678901 is an integer of more than 64 bits"),
              std::string::npos);
    EXPECT_NE(message_of<DataError>([] { (void)Json::parse("1e400"); }).find("1e400 does not fit a double"),
              std::string::npos);
    EXPECT_EQ(message_of<DataError>([] { (void)Json(std::nan("")); }),
              "nan does not fit JSON, which has no such number. It was not sent to the database.");
}

TEST(JsonTest, json_string_that_is_no_utf8_is_refused) {
    EXPECT_EQ(message_of<DataError>([] { (void)Json("a\xff"); }), "Text for JSON is not UTF-8: byte 1 is 0xff.");
    EXPECT_THROW((void)Json::object({{"\xc0\x80", 1}}), DataError);
}

TEST(JsonTest, json_nested_too_deep_is_refused_not_a_crash) {
    const std::string deep(100'000, '[');
    EXPECT_THROW((void)Json::parse(deep), DataError);
    EXPECT_EQ(again(std::string(400, '[') + std::string(400, ']')).size(), 800u);
}

TEST(JsonTest, json_access_gives_what_is_there) {
    const Json value = Json::parse(R"({"name": "ed", "tags": [1, 2.5, "x"], "none": null, "yes": true})");
    EXPECT_EQ(value.at("name").as_string(), "ed");
    EXPECT_EQ(value.at("tags").size(), 3u);
    EXPECT_EQ(value.at("tags").at(0).as_integer(), 1);
    EXPECT_EQ(value.at("tags").at(0).as_double(), 1.0);
    EXPECT_EQ(value.at("tags").at(1).as_double(), 2.5);
    EXPECT_TRUE(value.at("none").is_null());
    EXPECT_TRUE(value.at("yes").as_bool());
    EXPECT_TRUE(value.get("missing").is_null());
    EXPECT_FALSE(value.contains("missing"));
    EXPECT_EQ(value.keys(), (std::vector<std::string>{"name", "tags", "none", "yes"}));
}

TEST(JsonTest, json_access_to_what_is_not_there_says_what_is) {
    const Json value = Json::parse(R"({"a": [1]})");
    EXPECT_EQ(message_of<DataError>([&] { (void)value.as_integer(); }),
              "This JSON value is an object, not an integer of 64 bits with sign.");
    EXPECT_EQ(message_of<DataError>([&] { (void)value.at("b"); }), "This JSON object has no member 'b'.");
    EXPECT_EQ(message_of<DataError>([&] { (void)value.at("a").at(1); }),
              "This JSON array has 1 elements; there is no [1].");
    EXPECT_EQ(message_of<DataError>([&] { (void)value.at("a").as_string(); }),
              "This JSON value is an array, not a string.");
    EXPECT_EQ(message_of<DataError>([] { (void)Json().as_bool(); }), "This JSON value is null, not a boolean.");
    EXPECT_THROW((void)Json((1LL << 53) + 1).as_double(), DataError);
    EXPECT_THROW((void)Json(~std::uint64_t{0}).as_integer(), DataError);
}

TEST(JsonTest, json_change_leaves_copies_alone) {
    Json first = Json::object({{"a", Json::array({1})}});
    const Json second = first;
    Json inner = first.at("a");
    inner.push_back(2);
    first.set("a", inner);
    first.set("b", "new");
    EXPECT_EQ(first.dump(), R"({"a": [1, 2], "b": "new"})");
    EXPECT_EQ(second.dump(), R"({"a": [1]})");
    EXPECT_TRUE(first.erase("a"));
    EXPECT_FALSE(first.erase("a"));
    EXPECT_EQ(first.dump(), R"({"b": "new"})");
}

TEST(JsonTest, json_null_becomes_what_it_is_used_as) {
    Json object;
    object.set("a", 1);
    EXPECT_EQ(object.dump(), R"({"a": 1})");
    Json array;
    array.push_back(nullptr);
    EXPECT_EQ(array.dump(), "[null]");
    EXPECT_THROW(array.set("a", 1), DataError);
    EXPECT_THROW(object.push_back(1), DataError);
}

TEST(JsonTest, json_equality_is_by_value) {
    EXPECT_EQ(Json::parse(R"({"a": 1, "b": 2})"), Json::parse(R"({"b": 2, "a": 1.0})"));
    EXPECT_NE(Json::parse("[1, 2]"), Json::parse("[2, 1]"));
    EXPECT_NE(Json(1), Json(true));
    EXPECT_NE(Json("1"), Json(1));
    EXPECT_NE(Json(-1), Json(~std::uint64_t{0}));
    EXPECT_EQ(Json(), Json(nullptr));
    EXPECT_NE(Json(), Json(0));
}

TEST(JsonTest, json_null_of_a_column_is_no_json) {
    EXPECT_EQ(SqlTraits<std::optional<Json>>::encode(std::nullopt), Value::null());
    EXPECT_EQ(SqlTraits<std::optional<Json>>::encode(Json()), Value::json("null"));
    EXPECT_NE(decode_error<Json>(Cell::null()).find("is NULL"), std::string::npos);
    EXPECT_NE(decode_error<Json>(Cell::from_bytes("1")).find("wants JSON"), std::string::npos);
}

TEST(JsonTest, document_that_the_database_keeps_as_a_number_is_that_number) {
    EXPECT_EQ(SqlTraits<Json>::decode(Cell::from_integer(-5), {}), Json(-5));
    EXPECT_EQ(SqlTraits<Json>::decode(Cell::from_real(0.5), {}), Json(0.5));
}

TEST(JsonTest, json_column_error_names_the_column) {
    try {
        (void)decode<Json>("{broken");
        FAIL() << "nothing was thrown";
    } catch (const DataError& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("(column \"users.x\")\nText is not JSON")) << error.what();
        EXPECT_EQ(error.code(), "valtext");
    }
}

}  // namespace
}  // namespace aludel
