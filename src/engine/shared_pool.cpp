#include "engine/shared_pool.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

SharedPool::SharedPool(PoolSetup setup, SharedPoolOptions options) : Pool(std::move(setup)), options_(options) {
    if (!options_.per_thread) slots_.try_emplace(std::thread::id{});
}

SharedPool::~SharedPool() { end(); }

SharedPool::Slot& SharedPool::own_slot() {
    Slot& slot = slots_[options_.per_thread ? std::this_thread::get_id() : std::thread::id{}];
    slot.last_used = ++uses_;
    return slot;
}

void SharedPool::fail_timed_out() const {
    throw TimeoutError(fmt::format("The one connection of this {} is in use by another thread, connection timed out, "
                                   "timeout {:.2f}. Close or commit what uses it there, or use a database file or a "
                                   "server with a QueuePool, which gives each thread its own connection.",
                                   name(), std::chrono::duration<double>(options_.timeout).count()),
                       "3o7r");
}

// Waits until nobody uses the connection and all who came earlier had it.
void SharedPool::wait_for_entry(Slot& slot, Lock& lock) {
    const auto deadline = PoolClock::now() + options_.timeout;
    const std::uint64_t place = ++last_in_line_;
    slot.line.push_back(place);
    const auto may_enter = [&] { return !slot.busy && slot.current->users == 0 && slot.line.front() == place; };
    if (!may_enter()) ++counts_.waits;
    const bool entered = changed_->wait_until(lock, deadline, may_enter);
    slot.line.erase(std::find(slot.line.begin(), slot.line.end(), place));
    if (entered) return;
    ++counts_.timeouts;
    changed_->notify_all();  // the next one in line may be first now
    fail_timed_out();
}

// The connection as its first user may have it.
PoolRecordPtr SharedPool::prepared(PoolRecordPtr record) {
    if (record) {
        const Staleness staleness = staleness_of(*record, generation(), options_.recycle, PoolClock::now());
        if (staleness != Staleness::none) {
            keeper().tell_recycle(*record, to_string(staleness));
            keeper().close(std::move(record));
        }
    }
    return ready(std::move(record));
}

// Makes this thread the owner of a connection that nobody uses. The others wait meanwhile: two threads that come first
// must not open two databases.
void SharedPool::enter(Slot& slot, Lock& lock) {
    slot.owner = std::this_thread::get_id();
    slot.busy = true;
    auto surplus = take_surplus();
    PoolRecordPtr record = std::move(slot.current->record);
    lock.unlock();
    try {
        for (auto& each : surplus) keeper().close(std::move(each));
        record = prepared(std::move(record));
    } catch (...) {
        lock.lock();
        slot.busy = false;
        changed_->notify_all();
        throw;
    }
    lock.lock();
    slot.busy = false;
    slot.current->record = std::move(record);
    changed_->notify_all();
}

Lease SharedPool::acquire() {
    Lock lock{mutex_};
    Slot& slot = own_slot();
    const bool is_owner = slot.owner == std::this_thread::get_id();
    if (is_owner && slot.busy)
        throw InvalidRequestError("A handler of the pool's events cannot take a connection from the same engine.");
    if (!is_owner || slot.current->users == 0) {
        wait_for_entry(slot, lock);
        enter(slot, lock);
    }
    Shared& shared = *slot.current;
    ++shared.users;
    ++counts_.checkouts;
    Lease lease;
    lease.record = shared.record.get();
    lease.connection = shared.record->connection.get();
    lease.mutex = &shared.mutex;
    return lease;
}

void SharedPool::retire(Slot& slot) { retired_.push_back(std::exchange(slot.current, std::make_unique<Shared>())); }

// One user less. Returns the connection when it is to be closed.
PoolRecordPtr SharedPool::leave(Slot& slot, Lock& lock, bool good) noexcept {
    Shared& shared = *slot.current;
    if (shared.users > 1) {
        --shared.users;
        if (!good) retire(slot);
        return nullptr;
    }
    if (good) {
        slot.busy = true;
        slot.owner = std::this_thread::get_id();
        lock.unlock();
        good = keeper().check_in(*shared.record, false);
        lock.lock();
        slot.busy = false;
    }
    shared.users = 0;
    return good ? nullptr : std::move(shared.record);
}

