#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <ratio>
#include <string>
#include <type_traits>

#include "aludel/types/traits.hpp"

// Dates are `std::chrono::year_month_day`. An instant is a `std::chrono::sys_time` and is kept as UTC; a date-time of
// no time zone, as a calendar on the wall shows it, is a `std::chrono::local_time`. An interval is any duration.
// Databases keep microseconds: what is finer does not fit.

namespace aludel {

/// A time of day, to the microsecond.
class Time {
  public:
    constexpr Time() noexcept = default;
    /// `Time(23, 59, 59, 999'999)`. DataError for what no clock shows.
    constexpr Time(int hour, int minute, int second = 0, int microsecond = 0)
        : since_midnight_(std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
                          std::chrono::microseconds(microsecond)) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || microsecond < 0 ||
            microsecond > 999'999)
            throw_no_time(hour, minute, second, microsecond);
    }
    /// DataError for less than zero and for a day and more.
    explicit Time(std::chrono::microseconds since_midnight);

    [[nodiscard]] constexpr int hour() const noexcept {
        return static_cast<int>(since_midnight_ / std::chrono::hours(1));
    }
    [[nodiscard]] constexpr int minute() const noexcept {
        return static_cast<int>(since_midnight_ / std::chrono::minutes(1) % 60);
    }
    [[nodiscard]] constexpr int second() const noexcept {
        return static_cast<int>(since_midnight_ / std::chrono::seconds(1) % 60);
    }
    [[nodiscard]] constexpr int microsecond() const noexcept {
        return static_cast<int>(since_midnight_.count() % 1'000'000);
    }
    [[nodiscard]] constexpr std::chrono::microseconds since_midnight() const noexcept { return since_midnight_; }
    /// "03:04:05.000006"
    [[nodiscard]] std::string to_string() const;

    friend constexpr bool operator==(const Time&, const Time&) = default;
    friend constexpr auto operator<=>(const Time&, const Time&) = default;

  private:
    [[noreturn]] static void throw_no_time(int hour, int minute, int second, int microsecond);

    std::chrono::microseconds since_midnight_{0};
};

namespace detail {

/// count * numerator / denominator; DataError when that is no whole number of microseconds or too many.
[[nodiscard]] std::int64_t to_microseconds(std::int64_t count, std::intmax_t numerator, std::intmax_t denominator);
[[nodiscard]] std::int64_t to_microseconds(double seconds);
/// The other way: DataError, with the column, when the column's unit is too coarse.
[[nodiscard]] std::int64_t from_microseconds(std::int64_t microseconds, std::intmax_t numerator,
                                             std::intmax_t denominator, const DecodeContext& context);
void check_unit_range(std::int64_t count, std::int64_t least, std::int64_t greatest, const DecodeContext& context);

/// How many digits behind the second a duration of this type may have: what a database that asks for them must keep.
template <class D>
constexpr int second_digits() noexcept {
    using Seconds = std::ratio_divide<typename D::period, std::ratio<1>>;
    if constexpr (std::is_floating_point_v<typename D::rep>)
        return 6;
    else if constexpr (Seconds::den == 1)
        return 0;
    else
        return 1000 % Seconds::den == 0 ? 3 : 6;
}

/// DataError outside of the years 1 to 9999.
[[nodiscard]] Value encode_date(int year, unsigned month, unsigned day, bool ok);
[[nodiscard]] Value encode_datetime(std::int64_t microseconds);
[[nodiscard]] Value encode_timestamp(std::int64_t microseconds);

[[nodiscard]] std::int64_t decode_date(const Cell&, const DecodeContext&);
[[nodiscard]] std::int64_t decode_time(const Cell&, const DecodeContext&);
[[nodiscard]] std::int64_t decode_datetime(const Cell&, const DecodeContext&);
[[nodiscard]] std::int64_t decode_timestamp(const Cell&, const DecodeContext&);
[[nodiscard]] std::int64_t decode_interval(const Cell&, const DecodeContext&);

template <class D>
std::int64_t count_microseconds(const D& duration) {
    using Ratio = std::ratio_divide<typename D::period, std::micro>;
    if constexpr (std::is_floating_point_v<typename D::rep>)
        return to_microseconds(std::chrono::duration<double>(duration).count());
    else
        return to_microseconds(static_cast<std::int64_t>(duration.count()), Ratio::num, Ratio::den);
}

template <class D>
D duration_of(std::int64_t microseconds, const DecodeContext& context) {
    using Rep = typename D::rep;
    using Ratio = std::ratio_divide<typename D::period, std::micro>;
    if constexpr (std::is_floating_point_v<Rep>) {
        return std::chrono::duration_cast<D>(std::chrono::microseconds(microseconds));
    } else {
        const std::int64_t count = from_microseconds(microseconds, Ratio::num, Ratio::den, context);
        if constexpr (sizeof(Rep) < sizeof(std::int64_t))
            check_unit_range(count, std::numeric_limits<Rep>::min(), std::numeric_limits<Rep>::max(), context);
        return D(static_cast<Rep>(count));
    }
}

}  // namespace detail

template <>
struct SqlTraits<std::chrono::year_month_day> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::date}; }
    static Value encode(const std::chrono::year_month_day& date) {
        return detail::encode_date(int{date.year()}, unsigned{date.month()}, unsigned{date.day()}, date.ok());
    }
    static std::chrono::year_month_day decode(const Cell& cell, const DecodeContext& context) {
        return std::chrono::sys_days(std::chrono::days(detail::decode_date(cell, context)));
    }
};

template <>
struct SqlTraits<Time> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::time, .inferred = true, .precision = 6}; }
    static Value encode(const Time& time) noexcept { return Value::time(time.since_midnight().count()); }
    static Time decode(const Cell& cell, const DecodeContext& context) {
        return Time(std::chrono::microseconds(detail::decode_time(cell, context)));
    }
};

template <class D>
struct SqlTraits<std::chrono::local_time<D>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept {
        return {.kind = TypeKind::datetime, .inferred = true, .precision = detail::second_digits<D>()};
    }
    static Value encode(const std::chrono::local_time<D>& time) {
        return detail::encode_datetime(detail::count_microseconds(time.time_since_epoch()));
    }
    static std::chrono::local_time<D> decode(const Cell& cell, const DecodeContext& context) {
        return std::chrono::local_time<D>(detail::duration_of<D>(detail::decode_datetime(cell, context), context));
    }
};

template <class D>
struct SqlTraits<std::chrono::sys_time<D>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept {
        return {
            .kind = TypeKind::datetime, .timezone = true, .inferred = true, .precision = detail::second_digits<D>()};
    }
    static Value encode(const std::chrono::sys_time<D>& time) {
        return detail::encode_timestamp(detail::count_microseconds(time.time_since_epoch()));
    }
    static std::chrono::sys_time<D> decode(const Cell& cell, const DecodeContext& context) {
        return std::chrono::sys_time<D>(detail::duration_of<D>(detail::decode_timestamp(cell, context), context));
    }
};

template <class Rep, class Period>
struct SqlTraits<std::chrono::duration<Rep, Period>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept {
        return {.kind = TypeKind::interval, .inferred = true, .precision = detail::second_digits<Duration>()};
    }
    static Value encode(const Duration& duration) { return Value::interval(detail::count_microseconds(duration)); }
    static Duration decode(const Cell& cell, const DecodeContext& context) {
        return detail::duration_of<Duration>(detail::decode_interval(cell, context), context);
    }
};

}  // namespace aludel
