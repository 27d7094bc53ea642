// From rows to the objects of a session.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/engine/row_cursor.hpp>
#include <aludel/types/decode.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace aludel::detail {

/// Says which column an error in a row is about.
DecodeContext decode_context(const CompiledStatement& compiled, std::size_t index = 0) noexcept;

/// Reads one entity out of the cells of each row: the object that the session has for that row, or a new one.
class EntityLoader {
  public:
    /// All columns stand behind each other, in the order of the table.
    EntityLoader(SessionState& session, const Mapper& mapper, std::size_t first_column, bool populate_existing);
    /// The place of each attribute in the row, -1 for those that are deferred; none: as above. `cells` outlives this.
    EntityLoader(SessionState& session, const Mapper& mapper, std::size_t first_column,
                 std::span<const std::int32_t> cells, bool populate_existing);

    /// The object; null if the primary key is NULL, as an outer join gives it. Values in memory win over the row's,
    /// except for what is expired. The object has no handle yet: nothing may be swept before it gets one.
    /// @throws DataError that names the column.
    ObjectHeader* load(std::span<const Cell> row, const DecodeContext& context);
    /// With populate_existing, rows that repeat an object of `populated` leave it as the first one did.
    void populate_once(boost::unordered_flat_set<const ObjectHeader*>& populated) noexcept { populated_ = &populated; }
    /// The object that `load` gave was made by it.
    [[nodiscard]] bool made_object() const noexcept { return made_object_; }
    /// The object that `load` gave was expired, or is populated anew.
    [[nodiscard]] bool refreshed_object() const noexcept { return refreshed_object_; }

  private:
    [[nodiscard]] std::size_t place(const Attribute& attribute) const noexcept {
        return cells_.empty() ? first_column_ + attribute.index() : static_cast<std::size_t>(cells_[attribute.index()]);
    }
    [[nodiscard]] bool is_in_row(const Attribute& attribute) const noexcept {
        return cells_.empty() || cells_[attribute.index()] >= 0;
    }
    bool key_is_null(std::span<const Cell> row) const;
    IdentityKey key_of(std::span<const Cell> row, const DecodeContext& context) const;
    ObjectHeader* load_by_integer(std::int64_t key, std::span<const Cell> row, const DecodeContext& context);
    ObjectHeader* load_new(std::span<const Cell> row, const DecodeContext& context);
    ObjectHeader* finish_new(ObjectHeader& header);
    ObjectHeader* load_again(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context);
    void load_known(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const;
    void load_missing(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const;
    void load_all(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const;

    SessionState* session_;
    const Mapper* mapper_;
    IdentityTable* known_;
    std::size_t first_column_;
    std::span<const std::int32_t> cells_;
    std::size_t key_place_;  // of the first column of the primary key
    bool populate_existing_;
    bool is_listened_to_;  // somebody waits for loaded objects, when the query begins
    bool made_object_ = false;
    bool refreshed_object_ = false;
    boost::unordered_flat_set<const ObjectHeader*>* populated_ = nullptr;
};

}  // namespace aludel::detail
