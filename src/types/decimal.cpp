#include "aludel/types/decimal.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <functional>
#include <utility>

#include "aludel/base/error.hpp"
#include "types/python_text.hpp"

namespace aludel {

namespace {

using Integer = boost::multiprecision::cpp_int;

/// More digits than any database keeps; an exponent must not fill the memory with zeros.
constexpr int greatest_length = 20'000;

/// unscaled * 10^-scale
struct Parts {
    Integer unscaled;
    int scale = 0;
};

Integer power_of_ten(int exponent) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent)); }

/// Of a number in the form that Decimal keeps.
Parts split(const Decimal& number) {
    std::string digits = number.to_string();
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    if (const std::size_t point = digits.find('.'); point != digits.npos) digits.erase(point, 1);
    const std::size_t start = std::min(digits.find_first_not_of('0'), digits.size() - 1);  // 010 would be octal
    Parts parts{Integer(digits.substr(start)), number.scale()};
    if (negative) parts.unscaled = -parts.unscaled;
    return parts;
}

/// The text of digits * 10^-scale, where a negative scale appends zeros.
std::string place_point(std::string digits, int scale, bool negative) {
    if (scale < 0) {
        digits.append(static_cast<std::size_t>(-scale), '0');
        scale = 0;
    }
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    const std::size_t start = std::min(digits.find_first_not_of('0'), digits.size() - decimals - 1);
    const bool zero = digits.find_first_not_of('0') == digits.npos;
    if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
    return (negative && !zero ? "-" : "") + digits.substr(start);
}

Decimal join(const Parts& parts) {
    const bool negative = parts.unscaled < 0;
    const Integer magnitude = boost::multiprecision::abs(parts.unscaled);
    return Decimal(place_point(magnitude.str(), parts.scale, negative));
}

/// Brings both to the greater scale.
std::pair<Parts, Parts> aligned(const Decimal& left, const Decimal& right) {
    Parts a = split(left);
    Parts b = split(right);
    const int scale = std::max(a.scale, b.scale);
    a.unscaled *= power_of_ten(scale - a.scale);
    b.unscaled *= power_of_ten(scale - b.scale);
    a.scale = b.scale = scale;
    return {std::move(a), std::move(b)};
}

/// The quotient of integers, halves to the even one.
Integer divide_half_even(const Integer& dividend, const Integer& divisor) {
    Integer quotient;
    Integer remainder;
    boost::multiprecision::divide_qr(dividend, divisor, quotient, remainder);
    const Integer twice = boost::multiprecision::abs(remainder) * 2;
    const Integer whole = boost::multiprecision::abs(divisor);
    if (twice > whole || (twice == whole && boost::multiprecision::bit_test(boost::multiprecision::abs(quotient), 0)))
        quotient += (dividend < 0) == (divisor < 0) ? 1 : -1;
    return quotient;
}

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == text.npos; }

/// Reads an exponent; false for what is none or out of every proportion.
bool read_exponent(std::string_view text, int& exponent) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto result = std::from_chars(text.data(), text.data() + text.size(), exponent);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() && std::abs(exponent) <= greatest_length;
}

bool normalise(std::string_view text, std::string& result) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    int exponent = 0;
    if (const std::size_t mark = text.find_first_of("eE"); mark != text.npos) {
        if (!read_exponent(text.substr(mark + 1), exponent)) return false;
        text = text.substr(0, mark);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
    const std::size_t length = whole.size() + fraction.size();
    if (length == 0 || length > static_cast<std::size_t>(greatest_length)) return false;
    if (!all_digits(whole) || !all_digits(fraction)) return false;
    result =
        place_point(std::string(whole) + std::string(fraction), static_cast<int>(fraction.size()) - exponent, negative);
    return true;
}

}  // namespace

Decimal::Decimal(std::string_view text) {
    if (!normalise(text, text_))
        throw DataError(Value::text(std::string(text)).repr_shortened(80) + " is no decimal number.", "valtext");
}

bool Decimal::try_parse(std::string_view text, Decimal& result) { return normalise(text, result.text_); }

