#pragma once

#include <aludel/engine/driver.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace aludel::detail {

using PoolClock = std::chrono::steady_clock;

/// A connection of the pool. Who holds it owns it.
struct PoolEntry {
    std::unique_ptr<driver::Connection> connection;
    PoolClock::time_point opened{};
    std::uint64_t generation = 0;
};

struct PoolLimits {
    int size = 5;
    int max_overflow = 10;  ///< -1: no limit
    bool lifo = false;
    std::chrono::seconds recycle{-1};
};

/// The arithmetic of a queue pool: which connection is handed out, which is kept, which is closed. It takes no lock,
/// reads no clock, opens and closes nothing, and so can be tested step by step; `QueuePool` adds those.
class PoolState {
  public:
    enum class Step {
        reuse,    ///< `entry` is an idle connection
        replace,  ///< `entry` is one that is too old: close it, and open another in its place
        open,     ///< open a connection
        wait,     ///< all are in use
    };
    struct Decision {
        Step step;
        PoolEntry entry;
    };

    explicit PoolState(PoolLimits limits) : limits_(limits) {}

    /// `replace` and `open` count the connection as open already: `abandon` takes that back when opening fails.
    Decision try_checkout(PoolClock::time_point now);

    /// Gives a connection back. What it returns is to be closed: the entry itself when it is one too many, or stale.
    PoolEntry checkin(PoolEntry entry);

    /// A connection that was counted as open is none: it could not be opened, or it broke and was closed.
    void abandon();

    /// Makes every connection that is open now stale. Idle ones are closed at their next checkout, those in use when
    /// they come back.
    void invalidate() { ++generation_; }

    /// `invalidate`, and gives the idle ones to the caller to close now.
    std::vector<PoolEntry> dispose();

    std::uint64_t generation() const noexcept { return generation_; }
    int idle() const noexcept { return static_cast<int>(idle_.size()); }
    int checked_out() const noexcept { return open_ - idle(); }
    int overflow() const noexcept { return open_ - limits_.size; }
    std::string status() const;

  private:
    bool is_stale(const PoolEntry& entry, PoolClock::time_point now) const;

    PoolLimits limits_;
    std::deque<PoolEntry> idle_;
    int open_ = 0;
    std::uint64_t generation_ = 0;
};

}  // namespace aludel::detail
