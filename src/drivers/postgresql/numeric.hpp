#pragma once

#include <cstddef>
#include <string_view>

namespace aludel::driver::postgresql {

// A numeric in the binary format: groups of four digits, the place of the first one, a sign and the number of digits
// behind the point.

/// How long its text can be at most. @throws Failure when `value` is no numeric.
std::size_t numeric_text_room(std::string_view value);

/// Writes "-12.50", "NaN", "Infinity" or "-Infinity" and returns the end. Every digit is kept, and no more are made.
char* write_numeric(char* to, std::string_view value) noexcept;

}  // namespace aludel::driver::postgresql
