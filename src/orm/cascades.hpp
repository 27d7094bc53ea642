// Walking from an object to those that an operation reaches through it.
#pragma once

#include "orm/links.hpp"

#include <functional>
#include <vector>

namespace aludel::detail {

/// The objects that `kind` reaches from `header`, without it, depth first in the order of SQLAlchemy's
/// `cascade_iterator`. `stops_at(object)`: neither the object nor what is behind it. For `delete_` collections that are
/// not loaded are loaded, unless passive_deletes says otherwise.
std::vector<ObjectHeader*> cascade(ObjectHeader& header, CascadeKind kind,
                                   const std::function<bool(const ObjectHeader&)>& stops_at = {});

}  // namespace aludel::detail
