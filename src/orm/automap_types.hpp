// Columns' types as C++ writes them.
#pragma once

#include <aludel/types/sql_type.hpp>

#include <string>

namespace aludel::detail {

/// The C++ type of a column's values, and the option that says its SQL type where the C++ type alone does not.
struct CppType {
    std::string name;
    std::string option{};
};

CppType cpp_type_of(const SqlType& type);

/// The type as an item of `Column{...}`.
std::string table_type_of(const SqlType& type);

}  // namespace aludel::detail