Decimal Decimal::from_double(double value) {
    if (!std::isfinite(value)) detail::throw_not_encodable(detail::python_float(value), "a decimal number");
    std::string text = detail::python_float(value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return Decimal(text);
}

double Decimal::to_double() const noexcept {
    double value = 0;
    const auto result = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (result.ec == std::errc::result_out_of_range && significant_digits() != 0) {
        const bool tiny = text_.find_first_not_of("-0") == text_.find('.');
        return (is_negative() ? -1.0 : 1.0) * (tiny ? 0.0 : HUGE_VAL);
    }
    return value;
}

int Decimal::scale() const noexcept {
    const std::size_t point = text_.find('.');
    return point == text_.npos ? 0 : static_cast<int>(text_.size() - point - 1);
}

int Decimal::significant_digits() const noexcept {
    const std::size_t first = text_.find_first_not_of("-0.");
    if (first == text_.npos) return 0;
    const std::size_t last = text_.find_last_not_of("0.");
    const std::size_t point = text_.find('.');
    const bool point_inside = point != text_.npos && point > first && point < last;
    return static_cast<int>(last - first + 1 - (point_inside ? 1 : 0));
}

std::size_t Decimal::hash() const noexcept {
    std::string_view digits = text_;
    if (digits.find('.') != digits.npos) {
        while (digits.ends_with('0')) digits.remove_suffix(1);
        if (digits.ends_with('.')) digits.remove_suffix(1);
    }
    return std::hash<std::string_view>{}(digits);
}

Decimal Decimal::rounded(int scale) const {
    if (scale < 0 || scale > greatest_length)
        throw ArgumentError("A decimal is rounded to 0 or more digits after the point.");
    Parts parts = split(*this);
    if (scale >= parts.scale)
        parts.unscaled *= power_of_ten(scale - parts.scale);
    else
        parts.unscaled = divide_half_even(parts.unscaled, power_of_ten(parts.scale - scale));
    parts.scale = scale;
    return join(parts);
}

Decimal Decimal::divided_by(const Decimal& divisor, int scale) const {
    if (scale < 0 || scale > greatest_length) throw ArgumentError("A quotient has 0 or more digits after the point.");
    const auto [a, b] = aligned(*this, divisor);
    if (b.unscaled == 0) throw DataError("Division of the decimal number " + text_ + " by zero.", "valrange");
    return join({divide_half_even(a.unscaled * power_of_ten(scale), b.unscaled), scale});
}

Decimal Decimal::operator-() const {
    Parts parts = split(*this);
    parts.unscaled = -parts.unscaled;
    return join(parts);
}

Decimal operator+(const Decimal& left, const Decimal& right) {
    const auto [a, b] = aligned(left, right);
    return join({a.unscaled + b.unscaled, a.scale});
}

Decimal operator-(const Decimal& left, const Decimal& right) {
    const auto [a, b] = aligned(left, right);
    return join({a.unscaled - b.unscaled, a.scale});
}

Decimal operator*(const Decimal& left, const Decimal& right) {
    const Parts a = split(left);
    const Parts b = split(right);
    return join({a.unscaled * b.unscaled, a.scale + b.scale});
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
    if (left.text_ == right.text_) return std::strong_ordering::equal;
    const auto [a, b] = aligned(left, right);
    return a.unscaled.compare(b.unscaled) <=> 0;
}

namespace {

/// Numeric(10, 2) means two digits behind the point, also where the database keeps a number and no digits. Digits
/// beyond the column's scale stay: nothing is rounded here.
Decimal with_scale_of_column(const Decimal& number, const DecodeContext& context) {
    const SqlType* type = context.type != nullptr ? context.type(context) : nullptr;
    return type != nullptr && type->scale > number.scale() ? number.rounded(type->scale) : number;
}

}  // namespace

Decimal SqlTraits<Decimal>::decode(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "a decimal number (Decimal)";
    switch (cell.kind) {
        case ValueKind::integer: return with_scale_of_column(Decimal(cell.integer), context);
        case ValueKind::unsigned_integer: return Decimal(static_cast<std::uint64_t>(cell.integer));
        case ValueKind::real:
            if (!std::isfinite(cell.real)) detail::throw_out_of_range(cell, context, wanted);
            return with_scale_of_column(Decimal::from_double(cell.real), context);
        case ValueKind::decimal:
        case ValueKind::text: break;
        default: detail::throw_wrong_kind(cell, context, wanted);
    }
    Decimal result;
    if (!Decimal::try_parse(cell.text(), result)) detail::throw_bad_text(cell, context, wanted);
    return result;
}

}  // namespace aludel
