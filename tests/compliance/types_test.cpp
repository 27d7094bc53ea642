// Every type on its way through each database and back, with its extremes: the same value, or a refusal.
#include "compliance/compliance.hpp"

#include <chrono>
#include <cstdint>
#include <limits>

namespace aludel::test::compliance {
namespace {

using namespace std::chrono;

enum class Level { low, high };
enum class Floor { cellar = -100, garage = -1, ground = 0, roof = 12 };

/// A type of the program with columns as it asks for by itself.
template <class T>
struct Plain {
    static constexpr auto table_name = "plain";
    Mapped<int, primary_key> id;
    Mapped<T> value;
    Mapped<std::optional<T>> maybe;
};
struct Texts {
    static constexpr auto table_name = "texts";
    Mapped<int, primary_key> id;
    Mapped<std::string, Text> value;
    Mapped<std::optional<std::string>, String(200)> maybe;
};
struct Decimals {
    static constexpr auto table_name = "decimals";
    Mapped<int, primary_key> id;
    Mapped<Decimal, Numeric(38, 10)> value;
    Mapped<std::optional<Decimal>, Numeric(38, 10)> maybe;
};

class Types : public EmptyDatabaseTest {
  protected:
    template <class Row>
    void create() {
        Registry<Row>::metadata().create_all(engine);
    }
    /// Writes the value into both columns, reads both back, and finds the row by the value.
    template <class Row, class T>
    T round_trip(const T& value, bool search = true) {
        Session session{engine};
        Row row;
        row.value = value;
        row.maybe = value;
        auto object = session.add(std::move(row));
        session.commit();
        const int id = *object->id;
        session.expunge_all();
        const auto loaded = session.get<Row>(id);
        EXPECT_TRUE(loaded->maybe->has_value());
        EXPECT_TRUE(**loaded->maybe == *loaded->value);
        if (search) {
            EXPECT_EQ(session.query<Row>().filter(col<&Row::value> == value, col<&Row::id> == id).count(), 1);
        }
        return *loaded->value;
    }
    template <class Row, class T>
    void comes_back(const std::vector<T>& values, bool search = true) {
        create<Row>();
        for (const T& value : values) EXPECT_EQ((round_trip<Row, T>(value, search)), value);
        null_comes_back<Row>();
    }
    template <class Row>
    void null_comes_back() {
        Session session{engine};
        Row row;
        row.value = decltype(row.value){}.get();
        row.maybe = std::nullopt;
        auto object = session.add(std::move(row));
        session.commit();
        EXPECT_EQ(object->maybe, std::nullopt);
        EXPECT_EQ(session.query<Row>().filter(col<&Row::maybe> == std::nullopt).count(), 1);
    }
    template <class T>
    void integer_extremes_come_back() {
        using Limits = std::numeric_limits<T>;
        comes_back<Plain<T>>(std::vector<T>{0, 1, Limits::min(), Limits::max(), static_cast<T>(Limits::max() - 1)});
    }
    template <class T>
    void refused(const T& value) {
        try {
            (void)round_trip<Plain<T>, T>(value);
            ADD_FAILURE() << "the value was not refused";
        } catch (const DBAPIError&) {
        } catch (const StatementError&) {}
    }
};
ALUDEL_ON_EVERY_DATABASE(Types);

TEST_P(Types, bool_) { comes_back<Plain<bool>>(std::vector<bool>{true, false}); }
TEST_P(Types, int8) { integer_extremes_come_back<std::int8_t>(); }
TEST_P(Types, uint8) { integer_extremes_come_back<std::uint8_t>(); }
TEST_P(Types, int16) { integer_extremes_come_back<std::int16_t>(); }
TEST_P(Types, uint16) { integer_extremes_come_back<std::uint16_t>(); }
TEST_P(Types, int32) { integer_extremes_come_back<std::int32_t>(); }
TEST_P(Types, uint32) { integer_extremes_come_back<std::uint32_t>(); }
TEST_P(Types, int64) { integer_extremes_come_back<std::int64_t>(); }

TEST_P(Types, uint64_up_to_what_fits) {
    comes_back<Plain<std::uint64_t>>(
        std::vector<std::uint64_t>{0, 1, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())});
    try {
        const auto greatest = std::numeric_limits<std::uint64_t>::max();
        EXPECT_EQ((round_trip<Plain<std::uint64_t>, std::uint64_t>(greatest)), greatest);
    } catch (const StatementError&) {  // refused
    }
}

TEST_P(Types, double_keeps_its_bits) {
    using Limits = std::numeric_limits<double>;
    comes_back<Plain<double>>(std::vector<double>{0.0, 0.1, -2.5, 3.0, 1e15 + 0.3, 1.0 / 3, Limits::max(),
                                                  Limits::lowest(), Limits::min(), Limits::epsilon()});
}

TEST_P(Types, double_may_be_infinite) {
    ALUDEL_NEEDS(infinity);
    comes_back<Plain<double>>(
        std::vector<double>{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()});
}

TEST_P(Types, infinity_is_refused_where_it_is_not_known) {
    if (has(GetParam(), Capability::infinity)) GTEST_SKIP() << to_string(GetParam()) << " has infinity";
    create<Plain<double>>();
    refused(std::numeric_limits<double>::infinity());
}

TEST_P(Types, float_keeps_its_bits) {
    comes_back<Plain<float>>(std::vector<float>{0.0F, 0.1F, -2.5F, 3.4e38F, 1.0F / 3, 16'777'217.0F}, false);
}

TEST_P(Types, text_keeps_every_character) {
    comes_back<Texts>(std::vector<std::string>{"", " ", "it's \"quoted\" \\ % _ ? : $1", "中文 😀 é ß", "007", "NULL",
                                               "line\nfeed\ttab\r", "\x01\x7f", std::string(200, 'x')});
}

TEST_P(Types, text_in_a_big_column_has_any_length) {
    create<Texts>();
    Session session{engine};
    std::string long_text;
    while (long_text.size() < 60'000) long_text += "中文 and more, ";
    session.add(Texts{.value = long_text});
    session.commit();
    session.expunge_all();
    EXPECT_EQ(*session.get<Texts>(1)->value, long_text);
}

TEST_P(Types, text_without_a_length_is_text_everywhere) {
    comes_back<Plain<std::string>>(std::vector<std::string>{"a", "中文 😀", std::string(300, 'y')});
}

TEST_P(Types, bytes_keep_every_byte) {
    Bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
    comes_back<Plain<Bytes>>(
        std::vector<Bytes>{Bytes{}, all, Bytes{std::byte{0}}, Bytes{std::byte{'\\'}, std::byte{'\''}}});
}

TEST_P(Types, dates_from_the_year_1_to_9999) {
    create<Plain<year_month_day>>();
    for (const year_month_day day :
         {2024y / 2 / 29, 1y / 1 / 1, 9999y / 12 / 31, 1969y / 12 / 31, 1582y / 10 / 10, 2000y / 2 / 29})
        EXPECT_EQ((round_trip<Plain<year_month_day>>(day)), day);
}

TEST_P(Types, times_of_day_keep_microseconds) {
    comes_back<Plain<Time>>(
        std::vector<Time>{Time(0, 0, 0, 0), Time(23, 59, 59, 999'999), Time(3, 4, 5, 6), Time(12, 0, 0, 0)});
}

TEST_P(Types, instants_keep_microseconds) {
    using Instant = sys_time<microseconds>;
    comes_back<Plain<Instant>>(std::vector<Instant>{
        sys_days(2020y / 1 / 2) + 3h + 4min + 5s + 6us, sys_days(1970y / 1 / 1),
        sys_days(1969y / 12 / 31) + 23h + 59min + 59s + 999'999us, sys_days(2038y / 1 / 19) + 3h + 14min + 8s,
        sys_days(2100y / 1 / 1), sys_days(2024y / 3 / 31) + 1h + 30min});
}

TEST_P(Types, instants_of_the_years_1_and_9999) {
    using Instant = sys_time<microseconds>;
    comes_back<Plain<Instant>>(std::vector<Instant>{sys_days(1y / 1 / 1), sys_days(9999y / 12 / 31) + 24h - 1us});
}

TEST_P(Types, local_times_keep_microseconds) {
    using Local = local_time<microseconds>;
    comes_back<Plain<Local>>(std::vector<Local>{local_days(2020y / 1 / 2) + 3h + 6us, local_days(1y / 1 / 1),
                                                local_days(2024y / 3 / 31) + 2h + 30min,
                                                local_days(9999y / 12 / 31) + 24h - 1us});
}

TEST_P(Types, intervals_may_be_negative) {
    comes_back<Plain<microseconds>>(std::vector<microseconds>{0us, 24h + 1us, -1s, 1us, -1us, 365 * 24h});
}

TEST_P(Types, decimals_are_exact) {
    create<Decimals>();
    for (const char* digits : {"0", "0.1", "-12.34", "5", "1000000", "-0.0000000001", "99999999999.9"})
        EXPECT_EQ((round_trip<Decimals>(Decimal(digits))), Decimal(digits)) << digits;
}

TEST_P(Types, decimals_of_many_digits_are_exact) {
    ALUDEL_NEEDS(exact_decimals);
    create<Decimals>();
    for (const char* digits : {"9999999999999999999999999999.9999999999", "-9999999999999999999999999999.9999999999",
                               "9007199254740993", "1234567890123456789.0123456789"})
        EXPECT_EQ((round_trip<Decimals>(Decimal(digits))), Decimal(digits)) << digits;
}

TEST_P(Types, decimal_that_does_not_fit_is_refused) {
    create<Decimals>();
    Session session{engine};
    session.add(Decimals{.value = Decimal("99999999999999999999999999999999999999.5")});
    EXPECT_THROW(session.flush(), Error);
}

TEST_P(Types, uuid) {
    create<Plain<Uuid>>();
    for (const char* digits : {"12345678-9abc-def0-1234-56789abcdef0", "00000000-0000-0000-0000-000000000000",
                               "ffffffff-ffff-ffff-ffff-ffffffffffff"})
        EXPECT_EQ((round_trip<Plain<Uuid>>(Uuid::parse(digits))), Uuid::parse(digits));
}

TEST_P(Types, json_keeps_documents) {
    create<Plain<Json>>();
    for (const char* document : {R"({"a": [1, 2.5, null, true], "名": "中 \" \\ 😀"})", "5", "0.1", "\"5\"", "null",
                                 "[]", "{}", "-9223372036854775808", "true", R"([[], {"": ""}])"}) {
        const Json json = Json::parse(document);
        EXPECT_EQ((round_trip<Plain<Json>>(json, false)), json) << document;
    }
}

TEST_P(Types, enumerations_by_name) {
    comes_back<Plain<Level>>(std::vector<Level>{Level::low, Level::high});
    EXPECT_EQ(committed<int>("SELECT count(*) FROM plain WHERE value = 'high'"), 1);
}

TEST_P(Types, enumerations_with_values_of_any_sign) {
    comes_back<Plain<Floor>>(std::vector<Floor>{Floor::cellar, Floor::garage, Floor::ground, Floor::roof});
}

TEST_P(Types, values_order_as_the_types_do) {
    create<Plain<double>>();
    create<Decimals>();
    Session session{engine};
    for (const double value : {10.0, 9.0, -1.0, 0.5}) {
        Plain<double> row;
        row.value = value;
        session.add(std::move(row));
    }
    for (const char* digits : {"10", "9", "-1", "0.5"}) session.add(Decimals{.value = Decimal(digits)});
    session.flush();
    EXPECT_EQ(session.query(col<&Plain<double>::value>).order_by(col<&Plain<double>::value>).all(),
              (std::vector{-1.0, 0.5, 9.0, 10.0}));
    EXPECT_EQ(session.query(col<&Decimals::value>).order_by(col<&Decimals::value>).all(),
              (std::vector{Decimal("-1"), Decimal("0.5"), Decimal("9"), Decimal("10")}));
    EXPECT_EQ(session.query(func::sum(col<&Decimals::value>)).scalar(), Decimal("18.5"));
}

TEST_P(Types, time_of_the_server_is_now) {
    const auto now = engine.connect().execute(select(func::current_timestamp())).one();
    EXPECT_LT(abs(floor<seconds>(system_clock::now()) - floor<seconds>(now)), 60s) << "a session of another time zone?";
}

}  // namespace
}  // namespace aludel::test::compliance
