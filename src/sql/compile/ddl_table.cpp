// CREATE TABLE, DROP TABLE, and what belongs to a table without being part of it: comments and enumeration types.
#include <algorithm>

#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"
#include "sql/compile/ddl_text.hpp"

namespace aludel {
namespace {

using Keys = std::vector<const ForeignKeyInfo*>;

/// The constraints that stand in CREATE TABLE; of the foreign keys only `keys`, or all if that is null.
std::vector<const ConstraintInfo*> written_constraints(const TableInfo& table, const Dialect& dialect,
                                                       const Keys* keys) {
    std::vector<const ConstraintInfo*> written{&table.primary_key_constraint()};
    for (const auto* constraint : table.constraints()) {
        if (constraint->kind() == ConstraintKind::foreign) {
            const auto* key = static_cast<const ForeignKeyInfo*>(constraint);
            if (keys && std::find(keys->begin(), keys->end(), key) == keys->end()) continue;
            if (key->use_alter() && dialect.traits().alter_constraints) continue;
        }
        written.push_back(constraint);
    }
    return written;
}

std::string create_table(const TableInfo& table, const Dialect& dialect, const Keys* keys) {
    std::string items;
    const auto add = [&](const std::string& item) {
        if (!item.empty()) items += (items.empty() ? "\n\t" : ",\n\t") + item;
    };
    for (const auto& column : table.columns()) add(column_definition_sql(column, dialect));
    for (const auto* constraint : written_constraints(table, dialect, keys))
        add(detail::constraint_text(*constraint, dialect));
    for (const auto& column : table.columns()) add(detail::type_check_text(column, dialect));
    return "CREATE TABLE " + detail::table_text(table, dialect) + " (" + items + "\n)" +
           dialect.ddl_hooks().after_table(table, dialect);
}

/// The enumerations among the columns' types, each once.
std::vector<SqlType> enumerations(const TableInfo& table, const Dialect& dialect) {
    std::vector<SqlType> found;
    if (!dialect.traits().ddl.enumeration_types) return found;
    for (const auto& column : table.columns()) {
        auto type = detail::type_here(column.type(), dialect);
        if (type.kind == TypeKind::array) type = details_of(type).item;
        const bool named = type.kind == TypeKind::enum_ && type.names && !type.verbatim() && details_of(type).native;
        if (named && std::find(found.begin(), found.end(), type) == found.end()) found.push_back(type);
    }
    return found;
}

}  // namespace

std::string create_table_sql(const TableInfo& table, const Dialect& dialect) {
    return create_table(table, dialect, nullptr);
}

std::string create_table_sql(const TableInfo& table, const Dialect& dialect, const Keys& foreign_keys) {
    return create_table(table, dialect, &foreign_keys);
}

std::string create_table_sql(const Table& table, const Dialect& dialect) {
    return create_table(table.info(), dialect, nullptr);
}

std::string drop_table_sql(const TableInfo& table, const Dialect& dialect) {
    return "DROP TABLE " + detail::table_text(table, dialect);
}

std::vector<TypeStatement> create_type_statements(const TableInfo& table, const Dialect& dialect) {
    std::vector<TypeStatement> statements;
    for (const auto& type : enumerations(table, dialect)) {
        std::string list;
        for (const auto& entry : type.names->entries())
            list += (list.empty() ? "" : ", ") + dialect.string_literal(entry.name);
        statements.push_back({type, "CREATE TYPE " + dialect.type_name(type) + " AS ENUM (" + list + ')'});
    }
    return statements;
}

std::vector<TypeStatement> drop_type_statements(const std::vector<const TableInfo*>& tables, const Dialect& dialect) {
    std::vector<TypeStatement> statements;
    for (const auto* table : tables)
        for (const auto& type : enumerations(*table, dialect)) {
            auto sql = "DROP TYPE " + dialect.type_name(type);
            const bool known = std::any_of(statements.begin(), statements.end(),
                                           [&](const TypeStatement& one) { return one.sql == sql; });
            if (!known) statements.push_back({type, std::move(sql)});
        }
    return statements;
}

namespace {

std::vector<std::string> texts(const std::vector<TypeStatement>& statements) {
    std::vector<std::string> all;
    all.reserve(statements.size());
    for (const auto& statement : statements) all.push_back(statement.sql);
    return all;
}

}  // namespace

std::vector<std::string> create_types_sql(const TableInfo& table, const Dialect& dialect) {
    return texts(create_type_statements(table, dialect));
}

std::vector<std::string> drop_types_sql(const std::vector<const TableInfo*>& tables, const Dialect& dialect) {
    return texts(drop_type_statements(tables, dialect));
}

std::vector<std::string> comment_sql(const TableInfo& table, const Dialect& dialect) {
    std::vector<std::string> statements;
    if (!dialect.traits().comment_statements) return statements;
    const auto name = detail::table_text(table, dialect);
    if (!table.comment().empty())
        statements.push_back("COMMENT ON TABLE " + name + " IS " + dialect.string_literal(table.comment()));
    for (const auto& column : table.columns())
        if (!column.comment().empty())
            statements.push_back("COMMENT ON COLUMN " + name + '.' + dialect.quote(column.name()) + " IS " +
                                 dialect.string_literal(column.comment()));
    return statements;
}

}  // namespace aludel
