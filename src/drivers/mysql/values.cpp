#include "drivers/mysql/values.hpp"

#include <aludel/types/storage_format.hpp>
#include <aludel/types/utf8.hpp>

#include "drivers/mysql/failure.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>

namespace aludel::driver::mysql {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;
constexpr std::int64_t greatest_time = std::int64_t{839} * 3600 * second - 1;  // 838:59:59.999999
constexpr unsigned binary_charset = 63;

[[noreturn]] void fail(std::size_t number, const Cell& value, std::string_view why, int code = codes::wrong_value) {
    throw failure_of(code, "22007",
                     fmt::format("parameter {} is {}: {}", number, value.to_value().repr_shortened(80), why));
}

void set_clock(std::int64_t microseconds, MYSQL_TIME& time) {
    time.hour = static_cast<unsigned>(microseconds / (3600 * second));
    time.minute = static_cast<unsigned>(microseconds / (60 * second) % 60);
    time.second = static_cast<unsigned>(microseconds / second % 60);
    time.second_part = static_cast<unsigned long>(microseconds % second);
}

void bind_days(std::int64_t days, const Cell& value, MYSQL_TIME& time, std::size_t number) {
    constexpr std::int64_t least = -719'162, greatest = 2'932'896;  // 0001-01-01, 9999-12-31
    if (days < least || days > greatest) fail(number, value, "the database has the years 1 to 9999");
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days{static_cast<std::chrono::days::rep>(days)}}};
    time.year = static_cast<unsigned>(static_cast<int>(date.year()));
    time.month = static_cast<unsigned>(date.month());
    time.day = static_cast<unsigned>(date.day());
}

void bind_datetime(const Cell& value, MYSQL_TIME& time, std::size_t number) {
    std::int64_t days = value.integer / day;
    std::int64_t rest = value.integer % day;
    if (rest < 0) {
        rest += day;
        --days;
    }
    bind_days(days, value, time, number);
    set_clock(rest, time);
    time.time_type = MYSQL_TIMESTAMP_DATETIME;
}

void bind_time(const Cell& value, MYSQL_TIME& time, std::size_t number) {
    std::int64_t count = value.integer;
    if (count < -greatest_time || count > greatest_time)
        fail(number, value, "a TIME is between -838:59:59 and 838:59:59");
    time.neg = count < 0;
    if (count < 0) count = -count;
    time.day = static_cast<unsigned>(count / day);
    set_clock(count % day, time);
    time.time_type = MYSQL_TIMESTAMP_TIME;
}

std::uint64_t little_endian(const unsigned char* at, int bytes) noexcept {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little)
        std::memcpy(&value, at, static_cast<std::size_t>(bytes));
    else
        for (int i = 0; i < bytes; ++i) value |= static_cast<std::uint64_t>(at[i]) << (8 * i);
    return value;
}

std::uint64_t read_length(unsigned char*& at) noexcept {
    const unsigned first = *at++;
    if (first < 251) return first;
    const int bytes = first == 252 ? 2 : first == 253 ? 3 : 8;
    const std::uint64_t length = little_endian(at, bytes);
    at += bytes;
    return length;
}

Cell integer_cell(std::uint64_t bits, int bytes, bool is_unsigned) noexcept {
    if (is_unsigned)
        return Cell::from_integer(static_cast<std::int64_t>(bits),
                                  bits >> 63 ? ValueKind::unsigned_integer : ValueKind::integer);
    const int unused = 64 - 8 * bytes;
    return Cell::from_integer(static_cast<std::int64_t>(bits << unused) >> unused);
}

std::int64_t clock_of(const unsigned char* at, bool has_fraction) noexcept {
    const std::int64_t seconds = at[0] * 3600 + at[1] * 60 + at[2];
    return seconds * second + (has_fraction ? static_cast<std::int64_t>(little_endian(at + 3, 4)) : 0);
}

