// INSERT, UPDATE, DELETE.
#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

void reserve_names(const std::vector<NodeRef>& values, std::vector<std::string>& names) {
    for (const NodeRef& value : values)
        if (value->kind() == NodeKind::bind && !as<BindNode>(*value).unique())
            names.push_back(as<BindNode>(*value).key());
}

/// Without the columns that are numbered by a sequence, where there are no sequences: the database numbers them itself.
InsertDraft without_sequences(const InsertDraft& insert) {
    InsertDraft kept = insert;
    kept.columns.clear();
    kept.values.clear();
    const std::size_t width = insert.columns.size();
    for (std::size_t i = 0; i < insert.values.size(); ++i) {
        if (is_next_value(*insert.values[i % width])) continue;
        if (i < width) kept.columns.push_back(insert.columns[i]);
        kept.values.push_back(insert.values[i]);
    }
    return kept;
}

bool takes_next_value(const InsertDraft& insert) {
    return !insert.select && std::any_of(insert.values.begin(), insert.values.end(),
                                         [](const NodeRef& value) { return is_next_value(*value); });
}

}  // namespace

std::string Renderer::assignment_value(const SqlNode& value) {
    const std::size_t before = placeholders_.size();
    std::string text = grouped(value, Operator::none);
    if (value.kind() == NodeKind::bind && placeholders_.size() == before + 1) placeholders_.back().slot.assigned = true;
    return text;
}

std::string Renderer::render_insert(const InsertNode& node) {
    const DialectTraits& traits = dialect_.traits();
    const bool has_numbers = traits.ddl.sequences != SequenceForm::none || !takes_next_value(node.parts());
    const InsertDraft kept = has_numbers ? InsertDraft() : without_sequences(node.parts());
    const InsertDraft& insert = has_numbers ? node.parts() : kept;
    require_ctes(insert.ctes);
    push_level({insert.table.get()}, nullptr);
    std::string text = "INSERT " + words(insert.prefixes, false) + "INTO " + table_name(*insert.table);
    if (insert.columns.empty() && !insert.select) {
        text += traits.empty_insert ? " DEFAULT VALUES" : " () VALUES ()";
    } else {
        for (std::size_t i = 0; i < insert.columns.size(); ++i)
            text += (i == 0 ? " (" : ", ") + protect(dialect_.quote(insert.columns[i]->name()));
        if (!insert.columns.empty()) text += ")";
    }
    if (insert.select) {
        levels_.clear();
        const std::string query = inserted_query(insert);
        text += " " + (traits.with_behind_insert ? with_clause() : std::string()) + query;
        push_level({insert.table.get()}, nullptr);
    } else if (!insert.columns.empty()) {
        text += " VALUES " + render_rows(insert);
    }
    if (insert.upsert.kind != UpsertKind::none) text += upsert_clause(insert);
    text += returning_clause(insert.returning, traits.insert_returning);
    levels_.pop_back();
    if (!traits.with_behind_insert) return with_clause() + text;
    if (!insert.select && !ctes_.empty() && cte_depth_ == 0)
        throw CompileError("The " + std::string(dialect_.name()) +
                           " dialect has no WITH before INSERT … VALUES; write the row as from_select(…)");
    return text;
}

// The SELECT of an INSERT. Without a WHERE, what is ON CONFLICT could be the condition of a join.
std::string Renderer::inserted_query(const InsertDraft& insert) {
    const bool apart = insert.upsert.kind != UpsertKind::none && dialect_.traits().conflict_needs_where;
    const NodeRef& select = insert.select;
    if (!apart || select->kind() != NodeKind::select || !as<SelectNode>(*select).parts().where.empty())
        return render_query(*select, false, false);
    SelectDraft draft = as<SelectNode>(*select).parts();
    draft.where.push_back(constant(NodeKind::true_));
    return render_query(*freeze(std::move(draft)), false, false);
}

