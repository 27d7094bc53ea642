#include "aludel/types/date_time.hpp"

#include <fmt/format.h>

#include <cmath>

#include "aludel/base/error.hpp"
#include "aludel/types/storage_format.hpp"
#include "types/calendar.hpp"
#include "types/python_text.hpp"

namespace aludel {

Time::Time(std::chrono::microseconds since_midnight) : since_midnight_(since_midnight) {
    if (since_midnight.count() < 0 || since_midnight.count() >= detail::microseconds_per_day)
        throw DataError(fmt::format("{} microseconds since midnight are no time of day.", since_midnight.count()),
                        "valrange");
}

void Time::throw_no_time(int hour, int minute, int second, int microsecond) {
    throw DataError(fmt::format("Time({}, {}, {}, {}) is no time of day: 00:00:00 to 23:59:59.999999.", hour, minute,
                                second, microsecond),
                    "valrange");
}

std::string Time::to_string() const { return format_time(since_midnight_.count()); }

namespace detail {

namespace {

__extension__ using Wide = __int128;

constexpr Wide greatest_count = std::numeric_limits<std::int64_t>::max();
constexpr Wide least_count = std::numeric_limits<std::int64_t>::min();

/// A cell that has the count already, or text that `parse` reads.
template <class Parse>
std::int64_t decode_count(const Cell& cell, const DecodeContext& context, ValueKind kind, Parse parse,
                          std::string_view wanted) {
    if (cell.kind == kind) return cell.integer;
    if (cell.kind != ValueKind::text) throw_wrong_kind(cell, context, wanted);
    if (const auto count = parse(cell.text())) return *count;
    throw_bad_text(cell, context, wanted);
}

void check_count(const Cell& cell, const DecodeContext& context, std::int64_t count, std::int64_t least,
                 std::int64_t greatest, std::string_view wanted) {
    if (count < least || count > greatest) throw_out_of_range(cell, context, wanted);
}

}  // namespace

std::int64_t to_microseconds(std::int64_t count, std::intmax_t numerator, std::intmax_t denominator) {
    const Wide product = static_cast<Wide>(count) * numerator;
    if (product % denominator != 0)
        throw_not_encodable(fmt::format("A duration of {} * {}/{} microseconds", count, numerator, denominator),
                            "a database: it keeps whole microseconds. Round it, for example by std::chrono::floor");
    const Wide result = product / denominator;
    if (result > greatest_count || result < least_count)
        throw_not_encodable(fmt::format("A duration of {} * {}/{} microseconds", count, numerator, denominator),
                            "64 bits of microseconds");
    return static_cast<std::int64_t>(result);
}

std::int64_t to_microseconds(double seconds) {
    const double exact = seconds * 1e6;
    const double rounded = std::nearbyint(exact);
    if (!std::isfinite(exact) || std::fabs(exact) > 9e15 || std::fabs(exact - rounded) > 1e-3)
        throw_not_encodable("A duration of " + python_float(seconds) + " seconds",
                            "a database: it keeps whole microseconds. Round it, for example by std::chrono::floor");
    return static_cast<std::int64_t>(rounded);
}

std::int64_t from_microseconds(std::int64_t microseconds, std::intmax_t numerator, std::intmax_t denominator,
                               const DecodeContext& context) {
    const Wide product = static_cast<Wide>(microseconds) * denominator;
    const Wide result = product / numerator;
    if (product % numerator != 0 || result > greatest_count || result < least_count)
        throw_out_of_range(Cell::from_integer(microseconds, ValueKind::interval), context,
                           "the unit of its C++ type exactly (read it as microseconds)");
    return static_cast<std::int64_t>(result);
}

void check_unit_range(std::int64_t count, std::int64_t least, std::int64_t greatest, const DecodeContext& context) {
    if (count < least || count > greatest)
        throw_out_of_range(Cell::from_integer(count), context, "the counter of its C++ type");
}

Value encode_date(int year, unsigned month, unsigned day, bool ok) {
    if (!ok || year < 1 || year > 9999)
        throw_not_encodable(fmt::format("{:04}-{:02}-{:02}", year, month, day),
                            "a date (a day of the calendar, years 0001 to 9999)");
    const std::chrono::sys_days days = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return Value::date(days.time_since_epoch().count());
}

namespace {

void check_years(std::int64_t microseconds) {
    if (microseconds < least_datetime || microseconds > greatest_datetime)
        throw_not_encodable(fmt::format("A date-time {} microseconds from 1970-01-01", microseconds),
                            "a database (years 0001 to 9999)");
}

}  // namespace

Value encode_datetime(std::int64_t microseconds) {
    check_years(microseconds);
    return Value::datetime(microseconds);
}

Value encode_timestamp(std::int64_t microseconds) {
    check_years(microseconds);
    return Value::timestamp(microseconds);
}

std::int64_t decode_date(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "a date (YYYY-MM-DD, years 0001 to 9999)";
    const std::int64_t days = decode_count(cell, context, ValueKind::date, try_parse_date, wanted);
    check_count(cell, context, days, least_date, greatest_date, wanted);
    return days;
}

std::int64_t decode_time(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "a time of day (HH:MM:SS.ffffff)";
    const std::int64_t count = decode_count(cell, context, ValueKind::time, try_parse_time, wanted);
    check_count(cell, context, count, 0, microseconds_per_day - 1, wanted);
    return count;
}

std::int64_t decode_datetime(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "a date-time without time zone (YYYY-MM-DD HH:MM:SS.ffffff)";
    // A column that says nothing of zones is naive, also where the database counts it in UTC.
    const SqlType* type = context.type != nullptr ? context.type(context) : nullptr;
    const bool is_naive = cell.kind == ValueKind::timestamp && type != nullptr && !type->timezone;
    const std::int64_t count =
        is_naive ? cell.integer : decode_count(cell, context, ValueKind::datetime, try_parse_datetime, wanted);
    check_count(cell, context, count, least_datetime, greatest_datetime, wanted);
    return count;
}

std::int64_t decode_timestamp(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "an instant (YYYY-MM-DD HH:MM:SS.ffffff, UTC)";
    // An instant in a column without zone is kept as UTC.
    const bool is_utc = cell.kind == ValueKind::datetime;
    const std::int64_t count =
        is_utc ? cell.integer : decode_count(cell, context, ValueKind::timestamp, try_parse_timestamp, wanted);
    check_count(cell, context, count, least_datetime, greatest_datetime, wanted);
    return count;
}

std::int64_t decode_interval(const Cell& cell, const DecodeContext& context) {
    // A database without intervals keeps how far it is from 1970-01-01, as the text says it; a clock counts from 0.
    if (cell.kind == ValueKind::datetime || cell.kind == ValueKind::time) return cell.integer;
    return decode_count(cell, context, ValueKind::interval, try_parse_datetime,
                        "an interval (the date-time that lies so far from 1970-01-01)");
}

}  // namespace detail

}  // namespace aludel
