#include "drivers/postgresql/cells.hpp"

#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/numeric.hpp"
#include "drivers/postgresql/oid.hpp"
#include "drivers/postgresql/text_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

namespace aludel::driver::postgresql {

namespace {

using Limits64 = std::numeric_limits<std::int64_t>;
using Limits32 = std::numeric_limits<std::int32_t>;

[[noreturn]] void fail_length(std::string_view value) {
    throw failure_of("08P01",
                     fmt::format("the server sent a value of {} bytes, which its type does not have", value.size()));
}

template <class T>
T fixed(std::string_view value) {
    if (value.size() != sizeof(T)) fail_length(value);
    return read_wire<T>(value);
}

template <class T>
Cell integer_text(std::string_view value, ValueKind kind = ValueKind::integer) {
    T number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc{} || read.ptr != value.data() + value.size()) return Cell::from_text(value);
    return Cell::from_integer(static_cast<std::int64_t>(number), kind);
}

template <class T>
Cell real_text(std::string_view value) {
    T number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec == std::errc::result_out_of_range) return Cell::from_text(value);
    if (read.ec == std::errc{} && read.ptr == value.data() + value.size())
        return Cell::from_real(static_cast<double>(number));
    return Cell::from_text(value);
}

int nibble(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// "\x0aff"; the older form, with octal numbers, is what bytea_output = escape gives.
Cell bytea_text(std::string_view value, Scratch& scratch) {
    char* const start = scratch.take(value.size());
    char* to = start;
    if (value.starts_with("\\x")) {
        for (std::size_t i = 2; i + 1 < value.size(); i += 2)
            *to++ = static_cast<char>(nibble(value[i]) << 4 | nibble(value[i + 1]));
    } else {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] != '\\') {
                *to++ = value[i];
            } else if (i + 3 < value.size() && value[i + 1] != '\\') {
                *to++ = static_cast<char>((value[i + 1] - '0') << 6 | (value[i + 2] - '0') << 3 | (value[i + 3] - '0'));
                i += 3;
            } else {
                *to++ = value[++i];
            }
        }
    }
    return Cell::from_bytes({start, static_cast<std::size_t>(to - start)});
}

Cell uuid_text(std::string_view value, Scratch& scratch) {
    char* const raw = scratch.take(16);
    std::size_t digits = 0;
    for (const char c : value) {
        const int digit = nibble(c);
        if (digit < 0) continue;
        if (digits == 32) return Cell::from_text(value);
        char& byte = raw[digits / 2];
        byte = static_cast<char>(digits % 2 == 0 ? digit << 4 : byte | digit);
        ++digits;
    }
    if (digits != 32) return Cell::from_text(value);
    return Cell::from_text({raw, 16}, ValueKind::uuid);
}

Cell count_or_text(std::optional<std::int64_t> count, ValueKind kind, std::string_view value) {
    return count ? Cell::from_integer(*count, kind) : Cell::from_text(value);
}

// NaN and the infinities are no decimal numbers.
Cell numeric_cell(std::string_view value) {
    const bool is_number = !value.empty() && (nibble(value.back()) >= 0 && nibble(value.back()) < 10);
    return Cell::from_text(value, is_number ? ValueKind::decimal : ValueKind::text);
}

Cell written(Scratch& scratch, char* start, const char* end) {
    const auto size = static_cast<std::size_t>(end - start);
    scratch.give_back(text_room - size);
    return Cell::from_text({start, size});
}

Cell date_binary(std::string_view value) {
    const auto days = fixed<std::int32_t>(value);
    if (days == Limits32::max()) return Cell::from_text("infinity");
    if (days == Limits32::min()) return Cell::from_text("-infinity");
    return Cell::from_integer(days + epoch_days, ValueKind::date);
}

Cell timestamp_binary(std::string_view value, ValueKind kind, Scratch& scratch) {
    const auto since_2000 = fixed<std::int64_t>(value);
    if (since_2000 == Limits64::max()) return Cell::from_text("infinity");
    if (since_2000 == Limits64::min()) return Cell::from_text("-infinity");
    std::int64_t count = 0;
    if (!__builtin_add_overflow(since_2000, epoch_microseconds, &count)) return Cell::from_integer(count, kind);
    // The calendar repeats itself every 400 years, so that the text can be made from an earlier year.
    constexpr std::int64_t era_microseconds = 146'097LL * 86'400 * 1'000'000;
    char* const start = scratch.take(text_room);
    char* const end = write_timestamp(start, since_2000 - era_microseconds + epoch_microseconds,
                                      kind == ValueKind::timestamp ? "+00" : "");
    char* const dash = std::find(start, end, '-');
    std::int64_t year = 0;
    std::from_chars(start, dash, year);
    std::to_chars(start, dash, year + 400);
    return written(scratch, start, end);
}

