// FROM: tables, aliases, subqueries, joins, rows of values and of functions; WITH.
#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

// The parts of a recursive common table expression are one: its first part stands for all of them.
const AliasNode& first_part(const AliasNode& cte) {
    const AliasNode* node = &cte;
    while (node->traits().restates) node = &as<AliasNode>(*node->traits().restates);
    return *node;
}

std::string with_name(std::string text, const std::string& name) {
    constexpr std::string_view mark = "%(name)s";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + name.size()))
        text.replace(at, mark.size(), name);
    return text;
}

}  // namespace

std::string Renderer::table_name(const SqlNode& table) {
    const TableInfo& info = as<TableNode>(table).table();
    return protect(dialect_.quote_qualified(info.schema(), info.name()));
}

std::string Renderer::render_from(const SqlNode& node) {
    switch (node.kind()) {
        case NodeKind::table: return with_hints(node, table_name(node));
        case NodeKind::alias: return with_hints(node, render_alias(as<AliasNode>(node)));
        case NodeKind::subquery: return with_hints(node, render_subquery(as<AliasNode>(node)));
        case NodeKind::cte: return with_hints(node, render_cte(as<AliasNode>(node)));
        case NodeKind::row_source: return render_row_source(as<RowSourceNode>(node));
        case NodeKind::join: {
            const auto& join = as<JoinNode>(node);
            const std::string left = render_from(*join.left());
            std::string right = render_from(*join.right());
            if (join.right()->kind() == NodeKind::join) right = "(" + right + ")";
            return left +
                   (join.full()                         ? " FULL OUTER JOIN "
                    : join.outer()                      ? " LEFT OUTER JOIN "
                    : dialect_.traits().inner_join_word ? " INNER JOIN "
                                                        : " JOIN ") +
                   right + " ON " + grouped(*join.on(), Operator::as_boolean);
        }
        default: throw CompileError("This cannot stand in FROM");
    }
}

std::string Renderer::render_alias(const AliasNode& node) {
    const std::string name = from_name(node);
    const std::string alias = protect(dialect_.quote(generated_name(name, is_anonymous(name))));
    std::string text = render_from(*node.element()) + " AS " + alias;
    if (!node.traits().sample) return text;
    text += " TABLESAMPLE " + render(*node.traits().sample);
    return node.traits().seed ? text + " REPEATABLE (" + render(*node.traits().seed) + ")" : text;
}

std::string Renderer::render_subquery(const AliasNode& node) {
    const std::string name = from_name(node);
    const std::string alias = protect(dialect_.quote(generated_name(name, is_anonymous(name))));
    const SqlNode& query = *node.element();
    lateral_ = node.traits().lateral;
    const std::string inner = query.kind() == NodeKind::text ? render(query) : render_query(query, true, false);
    lateral_ = false;
    return (node.traits().lateral ? "LATERAL (" : "(") + inner + ") AS " + alias;
}

// Words beside a table, from with_hint().
std::string Renderer::with_hints(const SqlNode& from, std::string text) const {
    const HintForm form = dialect_.traits().hint_form;
    for (const TableHint& hint : hints_) {
        const bool spoken_to = hint.words.dialect.empty() || dialect_.is_called(hint.words.dialect);
        if (form == HintForm::none || !spoken_to || from_identity(*hint.from) != from_identity(from)) continue;
        const std::string said = with_name(protect(hint.words.text), from.kind() == NodeKind::table ? text : "");
        if (form == HintForm::only) {
            if (said != "ONLY" && said != "only")
                throw CompileError("Unrecognized hint: '" + hint.words.text + "'; the " + std::string(dialect_.name()) +
                                   " dialect knows ONLY");
            text.insert(0, "ONLY ");
        } else {
            text += form == HintForm::behind ? " " + said : " [" + said + "]";
        }
    }
    return text;
}

// ---- rows of values and of functions

