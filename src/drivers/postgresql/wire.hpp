#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace aludel::driver::postgresql {

// Numbers as PostgreSQL's binary format has them: the greatest byte first.

template <std::unsigned_integral T>
constexpr T swapped(T value) noexcept {
    if constexpr (std::endian::native == std::endian::big || sizeof(T) == 1)
        return value;
    else if constexpr (sizeof(T) == 2)
        return __builtin_bswap16(value);
    else if constexpr (sizeof(T) == 4)
        return __builtin_bswap32(value);
    else
        return __builtin_bswap64(value);
}

/// `from` has the bytes from `at` on.
template <std::integral T>
T read_wire(std::string_view from, std::size_t at = 0) noexcept {
    std::make_unsigned_t<T> bits;
    std::memcpy(&bits, from.data() + at, sizeof bits);
    return static_cast<T>(swapped(bits));
}

template <std::integral T>
void write_wire(char* to, T value) noexcept {
    const auto bits = swapped(static_cast<std::make_unsigned_t<T>>(value));
    std::memcpy(to, &bits, sizeof bits);
}

/// Days and microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
inline constexpr std::int64_t epoch_days = 10957;
inline constexpr std::int64_t epoch_microseconds = epoch_days * 86'400 * 1'000'000;

}  // namespace aludel::driver::postgresql
