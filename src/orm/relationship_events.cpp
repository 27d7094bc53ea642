#include "orm/relationship_events.hpp"

#include "orm/change_log.hpp"
#include "orm/history.hpp"
#include "orm/lazy_loading.hpp"
#include "orm/links.hpp"
#include "orm/region.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

Collection& collection_of(ObjectHeader& owner, const Relationship& relationship) {
    return Links::ensure(Links::many(owner, relationship.description()));
}

/// The other side, if changes are passed on to it.
const Relationship* followed_side(const Relationship& relationship) noexcept {
    const Relationship* reverse = relationship.reverse();
    return reverse == nullptr || relationship.viewonly() || reverse->viewonly() ? nullptr : reverse;
}

/// From here on the owner's relationships are changed one by one, so that its refresh does not undo it.
void mark_changed(ObjectHeader& owner) {
    spread_expiry(owner);
    if (owner.state == ObjectState::persistent) {
        remember_dirty(owner.session->state(), owner);
    }
}

// ---- what the session does

/// An object comes into the session of the one that it is related to. Not along the other side of the relationship:
/// there the program said nothing about this owner.
void cascade_save(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& by) {
    if (owner.session != nullptr && relationship.cascades(CascadeKind::save_update) &&
        by.relationship == &relationship && !owner.session->contains(item)) {
        owner.session->add(item);
    }
}

/// A new object that lost its only parent is not written.
void notice_orphan(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item) {
    if (!relationship.cascades(CascadeKind::delete_orphan) || !is_orphan(item)) {
        return;
    }
    if (owner.session != nullptr && item.session == owner.session && item.state == ObjectState::pending) {
        owner.session->expunge(item);
    } else {
        item.orphaned_outside = true;
    }
}

void require_single_parent(const ObjectHeader& owner, const Relationship& relationship, const ObjectHeader& item) {
    if (!relationship.single_parent() || item.parents == nullptr || item.is_expired()) {
        return;
    }
    for (const auto& mark : item.parents->marks) {
        if (mark.relationship == &relationship && mark.parent != nullptr && mark.parent != &owner) {
            throw InvalidRequestError(fmt::format(
                "Instance {} is already associated with an instance of {} via its {} attribute, and is only allowed a "
                "single parent. Take it away from the other one first",
                describe_object(item), relationship.owner().class_name(), relationship.full_name()));
        }
    }
}

// ---- the other side

void append_to(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& initiator) {
    if (relationship.is_collection()) {
        append_item(owner, relationship, item, initiator);
    } else {
        set_reference(owner, relationship, &item, initiator);
    }
}

void take_from(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& initiator) {
    if (relationship.is_collection()) {
        remove_item(owner, relationship, item, initiator);
    } else {
        set_reference(owner, relationship, nullptr, initiator, &item);
    }
}

bool began_with_append(const Relationship& relationship, const Initiator& initiator) noexcept {
    if (initiator.relationship != &relationship) return false;
    return relationship.is_collection()
               ? initiator.kind == ChangeKind::append || initiator.kind == ChangeKind::bulk_replace
               : initiator.kind == ChangeKind::replace;
}

bool began_with_removal(const Relationship& relationship, const Initiator& initiator) noexcept {
    if (initiator.relationship != &relationship) return false;
    return initiator.kind == ChangeKind::remove ||
           initiator.kind == (relationship.is_collection() ? ChangeKind::bulk_replace : ChangeKind::replace);
}

void follow_append(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& by) {
    const Relationship* other = followed_side(relationship);
    if (other != nullptr && !began_with_append(*other, by)) {
        append_to(item, *other, owner, by);
    }
}

void follow_removal(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& by) {
    const Relationship* other = followed_side(relationship);
    if (other != nullptr && !began_with_removal(*other, by)) {
        take_from(item, *other, owner, by);
    }
}

