#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/schema/metadata.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

ConstraintInfo::ConstraintInfo(ConstraintKind kind, const TableInfo& table, ForeignKeyRules rules,
                               std::vector<const ColumnInfo*> columns)
    : kind_(kind), table_(&table), rules_(std::move(rules)), columns_(std::move(columns)) {}

ForeignKeyInfo::ForeignKeyInfo(const TableInfo& table, ForeignKeyRules rules, std::vector<const ColumnInfo*> columns,
                               std::vector<std::string> targets)
    : ConstraintInfo(ConstraintKind::foreign, table, std::move(rules), std::move(columns)),
      targets_(std::move(targets)) {}

std::string_view ForeignKeyInfo::target_table_key() const noexcept {
    const std::string_view target = targets_.front();
    return target.substr(0, target.rfind('.'));
}

std::string_view ForeignKeyInfo::target_column_name(std::size_t at) const noexcept {
    const std::string_view target = targets_[at];
    return target.substr(target.rfind('.') + 1);
}

const TableInfo* ForeignKeyInfo::find_referred_table() const {
    const auto key = target_table_key();
    if (key == table_->key()) return table_;
    const auto* metadata = table_->metadata();
    if (!metadata) return nullptr;
    if (key.find('.') == std::string_view::npos && !metadata->schema().empty())
        if (const auto* found = metadata->find(metadata->schema() + '.' + std::string(key))) return found;
    return metadata->find(key);
}

const TableInfo& ForeignKeyInfo::referred_table() const {
    if (const auto* found = find_referred_table()) return *found;
    throw NoReferencedTableError("Foreign key associated with column '" + columns_.front()->full_name() +
                                 "' could not find table '" + std::string(target_table_key()) +
                                 "' with which to generate a foreign key to target column '" +
                                 std::string(target_column_name(0)) +
                                 (table_->metadata() ? "'; declare that table in the same MetaData"
                                                     : "'; the table belongs to no MetaData, add it to one"));
}

const ColumnInfo& ForeignKeyInfo::referred_column(std::size_t at) const {
    const auto& target = referred_table();
    const auto name = target_column_name(at);
    if (const auto* found = target.find_column(name)) return *found;
    throw NoReferencedColumnError("Could not initialize target column for ForeignKey '" + targets_[at] +
                                  "' on table '" + table_->key() + "': table '" + target.key() +
                                  "' has no column named '" + std::string(name) + "'");
}

CheckInfo::CheckInfo(const TableInfo& table, ForeignKeyRules rules, NodeRef sql)
    : ConstraintInfo(ConstraintKind::condition, table, std::move(rules), {}), sql_(std::move(sql)) {}

IndexInfo::IndexInfo(const TableInfo& table, std::string name, bool unique, std::vector<Item> items,
                     DialectOptions options)
    : table_(&table), name_(std::move(name)), unique_(unique), items_(std::move(items)), options_(std::move(options)) {}

}  // namespace aludel
