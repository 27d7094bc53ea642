#pragma once

#include <chrono>
#include <cstdint>

namespace aludel::detail {

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr std::int64_t microseconds_per_day = 86'400 * microseconds_per_second;

/// A count of microseconds taken apart. Days go down to the earlier one, so that the rest is never negative.
struct SplitDay {
    std::int64_t days;
    std::int64_t rest;
};

constexpr SplitDay split_day(std::int64_t microseconds) noexcept {
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t rest = microseconds % microseconds_per_day;
    if (rest < 0) {
        rest += microseconds_per_day;
        --days;
    }
    return {days, rest};
}

struct ClockTime {
    int hour;
    int minute;
    int second;
    int microsecond;
};

constexpr ClockTime clock_time(std::int64_t since_midnight) noexcept {
    const auto seconds = static_cast<int>(since_midnight / microseconds_per_second);
    return {seconds / 3600, seconds / 60 % 60, seconds % 60,
            static_cast<int>(since_midnight % microseconds_per_second)};
}

inline std::chrono::year_month_day civil_date(std::int64_t days) noexcept {
    return std::chrono::sys_days(std::chrono::days(static_cast<std::chrono::days::rep>(days)));
}

inline constexpr std::int64_t least_date = -719162;     ///< 0001-01-01
inline constexpr std::int64_t greatest_date = 2932896;  ///< 9999-12-31

}  // namespace aludel::detail
