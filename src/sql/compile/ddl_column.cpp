// A column inside of CREATE TABLE.
#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "sql/compile/ddl_text.hpp"

namespace aludel {
namespace {

std::string default_text(const ColumnInfo& column, const Dialect& dialect) {
    const auto& value = column.server_default();
    if (!value) return {};
    if (value.is_expression()) {
        const auto text = detail::expression_text(value.sql(), dialect);
        const bool group = dialect.traits().ddl.default_in_parentheses && value.sql()->kind() != NodeKind::text;
        return group ? " DEFAULT (" + text + ')' : " DEFAULT " + text;
    }
    const auto constant = value.value();
    return " DEFAULT " + (constant.kind() == ValueKind::text ? dialect.string_literal(constant.as_text())
                                                             : dialect.literal(constant, column.type()));
}

std::string computed_text(const ColumnInfo& column, const Dialect& dialect) {
    const auto& computed = column.computed();
    if (!computed) return {};
    const auto text = " GENERATED ALWAYS AS (" + computed->sql + ')';
    if (!dialect.traits().ddl.computed_is_stored)
        return !computed->persisted ? text : text + (*computed->persisted ? " STORED" : " VIRTUAL");
    if (computed->persisted == false)
        throw CompileError("Computed columns of " + std::string(dialect.name()) +
                           " are always stored; write computed(\"...\", persisted)");
    return text + " STORED";
}

std::string null_text(const ColumnInfo& column, const DdlTraits& ddl) {
    if (!column.nullable()) return " NOT NULL";
    return ddl.explicit_null_timestamp && column.type().kind == TypeKind::timestamp ? " NULL" : "";
}

std::string_view serial_type(const SqlType& type) {
    if (type.kind == TypeKind::big_integer) return "BIGSERIAL";
    return type.kind == TypeKind::small_integer ? "SMALLSERIAL" : "SERIAL";
}

std::string column_type(const ColumnInfo& column, const Dialect& dialect) {
    if (column.type().kind == TypeKind::null)
        throw CompileError(
            "Can't generate DDL for column '" + column.full_name() +
            "': it has no type; give it one, or a foreign key to a column of this MetaData that has one");
    const bool numbered = column.is_autoincrement();
    const auto form = dialect.traits().ddl.numbering;
    if (form == NumberingForm::rowid && column.autoincrement() == Autoincrement::always && column.primary_key() &&
        column.table().primary_key().size() != 1)
        throw CompileError("A composite primary key has no autoincrement on " + std::string(dialect.name()) +
                           "; make the column the only one of the key, or leave autoincrement out");
    return form == NumberingForm::rowid && numbered ? "INTEGER" : dialect.type_name(column.type());
}

std::string definition(const ColumnInfo& column, const Dialect& dialect) {
    const auto& traits = dialect.traits();
    const auto& ddl = traits.ddl;
    const bool numbered = column.is_autoincrement();
    auto text = detail::quoted_name(column.name(), dialect) + ' ';
    const auto null = null_text(column, ddl);
    if (ddl.numbering == NumberingForm::serial && numbered && !column.insert_default())
        return text + std::string(serial_type(column.type())) + computed_text(column, dialect) + null;
    text += column_type(column, dialect);
    if (ddl.null_before_default) {
        text += computed_text(column, dialect) + null;
        if (traits.inline_comments && !column.comment().empty())
            text += " COMMENT " + dialect.string_literal(column.comment());
        const bool attribute = ddl.numbering == NumberingForm::attribute && numbered && !column.server_default();
        return text + (attribute ? " AUTO_INCREMENT" : default_text(column, dialect));
    }
    text += default_text(column, dialect);
    return text +
           (ddl.null_before_computed ? null + computed_text(column, dialect) : computed_text(column, dialect) + null);
}

}  // namespace

std::string column_definition_sql(const ColumnInfo& column, const Dialect& dialect) {
    try {
        auto text = definition(column, dialect);
        for (const auto& check : column.checks()) text += ' ' + detail::column_check_text(column, check, dialect);
        return text;
    } catch (CompileError& error) {
        error.add_detail("in table '" + column.table().key() + "', column '" + column.name() + "'");
        throw;
    }
}

}  // namespace aludel
