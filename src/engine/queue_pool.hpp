#pragma once

#include "engine/pool.hpp"
#include "engine/pool_state.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace aludel::detail {

struct QueuePoolOptions {
    PoolLimits limits;
    std::chrono::milliseconds timeout{};
    /// The pool is one of one connection for finding out who takes a second one.
    bool asserts = false;
    /// Waits in place of the calling thread, where the engine was given one.
    std::shared_ptr<Waiter> waiter = nullptr;
};

/// Many connections, each with one user at a time: QueuePool; without idle ones NullPool; with one place AssertionPool.
class QueuePool final : public Pool {
  public:
    QueuePool(PoolSetup setup, QueuePoolOptions options);
    ~QueuePool() override;

  private:
    Lease acquire() override;
    void release(Lease lease, Condition condition) noexcept override;
    std::vector<PoolRecordPtr> take_idle() noexcept override;
    void idle_closed(std::size_t count) noexcept override;
    void invalidate_contemporaries(const PoolRecord& record) noexcept override;
    std::uint64_t generation() const noexcept override;
    void vacate() noexcept override;
    PoolStatistics numbers() const override;
    std::string text() const override;
    void start_again() noexcept override;

    using Lock = std::unique_lock<std::mutex>;
    PoolState::Decision wait_for_decision();
    PoolState::Decision wait_in_thread(PoolWaiter& waiter, Lock& lock, PoolClock::time_point deadline);
    PoolState::Decision wait_by_waiter(PoolWaiter& waiter, Lock& lock, PoolClock::time_point deadline);
    void leave_queue(PoolWaiter& waiter, Lock& lock) noexcept;
    [[noreturn]] void fail_exhausted() const;
    void close_and_vacate(PoolRecordPtr record) noexcept;

    QueuePoolOptions options_;
    mutable std::mutex mutex_;
    ForkGuard guard_{mutex_};
    PoolState state_;
};

}  // namespace aludel::detail
