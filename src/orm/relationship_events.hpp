// Changing relationships in memory: the other side follows, the session learns of new objects, orphans are noticed.
#pragma once

#include "orm/relationship.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace aludel::detail {

enum class ChangeKind : unsigned char { append, remove, replace, bulk_replace };

/// Which change by the program set off a chain of changes; a chain ends where it would come back to its beginning.
struct Initiator {
    const Relationship* relationship = nullptr;
    ChangeKind kind = ChangeKind::replace;
    friend bool operator==(const Initiator&, const Initiator&) = default;
};

/// Makes `owner` refer to `target` or to nothing. With `only_if` it does so only if it refers to that object now.
void set_reference(ObjectHeader& owner, const Relationship& relationship, ObjectHeader* target,
                   Initiator initiator = {}, const ObjectHeader* only_if = nullptr);

/// Puts an item into a collection, by default at its end. A collection that would have to be loaded is not: the change
/// is queued.
void append_item(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, Initiator initiator = {},
                 std::optional<std::size_t> position = {});
/// Takes an item out of a collection: the first occurrence, or the one at `position`. False if it is not there; of a
/// collection that is not loaded the change is queued.
bool remove_item(ObjectHeader& owner, const Relationship& relationship, ObjectHeader& item, Initiator initiator = {},
                 std::optional<std::size_t> position = {});
/// These are the items, in this order; loads the present ones first where there is a row.
void replace_items(ObjectHeader& owner, const Relationship& relationship, std::span<ObjectHeader* const> items);

/// Relates an object, made from a plain value just now, to what the value held.
void adopt_relationships(ObjectHeader& header);

/// The value is in memory, or there is no row that it could be loaded from.
bool needs_no_load(const ObjectHeader& owner, const Relationship& relationship) noexcept;

}  // namespace aludel::detail
