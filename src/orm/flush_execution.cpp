// Doing what a flush has planned.
#include "orm/change_log.hpp"
#include "orm/flush_context.hpp"
#include "orm/key_switches.hpp"
#include "orm/persistence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

void FlushContext::execute() {
    prepare();
    for (const auto& level : plan_.levels()) run(level);
    if (!old_keys_.empty()) {
        write_key_switches(*this, KeySwitchKind::by_database);
    }
}

/// Actions of a level that differ in their object only are done together.
void FlushContext::run(const std::vector<FlushAction>& level) {
    std::vector<std::pair<FlushAction, Objects>> groups;
    boost::unordered_flat_map<FlushAction, std::size_t, boost::hash<FlushAction>> places;
    for (FlushAction action : level) {
        ObjectHeader* object = std::exchange(action.object, nullptr);
        const auto [place, is_new] = places.try_emplace(action, groups.size());
        if (is_new) groups.emplace_back(action, Objects{});
        if (object != nullptr) groups[place->second].second.push_back(object);
    }
    for (const auto& [action, objects] : groups) run(action, objects);
}

void FlushContext::run(const FlushAction& action, const Objects& objects) {
    const auto process = [&](const Objects& owners) {
        if (owners.empty()) return;
        if (action.is_delete) {
            action.dependency->process_deletes(owners);
        } else {
            action.dependency->process_saves(owners);
        }
    };
    switch (action.step) {
        case FlushStep::save_all: save(*action.mapper, objects_of(*action.mapper, false)); break;
        case FlushStep::delete_all: remove(*action.mapper, objects_of(*action.mapper, true)); break;
        case FlushStep::process_all:
            process(objects_of(action.dependency->relationship().owner(), action.is_delete));
            break;
        case FlushStep::post_update_all: post_update(*action.mapper, action.is_delete); break;
        case FlushStep::save_one: save(*action.mapper, objects); break;
        case FlushStep::delete_one: remove(*action.mapper, objects); break;
        case FlushStep::process_one: process(objects); break;
    }
}

void FlushContext::save(const Mapper& mapper, const Objects& objects) {
    if (objects.empty()) {
        return;
    }
    for (ObjectHeader* object : objects) {
        if (object->state == ObjectState::pending) switch_row(*object);
    }
    save_objects(session_, mapper, objects);
}

void FlushContext::remove(const Mapper& mapper, const Objects& objects) {
    Objects rows;  // without what has no row, or whose row was taken over
    std::copy_if(objects.begin(), objects.end(), std::back_inserter(rows), [&](const ObjectHeader* object) {
        return object->state == ObjectState::persistent && is_deleted(*object);
    });
    if (!rows.empty()) {
        delete_objects(session_, mapper, std::move(rows));
    }
}

void FlushContext::post_update(const Mapper& mapper, bool is_delete) {
    const auto due = post_updates_.find(&mapper);
    if (due == post_updates_.end()) {
        return;
    }
    Objects objects;
    std::copy_if(due->second.objects.begin(), due->second.objects.end(), std::back_inserter(objects),
                 [&](const ObjectHeader* object) {
                     return object->state == ObjectState::persistent && is_deleted(*object) == is_delete;
                 });
    update_attributes(session_, mapper, std::move(objects), due->second.attributes);
}

/// A new object with the key of one that is deleted in the same flush takes over its row: one UPDATE.
void FlushContext::switch_row(ObjectHeader& object) {
    for (const Attribute* key : object.mapper->primary_key()) {
        const AttributeLink& link = key->link(object);
        if (!link.is_set() || link.has_expression()) return;
    }
    ObjectHeader* holder = session_.identities.find(*object.mapper, IdentityKey::of(object));
    if (holder != nullptr && holder != &object && is_deleted(*holder)) {
        take_over_row(object, *holder);
    }
}

void FlushContext::take_over_row(ObjectHeader& object, ObjectHeader& holder) {
    entries_[holder.flush_place - 1].is_listed_only = true;
    become_deleted(session_, holder);
    for (const Attribute& attribute : object.mapper->attributes()) {
        AttributeLink& link = attribute.link(object);
        if (link.is_set() && !attribute.column().primary_key() && !link.has_expression()) link.mark_modified();
    }
    object.state = ObjectState::persistent;
    object.generation = session_.generation;
    session_.identities.put(object);
    session_.frame().created.push_back(&object);
}

}  // namespace aludel::detail
