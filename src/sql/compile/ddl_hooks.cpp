#include "aludel/sql/compile/ddl_hooks.hpp"

#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/detail/literal.hpp"
#include "aludel/sql/compile/dialect.hpp"

namespace aludel {

DdlHooks::~DdlHooks() = default;

std::string DdlHooks::after_table(const TableInfo& table, const Dialect& dialect) const {
    if (!dialect.traits().inline_comments || table.comment().empty()) return {};
    return "COMMENT=" + detail::comment_literal(table.comment(), dialect);
}

std::string DdlHooks::before_index(const IndexInfo&) const { return {}; }
std::string DdlHooks::before_index_name(const IndexInfo&) const { return {}; }
std::string DdlHooks::before_index_items(const IndexInfo&, const Dialect&) const { return {}; }
std::string DdlHooks::after_index_item(const IndexInfo&, std::string_view) const { return {}; }
std::string DdlHooks::after_index(const IndexInfo&, const Dialect&) const { return {}; }
std::string DdlHooks::before_unique_columns(const ConstraintInfo&) const { return {}; }
std::string DdlHooks::after_constraint(const ConstraintInfo&, const Dialect&) const { return {}; }
std::string DdlHooks::after_deferrability(const ConstraintInfo&) const { return {}; }
std::string DdlHooks::after_not_null(const ColumnInfo&) const { return {}; }
std::string DdlHooks::inline_primary_key(const ColumnInfo&) const { return {}; }
std::string DdlHooks::default_expression(std::string text, const SqlType&) const { return text; }

std::vector<std::string> DdlHooks::has_sequence_statements(const SequenceDraft&, const Dialect&) const { return {}; }
std::vector<std::string> DdlHooks::has_type_statements(const SqlType&, const Dialect&) const { return {}; }

void require_known_options(const DialectOptions& options, std::string_view dialect, std::string_view what,
                           std::initializer_list<std::string_view> known) {
    for (const auto& option : options.all()) {
        if (option.dialect != dialect) continue;
        if (std::find(known.begin(), known.end(), option.name) != known.end()) continue;
        std::string list;
        for (const auto& name : known) list += (list.empty() ? "" : ", ") + std::string(name);
        throw ArgumentError("Option '" + option.name + "' is not accepted by dialect '" + std::string(dialect) +
                            "' on behalf of " + std::string(what) + "; it knows: " + (list.empty() ? "none" : list));
    }
}

}  // namespace aludel
