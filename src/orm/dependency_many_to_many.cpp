#include "orm/dependency_directions.hpp"
#include "orm/flush_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

ManyToMany::ManyToMany(FlushContext& context, const Relationship& relationship)
    : Dependency(context, relationship), table_(relationship) {
    for (const AssociationPair& pair : relationship.owner_pairs()) keys_.push_back(pair.attribute);
}

void ManyToMany::order_classes(const ClassActions& actions) {
    plan_.require(actions.save_owners, actions.after_save);
    plan_.require(actions.save_targets, actions.after_save);
    plan_.require(actions.after_save, actions.delete_targets);
    // An object that takes over the row of a deleted one must not keep that one's association rows.
    plan_.require(actions.before_delete, actions.save_owners);
    plan_.require(actions.before_delete, actions.delete_owners);
    plan_.require(actions.before_delete, actions.delete_targets);
    plan_.require(actions.before_delete, actions.save_targets);
}

void ManyToMany::order_objects(const ObjectActions& actions) {
    if (actions.is_delete) {
        plan_.require(actions.before_delete, actions.target);
        plan_.require(actions.before_delete, actions.delete_owner);
        return;
    }
    plan_.require(actions.save_owner, actions.after_save);
    if (actions.target_is_delete) {
        plan_.require(actions.after_save, actions.target);
    } else {
        plan_.require(actions.target, actions.after_save);
    }
}

bool ManyToMany::writes_key_changes(const ObjectHeader& owner) const {
    return !relationship_.passive_updates() && std::any_of(keys_.begin(), keys_.end(), [&](const Attribute* key) {
        return context_.old_key(owner, *key) != nullptr;
    });
}

void ManyToMany::presort_deletes(const Objects& owners) {
    if (relationship_.passive_deletes() == PassiveDeletes::off) {
        for (ObjectHeader* owner : owners) context_.history(*owner, relationship_, Passive::load);
    }
}

void ManyToMany::presort_saves(const Objects& owners) {
    for (ObjectHeader* owner : owners) {
        context_.note_old_keys(*owner, keys_);
        if (writes_key_changes(*owner)) context_.history(*owner, relationship_, Passive::load);
        if (!cascades(CascadeKind::delete_orphan)) continue;
        for (ObjectHeader* child : context_.changes(*owner, relationship_).deleted) {
            delete_orphan(*child);
        }
    }
}

void ManyToMany::collect(ObjectHeader& owner, const Objects& related, const char* operation,
                         std::vector<ParameterRow>& rows, Pairs& done) {
    const FlushContext::ObjectPairs* processed = context_.processed_pairs(relationship_);
    for (ObjectHeader* object : related) {
        if (object == nullptr) continue;
        done.emplace_back(object, &owner);
        if (processed != nullptr && processed->contains({&owner, object})) continue;
        if (context_.is_in_session(*object)) {
            rows.push_back(table_.row(context_.session(), owner, *object));
        } else if (object->state != ObjectState::deleted) {
            context_.session().warn(
                fmt::format("Object of type <{}> not in session, {} operation along '{}' won't proceed",
                            object->mapper->class_name(), operation, relationship_.full_name()));
        }
    }
}

void ManyToMany::process_saves(const Objects& owners) {
    AssociationChanges changes;
    Pairs done;
    for (ObjectHeader* owner : owners) process_save(*owner, changes, done);
    if (auto* processed = context_.processed_pairs(relationship_)) processed->insert(done.begin(), done.end());
    table_.write(context_.session(), changes);
}

void ManyToMany::process_save(ObjectHeader& owner, AssociationChanges& changes, Pairs& done) {
    const bool key_changed = writes_key_changes(owner);
    const History& history =
        key_changed ? context_.history(owner, relationship_, Passive::load) : context_.changes(owner, relationship_);
    collect(owner, history.added, "add", changes.inserts, done);
    collect(owner, history.deleted, "delete", changes.deletes, done);
    if (!key_changed) {
        return;
    }
    for (ObjectHeader* object : history.unchanged) {
        if (object == nullptr) continue;
        ParameterRow row = table_.row(context_.session(), owner, *object);
        ParameterRow before = table_.row_before(context_, owner, *object);
        std::move(before.begin(), before.end(), std::back_inserter(row));
        changes.updates.push_back(std::move(row));
    }
}

void ManyToMany::process_deletes(const Objects& owners) {
    AssociationChanges changes;
    Pairs done;
    for (ObjectHeader* owner : owners) {
        const History& history = context_.history(*owner, relationship_, passive_for_delete());
        collect(*owner, history.unchanged, "delete", changes.deletes, done);
        collect(*owner, history.deleted, "delete", changes.deletes, done);
    }
    if (auto* processed = context_.processed_pairs(relationship_)) processed->insert(done.begin(), done.end());
    table_.write(context_.session(), changes);
}

}  // namespace aludel::detail
