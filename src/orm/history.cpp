#include "orm/history.hpp"

#include "orm/change_log.hpp"
#include "orm/lazy_loading.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

History history_of_reference(ObjectHeader& header, const Relationship& relationship) {
    History history;
    ObjectHeader* now = related_in_memory(header, relationship);
    const ReferenceChange* change =
        header.changes == nullptr ? nullptr : header.changes->reference(relationship.index());
    if (change == nullptr || (change->known && change->before == now)) {
        history.unchanged.push_back(now);
        return history;
    }
    if (change->known && change->before != nullptr) {
        history.deleted.push_back(change->before);
    }
    history.added.push_back(now);
    return history;
}

History history_of_list(const Collection& state) {
    History history;
    for (const auto& [object, before, now] : state.memberships.changes()) {
        if (before == 0 && now > 0) history.added.push_back(object);
        if (before > 0 && now == 0) history.deleted.push_back(object);
    }
    ObjectQueue seen;
    for (ObjectHeader* added_one : history.added) seen.add(*added_one);
    for (ObjectHeader* item : state.items) {
        if (seen.add(*item)) history.unchanged.push_back(item);
    }
    return history;
}

/// A dynamic collection knows its changes; the rest is in the database.
History history_of_queues(ObjectHeader& header, const Relationship& relationship, const Collection* state,
                          Passive passive) {
    History history;
    if (state != nullptr) {
        history.added = state->queued_in.items();
        history.deleted = state->queued_out.items();
    }
    if (passive == Passive::no_initialize || header.state == ObjectState::transient ||
        header.state == ObjectState::pending) {
        return history;
    }
    const std::vector<ObjectHeader*> stored = load_related(header, relationship);
    const auto is_stored = [&](const ObjectHeader* item) {
        return std::find(stored.begin(), stored.end(), item) != stored.end();
    };
    std::erase_if(history.added, is_stored);
    std::erase_if(history.deleted, [&](const ObjectHeader* item) { return !is_stored(item); });
    for (ObjectHeader* item : stored) {
        if (std::find(history.deleted.begin(), history.deleted.end(), item) == history.deleted.end()) {
            history.unchanged.push_back(item);
        }
    }
    return history;
}

}  // namespace

History history_of(ObjectHeader& header, const Relationship& relationship, Passive passive) {
    if (relationship.is_dynamic()) {
        const CollectionBase& many = Links::many(header, relationship.description());
        return history_of_queues(header, relationship, Links::state(many), passive);
    }
    if (!is_loaded(header, relationship)) {
        if (passive == Passive::no_initialize || !has_row(header)) {
            return {};
        }
        lazy_load(header, relationship, Autoflush::yes);  // which a flush does not do to itself
    }
    if (!relationship.is_collection()) {
        return history_of_reference(header, relationship);
    }
    const Collection* state = Links::state(Links::many(header, relationship.description()));
    return state == nullptr ? History{} : history_of_list(*state);
}

bool has_relationship_changes(const ObjectHeader& header) {
    auto& object = const_cast<ObjectHeader&>(header);
    const auto relationships = relationships_of(*header.mapper);
    return std::any_of(relationships.begin(), relationships.end(), [&](const Relationship& relationship) {
        return history_of(object, relationship, Passive::no_initialize).has_changes();
    });
}

bool has_changes(const ObjectHeader& header) {
    const auto attributes = header.mapper->attributes();
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const Attribute& attribute) { return has_net_change(header, attribute); }) ||
           has_relationship_changes(header);
}

// ---- parents

void drop_parents(ObjectHeader& header) noexcept { delete std::exchange(header.parents, nullptr); }

void set_has_parent(ObjectHeader& child, const Relationship& relationship, const ObjectHeader& parent, bool has) {
    if (relationship.direction() != Direction::one_to_many && !relationship.single_parent()) {
        return;
    }
    if (child.parents == nullptr) {
        child.parents = new Parents;
    }
    auto& marks = child.parents->marks;
    const auto mark =
        std::find_if(marks.begin(), marks.end(), [&](const auto& each) { return each.relationship == &relationship; });
    if (mark == marks.end()) {
        marks.push_back({&relationship, has ? &parent : nullptr});
    } else if (has) {
        mark->parent = &parent;
    } else if (mark->parent == &parent) {  // another parent that has taken it over keeps it
        mark->parent = nullptr;
    }
}

bool has_parent(const ObjectHeader& child, const Relationship& relationship) {
    if (child.parents != nullptr && !child.is_expired()) {
        for (const auto& mark : child.parents->marks) {
            if (mark.relationship == &relationship) return mark.parent != nullptr;
        }
    }
    return has_row(child);
}

bool is_orphan(const ObjectHeader& header) {
    for (const Relationship* relationship = first_delete_orphan(*header.mapper); relationship != nullptr;
         relationship = next_delete_orphan(*relationship)) {
        if (!has_parent(header, *relationship)) return true;
    }
    return false;
}

}  // namespace aludel::detail
