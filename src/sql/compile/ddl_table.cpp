// CREATE TABLE, DROP TABLE, and what belongs to a table without being part of it: comments and enumeration types.
#include <algorithm>

#include "aludel/sql/compile/ddl.hpp"
#include "aludel/types/enum_names.hpp"
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
    auto text = "CREATE TABLE " + detail::table_text(table, dialect) + " (" + items + "\n)";
    if (dialect.traits().inline_comments && !table.comment().empty())
        text += "COMMENT=" + dialect.string_literal(table.comment());
    return text;
}

/// The enumerations among the columns' types, each once.
std::vector<const EnumNames*> enumerations(const TableInfo& table, const Dialect& dialect) {
    std::vector<const EnumNames*> found;
    if (!dialect.traits().ddl.enumeration_types) return found;
    for (const auto& column : table.columns()) {
        const auto& type = column.type();
        const bool named = type.kind == TypeKind::enum_ && type.names && !type.verbatim();
        if (named && std::find(found.begin(), found.end(), type.names) == found.end()) found.push_back(type.names);
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

std::vector<std::string> create_types_sql(const TableInfo& table, const Dialect& dialect) {
    std::vector<std::string> statements;
    for (const auto* names : enumerations(table, dialect)) {
        std::string list;
        for (const auto& entry : names->entries())
            list += (list.empty() ? "" : ", ") + dialect.string_literal(entry.name);
        SqlType type;
        type.kind = TypeKind::enum_;
        type.names = names;
        statements.push_back("CREATE TYPE " + dialect.type_name(type) + " AS ENUM (" + list + ')');
    }
    return statements;
}

std::vector<std::string> drop_types_sql(const std::vector<const TableInfo*>& tables, const Dialect& dialect) {
    std::vector<std::string> statements;
    for (const auto* table : tables)
        for (const auto* names : enumerations(*table, dialect)) {
            SqlType type;
            type.kind = TypeKind::enum_;
            type.names = names;
            auto statement = "DROP TYPE " + dialect.type_name(type);
            if (std::find(statements.begin(), statements.end(), statement) == statements.end())
                statements.push_back(std::move(statement));
        }
    return statements;
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
