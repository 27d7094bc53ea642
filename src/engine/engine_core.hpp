#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include "engine/logger.hpp"
#include "engine/pool.hpp"
#include "engine/statement_listeners.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace aludel::detail {

/// What all handles of an engine share.
class EngineCore {
  public:
    EngineCore(URL url, EngineOptions options);

    const URL& url() const noexcept { return url_; }
    const EngineOptions& options() const noexcept { return options_; }
    /// As the server speaks it, once one was connected to; before that, as the database usually does.
    const Dialect& dialect() const noexcept { return cache_.load(std::memory_order_acquire)->dialect(); }
    /// Of that dialect. A reference stays valid as long as this object.
    StatementCache& cache() noexcept { return *cache_.load(std::memory_order_acquire); }
    Logger& logger() noexcept { return logger_; }
    StatementListeners& listeners() noexcept { return listeners_; }

    /// Made at first use. @throws NoSuchModuleError when there is no driver.
    Pool& pool();
    /// The pool if there is one yet.
    Pool* existing_pool() noexcept { return ready_pool_.load(std::memory_order_acquire); }
    /// Where `report_leaks` is on: a warning with the connections that are in use, when there are any.
    void warn_of_leaks(std::string_view occasion) noexcept;

    /// @throws ArgumentError when the database does not have the level.
    void check_isolation_level(IsolationLevel level);
    /// @throws InvalidRequestError when the database cannot commit in two phases.
    void require_two_phase();

    void count_statement() noexcept { statements_.fetch_add(1, std::memory_order_relaxed); }
    std::uint64_t statement_count() const noexcept { return statements_.load(std::memory_order_relaxed); }

  private:
    const driver::Driver& driver();
    driver::ConnectOptions connect_options();
    std::unique_ptr<Pool> make_own_pool();
    void meet_server(driver::Connection& connection);

    URL url_;
    EngineOptions options_;
    std::shared_ptr<Waiter> waiter_;
    std::shared_ptr<const driver::Driver> driver_;
    StatementCache general_cache_;  // of statements that are compiled before the server is known
    std::once_flag server_known_;
    std::unique_ptr<StatementCache> server_cache_;  // where its version speaks a dialect of its own
    std::atomic<StatementCache*> cache_;
    Logger logger_;
    StatementListeners listeners_;
    std::mutex mutex_;
    std::unique_ptr<Pool> pool_;
    std::atomic<Pool*> ready_pool_{nullptr};  // pool_, to be read without the mutex
    std::atomic<std::uint64_t> statements_{0};
};

}  // namespace aludel::detail