std::string Renderer::render_rows(const InsertDraft& insert) {
    const std::size_t width = insert.columns.size();
    std::string text;
    // rows after the first need parameter names of their own: name_m1
    for (std::size_t i = 0; i < insert.values.size(); ++i) {
        if (i % width == 0) text += i == 0 ? "(" : ", (";
        const std::size_t before = placeholders_.size();
        const SqlNode& value = *insert.values[i];
        const bool named = value.kind() == NodeKind::bind && !as<BindNode>(value).unique();
        if (named && insert.values.size() > width) bind_names_.erase(as<BindNode>(value).key());
        text += assignment_value(value);
        if (named && insert.values.size() > width && placeholders_.size() > before)
            placeholders_.back().slot.name += "_m" + std::to_string(i / width);
        text += (i + 1) % width == 0 ? ")" : ", ";
    }
    return text;
}

// ---- rows that are there already

std::string Renderer::conflict_target(const UpsertDraft& upsert) {
    if (!upsert.constraint.empty()) {
        if (!dialect_.traits().conflict_constraint)
            throw CompileError("The " + std::string(dialect_.name()) +
                               " dialect has no ON CONFLICT ON CONSTRAINT; name the columns of the constraint as "
                               "index_elements");
        return " ON CONSTRAINT " + protect(dialect_.quote(upsert.constraint));
    }
    if (upsert.index_elements.empty()) return {};
    const Context bare{.include_table = false};
    std::string text = " (" + joined(upsert.index_elements, ", ", bare) + ")";
    if (upsert.index_where) text += " WHERE " + render(*upsert.index_where, bare);
    return text;
}

std::string Renderer::upsert_settings(const UpsertDraft& upsert) {
    std::string text;
    for (std::size_t i = 0; i < upsert.columns.size(); ++i) {
        text += (i == 0 ? "" : ", ") + protect(dialect_.quote(upsert.columns[i]->name())) + " = ";
        text += assignment_value(*upsert.values[i]);
    }
    return text;
}

std::string Renderer::upsert_clause(const InsertDraft& insert) {
    const UpsertDraft& upsert = insert.upsert;
    const std::string dialect(dialect_.name());
    if (upsert.kind == UpsertKind::duplicate_key) {
        if (!dialect_.traits().on_duplicate_key_update)
            throw CompileError("The " + dialect +
                               " dialect has no ON DUPLICATE KEY UPDATE; write on_conflict_do_update() for it");
        duplicate_key_ = true;
        std::string settings = upsert_settings(upsert);
        duplicate_key_ = false;
        return " ON DUPLICATE KEY UPDATE " + settings;
    }
    if (!dialect_.traits().on_conflict)
        throw CompileError(
            "The " + dialect + " dialect has no ON CONFLICT; write " +
            (upsert.kind == UpsertKind::do_update ? "on_duplicate_key_update()" : "prefix_with(\"IGNORE\")") +
            " for it");
    std::string text = " ON CONFLICT" + conflict_target(upsert);
    if (upsert.kind == UpsertKind::do_nothing) return text + " DO NOTHING";
    text += " DO UPDATE SET " + upsert_settings(upsert);
    return upsert.where ? text + " WHERE " + render(*upsert.where) : text;
}

// ---- UPDATE and DELETE

std::string Renderer::row_limit(std::int64_t limit, const char* statement) const {
    if (limit < 0) return {};
    if (!dialect_.traits().limit_in_update)
        throw CompileError("The " + std::string(dialect_.name()) + " dialect has no LIMIT in " + statement +
                           "; choose the rows by in_(select(…).limit(…))");
    return " LIMIT " + std::to_string(limit);
}

std::string Renderer::only_word(bool only) const { return only && dialect_.traits().table_inheritance ? "ONLY " : ""; }

// The tables beside its own that an UPDATE or DELETE names.
std::vector<const SqlNode*> Renderer::extra_tables(const NodeRef& table, const std::vector<NodeRef>& values,
                                                   const std::vector<NodeRef>& where) const {
    std::vector<const SqlNode*> all, extra;
    for (const NodeRef& value : values) append_from_elements(value.get(), all);
    for (const NodeRef& criterion : where) append_from_elements(criterion.get(), all);
    for (const SqlNode* element : all)
        if (from_identity(*element) != from_identity(*table) && !contains_from(extra, *element))
            extra.push_back(element);
    return extra;
}

