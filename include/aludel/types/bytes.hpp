#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "aludel/types/traits.hpp"

namespace aludel {

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
