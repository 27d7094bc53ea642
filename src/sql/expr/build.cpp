#include "sql/expr/build_parts.hpp"

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>

namespace aludel::detail {

namespace {

// A bind is named after the column or the function that it stands beside.
std::string bind_seed(const SqlNode& beside) {
    switch (beside.kind()) {
        case NodeKind::column:
            if (as<ColumnNode>(beside).anonymous()) return "param";
            return as<ColumnNode>(beside).name();
        case NodeKind::function: {
            const std::string& name = as<FunctionNode>(beside).name();
            return name.substr(name.rfind('.') + 1);
        }
        case NodeKind::literal_column: return as<NamedNode>(beside).name();
        default: return "param";
    }
}

// Text columns are compared with patterns and parts of any length: only what kind of text they hold matters for a bind.
const SqlType& bind_type(const SqlNode& beside, const Value& value) {
    static const SqlType text{.kind = TypeKind::string};
    switch (beside.type().kind) {
        case TypeKind::enum_:
        case TypeKind::json:
        case TypeKind::array:
        case TypeKind::range:
        case TypeKind::multirange: return beside.type();
        default: return value.kind() == ValueKind::text ? text : beside.type();
    }
}

bool is_constant(const SqlNode& node) {
    return node.kind() == NodeKind::null || node.kind() == NodeKind::true_ || node.kind() == NodeKind::false_;
}

std::string escaped(const std::string& text, char escape) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == escape) out += escape;
        out += c;
    }
    return out;
}

void check_escape(std::string_view escape) {
    if (escape.size() > 1)
        throw ArgumentError("The escape character of LIKE must be one character, not '" + std::string(escape) + "'");
}

// A value of type boolean as a criterion: `x = 1` on a database without booleans.
NodeRef as_condition(const NodeRef& item) {
    return is_boolean_value(*item) ? make_ref<UnaryNode>(Operator::is_true, item, boolean_type) : item;
}

NodeRef compare_with_constant(Operator op, const NodeRef& left, NodeRef right) {
    const bool is_null = right->kind() == NodeKind::null;
    if (op == Operator::is_distinct_from || op == Operator::is_not_distinct_from)
        return binary_node(op, left, std::move(right));
    if (op == Operator::eq || op == Operator::is)
        return binary_node(is_null || op == Operator::is ? Operator::is : Operator::eq, left, std::move(right));
    if (op == Operator::ne || op == Operator::is_not)
        return binary_node(is_null || op == Operator::is_not ? Operator::is_not : Operator::ne, left, std::move(right));
    throw ArgumentError(
        "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used "
        "with "
        "NULL/true/false");
}

}  // namespace

bool is_boolean_value(const SqlNode& node) noexcept {
    if (node.type().kind != TypeKind::boolean) return false;
    switch (node.kind()) {
        case NodeKind::column:
        case NodeKind::bind:
        case NodeKind::true_:
        case NodeKind::false_:
        case NodeKind::literal_column:
        case NodeKind::function:
        case NodeKind::cast:
        case NodeKind::case_:
        case NodeKind::over: return true;
        default: return false;
    }
}

SqlType type_of(const Value& value) noexcept {
    switch (value.kind()) {
        case ValueKind::null: return {};
        case ValueKind::boolean: return {.kind = TypeKind::boolean};
        case ValueKind::integer:
        case ValueKind::unsigned_integer: return {.kind = TypeKind::integer};
        case ValueKind::real: return {.kind = TypeKind::float_};
        case ValueKind::text: return {.kind = TypeKind::string};
        case ValueKind::bytes: return {.kind = TypeKind::large_binary};
        case ValueKind::date: return {.kind = TypeKind::date};
        case ValueKind::time: return {.kind = TypeKind::time};
        case ValueKind::datetime: return {.kind = TypeKind::datetime};
        case ValueKind::timestamp: return {.kind = TypeKind::datetime, .timezone = true};
        case ValueKind::interval: return {.kind = TypeKind::interval};
        case ValueKind::decimal: return {.kind = TypeKind::numeric};
        case ValueKind::uuid: return {.kind = TypeKind::uuid};
        case ValueKind::json: return {.kind = TypeKind::json};
    }
    return {};
}

