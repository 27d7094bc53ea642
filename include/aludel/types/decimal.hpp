#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "aludel/types/traits.hpp"

namespace aludel {

/// A decimal number of any length, for money and measures. It is exact and keeps its scale: "1.10" stays "1.10", and
/// equals 1.1. Addition, subtraction and multiplication never round; division says how far.
class Decimal {
  public:
    Decimal() = default;  ///< 0
    /// `Decimal("-12.50")`, with or without exponent. DataError for what is no finite number.
    explicit Decimal(std::string_view text);
    explicit Decimal(const char* text) : Decimal(std::string_view(text)) {}
    explicit Decimal(const std::string& text) : Decimal(std::string_view(text)) {}
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    Decimal(T value) : text_(std::to_string(value)) {}  // NOLINT(google-explicit-constructor): no digit is lost
    template <std::floating_point T>
    Decimal(T) = delete;  // 0.1 is none: write Decimal("0.1") or Decimal::from_double

    /// The shortest decimal number that reads back as this double. DataError for infinity and NaN.
    [[nodiscard]] static Decimal from_double(double value);
    /// The same as the constructor; false instead of an error.
    [[nodiscard]] static bool try_parse(std::string_view text, Decimal& result);

    /// Plain digits, no exponent: "-12.50".
    [[nodiscard]] const std::string& to_string() const noexcept { return text_; }
    /// The nearest double.
    [[nodiscard]] double to_double() const noexcept;
    /// Digits after the point.
    [[nodiscard]] int scale() const noexcept;
    /// Digits from the first to the last that is not zero: what a double would have to keep.
    [[nodiscard]] int significant_digits() const noexcept;
    [[nodiscard]] bool is_negative() const noexcept { return text_[0] == '-'; }
    /// The same for equal numbers, whatever their scale.
    [[nodiscard]] std::size_t hash() const noexcept;

    /// The number with this many digits after the point; halves go to the even neighbour, as bankers and Python round.
    [[nodiscard]] Decimal rounded(int scale) const;
    /// The quotient, rounded like `rounded`. DataError for a divisor of zero.
    [[nodiscard]] Decimal divided_by(const Decimal& divisor, int scale) const;

    [[nodiscard]] Decimal operator-() const;
    friend Decimal operator+(const Decimal& left, const Decimal& right);
    friend Decimal operator-(const Decimal& left, const Decimal& right);
    friend Decimal operator*(const Decimal& left, const Decimal& right);
    Decimal& operator+=(const Decimal& right) { return *this = *this + right; }
    Decimal& operator-=(const Decimal& right) { return *this = *this - right; }
    Decimal& operator*=(const Decimal& right) { return *this = *this * right; }

    friend bool operator==(const Decimal& left, const Decimal& right) { return (left <=> right) == 0; }
    friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);

  private:
    std::string text_ = "0";
};

template <>
struct SqlTraits<Decimal> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::numeric}; }
    static Value encode(const Decimal& value) { return Value::decimal(value.to_string()); }
    static Decimal decode(const Cell& cell, const DecodeContext& context);
};

}  // namespace aludel

template <>
struct std::hash<aludel::Decimal> {
    std::size_t operator()(const aludel::Decimal& value) const noexcept { return value.hash(); }
};
