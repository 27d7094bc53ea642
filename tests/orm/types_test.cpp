// Every type on its way through a database and back, with its extremes, and in the form in which it is stored.
#include "orm/models.hpp"

#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

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
enum class Floor { cellar = -100, garage = -1, ground = 0, roof = 12 };

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

    Session& session() noexcept { return session_; }

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
}

template <class T>
class IntegerTypes : public ::testing::Test {};
using Integers =
    ::testing::Types<std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t, std::int64_t>;
TYPED_TEST_SUITE(IntegerTypes, Integers);

TYPED_TEST(IntegerTypes, least_and_greatest_come_back) {
    using Limits = std::numeric_limits<TypeParam>;
    RoundTrip<TypeParam> round_trip;
    EXPECT_EQ(round_trip(Limits::min()), Limits::min());
    EXPECT_EQ(round_trip.stored(), "integer " + std::to_string(Limits::min()));
    EXPECT_EQ(round_trip(Limits::max()), Limits::max());
    EXPECT_EQ(round_trip.stored(), "integer " + std::to_string(Limits::max()));
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

template <class T>
void least_and_greatest_come_back() {
    using Limits = std::numeric_limits<T>;
    RoundTrip<T> round_trip;
    for (const T value : {Limits::lowest(), Limits::max(), Limits::min(), Limits::denorm_min(), -Limits::denorm_min(),
                          Limits::epsilon(), Limits::infinity(), -Limits::infinity()}) {
        EXPECT_EQ(round_trip(value), value);
        EXPECT_TRUE(round_trip.stored().starts_with("real ")) << round_trip.stored();
    }
    EXPECT_THROW(round_trip(Limits::quiet_NaN()), DataError);
}

TEST(Types, doubles_keep_their_extremes) { least_and_greatest_come_back<double>(); }
TEST(Types, floats_keep_their_extremes) { least_and_greatest_come_back<float>(); }

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
    EXPECT_EQ(instants.stored(), "text '0001-01-01 00:00:00.000000'");
    const sys_time<microseconds> last = sys_days(9999y / 12 / 31) + 24h - 1us;
    EXPECT_EQ(instants(last), last);
    EXPECT_EQ(instants.stored(), "text '9999-12-31 23:59:59.999999'");
    RoundTrip<local_time<microseconds>> locals;
    const local_time<microseconds> local = local_days(9999y / 12 / 31) + 24h - 1us;
    EXPECT_EQ(locals(local), local);
    EXPECT_EQ(locals.stored(), "text '9999-12-31 23:59:59.999999'");
    EXPECT_EQ(locals(local_days(1y / 1 / 1)), local_days(1y / 1 / 1));
    EXPECT_EQ(locals.stored(), "text '0001-01-01 00:00:00.000000'");
}

TEST(Types, instants_and_local_times_outside_of_the_years_1_to_9999_are_refused) {
    RoundTrip<sys_time<microseconds>> instants;
    EXPECT_THROW(instants(sys_days(1y / 1 / 1) - 1us), DataError);
    RoundTrip<sys_time<microseconds>> later;
    EXPECT_THROW(later(sys_days(9999y / 12 / 31) + 24h), DataError);
    RoundTrip<local_time<microseconds>> locals;
    EXPECT_THROW(locals(local_days(1y / 1 / 1) - 1us), DataError);
    RoundTrip<local_time<microseconds>> later_locals;
    EXPECT_THROW(later_locals(local_days(9999y / 12 / 31) + 24h), DataError);
}

TEST(Types, intervals_are_stored_relative_to_the_epoch) {
    RoundTrip<microseconds> round_trip;
    EXPECT_EQ(round_trip(24h + 1us), 24h + 1us);
    EXPECT_EQ(round_trip.stored(), "text '1970-01-02 00:00:00.000001'");
    EXPECT_EQ(round_trip(-1s), -1s);
}

TEST(Types, intervals_fit_as_far_as_the_years_1_to_9999_lie_from_the_epoch) {
    RoundTrip<microseconds> round_trip;
    const microseconds least = (sys_days(1y / 1 / 1) - sys_days(1970y / 1 / 1));
    const microseconds greatest = (sys_days(9999y / 12 / 31) - sys_days(1970y / 1 / 1)) + 24h - 1us;
    EXPECT_EQ(round_trip(least), least);
    EXPECT_EQ(round_trip.stored(), "text '0001-01-01 00:00:00.000000'");
    EXPECT_EQ(round_trip(greatest), greatest);
    EXPECT_EQ(round_trip.stored(), "text '9999-12-31 23:59:59.999999'");
    for (const microseconds value : {least - 1us, greatest + 1us, microseconds::min(), microseconds::max()}) {
        RoundTrip<microseconds> refused;
        try {
            refused(value);
            ADD_FAILURE() << value.count();
        } catch (const DataError& error) {
            const std::string message = error.what();
            EXPECT_NE(message.find(std::to_string(value.count())), std::string::npos) << message;
            EXPECT_NE(message.find("0001 to 9999"), std::string::npos) << message;
            EXPECT_NE(message.find("value"), std::string::npos) << message;
        }
    }
}