void follow_set(ObjectHeader& owner, const Relationship& relationship, ObjectHeader* target, ObjectHeader* before,
                const Initiator& by) {
    const Relationship* other = followed_side(relationship);
    if (other == nullptr || target == before) {
        return;
    }
    // The new place first: an object that moves is at no time without parent, which would make it an orphan.
    if (target != nullptr && !began_with_append(*other, by)) {
        append_to(*target, *other, owner, by);
    }
    if (before != nullptr) {
        const ChangeKind ends = other->is_collection() ? ChangeKind::remove : ChangeKind::replace;
        if (by != Initiator{other, ends}) take_from(*before, *other, owner, {&relationship, ChangeKind::replace});
    }
}

// ---- collections

/// Everything that goes with an item's arrival, before it arrives.
void fire_append(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& by) {
    require_single_parent(owner, relationship, item);
    join_regions(owner, item);
    cascade_save(owner, relationship, item, by);
    set_has_parent(item, relationship, owner, true);
    follow_append(owner, relationship, item, by);
    mark_changed(owner);
}

/// Everything that goes with an item's departure, before it departs. `stays`: it is in the list once more.
void fire_removal(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, const Initiator& by,
                  bool stays) {
    if (!stays) {
        set_has_parent(item, relationship, owner, false);
        notice_orphan(owner, relationship, item);
        follow_removal(owner, relationship, item, by);
    }
    mark_changed(owner);
}

void put_item(Collection& state, const Relationship& relationship, ObjectHeader& item,
              std::optional<std::size_t> position) {
    state.memberships.note_added(state.items, item);
    const std::size_t place = std::min(position.value_or(state.items.size()), state.items.size());
    state.items.insert(state.items.begin() + static_cast<std::ptrdiff_t>(place), &item);
    if (relationship.shape() == RelationshipShape::keyed) {
        state.by_key.changed().insert_or_assign(keyed_by(relationship, item), &item);
    }
}

void drop_item(Collection& state, ObjectHeader& item, std::optional<std::size_t> position) {
    const auto begin = state.items.begin();
    const auto place =
        position ? begin + static_cast<std::ptrdiff_t>(*position) : std::find(begin, state.items.end(), &item);
    state.memberships.note_removed(state.items, item);
    state.items.erase(place);
    if (!state.by_key->empty()) {
        boost::unordered::erase_if(state.by_key.changed(), [&](const auto& entry) { return entry.second == &item; });
    }
}

/// A set has each item once; a keyed collection one item per key.
bool makes_room(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item) {
    Collection& state = collection_of(owner, relationship);
    if (relationship.shape() == RelationshipShape::set) {
        return state.memberships.count_indexed(state.items, item) == 0;
    }
    if (relationship.shape() == RelationshipShape::keyed) {
        const auto found = state.by_key->find(keyed_by(relationship, item));
        if (found != state.by_key->end()) {
            if (found->second == &item) return false;
            remove_item(owner, relationship, *found->second);
        }
        return state.memberships.count_indexed(state.items, item) == 0;
    }
    return true;
}

void queue_append(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item) {
    Collection& state = collection_of(owner, relationship);
    if (relationship.is_dynamic() || !state.queued_out.remove(item)) {
        state.queued_in.add(item);
    }
}

void queue_removal(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item) {
    Collection& state = collection_of(owner, relationship);
    if (!state.queued_in.remove(item)) {
        state.queued_out.add(item);
    }
}

std::vector<ObjectHeader*> without_repetition(const Relationship& relationship, std::span<ObjectHeader* const> items) {
    if (relationship.shape() == RelationshipShape::list) {
        return {items.begin(), items.end()};
    }
    ObjectQueue kept;
    boost::unordered_flat_map<std::string, ObjectHeader*> by_key;
    for (ObjectHeader* item : items) {
        if (relationship.shape() == RelationshipShape::keyed) {
            ObjectHeader*& holder = by_key[keyed_by(relationship, *item)];
            if (holder != nullptr) kept.remove(*holder);
            holder = item;
        }
        kept.add(*item);
    }
    return kept.items();
}

