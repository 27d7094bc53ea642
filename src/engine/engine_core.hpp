#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include "engine/logger.hpp"
#include "engine/pool.hpp"

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
    const Dialect& dialect() const noexcept { return *dialect_; }
    StatementCache& cache() noexcept { return cache_; }
    Logger& logger() noexcept { return logger_; }

    /// Made at first use. @throws NoSuchModuleError when there is no driver.
    Pool& pool();
    /// The pool if there is one yet.
    Pool* existing_pool() noexcept;

    /// @throws ArgumentError when the database does not have the level.
    void check_isolation_level(IsolationLevel level);

    void count_statement() noexcept { statements_.fetch_add(1, std::memory_order_relaxed); }
    std::uint64_t statement_count() const noexcept { return statements_.load(std::memory_order_relaxed); }

  private:
    const driver::Driver& driver();
    driver::ConnectOptions connect_options() const;
    std::unique_ptr<Pool> make_pool();

    URL url_;
    EngineOptions options_;
    std::shared_ptr<Waiter> waiter_;
    std::shared_ptr<const driver::Driver> driver_;
    const Dialect* dialect_;
    StatementCache cache_;
    Logger logger_;
    std::mutex mutex_;
    std::unique_ptr<Pool> pool_;
    std::atomic<std::uint64_t> statements_{0};
};

}  // namespace aludel::detail
