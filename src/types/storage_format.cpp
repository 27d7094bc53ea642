#include "aludel/types/storage_format.hpp"

#include <fmt/format.h>

#include <chrono>

#include "aludel/base/error.hpp"
#include "types/calendar.hpp"
#include "types/python_text.hpp"

namespace aludel {

namespace {

using detail::microseconds_per_day;
using detail::microseconds_per_second;

constexpr std::int64_t microseconds_per_minute = 60 * microseconds_per_second;

[[noreturn]] void throw_no_year(std::string_view what, std::int64_t count, std::string_view unit) {
    throw DataError(
        fmt::format("A {} that lies {} {} from 1970-01-01 has no text: years are 0001 to 9999.", what, count, unit),
        "valrange");
}

/// Reads from the front of a text; once something is missing, `failed` stays set.
class Reader {
  public:
    explicit Reader(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

    int fail() noexcept {
        failed_ = true;
        return 0;
    }
    void expect(char c) noexcept {
        if (!take(c)) fail();
    }
    bool take(char c) noexcept {
        if (peek() != c || rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Exactly this many digits, of a number within the limits.
    int number(std::size_t digits, int least, int greatest) noexcept {
        if (rest_.size() < digits) return fail();
        int value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (c < '0' || c > '9') return fail();
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value < least || value > greatest ? fail() : value;
    }
    /// 1 to 6 digits after the point; more only when they are zero.
    int fraction() noexcept {
        int value = 0;
        int digits = 0;
        for (; !rest_.empty() && peek() >= '0' && peek() <= '9'; rest_.remove_prefix(1), ++digits) {
            if (digits < 6)
                value = value * 10 + (peek() - '0');
            else if (peek() != '0')
                return fail();
        }
        if (digits == 0) return fail();
        for (; digits < 6; ++digits) value *= 10;
        return value;
    }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

std::int64_t read_date(Reader& in) noexcept {
    const int year = in.number(4, 1, 9999);
    in.expect('-');
    const int month = in.number(2, 1, 12);
    in.expect('-');
    const int day = in.number(2, 1, 31);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (in.failed()) return 0;
    if (!date.ok()) return in.fail();  // a day that this month does not have
    return std::chrono::sys_days(date).time_since_epoch().count();
}

std::int64_t read_time(Reader& in) noexcept {
    const int hour = in.number(2, 0, 23);
    in.expect(':');
    const int minute = in.number(2, 0, 59);
    in.expect(':');
    const int second = in.number(2, 0, 59);
    const int fraction = in.take('.') ? in.fraction() : 0;
    return ((hour * 60 + minute) * 60 + second) * microseconds_per_second + fraction;
}

std::int64_t read_datetime(Reader& in) noexcept {
    const std::int64_t days = read_date(in);
    if (!in.take('T')) in.expect(' ');
    return days * microseconds_per_day + read_time(in);
}

/// `Z`, `+02:00`, `+0200`, `+02`, or nothing.
std::int64_t read_offset(Reader& in) noexcept {
    if (in.at_end() || in.take('Z')) return 0;
    const bool negative = in.take('-');
    if (!negative) in.expect('+');
    const int hours = in.number(2, 0, 23);
    in.take(':');
    const int minutes = in.at_end() ? 0 : in.number(2, 0, 59);
    const std::int64_t offset = std::int64_t{60} * hours + minutes;
    return (negative ? -offset : offset) * microseconds_per_minute;
}

/// A number with its sign and any count of digits.
std::int64_t read_count(Reader& in) noexcept {
    const bool negative = in.take('-');
    if (!negative) (void)in.take('+');
    std::int64_t value = 0;
    int digits = 0;
    for (; in.peek() >= '0' && in.peek() <= '9'; ++digits) {
        if (digits == 12) return in.fail();
        value = value * 10 + in.number(1, 0, 9);
    }
    if (digits == 0) return in.fail();
    return negative ? -value : value;
}

/// `1 day`, `-2 days`, `03:04:05.000006`, in this order, each at most once: what databases print for an interval.
std::int64_t read_interval(Reader& in) noexcept {
    const bool negative = in.peek() == '-';
    std::int64_t count = read_count(in);
    std::int64_t microseconds = 0;
    bool clock_negative = negative;
    if (in.take(' ')) {
        for (const char c : {'d', 'a', 'y'}) in.expect(c);
        (void)in.take('s');
        microseconds = count * microseconds_per_day;
        if (in.at_end()) return microseconds;
        in.expect(' ');
        clock_negative = in.peek() == '-';
        count = read_count(in);
    }
    in.expect(':');
    std::int64_t clock = (clock_negative ? -count : count) * 60 + in.number(2, 0, 59);
    in.expect(':');
    clock = (clock * 60 + in.number(2, 0, 59)) * microseconds_per_second;
    if (in.take('.')) clock += in.fraction();
    return microseconds + (clock_negative ? -clock : clock);
}

template <class Read>
std::optional<std::int64_t> read_all(std::string_view text, Read read) noexcept {
    Reader in(text);
    const std::int64_t value = read(in);
    if (in.failed() || !in.at_end()) return std::nullopt;
    return value;
}

std::string date_text(std::int64_t days) {
    const auto date = detail::civil_date(days);
    return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

std::string datetime_text(std::int64_t microseconds) {
    const detail::SplitDay day = detail::split_day(microseconds);
    return date_text(day.days) + " " + format_time(day.rest);
}

}  // namespace

std::string format_date(std::int64_t days) {
    if (days < detail::least_date || days > detail::greatest_date) throw_no_year("date", days, "days");
    return date_text(days);
}

std::string format_time(std::int64_t microseconds) {
    if (microseconds < 0 || microseconds >= microseconds_per_day)
        throw DataError(fmt::format("{} microseconds since midnight are no time of day.", microseconds), "valrange");
    const detail::ClockTime time = detail::clock_time(microseconds);
    return fmt::format("{:02}:{:02}:{:02}.{:06}", time.hour, time.minute, time.second, time.microsecond);
}

std::string format_datetime(std::int64_t microseconds) {
    if (microseconds < least_datetime || microseconds > greatest_datetime)
        throw_no_year("date-time", microseconds, "microseconds");
    return datetime_text(microseconds);
}

std::string format_interval(std::int64_t microseconds) {
    if (microseconds < least_datetime || microseconds > greatest_datetime)
        throw DataError(fmt::format("An interval of {} microseconds does not fit: this database keeps intervals as the "
                                    "date-time that lies so far from 1970-01-01, and years are 0001 to 9999.",
                                    microseconds),
                        "valrange");
    return datetime_text(microseconds);
}

std::string format_uuid_hex(std::string_view raw) {
    std::string hex;
    hex.reserve(raw.size() * 2);
    for (const char byte : raw) detail::append_hex(hex, static_cast<unsigned char>(byte), 2);
    return hex;
}

std::optional<std::int64_t> try_parse_date(std::string_view text) noexcept { return read_all(text, read_date); }
std::optional<std::int64_t> try_parse_time(std::string_view text) noexcept { return read_all(text, read_time); }
std::optional<std::int64_t> try_parse_datetime(std::string_view text) noexcept { return read_all(text, read_datetime); }

std::optional<std::int64_t> try_parse_interval(std::string_view text) noexcept { return read_all(text, read_interval); }

std::optional<std::int64_t> try_parse_timestamp(std::string_view text) noexcept {
    const auto value = read_all(text, [](Reader& in) noexcept {
        const std::int64_t local = read_datetime(in);
        return local - read_offset(in);
    });
    if (value && (*value < least_datetime || *value > greatest_datetime)) return std::nullopt;
    return value;
}

}  // namespace aludel