void replace_dynamic(ObjectHeader& owner, const Relationship& relationship, std::span<ObjectHeader* const> items) {
    ObjectQueue present;
    if (has_row(owner)) {
        for (ObjectHeader* item : load_related(owner, relationship)) present.add(*item);
    }
    for (ObjectHeader* item : collection_of(owner, relationship).queued_in.items()) present.add(*item);
    ObjectQueue wanted;
    for (ObjectHeader* item : items) wanted.add(*item);
    for (ObjectHeader* item : wanted.items()) {
        if (!present.contains(*item)) append_item(owner, relationship, *item);
    }
    for (ObjectHeader* item : present.items()) {
        if (!wanted.contains(*item)) remove_item(owner, relationship, *item);
    }
}

void replace_loaded(ObjectHeader& owner, const Relationship& relationship, const std::vector<ObjectHeader*>& wanted) {
    const Initiator by{&relationship, ChangeKind::bulk_replace};
    Collection& state = collection_of(owner, relationship);
    ObjectQueue before, after;
    for (ObjectHeader* item : state.items) before.add(*item);
    for (ObjectHeader* item : wanted) after.add(*item);
    for (ObjectHeader* item : after.items()) {
        if (!before.contains(*item)) fire_append(owner, relationship, *item, by);
    }
    for (ObjectHeader* item : before.items()) {
        if (!after.contains(*item)) fire_removal(owner, relationship, *item, by, false);
    }
    state.memberships.note_replaced(state.items, wanted);
    state.items = wanted;
    state.by_key.clear();
    if (relationship.shape() == RelationshipShape::keyed) {
        for (ObjectHeader* item : wanted) state.by_key.changed().insert_or_assign(keyed_by(relationship, *item), item);
    }
    Links::link(owner, relationship.description()).mark_loaded();
    mark_changed(owner);
}

// ---- references

struct Before {
    ObjectHeader* object;
    bool known;
};

/// What the owner refers to so far. A many-to-one by primary key is looked for in memory only; anything else is loaded,
/// because the row that loses its reference has to be written, or, of a single parent, may have to be deleted.
Before value_before(ObjectHeader& owner, const Relationship& relationship) {
    if (is_loaded(owner, relationship)) {
        return {related_in_memory(owner, relationship), true};
    }
    if (!has_row(owner)) {
        return {nullptr, false};
    }
    if (relationship.direction() == Direction::many_to_one && relationship.uses_get() &&
        !relationship.single_parent()) {
        ObjectHeader* found = find_in_memory(owner, relationship);
        return {found, found != nullptr || leads_to_nothing(owner, relationship)};
    }
    lazy_load(owner, relationship, Autoflush::no);
    return {related_in_memory(owner, relationship), true};
}

}  // namespace

bool needs_no_load(const ObjectHeader& owner, const Relationship& relationship) noexcept {
    return !has_row(owner) || is_loaded(owner, relationship);
}

void set_reference(ObjectHeader& owner, const Relationship& relationship, ObjectHeader* target, Initiator initiator,
                   const ObjectHeader* only_if) {
    const Initiator by = initiator.relationship != nullptr ? initiator : Initiator{&relationship, ChangeKind::replace};
    const Before before = value_before(owner, relationship);
    if (only_if != nullptr && before.known && before.object != only_if) {
        return;
    }
    if (target != nullptr) {
        require_single_parent(owner, relationship, *target);
    }
    const bool changes = before.object != target;
    if (changes && target != nullptr) {  // what may be refused comes before anything is changed
        join_regions(owner, *target);
        cascade_save(owner, relationship, *target, by);
    }
    if (changes && before.object != nullptr) {
        set_has_parent(*before.object, relationship, owner, false);
    }
    if (changes && before.object != nullptr) {
        notice_orphan(owner, relationship, *before.object);
    }
    follow_set(owner, relationship, target, before.object, by);
    mark_changed(owner);
    changes_of(owner).keep_reference({relationship.index(), before.object, before.known});
    OneBase& one = Links::one(owner, relationship.description());
    Links::target(one) = target;
    Links::link(one).mark_loaded();
    if (target != nullptr) {
        set_has_parent(*target, relationship, owner, true);
    }
}

