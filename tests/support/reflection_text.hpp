// What an inspector says about a table, a line for each fact, so that tests can compare it.
#pragma once

#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

namespace aludel::test {

inline std::string text_of(const ReflectedColumn& column, const Dialect& dialect) {
    std::string text = fmt::format("column {} {}", column.name,
                                   column.type.kind == TypeKind::null ? "?" : dialect.type_name(column.type));
    if (!column.nullable) text += " not null";
    if (column.server_default) text += " default " + *column.server_default;
    if (column.computed)
        text += fmt::format(" as ({}){}", column.computed->sql, column.computed->persisted.value() ? " stored" : "");
    if (column.autoincrement.value_or(false)) text += " numbered";
    if (!column.comment.empty()) text += " comment " + column.comment;
    return text;
}

inline std::string text_of(const ReflectedForeignKey& key) {
    std::string text = fmt::format("foreign key '{}' ({}) to {}{}{}({})", key.rules.name, fmt::join(key.columns, ", "),
                                   key.referred_schema, key.referred_schema.empty() ? "" : ".", key.referred_table,
                                   fmt::join(key.referred_columns, ", "));
    if (!key.rules.ondelete.empty()) text += " on delete " + key.rules.ondelete;
    if (!key.rules.onupdate.empty()) text += " on update " + key.rules.onupdate;
    if (key.rules.deferrable) text += *key.rules.deferrable ? " deferrable" : " not deferrable";
    if (!key.rules.initially.empty()) text += " initially " + key.rules.initially;
    return text;
}

inline std::string text_of(const ReflectedIndex& index) {
    std::vector<std::string> items;
    for (const auto& item : index.items)
        items.push_back((item.column.empty() ? '<' + item.expression + '>' : item.column) +
                        (item.descending ? " desc" : ""));
    std::string text =
        fmt::format("{}index {} ({})", index.unique ? "unique " : "", index.name, fmt::join(items, ", "));
    if (!index.included.empty()) text += fmt::format(" include ({})", fmt::join(index.included, ", "));
    if (!index.where.empty()) text += " where " + index.where;
    if (!index.method.empty()) text += " using " + index.method;
    if (!index.duplicates_constraint.empty()) text += " of " + index.duplicates_constraint;
    return text;
}

/// Everything about a table, in the order of the database.
inline std::vector<std::string> facts_of(Inspector& inspector, const Dialect& dialect, std::string_view table,
                                         std::string_view schema = {}) {
    std::vector<std::string> facts;
    for (const auto& column : inspector.get_columns(table, schema)) facts.push_back(text_of(column, dialect));
    const auto key = inspector.get_pk_constraint(table, schema);
    if (!key.columns.empty())
        facts.push_back(fmt::format("primary key '{}' ({})", key.name, fmt::join(key.columns, ", ")));
    for (const auto& each : inspector.get_foreign_keys(table, schema)) facts.push_back(text_of(each));
    for (const auto& each : inspector.get_unique_constraints(table, schema))
        facts.push_back(fmt::format("unique '{}' ({})", each.name, fmt::join(each.columns, ", ")));
    for (const auto& each : inspector.get_check_constraints(table, schema))
        facts.push_back(fmt::format("check '{}' {}", each.name, each.sql));
    for (const auto& each : inspector.get_indexes(table, schema)) facts.push_back(text_of(each));
    const auto comment = inspector.get_table_comment(table, schema);
    if (!comment.empty()) facts.push_back("comment " + comment);
    return facts;
}

}  // namespace aludel::test
