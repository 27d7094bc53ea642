// The types of a live database as aludel's.
#pragma once

#include <aludel/types/sql_type.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::dialects {

/// A type as a database writes it, taken apart: `timestamp(6) with time zone` is TIMESTAMP WITH TIME ZONE and 6.
struct WrittenType {
    std::string name{};            ///< in upper case, with single spaces
    std::vector<int> arguments{};  ///< the numbers in the parentheses
};

WrittenType take_type_apart(std::string_view written);

/// What a database calls a type, and what that is here. A length, a precision and a scale are filled in.
struct NamedType {
    std::string_view name;
    SqlType type;
};

/// The type of this name with its arguments, or null if the list does not have it.
const SqlType* find_type(std::span<const NamedType> types, std::string_view name);
SqlType with_arguments(SqlType type, std::span<const int> arguments);

/// A type that aludel knows by name only. The name is kept for the rest of the program, once.
SqlType type_by_name(std::string_view name);

}  // namespace aludel::dialects
