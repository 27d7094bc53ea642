// Every type on its way through a database and back, with its extremes, and in the form in which it is stored.
#include "orm/models.hpp"

#include <chrono>
#include <cmath>
#include <limits>

namespace aludel::test {

struct Celsius {
    double degrees = 0;
    friend bool operator==(const Celsius&, const Celsius&) = default;
};

}  // namespace aludel::test

template <>
struct aludel::TypeDecorator<aludel::test::Celsius> {
    using impl = double;
    static double process_bind_param(const test::Celsius& value) { return value.degrees + 273.15; }
    static test::Celsius process_result_value(double kelvin) { return {kelvin - 273.15}; }
};

namespace aludel::test {
namespace {

using namespace std::chrono;

enum class Level { low, high };

/// Columns of one C++ type, NOT NULL and nullable.
template <class T>
struct Holder {
    static constexpr auto table_name = "holder";
    Mapped<int, primary_key> id;
    Mapped<T> value;
    Mapped<std::optional<T>> maybe;
};

template <class T>
class RoundTrip {
  public:
    RoundTrip() : engine_(create_engine("sqlite://")), session_(engine_) {
        engine_.begin([](Connection& connection) {
            connection.execute(text(create_table_sql(mapper<Holder<T>>().table(), connection.dialect())));
        });
    }

    T operator()(const T& value) {
        Holder<T> row;
        row.value = value;
        row.maybe = value;
        auto object = session_.add(std::move(row));
        session_.commit();
        session_.expunge_all();
        auto loaded = session_.get<Holder<T>>(++rows_);
        EXPECT_TRUE(loaded->maybe->has_value());
        EXPECT_TRUE(**loaded->maybe == *loaded->value);
        EXPECT_EQ(session_.template query<Holder<T>>()
                      .filter(col<&Holder<T>::value> == value, col<&Holder<T>::id> == rows_)
                      .count(),
                  1);
        return *loaded->value;
    }

    /// Type and text of the last value as SQLite has it.
    std::string stored() {
        return session_
            .execute(text("SELECT typeof(value) || ' ' || quote(value) FROM holder WHERE id = :id")
                         .bindparams("id"_a = rows_))
            .template scalar<std::string>()
            .value();
    }

