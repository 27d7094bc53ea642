// Creating and dropping tables in a database.
#pragma once

#include <vector>

#include "aludel/sql/schema/metadata.hpp"

namespace aludel::detail {

void create_tables(const SchemaTarget& target, const std::vector<const TableInfo*>& tables, CheckFirst check);
void drop_tables(const SchemaTarget& target, const std::vector<const TableInfo*>& tables, CheckFirst check);

}  // namespace aludel::detail
