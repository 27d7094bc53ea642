// Relationships that write the same column, without being two sides of one.
#pragma once

#include "orm/relationship.hpp"

#include <span>
#include <string>
#include <vector>

namespace aludel::detail {

/// A warning for each of these relationships, resolved just now, that copies a value into a column that another one
/// writes as well. Remembers them, to be compared with those that are resolved later. One call at a time.
std::vector<std::string> find_conflicts(std::span<const Relationship> relationships);

}  // namespace aludel::detail