Cell impossible_date(Column& column, int year, const unsigned char* rest, std::uint64_t length) noexcept {
    const auto part = [&](std::size_t index) { return index < length ? static_cast<int>(rest[index]) : 0; };
    auto* end = fmt::format_to(column.shown, "{:04}-{:02}-{:02}", year % 10'000, part(2) % 100, part(3) % 100);
    if (column.shape == Column::Shape::datetime)
        end = fmt::format_to(end, " {:02}:{:02}:{:02}", part(4) % 100, part(5) % 100, part(6) % 100);
    return Cell::from_text({column.shown, static_cast<std::size_t>(end - column.shown)});
}

Cell date_cell(Column& column, const unsigned char* at, std::uint64_t length) noexcept {
    const int year = length < 4 ? 0 : static_cast<int>(little_endian(at, 2));
    if (length < 4) return impossible_date(column, year, at, 0);
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{at[2]}, std::chrono::day{at[3]}};
    if (!date.ok()) return impossible_date(column, year, at, length);
    std::int64_t count = std::chrono::sys_days{date}.time_since_epoch().count();
    if (column.shape == Column::Shape::datetime) {
        count *= day;
        if (length >= 7) count += clock_of(at + 4, length >= 11);
    }
    return Cell::from_integer(count, column.kind);
}

Cell time_cell(const unsigned char* at, std::uint64_t length) noexcept {
    std::int64_t count = 0;
    if (length >= 8) {
        count = static_cast<std::int64_t>(little_endian(at + 1, 4)) * day + clock_of(at + 5, length >= 12);
        if (at[0] != 0) count = -count;
    }
    return Cell::from_integer(count, count >= 0 && count < day ? ValueKind::time : ValueKind::interval);
}

