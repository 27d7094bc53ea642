// Values inside of the text of a larger one: the items of arrays, the bounds of ranges.
#pragma once

#include <string>
#include <string_view>

#include "aludel/types/traits.hpp"

namespace aludel::detail {

/// What a text inside of an array or a range is read as: the kind of the C++ type that stands behind a decorator.
template <class T>
TypeKind item_kind() {
    if constexpr (is_optional<T>)
        return item_kind<without_optional_t<T>>();
    else if constexpr (Decorated<T>)
        return item_kind<typename TypeDecorator<T>::impl>();
    else
        return SqlTraits<T>::sql_type().kind;
}

/// A value as it stands in the text of an array or a range, not quoted yet. DataError for what has no text.
[[nodiscard]] std::string item_text(const Value& value);

/// A text from an array or a range as the cell that a column of this kind would have. `storage` keeps what the cell
/// views. A text that is no such value stays text, so that decoding says what is wrong with it.
[[nodiscard]] Cell item_cell(std::string_view text, TypeKind kind, std::string& storage);

}  // namespace aludel::detail
