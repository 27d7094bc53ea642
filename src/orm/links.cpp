#include "orm/links.hpp"

#include "orm/change_log.hpp"
#include "orm/history.hpp"
#include "orm/region.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

template <class Member>
Member& member_at(ObjectHeader& header, std::uint32_t offset) noexcept {
    return *reinterpret_cast<Member*>(static_cast<std::byte*>(header.object()) + offset);
}

ObjectHeader& writable(const ObjectHeader& header) noexcept { return const_cast<ObjectHeader&>(header); }

void take_out(Collection& state, const ObjectHeader& item) {
    state.items.erase(std::find(state.items.begin(), state.items.end(), &item));
    if (!state.by_key->empty()) {
        boost::unordered::erase_if(state.by_key.changed(), [&](const auto& entry) { return entry.second == &item; });
    }
}

/// The object that has the item's key already, in a keyed collection, or null.
ObjectHeader* holder_of_key(const Collection& state, const Relationship& relationship, const ObjectHeader& item) {
    if (relationship.shape() != RelationshipShape::keyed) return nullptr;
    const auto found = state.by_key->find(keyed_by(relationship, item));
    return found == state.by_key->end() ? nullptr : found->second;
}

void put(Collection& state, const Relationship& relationship, ObjectHeader& item) {
    state.items.push_back(&item);
    if (relationship.shape() == RelationshipShape::keyed) {
        state.by_key.changed().insert_or_assign(keyed_by(relationship, item), &item);
    }
}

/// What was appended or taken out before the collection was loaded counts as a change to what is loaded.
void merge_queues(Collection& state, const Relationship& relationship) {
    for (ObjectHeader* item : state.queued_out.items()) {
        if (state.memberships.count_indexed(state.items, *item) != 0) {
            state.memberships.note_removed(state.items, *item);
            take_out(state, *item);
        }
    }
    for (ObjectHeader* item : state.queued_in.items()) {
        if (state.memberships.count_indexed(state.items, *item) != 0) continue;
        if (ObjectHeader* holder = holder_of_key(state, relationship, *item)) {
            state.memberships.note_removed(state.items, *holder);
            take_out(state, *holder);
        }
        state.memberships.note_added(state.items, *item);
        put(state, relationship, *item);
    }
    state.queued_in.clear();
    state.queued_out.clear();
}

}  // namespace

OneBase& Links::one(ObjectHeader& header, const RelationshipDescription& relationship) noexcept {
    return member_at<OneBase>(header, relationship.offset);
}

CollectionBase& Links::many(ObjectHeader& header, const RelationshipDescription& relationship) noexcept {
    return member_at<CollectionBase>(header, relationship.offset);
}

AttributeLink& Links::link(ObjectHeader& header, const RelationshipDescription& relationship) noexcept {
    return member_at<AttributeLink>(header, relationship.link_offset);
}

Collection& Links::ensure(CollectionBase& many) {
    if (many.state_ == nullptr) {
        many.state_ = new Collection;
    }
    return *many.state_;
}

std::string encode_key(const Value& key) { return key.repr(); }

std::string keyed_by(const Relationship& relationship, const ObjectHeader& item) {
    return encode_key(relationship.key_attribute()->value_of(item));
}

bool is_loaded(const ObjectHeader& header, const Relationship& relationship) noexcept {
    return Links::link(writable(header), relationship.description()).is_set() && !header.is_expired();
}

ObjectHeader* related_in_memory(const ObjectHeader& header, const Relationship& relationship) noexcept {
    return is_loaded(header, relationship) ? Links::target(Links::one(writable(header), relationship.description()))
                                           : nullptr;
}

std::span<ObjectHeader* const> items_in_memory(const ObjectHeader& header, const Relationship& relationship) noexcept {
    const Collection* state = Links::state(Links::many(writable(header), relationship.description()));
    if (state == nullptr || !is_loaded(header, relationship)) {
        return {};
    }
    return state->items;
}

void set_loaded(ObjectHeader& header, const Relationship& relationship, ObjectHeader* target) {
    OneBase& one = Links::one(header, relationship.description());
    if (target != nullptr) {
        join_regions(header, *target);
    }
    Links::target(one) = target;
    Links::link(one).mark_loaded();
    if (header.changes != nullptr) {
        header.changes->forget_reference(relationship.index());
    }
}

void set_loaded(ObjectHeader& header, const Relationship& relationship, std::span<ObjectHeader* const> items) {
    begin_loaded(header, relationship);
    Links::state(Links::many(header, relationship.description()))->items.reserve(items.size());
    for (ObjectHeader* item : items) {
        append_loaded(header, relationship, *item);
    }
    end_loaded(header, relationship);
}

void begin_loaded(ObjectHeader& header, const Relationship& relationship) {
    CollectionBase& many = Links::many(header, relationship.description());
    Collection& state = Links::ensure(many);
    state.items.clear();
    state.by_key.clear();
    state.memberships = {};
    Links::link(many).mark_loaded();
}

void append_loaded(ObjectHeader& header, const Relationship& relationship, ObjectHeader& item) {
    join_regions(header, item);
    Collection& state = *Links::state(Links::many(header, relationship.description()));
    if (const ObjectHeader* holder = holder_of_key(state, relationship, item)) {
        take_out(state, *holder);  // of two rows with one key the later one counts
    }
    put(state, relationship, item);
}

void end_loaded(ObjectHeader& header, const Relationship& relationship) {
    Collection& state = *Links::state(Links::many(header, relationship.description()));
    if (!state.queued_in.empty() || !state.queued_out.empty()) {
        merge_queues(state, relationship);
    }
}

void unload(ObjectHeader& header, const Relationship& relationship) noexcept {
    const RelationshipDescription& description = relationship.description();
    Links::link(header, description).mark_unset();
    if (description.shape == RelationshipShape::one) {
        Links::target(Links::one(header, description)) = nullptr;
        if (header.changes != nullptr) header.changes->forget_reference(relationship.index());
    } else {
        delete std::exchange(Links::state(Links::many(header, description)), nullptr);
    }
}

void unload_relationships(ObjectHeader& header) noexcept {
    for (const RelationshipDescription& description : header.mapper->relationships()) {
        Links::link(header, description).mark_unset();
        if (description.shape == RelationshipShape::one) {
            Links::target(Links::one(header, description)) = nullptr;
        } else {
            delete std::exchange(Links::state(Links::many(header, description)), nullptr);
        }
    }
    if (header.changes != nullptr) header.changes->forget_references();
    drop_parents(header);
}

void commit_relationships(ObjectHeader& header) noexcept {
    for (const RelationshipDescription& description : header.mapper->relationships()) {
        Links::link(header, description).mark_unmodified();
        if (description.shape == RelationshipShape::one) {
            continue;
        }
        if (Collection* state = Links::state(Links::many(header, description))) {
            state->memberships.commit();
            state->queued_in.clear();
            state->queued_out.clear();
        }
    }
    if (header.changes != nullptr) header.changes->forget_references();
}

}  // namespace aludel::detail
