#include "orm/flush_context.hpp"

#include "orm/change_log.hpp"
#include "orm/key_switches.hpp"
#include "orm/sync.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

FlushContext::~FlushContext() {
    for (const FlushEntry& entry : entries_) entry.object->flush_place = 0;
}

// ---- which objects take part

bool FlushContext::is_in_session(const ObjectHeader& object) const noexcept {
    return object.session == &session_.core &&
           (object.state == ObjectState::pending || object.state == ObjectState::persistent);
}

bool FlushContext::add(ObjectHeader& object, const Registration& how) {
    if (!is_in_session(object)) {
        if (object.state != ObjectState::deleted && how.operation != nullptr) {
            session_.warn(fmt::format("Object of type <{}> not in session, {} operation along '{}' will not proceed",
                                      object.mapper->class_name(), how.operation, how.along->full_name()));
        }
        return false;
    }
    if (!has(object)) {
        class_work(*object.mapper).objects.push_back(&object);
        entries_.push_back({&object, how.is_delete, how.is_listed_only, object.state == ObjectState::pending});
        object.flush_place = static_cast<std::uint32_t>(entries_.size());
        const auto key = object.mapper->primary_key();
        if (object.changes != nullptr && object.changes->concerns(key)) note_old_keys(object, key);
    } else if (!how.is_listed_only && (how.is_delete || how.cancels_delete)) {
        FlushEntry& entry = entries_[object.flush_place - 1];
        entry.is_delete = how.is_delete;
        entry.is_listed_only = false;
    }
    return true;
}

namespace {

/// The attributes of the owner that a change of the relationship, or one that the relationship follows, is about.
std::vector<const Attribute*> attributes_of(const Relationship& relationship) {
    const auto key = relationship.owner().primary_key();
    std::vector<const Attribute*> attributes(key.begin(), key.end());
    const auto add = [&](const Attribute* attribute) {
        if (std::find(attributes.begin(), attributes.end(), attribute) == attributes.end())
            attributes.push_back(attribute);
    };
    for (const ColumnPair& pair : relationship.pairs()) add(pair.owner);
    for (const AssociationPair& pair : relationship.owner_pairs()) add(pair.attribute);
    return attributes;
}

}  // namespace

FlushContext::ClassWork& FlushContext::class_work(const Mapper& mapper) {
    if (last_work_ != nullptr && last_work_->mapper == &mapper) return *last_work_;
    const auto [place, is_new] = classes_.try_emplace(&mapper, class_works_.size());
    if (is_new) {
        class_works_.push_back({&mapper, {}, {}});
        plan_.require(plan_.save_all(mapper), plan_.delete_all(mapper));
        if (!mapper.relationships().empty()) {
            for (const Relationship& relationship : relationships_of(mapper)) {
                if (!relationship.viewonly())
                    presorts_.push_back(
                        {Dependency::make(*this, relationship), attributes_of(relationship), 0, {}, false});
            }
        }
    }
    last_work_ = &class_works_[classes_.find(&mapper)->second];
    return *last_work_;
}

namespace {

/// Neither does the object refer to others, nor has one of the attributes changed.
bool stands_alone(const ObjectHeader& object, std::span<const Attribute* const> attributes) noexcept {
    return !object.is_linked && (object.changes == nullptr ||
                                 (object.changes->references().empty() && !object.changes->concerns(attributes)));
}

}  // namespace

bool FlushContext::presort(std::size_t index) {
    Presort& work = presorts_[index];
    Dependency& dependency = *work.dependency;
    ClassWork& owners = class_work(dependency.relationship().owner());
    Objects candidates = std::exchange(work.skipped, {});
    candidates.insert(candidates.end(), owners.objects.begin() + static_cast<std::ptrdiff_t>(work.seen),
                      owners.objects.end());
    work.seen = owners.objects.size();
    Objects saved, deleted;
    for (ObjectHeader* object : candidates) {
        const FlushEntry& entry = entries_[object->flush_place - 1];
        if (!entry.is_listed_only && !entry.is_delete && stands_alone(*object, work.attributes)) continue;
        (entry.is_listed_only ? work.skipped : entry.is_delete ? deleted : saved).push_back(object);
    }
    if (!deleted.empty()) dependency.presort_deletes(deleted);
    if (!saved.empty()) dependency.presort_saves(saved);
    if (!work.is_planned && (dependency.has_work(deleted, true) || dependency.has_work(saved, false))) {
        dependency.plan_for_classes();
        owners.planned.push_back(&dependency);
        work.is_planned = true;
    }
    return !deleted.empty() || !saved.empty();
}

