// The links between objects: reading and writing them without events, and walking along them.
#pragma once

#include "orm/collection.hpp"
#include "orm/relationship.hpp"

#include <aludel/orm/detail/related.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace aludel::detail {

/// The library's own way to the members of an object that are relationships. Nothing here loads, and no other side
/// follows.
struct Links {
    static OneBase& one(ObjectHeader& header, const RelationshipDescription& relationship) noexcept;
    static CollectionBase& many(ObjectHeader& header, const RelationshipDescription& relationship) noexcept;
    static AttributeLink& link(ObjectHeader& header, const RelationshipDescription& relationship) noexcept;
    static AttributeLink& link(OneBase& one) noexcept { return one.link_; }
    static AttributeLink& link(CollectionBase& many) noexcept { return many.link_; }
    static const AttributeLink& link(const OneBase& one) noexcept { return one.link_; }
    static const AttributeLink& link(const CollectionBase& many) noexcept { return many.link_; }
    static ObjectHeader*& target(OneBase& one) noexcept { return one.target_; }
    static ObjectHeader* target(const OneBase& one) noexcept { return one.target_; }
    static Collection*& state(CollectionBase& many) noexcept { return many.state_; }
    static Collection* state(const CollectionBase& many) noexcept { return many.state_; }
    /// The state, made if there is none.
    static Collection& ensure(CollectionBase& many);
};

/// Of a keyed collection: the key of an object, and of a value, in a form that compares.
std::string keyed_by(const Relationship& relationship, const ObjectHeader& item);
std::string encode_key(const Value& key);

/// The object stands for a row: it was loaded, or written, whatever became of it.
inline bool has_row(const ObjectHeader& header) noexcept {
    return header.state != ObjectState::transient && header.state != ObjectState::pending;
}

/// The value in memory is known: it was loaded or assigned, and is not expired.
bool is_loaded(const ObjectHeader& header, const Relationship& relationship) noexcept;

/// The related object as it is in memory; null if there is none or it is not loaded.
ObjectHeader* related_in_memory(const ObjectHeader& header, const Relationship& relationship) noexcept;
/// The objects of a collection as they are in memory; empty if it is not loaded.
std::span<ObjectHeader* const> items_in_memory(const ObjectHeader& header, const Relationship& relationship) noexcept;

/// What a loader found: becomes the committed value, without events. The two objects are linked, so that one keeps the
/// other alive. A collection takes what was queued for it while it was not loaded.
void set_loaded(ObjectHeader& header, const Relationship& relationship, ObjectHeader* target);
void set_loaded(ObjectHeader& header, const Relationship& relationship, std::span<ObjectHeader* const> items);
/// The same object by object, as joined rows bring them: `begin`, any number of `append`, `end`.
void begin_loaded(ObjectHeader& header, const Relationship& relationship);
void append_loaded(ObjectHeader& header, const Relationship& relationship, ObjectHeader& item);
void end_loaded(ObjectHeader& header, const Relationship& relationship);

/// The value is not known any more: the next access loads it. Changes to it are lost.
void unload(ObjectHeader& header, const Relationship& relationship) noexcept;
/// All relationships of the object, and what is known of its parents.
void unload_relationships(ObjectHeader& header) noexcept;

/// Calls `visit(ObjectHeader&)` for each object that `header` has a link to, including what was taken out since the
/// last flush.
template <class Visit>
void visit_links(const ObjectHeader& header, Visit visit);

/// After a flush: the relationships in memory are what the database has.
void commit_relationships(ObjectHeader& header) noexcept;

}  // namespace aludel::detail

#include "orm/links_inline.hpp"
