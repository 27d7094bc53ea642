// Names of a database as names of C++.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace aludel::detail {

/// `user_account` and `user account` are `UserAccount`.
std::string camel_case(std::string_view name);

/// A name that C++ takes: other characters become underscores, a keyword gets one, and so does a digit in front.
std::string identifier(std::string_view name);

/// The same, with underscores behind it until nobody has it; it is taken then.
std::string free_identifier(std::string_view name, std::set<std::string>& taken);

/// A string literal of C++.
std::string cpp_literal(std::string_view text);

}  // namespace aludel::detail
