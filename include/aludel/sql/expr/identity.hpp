#pragma once
// What makes two nodes of a statement the same, and the joins of a draft as FROM elements: for layers that put
// statements together.
#include <string>

#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel::detail {

/// Two nodes of one table are the same FROM element; anything else is itself.
const void* from_identity(const SqlNode& from) noexcept;

/// What makes one anonymous name differ from another: equal for columns of the same FROM element and name.
std::string identity_of(const SqlNode& node);

/// Replaces the joins of the draft by join nodes in its FROM list.
void resolve_joins(SelectDraft& draft);

}  // namespace aludel::detail
