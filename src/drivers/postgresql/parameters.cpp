#include "drivers/postgresql/parameters.hpp"

#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/oid.hpp"
#include "drivers/postgresql/wire.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

unsigned integer_type(std::int64_t value) noexcept {
    return std::in_range<std::int32_t>(value) ? oid::int4 : oid::int8;
}

// Table: the type of a value by its kind.
unsigned type_of(const Cell& value) noexcept {
    switch (value.kind) {
        case ValueKind::boolean: return oid::boolean;
        case ValueKind::integer: return integer_type(value.integer);
        case ValueKind::unsigned_integer:
        case ValueKind::decimal: return oid::numeric;
        case ValueKind::real: return oid::float8;
        case ValueKind::bytes: return oid::bytea;
        case ValueKind::date: return oid::date;
        case ValueKind::time: return oid::time;
        case ValueKind::datetime: return oid::timestamp;
        case ValueKind::timestamp: return oid::timestamptz;
        case ValueKind::interval: return oid::interval;
        case ValueKind::uuid: return oid::uuid;
        case ValueKind::null:
        case ValueKind::text:
        case ValueKind::json: break;
    }
    return oid::unspecified;
}

bool holds(unsigned declared, unsigned wanted, const Cell& value) noexcept {
    if (declared == wanted || value.is_null()) return true;
    // What was found to be text because nothing else tells its type.
    if (declared == oid::text && wanted == oid::unspecified) return true;
    const bool is_integer = value.kind == ValueKind::integer;
    return is_integer && (declared == oid::numeric || (declared == oid::int8 && wanted == oid::int4));
}

[[noreturn]] void fail_range(std::size_t index, const Cell& value, std::string_view type) {
    throw failure_of("22008", fmt::format("parameter {}, {}, is out of the range of {}", index + 1,
                                          value.to_value().repr_shortened(), type));
}

}  // namespace

bool adapt_types(TypeList& types, std::span<const Cell> values) {
    bool changed = types.size() != values.size();
    if (changed) types.assign(values.size(), oid::unspecified);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const unsigned wanted = type_of(values[i]);
        if (holds(types[i], wanted, values[i])) continue;
        types[i] = wanted;
        changed = true;
    }
    return changed;
}

bool types_hold(const TypeList& types, std::span<const Cell> values) {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!holds(types[i], type_of(values[i]), values[i])) return false;
    return types.size() == values.size();
}

void Parameters::point(std::size_t index, const char* data, std::size_t size, bool binary) {
    if (size > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw failure_of("54000", fmt::format("parameter {} has {} bytes; a value may have 1 GB", index + 1, size));
    values_[index] = data;
    lengths_[index] = static_cast<int>(size);
    formats_[index] = binary ? 1 : 0;
}

void Parameters::encode_number(std::size_t index, const Cell& value, unsigned type) {
    char* const to = room(index);
    switch (type) {
        case oid::int4: write_wire(to, static_cast<std::int32_t>(value.integer)); return point(index, to, 4, true);
        case oid::int8: write_wire(to, value.integer); return point(index, to, 8, true);
        default: break;
    }
    char* const end = value.kind == ValueKind::unsigned_integer
                          ? std::to_chars(to, to + room_size - 1, static_cast<std::uint64_t>(value.integer)).ptr
                          : std::to_chars(to, to + room_size - 1, value.integer).ptr;
    *end = '\0';
    point(index, to, static_cast<std::size_t>(end - to), false);
}

// In the text format a value ends at its first NUL, so one inside would cut it.
void Parameters::encode_text(std::size_t index, const Cell& value) {
    const std::string_view text = value.text();
    if (text.find('\0') != std::string::npos)
        throw failure_of("22021",
                         fmt::format("parameter {} holds a NUL character, which PostgreSQL's text cannot", index + 1));
    point(index, text.data(), text.size(), false);
}

void Parameters::encode_moment(std::size_t index, const Cell& value) {
    char* const to = room(index);
    const std::int64_t count = value.integer;
    if (value.kind == ValueKind::date) {
        // The last and the first number of 32 bits mean infinity.
        constexpr std::int64_t infinity = std::numeric_limits<std::int32_t>::max();
        std::int64_t days = 0;
        if (__builtin_sub_overflow(count, epoch_days, &days) || days < -infinity || days >= infinity)
            fail_range(index, value, "a date");
        write_wire(to, static_cast<std::int32_t>(days));
        return point(index, to, 4, true);
    }
    std::int64_t since_2000 = 0;
    if (__builtin_sub_overflow(count, epoch_microseconds, &since_2000) ||
        since_2000 == std::numeric_limits<std::int64_t>::min())
        fail_range(index, value, "a timestamp");
    write_wire(to, since_2000);
    point(index, to, 8, true);
}

void Parameters::encode_one(std::size_t index, const Cell& value, unsigned type) {
    char* const to = room(index);
    switch (value.kind) {
        case ValueKind::null: return point(index, nullptr, 0, false);
        case ValueKind::boolean: *to = value.integer != 0 ? 1 : 0; return point(index, to, 1, true);
        case ValueKind::integer:
        case ValueKind::unsigned_integer: return encode_number(index, value, type);
        case ValueKind::real: write_wire(to, std::bit_cast<std::int64_t>(value.real)); return point(index, to, 8, true);
        case ValueKind::text:
        case ValueKind::json:
        case ValueKind::decimal: return encode_text(index, value);
        case ValueKind::bytes: return point(index, value.data, value.size, true);
        case ValueKind::uuid:
            if (value.size != 16) fail_range(index, value, "a UUID, which has 16 bytes");
            return point(index, value.data, 16, true);
        case ValueKind::time: write_wire(to, value.integer); return point(index, to, 8, true);
        case ValueKind::interval:
            write_wire(to, value.integer);
            std::memset(to + 8, 0, 8);  // no days and no months
            return point(index, to, 16, true);
        case ValueKind::date:
        case ValueKind::datetime:
        case ValueKind::timestamp: return encode_moment(index, value);
    }
}

void Parameters::encode(std::span<const Cell> values, const TypeList& types) {
    values_.resize(values.size());
    lengths_.resize(values.size());
    formats_.resize(values.size());
    if (fixed_.size() < values.size() * room_size) fixed_.resize(values.size() * room_size);
    for (std::size_t i = 0; i < values.size(); ++i) encode_one(i, values[i], types[i]);
}

}  // namespace aludel::driver::postgresql
