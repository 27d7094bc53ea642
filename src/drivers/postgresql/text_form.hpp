#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace aludel::driver::postgresql {

// Values in PostgreSQL's text form, with years before 1 and after 9999. Counts are those of `ValueKind`.

/// Room that every `write_…` of this header may take.
inline constexpr std::size_t text_room = 96;

/// Each writes behind `to` and returns the end. "2020-01-02", "0044-03-15 BC".
char* write_date(char* to, std::int64_t days) noexcept;
/// "03:04:05", "03:04:05.000006"
char* write_time(char* to, std::int64_t microseconds) noexcept;
/// "2020-01-02 03:04:05", "0044-03-15 12:00:00 BC"; `zone` is put behind the time.
char* write_timestamp(char* to, std::int64_t microseconds, std::string_view zone) noexcept;
/// "1 year 2 mons 3 days -04:05:06.7", as the style `postgres` has it.
char* write_interval(char* to, std::int32_t months, std::int32_t days, std::int64_t microseconds) noexcept;

// Null for what is no such value, or none that the count can hold: infinity, a month in an interval.

std::optional<std::int64_t> read_date(std::string_view text) noexcept;
std::optional<std::int64_t> read_time(std::string_view text) noexcept;
/// Without a zone, or in UTC for text that has one.
std::optional<std::int64_t> read_timestamp(std::string_view text) noexcept;
std::optional<std::int64_t> read_interval(std::string_view text) noexcept;

}  // namespace aludel::driver::postgresql
