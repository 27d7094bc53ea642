// A column inside of CREATE TABLE.
#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/detail/literal.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "sql/compile/ddl_text.hpp"

namespace aludel {
namespace {

std::string default_text(const ColumnInfo& column, const Dialect& dialect) {
    const auto& value = column.server_default();
    if (!value) return {};
    if (value.is_expression()) {
        const auto text = dialect.ddl_hooks().default_expression(detail::expression_text(value.sql(), dialect),
                                                                 detail::type_here(column.type(), dialect));
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

std::string null_text(const ColumnInfo& column, const SqlType& type, const Dialect& dialect) {
    const auto& ddl = dialect.traits().ddl;
    const bool is_identity = column.identity() && ddl.identity_columns;
    if (!column.nullable()) return is_identity ? "" : " NOT NULL" + dialect.ddl_hooks().after_not_null(column);
    return is_identity || (ddl.explicit_null_timestamp && type.kind == TypeKind::timestamp) ? " NULL" : "";
}

/// Whether the type itself says that the database numbers the column, and nothing else does.
bool is_serial(const ColumnInfo& column, const DdlTraits& ddl) {
    if (ddl.numbering != NumberingForm::serial || !column.is_autoincrement() || column.insert_default()) return false;
    if (column.identity() && ddl.identity_columns) return false;
    return !column.sequence() || column.sequence()->rules.optional;
}

bool has_numbering_attribute(const ColumnInfo& column, const DdlTraits& ddl) {
    if (ddl.numbering != NumberingForm::attribute || !column.is_autoincrement() || column.server_default())
        return false;
    return !column.sequence() || column.sequence()->rules.optional || ddl.sequences == SequenceForm::none;
}

std::string_view serial_type(const SqlType& type) {
    if (type.kind == TypeKind::big_integer) return "BIGSERIAL";
    return type.kind == TypeKind::small_integer ? "SMALLSERIAL" : "SERIAL";
}

/// Whether the database looks rows up by the column, so that it needs to know how long its text can be.
bool is_looked_up(const ColumnInfo& column) {
    if (column.primary_key() || column.unique() || column.index() || !column.foreign_keys().empty()) return true;
    const auto names_it = [&](const auto& columns) {
        return std::find(columns.begin(), columns.end(), &column) != columns.end();
    };
    for (const auto& constraint : column.table().unique_constraints())
        if (names_it(constraint.columns())) return true;
    for (const auto& index : column.table().indexes())
        for (const auto& item : index.items())
            if (item.column == &column) return true;
    return false;
}

std::string column_type(const ColumnInfo& column, const SqlType& type, const Dialect& dialect) {
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
    if (form == NumberingForm::rowid && numbered) return "INTEGER";
    SqlType written = type;
    written.inferred = written.inferred && !is_looked_up(column);
    return dialect.type_name(written);
}

std::string definition(const ColumnInfo& column, const Dialect& dialect) {
    const auto& traits = dialect.traits();
    const auto& ddl = traits.ddl;
    const SqlType type = detail::type_here(column.type(), dialect);
    auto text = detail::quoted_name(column.name(), dialect) + ' ';
    const auto null = null_text(column, type, dialect);
    if (is_serial(column, ddl)) return text + std::string(serial_type(type)) + computed_text(column, dialect) + null;
    text += column_type(column, type, dialect);
    if (ddl.null_before_default) {
        text += computed_text(column, dialect) + null;
        if (traits.inline_comments && !column.comment().empty())
            text += " COMMENT " + detail::comment_literal(column.comment(), dialect);
        return text + (has_numbering_attribute(column, ddl) ? " AUTO_INCREMENT" : default_text(column, dialect));
    }
    text += default_text(column, dialect);
    const auto key = dialect.ddl_hooks().inline_primary_key(column);
    if (ddl.null_before_computed) return text + null + key + computed_text(column, dialect);
    text += computed_text(column, dialect);
    if (column.identity() && ddl.identity_columns) text += detail::identity_text(*column.identity());
    return text + null + key;
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
