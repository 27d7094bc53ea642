// INSERT, UPDATE, DELETE.
#include <algorithm>

#include <aludel/base/error.hpp>
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

}  // namespace

std::string Renderer::assignment_value(const SqlNode& value) { return grouped(value, Operator::none); }

std::string Renderer::render_insert(const InsertNode& node) {
    const InsertDraft& insert = node.parts();
    push_level({insert.table.get()}, nullptr);
    std::string text = "INSERT INTO " + table_name(*insert.table);
    if (insert.columns.empty() && !insert.select) {
        text += dialect_.traits().empty_insert ? " DEFAULT VALUES" : " () VALUES ()";
    } else {
        for (std::size_t i = 0; i < insert.columns.size(); ++i)
            text += (i == 0 ? " (" : ", ") + protect(dialect_.quote(insert.columns[i]->name()));
        if (!insert.columns.empty()) text += ")";
    }
    if (insert.select) {
        levels_.clear();
        text += " " + render_query(*insert.select, false, false);
        text = with_clause() + text;
        push_level({insert.table.get()}, nullptr);
    } else if (!insert.columns.empty()) {
        text += " VALUES ";
        const std::size_t width = insert.columns.size();
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
    }
    text += returning_clause(insert.returning, dialect_.traits().insert_returning);
    levels_.pop_back();
    return text;
}

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
    reserve_names(update.values, reserved_names_);
    std::vector<const SqlNode*> visible{update.table.get()};
    visible.insert(visible.end(), extra.begin(), extra.end());
    push_level(visible, nullptr);
    const bool list = !extra.empty() && form == MultiTableForm::table_list;
    std::string text = "UPDATE " + table_name(*update.table);
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
    text += returning_clause(update.returning, dialect_.traits().update_returning);
    levels_.pop_back();
    return with_clause() + text;
}

std::string Renderer::render_delete(const DeleteNode& node) {
    const DeleteDraft& draft = node.parts();
    const std::vector<const SqlNode*> extra = extra_tables(draft.table, {}, draft.where);
    const MultiTableForm form = dialect_.traits().multi_table_form;
    if (!extra.empty() && form == MultiTableForm::none)
        throw CompileError("This backend does not support multiple-table criteria within DELETE");
    std::vector<const SqlNode*> visible{draft.table.get()};
    visible.insert(visible.end(), extra.begin(), extra.end());
    push_level(visible, nullptr);
    std::string text = "DELETE FROM " + table_name(*draft.table);
    if (!extra.empty()) {
        text += " USING ";
        if (form == MultiTableForm::table_list) text += table_name(*draft.table) + ", ";
        for (std::size_t i = 0; i < extra.size(); ++i) text += (i == 0 ? "" : ", ") + render_from(*extra[i]);
    }
    if (!draft.where.empty()) text += " WHERE " + criteria(draft.where);
    text += returning_clause(draft.returning, dialect_.traits().delete_returning);
    levels_.pop_back();
    return with_clause() + text;
}

std::string Renderer::returning_clause(const std::vector<NodeRef>& items, bool supported) {
    if (items.empty() || !supported) return {};
    returns_rows_ = true;
    SelectDraft columns;
    columns.columns = items;
    std::string text;
    for (const ColumnName& column : name_columns(columns, true))
        text += (text.empty() ? " RETURNING " : ", ") + render_select_column(column, false, true);
    return text;
}

}  // namespace aludel::detail
