// SELECT, UNION, ORDER BY, LIMIT, locks.
#include <algorithm>
#include <utility>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

std::string_view compound_word(CompoundKind kind) {
    switch (kind) {
        case CompoundKind::union_: return " UNION ";
        case CompoundKind::union_all: return " UNION ALL ";
        case CompoundKind::intersect: return " INTERSECT ";
        case CompoundKind::intersect_all: return " INTERSECT ALL ";
        case CompoundKind::except: return " EXCEPT ";
        case CompoundKind::except_all: return " EXCEPT ALL ";
    }
    return " UNION ";
}

bool needs_parentheses_in_compound(const SqlNode& select) {
    if (select.kind() == NodeKind::compound) return true;
    const SelectDraft& parts = as<SelectNode>(select).parts();
    return parts.limit || parts.offset || !parts.order_by.empty();
}

// A column that is rendered by its name alone unless somebody needs to refer to it.
bool labelled_in_from_only(const SqlNode& node) {
    return node.kind() == NodeKind::column || (node.kind() == NodeKind::unary && node.op() != Operator::exists &&
                                               node.op() != Operator::is_true && node.op() != Operator::is_false);
}

}  // namespace

std::string Renderer::render_root(const SqlNode& root) {
    switch (root.kind()) {
        case NodeKind::select:
        case NodeKind::compound:
            kind_ = StatementKind::select;
            returns_rows_ = true;
            return render_query(root, false, true);
        case NodeKind::insert: kind_ = StatementKind::insert; return render_insert(as<InsertNode>(root));
        case NodeKind::update: kind_ = StatementKind::update; return render_update(as<UpdateNode>(root));
        case NodeKind::delete_: kind_ = StatementKind::delete_; return render_delete(as<DeleteNode>(root));
        case NodeKind::text:
            kind_ = StatementKind::text;
            returns_rows_ = true;
            return render(root);
        default: return render(root);
    }
}

std::string Renderer::render_query(const SqlNode& node, bool as_from, bool top) {
    return node.kind() == NodeKind::compound ? render_compound(as<CompoundNode>(node), as_from, top)
                                             : render_select(as<SelectNode>(node), as_from, top);
}

void Renderer::push_level(const std::vector<const SqlNode*>& froms, const SelectDraft* select) {
    Level level;
    level.select = select;
    for (const SqlNode* from : froms) append_from_elements(from, level.own);
    level.visible = level.own;
    if (!levels_.empty())
        level.visible.insert(level.visible.end(), levels_.back().visible.begin(), levels_.back().visible.end());
    levels_.push_back(std::move(level));
}

// The FROM list without what the enclosing statements provide, unless nothing would be left.
std::vector<const SqlNode*> Renderer::displayed_froms(const SelectDraft& select, bool as_from, bool lateral) const {
    std::vector<const SqlNode*> froms = from_list(select);
    if (levels_.empty()) return froms;
    const Level& around = levels_.back();
    if (lateral) {
        std::erase_if(froms, [&](const SqlNode* from) { return contains_from(around.own, *from); });
        return froms;
    }
    if (!select.correlate.empty()) {
        std::erase_if(froms, [&](const SqlNode* from) {
            const bool said = std::any_of(select.correlate.begin(), select.correlate.end(), [&](const NodeRef& item) {
                return from_identity(*item) == from_identity(*from);
            });
            return said && contains_from(around.visible, *from) && !(as_from && contains_from(around.own, *from));
        });
        return froms;
    }
    if (!select.auto_correlate || as_from || froms.size() < 2) return froms;
    std::erase_if(froms, [&](const SqlNode* from) { return contains_from(around.own, *from); });
    if (froms.empty())
        throw InvalidRequestError(
            "A subquery returned no FROM clauses due to auto-correlation; specify correlate(<tables>) to control "
            "correlation manually.");
    return froms;
}

std::string Renderer::distinct_clause(const SelectDraft& select) {
    if (select.distinct_on.empty()) return select.distinct ? "DISTINCT " : "";
    if (!dialect_.traits().distinct_on)
        throw CompileError("The " + std::string(dialect_.name()) +
                           " dialect has no DISTINCT ON; write distinct() without expressions, or group_by()");
    return "DISTINCT ON (" + joined(select.distinct_on, ", ", {}) + ") ";
}

