// The rows of a statement, as a driver gives them. Part of the driver interface.
#pragma once

#include <aludel/engine/cursor_ptr.hpp>
#include <aludel/types/cell.hpp>
#include <aludel/types/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace aludel::driver {

/// A prepared statement and, while it runs, its rows. Belongs to one connection; not shared between threads.
class Cursor {
  public:
    virtual ~Cursor();

    /// Runs the statement with these values. What they view stays where it is until the statement runs again, ends or
    /// is released; text is followed by a NUL that it does not count. Rows of an earlier run are dropped. A statement
    /// that returns no rows has had its effect when this returns.
    virtual void execute(std::span<const Cell> parameters) = 0;
    void execute() { execute(std::span<const Cell>()); }
    void execute(std::span<const Value> parameters);

    /// Runs a statement that returns no rows once for each of `rows` rows of parameters, which stand one behind the
    /// other, and returns how many rows they affected together. A failure of one ends it; what the earlier ones did
    /// stays until the transaction rolls back. The default runs them one by one; a client that can send them together
    /// does.
    virtual std::int64_t execute_many(std::span<const Cell> parameters, std::size_t rows);
    std::int64_t execute_many(std::span<const Value> parameters, std::size_t rows);

    /// The same for an INSERT whose key the database generates: appends the key of each row, in the order of the rows,
    /// to `keys`. The key is what the statement returns, or else what `last_insert_id` says.
    virtual void insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys);

    /// Whether the rows of the next `execute` come one by one (or in small batches) instead of all of them at once, so
    /// that a result of any size needs little memory. Another statement on the connection then first reads what is left
    /// into memory. Drivers whose client always reads step by step ignore it.
    void set_streamed(bool streamed) noexcept { streamed_ = streamed; }

    /// Whether all rows of the next `execute` are read at once, up to the last. A client that would have to have them
    /// all in memory before it gives out the first can give them out as they come instead, while the server makes the
    /// next; what goes wrong among them is then reported by `next`. Another statement on the connection first reads
    /// what is left into memory, and to stop early reads it over.
    void set_read_at_once(bool read_at_once) noexcept { read_at_once_ = read_at_once; }

    /// How many rows the result has; 0 where that shows only at its end.
    virtual std::size_t row_count() const noexcept { return 0; }

    /// Moves to the next row: one virtual call a row. False at the end, where the statement lets go of its locks.
    virtual bool next() = 0;

    /// The cells of the row that `next` found; valid until `next`, `execute` or the release of the cursor.
    std::span<const Cell> row() const noexcept;

    /// 0 for a statement that returns no rows.
    virtual std::size_t column_count() const = 0;
    virtual std::string_view column_name(std::size_t) const = 0;
    /// Rows that the last run inserted, updated or deleted; -1 for a statement that returns rows only.
    virtual std::int64_t rows_affected() const noexcept = 0;
    /// The generated key of the row inserted last; 0 where there is none.
    virtual std::int64_t last_insert_id() const noexcept = 0;

    /// Gives the cursor back to its connection, which may keep it prepared. The engine calls it once and then forgets
    /// it.
    virtual void release() noexcept = 0;

  protected:
    /// The key of the row that was just inserted.
    std::int64_t generated_key();

    std::vector<Cell> row_;
    bool streamed_ = false;
    bool read_at_once_ = false;
};

}  // namespace aludel::driver
