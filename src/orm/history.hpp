// What has changed in a relationship since the last flush.
#pragma once

#include "orm/links.hpp"

#include <vector>

namespace aludel::detail {

/// A null pointer in `added` of a single reference says that it was set to nothing. Source: SQLAlchemy's `History`.
struct History {
    std::vector<ObjectHeader*> added;
    std::vector<ObjectHeader*> unchanged;
    std::vector<ObjectHeader*> deleted;

    [[nodiscard]] bool has_changes() const noexcept { return !added.empty() || !deleted.empty(); }
    [[nodiscard]] bool empty() const noexcept { return added.empty() && unchanged.empty() && deleted.empty(); }
};

enum class Passive : unsigned char {
    no_initialize,  ///< what is not in memory counts as nothing
    load,           ///< what is not loaded is loaded (no autoflush)
};

/// The history of one relationship of one object.
History history_of(ObjectHeader& header, const Relationship& relationship, Passive passive);

/// A relationship of the object differs from the database.
bool has_relationship_changes(const ObjectHeader& header);
/// A column or a relationship of the object differs from the database.
bool has_changes(const ObjectHeader& header);

// ---- parents, for delete-orphan

/// Who has an object, by the relationships that were changed in memory.
struct Parents {
    struct Mark {
        const Relationship* relationship;
        const ObjectHeader* parent;  // null: the one that had it gave it up. Compared only
    };
    std::vector<Mark> marks;
};

void drop_parents(ObjectHeader& header) noexcept;
/// Remembers that `parent` has (or no longer has) `child` by `relationship`.
void set_has_parent(ObjectHeader& child, const Relationship& relationship, const ObjectHeader& parent, bool has);
/// Whether some parent has the child by `relationship`; where nothing is known, an object with a row is taken to have
/// one.
bool has_parent(const ObjectHeader& child, const Relationship& relationship);
/// True if the object has lost, or never had, a parent by one of the relationships with delete-orphan that lead to its
/// class.
bool is_orphan(const ObjectHeader& header);

}  // namespace aludel::detail
