#pragma once

#include <string>
#include <string_view>

namespace aludel::detail {

// How Python prints values: the echo, the messages of errors and the text of JSON numbers follow it.

/// Shortest text that reads back as the same number: `0.1`, `1.0`, `1e+16`, `inf`.
[[nodiscard]] std::string python_float(double value);
/// With quotes. Bytes that are no UTF-8 are printed as `\udcNN`.
[[nodiscard]] std::string python_string(std::string_view text);
[[nodiscard]] std::string python_bytes(std::string_view bytes);

/// Decodes the code point at `position` and moves past it. A byte that begins none is returned as 0xDC00 + byte.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& position) noexcept;

void append_hex(std::string& out, unsigned long value, int digits);

}  // namespace aludel::detail
