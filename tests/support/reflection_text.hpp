// What an inspector says about a table, a line for each fact, so that tests can compare it.
#pragma once

#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

namespace aludel::test {

/// ` postgresql_using gin`, each with its text, its parts and its SQL.
inline std::string text_of(const DialectOptions& options) {
    std::string text;
    for (const auto& option : options.all()) {
        text += fmt::format(" {}_{} {}", option.dialect, option.name, option.text);
        for (const auto& [part, value] : option.parts) text += fmt::format("{}={},", part, value);
        if (option.sql) text += to_string(option.sql);
    }
    return text;
}

inline std::string text_of(const Identity& identity) {
    std::string text = identity.always ? " identity always" : " identity";
    for (const auto& number :
         {identity.start, identity.increment, identity.minvalue, identity.maxvalue, identity.cache})
        text += number ? fmt::format(" {}", number.value) : " -";
    return identity.cycle.value ? text + " cycle" : text;
}

template <class Constraint>
std::string deferral_of(const Constraint& constraint) {
    std::string text;
    if (constraint.deferrable) text += *constraint.deferrable ? " deferrable" : " not deferrable";
    if (!constraint.initially.empty()) text += " initially " + constraint.initially;
    return text;
}

inline std::string text_of(const ReflectedColumn& column, const Dialect& dialect) {
    std::string text = fmt::format("column {} {}", column.name,
                                   column.type.kind == TypeKind::null ? "?" : dialect.type_name(column.type));
    if (!column.nullable) text += " not null";
    if (column.server_default) text += " default " + *column.server_default;
    if (column.computed)
        text += fmt::format(" as ({}){}", column.computed->sql, column.computed->persisted.value() ? " stored" : "");
    if (column.autoincrement.value_or(false)) text += " numbered";
    if (column.identity) text += text_of(*column.identity);
    if (column.sequence) text += " by " + column.sequence->key();
    if (!column.comment.empty()) text += " comment " + column.comment;
    return text;
}

inline std::string text_of(const ReflectedForeignKey& key) {
    std::string text = fmt::format("foreign key '{}' ({}) to {}{}{}({})", key.rules.name, fmt::join(key.columns, ", "),
                                   key.referred_schema, key.referred_schema.empty() ? "" : ".", key.referred_table,
                                   fmt::join(key.referred_columns, ", "));
    if (!key.rules.ondelete.empty()) text += " on delete " + key.rules.ondelete;
    if (!key.rules.onupdate.empty()) text += " on update " + key.rules.onupdate;
    return text + deferral_of(key.rules) + text_of(key.rules.options);
}

inline std::string text_of(const ReflectedIndex& index) {
    std::vector<std::string> items;
    for (const auto& item : index.items)
        items.push_back((item.column.empty() ? '<' + item.expression + '>' : item.column) +
                        (item.descending ? " desc" : "") +
                        (item.nulls == NullsOrder::usual   ? ""
                         : item.nulls == NullsOrder::first ? " nulls first"
                                                           : " nulls last"));
    std::string text =
        fmt::format("{}index {} ({})", index.unique ? "unique " : "", index.name, fmt::join(items, ", "));
    text += text_of(index.options);
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
        facts.push_back(fmt::format("primary key '{}' ({})", key.name, fmt::join(key.columns, ", ")) +
                        deferral_of(key));
    for (const auto& each : inspector.get_foreign_keys(table, schema)) facts.push_back(text_of(each));
    for (const auto& each : inspector.get_unique_constraints(table, schema))
        facts.push_back(fmt::format("unique '{}' ({})", each.name, fmt::join(each.columns, ", ")) + deferral_of(each) +
                        text_of(each.options));
    for (const auto& each : inspector.get_check_constraints(table, schema))
        facts.push_back(fmt::format("check '{}' {}", each.name, each.sql) + text_of(each.options));
    for (const auto& each : inspector.get_indexes(table, schema)) facts.push_back(text_of(each));
    const auto comment = inspector.get_table_comment(table, schema);
    if (!comment.empty()) facts.push_back("comment " + comment);
    const auto options = text_of(inspector.get_table_options(table, schema));
    if (!options.empty()) facts.push_back("options" + options);
    return facts;
}

}  // namespace aludel::test
