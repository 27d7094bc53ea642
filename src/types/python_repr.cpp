#include "types/python_repr.hpp"

#include <fmt/format.h>

#include "aludel/types/storage_format.hpp"
#include "types/calendar.hpp"

namespace aludel::detail {

namespace {

/// Python leaves out the seconds, or only the microseconds, when they are zero.
std::string clock_fields(const ClockTime& time) {
    std::string text = fmt::format("{}, {}", time.hour, time.minute);
    if (time.second != 0 || time.microsecond != 0) text += fmt::format(", {}", time.second);
    if (time.microsecond != 0) text += fmt::format(", {}", time.microsecond);
    return text;
}

std::string date_fields(std::int64_t days) {
    const auto date = civil_date(days);
    return fmt::format("{}, {}, {}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

}  // namespace

std::string python_date(std::int64_t days) { return "datetime.date(" + date_fields(days) + ")"; }

std::string python_time(std::int64_t microseconds) {
    return "datetime.time(" + clock_fields(clock_time(microseconds)) + ")";
}

std::string python_datetime(std::int64_t microseconds, std::string_view suffix) {
    const SplitDay day = split_day(microseconds);
    return fmt::format("datetime.datetime({}, {}{})", date_fields(day.days), clock_fields(clock_time(day.rest)),
                       suffix);
}

std::string python_timedelta(std::int64_t microseconds) {
    const SplitDay day = split_day(microseconds);
    const std::int64_t seconds = day.rest / microseconds_per_second;
    const std::int64_t rest = day.rest % microseconds_per_second;
    std::string text;
    const auto add = [&](const char* name, std::int64_t value) {
        if (value != 0) text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, value);
    };
    add("days", day.days);
    add("seconds", seconds);
    add("microseconds", rest);
    return "datetime.timedelta(" + (text.empty() ? "0" : text) + ")";
}

std::string python_uuid(std::string_view raw) {
    const std::string hex = format_uuid_hex(raw);
    if (hex.size() != 32) return "UUID('" + hex + "')";
    const std::string_view digits = hex;
    return fmt::format("UUID('{}-{}-{}-{}-{}')", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                       digits.substr(16, 4), digits.substr(20));
}

}  // namespace aludel::detail