std::string Renderer::render_select(const SelectNode& node, bool as_from, bool top) {
    const SelectDraft& select = node.parts();
    const std::vector<const SqlNode*> froms = displayed_froms(select, as_from, std::exchange(lateral_, false));
    require_ctes(select.ctes);
    push_level(froms, &select);
    const std::size_t outer_hints = hints_.size();
    hints_.insert(hints_.end(), select.hints.begin(), select.hints.end());
    std::string text = "SELECT " + words(select.prefixes, false);
    text += distinct_clause(select);
    bool first = true;
    for (const ColumnName& column : name_columns(select, true)) {
        if (!first) text += ", ";
        first = false;
        text += render_select_column(column, as_from, top);
    }
    for (std::size_t i = 0; i < froms.size(); ++i) text += (i == 0 ? " \nFROM " : ", ") + render_from(*froms[i]);
    lint(froms, select);
    if (froms.empty() && !select.where.empty()) text += protect(dialect_.traits().where_without_from);
    if (!select.where.empty()) text += " \nWHERE " + criteria(select.where);
    if (!select.group_by.empty()) text += " GROUP BY " + grouping_clause(select.group_by);
    if (!select.having.empty()) text += " \nHAVING " + criteria(select.having);
    if (!select.order_by.empty()) text += " ORDER BY " + ordering_clause(select.order_by, {});
    text += select.fetch ? fetch_clause(select) : limit_clause(select.limit, select.offset);
    text += words(select.statement_hints, true) + lock_clause(select.lock) + words(select.suffixes, true);
    hints_.resize(outer_hints);
    levels_.pop_back();
    return top ? with_clause() + text : text;
}

std::string Renderer::render_select_column(const ColumnName& column, bool as_from, bool top) {
    const SqlNode& node = *column.node;
    Context context{.columns_clause = true};
    std::string label = column.required;
    if (label.empty() && node.kind() != NodeKind::label && node.kind() != NodeKind::text &&
        node.kind() != NodeKind::literal_column) {
        const bool bare_column = node.kind() == NodeKind::column && !as<ColumnNode>(node).from();
        if (labelled_in_from_only(node) ? as_from && !bare_column : true) label = column.fallback;
    }
    std::string name, text;
    if (node.kind() == NodeKind::label) {
        name = as<NamedNode>(node).name();
        text = render(node, context);
    } else if (!label.empty()) {
        name = generated_name(label, column.generated || is_anonymous(label));
        text = grouped(node, Operator::as);
        text += " AS " + protect(dialect_.quote(name));
    } else {
        text = render(node, context);
        if (!is_anonymous(column.fallback) || node.kind() == NodeKind::column)
            name = generated_name(column.fallback, column.generated);
    }
    if (top) columns_.push_back({std::move(name), node.type(), column.node});
    return text;
}

std::string Renderer::render_compound(const CompoundNode& node, bool as_from, bool top) {
    const CompoundDraft& compound = node.parts();
    std::string text;
    std::size_t width = 0;
    for (std::size_t i = 0; i < compound.selects.size(); ++i) {
        const SqlNode& part = *compound.selects[i];
        if (const SelectNode* select = naming_select(part)) {
            std::vector<NodeRef> columns;
            for (const NodeRef& item : select->parts().columns) expand_column(item, columns);
            if (i == 0) width = columns.size();
            if (columns.size() != width)
                throw CompileError(
                    "All selectables passed to CompoundSelect must have identical numbers of columns; select #1 has " +
                    std::to_string(width) + " columns, select #" + std::to_string(i + 1) + " has " +
                    std::to_string(columns.size()));
        }
        const bool wrap = needs_parentheses_in_compound(part);
        if (i != 0) text += compound_word(compound.kind);
        text += (wrap ? "(" : "") + render_query(part, as_from, false) + (wrap ? ")" : "");
        if (i == 0 && top)
            if (const SelectNode* select = naming_select(part))
                for (const ColumnName& column : name_columns(select->parts(), true))
                    columns_.push_back(
                        {generated_name(column.required.empty() ? column.fallback : column.required, column.generated),
                         column.node->type(), column.node});
    }
    const SelectNode* naming = naming_select(node);
    push_level({}, naming ? &naming->parts() : nullptr);
    const Context bare{.include_table = false};
    if (!compound.group_by.empty()) text += " GROUP BY " + ordering_clause(compound.group_by, bare);
    if (!compound.order_by.empty()) text += " ORDER BY " + ordering_clause(compound.order_by, bare);
    text += limit_clause(compound.limit, compound.offset);
    levels_.pop_back();
    return top ? with_clause() + text : text;
}

// ---- what follows