PoolRecordPtr SharedPool::leave_retired(const PoolRecord* record) noexcept {
    const auto found = std::find_if(retired_.begin(), retired_.end(),
                                    [&](const auto& shared) { return shared->record.get() == record; });
    if (found == retired_.end() || --(*found)->users > 0) return nullptr;
    PoolRecordPtr closing = std::move((*found)->record);
    retired_.erase(found);
    return closing;
}

void SharedPool::release(Lease lease, Condition condition) noexcept {
    PoolRecordPtr closing;
    {
        Lock lock{mutex_};
        const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const auto& each) {
            return each.second.current->users > 0 && each.second.current->record.get() == lease.record;
        });
        closing = found != slots_.end() ? leave(found->second, lock, condition == Condition::good)
                                        : leave_retired(lease.record);
        changed_->notify_all();
    }
    if (closing) keeper().close(std::move(closing));
}

// What threads left behind, beyond the number of connections that there may be.
std::vector<PoolRecordPtr> SharedPool::take_surplus() {
    std::vector<PoolRecordPtr> surplus;
    while (options_.per_thread && static_cast<int>(slots_.size()) > options_.size) {
        auto oldest = slots_.end();
        for (auto each = slots_.begin(); each != slots_.end(); ++each) {
            const Slot& slot = each->second;
            const bool is_free = !slot.busy && slot.current->users == 0 && slot.line.empty();
            if (is_free && (oldest == slots_.end() || slot.last_used < oldest->second.last_used)) oldest = each;
        }
        if (oldest == slots_.end()) break;
        if (oldest->second.current->record) surplus.push_back(std::move(oldest->second.current->record));
        slots_.erase(oldest);
    }
    return surplus;
}

std::vector<PoolRecordPtr> SharedPool::take_idle() noexcept {
    std::vector<PoolRecordPtr> idle;
    Lock lock{mutex_};
    const auto is_busy = [&] {
        return std::any_of(slots_.begin(), slots_.end(), [](const auto& each) { return each.second.busy; });
    };
    changed_->wait(lock, [&] { return !is_busy(); });
    for (auto& [thread, slot] : slots_) {
        if (slot.current->users > 0)
            retire(slot);
        else if (slot.current->record)
            idle.push_back(std::move(slot.current->record));
    }
    changed_->notify_all();
    return idle;
}

void SharedPool::invalidate_contemporaries(const PoolRecord& record) noexcept {
    std::scoped_lock lock{mutex_};
    if (record.generation == generation_) ++generation_;
}

PoolStatistics SharedPool::numbers() const {
    std::scoped_lock lock{mutex_};
    PoolStatistics statistics = counts_;
    statistics.size = options_.size;
    for (const auto& [thread, slot] : slots_) {
        const bool in_use = slot.busy || slot.current->users > 0;
        statistics.checked_out += in_use ? 1 : 0;
        statistics.checked_in += !in_use && slot.current->record ? 1 : 0;
        statistics.waiting += static_cast<int>(slot.line.size());
    }
    statistics.checked_out += static_cast<int>(retired_.size());
    statistics.overflow = statistics.checked_in + statistics.checked_out - statistics.size;
    return statistics;
}

std::string SharedPool::text() const {
    std::scoped_lock lock{mutex_};
    if (options_.per_thread) return fmt::format("SingletonThreadPool size: {}", slots_.size());
    const Shared& shared = *slots_.begin()->second.current;
    return fmt::format("One shared connection, {}, with {} users", shared.record ? "open" : "not open", shared.users);
}

void SharedPool::start_again() noexcept {
    std::vector<PoolRecordPtr> idle;
    {
        std::scoped_lock lock{mutex_};
        // NOLINTNEXTLINE(bugprone-unused-return-value): threads that this process does not have wait on it for ever
        static_cast<void>(changed_.release());
        changed_ = std::make_unique<std::condition_variable>();
        counts_ = {};
        for (auto& [thread, slot] : slots_) {
            slot.line.clear();
            slot.busy = false;
            if (slot.current->users > 0)
                retire(slot);
            else if (slot.current->record)
                idle.push_back(std::move(slot.current->record));
        }
    }
    for (auto& record : idle) keeper().let_go(std::move(record));
}

}  // namespace aludel::detail
