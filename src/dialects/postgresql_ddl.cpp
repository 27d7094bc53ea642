#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/detail/bare_expression.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"
#include "dialects/ddl_clauses.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

namespace {

constexpr std::string_view name = "postgresql";

/// The kind of an index, in lower case: one word, so that nothing else stands in its place.
std::string method(const std::string& given, std::string_view where) {
    std::string text = given;
    for (auto& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!plain)
            throw CompileError("Unexpected SQL phrase '" + given + "' for " + std::string(where) +
                               "; it must be one word such as btree, hash, gist or gin");
    }
    return text;
}

std::string quoted_list(const DialectOption::Parts& names, const Dialect& dialect) {
    std::string list;
    for (const auto& [one, rest] : names) list += (list.empty() ? "" : ", ") + dialect.quote(one);
    return list;
}

std::string parameter_list(const DialectOption::Parts& parameters) {
    std::string list;
    for (const auto& [parameter, value] : parameters)
        list.append(list.empty() ? "" : ", ").append(parameter).append(" = ").append(value);
    return list;
}

std::string upper_words(std::string text) {
    for (auto& c : text) {
        if (c == '_') c = ' ';
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

class PostgreSQLHooks final : public DdlHooks {
  public:
    std::string after_table(const TableInfo& table, const Dialect& dialect) const override;

    std::string before_index_name(const IndexInfo& index) const override {
        require_known_options(
            index.options(), name, "Index",
            {"using", "ops", "include", "where", "concurrently", "with", "tablespace", "nulls_not_distinct"});
        return index.options().has(name, "concurrently") ? "CONCURRENTLY " : "";
    }

    std::string before_index_items(const IndexInfo& index, const Dialect&) const override {
        const auto& given = index.options().text(name, "using");
        return given.empty() ? std::string() : "USING " + method(given, "USING") + ' ';
    }

    std::string after_index_item(const IndexInfo& index, std::string_view column) const override {
        const auto* classes = index.options().find(name, "ops");
        if (!classes) return {};
        for (const auto& [of, operators] : classes->parts)
            if (of == column) return ' ' + operators;
        return {};
    }

    std::string after_index(const IndexInfo& index, const Dialect& dialect) const override {
        const auto& options = index.options();
        std::string text;
        if (const auto* included = options.find(name, "include")) {
            for (const auto& [column, rest] : included->parts) (void)index.table().column(column);
            text += " INCLUDE (" + quoted_list(included->parts, dialect) + ')';
        }
        if (options.has(name, "nulls_not_distinct")) text += " NULLS NOT DISTINCT";
        if (const auto* with = options.find(name, "with")) text += " WITH (" + parameter_list(with->parts) + ')';
        if (const auto* space = options.find(name, "tablespace")) text += " TABLESPACE " + dialect.quote(space->text);
        if (const auto* where = options.find(name, "where"))
            text += " WHERE " + detail::bare_expression(where->sql, dialect);
        return text;
    }

    std::string before_unique_columns(const ConstraintInfo& constraint) const override {
        return constraint.options().has(name, "nulls_not_distinct") ? "NULLS NOT DISTINCT " : "";
    }

    std::string after_deferrability(const ConstraintInfo& constraint) const override {
        const bool is_unique = constraint.kind() == ConstraintKind::uniqueness;
        const bool is_primary = constraint.kind() == ConstraintKind::primary;
        if (is_unique) require_known_options(constraint.options(), name, "UniqueConstraint", {"nulls_not_distinct"});
        if (is_primary) require_known_options(constraint.options(), name, "PrimaryKeyConstraint", {});
        if (is_unique || is_primary) return {};
        require_known_options(constraint.options(), name, "Constraint", {"not_valid"});
        return constraint.options().has(name, "not_valid") ? " NOT VALID" : "";
    }

    std::vector<std::string> has_sequence_statements(const SequenceDraft& sequence,
                                                     const Dialect& dialect) const override {
        const auto where = sequence.schema.empty() ? std::string("pg_catalog.pg_table_is_visible(c.oid)")
                                                   : "n.nspname = " + dialect.string_literal(sequence.schema);
        return {
            "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind = 'S' AND " +
            where + " AND c.relname = " + dialect.string_literal(sequence.name)};
    }

    std::vector<std::string> has_type_statements(const SqlType& type, const Dialect& dialect) const override {
        const auto& schema = details_of(type).type_schema;
        const auto where = schema.empty() ? std::string("pg_catalog.pg_type_is_visible(t.oid)")
                                          : "n.nspname = " + dialect.string_literal(schema);
        return {
            "SELECT t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
            "WHERE " +
            where + " AND t.typname = " + dialect.string_literal(postgresql_enum_name(type))};
    }
};

std::string PostgreSQLHooks::after_table(const TableInfo& table, const Dialect& dialect) const {
    const auto& options = table.options();
    require_known_options(options, name, "Table",
                          {"inherits", "partition_by", "using", "with", "with_oids", "on_commit", "tablespace"});
    std::string text;
    if (const auto* parents = options.find(name, "inherits"))
        text += "\n INHERITS ( " + quoted_list(parents->parts, dialect) + " )";
    if (const auto* rule = options.find(name, "partition_by")) text += "\n PARTITION BY " + rule->text;
    if (const auto* used = options.find(name, "using")) text += "\n USING " + dialect.quote(used->text);
    if (const auto* with = options.find(name, "with")) text += "\n WITH (" + parameter_list(with->parts) + ')';
    if (const auto* oids = options.find(name, "with_oids")) text += oids->is_set() ? "\n WITH OIDS" : "\n WITHOUT OIDS";
    if (const auto* when = options.find(name, "on_commit")) text += "\n ON COMMIT " + upper_words(when->text);
    if (const auto* space = options.find(name, "tablespace")) text += "\n TABLESPACE " + dialect.quote(space->text);
    return text;
}

}  // namespace

const DdlHooks& postgresql_ddl_hooks() {
    static const PostgreSQLHooks hooks;
    return hooks;
}

}  // namespace aludel::dialects
