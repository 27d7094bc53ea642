// Expressions as text: operators, parentheses, functions, CASE, labels.
//
// Names are numbered in the order in which they are met, so operands are rendered one after the other, left to right:
// never two in one expression, whose order of evaluation the compiler chooses.
#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/detail/literal.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

bool is_boolean_list(const SqlNode& node) {
    return node.kind() == NodeKind::list && (node.op() == Operator::and_ || node.op() == Operator::or_);
}

// Every database knows that this is true or false, even one without booleans.
bool implicitly_boolean(const SqlNode& node) {
    switch (node.kind()) {
        case NodeKind::binary:
            return is_comparison(node.op()) || (node.op() == Operator::custom && node.type().kind == TypeKind::boolean);
        case NodeKind::list: return is_boolean_list(node);
        case NodeKind::unary: return node.op() == Operator::not_ || node.op() == Operator::exists;
        case NodeKind::label: return implicitly_boolean(*as<NamedNode>(node).element());
        default: return false;
    }
}

// A value of type boolean that must become a condition: `x = 1` where there are no booleans.
bool becomes_condition(const SqlNode& node, Operator against) {
    return (against == Operator::and_ || against == Operator::or_ || against == Operator::as_boolean) &&
           is_boolean_value(node);
}

// Where in a document is said in each database's own way.
std::string literal_value(const Dialect& dialect, const Value& value, const SqlType& type) {
    return type == json_path_type ? dialect.literal(dialect.to_storage(value, type), SqlType{})
                                  : dialect.literal(value, type);
}

bool exceeds(int own, Operator against, int against_precedence, int unset) {
    int limit = against_precedence != unset ? against_precedence : precedence(against);
    if (limit <= precedence(Operator::none)) limit = precedence(Operator::largest);
    return own <= limit;
}

}  // namespace

bool is_direction(Operator op) {
    return op == Operator::asc || op == Operator::desc || op == Operator::nulls_first || op == Operator::nulls_last;
}

const SqlNode& without_direction(const SqlNode& item) {
    const SqlNode* node = &item;
    while (node->kind() == NodeKind::unary && is_direction(node->op())) node = as<UnaryNode>(*node).element().get();
    return *node;
}

bool Renderer::needs_parentheses(const SqlNode& node, Operator against, int against_precedence) const {
    switch (node.kind()) {
        case NodeKind::binary: {
            const auto& binary = as<BinaryNode>(node);
            if (binary.op() == Operator::custom)
                return exceeds(binary.precedence(), against, against_precedence, custom_precedence_unset);
            if (against_precedence != custom_precedence_unset)
                return exceeds(precedence(binary.op()), against, against_precedence, custom_precedence_unset);
            return needs_group(binary.op(), against);
        }
        case NodeKind::unary:
            if (is_direction(node.op()) || node.op() == Operator::is_true || node.op() == Operator::is_false)
                return false;
            return needs_group(node.op(), against);
        case NodeKind::list:
            return node.op() != Operator::none && !node.children().empty() && needs_group(node.op(), against);
        case NodeKind::filter: return needs_group(Operator::filter, against);
        case NodeKind::array: return against == Operator::getitem;
        case NodeKind::text: return against == Operator::in || against == Operator::not_in;
        case NodeKind::label: return needs_parentheses(*as<NamedNode>(node).element(), against, against_precedence);
        default: return false;
    }
}

std::string Renderer::grouped(const SqlNode& node, Operator against, const Context& context, int against_precedence) {
    if (node.kind() == NodeKind::label && context.by_label != &node) {
        Context inner = context;
        inner.columns_clause = false;
        return grouped(*as<NamedNode>(node).element(), against, inner, against_precedence);
    }
    if (becomes_condition(node, against)) return render_boolean(node, true, context);
    if (needs_parentheses(node, against, against_precedence)) return "(" + render(node, context) + ")";
    return render(node, context);
}

