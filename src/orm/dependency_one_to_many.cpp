#include "orm/dependency_directions.hpp"
#include "orm/flush_context.hpp"
#include "orm/sync.hpp"

#include <algorithm>

namespace aludel::detail {

OneToMany::OneToMany(FlushContext& context, const Relationship& relationship)
    : Dependency(context, relationship),
      blanks_removed_(!relationship.cascades(CascadeKind::delete_orphan) &&
                      relationship.passive_deletes() != PassiveDeletes::all) {
    for (const ColumnPair& pair : relationship.pairs()) keys_.push_back(pair.owner);
}

void OneToMany::order_classes(const ClassActions& actions) {
    const auto& [save_owners, save_children, delete_owners, delete_children, after_save, before_delete] = actions;
    if (relationship_.post_update()) {
        const auto update_saved = plan_.post_update_all(relationship_.target(), false);
        const auto update_deleted = plan_.post_update_all(relationship_.target(), true);
        plan_.require(save_children, after_save);
        plan_.require(save_owners, after_save);
        plan_.require(after_save, update_saved);
        plan_.require(before_delete, update_deleted);
        plan_.require(update_deleted, delete_owners);
        plan_.require(update_deleted, delete_children);
        return;
    }
    plan_.require(save_owners, after_save);
    plan_.require(after_save, save_children);
    plan_.require(after_save, delete_children);
    plan_.require(save_children, delete_owners);
    plan_.require(delete_children, delete_owners);
    plan_.require(before_delete, save_children);
    plan_.require(before_delete, delete_children);
}

void OneToMany::order_objects(const ObjectActions& actions) {
    if (!relationship_.post_update()) {
        plan_.require(actions.save_owner, actions.after_save);
        plan_.require(actions.after_save, actions.target);
        plan_.require(actions.save_owner, actions.target);
        plan_.require(actions.before_delete, actions.target);
        if (actions.is_delete) plan_.require(actions.target, actions.delete_owner);
        return;
    }
    if (actions.is_delete) {
        const auto update_deleted = plan_.post_update_all(relationship_.target(), true);
        plan_.require(actions.before_delete, update_deleted);
        plan_.require(update_deleted, actions.delete_owner);
        return;
    }
    if (!actions.target_is_delete) plan_.require(actions.save_owner, actions.after_save);
    plan_.require(actions.target, actions.after_save);
    plan_.require(actions.after_save, plan_.post_update_all(relationship_.target(), false));
}

bool OneToMany::key_has_changed(const ObjectHeader& owner) const {
    return std::any_of(keys_.begin(), keys_.end(),
                       [&](const Attribute* key) { return context_.old_key(owner, *key) != nullptr; });
}

// ---- what else has to be written

void OneToMany::presort_saves(const Objects& owners) {
    for (ObjectHeader* owner : owners) presort_save(*owner);
}

void OneToMany::presort_save(ObjectHeader& owner) {
    context_.note_old_keys(owner, keys_);
    const bool key_changed = key_has_changed(owner);
    const Passive passive = relationship_.passive_updates() ? Passive::no_initialize : Passive::load;
    const History& history =
        key_changed ? context_.history(owner, relationship_, passive) : context_.changes(owner, relationship_);
    for (ObjectHeader* child : history.added) {
        if (child == nullptr) continue;
        context_.add(*child, {.cancels_delete = true, .operation = "add", .along = &relationship_});
        newcomers_.insert(child);
    }
    for (ObjectHeader* child : history.deleted) {
        if (cascades(CascadeKind::delete_orphan)) {
            delete_orphan(*child);
        } else if (blanks_removed_) {
            context_.add(*child, {.operation = "delete", .along = &relationship_});
        }
    }
    if (!key_changed) {
        return;
    }
    for (ObjectHeader* child : history.unchanged) {
        if (child == nullptr) continue;
        context_.add(
            *child,
            {.is_listed_only = relationship_.passive_updates(), .operation = "pk change", .along = &relationship_});
    }
}

void OneToMany::presort_deletes(const Objects& owners) {
    const bool blanks = !cascades(CascadeKind::delete_) && relationship_.passive_deletes() != PassiveDeletes::all;
    for (ObjectHeader* owner : owners) {
        const History& history = context_.history(*owner, relationship_, passive_for_delete());
        for (ObjectHeader* child : history.deleted) {
            if (child != nullptr && has_lost_parent(*child)) {
                context_.add(*child, {.is_delete = cascades(CascadeKind::delete_orphan)});
            }
        }
        if (!blanks) continue;
        for (ObjectHeader* child : history.unchanged) {
            if (child != nullptr) context_.add(*child, {.operation = "delete", .along = &relationship_});
        }
    }
}

// ---- keys

bool OneToMany::is_written(const ObjectHeader& child) const {
    return relationship_.post_update() || !context_.is_deleted(child);
}

void OneToMany::give_key(ObjectHeader& owner, ObjectHeader& child, bool key_changed) {
    if (is_written(child)) {
        copy_key(context_.session(), owner, child, relationship_, relationship_.passive_updates() && key_changed);
    }
}

void OneToMany::take_key(ObjectHeader& child) {
    if (is_written(child)) {
        blank_key(context_.session(), child, relationship_);
    }
}

void OneToMany::process_saves(const Objects& owners) {
    for (ObjectHeader* owner : owners) process_save(*owner);
}

void OneToMany::process_save(ObjectHeader& owner) {
    const bool key_changed = key_has_changed(owner);
    const History& history = key_changed ? context_.history(owner, relationship_, Passive::no_initialize)
                                         : context_.changes(owner, relationship_);
    for (ObjectHeader* child : history.added) {
        if (child == nullptr) continue;
        give_key(owner, *child, false);
        if (relationship_.post_update()) context_.add_post_update(*child, relationship_.pairs(), false);
    }
    for (ObjectHeader* child : history.deleted) {
        if (blanks_removed_ && has_lost_parent(*child)) take_key(*child);
    }
    if (key_changed) {
        for (ObjectHeader* child : history.unchanged) {
            if (child != nullptr) give_key(owner, *child, true);
        }
    }
}

void OneToMany::process_deletes(const Objects& owners) {
    if (relationship_.post_update() || relationship_.passive_deletes() != PassiveDeletes::all) {
        for (ObjectHeader* owner : owners) process_delete(*owner);
    }
}

void OneToMany::process_delete(ObjectHeader& owner) {
    const History& history = context_.history(owner, relationship_, passive_for_delete());
    const auto take = [&](ObjectHeader& child) {
        take_key(child);
        if (relationship_.post_update()) context_.add_post_update(child, relationship_.pairs(), false);
    };
    for (ObjectHeader* child : history.deleted) {
        if (child != nullptr && has_lost_parent(*child)) take(*child);
    }
    if (!relationship_.post_update() && cascades(CascadeKind::delete_)) {
        return;
    }
    for (ObjectHeader* child : history.unchanged) {
        if (child != nullptr && !newcomers_.contains(child)) take(*child);
    }
}

}  // namespace aludel::detail
