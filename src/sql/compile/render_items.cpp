// Expressions about documents, arrays and full text; ordered aggregates; the row that an INSERT could not write.
#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

bool is_document(const SqlType& type) { return type.kind == TypeKind::json || type.kind == TypeKind::null; }

// What JSON_EXTRACT's result becomes as a number, a text or a truth value; `item`: the call, once more.
std::string converted_item(const SqlType& type, const std::string& item) {
    switch (type.kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "ELSE CAST(" + item + " AS SIGNED INTEGER)";
        case TypeKind::numeric:
            if (type.precision != 0)
                return "ELSE CAST(" + item + " AS DECIMAL(" + std::to_string(type.precision) + ", " +
                       std::to_string(type.scale) + "))";
            [[fallthrough]];
        case TypeKind::float_:
        case TypeKind::double_: return "ELSE " + item + "+0.0000000000000000000000";
        case TypeKind::boolean: return "WHEN true THEN true ELSE false";
        case TypeKind::string:
        case TypeKind::text: return "ELSE JSON_UNQUOTE(" + item + ")";
        default: return "ELSE " + item;
    }
}

}  // namespace

std::string Renderer::render_special_binary(const BinaryNode& node, const Context& context) {
    switch (node.op()) {
        case Operator::match:
        case Operator::not_match: return render_search(node, context);
        case Operator::regexp_match:
        case Operator::not_regexp_match:
        case Operator::regexp_replace: return render_regexp(node, context);
        case Operator::getitem: return render_array_item(node, context);
        case Operator::json_item:
        case Operator::json_path_item: return render_json_item(node, context);
        default: return render_json_operator(node, operator_text(node.op()), context);
    }
}

// ---- documents

std::string Renderer::render_json_operator(const BinaryNode& node, std::string_view symbol, const Context& outer) {
    Context context = outer;
    context.in_binary = true;
    std::string text = grouped(*node.left(), node.op(), context);
    text += symbol;
    text += grouped(*node.right(), node.op(), context);
    return outer.in_binary ? "(" + text + ")" : text;
}

std::string Renderer::render_json_item(const BinaryNode& node, const Context& context) {
    switch (dialect_.traits().json_form) {
        case JsonForm::bracketed: {
            const std::string left = grouped(*node.left(), node.op(), context);
            return left + "[" + grouped(*node.right(), node.op(), context) + "]";
        }
        case JsonForm::arrows: break;
        case JsonForm::extract:
        case JsonForm::quoted_extract: return render_json_call(node, context);
    }
    if (is_document(node.type())) return render_json_operator(node, operator_text(node.op()), context);
    const std::string text = render_json_operator(node, node.op() == Operator::json_item ? " ->> " : " #>> ", context);
    return "CAST(" + text + " AS " + protect(dialect_.cast_type_name(node.type())) + ")";
}

std::string Renderer::render_json_call(const BinaryNode& node, const Context& context) {
    const auto call = [&] {
        const std::string left = grouped(*node.left(), node.op(), context);
        return "JSON_EXTRACT(" + left + ", " + grouped(*node.right(), node.op(), context) + ")";
    };
    std::string item = call();
    const bool document = is_document(node.type());
    if (dialect_.traits().json_form == JsonForm::quoted_extract) return document ? "JSON_QUOTE(" + item + ")" : item;
    if (document) return item;
    // There the null of JSON is no NULL.
    std::string text = "CASE " + item + " WHEN 'null' THEN NULL ";
    text +=
        node.type().kind == TypeKind::boolean ? converted_item(node.type(), {}) : converted_item(node.type(), call());
    return text + " END";
}

// ---- arrays

std::string Renderer::render_array_item(const BinaryNode& node, const Context& context) {
    if (!dialect_.traits().array_items)
        throw CompileError("The " + std::string(dialect_.name()) + " dialect has no arrays, and so no items of them");
    const std::string left = grouped(*node.left(), Operator::getitem, context);
    return left + "[" + grouped(*node.right(), Operator::getitem, context) + "]";
}

std::string Renderer::render_quantified(const UnaryNode& node, const Context& context) {
    const std::string element = render(*node.element(), context);
    const bool enclosed = node.element()->kind() == NodeKind::scalar_select;
    return std::string(operator_text(node.op())) + (enclosed ? element : "(" + element + ")");
}

// ---- text

std::string Renderer::render_search(const BinaryNode& node, const Context& context) {
    const bool several = node.left()->kind() == NodeKind::list;
    const std::string left = several ? render(*node.left(), context) : grouped(*node.left(), node.op(), context);
    const SqlNode* pattern = node.right().get();
    std::string configuration;
    if (pattern->kind() == NodeKind::list) {
        configuration = protect(dialect_.string_literal(as<NamedNode>(*pattern->children()[1]).name()));
        pattern = pattern->children()[0].get();
    }
    const std::string text = dialect_.match(left, grouped(*pattern, node.op(), context), node.text(), configuration);
    return node.op() == Operator::not_match ? "NOT " + text : text;
}

std::string Renderer::render_regexp(const BinaryNode& node, const Context& context) {
    if (node.op() == Operator::regexp_replace) {
        const auto parts = node.right()->children();
        const std::string left = render(*node.left(), context), pattern = render(*parts[0], context);
        return dialect_.regexp_replace(left, pattern, render(*parts[1], context), node.text());
    }
    const std::string left = grouped(*node.left(), node.op(), context);
    const std::string right = grouped(*node.right(), node.op(), context);
    return dialect_.regexp_match(left, right, node.op() == Operator::not_regexp_match, node.text());
}

// ---- aggregates and what else is no operator

std::string Renderer::render_special(const SqlNode& node, const Context& outer) {
    Context context = outer;
    context.columns_clause = false;
    const auto parts = node.children();
    switch (node.kind()) {
        case NodeKind::array: return "ARRAY[" + joined(parts, ", ", context) + "]";
        case NodeKind::slice: {
            const std::string from = render(*parts[0], context);
            return from + ":" + render(*parts[1], context);
        }
        case NodeKind::ordered_argument: {
            const std::string argument = render(*parts[0], context);
            return argument + " ORDER BY " + joined(parts.subspan(1), ", ", context);
        }
        case NodeKind::within_group: {
            const std::string function = render(*parts[0], context);
            return function + " WITHIN GROUP (ORDER BY " + joined(parts.subspan(1), ", ", context) + ")";
        }
        default: return render_excluded(node);
    }
}

std::string Renderer::render_excluded(const SqlNode& node) {
    const std::string name = protect(dialect_.quote(column_name(as<ColumnNode>(*node.children()[0]))));
    if (duplicate_key_) return "VALUES(" + name + ")";
    if (dialect_.traits().on_conflict) return "excluded." + name;
    return "VALUES(" + name + ")";
}

std::string Renderer::function_argument(const SqlNode& node, std::string_view function, const Context& context) {
    if (node.kind() == NodeKind::bind && !as<BindNode>(node).expanding())
        return render_bind(as<BindNode>(node), false, function);
    return grouped(node, Operator::comma, context);
}

std::string Renderer::words(const std::vector<StatementWords>& all, bool behind) const {
    std::string text;
    for (const StatementWords& each : all) {
        if (!each.dialect.empty() && !dialect_.is_called(each.dialect)) continue;
        text += behind ? " " + protect(each.text) : protect(each.text) + " ";
    }
    return text;
}

}  // namespace aludel::detail
