// The objects of a collection in memory, and what has changed since the database was asked or told.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace aludel::detail {

/// A part that most objects do without: it is made when it is first changed. Reads as an empty one until then.
template <class Part>
class OnDemand {
  public:
    [[nodiscard]] const Part& operator*() const noexcept {
        static const Part nothing;
        return part_ ? *part_ : nothing;
    }
    [[nodiscard]] const Part* operator->() const noexcept { return &**this; }
    [[nodiscard]] Part& changed() {
        if (!part_) part_ = std::make_unique<Part>();
        return *part_;
    }
    void clear() noexcept { part_.reset(); }

  private:
    std::unique_ptr<Part> part_;
};

/// Objects in the order in which they came, each once. Short ones are searched, long ones indexed.
class ObjectQueue {
  public:
    [[nodiscard]] bool contains(const ObjectHeader& object) const;
    /// False if it is there already.
    bool add(ObjectHeader& object);
    /// False if it is not there.
    bool remove(const ObjectHeader& object);
    void clear() noexcept;
    [[nodiscard]] const std::vector<ObjectHeader*>& items() const noexcept { return items_; }
    [[nodiscard]] bool empty() const noexcept { return items_.empty(); }

  private:
    void build_index();

    std::vector<ObjectHeader*> items_;
    OnDemand<boost::unordered_flat_map<const ObjectHeader*, std::uint32_t>>
        index_;  // places; empty while there are few
};

/// How often the objects that came or went since the last flush stand in a list, and how often they did then. Tells
/// what a flush has to write without a copy of the list. An object that has no row yet cannot have been there: adding
/// it to a long list asks for no look at the others. For objects that are older, long lists are indexed.
class Memberships {
  public:
    using Items = std::vector<ObjectHeader*>;

    /// Call these before the object is put into, or taken out of, `items`.
    void note_added(const Items& items, ObjectHeader& object);
    void note_removed(const Items& items, ObjectHeader& object);
    /// Call this before `items` becomes `wanted` as a whole.
    void note_replaced(const Items& items, const Items& wanted);
    [[nodiscard]] std::uint32_t count(const Items& items, const ObjectHeader& object) const;
    /// The same for many questions about one list: a long one is indexed.
    [[nodiscard]] std::uint32_t count_indexed(const Items& items, const ObjectHeader& object);
    /// The list is what the database has.
    void commit() noexcept;

    struct Change {
        ObjectHeader* object;
        std::uint32_t before;  // how often it was there at the last flush
        std::uint32_t now;
    };
    [[nodiscard]] const std::vector<Change>& changes() const noexcept { return changes_; }

  private:
    [[nodiscard]] const Change* find_change(const ObjectHeader& object) const;
    Change& change_of(const Items& items, ObjectHeader& object, bool is_new);
    void build_index(const Items& items);

    std::vector<Change> changes_;
    OnDemand<boost::unordered_flat_map<const ObjectHeader*, std::uint32_t>>
        places_;  // in `changes_`, if there are many
    OnDemand<boost::unordered_flat_map<const ObjectHeader*, std::uint32_t>> counts_;  // of all objects of the list
    bool is_indexed_ = false;
};

struct Collection {
    /// In the order of the user. Known only if the link of the member is set.
    std::vector<ObjectHeader*> items;
    Memberships memberships;
    /// Changes to a collection that is not loaded: merged when it is; of a dynamic relationship: since the last flush.
    ObjectQueue queued_in, queued_out;
    /// Of a keyed collection: the objects by the encoding of the key that they came in with.
    OnDemand<boost::unordered_flat_map<std::string, ObjectHeader*>> by_key;
};

}  // namespace aludel::detail