  private:
    Engine engine_;
    Session session_;
    int rows_ = 0;
};

TEST(Types, integers_keep_their_extremes) {
    RoundTrip<int> ints;
    for (const int value : {0, -1, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()})
        EXPECT_EQ(ints(value), value);
    RoundTrip<std::int64_t> longs;
    EXPECT_EQ(longs(std::numeric_limits<std::int64_t>::min()), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(longs(std::numeric_limits<std::int64_t>::max()), std::numeric_limits<std::int64_t>::max());
    RoundTrip<std::int16_t> shorts;
    EXPECT_EQ(shorts(-32768), -32768);
    RoundTrip<std::uint32_t> unsigneds;
    EXPECT_EQ(unsigneds(4'294'967'295U), 4'294'967'295U);
}

TEST(Types, booleans_are_zero_and_one) {
    RoundTrip<bool> round_trip;
    EXPECT_TRUE(round_trip(true));
    EXPECT_EQ(round_trip.stored(), "integer 1");
    EXPECT_FALSE(round_trip(false));
    EXPECT_EQ(round_trip.stored(), "integer 0");
}

TEST(Types, doubles_keep_their_bits) {
    RoundTrip<double> round_trip;
    for (const double value : {0.1, 1e308, 5e-324, -2.5, 3.0, 1e15 + 0.3}) EXPECT_EQ(round_trip(value), value);
    EXPECT_EQ(round_trip(std::numeric_limits<double>::infinity()), std::numeric_limits<double>::infinity());
    RoundTrip<float> floats;
    for (const float value : {0.1F, 3.4e38F}) EXPECT_EQ(floats(value), value);
}

TEST(Types, text_keeps_every_byte) {
    RoundTrip<std::string> round_trip;
    for (const std::string& value :
         {std::string(), std::string("a\0b", 3), std::string("it's \"中文\" 😀"), std::string("007")}) {
        EXPECT_EQ(round_trip(value), value);
    }
}

TEST(Types, bytes_keep_every_byte) {
    RoundTrip<Bytes> round_trip;
    EXPECT_EQ(round_trip(Bytes{}), Bytes{});
    EXPECT_EQ(round_trip(to_bytes(std::string_view("\0\xff\x80", 3))), to_bytes(std::string_view("\0\xff\x80", 3)));
    EXPECT_EQ(round_trip.stored(), "blob X'00FF80'");
}

TEST(Types, dates_are_iso_text) {
    RoundTrip<year_month_day> round_trip;
    for (const year_month_day day : {2024y / 2 / 29, 1y / 1 / 1, 9999y / 12 / 31, 1969y / 12 / 31})
        EXPECT_EQ(round_trip(day), day);
    EXPECT_EQ(round_trip(2020y / 1 / 2), 2020y / 1 / 2);
    EXPECT_EQ(round_trip.stored(), "text '2020-01-02'");
}

TEST(Types, times_are_iso_text_with_microseconds) {
    RoundTrip<Time> round_trip;
    EXPECT_EQ(round_trip(Time(23, 59, 59, 999'999)), Time(23, 59, 59, 999'999));
    EXPECT_EQ(round_trip(Time(3, 4, 5, 6)), Time(3, 4, 5, 6));
    EXPECT_EQ(round_trip.stored(), "text '03:04:05.000006'");
}

TEST(Types, instants_and_local_times_are_iso_text_with_microseconds) {
    RoundTrip<sys_time<microseconds>> instants;
    const sys_time<microseconds> instant = sys_days(2020y / 1 / 2) + 3h + 4min + 5s + 6us;
    EXPECT_EQ(instants(instant), instant);
    EXPECT_EQ(instants.stored(), "text '2020-01-02 03:04:05.000006'");
    EXPECT_EQ(instants(sys_days(1y / 1 / 1)), sys_days(1y / 1 / 1));
    RoundTrip<local_time<microseconds>> locals;
    const local_time<microseconds> local = local_days(9999y / 12 / 31) + 24h - 1us;
    EXPECT_EQ(locals(local), local);
    EXPECT_EQ(locals.stored(), "text '9999-12-31 23:59:59.999999'");
}

TEST(Types, intervals_are_stored_relative_to_the_epoch) {
    RoundTrip<microseconds> round_trip;
    EXPECT_EQ(round_trip(24h + 1us), 24h + 1us);
    EXPECT_EQ(round_trip.stored(), "text '1970-01-02 00:00:00.000001'");
    EXPECT_EQ(round_trip(-1s), -1s);
}

TEST(Types, decimals_are_exact_or_refused) {
    RoundTrip<Decimal> round_trip;
    EXPECT_EQ(round_trip(Decimal("12.34")), Decimal("12.34"));
    EXPECT_EQ(round_trip(Decimal("0.1")), Decimal("0.1"));
    EXPECT_EQ(round_trip(Decimal("-99999999999999.9")), Decimal("-99999999999999.9"));
    EXPECT_EQ(round_trip(Decimal("5")), Decimal("5"));
    EXPECT_THROW(round_trip(Decimal("1234567890.1234567")), DataError);
}

TEST(Types, uuids_are_32_digits) {
    RoundTrip<Uuid> round_trip;
    const Uuid digits_only = Uuid::parse("12345678901234567890123456789012");
    EXPECT_EQ(round_trip(digits_only), digits_only);
    EXPECT_EQ(round_trip(Uuid()), Uuid());
    EXPECT_EQ(round_trip.stored(), "text '00000000000000000000000000000000'");
}

TEST(Types, json_keeps_numbers_and_text_that_look_like_something_else) {
    RoundTrip<Json> round_trip;
    for (const char* document : {R"({"a": [1, 2.5, null, true], "名": "中"})", "5", "0.1", "\"5\"", "null", "[]",
                                 "1e300", "[12345678901234567890]", "-9223372036854775808", "true"}) {
        EXPECT_EQ(round_trip(Json::parse(document)).dump(), Json::parse(document).dump()) << document;
    }
    EXPECT_EQ(round_trip(Json::parse("5.0")).as_double(), 5.0);
    EXPECT_THROW(round_trip(Json::parse("12345678901234567890")), DataError);
}

TEST(Types, enumerations_are_stored_by_name) {
    RoundTrip<Level> round_trip;
    EXPECT_EQ(round_trip(Level::high), Level::high);
    EXPECT_EQ(round_trip.stored(), "text 'high'");
}

TEST(Types, own_type_is_stored_as_its_decorator_says) {
    RoundTrip<Celsius> round_trip;
    EXPECT_EQ(round_trip(Celsius{0}), Celsius{0});
    EXPECT_EQ(round_trip.stored(), "real 273.15");
}

TEST(Types, null_is_nullopt_for_every_type) {
    const Engine engine = create_engine("sqlite://");
    Session session{engine};
    session.execute(text("CREATE TABLE holder (id INTEGER PRIMARY KEY, value JSON NOT NULL, maybe JSON)"));
    session.execute(text("INSERT INTO holder VALUES (1, 'null', NULL)"));
    auto row = session.get<Holder<Json>>(1);
    EXPECT_TRUE(row->value->is_null());
    EXPECT_FALSE(row->maybe->has_value());
}

}  // namespace
}  // namespace aludel::test
