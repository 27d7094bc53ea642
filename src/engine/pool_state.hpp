#pragma once

#include <aludel/engine/pool.hpp>

#include "engine/pool_record.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace aludel::detail {

struct PoolLimits {
    int size = 5;
    int max_overflow = 10;  ///< -1: no limit
    bool lifo = false;
    std::chrono::seconds recycle{-1};
};

/// Somebody who waits for a connection. Stays where it is until it was granted one or has given up.
struct PoolWaiter {
    bool granted = false;
    PoolRecordPtr record;  ///< with `granted`: the connection, or null: a place to open one in
    std::condition_variable woken;
    int signal = -1;  ///< in place of `woken`: a descriptor to write to
};

/// Why a connection is not handed out again.
enum class Staleness : std::uint8_t { none, age, generation, soft };

/// Whether the connection is too old, by the clock, by a generation or by its own mark.
Staleness staleness_of(const PoolRecord& record, std::uint64_t generation, std::chrono::seconds recycle,
                       PoolClock::time_point now);
/// As the log says it.
std::string_view to_string(Staleness staleness) noexcept;

/// The rules of a queue pool: which connection is handed out and to whom, which is kept, which is closed. It takes no
/// lock, reads no clock, opens and closes nothing, wakes nobody, and so can be tested step by step; `QueuePool` adds
/// those.
///
/// A place is the right to have a connection open; there are `size` and `max_overflow` of them. Whoever checks out
/// gets a place or joins the queue. Who waits in the queue is served first come first served: a connection or a place
/// that becomes free goes to the first of the queue directly, so that nobody who comes later can take it.
class PoolState {
  public:
    enum class Step : std::uint8_t {
        reuse,    ///< `record` is an idle connection
        replace,  ///< `record` is one that is stale: close it, and open another in its place
        open,     ///< open a connection
        wait,     ///< all are in use
    };
    struct Decision {
        Step step = Step::wait;
        PoolRecordPtr record;
        Staleness staleness = Staleness::none;  ///< with `replace`
    };
    struct Return {
        PoolRecordPtr closing;        ///< to be closed; then `vacate`
        PoolWaiter* woken = nullptr;  ///< has the connection now
    };

    explicit PoolState(PoolLimits limits) : limits_(limits) {}

    /// Any answer but `wait` is a place, which `checkin` or `vacate` gives back. `wait`: the waiter is in the queue.
    Decision checkout(PoolWaiter& waiter, PoolClock::time_point now);
    /// What a waiter was granted; `wait` while it was not.
    Decision collect(PoolWaiter& waiter, PoolClock::time_point now);
    /// A waiter that was granted nothing leaves the queue.
    void give_up(PoolWaiter& waiter);

    /// Gives a connection back. What is stale or one too many is to be closed; its place counts until `vacate`, so that
    /// there are never more connections than places.
    Return checkin(PoolRecordPtr record);

    /// A place has no connection any more: it could not be opened, or it was closed or detached. Returns who has the
    /// place now.
    PoolWaiter* vacate();

    /// Makes every connection that is open now stale. Idle ones are closed at their next checkout, those in use when
    /// they come back.
    void invalidate() { ++generation_; }

    /// `invalidate`, and gives the idle ones to the caller to close now; each has a place to be vacated.
    std::vector<PoolRecordPtr> dispose();

    /// For the child of a fork: all places are free, nobody waits, nothing was counted. Returns the idle ones.
    std::vector<PoolRecordPtr> start_again();

    std::uint64_t generation() const noexcept { return generation_; }
    int idle() const noexcept { return static_cast<int>(idle_.size()); }
    int checked_out() const noexcept { return open_ - idle(); }
    int overflow() const noexcept { return open_ - limits_.size; }
    int waiting() const noexcept { return static_cast<int>(queue_.size()); }
    /// The current numbers and those of checkouts and waits.
    PoolStatistics statistics() const;
    std::string status() const;

  private:
    Decision decide(PoolRecordPtr record, PoolClock::time_point now);
    PoolWaiter* grant(PoolRecordPtr& record);

    PoolLimits limits_;
    std::deque<PoolRecordPtr> idle_;
    std::deque<PoolWaiter*> queue_;  // not empty only while nothing is idle and no place is free
    int open_ = 0;
    std::uint64_t generation_ = 0;
    std::uint64_t checkouts_ = 0;
    std::uint64_t waits_ = 0;
    std::uint64_t timeouts_ = 0;
};

}  // namespace aludel::detail
