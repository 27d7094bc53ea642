#pragma once

#include <aludel/engine/connection.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/sql/schema/executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace aludel {

class Dialect;
class StatementCache;

namespace detail {
class EngineCore;
}  // namespace detail

/// A database with a pool of connections to it. A cheap handle: copies share the pool, and all threads may use them.
///
/// Source: SQLAlchemy's future `Engine`.
class Engine final : public SchemaTarget {
  public:
    /// A connection from the pool, opened now if none is idle.
    /// @throws OperationalError when it cannot be opened; TimeoutError when all are in use for too long;
    /// NoSuchModuleError when this build has no driver for the database.
    Connection connect() const;

    /// Runs `work(Connection&)` in a transaction: commits when it returns, rolls back when it throws. Returns what it
    /// returns.
    template <class Work>
        requires std::is_invocable_v<Work, Connection&>
    auto begin(Work&& work) const {
        Connection connection = connect();
        if constexpr (std::is_void_v<std::invoke_result_t<Work, Connection&>>) {
            std::invoke(std::forward<Work>(work), connection);
            connection.commit();
        } else {
            auto result = std::invoke(std::forward<Work>(work), connection);
            connection.commit();
            return result;
        }
    }

    const URL& url() const noexcept;
    const EngineOptions& options() const noexcept;
    const Dialect& dialect() const;
    /// The compiled statements that all connections share.
    StatementCache& statement_cache() const;

    /// Closes the idle connections; those in use are closed when they come back. The engine stays usable with new ones.
    /// A memory database is gone.
    void dispose() const;

    /// How full the pool is, in words.
    std::string pool_status() const;

    /// Statements that all connections of the engine have sent.
    std::uint64_t statement_count() const noexcept;

    /// Whether anything listens to the log.
    bool echo() const noexcept;
    /// Turns the log on or off while the engine is in use.
    void set_echo(bool on) const noexcept;

    /// For `MetaData::create_all`: takes a connection, begins, and commits at the end.
    void run_schema(const Work& work) const override;

    friend bool operator==(const Engine& a, const Engine& b) noexcept { return a.core_ == b.core_; }

  private:
    friend class Connection;
    friend Engine create_engine(const URL& url, EngineOptions options);
    explicit Engine(std::shared_ptr<detail::EngineCore> core) noexcept : core_(std::move(core)) {}

    std::shared_ptr<detail::EngineCore> core_;
};

/// An engine for the URL. Opens nothing: the first `connect` does.
/// @throws ArgumentError for a URL or an option that makes no sense to the database.
Engine create_engine(const URL& url, EngineOptions options = {});
Engine create_engine(std::string_view url, EngineOptions options = {});

}  // namespace aludel