void append_item(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, Initiator initiator,
                 std::optional<std::size_t> position) {
    const Initiator by = initiator.relationship != nullptr ? initiator : Initiator{&relationship, ChangeKind::append};
    const bool queues = relationship.is_dynamic() || !needs_no_load(owner, relationship);
    if (!queues && !makes_room(owner, relationship, item)) {
        return;
    }
    fire_append(owner, relationship, item, by);
    if (queues) {
        queue_append(owner, relationship, item);
        return;
    }
    put_item(collection_of(owner, relationship), relationship, item, position);
    Links::link(owner, relationship.description()).mark_loaded();
}

bool remove_item(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, Initiator initiator,
                 std::optional<std::size_t> position) {
    const Initiator by = initiator.relationship != nullptr ? initiator : Initiator{&relationship, ChangeKind::remove};
    if (relationship.is_dynamic() || !needs_no_load(owner, relationship)) {
        fire_removal(owner, relationship, item, by, false);
        queue_removal(owner, relationship, item);
        return true;
    }
    Collection& state = collection_of(owner, relationship);
    const std::uint32_t count = state.memberships.count(state.items, item);
    if (count == 0) {
        return false;
    }
    fire_removal(owner, relationship, item, by, count > 1);
    drop_item(state, item, position);
    return true;
}

void replace_items(ObjectHeader& owner, const Relationship& relationship, std::span<ObjectHeader* const> items) {
    if (relationship.is_dynamic()) {
        replace_dynamic(owner, relationship, items);
        return;
    }
    if (!needs_no_load(owner, relationship)) {
        lazy_load(owner, relationship, Autoflush::yes);
    }
    replace_loaded(owner, relationship, without_repetition(relationship, items));
}

namespace {

/// The plain value's handle becomes this one, and the member is empty.
std::optional<Hold> take_plain(OneBase& one) {
    Links::link(one).mark_unset();
    ObjectHeader* target = std::exchange(Links::target(one), nullptr);
    if (target == nullptr) {
        return {};
    }
    Hold hold(*target);
    release(*target);
    return hold;
}

std::vector<Hold> take_plain(CollectionBase& many) {
    std::vector<Hold> holds;
    Links::link(many).mark_unset();
    if (Collection* state = std::exchange(Links::state(many), nullptr)) {
        holds.reserve(state->items.size());
        for (ObjectHeader* item : state->items) {
            holds.emplace_back(*item);
            release(*item);
        }
        delete state;
    }
    return holds;
}

}  // namespace

void adopt_relationships(ObjectHeader& header) {
    const auto descriptions = header.mapper->relationships();
    const auto was_given = [&](const RelationshipDescription& each) { return Links::link(header, each).is_set(); };
    if (std::none_of(descriptions.begin(), descriptions.end(), was_given)) {
        return;
    }
    // First all members give up what the plain value held, whatever happens then.
    std::vector<std::optional<Hold>> references(descriptions.size());
    std::vector<std::vector<Hold>> items(descriptions.size());
    std::vector<bool> given(descriptions.size());
    for (std::size_t i = 0; i < descriptions.size(); ++i) {
        given[i] = was_given(descriptions[i]);
        if (descriptions[i].shape == RelationshipShape::one) {
            references[i] = take_plain(Links::one(header, descriptions[i]));
        } else {
            items[i] = take_plain(Links::many(header, descriptions[i]));
        }
    }
    for (const Relationship& relationship : relationships_of(*header.mapper)) {
        const std::size_t i = relationship.index();
        if (!given[i]) continue;
        if (!relationship.is_collection()) {
            set_reference(header, relationship, references[i] ? references[i]->get() : nullptr);
            continue;
        }
        std::vector<ObjectHeader*> headers;
        for (const Hold& hold : items[i]) headers.push_back(hold.get());
        replace_items(header, relationship, headers);
    }
}

}  // namespace aludel::detail