// Table: a line per kind of node.
std::string Renderer::render(const SqlNode& node, const Context& context) {
    switch (node.kind()) {
        case NodeKind::column: return render_column(as<ColumnNode>(node), context);
        case NodeKind::bind: return render_bind(as<BindNode>(node));
        case NodeKind::null: return "NULL";
        case NodeKind::true_: return dialect_.traits().boolean_words ? "true" : "1";
        case NodeKind::false_: return dialect_.traits().boolean_words ? "false" : "0";
        case NodeKind::text: return render_text(as<NamedNode>(node));
        case NodeKind::literal_column: return protect(as<NamedNode>(node).name());
        case NodeKind::unary: return render_unary(as<UnaryNode>(node), context);
        case NodeKind::binary: return render_binary(as<BinaryNode>(node), context);
        case NodeKind::list: return render_list(node, context);
        case NodeKind::tuple: return "(" + joined(node.children(), ", ", context) + ")";
        case NodeKind::function: return render_function(as<FunctionNode>(node), context);
        case NodeKind::cast: return render_cast(as<NamedNode>(node), context);
        case NodeKind::extract:
            return dialect_.extract(as<NamedNode>(node).name(), render(*as<NamedNode>(node).element()));
        case NodeKind::case_: return render_case(node, context);
        case NodeKind::label: return render_label(as<NamedNode>(node), context);
        case NodeKind::label_reference: return render_label_reference(as<NamedNode>(node), context);
        case NodeKind::over: return render_over(as<OverNode>(node), context);
        case NodeKind::filter: {
            const std::string function = render(*node.children()[0], context);
            return function + " FILTER (WHERE " + render(*node.children()[1]) + ")";
        }
        case NodeKind::within_group:
        case NodeKind::array:
        case NodeKind::slice:
        case NodeKind::ordered_argument:
        case NodeKind::excluded: return render_special(node, context);
        case NodeKind::scalar_select: return "(" + render_query(*node.children()[0], false, false) + ")";
        case NodeKind::select:
        case NodeKind::compound: return "(" + render_query(node, false, false) + ")";
        case NodeKind::table:
        case NodeKind::alias:
        case NodeKind::subquery:
        case NodeKind::cte:
        case NodeKind::row_source:
        case NodeKind::join: return render_from(node);
        case NodeKind::insert:
        case NodeKind::update:
        case NodeKind::delete_: break;
    }
    throw CompileError("A statement cannot stand inside an expression");
}

std::string Renderer::render_list(const SqlNode& node, const Context& context) {
    if (!is_boolean_list(node)) return joined(node.children(), ", ", context);
    std::string text;
    for (const NodeRef& item : node.children()) {
        if (!text.empty()) text += operator_text(node.op());
        text += grouped(*item, node.op(), context);
    }
    return text;
}

std::string Renderer::render_cast(const NamedNode& node, const Context& context) {
    const std::string type = dialect_.cast_type_name(node.type());
    const std::string inner =
        render(*node.element(), Context{.include_table = context.include_table, .in_binary = context.in_binary});
    return type.empty() ? inner : "CAST(" + inner + " AS " + protect(type) + ")";
}

std::string Renderer::joined(std::span<const NodeRef> items, std::string_view separator, const Context& context) {
    std::string text;
    for (const NodeRef& item : items) {
        if (!text.empty()) text += separator;
        text += grouped(*item, Operator::comma, context);
    }
    return text;
}

std::string Renderer::render_column(const ColumnNode& node, const Context& context) {
    const std::string raw = column_name(node);
    std::string name = protect(dialect_.quote(is_anonymous(raw) ? generated_name(raw, true) : raw));
    if (!node.from() || !context.include_table || options_.bare_columns) return name;
    const SqlNode& from = *node.from();
    if (from.kind() == NodeKind::table) {
        const TableInfo& table = as<TableNode>(from).table();
        return protect(dialect_.quote_qualified(table.schema(), table.name())) + "." + name;
    }
    const std::string owner = from_name(from);
    if (owner.empty()) return name;
    return protect(dialect_.quote(generated_name(owner, is_anonymous(owner)))) + "." + name;
}

// ---- parameters

