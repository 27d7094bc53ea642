#include "orm/cascades.hpp"

#include "orm/history.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

namespace aludel::detail {

namespace {

std::vector<ObjectHeader*> whole(const History& history) {
    std::vector<ObjectHeader*> all;
    for (const auto* part : {&history.added, &history.unchanged, &history.deleted}) {
        for (ObjectHeader* object : *part) {
            if (object != nullptr) all.push_back(object);
        }
    }
    return all;
}

/// The objects in memory now, then what was taken out since the last flush.
std::vector<ObjectHeader*> pending_of(ObjectHeader& header, const Relationship& relationship) {
    const History history = history_of(header, relationship, Passive::no_initialize);
    if (!relationship.is_collection() || relationship.is_dynamic()) {
        return whole(history);
    }
    std::vector<ObjectHeader*> all;
    const auto items = items_in_memory(header, relationship);
    all.assign(items.begin(), items.end());
    all.insert(all.end(), history.deleted.begin(), history.deleted.end());
    return all;
}

std::vector<ObjectHeader*> present_in(ObjectHeader& header, const Relationship& relationship, Passive passive) {
    const History history = history_of(header, relationship, passive);
    std::vector<ObjectHeader*> present;
    if (relationship.is_collection() && !relationship.is_dynamic()) {
        const auto items = items_in_memory(header, relationship);
        return {items.begin(), items.end()};
    }
    for (const auto* part : {&history.added, &history.unchanged}) {
        for (ObjectHeader* object : *part) {
            if (object != nullptr) present.push_back(object);
        }
    }
    return present;
}

/// Depth first, without recursion: a chain of objects may be as long as memory allows.
class Walk {
  public:
    Walk(CascadeKind kind, const std::function<bool(const ObjectHeader&)>& stops_at)
        : kind_(kind), stops_at_(stops_at) {}

    std::vector<ObjectHeader*> from(ObjectHeader& start) {
        std::vector<ObjectHeader*> found;
        std::vector<Step> path;
        path.push_back(step_from(start));
        while (!path.empty()) {
            Step& step = path.back();
            if (step.next < step.chosen.size()) {
                ObjectHeader* object = step.chosen[step.next++];
                found.push_back(object);
                path.push_back(step_from(*object));
            } else if (step.relationship < step.relationships.size()) {
                choose(step);
            } else {
                path.pop_back();
            }
        }
        return found;
    }

  private:
    /// Where the walk stands in one object: in which relationship, and how far in its objects.
    struct Step {
        ObjectHeader* object;
        std::span<const Relationship> relationships;
        std::size_t relationship = 0;
        std::vector<ObjectHeader*> chosen;
        std::size_t next = 0;
    };

    static Step step_from(ObjectHeader& object) { return {&object, relationships_of(*object.mapper), 0, {}, 0}; }

    /// All objects of one relationship are chosen before the walk goes on behind the first of them.
    void choose(Step& step) {
        const Relationship& relationship = step.relationships[step.relationship++];
        step.chosen.clear();
        step.next = 0;
        if (!relationship.cascades(kind_)) return;
        for (ObjectHeader* object : objects_of(*step.object, relationship)) {
            if (is_chosen(*object, relationship)) step.chosen.push_back(object);
        }
    }

    std::vector<ObjectHeader*> objects_of(ObjectHeader& header, const Relationship& relationship) const {
        if (kind_ == CascadeKind::save_update) return pending_of(header, relationship);
        const bool loads = kind_ == CascadeKind::delete_ && relationship.passive_deletes() == PassiveDeletes::off;
        return present_in(header, relationship, loads ? Passive::load : Passive::no_initialize);
    }

    bool is_chosen(const ObjectHeader& object, const Relationship& relationship) {
        if (visited_.contains(&object) || (stops_at_ && stops_at_(object))) return false;
        const bool skips_new =
            kind_ == CascadeKind::refresh_expire && !relationship.cascades(CascadeKind::delete_orphan);
        if (skips_new && !has_row(object)) return false;
        visited_.insert(&object);
        return true;
    }

    CascadeKind kind_;
    const std::function<bool(const ObjectHeader&)>& stops_at_;
    boost::unordered_flat_set<const ObjectHeader*> visited_;
};

}  // namespace

std::vector<ObjectHeader*> cascade(ObjectHeader& header, CascadeKind kind,
                                   const std::function<bool(const ObjectHeader&)>& stops_at) {
    // Only a delete loads what it leads to; the others go along the links in memory.
    if (header.mapper->relationships().empty() || (kind != CascadeKind::delete_ && !header.is_linked)) {
        return {};
    }
    return Walk(kind, stops_at).from(header);
}

}  // namespace aludel::detail