std::string Renderer::ordering_item(const SqlNode& node, Context context) {
    const SqlNode& inner = without_direction(node);
    if (inner.kind() == NodeKind::label && !levels_.empty() && levels_.back().select) {
        const auto& label = as<NamedNode>(inner);
        std::vector<NodeRef> columns;
        for (const NodeRef& item : levels_.back().select->columns) expand_column(item, columns);
        for (const NodeRef& column : columns) {
            if (column->kind() != NodeKind::label) continue;
            const auto& selected = as<NamedNode>(*column);
            if (&selected == &label || (selected.name() == label.name() && selected.element() == label.element()))
                context.by_label = &inner;
        }
    }
    return render(node, context);
}

std::string Renderer::ordering_clause(const std::vector<NodeRef>& items, const Context& context) {
    std::string text;
    for (const NodeRef& item : items) text += (text.empty() ? "" : ", ") + ordering_item(*item, context);
    return text;
}

// A label stands for its expression here; only ORDER BY refers to it by its name.
std::string Renderer::grouping_clause(const std::vector<NodeRef>& items) {
    std::string text;
    for (const NodeRef& item : items) text += (text.empty() ? "" : ", ") + render(*item);
    return text;
}

std::string Renderer::limit_clause(const NodeRef& limit, const NodeRef& offset) {
    if (!limit && !offset) return {};
    const SqlType integer{.kind = TypeKind::integer};
    switch (dialect_.traits().limit_form) {
        case LimitForm::separate: {
            std::string text = limit ? "\n LIMIT " + render(*limit) : std::string();
            if (!offset) return text;
            return text + (limit ? "" : "\n LIMIT -1") + " OFFSET " + render(*offset);
        }
        case LimitForm::both: {
            const std::string first = limit ? render(*limit) : render_constant(Value::of(-1), integer);
            return "\n LIMIT " + first + " OFFSET " +
                   (offset ? render(*offset) : render_constant(Value::of(0), integer));
        }
        case LimitForm::limit_all: {
            std::string text = limit ? " \n LIMIT " + render(*limit) : std::string();
            if (!offset) return text;
            return text + (limit ? "" : "\n LIMIT ALL") + " OFFSET " + render(*offset);
        }
        case LimitForm::comma: {
            if (!offset) return " \n LIMIT " + render(*limit);
            const std::string start = render(*offset);
            return " \n LIMIT " + start + ", " + (limit ? render(*limit) : "18446744073709551615");
        }
    }
    return {};
}

std::string Renderer::fetch_clause(const SelectDraft& select) {
    const bool enclosed = dialect_.traits().fetch_in_parentheses;
    const auto number = [&](const NodeRef& rows) { return enclosed ? "(" + render(*rows) + ")" : render(*rows); };
    std::string text = select.offset ? "\n OFFSET " + number(select.offset) + " ROWS" : std::string();
    text += "\n FETCH FIRST " + number(select.fetch);
    return text + (select.percent ? " PERCENT" : "") + (select.with_ties ? " ROWS WITH TIES" : " ROWS ONLY");
}

std::string Renderer::lock_clause(const RowLock& lock) {
    const LockForm form = dialect_.traits().lock_form;
    if (!lock.active || form == LockForm::none) return {};
    if (form == LockForm::plain) return " FOR UPDATE";
    const bool share_mode = form == LockForm::for_update_or_lock_in_share_mode;
    const bool key = lock.key_share && dialect_.traits().key_locks;
    std::string text = !lock.read   ? (key ? " FOR NO KEY UPDATE" : " FOR UPDATE")
                       : share_mode ? " LOCK IN SHARE MODE"
                                    : (key ? " FOR KEY SHARE" : " FOR SHARE");
    if (!lock.of.empty() && dialect_.traits().lock_of) {
        std::vector<std::string> names;
        for (const NodeRef& item : lock.of) {
            std::vector<const SqlNode*> elements;
            append_from_elements(item.get(), elements);
            for (const SqlNode* element : elements) {
                const std::string raw = from_name(*element);
                std::string name = protect(dialect_.quote(generated_name(raw, is_anonymous(raw))));
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
            }
        }
        for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? " OF " : ", ") + names[i];
    }
    if (lock.nowait) text += " NOWAIT";
    if (lock.skip_locked && !dialect_.traits().skip_locked)
        throw CompileError("This server has no SKIP LOCKED; wait for the rows, or lock them with nowait");
    if (lock.skip_locked) text += " SKIP LOCKED";
    return text;
}

}  // namespace aludel::detail
