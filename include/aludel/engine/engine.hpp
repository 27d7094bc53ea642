#pragma once

#include <aludel/engine/connection.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/sql/schema/executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace aludel {

struct CheckedOutConnection;
class Dialect;
struct PoolStatistics;
class StatementCache;
struct StatementEvents;

namespace detail {
class EngineCore;
}  // namespace detail

/// A database with a pool of connections to it. A cheap handle: copies share the pool, and all threads may use them.
///
/// Source: SQLAlchemy's future `Engine`.
class Engine final : public SchemaTarget {
  public:
    /// A connection from the pool, opened now if none is idle. `where` is for the report of leaks.
    /// @throws OperationalError when it cannot be opened; TimeoutError when all are in use for too long;
    /// NoSuchModuleError when this build has no driver for the database.
    Connection connect(std::source_location where = std::source_location::current()) const;

    /// Runs `work(Connection&)` in a transaction: commits when it returns, rolls back when it throws. Returns what it
    /// returns.
    template <class Work>
        requires std::is_invocable_v<Work, Connection&>
    auto begin(Work&& work, std::source_location where = std::source_location::current()) const {
        Connection connection = connect(where);
        if constexpr (std::is_void_v<std::invoke_result_t<Work, Connection&>>) {
            std::invoke(std::forward<Work>(work), connection);
            connection.commit();
        } else {
            auto result = std::invoke(std::forward<Work>(work), connection);
            connection.commit();
            return result;
        }
    }

    /// The same engine and pool with other options for the connections that are taken from this handle:
    /// `engine.execution_options({.isolation_level = IsolationLevel::autocommit})`.
    /// @throws ArgumentError for an isolation level that the database does not have.
    [[nodiscard]] Engine execution_options(const ExecutionOptions& options) const;
    /// The options that `execution_options` gave to this handle.
    const ExecutionOptions& get_execution_options() const noexcept { return execution_; }

    const URL& url() const noexcept;
    const EngineOptions& options() const noexcept;
    const Dialect& dialect() const;
    /// The compiled statements that all connections share.
    StatementCache& statement_cache() const;

    /// Closes the idle connections; those in use are closed when they come back. The engine stays usable with new ones.
    /// A memory database is gone.
    ///
    /// `close` false: the connections are not closed but let go of without a word to the server, because another
    /// process uses them. The child of a fork needs no call: it never uses nor closes what its parent opened.
    void dispose(bool close = true) const;

    /// What the pool has and has done.
    PoolStatistics pool() const;
    /// How full the pool is, in words.
    std::string pool_status() const;
    /// Adds functions that the pool calls from now on, after those that there are.
    void listen(PoolEvents events) const;
    /// The same around the statements of all connections (`<aludel/engine/statement_events.hpp>`).
    void listen(const StatementEvents& events) const;

    /// The connections that are in use, oldest first; empty unless `EngineOptions::report_leaks` is on.
    std::vector<CheckedOutConnection> checked_out_connections() const;
    /// The same as text, a line for each; empty when there are none.
    std::string leak_report() const;

    /// Statements that all connections of the engine have sent.
    std::uint64_t statement_count() const noexcept;

    /// Whether anything listens to the log.
    bool echo() const noexcept;
    /// Turns the log on or off while the engine is in use.
    void set_echo(bool on) const noexcept;

    /// For `MetaData::create_all`: takes a connection, begins, and commits at the end.
    void run_schema(const Work& work) const override;

    /// The same pool, with the same execution options.
    friend bool operator==(const Engine& a, const Engine& b) noexcept;

  private:
    friend class Connection;
    friend Engine create_engine(const URL& url, EngineOptions options);
    explicit Engine(std::shared_ptr<detail::EngineCore> core, const ExecutionOptions& execution = {}) noexcept
        : core_(std::move(core)), execution_(execution) {}

    std::shared_ptr<detail::EngineCore> core_;
    ExecutionOptions execution_;
    std::shared_ptr<const void> watch_;  // reports leaks when the last handle goes; null unless asked for
};

/// An engine for the URL. Opens nothing: the first `connect` does.
/// @throws ArgumentError for a URL or an option that makes no sense to the database.
Engine create_engine(const URL& url, EngineOptions options = {});
Engine create_engine(std::string_view url, EngineOptions options = {});

}  // namespace aludel
