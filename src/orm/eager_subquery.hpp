// Relationships that are loaded by a SELECT that has the first query inside.
#pragma once

#include "orm/eager_reader.hpp"
#include "orm/query_plan.hpp"

#include <memory>
#include <span>

namespace aludel::detail {

/// Loads a relationship of the objects of `plan`, which the query `repeated` gave.
void load_by_subquery(LoadRun& run, const EntityPlan& plan, const AfterPlan& after,
                      const std::shared_ptr<const PlanRequest>& repeated, std::span<const EagerReader::Owner> owners);

}  // namespace aludel::detail
