// How a pool behaves: part of `EngineOptions`.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace aludel {

class PooledConnection;

/// How an engine keeps its connections.
enum class PoolClass : std::uint8_t {
    automatic,         ///< `queue`; for a database that lives in its connection, as in memory, `static_`
    queue,             ///< SQLAlchemy's QueuePool: up to `pool_size` idle ones, and `max_overflow` above that
    null,              ///< NullPool: opens a connection for each use and closes it afterwards
    static_,           ///< StaticPool: one connection, for one thread at a time
    singleton_thread,  ///< SingletonThreadPool: each thread has one of its own
    assertion,         ///< AssertionPool: one connection; a second checkout is an error that says where the first was
};

/// What is done with a transaction that a connection still has when it comes back to the pool.
enum class ResetOnReturn : std::uint8_t { rollback, commit, none };

/// How much the pool writes to the engine's log.
enum class PoolEcho : std::uint8_t {
    off,
    info,   ///< what was invalidated, recycled and disposed of
    debug,  ///< also each connect, checkout, return and close
};

/// Whether the pool remembers where its connections were taken.
enum class LeakReport : std::uint8_t {
    off,
    place,      ///< the file and line that called `Engine::connect` or made the session
    backtrace,  ///< also the calls that led there; taking a connection then costs some microseconds more
};

/// Functions that the pool calls; each may be empty. They are called from the thread that uses the connection, from
/// several at once, without a lock of the pool; they must not use the engine that calls them.
///
/// An exception of `connect`, `first_connect` or `checkout` closes the connection and reaches who asked for it; one of
/// the others is written to the log, and after `reset` and `checkin` the connection is closed.
struct PoolEvents {
    using Handler = std::function<void(PooledConnection&)>;
    using InvalidateHandler = std::function<void(PooledConnection&, std::string_view reason)>;

    /// After a connection was opened. The place for `PRAGMA` and `SET`.
    Handler connect = {};
    /// Before `connect`, for the first connection only.
    Handler first_connect = {};
    /// Before a connection is handed out; may throw `DisconnectionError`.
    Handler checkout = {};
    /// After a connection was reset, before others may have it.
    Handler checkin = {};
    /// Before `pool_reset_on_return` is done.
    Handler reset = {};
    /// Before a connection is closed because it broke, or because `Connection::invalidate` was called.
    InvalidateHandler invalidate = {};
    /// `PooledConnection::soft_invalidate` was called.
    InvalidateHandler soft_invalidate = {};
    /// The pool gave up a connection, whose user keeps it.
    Handler detach = {};
    /// Before the pool closes a connection.
    Handler close = {};
    /// Before a connection that was detached is closed.
    Handler close_detached = {};
};

}  // namespace aludel
