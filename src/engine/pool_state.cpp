#include "engine/pool_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace aludel::detail {

Staleness staleness_of(const PoolRecord& record, std::uint64_t generation, std::chrono::seconds recycle,
                       PoolClock::time_point now) {
    if (recycle >= std::chrono::seconds::zero() && now - record.opened > recycle) return Staleness::age;
    if (record.generation != generation) return Staleness::generation;
    return record.soft_invalidated ? Staleness::soft : Staleness::none;
}

std::string_view to_string(Staleness staleness) noexcept {
    switch (staleness) {
        case Staleness::age: return "exceeded timeout";
        case Staleness::generation: return "invalidated due to pool invalidation";
        case Staleness::soft: return "invalidated due to local soft invalidation";
        case Staleness::none: break;
    }
    return "is not stale";
}

PoolState::Decision PoolState::decide(PoolRecordPtr record, PoolClock::time_point now) {
    ++checkouts_;
    if (!record) return {Step::open, nullptr, Staleness::none};
    const Staleness staleness = staleness_of(*record, generation_, limits_.recycle, now);
    return {staleness == Staleness::none ? Step::reuse : Step::replace, std::move(record), staleness};
}

PoolState::Decision PoolState::checkout(PoolWaiter& waiter, PoolClock::time_point now) {
    if (!idle_.empty()) {
        PoolRecordPtr record = std::move(limits_.lifo ? idle_.back() : idle_.front());
        limits_.lifo ? idle_.pop_back() : idle_.pop_front();
        return decide(std::move(record), now);
    }
    if (limits_.max_overflow < 0 || open_ < limits_.size + limits_.max_overflow) {
        ++open_;
        return decide(nullptr, now);
    }
    queue_.push_back(&waiter);
    ++waits_;
    return {};
}

PoolState::Decision PoolState::collect(PoolWaiter& waiter, PoolClock::time_point now) {
    if (!waiter.granted) return {};
    return decide(std::move(waiter.record), now);
}

void PoolState::give_up(PoolWaiter& waiter) {
    queue_.erase(std::remove(queue_.begin(), queue_.end(), &waiter), queue_.end());
    ++timeouts_;
}

// Gives the connection, or a place where there is none, to the first of the queue.
PoolWaiter* PoolState::grant(PoolRecordPtr& record) {
    if (queue_.empty()) return nullptr;
    PoolWaiter* first = queue_.front();
    queue_.pop_front();
    first->granted = true;
    first->record = std::move(record);
    return first;
}

PoolState::Return PoolState::checkin(PoolRecordPtr record) {
    const bool is_stale = record->generation != generation_ || record->soft_invalidated;
    if (is_stale) return {std::move(record), nullptr};
    if (PoolWaiter* first = grant(record)) return {nullptr, first};
    if (idle() >= limits_.size) return {std::move(record), nullptr};
    idle_.push_back(std::move(record));
    return {};
}

PoolWaiter* PoolState::vacate() {
    PoolRecordPtr none;
    if (PoolWaiter* first = grant(none)) return first;
    --open_;
    return nullptr;
}

std::vector<PoolRecordPtr> PoolState::dispose() {
    invalidate();
    std::vector<PoolRecordPtr> closing{std::make_move_iterator(idle_.begin()), std::make_move_iterator(idle_.end())};
    idle_.clear();
    return closing;
}

std::vector<PoolRecordPtr> PoolState::start_again() {
    auto idle = dispose();
    queue_.clear();
    open_ = 0;
    checkouts_ = waits_ = timeouts_ = 0;
    return idle;
}

PoolStatistics PoolState::statistics() const {
    PoolStatistics statistics;
    statistics.size = limits_.size;
    statistics.checked_in = idle();
    statistics.checked_out = checked_out();
    statistics.overflow = overflow();
    statistics.waiting = waiting();
    statistics.checkouts = checkouts_;
    statistics.waits = waits_;
    statistics.timeouts = timeouts_;
    return statistics;
}

std::string PoolState::status() const {
    return fmt::format(
        "Pool size: {}  Connections in pool: {} Current Overflow: {} Current Checked out connections: {}", limits_.size,
        idle(), overflow(), checked_out());
}

}  // namespace aludel::detail
