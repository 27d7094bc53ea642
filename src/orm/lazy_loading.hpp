// Loading one relationship of one object.
#pragma once

#include "orm/relationship.hpp"
#include "orm/session_state.hpp"

#include <vector>

namespace aludel::detail {

enum class Autoflush : unsigned char { no, yes };

/// Loads the relationship and keeps what it found; the object must have a row. A many-to-one object that is in memory
/// costs no SQL, nor does a NULL key. @throws DetachedInstanceError without session, InvalidRequestError where the
/// strategy forbids it.
void lazy_load(ObjectHeader& header, const Relationship& relationship, Autoflush autoflush);

/// What the database has for the relationship: one SELECT. Nothing is kept. For dynamic relationships, during a flush.
std::vector<ObjectHeader*> load_related(ObjectHeader& header, const Relationship& relationship);

/// Many-to-one by primary key: the object, if it is in memory and not expired; null if not.
ObjectHeader* find_in_memory(ObjectHeader& header, const Relationship& relationship);
/// Many-to-one by primary key: whether it is known without a statement that it leads to nothing, for its key is NULL.
bool leads_to_nothing(const ObjectHeader& header, const Relationship& relationship);

}  // namespace aludel::detail
