#include "aludel/base/error.hpp"
#include "aludel/sql/compile/detail/bare_expression.hpp"
#include "dialects/ddl_clauses.hpp"

namespace aludel::dialects {

namespace {

constexpr std::string_view name = "sqlite";

/// ON CONFLICT IGNORE; nothing for an option that is not there.
std::string on_conflict(const DialectOptions& options, std::string_view option) {
    const auto* given = options.find(name, option);
    if (!given) return {};
    for (const std::string_view action : {"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"})
        if (given->text == action) return " ON CONFLICT " + given->text;
    throw CompileError("Unexpected SQL phrase '" + given->text +
                       "' for ON CONFLICT; it must be one of ROLLBACK, ABORT, FAIL, IGNORE, REPLACE");
}

/// Of a constraint, else of its only column.
std::string on_conflict(const ConstraintInfo& constraint, std::string_view column_option) {
    auto text = on_conflict(constraint.options(), "on_conflict");
    if (!text.empty() || column_option.empty() || constraint.columns().size() != 1) return text;
    return on_conflict(constraint.columns().front()->options(), column_option);
}

class SQLiteHooks final : public DdlHooks {
  public:
    std::string after_table(const TableInfo& table, const Dialect&) const override {
        const auto& options = table.options();
        require_known_options(options, name, "Table", {"autoincrement", "with_rowid", "strict"});
        const auto* with_rowid = options.find(name, "with_rowid");
        std::string text;
        if (with_rowid && !with_rowid->is_set()) text = "\n WITHOUT ROWID";
        if (options.has(name, "strict")) text += text.empty() ? "\n STRICT" : ", STRICT";
        return text;
    }

    std::string after_index(const IndexInfo& index, const Dialect& dialect) const override {
        require_known_options(index.options(), name, "Index", {"where"});
        const auto* where = index.options().find(name, "where");
        return where ? " WHERE " + detail::bare_expression(where->sql, dialect) : std::string();
    }

    std::string after_constraint(const ConstraintInfo& constraint, const Dialect&) const override {
        require_known_options(constraint.options(), name, "Constraint", {"on_conflict"});
        switch (constraint.kind()) {
            case ConstraintKind::primary: return on_conflict(constraint, "on_conflict_primary_key");
            case ConstraintKind::uniqueness: return on_conflict(constraint, "on_conflict_unique");
            default: return on_conflict(constraint, "");
        }
    }

    std::string after_not_null(const ColumnInfo& column) const override {
        require_known_options(column.options(), name, "Column",
                              {"on_conflict_primary_key", "on_conflict_not_null", "on_conflict_unique"});
        return on_conflict(column.options(), "on_conflict_not_null");
    }

    std::string inline_primary_key(const ColumnInfo& column) const override {
        const bool alone = column.primary_key() && column.table().primary_key().size() == 1;
        if (!alone || !column.type().is_integer() || !column.foreign_keys().empty()) return {};
        if (!column.table().options().has(name, "autoincrement")) return {};
        return " PRIMARY KEY" + on_conflict(column.options(), "on_conflict_primary_key") + " AUTOINCREMENT";
    }
};

}  // namespace

const DdlHooks& sqlite_ddl_hooks() {
    static const SQLiteHooks hooks;
    return hooks;
}

}  // namespace aludel::dialects
