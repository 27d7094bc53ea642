// Constraints: inside of CREATE TABLE, and on their own in ALTER TABLE.
#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"
#include "sql/compile/ddl_text.hpp"
#include "sql/schema/naming.hpp"

namespace aludel {
namespace detail {

namespace {

std::string deferrability(const ConstraintInfo& constraint) {
    std::string text;
    if (constraint.deferrable()) text += *constraint.deferrable() ? " DEFERRABLE" : " NOT DEFERRABLE";
    if (!constraint.initially().empty())
        text += " INITIALLY " + checked_phrase(constraint.initially(), "INITIALLY", {"DEFERRED", "IMMEDIATE"});
    return text;
}

std::string foreign_key_rules(const ForeignKeyInfo& key, const Dialect& dialect) {
    std::string text;
    if (!key.match().empty()) {
        if (!dialect.traits().ddl.match_clause)
            throw CompileError("A foreign key with MATCH has no meaning on " + std::string(dialect.name()) +
                               ", which then ignores its ON UPDATE and ON DELETE; leave match_clause out");
        text += " MATCH " + checked_phrase(key.match(), "MATCH", {"FULL", "PARTIAL", "SIMPLE"});
    }
    const auto action = [](const std::string& phrase, std::string_view where) {
        return checked_phrase(phrase, where, {"CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"});
    };
    if (!key.ondelete().empty()) text += " ON DELETE " + action(key.ondelete(), "ON DELETE");
    if (!key.onupdate().empty()) text += " ON UPDATE " + action(key.onupdate(), "ON UPDATE");
    return text;
}

/// Empty for a foreign key that leaves its schema, where the database has no such.
std::string foreign_key_text(const ForeignKeyInfo& key, const Dialect& dialect) {
    const auto& target = key.referred_table();
    const bool within_schema = dialect.traits().ddl.foreign_keys_within_schema;
    if (within_schema && target.schema() != key.table().schema()) return {};
    std::vector<const ColumnInfo*> columns;
    columns.reserve(key.columns().size());
    for (std::size_t i = 0; i < key.columns().size(); ++i) columns.push_back(&key.referred_column(i));
    return "FOREIGN KEY(" + column_list(key.columns(), dialect) + ") REFERENCES " +
           (within_schema ? quoted_name(target.name(), dialect) : table_text(target, dialect)) + " (" +
           column_list(columns, dialect) + ')' + foreign_key_rules(key, dialect);
}

/// The column that the database numbers stands first in a composite key whose order nobody gave.
std::vector<const ColumnInfo*> primary_key_columns(const TableInfo& table) {
    const auto* numbered = table.autoincrement_column();
    if (table.has_explicit_primary_key() || !numbered) return table.primary_key();
    std::vector<const ColumnInfo*> columns{numbered};
    for (const auto* column : table.primary_key())
        if (column != numbered) columns.push_back(column);
    return columns;
}

std::string constraint_body(const ConstraintInfo& constraint, const Dialect& dialect) {
    switch (constraint.kind()) {
        case ConstraintKind::primary: {
            const auto columns = primary_key_columns(constraint.table());
            if (columns.size() == 1 && !dialect.ddl_hooks().inline_primary_key(*columns.front()).empty()) return {};
            return columns.empty() ? std::string() : "PRIMARY KEY (" + column_list(columns, dialect) + ')';
        }
        case ConstraintKind::uniqueness:
            return constraint.columns().empty() ? std::string()
                                                : "UNIQUE " + dialect.ddl_hooks().before_unique_columns(constraint) +
                                                      '(' + column_list(constraint.columns(), dialect) + ')';
        case ConstraintKind::condition:
            return "CHECK (" + expression_text(static_cast<const CheckInfo&>(constraint).sql(), dialect) + ')';
        case ConstraintKind::foreign: break;
    }
    return foreign_key_text(static_cast<const ForeignKeyInfo&>(constraint), dialect);
}

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string name_clause(std::string_view name, bool was_given, const Dialect& dialect) {
    return name.empty() ? std::string() : "CONSTRAINT " + constraint_name_text(name, was_given, dialect) + ' ';
}

}  // namespace

std::string constraint_text(const ConstraintInfo& constraint, const Dialect& dialect) {
    const auto body = constraint_body(constraint, dialect);
    if (body.empty()) return {};
    const auto& hooks = dialect.ddl_hooks();
    return name_clause(constraint_name(constraint), !constraint.name().empty(), dialect) + body +
           hooks.after_constraint(constraint, dialect) + deferrability(constraint) +
           hooks.after_deferrability(constraint);
}

/// Only text that stands for another type has one: the type's own name is the name of the constraint.
std::string type_check_text(const ColumnInfo& column, const Dialect& dialect) {
    const SqlType type = type_here(column.type(), dialect);
    const auto& details = details_of(type);
    if (!details.create_constraint) return {};
    const auto& traits = dialect.traits();
    std::string given = details.constraint_name;
    std::string list;
    if (type.kind == TypeKind::boolean) {
        if (traits.native_boolean) return {};
        list = "0, 1";
    } else {
        if (traits.native_enum && details.native) return {};
        if (given.empty()) given = details.type_name.empty() ? lower(type.names->type_name()) : details.type_name;
        for (const auto& entry : type.names->entries())
            list += (list.empty() ? "" : ", ") + dialect.string_literal(entry.name);
    }
    const auto name = conventional_name("ck", {&column.table(), given, {&column}, nullptr});
    return name_clause(name, !given.empty(), dialect) + "CHECK (" + dialect.quote(column.name()) + " IN (" + list +
           "))";
}

std::string column_check_text(const ColumnInfo& column, const ColumnCheckDraft& check, const Dialect& dialect) {
    const auto name = conventional_name("ck", {&column.table(), check.name, {&column}, nullptr});
    return name_clause(name, !check.name.empty(), dialect) + "CHECK (" + check.sql + ')';
}

}  // namespace detail

std::string add_constraint_sql(const ConstraintInfo& constraint, const Dialect& dialect) {
    return "ALTER TABLE " + detail::table_text(constraint.table(), dialect) + " ADD " +
           detail::constraint_text(constraint, dialect);
}

std::string drop_constraint_sql(const ConstraintInfo& constraint, const Dialect& dialect) {
    const auto name = constraint_name(constraint);
    if (name.empty())
        throw CompileError("Can't emit DROP CONSTRAINT for a constraint of table '" + constraint.table().key() +
                           "': it has no name; give it one with name(\"...\") or by a naming convention");
    std::string_view what = "CONSTRAINT ";
    if (dialect.traits().ddl.drop_by_kind) {
        if (constraint.kind() == ConstraintKind::foreign) what = "FOREIGN KEY ";
        if (constraint.kind() == ConstraintKind::uniqueness) what = "INDEX ";
        if (constraint.kind() == ConstraintKind::condition && dialect.traits().ddl.drop_check_by_kind) what = "CHECK ";
        if (constraint.kind() == ConstraintKind::primary)
            return "ALTER TABLE " + detail::table_text(constraint.table(), dialect) + " DROP PRIMARY KEY";
    }
    return "ALTER TABLE " + detail::table_text(constraint.table(), dialect) + " DROP " + std::string(what) +
           detail::constraint_name_text(name, !constraint.name().empty(), dialect);
}

}  // namespace aludel
