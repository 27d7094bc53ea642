#include "aludel/types/array.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "aludel/types/date_time.hpp"
#include "aludel/types/decimal.hpp"
#include "aludel/types/json.hpp"
#include "aludel/types/range.hpp"
#include "aludel/types/type_details.hpp"
#include "aludel/types/uuid.hpp"
#include "types/support.hpp"

namespace aludel {
namespace {

using namespace std::chrono;
using test::decode;
using test::decode_error;
using test::message_of;
using test::round_trip;

template <class T>
std::string written(const T& value) {
    return SqlTraits<T>::encode(value).as_text();
}

enum class Color { red, green };

struct Celsius {
    double degrees;
    bool operator==(const Celsius&) const = default;
};

}  // namespace

template <>
struct TypeDecorator<Celsius> {
    using impl = double;
    static double process_bind_param(const Celsius& value) { return value.degrees; }
    static Celsius process_result_value(double value) { return {value}; }
};

namespace {

TEST(Array, writes_what_a_database_reads) {
    EXPECT_EQ(written(std::vector<int>{1, -2, 3}), "{1,-2,3}");
    EXPECT_EQ(written(std::vector<int>{}), "{}");
    EXPECT_EQ(written(std::vector<bool>{true, false}), "{t,f}");
    EXPECT_EQ(written(std::vector<std::optional<int>>{1, std::nullopt}), "{1,NULL}");
    EXPECT_EQ(written(std::vector<std::string>{"a", "", "NULL", "null", "a b", "a,b", "{x}", "it\"s", "back\\slash",
                                               "tab\t"}),
              R"({a,"","NULL","null","a b","a,b","{x}","it\"s","back\\slash","tab)"
              "\t\"}");
    EXPECT_EQ(written(std::vector<double>{1.5, std::numeric_limits<double>::infinity(), -0.0}), "{1.5,Infinity,-0}");
    EXPECT_EQ(written(std::vector<std::vector<int>>{{1, 2}, {3, 4}}), "{{1,2},{3,4}}");
    EXPECT_EQ(written(std::vector<Color>{Color::green}), "{green}");
    EXPECT_EQ(written(std::vector<std::uint64_t>{~std::uint64_t{0}}), "{18446744073709551615}");
    EXPECT_EQ(written(std::vector<Bytes>{to_bytes("\x01\xff")}), "{\"\\\\x01ff\"}");
    EXPECT_EQ(written(std::vector<microseconds>{-5us}), "{\"-5 microseconds\"}");
    EXPECT_EQ(written(std::vector<sys_time<microseconds>>{sys_time<microseconds>(1us)}),
              "{\"1970-01-01 00:00:00.000001+00\"}");
}

TEST(Array, reads_what_a_database_prints) {
    EXPECT_EQ(decode<std::vector<int>>("{1,2}"), (std::vector<int>{1, 2}));
    EXPECT_EQ(decode<std::vector<int>>("[2:3]={1,2}"), (std::vector<int>{1, 2}));
    EXPECT_EQ(decode<std::vector<bool>>("{t,f}"), (std::vector<bool>{true, false}));
    EXPECT_EQ(decode<std::vector<std::optional<std::string>>>("{\"a \\\"b\\\\\",\"NULL\",\"\",NULL}"),
              (std::vector<std::optional<std::string>>{"a \"b\\", "NULL", "", std::nullopt}));
    EXPECT_EQ(decode<std::vector<microseconds>>("{\"1 day -02:03:04.5\",\"-1 days\",00:00:00.000005,-00:00:01}"),
              (std::vector<microseconds>{24h - 2h - 3min - 4500ms, -24h, 5us, -1s}));
    EXPECT_EQ(decode<std::vector<Bytes>>("{\"\\\\x01ff\"}"), (std::vector<Bytes>{to_bytes("\x01\xff")}));
    EXPECT_EQ(decode<std::vector<sys_time<microseconds>>>("{\"2020-01-01 02:00:00+02\"}"),
              (std::vector<sys_time<microseconds>>{sys_days(2020y / 1 / 1)}));
    EXPECT_EQ(decode<std::vector<Range<int>>>("{\"[1,2)\",empty}"),
              (std::vector<Range<int>>{Range<int>{1, 2}, Range<int>::none()}));
    const auto reals = decode<std::vector<double>>("{1e+300,NaN,-Infinity}");
    EXPECT_EQ(reals[0], 1e300);
    EXPECT_TRUE(std::isnan(reals[1]));
    EXPECT_EQ(reals[2], -std::numeric_limits<double>::infinity());
}

template <class T>
void expect_round_trip(const std::vector<T>& values) {
    EXPECT_EQ(round_trip(values), values) << written(values);
}

TEST(Array, every_type_comes_back) {
    expect_round_trip(std::vector<std::int64_t>{INT64_MIN, 0, INT64_MAX});
    expect_round_trip(std::vector<std::uint64_t>{0, UINT64_MAX});
    expect_round_trip(std::vector<std::int8_t>{-128, 127});
    expect_round_trip(std::vector<bool>{true, false});
    expect_round_trip(std::vector<double>{0.1, -0.0, 1e-308, std::numeric_limits<double>::max()});
    expect_round_trip(std::vector<float>{0.1F, std::numeric_limits<float>::max()});
    std::string all;
    for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
    expect_round_trip(std::vector<std::string>{all, "", " ", "NULL", "nUlL", "{", "}", ",", "\\", "\"", "用户"});
    expect_round_trip(std::vector<Decimal>{Decimal("1.10"), Decimal("-123456789012345678901234567890")});
    expect_round_trip(std::vector<Uuid>{Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8")});
    expect_round_trip(std::vector<Json>{Json::parse(R"({"a": [1, "x\"y"]})"), Json()});
    expect_round_trip(std::vector<year_month_day>{1y / 1 / 1, 9999y / 12 / 31});
    expect_round_trip(std::vector<Time>{Time(23, 59, 59, 999'999)});
    expect_round_trip(std::vector<local_time<microseconds>>{local_time<microseconds>(1us)});
    expect_round_trip(std::vector<Color>{Color::red, Color::green});
    expect_round_trip(std::vector<Celsius>{{36.6}});
    expect_round_trip(std::vector<std::vector<std::optional<std::string>>>{{"a", std::nullopt}, {"b", "c"}});
    expect_round_trip(std::vector<std::vector<std::vector<int>>>{{{1}, {2}}, {{3}, {4}}});
}

TEST(Array, boxes_only) {
    const auto says = [](auto values) {
        return message_of<DataError>([&] { (void)SqlTraits<decltype(values)>::encode(values); });
    };
    EXPECT_NE(says(std::vector<std::vector<int>>{{1, 2}, {3}}).find("must have the same number of items"),
              std::string::npos);
    EXPECT_NE(says(std::vector<std::vector<int>>{{}}).find("empty arrays"), std::string::npos);
    EXPECT_NE(says(std::vector<std::vector<std::vector<int>>>{{{1}, {2}}, {{3}}}).find("2 and 1 items"),
              std::string::npos);
}

TEST(Array, what_is_none_is_refused_with_the_column) {
    for (const char* text : {"", "{", "1", "{1", "{1,}", "{,1}", "{1}x", "{1 2}", "{{1},{2}}", "{\"1}", "{1\"2\"}",
                             "[1:2", "{a}", "{1.5}", "{\\"})
        EXPECT_NE(decode_error<std::vector<int>>(text).find("column \"users.x\""), std::string::npos)
            << text << ": " << decode_error<std::vector<int>>(text);
    EXPECT_NE(decode_error<std::vector<int>>("{1,NULL}").find("NULL"), std::string::npos);
    EXPECT_NE(decode_error<std::vector<std::vector<int>>>("{1,2}").find("dimensions"), std::string::npos);
    EXPECT_NE(decode_error<std::vector<int>>(Cell::from_integer(1)).find("an array"), std::string::npos);
    EXPECT_NE(decode_error<std::vector<std::int8_t>>("{300}").find("300"), std::string::npos);
    EXPECT_NE(decode_error<std::vector<Bytes>>("{\"\\\\x0g\"}").find("binary data"), std::string::npos);
    EXPECT_NE(decode_error<std::vector<microseconds>>("{\"1 mon\"}").find("interval"), std::string::npos);
}

TEST(Array, types_are_interned) {
    const SqlType type = SqlTraits<std::vector<std::vector<int>>>::sql_type();
    EXPECT_EQ(type.kind, TypeKind::array);
    EXPECT_EQ(details_of(type).item.kind, TypeKind::integer);
    EXPECT_EQ(details_of(type).dimensions, 2);
    EXPECT_EQ(ARRAY(Integer).sql_type(), SqlTraits<std::vector<int>>::sql_type());
    EXPECT_EQ(ARRAY(Integer).sql_type().hash(), SqlTraits<std::vector<int>>::sql_type().hash());
    EXPECT_NE(ARRAY(Integer, 2).sql_type(), ARRAY(Integer).sql_type());
    EXPECT_FALSE(Storable<std::vector<std::byte*>>);
    EXPECT_EQ(SqlTraits<Bytes>::sql_type().kind, TypeKind::large_binary);
}

TEST(Range, bounds_and_membership) {
    const Range<int> half{1, 5};
    EXPECT_TRUE(half.lower_inc());
    EXPECT_FALSE(half.upper_inc());
    EXPECT_TRUE(half.contains(1));
    EXPECT_FALSE(half.contains(5));
    EXPECT_TRUE((Range<int>{1, 5, "[]"}.contains(5)));
    EXPECT_FALSE((Range<int>{1, 5, "()"}.contains(1)));
    EXPECT_TRUE((Range<int>{std::nullopt, 5}.contains(-99)));
    EXPECT_TRUE(Range<int>().contains(7));
    EXPECT_FALSE(Range<int>::none().contains(7));
    EXPECT_FALSE((Range<int>{std::nullopt, 5}.lower_inc()));
    EXPECT_NE((Range<int>{1, 5}), (Range<int>{1, 5, "[]"}));
    EXPECT_EQ((Range<int>{std::nullopt, 5, "[)"}), (Range<int>{std::nullopt, 5, "()"}));
    EXPECT_THROW((Range<int>{1, 5, "]["}), ArgumentError);
}

TEST(Range, text) {
    EXPECT_EQ(written(Range<int>{1, 5}), "[1,5)");
    EXPECT_EQ(written(Range<int>{std::nullopt, 5, "(]"}), "(,5]");
    EXPECT_EQ(written(Range<int>()), "(,)");
    EXPECT_EQ(written(Range<int>::none()), "empty");
    EXPECT_EQ(written(Range<local_time<microseconds>>{local_time<microseconds>(0us), std::nullopt}),
              "[\"1970-01-01 00:00:00.000000\",)");
    EXPECT_EQ(written(MultiRange<int>{{{1, 3}, {5, 9}}}), "{[1,3),[5,9)}");
    EXPECT_EQ(written(MultiRange<int>{}), "{}");
}

TEST(Range, comes_back) {
    for (const auto& range : {Range<int>{1, 5}, Range<int>{1, 5, "[]"}, Range<int>{1, std::nullopt, "()"}, Range<int>(),
                              Range<int>::none()})
        EXPECT_EQ(round_trip(range), range) << written(range);
    const Range<Decimal> decimals{Decimal("1.10"), Decimal("2.20"), "(]"};
    EXPECT_EQ(round_trip(decimals), decimals);
    const Range<sys_time<microseconds>> instants{sys_days(2020y / 1 / 1), sys_days(2020y / 2 / 1)};
    EXPECT_EQ(round_trip(instants), instants);
    const Range<std::string> texts{"a \"b\\,)", "", "[]"};
    EXPECT_EQ(round_trip(texts), texts);
    const MultiRange<year_month_day> days{{{2020y / 1 / 1, 2020y / 2 / 1}, {2021y / 1 / 1, std::nullopt}}};
    EXPECT_EQ(round_trip(days), days);
    EXPECT_EQ(round_trip(MultiRange<int>{}), MultiRange<int>{});
    EXPECT_EQ(decode<Range<std::string>>("[\"a\"\"b\",c\"d e\")"), (Range<std::string>{"a\"b", "cd e"}));
}

TEST(Range, what_is_none_is_refused_with_the_column) {
    for (const char* text : {"", "[1,5", "1,5)", "[1;5)", "[1,5)x", "[\"1,5)", "[1,5\\", "[a,5)"})
        EXPECT_NE(decode_error<Range<int>>(text).find("users.x"), std::string::npos) << text;
    for (const char* text : {"[1,5)", "{[1,5)", "{[1,5),}", "{[1,5)}x"})
        EXPECT_NE(decode_error<MultiRange<int>>(text).find("users.x"), std::string::npos) << text;
}

TEST(Interned, equal_details_are_one_object) {
    TypeDetails a, b;
    a.charset = b.charset = "utf8mb4";
    EXPECT_EQ(intern_details(a), intern_details(b));
    b.is_unsigned = true;
    EXPECT_NE(intern_details(a), intern_details(b));
    EXPECT_EQ(intern_text("jsonb"), intern_text(std::string("json") + "b"));
    EXPECT_EQ(intern_words("x", {"a", "b"}), intern_words("x", {"a", "b"}));
    EXPECT_NE(intern_words("x", {"a", "b"}), intern_words("y", {"a", "b"}));
}

}  // namespace
}  // namespace aludel
