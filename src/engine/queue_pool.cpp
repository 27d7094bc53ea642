#include <aludel/base/error.hpp>

#include "engine/pool.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

Pool::~Pool() = default;

QueuePool::QueuePool(Connector connector, QueuePoolOptions options)
    : connector_(std::move(connector)), options_(options), state_(options.limits) {}

PoolState::Decision QueuePool::wait_for_decision() {
    const auto deadline = PoolClock::now() + options_.timeout;
    std::unique_lock lock{mutex_};
    for (;;) {
        auto decision = state_.try_checkout(PoolClock::now());
        if (decision.step != PoolState::Step::wait) return decision;
        if (PoolClock::now() >= deadline) break;
        returned_.wait_until(lock, deadline);
    }
    throw TimeoutError(
        fmt::format("QueuePool limit of size {} overflow {} reached, connection timed out, timeout {:.2f}",
                    options_.limits.size, options_.limits.max_overflow,
                    std::chrono::duration<double>(options_.timeout).count()),
        "3o7r");
}

// Opens a connection in a place that is already counted, outside of the lock, and gives the place up if that fails.
PoolEntry QueuePool::open_entry() {
    std::uint64_t generation = 0;
    {
        std::scoped_lock lock{mutex_};
        generation = state_.generation();
    }
    try {
        return {connector_(), PoolClock::now(), generation};
    } catch (...) {
        {
            std::scoped_lock lock{mutex_};
            state_.abandon();
        }
        returned_.notify_one();
        throw;
    }
}

Lease QueuePool::take() {
    auto decision = wait_for_decision();
    auto entry = std::move(decision.entry);
    if (decision.step == PoolState::Step::reuse && options_.pre_ping && !entry.connection->ping()) {
        std::scoped_lock lock{mutex_};
        // One connection that died in the pool means that its contemporaries probably did, too.
        if (entry.generation == state_.generation()) state_.invalidate();
        decision.step = PoolState::Step::replace;
    }
    if (decision.step != PoolState::Step::reuse) {
        entry.connection.reset();
        entry = open_entry();
    }
    Lease lease;
    lease.connection = entry.connection.get();
    lease.entry = std::move(entry);
    return lease;
}

void QueuePool::give_back(Lease lease) noexcept {
    PoolEntry closing;
    {
        std::scoped_lock lock{mutex_};
        closing = state_.checkin(std::move(lease.entry));
    }
    returned_.notify_one();
}

void QueuePool::discard(Lease lease) noexcept {
    {
        std::scoped_lock lock{mutex_};
        if (lease.entry.generation == state_.generation()) state_.invalidate();
        state_.abandon();
    }
    returned_.notify_one();
}

void QueuePool::dispose() noexcept {
    std::vector<PoolEntry> closing;
    {
        std::scoped_lock lock{mutex_};
        closing = state_.dispose();
    }
    returned_.notify_all();
}

std::string QueuePool::status() const {
    std::scoped_lock lock{mutex_};
    return state_.status();
}

}  // namespace aludel::detail
