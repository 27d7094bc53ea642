#include "orm/dependency_directions.hpp"
#include "orm/flush_context.hpp"
#include "orm/sync.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

/// Some object is, or was, referred to.
bool has_object(const History& history) {
    const auto is_object = [](const ObjectHeader* object) { return object != nullptr; };
    return std::any_of(history.added.begin(), history.added.end(), is_object) ||
           std::any_of(history.unchanged.begin(), history.unchanged.end(), is_object) ||
           std::any_of(history.deleted.begin(), history.deleted.end(), is_object);
}

}  // namespace

void ManyToOne::order_classes(const ClassActions& actions) {
    const auto& [save_owners, save_targets, delete_owners, delete_targets, after_save, before_delete] = actions;
    if (relationship_.post_update()) {
        const auto update_saved = plan_.post_update_all(relationship_.owner(), false);
        const auto update_deleted = plan_.post_update_all(relationship_.owner(), true);
        plan_.require(save_targets, after_save);
        plan_.require(save_owners, after_save);
        plan_.require(after_save, update_saved);
        plan_.require(after_save, update_deleted);
        plan_.require(before_delete, update_deleted);
        plan_.require(update_deleted, delete_targets);
        plan_.require(update_deleted, delete_owners);
        return;
    }
    plan_.require(save_targets, after_save);
    plan_.require(after_save, save_owners);
    plan_.require(save_owners, delete_targets);
    plan_.require(delete_owners, delete_targets);
}

void ManyToOne::order_objects(const ObjectActions& actions) {
    if (!relationship_.post_update()) {
        if (actions.is_delete) {
            if (actions.target_is_delete) plan_.require(actions.delete_owner, actions.target);
            return;
        }
        if (!actions.target_is_delete) plan_.require(actions.target, actions.after_save);
        plan_.require(actions.after_save, actions.save_owner);
        return;
    }
    if (actions.is_delete) {
        const auto update_deleted = plan_.post_update_all(relationship_.owner(), true);
        plan_.require(actions.before_delete, update_deleted);
        plan_.require(update_deleted, actions.delete_owner);
        plan_.require(update_deleted, actions.target);
        return;
    }
    const auto update_saved = plan_.post_update_all(relationship_.owner(), false);
    plan_.require(actions.after_save, update_saved);
    if (actions.target_is_delete) {
        plan_.require(update_saved, actions.target);
    } else {
        plan_.require(actions.save_owner, actions.after_save);
        plan_.require(actions.target, actions.after_save);
    }
}

void ManyToOne::presort_saves(const Objects& owners) {
    if (!cascades(CascadeKind::delete_orphan)) {
        return;
    }
    for (ObjectHeader* owner : owners) {
        for (ObjectHeader* child : context_.history(*owner, relationship_, passive_for_delete()).deleted) {
            if (child != nullptr) delete_orphan(*child);
        }
    }
}

void ManyToOne::presort_deletes(const Objects& owners) {
    const bool takes_orphans = cascades(CascadeKind::delete_orphan);
    if (!takes_orphans && !cascades(CascadeKind::delete_)) {
        return;
    }
    for (ObjectHeader* owner : owners) {
        const History& history = context_.history(*owner, relationship_, passive_for_delete());
        for (const auto* part : {&history.unchanged, &history.added, &history.deleted}) {
            if (part == &history.deleted && !takes_orphans) continue;
            for (ObjectHeader* child : *part) {
                if (child != nullptr) delete_with_dependents(*child);
            }
        }
    }
}

void ManyToOne::process_saves(const Objects& owners) {
    for (ObjectHeader* owner : owners) process_save(*owner);
}

void ManyToOne::process_save(ObjectHeader& owner) {
    const History& history = context_.history(owner, relationship_, Passive::no_initialize);
    for (ObjectHeader* target : history.added) take_key_of(owner, target);
    if (history.added.empty() && !history.deleted.empty()) take_key_of(owner, nullptr);
    if (relationship_.post_update() && !history.empty()) {
        context_.add_post_update(owner, relationship_.pairs(), true);
    }
}

void ManyToOne::take_key_of(ObjectHeader& owner, ObjectHeader* target) {
    if (!relationship_.post_update() && context_.is_deleted(owner)) {
        return;
    }
    if (target == nullptr) {
        blank_key(context_.session(), owner, relationship_);
    } else if (context_.is_in_session(*target)) {
        copy_key(context_.session(), *target, owner, relationship_);
    } else {
        context_.session().warn(
            fmt::format("Object of type <{}> not in session, add operation along '{}' won't proceed",
                        target->mapper->class_name(), relationship_.full_name()));
    }
}

void ManyToOne::process_deletes(const Objects& owners) {
    const bool keeps_key =
        cascades(CascadeKind::delete_orphan) || relationship_.passive_deletes() == PassiveDeletes::all;
    if (!relationship_.post_update() || keeps_key) {
        return;
    }
    for (ObjectHeader* owner : owners) {
        blank_key(context_.session(), *owner, relationship_);
        if (has_object(context_.history(*owner, relationship_, passive_for_delete()))) {
            context_.add_post_update(*owner, relationship_.pairs(), true);
        }
    }
}

}  // namespace aludel::detail