NodeRef operand_node(Operand operand, const SqlNode& beside) {
    if (operand.node) return std::move(operand.node);
    if (operand.value.is_null()) return constant(NodeKind::null);
    const SqlType type =
        beside.type().kind == TypeKind::null ? type_of(operand.value) : bind_type(beside, operand.value);
    return make_ref<BindNode>(std::move(operand.value), bind_seed(beside), type);
}

NodeRef literal_node(Value value, const SqlType& type) { return make_ref<BindNode>(std::move(value), "param", type); }

NodeRef literal_bind(const SqlNode& bind) {
    return make_ref<BindNode>(BindNode::Literal{}, as<BindNode>(bind).value(), bind.type());
}

NodeRef bare_column(std::string_view name, const SqlType& type) {
    return make_ref<ColumnNode>(NodeRef{}, std::string(name), type);
}

SourceColumn as_source_column(const SqlNode& column) { return {as<ColumnNode>(column).name(), column.type()}; }

NodeRef comma_list(std::vector<NodeRef> items) {
    return make_ref<ListNode>(NodeKind::list, Operator::comma, std::move(items), SqlType{});
}

namespace {

bool is_quantified(const SqlNode& node) {
    return node.kind() == NodeKind::unary && (node.op() == Operator::any || node.op() == Operator::all);
}

}  // namespace

NodeRef compare(Operator op, const NodeRef& left, Operand right) {
    // ANY (…) and ALL (…) stand on the right.
    if (is_quantified(*left) && !(right.node && is_quantified(*right.node)))
        return binary_node(mirror(op), operand_node(std::move(right), *left), left);
    NodeRef node = std::move(right.node);
    if (!node) {
        if (right.value.is_null())
            node = constant(NodeKind::null);
        else if (right.value.kind() == ValueKind::boolean)
            node = constant(right.value.as_bool() ? NodeKind::true_ : NodeKind::false_);
        else
            return binary_node(op, left, operand_node(std::move(right), *left));
    }
    if (is_constant(*node)) return compare_with_constant(op, left, std::move(node));
    return binary_node(op, left, std::move(node));
}

NodeRef arithmetic(Operator op, const NodeRef& left, Operand right, const SqlType& type, bool reversed) {
    const TypeKind kind = left->type().kind;
    const bool joins = kind == TypeKind::array || kind == TypeKind::json;
    if (op == Operator::add && (left->type().is_string() || joins)) op = Operator::concat;
    NodeRef other = operand_node(std::move(right), *left);
    const SqlType result = op != Operator::concat ? type : joins ? left->type() : string_type;
    return reversed ? binary_node(op, other, left, result) : binary_node(op, left, std::move(other), result);
}

NodeRef negative(NodeRef element) {
    const SqlType type = element->type();
    return make_ref<UnaryNode>(Operator::neg, std::move(element), type);
}

NodeRef custom(const NodeRef& left, std::string_view op, Operand right, const SqlType& type, int precedence) {
    if (op.empty()) throw ArgumentError("op() needs the text of an operator");
    return make_ref<BinaryNode>(Operator::custom, left, operand_node(std::move(right), *left), type, std::string(op),
                                precedence);
}

NodeRef text_match(Operator op, const NodeRef& left, Operand pattern, std::string_view escape) {
    check_escape(escape);
    if (!pattern.node && pattern.value.is_null()) return compare(op, left, std::move(pattern));
    return binary_node(op, left, operand_node(std::move(pattern), *left), boolean_type, std::string(escape));
}

NodeRef text_part(Operator op, const NodeRef& left, Operand part, bool autoescape, std::string_view escape) {
    check_escape(escape);
    if (autoescape) {
        if (part.node)
            throw ArgumentError("String value expected when autoescape=True: an expression cannot be escaped here");
        if (escape.empty()) escape = "/";
        part.value = Value::text(escaped(part.value.as_text(), escape.front()));
    }
    return text_match(op, left, std::move(part), escape);
}

NodeRef in_values(Operator op, const NodeRef& left, std::vector<Value> values, std::size_t width) {
    if (width == 1 && std::any_of(values.begin(), values.end(), [](const Value& value) { return value.is_null(); })) {
        std::vector<NodeRef> items;  // NULL is no value: it stands in the text
        items.reserve(values.size());
        for (Value& value : values) items.push_back(operand_node(Operand(std::move(value)), *left));
        return binary_node(op, left, comma_list(std::move(items)));
    }
    const SqlType& type = values.empty() ? left->type() : bind_type(*left, values.front());
    return binary_node(op, left,
                       make_ref<BindNode>(BindNode::Expanding{}, std::move(values), width, bind_seed(*left), type));
}

