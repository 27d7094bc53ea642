// Pieces of text that several statements of the data definition language share.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/compile/dialect.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel::detail {

/// The table's name as it stands in SQL. Throws IdentifierError if the database cannot hold a name so long.
std::string table_text(const TableInfo& table, const Dialect& dialect);
/// A name that must fit as it is: IdentifierError otherwise.
std::string quoted_name(std::string_view name, const Dialect& dialect);
/// The name of a constraint or an index. One that a naming convention made is cut to fit, with a checksum at its end.
std::string constraint_name_text(std::string_view name, bool was_given, const Dialect& dialect);

/// "a, b, c", quoted.
std::string column_list(const std::vector<const ColumnInfo*>& columns, const Dialect& dialect);
/// An expression without parameters and without the names of tables.
std::string expression_text(const NodeRef& node, const Dialect& dialect);
/// `phrase` in upper case if it is one of the allowed ones; CompileError that names `where` otherwise.
std::string checked_phrase(std::string_view phrase, std::string_view where,
                           std::initializer_list<std::string_view> allowed);

/// CONSTRAINT name FOREIGN KEY(...) REFERENCES ...; empty for a constraint that this database cannot have.
std::string constraint_text(const ConstraintInfo& constraint, const Dialect& dialect);
/// CONSTRAINT name CHECK (...), as part of a column.
std::string column_check_text(const ColumnInfo& column, const ColumnCheckDraft& check, const Dialect& dialect);

}  // namespace aludel::detail
