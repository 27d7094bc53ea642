// Tables that are made from what a database says.
#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/schema/inspector.hpp"
#include "aludel/sql/schema/options.hpp"
#include "aludel/sql/schema/table.hpp"
#include "sql/schema/table_items.hpp"

namespace aludel {

namespace detail {

namespace {

ColumnDraft draft_of(ReflectedColumn column, bool in_primary_key) {
    ColumnDraft draft;
    draft.name = std::move(column.name);
    draft.type = column.type;
    draft.nullable = column.nullable;
    draft.primary_key = in_primary_key;
    draft.comment = std::move(column.comment);
    draft.computed = std::move(column.computed);
    draft.identity = column.identity;
    const bool numbered = column.autoincrement.value_or(false);
    if (column.autoincrement && in_primary_key)
        draft.autoincrement = numbered ? Autoincrement::always : Autoincrement::never;
    // The number of a key is no default: the dialect that creates the table writes it in its own way.
    if (numbered && in_primary_key) return draft;
    draft.sequence = std::move(column.sequence);
    if (column.server_default) draft.server_default = ColumnDefault::expression(raw_sql_node(*column.server_default));
    return draft;
}

/// "table.column" or "schema.table.column" for each column that a key refers to.
std::vector<std::string> targets_of(const ReflectedForeignKey& key) {
    const auto table =
        key.referred_schema.empty() ? key.referred_table : key.referred_schema + '.' + key.referred_table;
    std::vector<std::string> targets;
    targets.reserve(key.referred_columns.size());
    for (const auto& column : key.referred_columns) targets.push_back(std::string(table).append(1, '.').append(column));
    return targets;
}

bool names_one_of(const std::vector<std::string>& names, const std::vector<std::string>& others) {
    return std::any_of(names.begin(), names.end(),
                       [&](const auto& name) { return std::find(others.begin(), others.end(), name) != others.end(); });
}

/// Of a primary key or a unique constraint.
template <class Reflected>
ConstraintDraft constraint_of(Reflected found) {
    ConstraintDraft draft;
    draft.rules.name = std::move(found.name);
    draft.rules.deferrable = found.deferrable;
    draft.rules.initially = std::move(found.initially);
    if constexpr (requires { found.options; }) draft.rules.options = std::move(found.options);
    draft.columns = std::move(found.columns);
    return draft;
}

}  // namespace

// Columns that were given replace those of the database, which keep their place.
void TableItems::load_columns(Inspector& inspector, std::string_view name) {
    const auto key = inspector.get_pk_constraint(name, schema_);
    auto given = std::move(columns_);
    columns_.clear();
    for (auto& column : inspector.get_columns(name, schema_)) {
        const auto found =
            std::find_if(given.begin(), given.end(), [&](const auto& draft) { return draft.name == column.name; });
        if (found != given.end()) {
            columns_.push_back(std::move(*found));
            given.erase(found);
        } else {
            const bool primary = std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
            columns_.push_back(draft_of(std::move(column), primary));
        }
    }
    std::move(given.begin(), given.end(), std::back_inserter(columns_));
    const bool whole = std::all_of(key.columns.begin(), key.columns.end(), [&](const auto& column) {
        return std::any_of(columns_.begin(), columns_.end(),
                           [&](const auto& draft) { return draft.name == column && draft.primary_key; });
    });
    const auto members = std::count_if(columns_.begin(), columns_.end(), [](const auto& d) { return d.primary_key; });
    // A given column may have changed the key; then the columns say what it is.
    if (whole && !key.columns.empty() && static_cast<std::size_t>(members) == key.columns.size() &&
        primary_keys_.empty())
        primary_keys_.push_back({order_++, PrimaryKeyConstraint(constraint_of(key))});
}

void TableItems::load_indexes(Inspector& inspector, std::string_view name) {
    for (const auto& index : inspector.get_indexes(name, schema_)) {
        if (!index.duplicates_constraint.empty()) continue;
        std::vector<Index::Item> items;
        items.reserve(index.items.size());
        for (const auto& item : index.items)
            items.push_back({item.column, item.descending,
                             item.column.empty() ? raw_sql_node(item.expression) : NodeRef(), item.nulls});
        indexes_.push_back({order_++, Index(index.name, index.unique, std::move(items), index.options)});
    }
}

void TableItems::load(std::string_view name) {
    Inspector inspector(*autoload_->target);
    std::vector<std::string> given;
    given.reserve(columns_.size());
    for (const auto& column : columns_) given.push_back(column.name);
    load_columns(inspector, name);
    for (auto& key : inspector.get_foreign_keys(name, schema_)) {
        if (names_one_of(key.columns, given)) continue;
        auto targets = targets_of(key);
        foreign_keys_.push_back(
            {order_++, ForeignKeyConstraint(std::move(key.columns), std::move(targets), std::move(key.rules))});
    }
    for (auto& unique : inspector.get_unique_constraints(name, schema_))
        uniques_.push_back({order_++, UniqueConstraint(constraint_of(std::move(unique)))});
    for (auto& check : inspector.get_check_constraints(name, schema_)) {
        ConstraintDraft rules;
        rules.rules.name = std::move(check.name);
        rules.rules.options = std::move(check.options);
        checks_.push_back({order_++, CheckConstraint(raw_sql_node(check.sql), std::move(rules))});
    }
    load_indexes(inspector, name);
    if (comment_.empty()) comment_ = inspector.get_table_comment(name, schema_);
    load_options(inspector, name);
}

// Options that were given stand behind those of the database, and so replace them.
void TableItems::load_options(Inspector& inspector, std::string_view name) {
    auto options = inspector.get_table_options(name, schema_).all();
    std::move(options_.begin(), options_.end(), std::back_inserter(options));
    options_ = std::move(options);
}

void TableItems::load_referred_tables(const TableInfo& table, MetaData& metadata) const {
    if (!autoload_ || !autoload_->resolve_fks) return;
    for (const auto& key : table.foreign_keys()) {
        if (key.find_referred_table()) continue;
        const auto target = key.target_table_key();
        const auto dot = target.rfind('.');
        if (dot == std::string_view::npos)
            Table(target, metadata, *autoload_);
        else
            Table(target.substr(dot + 1), metadata, aludel::schema(target.substr(0, dot)), *autoload_);
    }
}

}  // namespace detail

void MetaData::reflect(const SchemaTarget& source, const ReflectOptions& options) {
    Inspector inspector(source);
    const auto& in = options.schema.empty() ? options_.schema : options.schema;
    auto existing = inspector.get_table_names(in);
    if (options.views) {
        const auto views = inspector.get_view_names(in);
        existing.insert(existing.end(), views.begin(), views.end());
    }
    for (const auto& name : options.only)
        if (std::find(existing.begin(), existing.end(), name) == existing.end())
            throw InvalidRequestError("Could not reflect: requested table(s) not available in the database: (" + name +
                                      ')');
    const auto prefix = in.empty() ? in : in + '.';
    for (const auto& name : options.only.empty() ? existing : options.only)
        if (!contains(prefix + name))
            Table(name, *this, aludel::schema(in), autoload_with(source, options.resolve_fks));
}

}  // namespace aludel
