#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aludel::detail {

// Python's repr of the objects that stand for the counts of `Value`, also beyond the years that Python has.

[[nodiscard]] std::string python_date(std::int64_t days);
[[nodiscard]] std::string python_time(std::int64_t microseconds);
[[nodiscard]] std::string python_datetime(std::int64_t microseconds, std::string_view suffix);
[[nodiscard]] std::string python_timedelta(std::int64_t microseconds);
[[nodiscard]] std::string python_uuid(std::string_view raw);

}  // namespace aludel::detail
