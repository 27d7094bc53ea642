// Carrying key values from one object to another: what a relationship writes.
#pragma once

#include "orm/relationship.hpp"
#include "orm/session_state.hpp"

#include <span>

namespace aludel::detail {

/// The value of an attribute; an expired one is loaded first, without autoflush.
Value synced_value(SessionState& session, ObjectHeader& source, const Attribute& attribute);

/// The value becomes a change of the object, as if the program had assigned it. NULL is kept for a member that cannot
/// hold it, so that the database may say what it thinks of that.
void store_change(ObjectHeader& object, const Attribute& attribute, const Value& value);

/// The key of `source` goes into the foreign key of `target`.
/// `by_database`: the source's key has changed, and the database has changed the target's row by ON UPDATE CASCADE; a
/// part of the target's primary key is then not written again.
void copy_key(SessionState& session, ObjectHeader& source, ObjectHeader& target, const Relationship& relationship,
              bool by_database = false);

/// The foreign key of `target` becomes NULL. @throws FlushError if it is a part of the primary key.
void blank_key(SessionState& session, ObjectHeader& target, const Relationship& relationship);

/// The attributes of the side that has the key, and whether `object`, of that side, has another key than its row.
bool key_has_changed(const ObjectHeader& object, std::span<const Attribute* const> attributes);

}  // namespace aludel::detail
