// The relationships of one class, resolved when they are first needed.
#pragma once

#include "orm/relationship.hpp"

#include <atomic>
#include <vector>

namespace aludel::detail {

/// Part of every mapper; `relationships_of` fills it.
struct ResolvedRelationships {
    std::atomic<bool> is_done{false};  // `all` may be read without a lock
    std::vector<Relationship> all;
    /// The relationships with delete-orphan that lead to the class, newest first: a list that only grows.
    std::atomic<const Relationship*> delete_orphans{nullptr};
};

}  // namespace aludel::detail
