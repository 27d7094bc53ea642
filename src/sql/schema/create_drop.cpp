#include "sql/schema/create_drop.hpp"

#include <algorithm>
#include <set>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "sql/schema/table_sort.hpp"

namespace aludel {
namespace detail {

namespace {

using Tables = std::vector<const TableInfo*>;

bool has_table(SchemaExecutor& executor, const TableInfo& table) {
    const auto queries = executor.dialect().has_table_statements(table.name(), table.schema());
    return std::any_of(queries.begin(), queries.end(),
                       [&](const std::string& query) { return executor.has_row(query); });
}

/// The tables that exist (or do not); all of them if nobody is to be asked.
Tables select_tables(SchemaExecutor& executor, const Tables& tables, CheckFirst check, bool existing) {
    if (check == CheckFirst::no) return tables;
    Tables selected;
    for (const auto* table : tables)
        if (has_table(executor, *table) == existing) selected.push_back(table);
    return selected;
}

/// Whether one of the queries has a row; `otherwise` if there is none, or nobody is to be asked.
bool exists(SchemaExecutor& executor, const std::vector<std::string>& queries, CheckFirst check, bool otherwise) {
    if (check == CheckFirst::no || queries.empty()) return otherwise;
    return std::any_of(queries.begin(), queries.end(),
                       [&](const std::string& query) { return executor.has_row(query); });
}

/// The types of all tables' columns that are not there, each once, before any table.
void create_types(SchemaExecutor& executor, const Tables& tables, CheckFirst check) {
    const auto& dialect = executor.dialect();
    std::set<std::string> done;
    for (const auto* table : tables)
        for (const auto& [type, sql] : create_type_statements(*table, dialect)) {
            if (!done.insert(sql).second) continue;
            if (!exists(executor, dialect.ddl_hooks().has_type_statements(type, dialect), check, false))
                executor.execute(sql);
        }
}

/// Only those that rows are numbered by: an optional one steps back where the database has its own way.
bool is_used(const SequenceDraft& sequence, const Dialect& dialect) {
    const auto& ddl = dialect.traits().ddl;
    return ddl.sequences != SequenceForm::none && !sequence.rules.optional;
}

void create_sequence(SchemaExecutor& executor, const SequenceDraft& sequence, CheckFirst check) {
    const auto& dialect = executor.dialect();
    if (!is_used(sequence, dialect)) return;
    if (!exists(executor, dialect.ddl_hooks().has_sequence_statements(sequence, dialect), check, false))
        executor.execute(create_sequence_sql(sequence, dialect));
}

void drop_sequence(SchemaExecutor& executor, const SequenceDraft& sequence, CheckFirst check) {
    const auto& dialect = executor.dialect();
    if (!is_used(sequence, dialect)) return;
    if (exists(executor, dialect.ddl_hooks().has_sequence_statements(sequence, dialect), check, true))
        executor.execute(drop_sequence_sql(sequence, dialect));
}

void create_one(SchemaExecutor& executor, const SortStep& step, CheckFirst check) {
    const auto& dialect = executor.dialect();
    for (const auto& column : step.table->columns())
        if (column.sequence()) create_sequence(executor, *column.sequence(), check);
    executor.execute(dialect.traits().alter_constraints ? create_table_sql(*step.table, dialect, step.keys)
                                                        : create_table_sql(*step.table, dialect));
    for (const auto& index : step.table->indexes()) executor.execute(create_index_sql(index, dialect));
    for (const auto& comment : comment_sql(*step.table, dialect)) executor.execute(comment);
}

/// The order for dropping, before it is reversed. A key without name can only go with its table.
std::vector<SortStep> sort_for_drop(SchemaExecutor& executor, const Tables& tables) {
    const auto& dialect = executor.dialect();
    const bool alter = dialect.traits().alter_constraints;
    try {
        return sort_tables(tables, [&](const ForeignKeyInfo& key) {
            return alter && !constraint_name(key).empty() ? KeyPlace::either : KeyPlace::with_table;
        });
    } catch (const CircularDependencyError& error) {
        if (alter)
            throw CircularDependencyError(
                "Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables. " +
                error.message());
    }
    const auto defer = dialect.traits().ddl.defer_foreign_keys;
    if (!defer.empty()) executor.execute(defer);
    std::vector<SortStep> steps;  // without ALTER no order is better than another
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) steps.push_back({*table, {}});
    return steps;
}

}  // namespace

void create_tables(const SchemaTarget& target, const Tables& tables, CheckFirst check, const Sequences& sequences) {
    target.run_schema([&](SchemaExecutor& executor) {
        for (const auto& sequence : sequences) create_sequence(executor, sequence, check);
        const auto missing = select_tables(executor, tables, check, false);
        const auto steps = sort_tables(missing, [](const ForeignKeyInfo&) { return KeyPlace::either; });
        create_types(executor, missing, check);
        for (const auto& step : steps) {
            if (step.table)
                create_one(executor, step, check);
            else if (executor.dialect().traits().alter_constraints)
                for (const auto* key : step.keys) executor.execute(add_constraint_sql(*key, executor.dialect()));
        }
    });
}

void drop_tables(const SchemaTarget& target, const Tables& tables, CheckFirst check, const Sequences& sequences) {
    target.run_schema([&](SchemaExecutor& executor) {
        const auto& dialect = executor.dialect();
        const auto existing = select_tables(executor, tables, check, true);
        auto steps = sort_for_drop(executor, existing);
        std::reverse(steps.begin(), steps.end());
        for (const auto& step : steps) {
            if (step.table) {
                executor.execute(drop_table_sql(*step.table, dialect));
                for (const auto& column : step.table->columns())
                    if (column.sequence()) drop_sequence(executor, *column.sequence(), check);
            } else if (dialect.traits().alter_constraints)
                for (const auto* key : step.keys) executor.execute(drop_constraint_sql(*key, dialect));
        }
        for (const auto& sequence : sequences) drop_sequence(executor, sequence, check);
        for (const auto& [type, sql] : drop_type_statements(existing, dialect))
            if (exists(executor, dialect.ddl_hooks().has_type_statements(type, dialect), check, true))
                executor.execute(sql);
    });
}

}  // namespace detail

void MetaData::create_all(const SchemaTarget& target, CheckFirst check) const {
    detail::create_tables(target, detail::table_pointers(*this), check, sequences_);
}

void MetaData::create_all(const SchemaTarget& target, const std::vector<const TableInfo*>& tables,
                          CheckFirst check) const {
    detail::create_tables(target, tables, check);
}

void MetaData::drop_all(const SchemaTarget& target, CheckFirst check) const {
    detail::drop_tables(target, detail::table_pointers(*this), check, sequences_);
}

void MetaData::drop_all(const SchemaTarget& target, const std::vector<const TableInfo*>& tables,
                        CheckFirst check) const {
    detail::drop_tables(target, tables, check);
}

}  // namespace aludel
