// The clauses that each database's own options add to CREATE and DROP.
#pragma once

#include "aludel/sql/compile/ddl_hooks.hpp"

namespace aludel::dialects {

const DdlHooks& sqlite_ddl_hooks();
const DdlHooks& postgresql_ddl_hooks();
const DdlHooks& mysql_ddl_hooks();

}  // namespace aludel::dialects
