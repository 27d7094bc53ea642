#include <aludel/sql/expr/dml.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/schema/table_info.hpp>

namespace aludel {

namespace {

const TableInfo& info_of(const NodeRef& table) { return detail::as<TableNode>(*table).table(); }

const ColumnInfo& column_of_setting(const TableInfo& table, const detail::Setting& setting) {
    const ColumnInfo* column = nullptr;
    std::string name = setting.name;
    if (setting.column && setting.column->kind() == NodeKind::column) {
        column = detail::as<ColumnNode>(*setting.column).info();
        name = detail::as<ColumnNode>(*setting.column).name();
        if (column && &column->table() != &table) column = nullptr;
    } else if (!setting.column) {
        column = table.find_column(name);
    }
    if (!column) throw CompileError("Unconsumed column names: " + name);
    return *column;
}

NodeRef value_node(const ColumnInfo& column, const detail::Operand& value) {
    return value.node ? value.node : parameter_for(column, value.value);
}

// Null: the column has no default of this kind.
NodeRef default_node(const ColumnInfo& column, const ColumnDefault& standard) {
    if (standard.is_expression()) return standard.sql();
    if (standard.is_constant() || standard.is_callable()) return parameter_for(column, standard.value());
    return {};
}

const detail::Setting* setting_for(const TableInfo& table, const std::vector<detail::Setting>& row,
                                   const ColumnInfo& column) {
    for (auto it = row.rbegin(); it != row.rend(); ++it)
        if (&column_of_setting(table, *it) == &column) return &*it;
    return nullptr;
}

void check_columns(const TableInfo& table, const std::vector<detail::Setting>& row) {
    for (const detail::Setting& setting : row) static_cast<void>(column_of_setting(table, setting));
}

std::vector<detail::Setting> parameter_settings(const TableInfo& table, std::span<const std::string_view> names) {
    std::vector<detail::Setting> row;
    for (const std::string_view name : names) {
        const ColumnInfo* column = table.find_column(name);
        if (!column) throw CompileError("Unconsumed column names: " + std::string(name));
        row.push_back({{}, std::string(name), detail::Operand(parameter_for(*column))});
    }
    return row;
}

}  // namespace

// ---- INSERT

Insert::Insert(const TableInfo& table) : table_(table_node(table)) {}

Insert Insert::with_values(std::vector<detail::Setting> settings, bool another_row) const {
    check_columns(info_of(table_), settings);
    Insert copy = *this;
    if (another_row && !copy.rows_.empty()) {
        copy.rows_.push_back(std::move(settings));
        return copy;
    }
    if (copy.rows_.empty()) copy.rows_.emplace_back();
    for (detail::Setting& setting : settings) copy.rows_.back().push_back(std::move(setting));
    return copy;
}

Insert Insert::with_select(std::vector<std::string> columns, NodeRef select) const {
    Insert copy = *this;
    copy.select_columns_ = std::move(columns);
    copy.select_ = std::move(select);
    return copy;
}

InsertDraft Insert::draft() const {
    return {.table = table_,
            .columns = {},
            .values = {},
            .select = select_,
            .returning = returning_,
            .upsert = upsert_,
            .prefixes = prefixes_,
            .ctes = ctes_};
}

NodeRef Insert::build(std::vector<std::vector<detail::Setting>> rows) const {
    const TableInfo& table = info_of(table_);
    InsertDraft draft = this->draft();
    if (rows.empty()) rows.emplace_back();
    for (const ColumnInfo& column : table.columns())
        if (setting_for(table, rows.front(), column) || column.insert_default() || column.sequence_default())
            draft.columns.push_back(&column);
    for (const auto& row : rows)
        for (const ColumnInfo* column : draft.columns) {
            const detail::Setting* setting = setting_for(table, row, *column);
            NodeRef value =
                setting ? value_node(*column, setting->value) : default_node(*column, column->insert_default());
            if (!value) value = column->sequence_default();
            if (!value)
                throw CompileError("INSERT value for column " + column->full_name() +
                                   " is explicitly rendered as a boundparameter in the VALUES clause; a value is "
                                   "required in each row");
            draft.values.push_back(std::move(value));
        }
    return freeze(std::move(draft));
}

NodeRef Insert::node() const {
    if (!select_) return build(rows_);
    const TableInfo& table = info_of(table_);
    InsertDraft draft = this->draft();
    for (const std::string& name : select_columns_) {
        const ColumnInfo* column = table.find_column(name);
        if (!column) throw CompileError("Unconsumed column names: " + name);
        draft.columns.push_back(column);
    }
    return freeze(std::move(draft));
}

NodeRef Insert::node_for(std::span<const std::string_view> parameters) const {
    std::vector<detail::Setting> row = rows_.empty() ? std::vector<detail::Setting>{} : rows_.front();
    for (detail::Setting& setting : parameter_settings(info_of(table_), parameters)) row.push_back(std::move(setting));
    return build({std::move(row)});
}

NodeRef Insert::node_for_all() const {
    if (!rows_.empty() || select_) return node();
    std::vector<std::string_view> names;
    for (const ColumnInfo& column : info_of(table_).columns())
        if (!column.insert_default().is_expression()) names.push_back(column.name());
    return node_for(names);
}

// ---- rows that are there already

UpsertDraft Insert::settings_of(UpsertKind kind, const std::vector<detail::Setting>& settings, bool ordered) const {
    const TableInfo& table = info_of(table_);
    if (settings.empty()) throw ArgumentError("An upsert needs at least one column to set");
    check_columns(table, settings);
    UpsertDraft upsert;
    upsert.kind = kind;
    const auto add = [&](const ColumnInfo& column, const detail::Operand& value) {
        upsert.columns.push_back(&column);
        upsert.values.push_back(value.node ? value.node : detail::literal_node(value.value, column.type()));
    };
    if (ordered) {
        for (const detail::Setting& setting : settings) add(column_of_setting(table, setting), setting.value);
        return upsert;
    }
    for (const ColumnInfo& column : table.columns())
        if (const detail::Setting* setting = setting_for(table, settings, column)) add(column, setting->value);
    return upsert;
}

namespace {

// A partial index is found by its condition as it stands, so a parameter in it would match none.
NodeRef with_literals(const NodeRef& condition) {
    if (!condition) return condition;
    return detail::rewritten(condition, [](const NodeRef& part) -> NodeRef {
        if (part->kind() != NodeKind::bind || detail::as<BindNode>(*part).expanding()) return {};
        return detail::literal_bind(*part);
    });
}

}  // namespace

Insert Insert::with_conflict(UpsertDraft upsert, const std::vector<IndexElement>& elements) const {
    if (upsert_.kind != UpsertKind::none)
        throw InvalidRequestError(
            "This Insert construct already has an ON CONFLICT or ON DUPLICATE KEY clause established");
    if (!upsert.constraint.empty() && !elements.empty())
        throw ArgumentError("'constraint' and 'index_elements' are mutually exclusive");
    if (upsert.kind == UpsertKind::do_update && upsert.constraint.empty() && elements.empty())
        throw ArgumentError("Either constraint or index_elements, but not both, must be specified unless DO NOTHING");
    for (const IndexElement& element : elements) {
        if (element.node()) {
            upsert.index_elements.push_back(element.node());
            continue;
        }
        const ColumnInfo* column = info_of(table_).find_column(element.name());
        if (!column)
            throw ArgumentError("The table '" + info_of(table_).name() + "' has no column '" + element.name() +
                                "', which index_elements names");
        upsert.index_elements.push_back(column_node(*column));
    }
    Insert copy = *this;
    copy.upsert_ = std::move(upsert);
    return copy;
}

Insert Insert::on_conflict_do_nothing(const ConflictTarget& target) const {
    UpsertDraft upsert;
    upsert.kind = UpsertKind::do_nothing;
    upsert.constraint = target.constraint;
    upsert.index_where = with_literals(target.index_where.node());
    return with_conflict(std::move(upsert), target.index_elements);
}

Insert Insert::on_conflict_do_update(const ConflictUpdate& update) const {
    std::vector<detail::Setting> settings;
    settings.reserve(update.set_.size());
    for (const SetValue& value : update.set_) settings.push_back(value.setting());
    UpsertDraft upsert = settings_of(UpsertKind::do_update, settings, false);
    upsert.constraint = update.constraint;
    upsert.index_where = with_literals(update.index_where.node());
    upsert.where = update.where.node();
    return with_conflict(std::move(upsert), update.index_elements);
}

Insert Insert::with_duplicate_key(const std::vector<detail::Setting>& settings, bool ordered) const {
    return with_conflict(settings_of(UpsertKind::duplicate_key, settings, ordered), {});
}

Insert Insert::prefix_with(std::string words, std::string dialect) const {
    Insert copy = *this;
    copy.prefixes_.push_back({std::move(words), std::move(dialect)});
    return copy;
}

Insert Insert::add_cte(const FromElement& cte) const {
    Insert copy = *this;
    copy.ctes_.push_back(cte.node());
    return copy;
}

// ---- UPDATE

Update::Update(const TableInfo& table) : table_(table_node(table)) {}

Update Update::prefix_with(std::string words, std::string dialect) const {
    Update copy = *this;
    copy.prefixes_.push_back({std::move(words), std::move(dialect)});
    return copy;
}

Update Update::limit(std::int64_t rows) const {
    Update copy = *this;
    copy.limit_ = detail::checked_rows(rows, "LIMIT");
    return copy;
}

Update Update::only() const {
    Update copy = *this;
    copy.only_ = true;
    return copy;
}

Update Update::add_cte(const FromElement& cte) const {
    Update copy = *this;
    copy.ctes_.push_back(cte.node());
    return copy;
}

Update Update::with_values(std::vector<detail::Setting> settings, bool ordered) const {
    check_columns(info_of(table_), settings);
    Update copy = *this;
    copy.ordered_ |= ordered;
    for (detail::Setting& setting : settings) copy.settings_.push_back(std::move(setting));
    return copy;
}

NodeRef Update::node() const {
    const TableInfo& table = info_of(table_);
    UpdateDraft draft{.table = table_,
                      .columns = {},
                      .values = {},
                      .where = where_,
                      .returning = returning_,
                      .ordered = ordered_,
                      .prefixes = prefixes_,
                      .limit = limit_,
                      .only = only_,
                      .ctes = ctes_};
    const auto add = [&](const ColumnInfo& column, NodeRef value) {
        draft.columns.push_back(&column);
        draft.values.push_back(std::move(value));
    };
    for (std::size_t i = 0; i < settings_.size(); ++i) {
        const ColumnInfo& column = column_of_setting(table, settings_[i]);
        if (setting_for(table, settings_, column) == &settings_[i]) add(column, value_node(column, settings_[i].value));
    }
    for (const ColumnInfo& column : table.columns())
        if (column.onupdate() && !setting_for(table, settings_, column))
            add(column, default_node(column, column.onupdate()));
    return freeze(std::move(draft));
}

NodeRef Update::node_for(std::span<const std::string_view> parameters) const {
    return with_values(parameter_settings(info_of(table_), parameters), ordered_).node();
}

// ---- DELETE

Delete::Delete(const TableInfo& table) : table_(table_node(table)) {}

Delete Delete::prefix_with(std::string words, std::string dialect) const {
    Delete copy = *this;
    copy.prefixes_.push_back({std::move(words), std::move(dialect)});
    return copy;
}

Delete Delete::limit(std::int64_t rows) const {
    Delete copy = *this;
    copy.limit_ = detail::checked_rows(rows, "LIMIT");
    return copy;
}

Delete Delete::only() const {
    Delete copy = *this;
    copy.only_ = true;
    return copy;
}

Delete Delete::add_cte(const FromElement& cte) const {
    Delete copy = *this;
    copy.ctes_.push_back(cte.node());
    return copy;
}

NodeRef Delete::node() const {
    return freeze(DeleteDraft{.table = table_,
                              .where = where_,
                              .returning = returning_,
                              .prefixes = prefixes_,
                              .limit = limit_,
                              .only = only_,
                              .ctes = ctes_});
}

}  // namespace aludel
