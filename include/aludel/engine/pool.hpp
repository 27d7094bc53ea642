// What a program sees of a pool: its connections in handlers, its statistics, its leaks.
#pragma once

#include <aludel/base/error.hpp>
#include <aludel/engine/pool_options.hpp>
#include <aludel/types/value.hpp>

#include <any>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace aludel {

namespace driver {
class Connection;
}  // namespace driver

namespace detail {
struct PoolRecord;
class ConnectionKeeper;
}  // namespace detail

/// Thrown by a `PoolEvents::checkout` handler to have the connection closed and another one tried in its place; never
/// seen outside of the pool.
class DisconnectionError : public Error {
  public:
    explicit DisconnectionError(std::string message, std::string_view code = "disconnect")
        : Error(std::move(message), code) {}
    /// Whether the other connections that are as old are replaced as well, each at its next checkout.
    virtual bool invalidate_pool() const noexcept { return false; }
};

/// The same when the database was restarted, so that no connection of the pool can be alive.
class InvalidatePoolError : public DisconnectionError {
  public:
    using DisconnectionError::DisconnectionError;
    bool invalidate_pool() const noexcept override { return true; }
};

/// A connection as the pool's handlers see it: a handle that is valid during the call of the handler, or as long as
/// the `Connection` that it came from has not been closed.
///
/// Source: SQLAlchemy's `PoolProxiedConnection` and `ConnectionPoolEntry`.
class PooledConnection {
  public:
    /// A number that no other connection of the engine has; it stands in the pool's log.
    std::uint64_t id() const noexcept;
    /// How long ago it was opened.
    std::chrono::steady_clock::duration age() const noexcept;
    /// Anything that belongs to the connection; it is dropped with it.
    std::map<std::string, std::any>& info() const noexcept;

    /// Runs one or several statements without parameters and drops their rows: `PRAGMA …`, `SET …`.
    /// @throws DBAPIError and its classes.
    void execute(std::string_view sql) const;
    /// The first column of the first row, or nothing when there is no row. @throws DBAPIError and its classes.
    std::optional<Value> scalar(std::string_view sql) const;
    /// As the server says it. @throws DBAPIError and its classes.
    std::string server_version() const;

    /// Lets the pool replace the connection at its next checkout; whoever has it now goes on using it.
    void soft_invalidate(std::string_view reason = {}) const;

    /// The driver's own object, as `<aludel/engine/driver.hpp>` describes it.
    driver::Connection& driver_connection() const noexcept;

  private:
    friend class detail::ConnectionKeeper;
    friend class Connection;
    PooledConnection(detail::PoolRecord& record, detail::ConnectionKeeper& keeper) noexcept
        : record_(&record), keeper_(&keeper) {}

    detail::PoolRecord* record_;
    detail::ConnectionKeeper* keeper_;
};

/// What a pool has and what it has done since the engine was made.
struct PoolStatistics {
    int size = 0;         ///< connections that it keeps at most; 0: none
    int checked_in = 0;   ///< idle now
    int checked_out = 0;  ///< in use now, and those that are being opened or closed
    int overflow = 0;     ///< open now above `size`; negative while there are fewer, as in SQLAlchemy
    int waiting = 0;      ///< threads that wait for a connection now

    std::uint64_t checkouts = 0;
    std::uint64_t waits = 0;     ///< checkouts that had to wait, in vain or not
    std::uint64_t timeouts = 0;  ///< those in vain
    std::uint64_t opened = 0;
    std::uint64_t open_failures = 0;
    std::uint64_t closed = 0;
    std::uint64_t invalidated = 0;  ///< closed because they broke, or by `Connection::invalidate`
    std::uint64_t recycled = 0;     ///< closed at a checkout, for their age or because others of their age broke
    std::uint64_t detached = 0;
};

/// A connection that is in use, as `EngineOptions::report_leaks` remembers it.
struct CheckedOutConnection {
    std::uint64_t id = 0;
    std::source_location where;
    std::chrono::system_clock::time_point since;
    std::string thread;                  ///< the thread that took it
    std::vector<std::string> backtrace;  ///< innermost first; empty unless asked for
};

}  // namespace aludel
