// From rows to the objects of a session.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/engine/row_cursor.hpp>
#include <aludel/types/decode.hpp>

#include <cstddef>
#include <span>

namespace aludel::detail {

/// Says which column an error in a row is about.
DecodeContext decode_context(const CompiledStatement& compiled, std::size_t index = 0) noexcept;

/// Reads one entity out of consecutive cells of each row: the object that the session has for that row, or a new one.
class EntityLoader {
  public:
    EntityLoader(SessionState& session, const Mapper& mapper, std::size_t first_column, bool populate_existing);

    /// The object; null if the primary key is NULL, as an outer join gives it. Values in memory win over the row's,
    /// except for what is expired. The object has no handle yet: nothing may be swept before it gets one.
    /// @throws DataError that names the column.
    ObjectHeader* load(std::span<const Cell> row, const DecodeContext& context);

  private:
    bool key_is_null(const Cell* cells) const;
    ObjectHeader* find(const Cell* cells, const DecodeContext& context, IdentityKey& key) const;
    ObjectHeader* load_new(const Cell* cells, const DecodeContext& context, const IdentityKey& key);
    void load_known(ObjectHeader& header, const Cell* cells, const DecodeContext& context) const;
    void load_all(ObjectHeader& header, const Cell* cells, const DecodeContext& context) const;

    SessionState* session_;
    const Mapper* mapper_;
    IdentityTable* known_;
    std::size_t first_column_;
    bool populate_existing_;
};

}  // namespace aludel::detail
