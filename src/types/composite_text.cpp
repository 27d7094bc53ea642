#include "aludel/types/composite_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "aludel/types/storage_format.hpp"
#include "types/python_text.hpp"

namespace aludel::detail {

namespace {

std::string real_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    char digits[64];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::optional<double> parse_real(std::string_view text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <class T>
std::optional<T> parse_integer(std::string_view text) {
    T value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Cell integer_cell(std::string_view text) {
    if (const auto value = parse_integer<std::int64_t>(text)) return Cell::from_integer(*value);
    if (const auto value = parse_integer<std::uint64_t>(text))
        return Cell::from_integer(static_cast<std::int64_t>(*value), ValueKind::unsigned_integer);
    return Cell::from_text(text);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `\x0a1b`
Cell bytes_cell(std::string_view text, std::string& storage) {
    if (!text.starts_with("\\x") || text.size() % 2 != 0) return Cell::from_text(text);
    std::string bytes;
    for (std::size_t i = 2; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return Cell::from_text(text);
        bytes += static_cast<char>(high * 16 + low);
    }
    storage = std::move(bytes);
    return Cell::from_bytes(storage);
}

Cell boolean_cell(std::string_view text) {
    if (text == "t" || text == "true") return Cell::from_boolean(true);
    return text == "f" || text == "false" ? Cell::from_boolean(false) : Cell::from_text(text);
}

}  // namespace

std::string item_text(const Value& value) {
    switch (value.kind()) {
        case ValueKind::null: return "NULL";
        case ValueKind::boolean: return value.as_bool() ? "t" : "f";
        case ValueKind::integer: return std::to_string(value.as_integer());
        case ValueKind::unsigned_integer: return std::to_string(value.as_unsigned());
        case ValueKind::real: return real_text(value.as_real());
        case ValueKind::text:
        case ValueKind::json:
        case ValueKind::decimal: return value.as_text();
        case ValueKind::bytes: return "\\x" + format_uuid_hex(value.as_text());
        case ValueKind::date: return format_date(value.as_integer());
        case ValueKind::time: return format_time(value.as_integer());
        case ValueKind::datetime: return format_datetime(value.as_integer());
        case ValueKind::timestamp: return format_datetime(value.as_integer()) + "+00";
        case ValueKind::interval: return fmt::format("{} microseconds", value.as_integer());
        case ValueKind::uuid: return format_uuid_hex(value.as_text());
    }
    return {};
}

Cell item_cell(std::string_view text, TypeKind kind, std::string& storage) {
    switch (kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return integer_cell(text);
        case TypeKind::boolean: return boolean_cell(text);
        case TypeKind::float_:
        case TypeKind::double_: {
            const auto value = parse_real(text);
            return value ? Cell::from_real(*value) : Cell::from_text(text);
        }
        case TypeKind::numeric: return Cell::from_text(text, ValueKind::decimal);
        case TypeKind::large_binary: return bytes_cell(text, storage);
        case TypeKind::interval: {
            const auto value = try_parse_interval(text);
            return value ? Cell::from_integer(*value, ValueKind::interval) : Cell::from_text(text);
        }
        default: return Cell::from_text(text);
    }
}

}  // namespace aludel::detail
