#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "aludel/types/traits.hpp"

namespace aludel {

/// A universally unique identifier. The default one is nil: all zero.
class Uuid {
  public:
    constexpr Uuid() noexcept = default;
    constexpr explicit Uuid(const std::array<std::uint8_t, 16>& bytes) noexcept : bytes_(bytes) {}

    /// A random one (version 4), from the system's source of randomness.
    [[nodiscard]] static Uuid random();
    /// 32 hexadecimal digits in either case, with the usual four dashes or without, in braces or behind `urn:uuid:`.
    /// DataError for everything else.
    [[nodiscard]] static Uuid parse(std::string_view text);
    /// The same; false and nil instead of an error.
    [[nodiscard]] static bool try_parse(std::string_view text, Uuid& result) noexcept;

    [[nodiscard]] constexpr const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_nil() const noexcept { return *this == Uuid(); }
    /// "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    [[nodiscard]] std::string to_string() const;
    /// "6ba7b8109dad11d180b400c04fd430c8"
    [[nodiscard]] std::string hex() const;
    [[nodiscard]] std::size_t hash() const noexcept;

    friend constexpr bool operator==(const Uuid&, const Uuid&) = default;
    friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

  private:
    std::array<std::uint8_t, 16> bytes_{};
};

template <>
struct SqlTraits<Uuid> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::uuid}; }
    static Value encode(const Uuid& value);
    static Uuid decode(const Cell& cell, const DecodeContext& context);
};

}  // namespace aludel

template <>
struct std::hash<aludel::Uuid> {
    std::size_t operator()(const aludel::Uuid& value) const noexcept { return value.hash(); }
};