std::string Renderer::render_update(const UpdateNode& node) {
    const UpdateDraft& update = node.parts();
    const std::vector<const SqlNode*> extra = extra_tables(update.table, {}, update.where);
    const MultiTableForm form = dialect_.traits().multi_table_form;
    if (!extra.empty() && form == MultiTableForm::none)
        throw CompileError("This backend does not support multiple-table criteria within UPDATE");
    require_ctes(update.ctes);
    reserve_names(update.values, reserved_names_);
    std::vector<const SqlNode*> visible{update.table.get()};
    visible.insert(visible.end(), extra.begin(), extra.end());
    push_level(visible, nullptr);
    const bool list = !extra.empty() && form == MultiTableForm::table_list;
    std::string text = "UPDATE " + words(update.prefixes, false) + only_word(update.only) + table_name(*update.table);
    if (list)
        for (const SqlNode* from : extra) text += ", " + render_from(*from);
    text += " SET ";
    written_columns_ = true;
    for (std::size_t i = 0; i < update.columns.size(); ++i) {
        if (i != 0) text += ", ";
        if (list) text += table_name(*update.table) + ".";
        text += protect(dialect_.quote(update.columns[i]->name())) + "=" + assignment_value(*update.values[i]);
    }
    written_columns_ = false;
    if (!extra.empty() && !list)
        for (std::size_t i = 0; i < extra.size(); ++i) text += (i == 0 ? " FROM " : ", ") + render_from(*extra[i]);
    if (!update.where.empty()) text += " WHERE " + criteria(update.where);
    text += row_limit(update.limit, "UPDATE");
    text += returning_clause(update.returning, dialect_.traits().update_returning);
    levels_.pop_back();
    return with_clause() + text;
}

std::string Renderer::render_delete(const DeleteNode& node) {
    const DeleteDraft& draft = node.parts();
    const std::vector<const SqlNode*> extra = extra_tables(draft.table, {}, draft.where);
    const MultiTableForm form = dialect_.traits().multi_table_form;
    if (!extra.empty() && (form == MultiTableForm::none || !dialect_.traits().delete_from_many))
        throw CompileError("This backend does not support multiple-table criteria within DELETE");
    require_ctes(draft.ctes);
    std::vector<const SqlNode*> visible{draft.table.get()};
    visible.insert(visible.end(), extra.begin(), extra.end());
    push_level(visible, nullptr);
    std::string text =
        "DELETE " + words(draft.prefixes, false) + "FROM " + only_word(draft.only) + table_name(*draft.table);
    if (!extra.empty()) {
        text += " USING ";
        if (form == MultiTableForm::table_list) text += table_name(*draft.table) + ", ";
        for (std::size_t i = 0; i < extra.size(); ++i) text += (i == 0 ? "" : ", ") + render_from(*extra[i]);
    }
    if (!draft.where.empty()) text += " WHERE " + criteria(draft.where);
    text += row_limit(draft.limit, "DELETE");
    text += returning_clause(draft.returning, dialect_.traits().delete_returning);
    levels_.pop_back();
    return with_clause() + text;
}

std::string Renderer::returning_clause(const std::vector<NodeRef>& items, bool supported) {
    if (items.empty()) return {};
    if (!supported)
        throw CompileError("RETURNING is not supported by this dialect's statement compiler: the " +
                           std::string(dialect_.name()) +
                           " dialect, or the version of its server, does not have it for this statement");
    const bool top = cte_depth_ == 0;
    returns_rows_ = returns_rows_ || top;
    SelectDraft columns;
    columns.columns = items;
    std::string text;
    for (const ColumnName& column : name_columns(columns, true))
        text += (text.empty() ? " RETURNING " : ", ") + render_select_column(column, false, top);
    return text;
}

}  // namespace aludel::detail