Cell interval_binary(std::string_view value, Scratch& scratch) {
    if (value.size() != 16) fail_length(value);
    const auto microseconds = read_wire<std::int64_t>(value);
    const auto days = read_wire<std::int32_t>(value, 8);
    const auto months = read_wire<std::int32_t>(value, 12);
    constexpr std::int64_t day = 86'400LL * 1'000'000;
    std::int64_t count = 0;
    // A month has no length.
    if (months == 0 && !__builtin_add_overflow(days * day, microseconds, &count))
        return Cell::from_integer(count, ValueKind::interval);
    char* const start = scratch.take(text_room);
    return written(scratch, start, write_interval(start, months, days, microseconds));
}

Cell numeric_binary(std::string_view value, Scratch& scratch) {
    char* const start = scratch.take(numeric_text_room(value));
    return numeric_cell({start, static_cast<std::size_t>(write_numeric(start, value) - start)});
}

Cell jsonb_binary(std::string_view value) {
    if (value.empty() || value.front() != 1) fail_length(value);  // the version of the format
    return Cell::from_text(value.substr(1), ValueKind::json);
}

}  // namespace

// Table: types and how they are read.
Reading reading_of(unsigned type) noexcept {
    switch (type) {
        case oid::boolean: return Reading::boolean;
        case oid::int2: return Reading::int2;
        case oid::int4: return Reading::int4;
        case oid::int8: return Reading::int8;
        case oid::oid: return Reading::oid;
        case oid::float4: return Reading::float4;
        case oid::float8: return Reading::float8;
        case oid::bytea: return Reading::bytea;
        case oid::date: return Reading::date;
        case oid::time: return Reading::time;
        case oid::timestamp: return Reading::timestamp;
        case oid::timestamptz: return Reading::timestamptz;
        case oid::interval: return Reading::interval;
        case oid::numeric: return Reading::numeric;
        case oid::uuid: return Reading::uuid;
        case oid::json: return Reading::json;
        case oid::jsonb: return Reading::jsonb;
        case oid::character:
        case oid::name:
        case oid::text:
        case oid::unknown:
        case oid::bpchar:
        case oid::varchar:
        case oid::void_: return Reading::text;
        default: return Reading::opaque;
    }
}

// Table: a line for each reading.
Cell read_text_cell(Reading reading, std::string_view value, Scratch& scratch) {
    switch (reading) {
        case Reading::boolean: return Cell::from_boolean(value == "t");
        case Reading::int2:
        case Reading::int4:
        case Reading::int8: return integer_text<std::int64_t>(value);
        case Reading::oid: return integer_text<std::uint32_t>(value);
        case Reading::float4: return real_text<float>(value);
        case Reading::float8: return real_text<double>(value);
        case Reading::bytea: return bytea_text(value, scratch);
        case Reading::date: return count_or_text(read_date(value), ValueKind::date, value);
        case Reading::time: return count_or_text(read_time(value), ValueKind::time, value);
        case Reading::timestamp: return count_or_text(read_timestamp(value), ValueKind::datetime, value);
        case Reading::timestamptz: return count_or_text(read_timestamp(value), ValueKind::timestamp, value);
        case Reading::interval: return count_or_text(read_interval(value), ValueKind::interval, value);
        case Reading::numeric: return numeric_cell(value);
        case Reading::uuid: return uuid_text(value, scratch);
        case Reading::json:
        case Reading::jsonb: return Cell::from_text(value, ValueKind::json);
        case Reading::text:
        case Reading::opaque: break;
    }
    return Cell::from_text(value);
}

// Table: a line for each reading.
Cell read_any_binary_cell(Reading reading, std::string_view value, Scratch& scratch) {
    switch (reading) {
        case Reading::boolean: return Cell::from_boolean(fixed<std::int8_t>(value) != 0);
        case Reading::int2: return Cell::from_integer(fixed<std::int16_t>(value));
        case Reading::int4: return Cell::from_integer(fixed<std::int32_t>(value));
        case Reading::int8: return Cell::from_integer(fixed<std::int64_t>(value));
        case Reading::oid: return Cell::from_integer(fixed<std::uint32_t>(value));
        case Reading::float4:
            return Cell::from_real(static_cast<double>(std::bit_cast<float>(fixed<std::uint32_t>(value))));
        case Reading::float8: return Cell::from_real(std::bit_cast<double>(fixed<std::uint64_t>(value)));
        case Reading::bytea: return Cell::from_bytes(value);
        case Reading::date: return date_binary(value);
        case Reading::time: return Cell::from_integer(fixed<std::int64_t>(value), ValueKind::time);
        case Reading::timestamp: return timestamp_binary(value, ValueKind::datetime, scratch);
        case Reading::timestamptz: return timestamp_binary(value, ValueKind::timestamp, scratch);
        case Reading::interval: return interval_binary(value, scratch);
        case Reading::numeric: return numeric_binary(value, scratch);
        case Reading::uuid:
            if (value.size() != 16) fail_length(value);
            return Cell::from_text(value, ValueKind::uuid);
        case Reading::json: return Cell::from_text(value, ValueKind::json);
        case Reading::jsonb: return jsonb_binary(value);
        case Reading::text:
        case Reading::opaque: break;
    }
    return Cell::from_text(value);
}

}  // namespace aludel::driver::postgresql
