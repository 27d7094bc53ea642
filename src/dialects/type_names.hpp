// The data definition language of each database: its types and its traits.
#pragma once

#include <string>

#include "aludel/sql/compile/ddl_traits.hpp"
#include "aludel/types/sql_type.hpp"

namespace aludel {

class Dialect;

namespace dialects {

std::string sqlite_type_name(const SqlType& type);
std::string postgresql_type_name(const Dialect& dialect, const SqlType& type);
std::string mysql_type_name(const SqlType& type);

DdlTraits sqlite_ddl_traits();
DdlTraits postgresql_ddl_traits();
DdlTraits mysql_ddl_traits();

}  // namespace dialects

}  // namespace aludel