TEST(Types, decimals_are_exact_or_refused) {
    RoundTrip<Decimal> round_trip;
    EXPECT_EQ(round_trip(Decimal("12.34")), Decimal("12.34"));
    EXPECT_EQ(round_trip(Decimal("0.1")), Decimal("0.1"));
    EXPECT_EQ(round_trip(Decimal("-99999999999999.9")), Decimal("-99999999999999.9"));
    EXPECT_EQ(round_trip(Decimal("5")), Decimal("5"));
    EXPECT_THROW(round_trip(Decimal("1234567890.1234567")), DataError);
}

// SQLite keeps a decimal as a REAL, which holds 15 significant digits of any number.
TEST(Types, decimals_fit_up_to_fifteen_digits) {
    RoundTrip<Decimal> round_trip;
    for (const char* digits : {"999999999999999", "-999999999999999", "12345678901234.5", "99999.9999999999",
                               "0.0000000001", "-0.0000000001", "0.00000000001", "0.9999999999"}) {
        EXPECT_EQ(round_trip(Decimal(digits)), Decimal(digits)) << digits;
    }
    for (const char* digits : {"9007199254740993", "99999999999999.99", "0.1234567890123456", "1234567.12345678901"}) {
        RoundTrip<Decimal> refused;
        EXPECT_THROW(refused(Decimal(digits)), DataError) << digits;
    }
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

TEST(Types, enumerations_with_negative_values_are_stored_by_name) {
    RoundTrip<Floor> round_trip;
    for (const auto& [floor, name] : {std::pair{Floor::cellar, "cellar"}, std::pair{Floor::garage, "garage"},
                                      std::pair{Floor::ground, "ground"}, std::pair{Floor::roof, "roof"}}) {
        EXPECT_EQ(round_trip(floor), floor);
        EXPECT_EQ(round_trip.stored(), std::string("text '") + name + "'");
    }
    RoundTrip<Floor> refused;
    EXPECT_THROW(refused(static_cast<Floor>(-2)), LookupError);
}

TEST(Types, own_type_is_stored_as_its_decorator_says) {
    RoundTrip<Celsius> round_trip;
    EXPECT_EQ(round_trip(Celsius{0}), Celsius{0});
    EXPECT_EQ(round_trip.stored(), "real 273.15");
}

template <class T>
class EveryType : public ::testing::Test {
  protected:
    /// A value that is allowed.
    static T value() {
        if constexpr (std::same_as<T, year_month_day>)
            return 2020y / 1 / 2;
        else
            return T{};
    }
};
using AllTypes = ::testing::Types<bool, std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t,
                                  std::uint32_t, std::int64_t, std::uint64_t, float, double, std::string, Bytes,
                                  year_month_day, Time, sys_time<microseconds>, local_time<microseconds>, microseconds,
                                  Decimal, Uuid, Json, Level, Floor, Celsius>;
TYPED_TEST_SUITE(EveryType, AllTypes);

TYPED_TEST(EveryType, null_is_nullopt) {
    const Engine engine = create_engine("sqlite://");
    engine.begin([](Connection& connection) {
        connection.execute(text(create_table_sql(mapper<Holder<TypeParam>>().table(), connection.dialect())));
    });
    Session session{engine};
    for (const bool by_intent : {false, true}) {
        Holder<TypeParam> row;
        row.value = this->value();
        if (by_intent)
            row.maybe = null();
        else
            row.maybe = std::nullopt;
        session.add(std::move(row));
    }
    session.commit();
    session.expunge_all();
    for (const int id : {1, 2}) {
        const auto loaded = session.get<Holder<TypeParam>>(id);
        EXPECT_FALSE(loaded->maybe->has_value());
        EXPECT_TRUE(*loaded->value == this->value());
    }
    EXPECT_EQ(session.query<Holder<TypeParam>>().filter(col<&Holder<TypeParam>::maybe> == std::nullopt).count(), 2);
    EXPECT_EQ(session.execute(text("SELECT count(*) FROM holder WHERE maybe IS NULL")).template scalar<int>(), 2);
}

TYPED_TEST(EveryType, value_becomes_null_and_a_value_again) {
    RoundTrip<TypeParam> round_trip;
    round_trip(this->value());
    auto& session = round_trip.session();
    const auto object = session.template get<Holder<TypeParam>>(1);
    object->maybe = std::nullopt;
    session.commit();
    EXPECT_FALSE(object->maybe->has_value());
    object->maybe = this->value();
    session.commit();
    ASSERT_TRUE(object->maybe->has_value());
    EXPECT_TRUE(**object->maybe == this->value());
}

TYPED_TEST(EveryType, null_in_a_not_null_column_is_an_integrity_error) {
    RoundTrip<TypeParam> round_trip;
    auto& session = round_trip.session();
    Holder<TypeParam> row;
    row.value = null();
    session.add(std::move(row));
    try {
        session.flush();
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_EQ(error.driver_message(), "NOT NULL constraint failed: holder.value");
    }
    session.rollback();
    EXPECT_EQ(session.template query<Holder<TypeParam>>().count(), 0);
    EXPECT_TRUE(round_trip(this->value()) == this->value()) << "the session is usable";
}

TEST(Types, null_of_json_is_a_value_and_no_null) {
    RoundTrip<Json> round_trip;
    EXPECT_TRUE(round_trip(Json()).is_null());
    EXPECT_EQ(round_trip.stored(), "text 'null'");
}

}  // namespace
}  // namespace aludel::test
