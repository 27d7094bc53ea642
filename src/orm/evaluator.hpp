// Criteria and assignments of a bulk statement, applied to an object in memory.
#pragma once

#include <aludel/orm/mapper.hpp>
#include <aludel/sql/expr/node.hpp>

#include <optional>

namespace aludel::detail {

/// The value of an expression for an object, as the database would compute it; NULL where it would be NULL.
/// @throws InvalidRequestError for what only the database can compute.
Value evaluate(const SqlNode& expression, const ObjectHeader& object);

/// The same; nothing in place of the exception.
std::optional<Value> try_evaluate(const SqlNode& expression, const ObjectHeader& object);

/// @throws InvalidRequestError that says what to do, if criteria cannot be evaluated for objects of the class.
void require_evaluable(const SqlNode& criterion, const Mapper& mapper);

}  // namespace aludel::detail