namespace {

// In an expression the names of a SELECT's columns mean nothing: those that an ORM query gives are left out.
NodeRef without_table_labels(NodeRef select) {
    if (select->kind() != NodeKind::select) return select;
    const SelectDraft& parts = as<SelectNode>(*select).parts();
    if (parts.label_style != LabelStyle::table_column) return select;
    SelectDraft bare = parts;
    bare.label_style = LabelStyle::disambiguate;
    return freeze(std::move(bare));
}

}  // namespace

NodeRef in_node(Operator op, const NodeRef& left, NodeRef set) {
    if (set->kind() == NodeKind::select || set->kind() == NodeKind::compound)
        set = scalar_node(without_table_labels(std::move(set)));
    return binary_node(op, left, std::move(set));
}

NodeRef between(const NodeRef& left, Operand low, Operand high, bool symmetric) {
    std::vector<NodeRef> ends{operand_node(std::move(low), *left), operand_node(std::move(high), *left)};
    NodeRef range = make_ref<ListNode>(NodeKind::list, Operator::none, std::move(ends), SqlType{});
    return binary_node(Operator::between, left, std::move(range), boolean_type, symmetric ? "SYMMETRIC" : "");
}

NodeRef negate(const NodeRef& node) {
    if (NodeRef opposite = node->own_negation()) return opposite;
    switch (node->kind()) {
        case NodeKind::true_: return constant(NodeKind::false_);
        case NodeKind::false_: return constant(NodeKind::true_);
        case NodeKind::label: return labelled(negate(as<NamedNode>(*node).element()), as<NamedNode>(*node).name());
        case NodeKind::binary: {
            const auto& old = as<BinaryNode>(*node);
            const Operator opposite = negation(old.op());
            if (opposite != Operator::none)
                return make_ref<BinaryNode>(opposite, old.left(), old.right(), old.type(), std::string(old.text()),
                                            old.precedence());
            if (old.type().kind == TypeKind::boolean)
                return make_ref<UnaryNode>(Operator::is_false, node, boolean_type);
            break;
        }
        case NodeKind::unary:
            if (node->op() == Operator::is_true && is_constant(*as<UnaryNode>(*node).element()))
                return negate(as<UnaryNode>(*node).element());
            if (node->op() == Operator::is_true || node->op() == Operator::is_false)
                return make_ref<UnaryNode>(negation(node->op()), as<UnaryNode>(*node).element(), boolean_type);
            break;
        case NodeKind::list:
        case NodeKind::text: break;
        default:
            if (node->type().kind == TypeKind::boolean)
                return make_ref<UnaryNode>(Operator::is_false, node, boolean_type);
    }
    return make_ref<UnaryNode>(Operator::not_, node, boolean_type);
}

NodeRef conjunction(Operator op, std::vector<NodeRef> items) {
    const NodeKind neutral = op == Operator::and_ ? NodeKind::true_ : NodeKind::false_;
    const NodeKind decisive = op == Operator::and_ ? NodeKind::false_ : NodeKind::true_;
    NodeRef left_out;
    std::vector<NodeRef> kept;
    for (NodeRef& item : items) {
        if (item->kind() == decisive) return as_condition(item);
        if (item->kind() == neutral)
            left_out = std::move(item);
        else
            kept.push_back(std::move(item));
    }
    if (kept.size() == 1) return as_condition(kept.front());
    if (kept.empty()) return as_condition(left_out ? left_out : constant(neutral));
    return make_ref<ListNode>(NodeKind::list, op, std::move(kept), boolean_type);
}

NodeRef modified(Operator op, NodeRef element) {
    const SqlType type = element->type();
    return make_ref<UnaryNode>(op, std::move(element), type);
}

NodeRef collated(NodeRef element, std::string_view collation) {
    const SqlType type = element->type();
    return make_ref<UnaryNode>(Operator::collate, std::move(element), type, std::string(collation));
}

NodeRef labelled(NodeRef element, std::string_view name) {
    if (name.empty()) throw ArgumentError("a label needs a name");
    if (element->kind() == NodeKind::label) element = as<NamedNode>(*element).element();
    const SqlType type = element->type();
    return make_ref<NamedNode>(NodeKind::label, std::string(name), std::vector<NodeRef>{std::move(element)}, type);
}