std::string Renderer::render_bind(const BindNode& node, bool negated, std::string_view function) {
    const std::string cast = dialect_.parameter_cast(node.type(), function);
    const std::string behind = cast.empty() ? cast : "::" + protect(cast);
    if (node.literal() || (options_.literal_binds && !node.required())) {
        if (!node.expanding()) return protect(literal_value(dialect_, node.value(), node.type())) + behind;
        if (node.values().empty()) return protect(dialect_.empty_set(node.width(), negated));
        std::string text = node.width() > 1 && dialect_.traits().values_in_tuple_in ? "VALUES " : "";
        for (std::size_t i = 0; i < node.values().size(); ++i) {
            const std::size_t place = i % node.width();
            if (i != 0) text += ", ";
            if (node.width() > 1 && place == 0) text += "(";
            text += protect(dialect_.literal(node.values()[i], node.type()));
            if (node.width() > 1 && place == node.width() - 1) text += ")";
        }
        return text;
    }
    Placeholder placeholder{.bind = &node, .slot = {}};
    placeholder.slot.name = bind_name(node);
    placeholder.slot.type = node.type();
    placeholder.slot.width = node.width();
    placeholder.slot.required = node.required();
    placeholder.slot.negated = negated;
    if (!node.expanding()) return mark(std::move(placeholder)) + behind;
    placeholder.slot.cast = cast;
    return mark(std::move(placeholder));
}

std::string Renderer::render_constant(Value value, const SqlType& type) {
    if (options_.literal_binds) return protect(dialect_.literal(value, type));
    Placeholder placeholder;
    placeholder.slot.bind = BindSlot::no_bind;
    placeholder.slot.name = "param_" + std::to_string(++counters_["param"]);
    placeholder.slot.type = type;
    placeholder.slot.constant = std::move(value);
    return mark(std::move(placeholder));
}

// ---- operators

std::string Renderer::render_boolean(const SqlNode& element, bool wanted, const Context& context) {
    const std::string text = render(element, context);
    if (implicitly_boolean(element) || dialect_.traits().native_boolean) return wanted ? text : "NOT " + text;
    return text + (wanted ? " = 1" : " = 0");
}

std::string Renderer::render_unary(const UnaryNode& node, const Context& context) {
    Context inner = context;
    inner.columns_clause = false;
    switch (node.op()) {
        case Operator::is_true: return render_boolean(*node.element(), true, inner);
        case Operator::is_false: return render_boolean(*node.element(), false, inner);
        case Operator::asc:
        case Operator::desc: return grouped(*node.element(), node.op(), inner) + std::string(operator_text(node.op()));
        case Operator::nulls_first:
        case Operator::nulls_last: return render_nulls_order(node, inner);
        case Operator::any:
        case Operator::all: return render_quantified(node, inner);
        case Operator::collate:
            return grouped(*node.element(), Operator::collate, inner) + " COLLATE " +
                   protect(dialect_.quote(node.name()));
        default: return std::string(operator_text(node.op())) + grouped(*node.element(), node.op(), inner);
    }
}

// Where NULL is less than every value, it stands first in rising order and last in falling order by itself.
std::string Renderer::render_nulls_order(const UnaryNode& node, const Context& context) {
    if (dialect_.traits().nulls_order)
        return grouped(*node.element(), node.op(), context) + std::string(operator_text(node.op()));
    std::string ordered = render(*node.element(), context);
    const bool first = node.op() == Operator::nulls_first;
    const bool falling = node.element()->op() == Operator::desc;
    if (first != falling) return ordered;
    const SqlNode& value = without_direction(node);
    return grouped(value, Operator::is, context) + (first ? " IS NULL DESC, " : " IS NULL, ") + ordered;
}

// Table: a line per operator that is not just written between its operands.
std::string Renderer::render_binary(const BinaryNode& node, const Context& outer) {
    Context context = outer;
    context.columns_clause = false;
    const Operator op = node.op();
    switch (op) {
        case Operator::in:
        case Operator::not_in: return render_in(node, context);
        case Operator::between:
        case Operator::not_between: return render_between(node, context);
        case Operator::like:
        case Operator::not_like:
        case Operator::ilike:
        case Operator::not_ilike: return render_like(node, context);
        case Operator::startswith:
        case Operator::not_startswith:
        case Operator::endswith:
        case Operator::not_endswith:
        case Operator::contains:
        case Operator::not_contains: return render_part(node, context);
        case Operator::custom: {
            context.in_binary = true;
            std::string text = grouped(*node.left(), op, context, node.precedence());
            text += " " + protect(node.text()) + " ";
            return text += grouped(*node.right(), op, context, node.precedence());
        }
        case Operator::match:
        case Operator::not_match:
        case Operator::regexp_match:
        case Operator::not_regexp_match:
        case Operator::regexp_replace:
        case Operator::getitem:
        case Operator::json_item:
        case Operator::json_path_item:
        case Operator::json_text:
        case Operator::json_path_text:
        case Operator::json_has_key:
        case Operator::json_has_all:
        case Operator::json_has_any:
        case Operator::json_contains:
        case Operator::json_contained_by: return render_special_binary(node, context);
        default: break;
    }
    context.in_binary = true;
    const std::string left = grouped(*node.left(), op, context), right = grouped(*node.right(), op, context);
    switch (op) {
        case Operator::concat: return dialect_.concat(left, right);
        case Operator::is_distinct_from:
        case Operator::is_not_distinct_from:
            return dialect_.is_distinct_from(left, right, op == Operator::is_not_distinct_from);
        default: return left + std::string(operator_text(op)) + right;
    }
}

