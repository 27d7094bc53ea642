#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "aludel/types/traits.hpp"

namespace aludel {

namespace detail {

/// The C++ type of an array: any vector that is not `Bytes`.
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = !std::same_as<T, std::byte>;

}  // namespace detail

/// Binary data: a BLOB.
using Bytes = std::vector<std::byte>;

/// The bytes of a string, for example a literal: `to_bytes("\x01\x02")`.
[[nodiscard]] Bytes to_bytes(std::string_view text);

template <>
struct SqlTraits<Bytes> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::large_binary}; }
    static Value encode(const Bytes& value);
    static Bytes decode(const Cell& cell, const DecodeContext& context);
};

}  // namespace aludel
