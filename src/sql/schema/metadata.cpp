#include "aludel/sql/schema/metadata.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "aludel/base/error.hpp"
#include "sql/schema/table_sort.hpp"

namespace aludel {

struct MetaData::TablesByKey : std::map<std::string, TableInfo*, std::less<>> {};

MetaData::MetaData() : MetaData(MetaDataOptions{}) {}

MetaData::MetaData(MetaDataOptions options) : options_(std::move(options)), by_key_(std::make_unique<TablesByKey>()) {}

MetaData::~MetaData() { clear(); }

void MetaData::add(Ref<TableInfo> table) {
    if (!table) throw ArgumentError("MetaData::add() was given no table");
    if (table->metadata() == this) return;
    if (table->metadata())
        throw ArgumentError("Table '" + table->key() + "' belongs to another MetaData; a table belongs to one only");
    if (contains(table->key()))
        throw InvalidRequestError(
            "Table '" + table->key() +
            "' is already defined for this MetaData instance; give it another name, or remove() the first");
    table->check_primary_key_numbering();
    tables_.reserve(tables_.size() + 1);
    by_key_->emplace(table->key(), table.get());
    table->metadata_ = this;
    tables_.push_back(std::move(table));
    settle_types();
}

void MetaData::add(SequenceDraft sequence) {
    std::erase_if(sequences_, [&](const SequenceDraft& one) { return one.key() == sequence.key(); });
    sequences_.push_back(std::move(sequence));
}

void MetaData::settle_types() {
    for (bool changed = true; changed;) {
        changed = false;
        for (const auto& table : tables_) changed = table->settle_types() || changed;
    }
}

const TableInfo* MetaData::find(std::string_view key) const noexcept {
    const auto found = by_key_->find(key);
    return found == by_key_->end() ? nullptr : found->second;
}

const TableInfo& MetaData::table(std::string_view key) const {
    if (const auto* found = find(key)) return *found;
    std::string names;
    for (const auto& table : tables_) names += (names.empty() ? "" : ", ") + table->key();
    throw NoSuchTableError("This MetaData has no table '" + std::string(key) +
                           "'; its tables: " + (names.empty() ? "none" : names));
}

std::vector<const TableInfo*> MetaData::sorted_tables() const {
    std::vector<const TableInfo*> sorted;
    for (const auto& step : detail::sort_tables(detail::table_pointers(*this),
                                                [](const ForeignKeyInfo&) { return detail::KeyPlace::either; }))
        if (step.table) sorted.push_back(step.table);
    return sorted;
}

void MetaData::remove(const TableInfo& table) {
    const auto found =
        std::find_if(tables_.begin(), tables_.end(), [&](const Ref<TableInfo>& held) { return held.get() == &table; });
    if (found == tables_.end()) return;
    (*found)->metadata_ = nullptr;
    by_key_->erase(by_key_->find(table.key()));
    tables_.erase(found);
}

void MetaData::clear() {
    for (const auto& table : tables_) table->metadata_ = nullptr;
    by_key_->clear();
    tables_.clear();
    sequences_.clear();
}

}  // namespace aludel
