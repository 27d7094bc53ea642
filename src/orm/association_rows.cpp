#include "orm/association_rows.hpp"

#include "orm/flush_context.hpp"
#include "orm/persistence.hpp"
#include "orm/sync.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

AssociationRows::AssociationRows(const Relationship& relationship)
    : relationship_(relationship), table_(*relationship.secondary()) {
    const auto add = [&](const AssociationPair& pair, bool is_of_target) {
        const auto known = std::find_if(sources_.begin(), sources_.end(),
                                        [&](const Source& source) { return source.column == pair.association; });
        if (known == sources_.end()) sources_.push_back({pair.association, pair.attribute, is_of_target});
    };
    for (const AssociationPair& pair : relationship.owner_pairs()) add(pair, false);
    for (const AssociationPair& pair : relationship.target_pairs()) add(pair, true);
    std::sort(sources_.begin(), sources_.end(),
              [](const Source& a, const Source& b) { return a.column->position() < b.column->position(); });
    for (const ColumnInfo& column : table_.columns()) {
        if (is_default(column) && !column.insert_default().is_expression()) defaults_.push_back(&column);
    }
}

/// The relationship does not write the column, its default does.
bool AssociationRows::is_default(const ColumnInfo& column) const {
    return column.insert_default() && std::none_of(sources_.begin(), sources_.end(),
                                                   [&](const Source& source) { return source.column == &column; });
}

ParameterRow AssociationRows::row(SessionState& session, ObjectHeader& owner, ObjectHeader& target) const {
    ParameterRow row;
    row.reserve(sources_.size());
    for (const Source& source : sources_) {
        row.push_back(synced_value(session, source.is_of_target ? target : owner, *source.attribute));
    }
    return row;
}

ParameterRow AssociationRows::row_before(FlushContext& context, ObjectHeader& owner, ObjectHeader& target) const {
    ParameterRow row;
    row.reserve(sources_.size());
    for (const Source& source : sources_) {
        ObjectHeader& object = source.is_of_target ? target : owner;
        const Value* old = context.old_key(object, *source.attribute);
        row.push_back(old != nullptr ? *old : synced_value(context.session(), object, *source.attribute));
    }
    return row;
}

std::vector<std::string> AssociationRows::names(std::string_view prefix) const {
    std::vector<std::string> names;
    names.reserve(sources_.size());
    for (const Source& source : sources_) names.push_back(fmt::format("{}{}", prefix, source.column->name()));
    return names;
}

std::vector<NodeRef> AssociationRows::criteria(std::string_view prefix) const {
    std::vector<NodeRef> criteria;
    for (const Source& source : sources_) {
        const ColumnInfo& column = *source.column;
        auto bind = make_ref<BindNode>(BindNode::Named{}, fmt::format("{}{}", prefix, column.name()), Value::null(),
                                       true, column.type());
        criteria.push_back(make_ref<BinaryNode>(Operator::eq, column_node(column), std::move(bind),
                                                SqlType{.kind = TypeKind::boolean}));
    }
    return criteria;
}

void AssociationRows::write(SessionState& session, const AssociationChanges& changes) const {
    if (!changes.deletes.empty()) remove(session, changes.deletes);
    if (!changes.updates.empty()) update(session, changes.updates);
    if (!changes.inserts.empty()) insert(session, changes.inserts);
}

const PreparedStatement& AssociationRows::statement(SessionState& session, char16_t verb, Make make) const {
    return session.shaped_statement(
        {&relationship_.owner(), std::u16string{u'm', verb, static_cast<char16_t>(relationship_.index())}},
        [&] { return (this->*make)(); });
}

NodeRef AssociationRows::delete_statement() const {
    DeleteDraft draft;
    draft.table = table_node(table_);
    draft.where = criteria();
    return freeze(std::move(draft));
}

NodeRef AssociationRows::update_statement() const {
    UpdateDraft draft;
    draft.table = table_node(table_);
    for (const Source& source : sources_) {
        draft.columns.push_back(source.column);
        draft.values.push_back(parameter_for(*source.column));
    }
    draft.where = criteria("old_");
    return freeze(std::move(draft));
}

NodeRef AssociationRows::insert_statement() const {
    InsertDraft draft;
    draft.table = table_node(table_);
    for (const ColumnInfo& column : table_.columns()) {
        const bool is_default = this->is_default(column);
        const bool is_given = std::any_of(sources_.begin(), sources_.end(),
                                          [&](const Source& source) { return source.column == &column; });
        if (!is_default && !is_given) continue;
        const bool is_sql = is_default && column.insert_default().is_expression();
        draft.columns.push_back(&column);
        draft.values.push_back(is_sql ? column.insert_default().sql() : parameter_for(column));
    }
    return freeze(std::move(draft));
}

void AssociationRows::remove(SessionState& session, const std::vector<ParameterRow>& rows) const {
    const auto& statement = this->statement(session, u'd', &AssociationRows::delete_statement);
    const auto affected = execute_batch(session, statement, {names(), rows}).affected;
    if (affected != static_cast<std::int64_t>(rows.size())) {
        throw StaleDataError(
            fmt::format("DELETE statement on table '{}' expected to delete {} row(s); Only {} were matched.",
                        table_.name(), rows.size(), affected));
    }
}

void AssociationRows::update(SessionState& session, const std::vector<ParameterRow>& rows) const {
    auto all_names = names();
    for (std::string& name : names("old_")) all_names.push_back(std::move(name));
    const auto& statement = this->statement(session, u'u', &AssociationRows::update_statement);
    const auto affected = execute_batch(session, statement, {std::move(all_names), rows}).affected;
    if (affected != static_cast<std::int64_t>(rows.size())) {
        throw StaleDataError(
            fmt::format("UPDATE statement on table '{}' expected to update {} row(s); Only {} were matched.",
                        table_.name(), rows.size(), affected));
    }
}

void AssociationRows::insert(SessionState& session, std::vector<ParameterRow> rows) const {
    std::vector<std::string> all_names = names();
    for (const ColumnInfo* column : defaults_) {
        all_names.push_back(column->name());
        for (ParameterRow& row : rows) row.push_back(column->insert_default().value());
    }
    const auto& statement = this->statement(session, u'i', &AssociationRows::insert_statement);
    execute_batch(session, statement, {std::move(all_names), std::move(rows)});
}

}  // namespace aludel::detail
