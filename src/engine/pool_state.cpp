#include "engine/pool_state.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace aludel::detail {

bool PoolState::is_stale(const PoolEntry& entry, PoolClock::time_point now) const {
    if (entry.generation != generation_) return true;
    return limits_.recycle >= std::chrono::seconds::zero() && now - entry.opened > limits_.recycle;
}

PoolState::Decision PoolState::try_checkout(PoolClock::time_point now) {
    if (!idle_.empty()) {
        PoolEntry entry = std::move(limits_.lifo ? idle_.back() : idle_.front());
        limits_.lifo ? idle_.pop_back() : idle_.pop_front();
        const Step step = is_stale(entry, now) ? Step::replace : Step::reuse;
        return {step, std::move(entry)};
    }
    if (limits_.max_overflow >= 0 && open_ >= limits_.size + limits_.max_overflow) return {Step::wait, {}};
    ++open_;
    return {Step::open, {}};
}

PoolEntry PoolState::checkin(PoolEntry entry) {
    if (entry.generation != generation_ || idle() >= limits_.size) {
        --open_;
        return entry;
    }
    idle_.push_back(std::move(entry));
    return {};
}

void PoolState::abandon() { --open_; }

std::vector<PoolEntry> PoolState::dispose() {
    invalidate();
    open_ -= idle();
    std::vector<PoolEntry> closing{std::make_move_iterator(idle_.begin()), std::make_move_iterator(idle_.end())};
    idle_.clear();
    return closing;
}

std::string PoolState::status() const {
    return fmt::format(
        "Pool size: {}  Connections in pool: {} Current Overflow: {} Current Checked out connections: {}", limits_.size,
        idle(), overflow(), checked_out());
}

}  // namespace aludel::detail
