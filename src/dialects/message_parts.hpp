#pragma once
// Names in the messages of databases.
#include <string>
#include <string_view>
#include <vector>

namespace aludel::dialects {

/// Without the quotes round it.
std::string unquoted(std::string_view name);
/// What stands behind `before` and in front of the next `end`; empty if `before` is not there.
std::string_view between(std::string_view message, std::string_view before, std::string_view end);
/// `a, b` as its parts, unquoted.
std::vector<std::string> split_names(std::string_view list);

}  // namespace aludel::dialects
