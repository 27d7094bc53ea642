#include "aludel/types/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

#include "aludel/base/error.hpp"
#include "types/python_text.hpp"

namespace aludel::detail {

namespace {

constexpr std::size_t shown_characters = 80;

/// "text 'abc'", "the real number 3.5" and so on: the kind helps where the value alone would look right.
std::string describe_cell(const Cell& cell) {
    const std::string value = cell.to_value().repr_shortened(shown_characters);
    return fmt::format("{} ({})", describe(cell.kind), value);
}

std::string wanted_integer(const IntegerLimits& limits) {
    return fmt::format("an integer ({}, {} to {})", limits.type, limits.least, limits.greatest);
}

/// What a decimal number without a fraction is as an integer: databases give sums and parts of dates as decimals.
std::optional<std::int64_t> whole_number(std::string_view decimal) {
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    if (decimal.find_first_not_of('0', std::min(point + 1, decimal.size())) != std::string_view::npos) return {};
    std::int64_t value = 0;
    const std::string_view whole = decimal.substr(0, point);
    const auto read = std::from_chars(whole.begin(), whole.end(), value);
    return read.ec == std::errc{} && read.ptr == whole.end() ? std::optional{value} : std::nullopt;
}

/// Integers up to here are doubles, each of them.
constexpr std::int64_t greatest_exact_double = std::int64_t{1} << std::numeric_limits<double>::digits;

}  // namespace

std::string describe_source(const DecodeContext& context) {
    if (context.describe != nullptr) {
        const std::string name = context.describe(context);
        if (!name.empty()) return fmt::format("column \"{}\"", name);
    }
    return fmt::format("column {} of the row", context.index + 1);
}

void throw_wrong_kind(const Cell& cell, const DecodeContext& context, std::string_view wanted) {
    if (cell.is_null()) {
        throw DataError(
            fmt::format("{} is NULL, but its C++ type has no place for NULL: it wants {}. Make the attribute "
                        "std::optional, or select the column as optional(col<...>).",
                        describe_source(context), wanted),
            "nullval");
    }
    throw DataError(fmt::format("{} holds {}, but its C++ type wants {}. Nothing is converted silently: correct the "
                                "stored value, or change the C++ type.",
                                describe_source(context), describe_cell(cell), wanted),
                    "valtype");
}

void throw_out_of_range(const Cell& cell, const DecodeContext& context, std::string_view wanted) {
    throw DataError(fmt::format("{} holds {}, which does not fit {}. Take a C++ type that holds it, or correct the "
                                "stored value.",
                                describe_source(context), cell.to_value().repr_shortened(shown_characters), wanted),
                    "valrange");
}

void throw_bad_text(const Cell& cell, const DecodeContext& context, std::string_view wanted) {
    throw DataError(fmt::format("{} holds {}, which is not {}. Correct the stored value, or read it as std::string.",
                                describe_source(context), cell.to_value().repr_shortened(shown_characters), wanted),
                    "valtext");
}

void throw_not_encodable(std::string_view what, std::string_view wanted) {
    throw DataError(fmt::format("{} does not fit {}. It was not sent to the database.", what, wanted), "valrange");
}

std::uint64_t decode_integer_slowly(const Cell& cell, const DecodeContext& context, const IntegerLimits& limits) {
    if (cell.kind == ValueKind::unsigned_integer) {
        const auto value = static_cast<std::uint64_t>(cell.integer);
        if (value <= limits.greatest) return value;
        throw_out_of_range(cell, context, wanted_integer(limits));
    }
    if (cell.kind == ValueKind::integer) throw_out_of_range(cell, context, wanted_integer(limits));
    const auto whole = cell.kind == ValueKind::decimal ? whole_number(cell.text()) : std::nullopt;
    if (!whole) throw_wrong_kind(cell, context, wanted_integer(limits));
    const bool fits = *whole < 0 ? *whole >= limits.least : static_cast<std::uint64_t>(*whole) <= limits.greatest;
    if (!fits) throw_out_of_range(cell, context, wanted_integer(limits));
    return static_cast<std::uint64_t>(*whole);
}

bool decode_bool_slowly(const Cell& cell, const DecodeContext& context) {
    if (cell.kind != ValueKind::integer) throw_wrong_kind(cell, context, "a boolean (bool)");
    if (cell.integer != 0 && cell.integer != 1) throw_out_of_range(cell, context, "a boolean (bool, 0 or 1)");
    return cell.integer == 1;
}

double decode_double_slowly(const Cell& cell, const DecodeContext& context) {
    if (cell.kind == ValueKind::unsigned_integer) throw_out_of_range(cell, context, "a double exactly");
    // The double that is nearest: databases compute averages in decimals.
    if (cell.kind == ValueKind::decimal) {
        const std::string_view text = cell.text();
        double value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return value;
    }
    if (cell.kind != ValueKind::integer) throw_wrong_kind(cell, context, "a real number (double)");
    if (cell.integer > greatest_exact_double || cell.integer < -greatest_exact_double)
        throw_out_of_range(cell, context, "a double exactly");
    return static_cast<double>(cell.integer);
}

float decode_float(const Cell& cell, const DecodeContext& context) {
    const double value = cell.kind == ValueKind::real ? cell.real : decode_double_slowly(cell, context);
    if (std::isnan(value)) return std::numeric_limits<float>::quiet_NaN();
    if (std::isfinite(value) && std::fabs(value) > static_cast<double>(std::numeric_limits<float>::max()))
        throw_out_of_range(cell, context, "a float");
    const auto narrow = static_cast<float>(value);
    if (static_cast<double>(narrow) != value) throw_out_of_range(cell, context, "a float exactly");
    return narrow;
}

float narrow_to_float(double value) {
    if (std::isfinite(value) && std::fabs(value) > static_cast<double>(std::numeric_limits<float>::max()))
        throw_not_encodable(python_float(value), "a float");
    return static_cast<float>(value);
}

}  // namespace aludel::detail
