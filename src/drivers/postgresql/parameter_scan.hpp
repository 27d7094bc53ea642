#pragma once

#include <cstddef>
#include <string_view>

namespace aludel::driver::postgresql {

/// The greatest n of the `$n` in the statement, outside of strings, names and comments. PostgreSQL itself takes values
/// for parameters that a statement does not have, as long as their types are declared.
std::size_t count_parameters(std::string_view sql) noexcept;

}  // namespace aludel::driver::postgresql
