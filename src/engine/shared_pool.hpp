#pragma once

#include "engine/pool.hpp"
#include "engine/pool_state.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace aludel::detail {

struct SharedPoolOptions {
    /// Each thread has a connection of its own (SingletonThreadPool); else there is one for all (StaticPool).
    bool per_thread = false;
    /// With `per_thread`: above this number, the connection that has been idle for longest is closed.
    int size = 1;
    std::chrono::milliseconds timeout{};
    std::chrono::seconds recycle{-1};
};

/// Connections that several users may have at once, but only users of one thread. They share the connection and with
/// it its transaction; where another thread asks for it, it waits until they have all given it back, first come first
/// served, so that transactions of two threads never mix. A database that lives in its connection has a pool of one.
class SharedPool final : public Pool {
  public:
    SharedPool(PoolSetup setup, SharedPoolOptions options);
    ~SharedPool() override;

  private:
    struct Shared {
        PoolRecordPtr record;
        std::recursive_mutex mutex;  ///< held around each use
        int users = 0;
    };
    struct Slot {
        std::unique_ptr<Shared> current = std::make_unique<Shared>();
        std::thread::id owner;  ///< whose users there are
        bool busy = false;      ///< the owner is opening or resetting the connection, without the pool's lock
        std::deque<std::uint64_t> line;
        std::uint64_t last_used = 0;
    };
    using Lock = std::unique_lock<std::mutex>;

    Lease acquire() override;
    void release(Lease lease, Condition condition) noexcept override;
    std::vector<PoolRecordPtr> take_idle() noexcept override;
    void invalidate_contemporaries(const PoolRecord& record) noexcept override;
    std::uint64_t generation() const noexcept override { return generation_; }
    PoolStatistics numbers() const override;
    std::string text() const override;
    void start_again() noexcept override;

    Slot& own_slot();
    void wait_for_entry(Slot& slot, Lock& lock);
    void enter(Slot& slot, Lock& lock);
    PoolRecordPtr prepared(PoolRecordPtr record);
    PoolRecordPtr leave(Slot& slot, Lock& lock, bool good) noexcept;
    PoolRecordPtr leave_retired(const PoolRecord* record) noexcept;
    void retire(Slot& slot);
    std::vector<PoolRecordPtr> take_surplus();
    [[noreturn]] void fail_timed_out() const;

    SharedPoolOptions options_;
    mutable std::mutex mutex_;
    ForkGuard guard_{mutex_};
    // On the heap, since the child of a fork leaves it behind: threads that it does not have wait at it.
    std::unique_ptr<std::condition_variable> changed_ = std::make_unique<std::condition_variable>();
    std::map<std::thread::id, Slot> slots_;
    std::vector<std::unique_ptr<Shared>> retired_;  // broken or disposed of while in use
    std::atomic<std::uint64_t> generation_{0};
    std::uint64_t last_in_line_ = 0;
    std::uint64_t uses_ = 0;
    PoolStatistics counts_;
};

}  // namespace aludel::detail
