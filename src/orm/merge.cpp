// Session.merge(): the state of an object that may come from anywhere goes into the session's own object for that row.
#include "orm/history.hpp"
#include "orm/lazy_loading.hpp"
#include "orm/relationship_events.hpp"
#include "orm/session_state.hpp"
#include "orm/sharding.hpp"
#include "orm/sync.hpp"

#include <aludel/base/error.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

bool is_known(const ObjectHeader& header, const Attribute& attribute) noexcept {
    const AttributeLink& link = attribute.link(header);
    return link.is_set() && !link.is_expired() && !header.is_expired();
}

std::string plain_text(const Value& value) {
    return value.kind() == ValueKind::text ? std::string(value.as_text()) : value.repr();
}

class Merge {
  public:
    explicit Merge(SessionCore& session) : session_(session) {}

    /// Depth first, without recursion: a chain of objects may be as long as memory allows.
    ObjectHeader& merge(ObjectHeader& source) {
        std::vector<Step> path;
        path.push_back(begin(source));
        while (!path.empty()) {
            Step& step = path.back();
            if (step.is_open) {
                if (step.done.size() == step.items.size()) {
                    finish_relationship(step);
                } else if (ObjectHeader* next = next_unmerged(step)) {
                    path.push_back(begin(*next));
                }
            } else if (step.relationship < step.relationships.size()) {
                open_relationship(step);
            } else {
                path.pop_back();
            }
        }
        return *merged_.find(&source)->second;
    }

  private:
    /// The key of the row that the object stands for; nothing if a part of it is not known.
    static std::optional<std::vector<Value>> key_of(const ObjectHeader& source) {
        if (has_row(source)) {
            return committed_key(source);
        }
        std::vector<Value> key;
        for (const Attribute* attribute : source.mapper->primary_key()) {
            if (!is_known(source, *attribute)) return {};
            key.push_back(attribute->value_of(source));
            if (key.back().is_null()) return {};
        }
        return key;
    }

    ObjectHeader& target_of(ObjectHeader& source) {
        if (const auto key = key_of(source)) {
            const IdentityKey identity(*source.mapper, *key);
            const std::string row = fmt::format("{} {} {} {}", source.shard, source.mapper->table().key(),
                                                identity.integer(), identity.encoded());
            if (const auto found = by_row_.find(row); found != by_row_.end()) {
                return *found->second;
            }
            const ShardScope scope(session_.state(),
                                   sharding_of(session_.state()) != nullptr ? source.shard : ShardToken{0});
            ObjectHeader* object = session_.get(*source.mapper, *key);
            ObjectHeader& target = object != nullptr ? *object : new_object(source);
            by_row_.emplace(row, &target);
            return target;
        }
        return new_object(source);
    }

    ObjectHeader& new_object(const ObjectHeader& source) {
        ObjectHeader& made = *source.mapper->create();
        kept_.emplace_back(made);
        session_.add(made);
        return made;
    }

    static void require_same_version(const ObjectHeader& source, const ObjectHeader& target) {
        const Attribute* version = source.mapper->version();
        if (version == nullptr || !is_known(source, *version) || !is_known(target, *version)) {
            return;
        }
        const Value theirs = version->value_of(source);
        const Value ours = version->value_of(target);
        if (!(theirs == ours)) {
            throw StaleDataError(
                fmt::format("Version id '{}' on merged state {} does not match existing version '{}'. Leave the "
                            "version attribute unset "
                            "when merging to update the most recent version.",
                            plain_text(theirs), describe_object(target), plain_text(ours)));
        }
    }

    static void copy_columns(const ObjectHeader& source, ObjectHeader& target) {
        for (const Attribute& attribute : source.mapper->attributes()) {
            if (is_known(source, attribute)) {
                store_change(target, attribute, attribute.value_of(source));
            }
        }
    }

    /// An object on its way: which of its relationships is being merged, and how many of its objects are.
    struct Step {
        ObjectHeader* source;
        ObjectHeader* target;
        std::span<const Relationship> relationships;
        std::size_t relationship = 0;
        bool is_open = false;
        std::vector<ObjectHeader*> items;
        std::vector<ObjectHeader*> done;
    };

    Step begin(ObjectHeader& source) {
        if (source.session == &session_ && source.state == ObjectState::pending) {
            session_.state().warn(
                fmt::format("Instance {} is already pending in this Session yet is being merged again; "
                            "this is probably not what you want to do",
                            describe_object(source)));
        }
        ObjectHeader& target = target_of(source);
        merged_.emplace(&source, &target);
        kept_.emplace_back(target);
        if (&target == &source) {
            return {&source, &target, {}, 0, false, {}, {}};
        }
        require_same_version(source, target);
        copy_columns(source, target);
        return {&source, &target, relationships_of(*source.mapper), 0, false, {}, {}};
    }

    void open_relationship(Step& step) {
        const Relationship& relationship = step.relationships[step.relationship];
        ObjectHeader& source = *step.source;
        if (came_from_the_other_side(source, relationship) || !relationship.cascades(CascadeKind::merge) ||
            relationship.is_dynamic() || !is_loaded(source, relationship)) {
            ++step.relationship;
            return;
        }
        step.is_open = true;
        step.done.clear();
        if (relationship.is_collection()) {
            if (!needs_no_load(*step.target, relationship)) {
                lazy_load(*step.target, relationship, Autoflush::no);  // its objects need no SELECT each then
            }
            const auto items = items_in_memory(source, relationship);
            step.items.assign(items.begin(), items.end());
        } else if (ObjectHeader* related = related_in_memory(source, relationship)) {
            step.items = {related};
        } else {
            step.items.clear();
        }
    }

    /// Takes over what is merged already; the first object that is not.
    ObjectHeader* next_unmerged(Step& step) {
        ObjectHeader* item = step.items[step.done.size()];
        arrivals_.emplace(item, &step.relationships[step.relationship]);
        if (const auto known = merged_.find(item); known != merged_.end()) {
            step.done.push_back(known->second);
            return nullptr;
        }
        return item;
    }

    void finish_relationship(Step& step) {
        const Relationship& relationship = step.relationships[step.relationship++];
        step.is_open = false;
        if (relationship.is_collection()) {
            replace_items(*step.target, relationship, step.done);
        } else {
            set_reference(*step.target, relationship, step.done.empty() ? nullptr : step.done.front());
        }
    }

    /// The walk came to this object by the other side of the relationship, which has related the two already.
    bool came_from_the_other_side(const ObjectHeader& source, const Relationship& relationship) const {
        return relationship.reverse() != nullptr && arrivals_.contains({&source, relationship.reverse()});
    }

    SessionCore& session_;
    boost::unordered_flat_map<const ObjectHeader*, ObjectHeader*> merged_;
    boost::unordered_flat_map<std::string, ObjectHeader*> by_row_;
    boost::unordered_flat_set<std::pair<const ObjectHeader*, const Relationship*>> arrivals_;
    std::vector<Hold> kept_;
};

}  // namespace

ObjectHeader& merge_into(SessionState& session, ObjectHeader& source) {
    session.core.autoflush();
    const bool before = session.core.set_autoflush(false);
    try {
        ObjectHeader& merged = Merge(session.core).merge(source);
        session.core.set_autoflush(before);
        return merged;
    } catch (...) {
        session.core.set_autoflush(before);
        throw;
    }
}

}  // namespace aludel::detail
