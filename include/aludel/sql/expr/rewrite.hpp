#pragma once
// The same expression with some of its parts replaced.
#include <functional>
#include <vector>

#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel::detail {

/// What stands in the place of a node; null: the node stays, and its parts are looked at.
using Replacement = std::function<NodeRef(const NodeRef& node)>;

/// The expression with its parts replaced, also inside of subqueries that stand for values. Aliases and subqueries in
/// FROM are replaced as a whole or not at all. What has not changed is shared.
NodeRef rewritten(const NodeRef& node, const Replacement& replacement);
/// Each expression of each clause.
SelectDraft rewritten(const SelectDraft& draft, const Replacement& replacement);

/// Columns of `from` become columns of `to`, which has the same columns: an alias of it, or a subquery that selects
/// them.
NodeRef with_columns_of(const NodeRef& node, const NodeRef& from, const NodeRef& to);
/// The column of a FROM element that stands for a table's column: of an alias the column of the same name, of a
/// subquery the one that selects it. @throws InvalidRequestError if the subquery does not.
NodeRef column_in(const NodeRef& element, const ColumnInfo& column);

/// Values that are read when the statement runs are read now.
NodeRef with_values_read(const NodeRef& node);

}  // namespace aludel::detail