std::string Renderer::escape_clause(const std::string& escape) const {
    return escape.empty() ? std::string() : " ESCAPE " + protect(dialect_.string_literal(escape));
}

std::string Renderer::render_like(const BinaryNode& node, const Context& context) {
    const Operator op = node.op();
    const std::string left = grouped(*node.left(), op, context), right = grouped(*node.right(), op, context);
    if (op == Operator::ilike || op == Operator::not_ilike)
        return dialect_.ilike(left, right, op == Operator::not_ilike) + escape_clause(node.text());
    return left + std::string(operator_text(op)) + right + escape_clause(node.text());
}

// LIKE with the value put between signs that stand for anything.
std::string Renderer::render_part(const BinaryNode& node, const Context& context) {
    const Operator op = node.op();
    const bool negated = op == Operator::not_startswith || op == Operator::not_endswith || op == Operator::not_contains;
    const std::string left = grouped(*node.left(), op, context);
    std::string pattern = grouped(*node.right(), op, context);
    if (op != Operator::startswith && op != Operator::not_startswith) pattern = dialect_.concat("'%'", pattern);
    if (op != Operator::endswith && op != Operator::not_endswith) pattern = dialect_.concat(pattern, "'%'");
    return left + (negated ? " NOT LIKE " : " LIKE ") + pattern + escape_clause(node.text());
}

std::string Renderer::render_in(const BinaryNode& node, const Context& context) {
    const bool negated = node.op() == Operator::not_in;
    const std::string left = grouped(*node.left(), node.op(), context);
    const SqlNode& set = *node.right();
    const std::string right = set.kind() == NodeKind::bind && as<BindNode>(set).expanding()
                                  ? "(" + render_bind(as<BindNode>(set), negated) + ")"
                                  : grouped(set, node.op(), context);
    if (!negated) return left + " IN " + right;
    return "(" + left + " NOT IN " + right + ")";  // an empty NOT IN may hold an OR
}

std::string Renderer::render_between(const BinaryNode& node, const Context& context) {
    const auto ends = node.right()->children();
    std::string text = grouped(*node.left(), node.op(), context);
    text += operator_text(node.op());
    if (!node.text().empty()) text += node.text() + " ";
    text += render(*ends[0], context);
    text += " AND ";
    return text += render(*ends[1], context);
}

// ---- functions, CASE, windows

std::string Renderer::render_function(const FunctionNode& node, const Context& context) {
    Context inner = context;
    inner.columns_clause = false;
    std::vector<std::string> arguments;
    for (const NodeRef& argument : node.arguments())
        arguments.push_back(function_argument(*argument, node.name(), inner));
    std::string special = dialect_.function(node.name(), arguments);
    if (!special.empty()) return special;
    std::string name;
    std::string_view rest = node.name();
    while (true) {
        const std::size_t dot = rest.find('.');
        const std::string_view part = rest.substr(0, dot);
        const bool plain = !part.empty() &&
                           std::all_of(part.begin(), part.end(),
                                       [](char c) {
                                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                                  (c >= '0' && c <= '9') || c == '_' || c == '$';
                                       }) &&
                           !(part.front() >= '0' && part.front() <= '9') && part.front() != '$';
        name += plain ? std::string(part) : protect(dialect_.quote_always(part));
        if (dot == std::string_view::npos) break;
        name += '.';
        rest.remove_prefix(dot + 1);
    }
    return name + argument_list(arguments);
}