Objects FlushContext::objects_of(const Mapper& mapper, bool is_delete) const {
    Objects chosen;
    const auto place = classes_.find(&mapper);
    if (place == classes_.end()) {
        return chosen;
    }
    for (ObjectHeader* object : class_works_[place->second].objects) {
        const FlushEntry& entry = entries_[object->flush_place - 1];
        if (!entry.is_listed_only && entry.is_delete == is_delete) chosen.push_back(object);
    }
    return chosen;
}

// ---- what is known about them

FlushContext::KnownHistory& FlushContext::known_history(const ObjectHeader& owner, const Relationship& relationship,
                                                        bool& is_new) {
    const auto place = history_places_.try_emplace(HistoryKey{&owner, &relationship}, histories_.size());
    is_new = place.second;
    if (is_new) {
        histories_.push_back({{}, Passive::no_initialize, false});
    }
    return histories_[place.first->second];
}

const History& FlushContext::history(ObjectHeader& owner, const Relationship& relationship, Passive passive) {
    static const History nothing;
    if (passive == Passive::no_initialize && !relationship.is_dynamic() && !is_loaded(owner, relationship)) {
        return nothing;
    }
    bool is_new = false;
    KnownHistory& known = known_history(owner, relationship, is_new);
    const bool loads_now = known.passive == Passive::no_initialize && passive == Passive::load;
    if (is_new || loads_now || !known.is_whole) {
        known = {history_of(owner, relationship, passive), passive, true};
    }
    return known.history;
}

const History& FlushContext::changes(ObjectHeader& owner, const Relationship& relationship) {
    if (!relationship.is_collection() || relationship.is_dynamic() || !is_loaded(owner, relationship)) {
        return history(owner, relationship, Passive::no_initialize);
    }
    bool is_new = false;
    KnownHistory& known = known_history(owner, relationship, is_new);
    const Collection* state = Links::state(Links::many(owner, relationship.description()));
    if (is_new && state != nullptr) {
        for (const auto& [object, before, now] : state->memberships.changes()) {
            if (now > 0 && before == 0) known.history.added.push_back(object);
            if (now == 0 && before > 0) known.history.deleted.push_back(object);
        }
    }
    return known.history;
}

bool FlushContext::is_used(ObjectHeader& owner, const Relationship& relationship) {
    return !changes(owner, relationship).empty() ||
           (relationship.is_collection() && !items_in_memory(owner, relationship).empty());
}

void FlushContext::add_post_update(ObjectHeader& object, std::span<const ColumnPair> pairs, bool of_owner) {
    PostUpdates& due = post_updates_[object.mapper];
    if (std::find(due.objects.begin(), due.objects.end(), &object) == due.objects.end()) {
        due.objects.push_back(&object);
    }
    for (const ColumnPair& pair : pairs) {
        const Attribute* attribute = of_owner ? pair.owner : pair.target;
        if (std::find(due.attributes.begin(), due.attributes.end(), attribute) == due.attributes.end()) {
            due.attributes.push_back(attribute);
        }
    }
}

void FlushContext::note_old_keys(const ObjectHeader& object, std::span<const Attribute* const> attributes) {
    if (object.state != ObjectState::persistent || !key_has_changed(object, attributes)) {
        return;
    }
    for (const Attribute* attribute : attributes) {
        if (key_has_changed(object, {&attribute, 1})) {
            old_keys_.try_emplace({&object, attribute}, *object.changes->committed(attribute->index()));
        }
    }
}

