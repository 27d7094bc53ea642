// What all pools have in common.
#include "engine/pool.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace aludel::detail {

Lease lease_of(PoolRecordPtr record) {
    Lease lease;
    lease.record = record.get();
    lease.connection = record->connection.get();
    lease.owned = std::move(record);
    return lease;
}

Pool::Pool(PoolSetup setup) : leaks_(setup.leaks), keeper_(std::move(setup)) {}

Pool::~Pool() = default;
void Pool::idle_closed(std::size_t) noexcept {}
void Pool::vacate() noexcept {}

// The first call in the child of a fork finds a pool that describes the parent's connections.
void Pool::notice_fork() noexcept {
    if (process_.load(std::memory_order_acquire) == fork_count()) [[likely]]
        return;
    std::scoped_lock lock{fork_mutex_};
    if (process_.load(std::memory_order_relaxed) == fork_count()) return;
    start_again();
    keeper_.clear_counts();
    leaks_.clear();
    process_.store(fork_count(), std::memory_order_release);
}

Lease Pool::take(const std::source_location& where) {
    notice_fork();
    Lease lease = acquire();
    if (leaks_.is_on()) lease.watched = leaks_.note(lease.record->id, where);
    keeper_.tell_checkout(*lease.record);
    return lease;
}

void Pool::reset(Lease& lease) {
    if (lease.is_shared() || lease.is_foreign()) return;
    keeper_.reset(*lease.record);
    lease.is_reset = true;
}

void Pool::give_back(Lease lease) noexcept {
    notice_fork();
    leaks_.forget(lease.watched);
    if (lease.detached)
        keeper_.close_detached(std::move(lease.owned), lease.is_reset);
    else
        release(std::move(lease), Condition::good);
}

void Pool::discard(Lease lease, Blame blame, std::string_view reason) noexcept {
    notice_fork();
    leaks_.forget(lease.watched);
    keeper_.tell_invalidate(*lease.record, reason);
    if (lease.detached) return keeper_.close_detached(std::move(lease.owned), true);
    if (blame == Blame::generation && !lease.is_foreign()) invalidate_contemporaries(*lease.record);
    release(std::move(lease), Condition::broken);
}

void Pool::detach(Lease& lease) {
    if (lease.detached || lease.is_foreign()) return;
    if (lease.is_shared())
        throw InvalidRequestError(fmt::format(
            "A connection of a {} cannot be detached, since others may share it; use PoolClass::queue or null.",
            keeper_.name()));
    leaks_.forget(std::exchange(lease.watched, 0));
    lease.detached = true;
    vacate();
    keeper_.tell_detach(*lease.record);
}

void Pool::dispose(bool close) noexcept {
    notice_fork();
    close_idle(take_idle(), close);
    keeper_.info(fmt::format("Pool disposed. {}", text()));
}

void Pool::end() noexcept {
    notice_fork();
    close_idle(take_idle(), true);
}

void Pool::close_idle(std::vector<PoolRecordPtr> records, bool close) noexcept {
    const auto count = records.size();
    for (auto& record : records) {
        close ? keeper_.close(std::move(record)) : keeper_.let_go(std::move(record));
    }
    idle_closed(count);
}

PoolStatistics Pool::statistics() {
    notice_fork();
    PoolStatistics statistics = numbers();
    keeper_.add_to(statistics);
    return statistics;
}

std::string Pool::status() {
    notice_fork();
    return text();
}

PoolRecordPtr Pool::ready(PoolRecordPtr record) {
    constexpr int attempts = 2;
    if (!record) record = open_record();
    std::string reason;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        std::optional<Refusal> refusal;
        try {
            // NOLINTNEXTLINE(bugprone-use-after-move): every way round the loop has opened another
            refusal = keeper_.refuse(*record);
        } catch (...) {
            keeper_.tell_invalidate(*record, "a checkout handler failed");
            keeper_.close(std::move(record));
            throw;
        }
        if (!refusal) return record;
        // One connection that died in the pool means that its contemporaries probably did, too.
        if (refusal->whole_pool) invalidate_contemporaries(*record);
        keeper_.tell_invalidate(*record, refusal->reason);
        keeper_.close(std::move(record));
        reason = std::move(refusal->reason);
        if (attempt < attempts) record = open_record();
    }
    throw InvalidRequestError(fmt::format(
        "The pool's checkout handler refused {} connections in a row, the last one because: {}", attempts, reason));
}

}  // namespace aludel::detail