std::uint64_t big_endian(std::string_view bytes) noexcept {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

Column text_column(const MYSQL_FIELD& field) noexcept {
    return {Column::Shape::text, false, field.charsetnr == binary_charset ? ValueKind::bytes : ValueKind::text};
}

template <class Number>
bool parse(std::string_view text, Number& number) noexcept {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

Cell counted(std::optional<std::int64_t> count, ValueKind kind, std::string_view text) noexcept {
    return count ? Cell::from_integer(*count, kind) : Cell::from_text(text);
}

void read_integer_text(const Column& column, std::string_view text, Cell& cell) noexcept {
    std::int64_t value = 0;
    std::uint64_t wide = 0;
    if (column.is_unsigned && parse(text, wide))
        cell = integer_cell(wide, 8, true);
    else if (parse(text, value))
        cell = Cell::from_integer(value);
    else
        cell = Cell::from_text(text);
}

}  // namespace

// Table: what each kind of value is for the client.
void bind(const Cell& value, Parameter& parameter, MYSQL_BIND& description, std::size_t number) {
    description = MYSQL_BIND{};
    const auto set = [&](enum_field_types type, void* buffer) {
        description.buffer_type = type;
        description.buffer = buffer;
    };
    const auto set_text = [&](enum_field_types type) {
        const std::string_view text = value.text();
        parameter.length = text.size();
        description.length = &parameter.length;
        description.buffer_length = text.size();
        set(type, const_cast<char*>(text.data()));
    };
    const auto set_time = [&](enum_field_types type) { set(type, &parameter.time); };
    switch (value.kind) {
        case ValueKind::null: set(MYSQL_TYPE_NULL, nullptr); break;
        case ValueKind::boolean:
        case ValueKind::integer:
            parameter.integer = value.integer;
            set(MYSQL_TYPE_LONGLONG, &parameter.integer);
            break;
        case ValueKind::unsigned_integer:
            parameter.integer = value.integer;
            set(MYSQL_TYPE_LONGLONG, &parameter.integer);
            description.is_unsigned = 1;
            break;
        case ValueKind::real:
            parameter.real = value.real;
            set(MYSQL_TYPE_DOUBLE, &parameter.real);
            break;
        case ValueKind::text:
        case ValueKind::json:
            // The server would put question marks in their place, at best with a warning.
            if (!is_utf8(value.text())) fail(number, value, "a text has to be UTF-8", codes::wrong_text);
            set_text(MYSQL_TYPE_STRING);
            break;
        case ValueKind::decimal: set_text(MYSQL_TYPE_NEWDECIMAL); break;
        case ValueKind::bytes:
        case ValueKind::uuid: set_text(MYSQL_TYPE_BLOB); break;
        case ValueKind::date:
            parameter.time = {};
            bind_days(value.integer, value, parameter.time, number);
            set_time(MYSQL_TYPE_DATE);
            break;
        case ValueKind::datetime:
        case ValueKind::timestamp:
            parameter.time = {};
            bind_datetime(value, parameter.time, number);
            set_time(MYSQL_TYPE_DATETIME);
            break;
        case ValueKind::time:
        case ValueKind::interval:
            parameter.time = {};
            bind_time(value, parameter.time, number);
            set_time(MYSQL_TYPE_TIME);
            break;
    }
}

// Table: the column types of the protocol.
Column column_of(const MYSQL_FIELD& field) noexcept {
    using Shape = Column::Shape;
    const bool is_unsigned = (field.flags & UNSIGNED_FLAG) != 0;
    switch (field.type) {
        case MYSQL_TYPE_TINY: return {Shape::integer8, is_unsigned, ValueKind::integer};
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_YEAR: return {Shape::integer16, is_unsigned, ValueKind::integer};
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG: return {Shape::integer32, is_unsigned, ValueKind::integer};
        case MYSQL_TYPE_LONGLONG: return {Shape::integer64, is_unsigned, ValueKind::integer};
        case MYSQL_TYPE_FLOAT: return {Shape::real32, false, ValueKind::real};
        case MYSQL_TYPE_DOUBLE: return {Shape::real64, false, ValueKind::real};
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL: return {Shape::text, false, ValueKind::decimal};
        case MYSQL_TYPE_BIT: return {Shape::bits, true, ValueKind::integer};
        case MYSQL_TYPE_DATE:
        case MYSQL_TYPE_NEWDATE: return {Shape::date, false, ValueKind::date};
        case MYSQL_TYPE_DATETIME: return {Shape::datetime, false, ValueKind::datetime};
        case MYSQL_TYPE_TIMESTAMP: return {Shape::datetime, false, ValueKind::timestamp};
        case MYSQL_TYPE_TIME: return {Shape::time, false, ValueKind::time};
        case MYSQL_TYPE_JSON: return {Shape::text, false, ValueKind::json};
        default: return text_column(field);
    }
}

void read_any_binary(Column& column, unsigned char*& at, Cell& cell) noexcept {
    using Shape = Column::Shape;
    const auto number = [&](int bytes) {
        const std::uint64_t bits = little_endian(at, bytes);
        at += bytes;
        return bits;
    };
    const auto integer = [&](int bytes) { cell = integer_cell(number(bytes), bytes, column.is_unsigned); };
    switch (column.shape) {
        case Shape::integer8: return integer(1);
        case Shape::integer16: return integer(2);
        case Shape::integer32: return integer(4);
        case Shape::integer64: return integer(8);
        case Shape::real32: cell = Cell::from_real(std::bit_cast<float>(static_cast<std::uint32_t>(number(4)))); return;
        case Shape::real64: cell = Cell::from_real(std::bit_cast<double>(number(8))); return;
        default: break;
    }
    const std::uint64_t length = read_length(at);
    const unsigned char* start = at;
    const std::string_view text{reinterpret_cast<const char*>(start), length};
    at += length;
    switch (column.shape) {
        case Shape::date:
        case Shape::datetime: cell = date_cell(column, start, length); break;
        case Shape::time: cell = time_cell(start, length); break;
        case Shape::bits: cell = integer_cell(big_endian(text), 8, true); break;
        default: cell = Cell::from_text(text, column.kind); break;
    }
}

void read_text(const Column& column, std::string_view text, Cell& cell) noexcept {
    using Shape = Column::Shape;
    double real = 0;
    switch (column.shape) {
        case Shape::integer8:
        case Shape::integer16:
        case Shape::integer32:
        case Shape::integer64: return read_integer_text(column, text, cell);
        case Shape::real32:
        case Shape::real64: cell = parse(text, real) ? Cell::from_real(real) : Cell::from_text(text); break;
        case Shape::bits: cell = integer_cell(big_endian(text), 8, true); break;
        case Shape::date: cell = counted(try_parse_date(text), column.kind, text); break;
        case Shape::datetime: cell = counted(try_parse_datetime(text), column.kind, text); break;
        case Shape::time: cell = counted(try_parse_time(text), column.kind, text); break;
        case Shape::text: cell = Cell::from_text(text, column.kind); break;
    }
}

}  // namespace aludel::driver::mysql
