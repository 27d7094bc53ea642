#pragma once

#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/types/cell.hpp>
#include <aludel/types/value.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The interface between the engine and a database's client library. Users of aludel do not need it; those who write a
/// driver implement `Driver`, `Connection` and `Cursor`, and call `register_driver`.
namespace aludel {
class Dialect;
}  // namespace aludel

namespace aludel::driver {

/// What a database or its client library reported. Drivers throw nothing else; the engine turns it into the exception
/// tree.
struct Failure final : std::exception {
    int code = 0;           ///< the client's own code
    int extended_code = 0;  ///< a finer one, where there is one; else equal to `code`
    std::string sqlstate;   ///< five characters, or empty
    std::string message;
    int position = -1;          ///< byte offset in the statement where the error is; negative: unknown
    bool disconnected = false;  ///< the driver knows that the connection is gone

    const char* what() const noexcept override { return message.c_str(); }
};

/// A prepared statement and, while it runs, its rows. Belongs to one connection; not shared between threads.
class Cursor {
  public:
    virtual ~Cursor();

    /// Runs the statement with these values, which stay where they are until it runs again, ends or is released. Rows
    /// of an earlier run are dropped. A statement that returns no rows has had its effect when this returns.
    virtual void execute(std::span<const Value> parameters) = 0;

    /// Moves to the next row: one virtual call a row. False at the end, where the statement lets go of its locks.
    virtual bool next() = 0;

    /// The cells of the row that `next` found; valid until `next`, `execute` or the release of the cursor.
    std::span<const Cell> row() const noexcept { return row_; }

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
    std::vector<Cell> row_;
};

struct ReleaseCursor {
    void operator()(Cursor* cursor) const noexcept { cursor->release(); }
};
using CursorPtr = std::unique_ptr<Cursor, ReleaseCursor>;

/// One connection to a database. Used by one thread at a time, except `interrupt`.
class Connection {
  public:
    virtual ~Connection();

    /// A cursor for the statement, from the connection's cache of prepared statements where it is there and idle.
    virtual CursorPtr prepare(std::string_view sql) = 0;

    /// Runs several statements separated by semicolons, without parameters, and drops their rows.
    virtual void execute_script(std::string_view sql) = 0;

    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;
    /// Whether the database has an open transaction on this connection. A failure may have ended it.
    virtual bool in_transaction() const noexcept = 0;

    /// Sets the level for the transactions to come, one of `Driver::isolation_levels`. For `autocommit` the engine
    /// sends no BEGIN.
    virtual void set_isolation_level(IsolationLevel level) = 0;

    /// Whether the database still answers.
    virtual bool ping() noexcept = 0;

    /// Ends the statement that another thread is running on this connection. May be called from any thread.
    virtual void interrupt() noexcept = 0;

    virtual std::string server_version() = 0;
};

/// What a new connection is told, from the engine's options.
struct ConnectOptions {
    bool foreign_keys = true;
    std::chrono::milliseconds busy_timeout{};
    std::string journal_mode;
    IsolationLevel isolation_level = IsolationLevel::database_default;
    std::size_t prepared_cache_size = 64;
};

/// How connections to a database may be shared.
enum class PoolKind : std::uint8_t {
    queue,   ///< many connections, one user each
    single,  ///< the database lives and dies with its one connection, which all users of the engine share
};

/// A client library.
class Driver {
  public:
    virtual ~Driver();

    /// The backend's name in URLs.
    virtual std::string_view name() const noexcept = 0;

    virtual const Dialect& dialect() const = 0;

    virtual PoolKind pool_kind(const URL& url) const = 0;

    /// The levels that the database has, `autocommit` among them, without `database_default`.
    virtual std::span<const IsolationLevel> isolation_levels() const noexcept = 0;

    /// Checks everything that can be checked without a connection.
    /// @throws ArgumentError for an option that the driver does not know, or a part of the URL that means nothing to
    /// it.
    virtual void validate(const URL& url, const ConnectOptions& options) const = 0;

    /// Opens a connection. The waiter outlives it.
    virtual std::unique_ptr<Connection> connect(const URL& url, const ConnectOptions& options,
                                                Waiter& waiter) const = 0;
};

/// Makes a driver known under its name; a later one of the same name replaces it. Engines that exist keep theirs.
void register_driver(std::shared_ptr<const Driver> driver);

/// The driver for a backend, or null.
std::shared_ptr<const Driver> find_driver(std::string_view backend);

/// The names of the registered drivers, sorted.
std::vector<std::string> driver_names();

}  // namespace aludel::driver
