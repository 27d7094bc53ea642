// The data definition language of each database: its types and its traits.
#pragma once

#include <string>
#include <string_view>

#include "aludel/sql/compile/ddl_traits.hpp"
#include "aludel/types/sql_type.hpp"
#include "aludel/types/value.hpp"

namespace aludel {

class Dialect;

namespace dialects {

std::string sqlite_type_name(const SqlType& type);
/// The name of the type that an enumeration is, neither quoted nor with its schema.
std::string postgresql_enum_name(const SqlType& type);
std::string postgresql_type_name(const Dialect& dialect, const SqlType& type);
/// `flavour`: the kind of server, whose variants of a type come first.
std::string mysql_type_name(const SqlType& type, std::string_view flavour = {});

/// DataError for digits behind the second that a column of this type drops. Its kinds of times keep as many digits as
/// they say, which is none unless they say so.
void mysql_check_fraction(const Value& value, const SqlType& type, std::string_view flavour);

DdlTraits sqlite_ddl_traits();
DdlTraits postgresql_ddl_traits();
DdlTraits mysql_ddl_traits();

}  // namespace dialects

}  // namespace aludel
