#include "engine/fork_guard.hpp"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace aludel::detail {

namespace {

std::atomic<std::uint64_t> forks{0};

struct Guarded {
    std::mutex own;
    std::vector<std::mutex*> mutexes;
};

// Never destroyed: engines of namespace scope may end after it, and a fork may come at any time.
Guarded& guarded() {
    static auto& instance = *new Guarded;
    return instance;
}

void lock_all() {
    guarded().own.lock();
    for (std::mutex* mutex : guarded().mutexes) mutex->lock();
}

void unlock_all() {
    for (std::mutex* mutex : guarded().mutexes) mutex->unlock();
    guarded().own.unlock();
}

void unlock_all_in_child() {
    forks.fetch_add(1, std::memory_order_relaxed);
    unlock_all();
}

}  // namespace

std::uint64_t fork_count() noexcept { return forks.load(std::memory_order_relaxed); }

ForkGuard::ForkGuard(std::mutex& mutex) : mutex_(&mutex) {
    static const int registered = ::pthread_atfork(lock_all, unlock_all, unlock_all_in_child);
    static_cast<void>(registered);
    std::scoped_lock lock{guarded().own};
    guarded().mutexes.push_back(mutex_);
}

ForkGuard::~ForkGuard() {
    std::scoped_lock lock{guarded().own};
    auto& mutexes = guarded().mutexes;
    mutexes.erase(std::remove(mutexes.begin(), mutexes.end(), mutex_), mutexes.end());
}

}  // namespace aludel::detail
