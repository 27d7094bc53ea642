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
/// The operand as a node; a value becomes a bind named after `beside`, with a type of its own.
NodeRef typed_operand(Operand operand, const SqlNode& beside, const SqlType& type);
/// A value as a bind of its own (`param_1`).
NodeRef literal_node(Value value, const SqlType& type);
/// The bind with its value in the text of the statement.
NodeRef literal_bind(const SqlNode& bind);
/// A column of nothing, by its name.
NodeRef bare_column(std::string_view name, const SqlType& type);
/// What the function that rows come from calls this column.
SourceColumn as_source_column(const SqlNode& column);
/// a, b, c.
NodeRef comma_list(std::vector<NodeRef> items);
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
/// `symmetric`: whichever end is the lower one.
NodeRef between(const NodeRef& left, Operand low, Operand high, bool symmetric = false);
/// The database's full text search. `mode`: the words behind the pattern; empty: the database's usual ones; `plain`:
/// none. `configuration`: of text search, or empty.
NodeRef search(const NodeRef& left, Operand pattern, std::string_view mode, std::string_view configuration);
/// `flags`: letters, or empty. ArgumentError for anything else.
NodeRef regexp(Operator op, const NodeRef& left, Operand pattern, std::string_view flags);
NodeRef regexp_replacement(const NodeRef& left, Operand pattern, Operand replacement, std::string_view flags);
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

// ---- documents and arrays

/// The type of a bind that says where in a JSON document: an index, a key, or a list of them.
inline constexpr SqlType json_path_type{.kind = TypeKind::custom, .name = "json path"};
/// left[place]: an item of a document. `type`: as what it is read.
NodeRef json_item(const NodeRef& left, Operand place, const SqlType& type);
/// A list of indices and keys as a place; the value is a JSON array.
NodeRef json_path_item(const NodeRef& left, Value path, const SqlType& type);
/// The same item, read as another type.
NodeRef json_item_as(const NodeRef& item, const SqlType& type);
/// The same item as its text, with the operators ->> and #>>.
NodeRef json_item_text(const NodeRef& item);
/// left op right for the operators of documents and arrays whose result is true or false.
NodeRef containment(Operator op, const NodeRef& left, Operand right);
NodeRef array_item(const NodeRef& left, Operand index, const SqlType& type);
NodeRef array_slice(const NodeRef& left, Operand from, Operand to);
/// ARRAY[a, b]; values become binds of the type `item`.
NodeRef array_node(std::vector<Operand> items, const SqlType& type, const SqlType& item);
/// ANY (element), ALL (element): what a comparison has on its right.
NodeRef quantified(Operator op, const NodeRef& element, const SqlType& type);
/// value op ANY (array), the value named after the array.
NodeRef compare_with_items(Operator quantifier, Operator op, const NodeRef& array, Operand value, const SqlType& item);

// ---- aggregates

/// An argument with its order: `x ORDER BY y, z`.
NodeRef ordered_argument(NodeRef argument, std::vector<NodeRef> order_by);
/// function WITHIN GROUP (ORDER BY a, b).
NodeRef within_group_node(NodeRef function, std::vector<NodeRef> order_by);
/// The value that an INSERT had for a column, where it meets a row that is there already.
NodeRef excluded_node(const NodeRef& column);
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
