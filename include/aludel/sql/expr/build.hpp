#pragma once
// The functions that the expression templates call: everything about building nodes that knows no C++ type.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel::detail {

/// What meets an expression as its other operand: a node, or (node null) a value.
struct Operand {
    NodeRef node;
    Value value;

    Operand() = default;
    explicit Operand(NodeRef expression) : node(std::move(expression)) {}
    explicit Operand(Value literal) : value(std::move(literal)) {}
};

/// The operand as a node; a value becomes a bind named after `beside`, with its type.
NodeRef operand_node(Operand operand, const SqlNode& beside);
/// A value as a bind of its own (`param_1`).
NodeRef literal_node(Value value, const SqlType& type);
/// A value of type boolean, rather than a comparison or the like that every database knows to be one.
bool is_boolean_value(const SqlNode& node) noexcept;
/// The type that a bare value has.
SqlType type_of(const Value& value) noexcept;

/// left op right for = != < <= > >=, IS, IS DISTINCT FROM. NULL turns = and != into IS and IS NOT; true and false are
/// constants. ArgumentError for an order comparison with NULL or a constant.
NodeRef compare(Operator op, const NodeRef& left, Operand right);
/// + - * / %; + on text is concatenation. `reversed`: the operand stands on the left.
NodeRef arithmetic(Operator op, const NodeRef& left, Operand right, const SqlType& type, bool reversed = false);
NodeRef negative(NodeRef element);
/// left op right with an operator of the user's own.
NodeRef custom(const NodeRef& left, std::string_view op, Operand right, const SqlType& type, int precedence);
/// LIKE, ILIKE, MATCH, regular expressions. ArgumentError if `escape` is neither empty nor one character.
NodeRef text_match(Operator op, const NodeRef& left, Operand pattern, std::string_view escape = {});
/// startswith, endswith, contains; `autoescape`: % and _ in the value stand for themselves. ArgumentError if that is
/// asked for an expression.
NodeRef text_part(Operator op, const NodeRef& left, Operand part, bool autoescape, std::string_view escape);
/// IN and NOT IN with values.
NodeRef in_values(Operator op, const NodeRef& left, std::vector<Value> values, std::size_t width = 1);
/// IN and NOT IN with a subquery or a list of expressions.
NodeRef in_node(Operator op, const NodeRef& left, NodeRef set);
NodeRef between(const NodeRef& left, Operand low, Operand high);
/// The opposite: folded into the operator where it can be.
NodeRef negate(const NodeRef& node);
/// AND, OR: constants that decide nothing are left out, one that decides alone remains.
NodeRef conjunction(Operator op, std::vector<NodeRef> items);
/// x DESC, x NULLS LAST, DISTINCT x.
NodeRef modified(Operator op, NodeRef element);
NodeRef collated(NodeRef element, std::string_view collation);
NodeRef labelled(NodeRef element, std::string_view name);
NodeRef cast_node(NodeRef element, const SqlType& type);
NodeRef extract_node(std::string_view field, NodeRef element);
NodeRef function_node(std::string_view name, std::vector<Operand> arguments, const SqlType& type);
/// CASE [value] WHEN condition THEN result … [ELSE otherwise] END.
NodeRef case_node(NodeRef value, std::vector<NodeRef> conditions_and_results, NodeRef otherwise);
NodeRef tuple_node(std::vector<NodeRef> items);
NodeRef filter_node(NodeRef function, std::vector<NodeRef> criteria);
NodeRef scalar_node(NodeRef select);
NodeRef exists_node(NodeRef select);
NodeRef constant(NodeKind kind);
/// text("…"): `:name` marks a parameter, `\:` a colon. `binds` are BindNodes named like the markers.
NodeRef text_node(std::string_view sql, std::vector<NodeRef> binds);
NodeRef literal_column_node(std::string_view sql, const SqlType& type);
NodeRef bind_parameter(std::string_view name, const SqlType& type);
NodeRef bind_parameter(std::string_view name, Value value, const SqlType& type);
/// `order_by("name")`: a label or a column, found when the statement is compiled.
NodeRef label_reference(std::string_view name);

}  // namespace aludel::detail
