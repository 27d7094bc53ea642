// The text of an INSERT of one row, as that of an INSERT of several.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace aludel::driver::postgresql {

/// An INSERT … VALUES (…) RETURNING … whose row is made of parameters, with their casts, and of nothing else.
struct ValuesRow {
    std::string_view head;  // up to the row
    std::string_view row;
    std::string_view tail;

    /// Nothing if the statement is not of this kind. `sql` outlives what is returned.
    static std::optional<ValuesRow> find(std::string_view sql) noexcept;

    /// The statement for so many rows of `width` parameters, which are numbered row behind row.
    [[nodiscard]] std::string repeated(std::size_t rows, std::size_t width) const;
};

}  // namespace aludel::driver::postgresql
