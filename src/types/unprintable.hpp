#pragma once

namespace aludel::detail {

/// Whether Python prints the character as it is in the repr of a string.
[[nodiscard]] bool is_printable(char32_t code_point) noexcept;

}  // namespace aludel::detail
