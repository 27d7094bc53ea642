// Functions around every statement of an engine: for tracing, for timing, for words that a statement must carry.
#pragma once

#include <aludel/engine/pool.hpp>
#include <aludel/types/cell.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace aludel {

/// A statement that is on its way to the driver. Its views are valid during the call of the handler.
struct StatementExecution {
    /// The connection that it runs on; its `info()` is a place to keep something between the handlers.
    PooledConnection connection;
    /// The text as it is sent. A `before_cursor_execute` handler may write another one, with the same parameters: a
    /// comment in front, a hint.
    std::string statement;
    /// The parameters as the database stores them: of an executemany all rows, one behind the other. Views, for the
    /// time of the call.
    std::span<const Cell> parameters;
    /// The rows of parameters; 1 unless it is an executemany.
    std::size_t parameter_rows = 1;
    bool executemany = false;

    // For `after_cursor_execute`.
    std::int64_t rows_affected = -1;  ///< -1: the database did not say
    /// From the call of the driver until the statement had run; its rows may still be read afterwards.
    std::chrono::steady_clock::duration took{};
};

/// What an engine calls around its statements (`Engine::listen`), in the thread that runs them and from several at
/// once. Without handlers they cost nothing but a test of a flag. BEGIN, COMMIT, ROLLBACK and savepoints are no
/// statements here.
///
/// A handler must not use the connection that calls it, except by `StatementExecution::connection`. An exception of
/// `before_cursor_execute` reaches the caller of the statement, which is not sent; one of `after_cursor_execute`
/// reaches it when the statement has run.
///
/// Source: SQLAlchemy's `ConnectionEvents.before_cursor_execute` with `retval=True`, and `after_cursor_execute`.
struct StatementEvents {
    std::function<void(StatementExecution&)> before_cursor_execute = {};
    /// Not called for a statement that failed.
    std::function<void(const StatementExecution&)> after_cursor_execute = {};
};

}  // namespace aludel
