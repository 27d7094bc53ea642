// Reads the text of a CREATE TABLE statement, which is all that SQLite keeps of a table's constraints.
#pragma once

#include <aludel/sql/schema/reflection.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::dialects {

/// What the text says besides the columns themselves. Names come without their quotes, conditions as they were written.
struct CreateTableText {
    std::string primary_key_name{};
    std::vector<ReflectedForeignKey> foreign_keys{};
    std::vector<ReflectedUnique> uniques{};
    std::vector<ReflectedCheck> checks{};
    std::vector<std::pair<std::string, std::string>> computed{};  ///< column and SQL
    DialectOptions options{};                                     ///< of the table
};

/// Reads as far as it understands: a text that is no CREATE TABLE says nothing.
CreateTableText parse_create_table(std::string_view sql);

}  // namespace aludel::dialects
