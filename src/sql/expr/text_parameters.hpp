#pragma once
// Where the parameters of a text("…") stand.
#include <cstddef>
#include <string_view>

namespace aludel::detail {

/// A piece of a text: SQL to copy, or a parameter.
struct TextPiece {
    enum class Kind { sql, colon_name, parameter } kind = Kind::sql;  // colon_name: `\:name`, which is `:name`
    std::string_view text;                                            // without the colon or backslash
};

/// The next piece of `sql` from `position` on, which moves behind it. One character of SQL at a time.
TextPiece next_piece(std::string_view sql, std::size_t& position);

}  // namespace aludel::detail
