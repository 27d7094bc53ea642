// How each database is asked whether a table exists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/compile/dialect.hpp"

namespace aludel::dialects {

/// Without a schema: the main database, then the temporary one.
std::vector<std::string> sqlite_has_table(const Dialect& dialect, std::string_view name, std::string_view schema);
/// Without a schema: whatever the search path finds.
std::vector<std::string> postgresql_has_table(const Dialect& dialect, std::string_view name, std::string_view schema);
/// Without a schema: the database that the connection uses.
std::vector<std::string> mysql_has_table(const Dialect& dialect, std::string_view name, std::string_view schema);

}  // namespace aludel::dialects
