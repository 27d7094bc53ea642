// What objects remember of the query that loaded them.
#pragma once

#include "orm/load_tree.hpp"

#include <aludel/base/ref.hpp>
#include <aludel/orm/detail/object_header.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace aludel::detail {

struct SessionState;

/// One for all objects that a query loaded along one path; each of them counts as an owner.
struct LoadContext : RefCounted {
    Ref<const LoadNode> options;  // for what is behind the objects; null: none
    EveryLoad every;              // what "*" said to the query as a whole
    Ref<const LoadPath> path;     // null: the objects stand at the root
    bool keeps_siblings = false;

    // -- with `keeps_siblings`, which only objects in a session have
    std::vector<ObjectHeader*> siblings;  // the objects of the same result; null: it is gone
    boost::unordered_flat_map<const ObjectHeader*, std::uint32_t> places;
    /// How often each relationship was loaded lazily, by its place in the class.
    std::vector<std::pair<std::size_t, std::uint32_t>> lazy_loads;
    Ref<LoadContext> alone;  // the same for an object that has left

    void add_sibling(ObjectHeader& header);
    void remove_sibling(const ObjectHeader& header) noexcept;
};

/// The object was loaded by the query of `context`; what it remembered before is forgotten.
void set_load_context(ObjectHeader& header, const Ref<LoadContext>& context);
/// The object forgets the query that loaded it: it dies.
void drop_load_context(ObjectHeader& header) noexcept;
/// These objects die or leave their session: they are no siblings any more. What the options said they keep.
void forget_siblings(std::span<ObjectHeader* const> doomed);

/// Counts a lazy load among those of the same result. How often it has happened.
std::uint32_t note_lazy_load(ObjectHeader& header, const Relationship& relationship);

/// How a relationship of an object that is not loaded is loaded when it is read: as the query said, else as the class
/// says.
LazyStrategy strategy_for(const ObjectHeader& header, const Relationship& relationship);
/// What the query said for the objects behind a relationship; null if nothing.
Ref<const LoadNode> options_behind(const ObjectHeader& header, const Relationship& relationship);
/// The criteria that an option adds to the relationship, over the target's table.
std::vector<NodeRef> criteria_for(const ObjectHeader& header, const Relationship& relationship);
/// The path to the objects behind a relationship of an object.
Ref<const LoadPath> path_behind(const ObjectHeader& header, const Relationship& relationship);

}  // namespace aludel::detail
