#pragma once

#include <cstddef>
#include <string_view>

namespace aludel {

/// How many bytes at the beginning are whole characters of UTF-8: all of them, or up to the first that is none.
/// Overlong forms and surrogates are none.
[[nodiscard]] std::size_t utf8_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_utf8(std::string_view text) noexcept { return utf8_prefix(text) == text.size(); }

}  // namespace aludel
