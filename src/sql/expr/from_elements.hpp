#pragma once
// What expressions select from, and how FROM elements are told apart, named and joined.
#include <vector>

#include <aludel/sql/expr/identity.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel::detail {

/// Appends the FROM elements that `node` refers to, in the order in which it names them, repeatedly if it does.
void append_from_elements(const SqlNode* node, std::vector<const SqlNode*>& out);

bool contains_from(const std::vector<const SqlNode*>& elements, const SqlNode& from) noexcept;

/// The FROM list of a SELECT: of its columns, its criteria, then what it says itself; without duplicates and without
/// what joins hide.
std::vector<const SqlNode*> from_list(const SelectDraft& select);

/// The columns of a FROM element, as expressions.
std::vector<NodeRef> columns_of(const NodeRef& from);

/// The columns that the item of a SELECT list stands for.
void expand_column(const NodeRef& item, std::vector<NodeRef>& out);

/// A table's or alias's name for messages.
std::string describe_from(const SqlNode& from);

/// `left.x = right.y` from the foreign keys between the two.
NodeRef condition_from_foreign_keys(const SqlNode& left, const NodeRef& left_ref, const NodeRef& right_ref);

}  // namespace aludel::detail
