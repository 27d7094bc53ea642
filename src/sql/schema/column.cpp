#include "aludel/sql/schema/column.hpp"

#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

ColumnDraft Column::draft() && noexcept { return std::move(draft_); }

ColumnInfo::ColumnInfo(const TableInfo& table, ColumnDraft draft, std::size_t position)
    : table_(&table),
      position_(position),
      nullable_(draft.nullable.value_or(!draft.primary_key)),
      draft_(std::move(draft)) {}

bool ColumnInfo::is_autoincrement() const noexcept { return table_->autoincrement_column() == this; }

NodeRef ColumnInfo::sequence_default() const {
    if (!draft_.sequence || draft_.insert_default || draft_.sequence->rules.optional) return {};
    return draft_.sequence->next_value();
}

std::string ColumnInfo::full_name() const { return table_->key() + '.' + draft_.name; }

}  // namespace aludel
