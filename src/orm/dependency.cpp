#include "orm/dependency.hpp"

#include "orm/cascades.hpp"
#include "orm/dependency_directions.hpp"
#include "orm/flush_context.hpp"
#include "orm/lazy_loading.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

std::unique_ptr<Dependency> Dependency::make(FlushContext& context, const Relationship& relationship) {
    switch (relationship.direction()) {
        case Direction::one_to_many: return std::make_unique<OneToMany>(context, relationship);
        case Direction::many_to_one: return std::make_unique<ManyToOne>(context, relationship);
        case Direction::many_to_many: return std::make_unique<ManyToMany>(context, relationship);
    }
    return nullptr;
}

Dependency::Dependency(FlushContext& context, const Relationship& relationship)
    : context_(context),
      plan_(context.plan()),
      relationship_(relationship),
      sort_name_(fmt::format("{}_{}", relationship.owner().class_name(), relationship.name())) {}

bool Dependency::has_work(const Objects& owners, bool is_delete) {
    const bool is_reference = relationship_.direction() == Direction::many_to_one;
    const bool loads = is_delete && !is_reference && passive_for_delete() == Passive::load;
    for (ObjectHeader* owner : owners) {
        if (context_.is_used(*owner, relationship_)) return true;
        if (loads && !context_.history(*owner, relationship_, Passive::load).empty()) return true;
        // Nobody needs the related object itself, but the order of the DELETEs depends on it.
        if (is_delete && is_reference && find_in_memory(*owner, relationship_) != nullptr) return true;
    }
    return !owners.empty() && !relationship_.is_self_referential() && context_.has_objects_of(relationship_.target());
}

void Dependency::plan_for_classes() {
    const Mapper& owner = relationship_.owner();
    const Mapper& target = relationship_.target();
    ClassActions actions{};
    actions.after_save = plan_.process_all(*this, false);
    actions.before_delete = plan_.process_all(*this, true);
    actions.save_owners = plan_.save_all(owner);
    actions.save_targets = plan_.save_all(target);
    actions.delete_owners = plan_.delete_all(owner);
    actions.delete_targets = plan_.delete_all(target);
    order_classes(actions);
}

void Dependency::plan_for_objects(const Objects& owners, bool is_delete) {
    plan_.disable(plan_.process_all(*this, is_delete));
    for (ObjectHeader* owner : owners) plan_for_object(*owner, is_delete);
}

void Dependency::plan_for_object(ObjectHeader& owner, bool is_delete) {
    const Passive passive = is_delete ? passive_for_delete() : Passive::no_initialize;
    const History& history = context_.history(owner, relationship_, passive);
    Objects related;  // among them, where a reference was set to nothing, null
    for (const auto* part : {&history.added, &history.unchanged, &history.deleted}) {
        related.insert(related.end(), part->begin(), part->end());
    }
    if (related.empty()) {
        return;
    }
    ObjectActions actions;
    actions.is_delete = is_delete;
    if (is_delete) {
        actions.before_delete = plan_.process_one(*this, owner, true);
        actions.delete_owner = plan_.delete_one(owner);
    } else {
        actions.after_save = plan_.process_one(*this, owner, false);
        actions.save_owner = plan_.save_one(owner);
    }
    const Mapper& target = relationship_.target();
    if (!plan_.is_on_cycle(plan_.save_all(target))) {
        for (const bool target_is_delete : {false, true}) {
            actions.target = target_is_delete ? plan_.delete_all(target) : plan_.save_all(target);
            actions.target_is_delete = target_is_delete;
            order_objects(actions);
        }
        return;
    }
    for (ObjectHeader* object : related) {
        actions.target = action_of_target(object, actions.target_is_delete);
        order_objects(actions);
    }
}

FlushPlan::Action Dependency::action_of_target(ObjectHeader* target, bool& is_delete) {
    if (target == nullptr || !context_.has(*target)) {
        is_delete = false;
        return FlushPlan::none;
    }
    is_delete = context_.is_deleted(*target);
    return is_delete ? plan_.delete_one(*target) : plan_.save_one(*target);
}

void Dependency::delete_orphan(ObjectHeader& child) {
    if (has_lost_parent(child)) {
        delete_with_dependents(child);
    }
}

void Dependency::delete_with_dependents(ObjectHeader& child) {
    context_.add(child, {.is_delete = true, .operation = "delete", .along = &relationship_});
    for (ObjectHeader* dependent : cascade(child, CascadeKind::delete_)) {
        context_.add(*dependent, {.is_delete = true});
    }
}

}  // namespace aludel::detail
