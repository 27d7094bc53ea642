// The order in which tables are created; reversed, in which they are dropped.
#pragma once

#include <functional>
#include <vector>

#include "aludel/sql/schema/metadata.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel::detail {

/// Where a foreign key may be written.
enum class KeyPlace : unsigned char {
    either,      ///< with its table, or behind all tables if that breaks a cycle
    with_table,  ///< with its table only
};

/// One table with the foreign keys that are written with it; the last step has no table, and the keys that come behind
/// all tables.
struct SortStep {
    const TableInfo* table = nullptr;
    std::vector<const ForeignKeyInfo*> keys;
};

/// The tables in the order of their dependencies; those that do not depend on each other keep their order. Foreign keys
/// that close a cycle are put into the last step. Throws CircularDependencyError if a cycle consists of keys that stay
/// with their table.
std::vector<SortStep> sort_tables(const std::vector<const TableInfo*>& tables,
                                  const std::function<KeyPlace(const ForeignKeyInfo&)>& place_of);

/// The tables of a MetaData in the order of their addition.
std::vector<const TableInfo*> table_pointers(const MetaData& metadata);

}  // namespace aludel::detail