std::string Renderer::render_value_rows(const RowSourceDraft& source) {
    std::string text = "VALUES ";
    const std::size_t width = source.columns.size();
    for (std::size_t i = 0; i < source.cells.size(); ++i) {
        if (i % width == 0) text += i == 0 ? "(" : ", (";
        text += grouped(*source.cells[i], Operator::comma);
        text += (i + 1) % width == 0 ? ")" : ", ";
    }
    return text;
}

std::string Renderer::render_row_source(const RowSourceNode& node) {
    const RowSourceDraft& source = node.parts();
    const std::string raw = from_name(node);
    const std::string name = protect(dialect_.quote(generated_name(raw, is_anonymous(raw))));
    std::string text = source.lateral ? "LATERAL " : "";
    text += source.function ? render(*source.function) : "(" + render_value_rows(source) + ")";
    if (source.with_ordinality) text += " WITH ORDINALITY";
    text += " AS " + name;
    if (source.function && !source.names_columns) return text;
    text += source.function ? "(" : " (";
    for (std::size_t i = 0; i < source.columns.size(); ++i) {
        text += (i == 0 ? "" : ", ") + protect(dialect_.quote(source.columns[i].name));
        if (source.types_columns) text += " " + protect(dialect_.type_name(source.columns[i].type));
    }
    return text + ")";
}

// ---- WITH

std::string Renderer::cte_body(const SqlNode& element) {
    std::vector<Level> outside;
    outside.swap(levels_);  // a CTE sees nothing of the statement around it
    ++cte_depth_;
    std::string body;
    switch (element.kind()) {
        case NodeKind::insert: body = render_insert(as<InsertNode>(element)); break;
        case NodeKind::update: body = render_update(as<UpdateNode>(element)); break;
        case NodeKind::delete_: body = render_delete(as<DeleteNode>(element)); break;
        case NodeKind::text: body = render(element); break;
        default: body = render_query(element, true, false);
    }
    --cte_depth_;
    outside.swap(levels_);
    return body;
}

std::string Renderer::cte_head(const AliasNode& node, const std::string& name) {
    if (!node.recursive()) return name;
    recursive_cte_ = true;
    std::string columns;
    for (const NodeRef& column : columns_of(NodeRef(&node)))
        columns += (columns.empty() ? "" : ", ") +
                   protect(dialect_.quote(generated_name(column_name(as<ColumnNode>(*column)), false)));
    return name + "(" + columns + ")";
}

// A common table expression is written once, in front of the statement; here stands its name.
std::string Renderer::render_cte(const AliasNode& node) {
    const AliasNode* first = &first_part(node);
    const std::string raw = from_name(node);
    const std::string name = protect(dialect_.quote(generated_name(raw, is_anonymous(raw))));
    for (const auto& [known, text] : ctes_)
        if (known == first) return name;
    ctes_.emplace_back(first, std::string());
    const std::size_t index = ctes_.size() - 1;
    std::string head = cte_head(node, name) + " AS " + words(node.traits().prefixes, false) + "\n(";
    std::string body = cte_body(*node.element());
    ctes_[index].second = head + body + ")" + words(node.traits().suffixes, true);
    // Those that its body uses were met later and stand before it.
    std::rotate(ctes_.begin() + static_cast<std::ptrdiff_t>(index),
                ctes_.begin() + static_cast<std::ptrdiff_t>(index) + 1, ctes_.end());
    return name;
}

void Renderer::require_ctes(const std::vector<NodeRef>& ctes) {
    for (const NodeRef& cte : ctes) render_cte(as<AliasNode>(*cte));
}

std::string Renderer::with_clause() {
    if (ctes_.empty() || cte_depth_ != 0) return {};
    std::string text = recursive_cte_ ? "WITH RECURSIVE " : "WITH ";
    for (std::size_t i = 0; i < ctes_.size(); ++i) text += (i == 0 ? "" : ", \n") + ctes_[i].second;
    return text + "\n ";
}

}  // namespace aludel::detail
