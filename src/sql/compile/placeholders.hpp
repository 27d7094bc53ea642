#pragma once
// Parameters while a text is put together: pieces may be moved about, the order is found at the end.
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/nodes.hpp>

namespace aludel::detail {

/// One parameter of a text in the making.
struct Placeholder {
    const BindNode* bind = nullptr;  // null: `slot.constant`
    BindSlot slot;
};

/// Text from outside (names, literals, text("…")), so that nothing in it is taken for a placeholder.
std::string protect(std::string_view text);

/// The mark of placeholder `index`.
std::string placeholder_mark(std::size_t index);

/// Replaces the marks by the dialect's parameter markers: fills text, skeleton, slots and `expanding`, but not
/// `BindSlot::bind`. Returns the bind of each slot.
std::vector<const BindNode*> place(std::string_view marked, const std::vector<Placeholder>& placeholders,
                                   const Dialect& dialect, CompiledStatement& out);

}  // namespace aludel::detail
