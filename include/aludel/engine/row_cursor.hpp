#pragma once

#include <aludel/base/error.hpp>
#include <aludel/engine/cursor_ptr.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace aludel {

struct BoundStatement;

namespace detail {
class ConnectionCore;

/// When the rows of a statement are read: see `driver::Cursor`.
enum class Reading : std::uint8_t {
    stored,   ///< some time; until then they are in memory, where the driver can have them there
    at_once,  ///< now, up to the last
    streamed  ///< some time; until then they stay in the database
};
}  // namespace detail

/// The rows of one execution as the driver gives them: cells without a C++ type, one row at a time, never buffered.
///
/// This is what typed results and the ORM are built on. It belongs to its connection: commit, rollback and close of the
/// connection close it, and so does reading past the last row. Move-only; not shared between threads.
class RowCursor {
  public:
    /// A closed cursor.
    RowCursor() noexcept;
    RowCursor(RowCursor&& other) noexcept;
    RowCursor& operator=(RowCursor&& other) noexcept;
    ~RowCursor();

    /// Moves to the next row. False at the end, where the cursor lets go of its locks.
    /// @throws ResourceClosedError when it was closed or the statement returns no rows; DBAPIError when the database
    /// fails.
    bool next();

    /// The row that `next` found, valid until the next call of `next` or `close`.
    std::span<const Cell> row() const noexcept { return row_; }

    bool is_open() const noexcept;
    bool returns_rows() const noexcept { return column_count_ != 0; }
    std::size_t column_count() const noexcept { return column_count_; }
    /// How many rows the result has; 0 where that shows only at its end.
    std::size_t row_count() const noexcept;
    /// The name that the database gives the column; only while the cursor is open.
    std::string_view column_name(std::size_t index) const;

    /// Rows inserted, updated or deleted; -1 for a query.
    std::int64_t rows_affected() const noexcept { return rows_affected_; }
    /// The key that the database generated for the row inserted last; 0 where there is none.
    std::int64_t last_insert_id() const noexcept { return last_insert_id_; }

    /// The compiled statement that ran; null for text that went to the driver as it was.
    const CompiledPtr& compiled() const noexcept { return compiled_; }

    /// Tells an error that a value of this row caused which statement it belongs to.
    void annotate(StatementError& error) const;

    /// Drops the rest of the rows. May be called again.
    void close() noexcept { finish(State::closed); }

  private:
    friend class detail::ConnectionCore;
    enum class State : std::uint8_t { open, exhausted, closed, ended_by_transaction, without_rows };

    void finish(State state) noexcept;
    std::string_view sql() const noexcept;
    [[noreturn]] void fail_closed() const;
    void link(detail::ConnectionCore& owner) noexcept;
    void unlink() noexcept;
    void take(RowCursor& other) noexcept;

    driver::CursorPtr cursor_;
    detail::ConnectionCore* owner_ = nullptr;  // while linked, that is while open
    RowCursor* previous_ = nullptr;
    RowCursor* following_ = nullptr;
    CompiledPtr compiled_;
    std::unique_ptr<BoundStatement> bound_;  // what the driver's cursor reads its values from; null: of many rows
    std::span<const Cell> row_;
    std::size_t column_count_ = 0;
    std::int64_t rows_affected_ = -1;
    std::int64_t last_insert_id_ = 0;
    State state_ = State::closed;
};

}  // namespace aludel
