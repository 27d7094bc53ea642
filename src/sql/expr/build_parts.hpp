#pragma once
// What the functions that build expressions have in common.
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <string>
#include <utility>

namespace aludel::detail {

inline constexpr SqlType boolean_type{.kind = TypeKind::boolean};
inline constexpr SqlType string_type{.kind = TypeKind::string};

inline NodeRef binary_node(Operator op, const NodeRef& left, NodeRef right, const SqlType& type = boolean_type,
                           std::string text = {}) {
    return make_ref<BinaryNode>(op, left, std::move(right), type, std::move(text));
}

}  // namespace aludel::detail
