#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace differential {

/// What SQLAlchemy emits for a case, nothing if it was not asked for that case. Read from the file that the environment
/// variable ALUDEL_EXPECTED_STATEMENTS names, else from oracle.py, which then runs once for all cases.
/// @throws std::runtime_error if there is no Python or no SQLAlchemy.
std::optional<std::vector<std::string>> expected_statements(std::string_view case_name);

}  // namespace differential