NodeRef cast_node(NodeRef element, const SqlType& type) {
    return make_ref<NamedNode>(NodeKind::cast, std::string(), std::vector<NodeRef>{std::move(element)}, type);
}

NodeRef extract_node(std::string_view field, NodeRef element) {
    for (const char c : field)
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_')
            throw ArgumentError("extract() needs the name of a field such as 'year', not '" + std::string(field) + "'");
    return make_ref<NamedNode>(NodeKind::extract, std::string(field), std::vector<NodeRef>{std::move(element)},
                               SqlType{.kind = TypeKind::integer});
}

NodeRef function_node(std::string_view name, std::vector<Operand> arguments, const SqlType& type) {
    const std::string seed(name.substr(name.rfind('.') + 1));
    std::vector<NodeRef> nodes;
    nodes.reserve(arguments.size());
    for (Operand& argument : arguments) {
        if (argument.node) {
            nodes.push_back(std::move(argument.node));
        } else if (argument.value.is_null()) {
            nodes.push_back(constant(NodeKind::null));
        } else {
            const SqlType own = type_of(argument.value);
            nodes.push_back(make_ref<BindNode>(std::move(argument.value), std::string(seed), own));
        }
    }
    return make_ref<FunctionNode>(std::string(name), std::move(nodes), type);
}

NodeRef case_node(NodeRef value, std::vector<NodeRef> conditions_and_results, NodeRef otherwise) {
    if (conditions_and_results.empty()) throw ArgumentError("case_() needs at least one condition");
    SqlType type = conditions_and_results.back()->type();
    std::vector<NodeRef> parts{std::move(value)};
    for (NodeRef& part : conditions_and_results) parts.push_back(std::move(part));
    parts.push_back(std::move(otherwise));
    return make_ref<ListNode>(NodeKind::case_, Operator::none, std::move(parts), type);
}

NodeRef tuple_node(std::vector<NodeRef> items) {
    return make_ref<ListNode>(NodeKind::tuple, Operator::comma, std::move(items), SqlType{});
}

NodeRef filter_node(NodeRef function, std::vector<NodeRef> criteria) {
    const SqlType type = function->type();
    std::vector<NodeRef> parts{std::move(function), conjunction(Operator::and_, std::move(criteria))};
    return make_ref<ListNode>(NodeKind::filter, Operator::filter, std::move(parts), type);
}

NodeRef scalar_node(NodeRef select) {
    SqlType type;
    if (select->kind() == NodeKind::select) {
        const auto& columns = as<SelectNode>(*select).parts().columns;
        if (columns.size() == 1) type = columns.front()->type();
    }
    return make_ref<ListNode>(NodeKind::scalar_select, Operator::none, std::vector<NodeRef>{std::move(select)}, type);
}

NodeRef exists_node(NodeRef select) {
    return make_ref<UnaryNode>(Operator::exists, scalar_node(std::move(select)), boolean_type);
}

NodeRef constant(NodeKind kind) {
    static const NodeRef null_constant = make_ref<ConstantNode>(NodeKind::null),
                         true_constant = make_ref<ConstantNode>(NodeKind::true_),
                         false_constant = make_ref<ConstantNode>(NodeKind::false_);
    return kind == NodeKind::null ? null_constant : kind == NodeKind::true_ ? true_constant : false_constant;
}

NodeRef text_node(std::string_view sql, std::vector<NodeRef> binds) {
    return make_ref<NamedNode>(NodeKind::text, std::string(sql), std::move(binds), SqlType{});
}

NodeRef literal_column_node(std::string_view sql, const SqlType& type) {
    return make_ref<NamedNode>(NodeKind::literal_column, std::string(sql), std::vector<NodeRef>{}, type);
}

NodeRef bind_parameter(std::string_view name, const SqlType& type) {
    return make_ref<BindNode>(BindNode::Named{}, std::string(name), Value(), true, type);
}

NodeRef bind_parameter(std::string_view name, Value value, const SqlType& type) {
    return make_ref<BindNode>(BindNode::Named{}, std::string(name), std::move(value), false, type);
}

NodeRef label_reference(std::string_view name) {
    return make_ref<NamedNode>(NodeKind::label_reference, std::string(name), std::vector<NodeRef>{}, SqlType{});
}

}  // namespace aludel::detail
