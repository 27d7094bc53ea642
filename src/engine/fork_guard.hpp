#pragma once

#include <cstdint>
#include <mutex>

namespace aludel::detail {

/// How often the process has forked on the way to this one, counted in the child: two values that differ come from two
/// processes.
std::uint64_t fork_count() noexcept;

/// While it lives, a fork takes the mutex first, so that the child never finds it locked by a thread that only the
/// parent has. Who holds one may take another only if that one was guarded later, and may not fork.
class ForkGuard {
  public:
    explicit ForkGuard(std::mutex& mutex);
    ~ForkGuard();
    ForkGuard(const ForkGuard&) = delete;
    ForkGuard& operator=(const ForkGuard&) = delete;

  private:
    std::mutex* mutex_;
};

}  // namespace aludel::detail
