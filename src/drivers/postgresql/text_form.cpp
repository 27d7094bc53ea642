#include "drivers/postgresql/text_form.hpp"

#include <charconv>
#include <cstring>

namespace aludel::driver::postgresql {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

// The Gregorian calendar, forwards and backwards without end: eras of 400 years that begin in March.
struct CivilDate {
    std::int64_t year;  // 0 is 1 BC
    int month;
    int day;
};

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) noexcept {
    return value / by - (value % by < 0 ? 1 : 0);
}

constexpr CivilDate civil_of(std::int64_t days) noexcept {
    days += 719'468;
    const std::int64_t era = floor_divide(days, 146'097);
    const auto day_of_era = static_cast<int>(days - era * 146'097);
    const int year = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    const int month = (5 * day_of_year + 2) / 153;
    const int civil_month = month < 10 ? month + 3 : month - 9;
    return {year + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month, day_of_year - (153 * month + 2) / 5 + 1};
}

constexpr std::int64_t days_of(CivilDate date) noexcept {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(year, 400);
    const auto year_of_era = year - era * 400;
    const int day_of_year = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
    return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

char* put(char* to, std::string_view text) noexcept {
    std::memcpy(to, text.data(), text.size());
    return to + text.size();
}

char* put_number(char* to, std::int64_t number, int digits) noexcept {
    char text[24];
    const char* end = std::to_chars(text, text + sizeof text, number).ptr;
    for (auto length = end - text; length < digits; ++length) *to++ = '0';
    return put(to, {text, static_cast<std::size_t>(end - text)});
}

char* put_date(char* to, CivilDate date) noexcept {
    to = put_number(to, date.year > 0 ? date.year : 1 - date.year, 4);
    to = put_number(put(to, "-"), date.month, 2);
    return put_number(put(to, "-"), date.day, 2);
}

// Hours may be more than 24 here.
char* put_clock(char* to, std::uint64_t microseconds) noexcept {
    const auto seconds = static_cast<std::int64_t>(microseconds / second);
    to = put_number(to, seconds / 3600, 2);
    to = put_number(put(to, ":"), seconds / 60 % 60, 2);
    to = put_number(put(to, ":"), seconds % 60, 2);
    auto fraction = static_cast<std::int64_t>(microseconds % second);
    if (fraction == 0) return to;
    to = put_number(put(to, "."), fraction, 6);
    while (to[-1] == '0') --to;
    return to;
}

/// What is left to read of a text. Every member takes what it finds off the front.
class Reader {
  public:
    explicit Reader(std::string_view text) noexcept : text_(text) {}

    bool at_end() const noexcept { return text_.empty(); }
    bool take(char c) noexcept {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word) noexcept {
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    /// Digits only; negative: there are fewer than `least`, or too many to count.
    std::int64_t number(std::size_t least) noexcept {
        std::uint64_t value = 0;
        const auto read = std::from_chars(text_.data(), text_.data() + text_.size(), value);
        const auto digits = static_cast<std::size_t>(read.ptr - text_.data());
        if (read.ec != std::errc{} || digits < least || value > INT64_MAX) return -1;
        text_.remove_prefix(digits);
        return static_cast<std::int64_t>(value);
    }
    /// The digits behind a point as microseconds; negative: none, or more than six.
    std::int64_t fraction() noexcept {
        const std::size_t before = text_.size();
        std::int64_t value = number(1);
        const std::size_t digits = before - text_.size();
        if (value < 0 || digits > 6) return -1;
        for (std::size_t i = digits; i < 6; ++i) value *= 10;
        return value;
    }

  private:
    std::string_view text_;
};

bool read_date(Reader& reader, CivilDate& date) noexcept {
    date.year = reader.number(4);
    if (date.year < 1 || date.year > 10'000'000 || !reader.take('-')) return false;
    date.month = static_cast<int>(reader.number(2));
    if (date.month < 1 || date.month > 12 || !reader.take('-')) return false;
    date.day = static_cast<int>(reader.number(2));
    return date.day >= 1 && date.day <= 31;
}

// "03:04:05.6" as microseconds; hours as many as there are.
bool read_clock(Reader& reader, std::int64_t& microseconds) noexcept {
    const std::int64_t hours = reader.number(2);
    if (hours < 0 || !reader.take(':')) return false;
    const std::int64_t minutes = reader.number(2);
    if (minutes < 0 || minutes > 59 || !reader.take(':')) return false;
    const std::int64_t seconds = reader.number(2);
    if (seconds < 0 || seconds > 59) return false;
    std::int64_t fraction = 0;
    if (reader.take('.')) fraction = reader.fraction();
    if (fraction < 0) return false;
    std::int64_t total = 0;
    if (__builtin_mul_overflow(hours, 3600 * second, &total)) return false;
    return !__builtin_add_overflow(total, (minutes * 60 + seconds) * second + fraction, &microseconds);
}

// "+02", "-05:30", "+01:23:45" as microseconds east of Greenwich.
bool read_zone(Reader& reader, std::int64_t& offset) noexcept {
    const bool west = reader.take('-');
    if (!west && !reader.take('+')) return true;
    std::int64_t seconds = 0;
    for (std::int64_t unit = 3600; unit > 0; unit /= 60) {
        const std::int64_t part = reader.number(2);
        if (part < 0) return false;
        seconds += part * unit;
        if (!reader.take(':')) break;
    }
    offset = (west ? -seconds : seconds) * second;
    return true;
}

}  // namespace

char* write_date(char* to, std::int64_t days) noexcept {
    const CivilDate date = civil_of(days);
    to = put_date(to, date);
    return date.year > 0 ? to : put(to, " BC");
}

char* write_time(char* to, std::int64_t microseconds) noexcept {
    return put_clock(to, static_cast<std::uint64_t>(microseconds));
}

char* write_timestamp(char* to, std::int64_t microseconds, std::string_view zone) noexcept {
    const std::int64_t days = floor_divide(microseconds, day);
    const CivilDate date = civil_of(days);
    to = put(put_date(to, date), " ");
    // The remainder by itself: days * day may lie below the least number.
    const std::int64_t rest = microseconds % day;
    to = put(put_clock(to, static_cast<std::uint64_t>(rest < 0 ? rest + day : rest)), zone);
    return date.year > 0 ? to : put(to, " BC");
}

char* write_interval(char* to, std::int32_t months, std::int32_t days, std::int64_t microseconds) noexcept {
    bool first = true;
    const auto part = [&](std::int32_t count, std::string_view unit) {
        if (count == 0) return;
        to = put_number(first ? to : put(to, " "), count, 1);
        to = put(put(to, unit), count == 1 ? "" : "s");
        first = false;
    };
    part(months / 12, " year");
    part(months % 12, " mon");
    part(days, " day");
    if (microseconds == 0 && !first) return to;
    if (!first) to = put(to, " ");
    if (microseconds < 0) to = put(to, "-");
    const auto bits = static_cast<std::uint64_t>(microseconds);
    return put_clock(to, microseconds < 0 ? 0 - bits : bits);
}

std::optional<std::int64_t> read_date(std::string_view text) noexcept {
    Reader reader{text};
    CivilDate date{};
    if (!read_date(reader, date)) return std::nullopt;
    if (reader.take(" BC")) date.year = 1 - date.year;
    if (!reader.at_end()) return std::nullopt;
    return days_of(date);
}

std::optional<std::int64_t> read_time(std::string_view text) noexcept {
    Reader reader{text};
    std::int64_t count = 0;
    if (!read_clock(reader, count) || !reader.at_end()) return std::nullopt;
    return count;
}

std::optional<std::int64_t> read_timestamp(std::string_view text) noexcept {
    Reader reader{text};
    CivilDate date{};
    std::int64_t clock = 0;
    std::int64_t offset = 0;
    if (!read_date(reader, date) || !reader.take(' ') || !read_clock(reader, clock) || !read_zone(reader, offset))
        return std::nullopt;
    if (reader.take(" BC")) date.year = 1 - date.year;
    std::int64_t count = 0;
    if (!reader.at_end() || __builtin_mul_overflow(days_of(date), day, &count) ||
        __builtin_add_overflow(count, clock - offset, &count))
        return std::nullopt;
    return count;
}

// "3 days -04:05:06", "-1 days +02:00:00", "04:05:06". A day has 24 hours, as everywhere outside of a calendar.
std::optional<std::int64_t> read_interval(std::string_view text) noexcept {
    Reader reader{text};
    std::int64_t days = 0;
    if (text.find(" day") != std::string_view::npos) {
        const bool negative = reader.take('-');
        days = reader.number(1);
        if (days < 0 || !reader.take(" day")) return std::nullopt;
        reader.take('s');
        if (negative) days = -days;
        if (!reader.at_end() && !reader.take(' ')) return std::nullopt;
    }
    std::int64_t clock = 0;
    if (!reader.at_end() || days == 0) {
        const bool negative = reader.take('-');
        if (!negative) reader.take('+');
        if (!read_clock(reader, clock) || !reader.at_end()) return std::nullopt;
        if (negative) clock = -clock;
    }
    std::int64_t count = 0;
    if (__builtin_mul_overflow(days, day, &count) || __builtin_add_overflow(count, clock, &count)) return std::nullopt;
    return count;
}

}  // namespace aludel::driver::postgresql