std::string Renderer::render_case(const SqlNode& node, const Context& outer) {
    Context context = outer;
    context.columns_clause = false;
    const auto parts = node.children();
    std::string text = "CASE ";
    if (parts.front()) text += render(*parts.front(), context) + " ";
    for (std::size_t i = 1; i + 2 < parts.size(); i += 2) {
        text += "WHEN " + grouped(*parts[i], Operator::none, context);
        text += " THEN " + render(*parts[i + 1], context) + " ";
    }
    if (parts.back()) text += "ELSE " + render(*parts.back(), context) + " ";
    return text + "END";
}

std::string Renderer::render_frame_bound(const FrameBound& bound) {
    if (bound.kind == FrameBound::Kind::current_row || (bound.kind == FrameBound::Kind::offset && bound.offset == 0))
        return "CURRENT ROW";
    constexpr SqlType type{.kind = TypeKind::integer};
    const std::int64_t rows = bound.offset < 0 ? -bound.offset : bound.offset;
    const Value distance = Value::of(static_cast<long long>(rows));
    const std::string text =
        dialect_.traits().frame_parameters ? render_constant(distance, type) : dialect_.literal(distance, type);
    return text + (bound.offset < 0 ? " PRECEDING" : " FOLLOWING");
}

std::string Renderer::render_over(const OverNode& node, const Context& outer) {
    Context context = outer;
    context.columns_clause = false;
    const std::string function = render(*node.function(), context);
    std::string window;
    const auto add = [&](const std::string& part) { window += (window.empty() ? "" : " ") + part; };
    if (!node.partition_by().empty()) add("PARTITION BY " + joined(node.partition_by(), ", ", context));
    if (!node.order_by().empty()) add("ORDER BY " + joined(node.order_by(), ", ", context));
    const WindowFrame& frame = node.frame();
    if (frame.unit != WindowFrame::Unit::none) {
        const bool unbounded_start = frame.start.kind == FrameBound::Kind::unbounded;
        const bool unbounded_end = frame.end.kind == FrameBound::Kind::unbounded;
        std::string start = unbounded_start ? "UNBOUNDED PRECEDING" : render_frame_bound(frame.start);
        std::string end = unbounded_end ? "UNBOUNDED FOLLOWING" : render_frame_bound(frame.end);
        add((frame.unit == WindowFrame::Unit::rows ? "ROWS BETWEEN " : "RANGE BETWEEN ") + start + " AND " + end);
    }
    return function + " OVER (" + window + ")";
}

// ---- labels

std::string Renderer::render_label(const NamedNode& node, const Context& context) {
    std::string name = protect(dialect_.quote(node.name()));
    if (context.by_label == &node) return name;
    Context inner = context;
    inner.columns_clause = false;
    if (!context.columns_clause || context.within_label) return render(*node.element(), inner);
    inner.within_label = true;
    return grouped(*node.element(), Operator::as, inner) + " AS " + name;
}

// `order_by("name")`: a label or column of the SELECT, then a column of its FROM elements.
std::string Renderer::render_label_reference(const NamedNode& node, const Context& context) {
    if (levels_.empty()) return protect(node.name());
    if (const SelectDraft* select = levels_.back().select) {
        const bool qualified = select->label_style == LabelStyle::table_column;
        for (const ColumnName& column : name_columns(*select, false)) {
            const std::string own = column.node->kind() == NodeKind::column && !qualified
                                        ? column_name(as<ColumnNode>(*column.node))
                                        : column.fallback;
            if (column.node->kind() == NodeKind::text || own != node.name()) continue;
            Context found = context;
            found.by_label = column.node.get();
            return render(*column.node, found);
        }
        for (const SqlNode* from : levels_.back().own)
            for (const NodeRef& column : columns_of(NodeRef(from)))
                if (column_name(as<ColumnNode>(*column)) == node.name()) return render(*column, context);
    }
    throw CompileError(
        "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression '" + node.name() +
        "' should be explicitly declared as text('" + node.name() + "')");
}

std::string Renderer::criteria(const std::vector<NodeRef>& items, const Context& context) {
    if (items.empty()) return {};
    const NodeRef all = conjunction(Operator::and_, items);
    if (is_boolean_list(*all)) return render(*all, context);
    return grouped(*all, Operator::as_boolean, context);
}

}  // namespace aludel::detail
