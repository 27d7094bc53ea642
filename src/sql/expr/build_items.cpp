// Nodes of documents, arrays, text search and ordered aggregates.
#include "sql/expr/build_parts.hpp"

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>

namespace aludel::detail {

namespace {

std::string seed_of(const SqlNode& beside) {
    return beside.kind() == NodeKind::column && !as<ColumnNode>(beside).anonymous() ? as<ColumnNode>(beside).name()
                                                                                    : "param";
}

NodeRef pair(NodeRef first, NodeRef second) {
    std::vector<NodeRef> items{std::move(first), std::move(second)};
    return make_ref<ListNode>(NodeKind::list, Operator::none, std::move(items), SqlType{});
}

std::string checked_flags(std::string_view flags) {
    const bool letters = std::all_of(flags.begin(), flags.end(),
                                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (!letters)
        throw ArgumentError("The flags of a regular expression are letters such as \"i\", not \"" + std::string(flags) +
                            "\"");
    return std::string(flags);
}

const BinaryNode& json_item_of(const NodeRef& item, const char* what) {
    if (item->kind() != NodeKind::binary ||
        (item->op() != Operator::json_item && item->op() != Operator::json_path_item))
        throw InvalidRequestError(std::string("The JSON cast operator JSON.") + what +
                                  " only works with a JSON index expression e.g. col[\"q\"]." + what);
    return as<BinaryNode>(*item);
}

}  // namespace

NodeRef typed_operand(Operand operand, const SqlNode& beside, const SqlType& type) {
    if (operand.node) return std::move(operand.node);
    return make_ref<BindNode>(std::move(operand.value), seed_of(beside), type);
}

NodeRef search(const NodeRef& left, Operand pattern, std::string_view mode, std::string_view configuration) {
    NodeRef right = operand_node(std::move(pattern), *left);
    if (!configuration.empty()) right = pair(std::move(right), literal_column_node(configuration, string_type));
    return binary_node(Operator::match, left, std::move(right), boolean_type, std::string(mode));
}

NodeRef regexp(Operator op, const NodeRef& left, Operand pattern, std::string_view flags) {
    return binary_node(op, left, operand_node(std::move(pattern), *left), boolean_type, checked_flags(flags));
}

NodeRef regexp_replacement(const NodeRef& left, Operand pattern, Operand replacement, std::string_view flags) {
    NodeRef first = operand_node(std::move(pattern), *left);
    return binary_node(Operator::regexp_replace, left,
                       pair(std::move(first), operand_node(std::move(replacement), *left)), string_type,
                       checked_flags(flags));
}

// ---- documents

NodeRef json_item(const NodeRef& left, Operand place, const SqlType& type) {
    return binary_node(Operator::json_item, left, typed_operand(std::move(place), *left, json_path_type), type);
}

NodeRef json_path_item(const NodeRef& left, Value path, const SqlType& type) {
    return binary_node(Operator::json_path_item, left, typed_operand(Operand(std::move(path)), *left, json_path_type),
                       type);
}

NodeRef json_item_as(const NodeRef& item, const SqlType& type) {
    const BinaryNode& known = json_item_of(item, "as_...()");
    return make_ref<BinaryNode>(known.op(), known.left(), known.right(), type);
}

NodeRef json_item_text(const NodeRef& item) {
    const BinaryNode& known = json_item_of(item, "astext()");
    return binary_node(known.op() == Operator::json_item ? Operator::json_text : Operator::json_path_text, known.left(),
                       known.right(), SqlType{.kind = TypeKind::text});
}

NodeRef containment(Operator op, const NodeRef& left, Operand right) {
    const bool key = op == Operator::json_has_key;
    return binary_node(op, left, typed_operand(std::move(right), *left, key ? string_type : left->type()),
                       boolean_type);
}

// ---- arrays

NodeRef array_item(const NodeRef& left, Operand index, const SqlType& type) {
    return binary_node(Operator::getitem, left, typed_operand(std::move(index), *left, {.kind = TypeKind::integer}),
                       type);
}

NodeRef array_slice(const NodeRef& left, Operand from, Operand to) {
    const SqlType integer{.kind = TypeKind::integer};
    std::vector<NodeRef> ends;
    ends.push_back(typed_operand(std::move(from), *left, integer));
    ends.push_back(typed_operand(std::move(to), *left, integer));
    NodeRef slice = make_ref<ListNode>(NodeKind::slice, Operator::none, std::move(ends), SqlType{});
    return binary_node(Operator::getitem, left, std::move(slice), left->type());
}

NodeRef array_node(std::vector<Operand> items, const SqlType& type, const SqlType& item) {
    std::vector<NodeRef> nodes;
    nodes.reserve(items.size());
    for (Operand& each : items)
        nodes.push_back(each.node              ? std::move(each.node)
                        : each.value.is_null() ? constant(NodeKind::null)
                                               : literal_node(std::move(each.value), item));
    return make_ref<ListNode>(NodeKind::array, Operator::comma, std::move(nodes), type);
}

NodeRef quantified(Operator op, const NodeRef& element, const SqlType& type) {
    return make_ref<UnaryNode>(op, element, type);
}

NodeRef compare_with_items(Operator quantifier, Operator op, const NodeRef& array, Operand value, const SqlType& item) {
    NodeRef left = typed_operand(std::move(value), *array, item);
    return binary_node(op, left, quantified(quantifier, array, item), boolean_type);
}

// ---- aggregates

NodeRef ordered_argument(NodeRef argument, std::vector<NodeRef> order_by) {
    if (order_by.empty()) throw ArgumentError("aggregate_order_by() needs something to order by");
    const SqlType type = argument->type();
    order_by.insert(order_by.begin(), std::move(argument));
    return make_ref<ListNode>(NodeKind::ordered_argument, Operator::none, std::move(order_by), type);
}

NodeRef within_group_node(NodeRef function, std::vector<NodeRef> order_by) {
    if (order_by.empty()) throw ArgumentError("within_group() needs something to order by");
    const SqlType type = function->type();
    order_by.insert(order_by.begin(), std::move(function));
    return make_ref<ListNode>(NodeKind::within_group, Operator::none, std::move(order_by), type);
}

NodeRef excluded_node(const NodeRef& column) {
    if (!column || column->kind() != NodeKind::column)
        throw ArgumentError("excluded() takes a column of the table that the INSERT writes to");
    return make_ref<ListNode>(NodeKind::excluded, Operator::none, std::vector<NodeRef>{column}, column->type());
}

}  // namespace aludel::detail
