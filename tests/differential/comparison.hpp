#pragma once

#include "differential/case.hpp"

#include <string>
#include <vector>

namespace differential {

/// SQLAlchemy's record with the deliberate differences put in. `complaint` says which of them found no line.
std::vector<std::string> with_differences(std::vector<std::string> record, const std::vector<Difference>& differences,
                                          std::string& complaint);

/// The record with the rows of each executemany on one of these tables in order.
std::vector<std::string> with_ordered_rows(std::vector<std::string> record, const std::vector<std::string>& tables);

/// Both records as one text: lines of both behind a space, of the first alone behind -, of the second alone behind +.
std::string side_by_side(const std::vector<std::string>& first, const std::vector<std::string>& second);

}  // namespace differential
