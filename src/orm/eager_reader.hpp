// From the rows of a planned query to objects with what is joined to them.
#pragma once

#include "orm/entity_loader.hpp"
#include "orm/load_context.hpp"
#include "orm/query_plan.hpp"

#include <aludel/engine/row_cursor.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace aludel::detail {

/// What all readers of one run share.
struct LoadRun {
    SessionState& session;
    bool populate_existing = false;
    /// Objects that are loaded already have their eager relationships loaded too, where those are not; a lazy load
    /// leaves them alone.
    bool reaches_known = true;
    bool refreshes = false;  // an object that is known is read again: it keeps what its query said
    boost::unordered_flat_set<const ObjectHeader*> populated;
};

/// Reads the objects of one entity of a query, and those joined to it. Objects are handed to collections by `finish`,
/// when all rows were read; nothing may be swept before.
class EagerReader {
  public:
    EagerReader(LoadRun& run, const EntityPlan& plan);

    [[nodiscard]] const EntityPlan& plan() const noexcept { return *plan_; }
    ObjectHeader* read(std::span<const Cell> row, const CompiledStatement& compiled);
    /// The collections take what was read.
    void finish();

    /// An object that a relationship is to be loaded for after the rows.
    struct Owner {
        ObjectHeader* header;
        bool wanted;  // it is not loaded
    };
    /// For each of the plan's `after`, the objects that came.
    [[nodiscard]] const std::vector<std::vector<Owner>>& owners() const noexcept { return after_; }
    /// Calls `visit` for this reader and all below.
    template <class Visit>
    void for_each(Visit visit) {
        visit(*this);
        for (Joined& joined : joined_) {
            joined.reader->for_each(visit);
        }
    }
    /// Forgets the objects, after the relationships were loaded, for the next rows of a stream.
    void clear();

  private:
    struct Slot {
        bool wanted;
        bool is_set = false;  // of a reference
        ObjectHeader* target = nullptr;
        std::vector<ObjectHeader*> items;
    };
    struct Joined {
        const Relationship* relationship;
        std::unique_ptr<EagerReader> reader;
        std::vector<Slot> slots;  // one for each object of the owner's class, in the order of `objects_`
        boost::unordered_flat_set<std::pair<std::uint32_t, ObjectHeader*>> members;
    };

    std::uint32_t note(ObjectHeader& header);
    [[nodiscard]] bool takes_context(const ObjectHeader& header) const noexcept;
    void put(Joined& joined, std::uint32_t owner, ObjectHeader* item);

    LoadRun* run_;
    const EntityPlan* plan_;
    EntityLoader loader_;
    Ref<LoadContext> context_;
    bool is_plain_;
    std::vector<ObjectHeader*> objects_;
    boost::unordered_flat_map<const ObjectHeader*, std::uint32_t> places_;
    std::vector<Joined> joined_;
    std::vector<std::vector<Owner>> after_;
};

}  // namespace aludel::detail
