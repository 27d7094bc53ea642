#pragma once

#include <aludel/types/cell.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace aludel::detail {

/// What `parameters_text` makes of no values.
inline constexpr std::string_view no_parameters = "()";
/// What stands in place of parameters that must not be seen.
inline constexpr std::string_view hidden_parameters = "[SQL parameters hidden due to hide_parameters=True]";

/// Parameters as Python prints a tuple: `(1, 'ed')`, `(1,)`, `()`. Long values lose their middle.
std::string parameters_text(std::span<const Cell> values);

/// The parameters of an executemany, `width` to a row: `((1, 'a'), (2, 'b'))`; of more than ten rows the first eight
/// and the last two. One row alone is printed as if it were no executemany.
std::string parameter_rows_text(std::span<const Cell> values, std::size_t width, std::size_t row_count);

}  // namespace aludel::detail
