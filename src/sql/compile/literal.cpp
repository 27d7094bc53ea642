#include <aludel/sql/compile/detail/literal.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/storage_format.hpp>
#include <aludel/types/value.hpp>

namespace aludel::detail {

namespace {

[[noreturn]] void throw_no_literal(const Value& value) {
    throw CompileError("No literal value renderer is available for literal value \"" + value.repr_shortened() +
                       "\"; bind the value instead");
}

std::string real_text(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    std::string text(digits, end);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

}  // namespace

std::string hexadecimal(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::string argument_list(std::span<const std::string> arguments) {
    std::string text = "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) text.append(i == 0 ? "" : ", ").append(arguments[i]);
    return text + ")";
}

std::string literal_text(const Value& value, const SqlType&, const Dialect& dialect) {
    switch (value.kind()) {
        case ValueKind::null: return "NULL";
        case ValueKind::boolean:
            if (dialect.traits().boolean_words) return value.as_bool() ? "true" : "false";
            return value.as_bool() ? "1" : "0";
        case ValueKind::integer: return std::to_string(value.as_integer());
        case ValueKind::unsigned_integer: return std::to_string(value.as_unsigned());
        case ValueKind::real:
            if (!std::isfinite(value.as_real())) throw_no_literal(value);
            return real_text(value.as_real());
        case ValueKind::text:
        case ValueKind::json: return dialect.string_literal(value.as_text());
        case ValueKind::date: return "'" + format_date(value.as_integer()) + "'";
        case ValueKind::time: return "'" + format_time(value.as_integer()) + "'";
        case ValueKind::datetime:
        case ValueKind::timestamp: return "'" + format_datetime(value.as_integer()) + "'";
        case ValueKind::interval: return "'" + format_interval(value.as_integer()) + "'";
        case ValueKind::decimal: return value.as_text();
        case ValueKind::uuid: return "'" + format_uuid_hex(value.as_text()) + "'";
        case ValueKind::bytes: break;
    }
    throw_no_literal(value);
}

std::string comment_literal(const std::string& comment, const Dialect& dialect) {
    constexpr unsigned char first_of_four_bytes = 0xF0;
    const bool goes_beyond = std::any_of(comment.begin(), comment.end(),
                                         [](char c) { return static_cast<unsigned char>(c) >= first_of_four_bytes; });
    if (goes_beyond && dialect.traits().comments_of_sixteen_bits)
        throw CompileError("The comment '" + comment +
                           "' cannot be kept by this database: its catalogue has no characters beyond U+FFFF and would "
                           "hold question marks in their place. Leave them out of the comment");
    return dialect.string_literal(comment);
}

}  // namespace aludel::detail
