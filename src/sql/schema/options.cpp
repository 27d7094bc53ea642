#include "aludel/sql/schema/options.hpp"

#include "aludel/base/error.hpp"
#include "aludel/sql/expr/nodes.hpp"

namespace aludel {

void NullableOption::apply_to(ColumnDraft& draft) const { draft.nullable = allowed; }

void DeferrableOption::apply_to(ForeignKeyRules& rules) const { rules.deferrable = allowed; }

namespace detail {

void add_foreign_key(ColumnDraft& draft, std::string_view target, ForeignKeyRules rules) {
    if (!is_foreign_key_target(target))
        throw ArgumentError("The target '" + std::string(target) + "' of the foreign key of column '" + draft.name +
                            "' has no dot; write it as \"table.column\" or \"schema.table.column\"");
    draft.foreign_keys.push_back({std::string(target), std::move(rules)});
}

void add_check(ColumnDraft& draft, std::string_view sql, std::string name) {
    draft.checks.push_back({std::string(sql), std::move(name)});
}

ColumnDefault text_default(std::string_view text) { return ColumnDefault::constant(Value::text(std::string(text))); }

ColumnDefault make_default(const DoubleBits& value) {
    return ColumnDefault::constant(Value::of(std::bit_cast<double>(value.bits)));
}

NodeRef raw_sql_node(std::string_view sql) {
    return make_ref<NamedNode>(NodeKind::text, std::string(sql), std::vector<NodeRef>(), SqlType());
}

}  // namespace detail

}  // namespace aludel
