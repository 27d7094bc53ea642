#include "engine/queue_pool.hpp"

#include <aludel/base/error.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace aludel::detail {

namespace {

class WakePipe {
  public:
    WakePipe() {
        if (::pipe(ends_.data()) != 0)
            throw OperationalError(
                "Waiting for a connection of the pool needs a pipe, and there is no descriptor left.");
        for (const int end : ends_) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;
    ~WakePipe() {
        for (const int end : ends_) ::close(end);
    }
    int read_end() const noexcept { return ends_[0]; }
    int write_end() const noexcept { return ends_[1]; }

  private:
    std::array<int, 2> ends_{};
};

// Under the pool's lock, since a waiter whose time is up is gone as soon as it has the lock.
void wake(PoolWaiter& waiter) noexcept {
    if (waiter.signal < 0) return waiter.woken.notify_one();
    // A new pipe takes one byte.
    static_cast<void>(!::write(waiter.signal, "", 1));
}

}  // namespace

QueuePool::QueuePool(PoolSetup setup, QueuePoolOptions options)
    : Pool(std::move(setup)), options_(std::move(options)), state_(options_.limits) {}

QueuePool::~QueuePool() { end(); }

// Waits in the queue until the deadline, which is set once: whatever happens meanwhile, nobody waits longer.
PoolState::Decision QueuePool::wait_for_decision() {
    const auto deadline = PoolClock::now() + options_.timeout;
    PoolWaiter waiter;
    Lock lock{mutex_};
    auto decision = state_.checkout(waiter, PoolClock::now());
    if (decision.step != PoolState::Step::wait) return decision;
    if (options_.waiter) return wait_by_waiter(waiter, lock, deadline);
    return wait_in_thread(waiter, lock, deadline);
}

PoolState::Decision QueuePool::wait_in_thread(PoolWaiter& waiter, Lock& lock, PoolClock::time_point deadline) {
    PoolState::Decision decision;
    while (decision.step == PoolState::Step::wait) {
        if (PoolClock::now() >= deadline) {
            state_.give_up(waiter);
            return decision;
        }
        waiter.woken.wait_until(lock, deadline);
        decision = state_.collect(waiter, PoolClock::now());
    }
    return decision;
}

// The engine's waiter may suspend a fiber where the thread would sleep; it is woken through a pipe.
PoolState::Decision QueuePool::wait_by_waiter(PoolWaiter& waiter, Lock& lock, PoolClock::time_point deadline) {
    auto outcome = Waiter::Outcome::ready;
    try {
        WakePipe pipe;
        waiter.signal = pipe.write_end();
        while (true) {
            auto decision = state_.collect(waiter, PoolClock::now());
            if (decision.step != PoolState::Step::wait) return decision;
            if (outcome != Waiter::Outcome::ready || PoolClock::now() >= deadline) break;
            lock.unlock();
            outcome = options_.waiter->wait(pipe.read_end(), Waiter::Readiness::read, deadline);
            lock.lock();
        }
        state_.give_up(waiter);
    } catch (...) {
        if (!lock.owns_lock()) lock.lock();
        leave_queue(waiter, lock);
        throw;
    }
    if (outcome == Waiter::Outcome::cancelled)
        throw OperationalError("The engine's waiter cancelled the wait for a connection of the pool.");
    return {};
}

// For one who cannot take what it may have been granted meanwhile.
void QueuePool::leave_queue(PoolWaiter& waiter, Lock& lock) noexcept {
    if (!waiter.granted) return state_.give_up(waiter);
    PoolState::Return returned;
    if (waiter.record)
        returned = state_.checkin(std::move(waiter.record));
    else
        returned.woken = state_.vacate();
    if (returned.woken) wake(*returned.woken);
    lock.unlock();
    if (returned.closing) close_and_vacate(std::move(returned.closing));
}

void QueuePool::fail_exhausted() const {
    if (options_.asserts) {
        const auto out = leaks().list();
        throw InvalidRequestError(fmt::format("A connection of this AssertionPool is in use already{}.",
                                              out.empty() ? "" : "; it was taken at " + place_text(out[0].where)));
    }
    throw TimeoutError(
        fmt::format("QueuePool limit of size {} overflow {} reached, connection timed out, timeout {:.2f}",
                    options_.limits.size, options_.limits.max_overflow,
                    std::chrono::duration<double>(options_.timeout).count()),
        "3o7r");
}

Lease QueuePool::acquire() {
    auto decision = wait_for_decision();
    if (decision.step == PoolState::Step::wait) fail_exhausted();
    // From here on there is a place, which goes to the next one who waits if nothing comes of it.
    try {
        auto record = std::move(decision.record);
        if (decision.step == PoolState::Step::replace) {
            keeper().tell_recycle(*record, to_string(decision.staleness));
            keeper().close(std::move(record));
        }
        return lease_of(ready(std::move(record)));
    } catch (...) {
        vacate();
        throw;
    }
}

void QueuePool::release(Lease lease, Condition condition) noexcept {
    PoolRecordPtr record = std::move(lease.owned);
    if (record->is_foreign()) return keeper().let_go(std::move(record));
    const bool keeps = condition == Condition::good && keeper().check_in(*record, lease.is_reset);
    if (!keeps) return close_and_vacate(std::move(record));
    PoolState::Return returned;
    {
        std::scoped_lock lock{mutex_};
        returned = state_.checkin(std::move(record));
        if (returned.woken) wake(*returned.woken);
    }
    if (returned.closing) close_and_vacate(std::move(returned.closing));
}

void QueuePool::close_and_vacate(PoolRecordPtr record) noexcept {
    keeper().close(std::move(record));
    vacate();
}

void QueuePool::vacate() noexcept {
    std::scoped_lock lock{mutex_};
    if (PoolWaiter* waiter = state_.vacate()) wake(*waiter);
}

std::vector<PoolRecordPtr> QueuePool::take_idle() noexcept {
    std::scoped_lock lock{mutex_};
    return state_.dispose();
}

void QueuePool::idle_closed(std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) vacate();
}

void QueuePool::invalidate_contemporaries(const PoolRecord& record) noexcept {
    std::scoped_lock lock{mutex_};
    if (record.generation == state_.generation()) state_.invalidate();
}

std::uint64_t QueuePool::generation() const noexcept {
    std::scoped_lock lock{mutex_};
    return state_.generation();
}

PoolStatistics QueuePool::numbers() const {
    std::scoped_lock lock{mutex_};
    return state_.statistics();
}

std::string QueuePool::text() const {
    if (name() != "QueuePool") return name();
    std::scoped_lock lock{mutex_};
    return state_.status();
}

void QueuePool::start_again() noexcept {
    std::vector<PoolRecordPtr> idle;
    {
        std::scoped_lock lock{mutex_};
        idle = state_.start_again();
    }
    for (auto& record : idle) keeper().let_go(std::move(record));
}

}  // namespace aludel::detail
