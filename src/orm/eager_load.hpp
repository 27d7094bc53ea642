// Relationships that are loaded by SELECTs of their own, for many objects at once.
#pragma once

#include "orm/eager_reader.hpp"
#include "orm/query_plan.hpp"
#include "orm/session_state.hpp"

#include <memory>
#include <span>
#include <vector>

namespace aludel::detail {

/// What a row has for one element of a query.
struct LoadedItem {
    ObjectHeader* object = nullptr;
    Value value;
};

/// Takes each object that rows have for a relationship.
class RelatedSink {
  public:
    /// A row has these values, which lead to the owners of its object. False: it is of no use.
    virtual bool expects(const Cell* key) = 0;
    /// The object of the row that was expected last.
    virtual void take(ObjectHeader& object) = 0;

  protected:
    ~RelatedSink() = default;
};

/// The objects and values of all rows of a planned query, or of a part of them.
class LoadedRows {
  public:
    LoadedRows(SessionState& session, QueryPlan plan, bool populate_existing, bool reaches_known);
    LoadedRows(const LoadedRows&) = delete;
    LoadedRows& operator=(const LoadedRows&) = delete;

    /// Reads up to `limit` rows (0: all), and then what is loaded afterwards; false if there were none. Rows that
    /// repeat what came before are left out if `unique`.
    bool read(RowCursor& rows, std::size_t limit, bool unique);
    /// Hands the objects of the rows that the sink expects to it, and reads what is loaded afterwards. What leads to
    /// their owners are the cells from the place of element `key` on. The objects live as long as this.
    void read_related(RowCursor& rows, std::size_t entity, std::size_t key, RelatedSink& sink);

    [[nodiscard]] const QueryPlan& plan() const noexcept { return plan_; }
    /// All rows were read.
    [[nodiscard]] bool is_at_end() const noexcept { return is_at_end_; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    /// The object of an element of a row; null if the row has none.
    [[nodiscard]] ObjectHeader* object(std::size_t row, std::size_t element) const noexcept {
        return items_[row * plan_.elements.size() + element].object;
    }
    [[nodiscard]] const Value& value(std::size_t row, std::size_t element) const noexcept {
        return items_[row * plan_.elements.size() + element].value;
    }

  private:
    template <class ReadRow>
    void read_rows(RowCursor& rows, std::size_t limit, ReadRow read_row);
    void read_row(std::span<const Cell> row, const CompiledStatement& compiled, bool unique);
    void read_object(std::span<const Cell> row, const CompiledStatement& compiled, bool unique);
    void load_afterwards();
    void load_after(EagerReader& reader, const AfterPlan& after, std::span<const EagerReader::Owner> owners);

    QueryPlan plan_;
    LoadRun run_;
    std::vector<std::unique_ptr<EagerReader>> readers_;  // one for each element; null: an expression
    std::vector<LoadedItem> items_;
    std::size_t count_ = 0;
    bool is_at_end_ = false;
    std::vector<Hold> kept_;
    boost::unordered_flat_set<std::string> seen_;
    boost::unordered_flat_set<const ObjectHeader*> seen_objects_;  // of rows that are one object
};

/// What `selectinload`, `tableload` and `batchload` need to know.
struct RelatedLoad {
    SessionState& session;
    const Relationship& relationship;
    const RelationshipLoad* option;  // or null
    EveryLoad every;
    Ref<const LoadPath> path;  // to the objects behind the relationship
    bool populate_existing = false;
    bool keeps_siblings = false;
    bool reads_table = false;  // where the key alone leads to the rows: all of them
};
/// By the keys of the owners, 500 a SELECT, or the whole table.
void load_by_keys(const RelatedLoad& load, std::span<const EagerReader::Owner> owners);

/// What a SELECT of one class gives, with what the plan adds to it.
std::vector<ObjectHeader*> load_planned(SessionState& session, PlanRequest request, bool reaches_known);

}  // namespace aludel::detail
