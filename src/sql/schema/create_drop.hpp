// Creating and dropping tables in a database.
#pragma once

#include <vector>

#include "aludel/sql/schema/metadata.hpp"

namespace aludel::detail {

/// Sequences of no column: they are created before the tables and dropped after them.
using Sequences = std::vector<SequenceDraft>;

void create_tables(const SchemaTarget& target, const std::vector<const TableInfo*>& tables, CheckFirst check,
                   const Sequences& sequences = {});
void drop_tables(const SchemaTarget& target, const std::vector<const TableInfo*>& tables, CheckFirst check,
                 const Sequences& sequences = {});

}  // namespace aludel::detail
