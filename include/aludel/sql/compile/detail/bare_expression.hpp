#pragma once
// Expressions inside of the data definition language.
#include <string>

#include "aludel/sql/expr/node.hpp"

namespace aludel {

class Dialect;

namespace detail {

/// An expression with its values in the text and its columns without their table: as in CHECK and in indexes.
[[nodiscard]] std::string bare_expression(const NodeRef& node, const Dialect& dialect);

}  // namespace detail
}  // namespace aludel