const Value* FlushContext::old_key(const ObjectHeader& object, const Attribute& attribute) const {
    const auto found = old_keys_.find({&object, &attribute});
    return found == old_keys_.end() ? nullptr : &found->second;
}

FlushContext::ObjectPairs* FlushContext::processed_pairs(const Relationship& relationship) {
    if (relationship.reverse() == nullptr) {
        return nullptr;
    }
    return &processed_[std::min(&relationship, relationship.reverse(), std::less<>())];
}

// ---- the plan

void FlushContext::prepare() {
    bool has_more = true;
    while (has_more) {
        has_more = false;
        const std::size_t count = presorts_.size();
        for (std::size_t i = 0; i < count; ++i) has_more = presort(i) || has_more;
        if (!has_more && !old_keys_.empty()) has_more = write_key_switches(*this, KeySwitchKind::by_session);
        has_more = has_more || presorts_.size() > count;
    }
    plan_foreign_keys();
    if (plan_.find_cycles()) {
        split_cycles();
    }
}

namespace {

/// A relationship between the two classes has this foreign key: it knows the order better.
bool is_of_relationship(const ForeignKeyInfo& key, const Mapper& child, const Mapper& parent) {
    const ColumnInfo* column = key.columns().front();
    const auto has_key = [&](const Mapper& owner, const Mapper& target) {
        const auto all = owner.relationships().empty() ? std::span<const Relationship>() : relationships_of(owner);
        return std::any_of(all.begin(), all.end(), [&](const Relationship& relationship) {
            const auto& pairs = relationship.pairs();
            return !relationship.viewonly() && &relationship.target() == &target &&
                   std::any_of(pairs.begin(), pairs.end(), [&](const ColumnPair& pair) {
                       return &pair.owner->column() == column || &pair.target->column() == column;
                   });
        });
    };
    return has_key(child, parent) || has_key(parent, child);
}

bool refers_to(const Mapper& child, const Mapper& parent) {
    const auto& keys = child.table().foreign_keys();
    return &child != &parent && std::any_of(keys.begin(), keys.end(), [&](const ForeignKeyInfo& key) {
        return key.find_referred_table() == &parent.table() && !is_of_relationship(key, child, parent);
    });
}

}  // namespace

/// Foreign keys without relationship order the classes too, as far as the relationships leave that open.
void FlushContext::plan_foreign_keys() {
    for (const ClassWork& child : class_works_) {
        if (child.mapper->table().foreign_keys().empty()) continue;
        for (const ClassWork& parent : class_works_) {
            if (!refers_to(*child.mapper, *parent.mapper)) continue;
            plan_.require(plan_.save_all(*parent.mapper), plan_.save_all(*child.mapper), FlushPlan::Strength::soft);
            plan_.require(plan_.delete_all(*child.mapper), plan_.delete_all(*parent.mapper), FlushPlan::Strength::soft);
        }
    }
}

void FlushContext::split_cycles() {
    const std::size_t count = plan_.size();
    for (FlushPlan::Action action = 0; action < count; ++action) {
        if (!plan_.is_on_cycle(action)) continue;
        const FlushStep step = plan_[action].step;
        if (step == FlushStep::save_all || step == FlushStep::delete_all) split(action, step == FlushStep::delete_all);
    }
}

void FlushContext::split(FlushPlan::Action all, bool is_delete) {
    const Mapper& mapper = *plan_[all].mapper;
    const Objects objects = objects_of(mapper, is_delete);
    const auto opposite = is_delete ? plan_.save_all(mapper) : plan_.delete_all(mapper);
    for (ObjectHeader* object : objects) {
        const auto one = is_delete ? plan_.delete_one(*object) : plan_.save_one(*object);
        // All are saved before any is deleted, so that a new object may take over the row of a deleted one.
        if (is_delete) {
            plan_.require(opposite, one);
        } else {
            plan_.require(one, opposite);
        }
        plan_.split(all, one);
    }
    const auto place = classes_.find(&mapper);
    if (place == classes_.end()) {
        return;
    }
    for (Dependency* dependency : class_works_[place->second].planned) {
        dependency->plan_for_objects(objects, is_delete);
    }
}

}  // namespace aludel::detail
