#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aludel {

// The text in which a database without such types keeps dates, times and UUIDs: SQLAlchemy's storage formats of SQLite.
// Dates are days since 1970-01-01, the rest microseconds; see `ValueKind`. Years are 1 to 9999.

/// "2020-01-02". DataError outside of the years 1 to 9999, as for the other three.
[[nodiscard]] std::string format_date(std::int64_t days);
/// "03:04:05.000006"
[[nodiscard]] std::string format_time(std::int64_t microseconds);
/// "2020-01-02 03:04:05.000006"; UTC for an instant.
[[nodiscard]] std::string format_datetime(std::int64_t microseconds);
/// The date-time that lies this far from 1970-01-01: "1970-01-02 00:00:00.000000" is one day.
[[nodiscard]] std::string format_interval(std::int64_t microseconds);
/// 32 hexadecimal digits of 16 raw bytes.
[[nodiscard]] std::string format_uuid_hex(std::string_view raw);

// Reading is strict: the formats above, where the fraction has 0 to 6 digits or may be missing (as CURRENT_TIMESTAMP
// writes it) and `T` may stand for the space. Null for everything else, also for a day that the calendar does not have.

[[nodiscard]] std::optional<std::int64_t> try_parse_date(std::string_view text) noexcept;
[[nodiscard]] std::optional<std::int64_t> try_parse_time(std::string_view text) noexcept;
[[nodiscard]] std::optional<std::int64_t> try_parse_datetime(std::string_view text) noexcept;
/// As `try_parse_datetime`; `Z` or an offset such as `+02:00` may follow and is brought to UTC.
[[nodiscard]] std::optional<std::int64_t> try_parse_timestamp(std::string_view text) noexcept;

/// `1 day 02:03:04.000006`, with signs, the days or the clock alone. Months and years have no fixed length: null.
[[nodiscard]] std::optional<std::int64_t> try_parse_interval(std::string_view text) noexcept;

/// The first and the last microsecond that a date-time can name.
inline constexpr std::int64_t least_datetime = -62135596800'000'000;
inline constexpr std::int64_t greatest_datetime = 253402300799'999'999;

}  // namespace aludel
