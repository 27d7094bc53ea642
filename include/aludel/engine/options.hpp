#pragma once

#include <aludel/engine/log.hpp>
#include <aludel/engine/pool_options.hpp>
#include <aludel/engine/waiter.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace aludel {

enum class IsolationLevel : std::uint8_t {
    database_default,
    autocommit,  ///< no transaction: every statement is permanent at once; begin, commit and rollback do nothing
    read_uncommitted,
    read_committed,
    repeatable_read,
    serializable,
};

/// `READ UNCOMMITTED` and so on, as SQL writes it.
std::string_view to_string(IsolationLevel level) noexcept;

/// What `create_engine` may be told beyond the URL. What is left out has SQLAlchemy's default.
struct EngineOptions {
    /// Log every statement with its parameters, as SQLAlchemy prints them.
    bool echo = false;
    /// false: `echo` shows statements without their parameters.
    bool echo_parameters = true;
    /// Neither the log nor an error shows a parameter.
    bool hide_parameters = false;
    /// Receives the log in place of standard output. Giving one turns logging on, with or without `echo`.
    LogSink log = {};

    /// Connections that the pool keeps open.
    int pool_size = 5;
    /// Connections that it may open above that, closed when they come back. -1: any number.
    int max_overflow = 10;
    /// How long a checkout waits for a connection before it is a TimeoutError.
    std::chrono::milliseconds pool_timeout = std::chrono::seconds{30};
    /// A connection older than this is replaced at its next checkout. Negative: never.
    std::chrono::seconds pool_recycle{-1};
    /// Ask the database whether a pooled connection is still alive before it is handed out.
    bool pool_pre_ping = false;
    /// Hand out the connection that came back last, so that the others may idle away.
    bool pool_use_lifo = false;
    /// How connections are kept; `pool_size` and the others mean something to some of them only.
    PoolClass pool_class = PoolClass::automatic;
    /// What happens to a transaction that a connection brings back to the pool, which only one begun by text can be.
    ResetOnReturn pool_reset_on_return = ResetOnReturn::rollback;
    /// Functions that the pool calls; `Engine::listen` adds others.
    PoolEvents pool_events = {};
    /// Log what the pool does. The log is `log`, or standard output.
    PoolEcho echo_pool = PoolEcho::off;
    /// Remember where connections were taken: for `Engine::checked_out_connections`, and for a warning when the engine
    /// is disposed of, or its last handle goes, while some are still in use.
    LeakReport report_leaks = LeakReport::off;

    IsolationLevel isolation_level = IsolationLevel::database_default;

    /// How long opening a connection to a server may take before it is an OperationalError. Zero: as long as it takes.
    std::chrono::milliseconds connect_timeout = std::chrono::seconds{30};
    /// How long a statement may take; then it is cancelled and fails with an OperationalError. A server that does not
    /// answer to that either is given up, so that nothing hangs. Zero: as long as it wants.
    std::chrono::milliseconds statement_timeout{0};
    /// How the server shows the connection in its lists, where it can; the URL's `application_name` goes first.
    std::string application_name = {};

    /// Whether foreign keys are enforced, where the database leaves that to its client.
    bool foreign_keys = true;
    /// How long a statement waits for a lock that another connection holds before it is an OperationalError, where the
    /// database leaves that to its client.
    std::chrono::milliseconds busy_timeout = std::chrono::seconds{5};
    /// The journal of a database file, `WAL` for example; empty: as the file has it.
    std::string journal_mode = {};

    /// Statements that the engine keeps compiled.
    std::size_t query_cache_size = 500;
    /// Statements that each connection keeps prepared.
    std::size_t prepared_cache_size = 64;
    /// Whether a SELECT of FROM elements that nothing joins, a cartesian product, is a warning (`set_warning_handler`)
    /// when it is compiled.
    bool enable_from_linting = true;

    /// Replaces the waiting of the driver; null: the calling thread waits.
    std::shared_ptr<Waiter> waiter = nullptr;
};

}  // namespace aludel
