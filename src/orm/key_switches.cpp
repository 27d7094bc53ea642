#include "orm/key_switches.hpp"

#include "orm/flush_context.hpp"
#include "orm/lazy_loading.hpp"
#include "orm/links.hpp"
#include "orm/sync.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

struct Reference {
    ObjectHeader* owner;
    ObjectHeader* target;
    const Relationship* relationship;
};

/// The other side, if there is one, does the work.
bool is_left_to_us(const Relationship& relationship, KeySwitchKind kind) {
    if (relationship.direction() != Direction::many_to_one || relationship.viewonly() ||
        relationship.passive_updates() != (kind == KeySwitchKind::by_database)) {
        return false;
    }
    const Relationship* reverse = relationship.reverse();
    return reverse == nullptr || (!relationship.passive_updates() && reverse->passive_updates());
}

bool has_switched(const FlushContext& context, const ObjectHeader& target, const Relationship& relationship) {
    return std::any_of(relationship.pairs().begin(), relationship.pairs().end(),
                       [&](const ColumnPair& pair) { return context.old_key(target, *pair.target) != nullptr; });
}

ObjectHeader* related(ObjectHeader& owner, const Relationship& relationship, KeySwitchKind kind) {
    if (is_loaded(owner, relationship)) return related_in_memory(owner, relationship);
    return kind == KeySwitchKind::by_session ? find_in_memory(owner, relationship) : nullptr;
}

std::vector<Reference> references_to_switched(FlushContext& context, KeySwitchKind kind) {
    std::vector<Reference> found;
    context.session().region->for_each([&](ObjectHeader& owner) {
        if (!context.is_in_session(owner) || owner.mapper->relationships().empty()) return;
        for (const Relationship& relationship : relationships_of(*owner.mapper)) {
            if (!is_left_to_us(relationship, kind)) continue;
            ObjectHeader* target = related(owner, relationship, kind);
            if (target != nullptr && has_switched(context, *target, relationship)) {
                found.push_back({&owner, target, &relationship});
            }
        }
    });
    return found;
}

}  // namespace

bool write_key_switches(FlushContext& context, KeySwitchKind kind) {
    bool has_new = false;
    const bool by_database = kind == KeySwitchKind::by_database;
    for (const auto& [owner, target, relationship] : references_to_switched(context, kind)) {
        has_new = !context.has(*owner) || has_new;
        context.add(*owner, {.is_listed_only = by_database});
        copy_key(context.session(), *target, *owner, *relationship, by_database);
    }
    return has_new;
}

}  // namespace aludel::detail
