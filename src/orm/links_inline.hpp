// Walking along the links of an object.
#pragma once

#include "orm/change_log.hpp"

namespace aludel::detail {

template <class Visit>
void visit_links(const ObjectHeader& header, Visit visit) {
    auto& object = const_cast<ObjectHeader&>(header);
    for (const RelationshipDescription& relationship : header.mapper->relationships()) {
        if (relationship.shape == RelationshipShape::one) {
            if (ObjectHeader* target = Links::target(Links::one(object, relationship))) {
                visit(*target);
            }
            continue;
        }
        const Collection* state = Links::state(Links::many(object, relationship));
        if (state == nullptr) {
            continue;
        }
        for (ObjectHeader* item : state->items) visit(*item);
        for (const auto& change : state->memberships.changes()) visit(*change.object);
        for (ObjectHeader* item : state->queued_in.items()) visit(*item);
        for (ObjectHeader* item : state->queued_out.items()) visit(*item);
    }
    if (header.changes != nullptr) {
        for (const ReferenceChange& change : header.changes->references()) {
            if (change.before != nullptr) visit(*change.before);
        }
    }
}

}  // namespace aludel::detail
