// Doing what a flush has planned.
#include "orm/change_log.hpp"
#include "orm/flush_context.hpp"
#include "orm/key_switches.hpp"
#include "orm/persistence.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

/// `(User, (1,))`, as SQLAlchemy prints the key of an identity.
std::string describe_key(const ObjectHeader& object) {
    std::string parts;
    for (const Attribute* attribute : object.mapper->primary_key()) {
        parts += fmt::format("{}{}", parts.empty() ? "" : ", ", attribute->value_of(object).repr());
    }
    const bool is_single = object.mapper->primary_key().size() == 1;
    return fmt::format("({}, ({}{}))", object.mapper->class_name(), parts, is_single ? "," : "");
}

/// An expired object is read again: somebody else may have deleted its row, which is then free.
bool has_row_still(SessionState& session, ObjectHeader& object) {
    if (!object.is_expired()) {
        return true;
    }
    try {
        load_expired(session, object);
        return true;
    } catch (const ObjectDeletedError&) {
        become_deleted(session, object);
        return false;
    }
}

}  // namespace

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
        for_each_shard(session_, owners, [&](const Objects& members) {
            if (action.is_delete) {
                action.dependency->process_deletes(members);
            } else {
                action.dependency->process_saves(members);
            }
        });
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
    for_each_shard(session_, objects, [&](const Objects& members) {
        for (ObjectHeader* object : members) {
            if (object->state == ObjectState::pending) switch_row(*object);
        }
        save_objects(session_, mapper, members);
    });
}

void FlushContext::remove(const Mapper& mapper, const Objects& objects) {
    Objects rows;  // without what has no row, or whose row was taken over
    std::copy_if(objects.begin(), objects.end(), std::back_inserter(rows), [&](const ObjectHeader* object) {
        return object->state == ObjectState::persistent && is_deleted(*object);
    });
    if (!rows.empty()) {
        for_each_shard(session_, rows, [&](const Objects& members) { delete_objects(session_, mapper, members); });
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
    const auto is_new = [&](const ObjectHeader& object) { return entries_[object.flush_place - 1].was_new; };
    for_each_shard(session_, objects, [&](const Objects& members) {
        update_attributes(session_, mapper, members, due->second.attributes, is_new);
    });
}

/// A new object with the key of one that is deleted in the same flush takes over its row: one UPDATE.
void FlushContext::switch_row(ObjectHeader& object) {
    for (const Attribute* key : object.mapper->primary_key()) {
        const AttributeLink& link = key->link(object);
        if (!link.is_set() || link.has_expression()) return;
    }
    ObjectHeader* holder = session_.identities.find(*object.mapper, IdentityKey::of(object));
    if (holder == nullptr || holder == &object) {
        return;
    }
    if (is_deleted(*holder)) {
        take_over_row(object, *holder);
    } else if (has_row_still(session_, *holder)) {
        session_.core.connection();  // a transaction begins before anything is said about its objects
        session_.warn(fmt::format("New instance {} with identity key {} conflicts with persistent instance {}",
                                  describe_object(object), describe_key(object), describe_object(*holder)));
    }
}

void FlushContext::take_over_row(ObjectHeader& object, ObjectHeader& holder) {
    entries_[holder.flush_place - 1].is_listed_only = true;
    const Attribute* version = object.mapper->version();
    std::optional<Value> known_version;
    if (version != nullptr) {
        load_version(session_, holder);
        known_version = committed_value(holder, *version);
    }
    become_deleted(session_, holder);
    for (const Attribute& attribute : object.mapper->attributes()) {
        AttributeLink& link = attribute.link(object);
        if (link.is_set() && !attribute.column().primary_key() && !link.has_expression()) link.mark_modified();
    }
    if (version != nullptr) {
        changes_of(object).keep_committed(version->index(), std::move(known_version));
    }
    object.state = ObjectState::persistent;
    object.generation = session_.generation;
    session_.identities.put(object);
    session_.frame().created.push_back(&object);
}

}  // namespace aludel::detail
