#pragma once

#include <atomic>
#include <cstdint>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define ALUDEL_KNOWS_SINGLE_THREAD 1
#endif

namespace aludel::detail {

/// Whether no thread but this one has been started. Where the C library does not say so, false.
inline bool is_single_threaded() noexcept {
#ifdef ALUDEL_KNOWS_SINGLE_THREAD
    return __libc_single_threaded != 0;
#else
    return false;
#endif
}

/// A count that threads share. As long as there is one thread only, it costs no locked instruction, as with
/// `std::shared_ptr`.
class SharedCount {
  public:
    explicit constexpr SharedCount(std::uint32_t value = 0) noexcept : value_(value) {}

    [[nodiscard]] std::uint32_t value() const noexcept { return value_.load(std::memory_order_acquire); }
    /// Returns the count before.
    std::uint32_t increment(std::uint32_t by = 1) noexcept {
        return is_single_threaded() ? change(by) : value_.fetch_add(by, std::memory_order_relaxed);
    }
    /// Returns the count before. Who finds that it was the last sees what the others did.
    std::uint32_t decrement(std::uint32_t by = 1) noexcept {
        return is_single_threaded() ? change(0 - by) : value_.fetch_sub(by, std::memory_order_acq_rel);
    }

  private:
    std::uint32_t change(std::uint32_t by) noexcept {
        const std::uint32_t before = value_.load(std::memory_order_relaxed);
        value_.store(before + by, std::memory_order_relaxed);
        return before;
    }

    std::atomic<std::uint32_t> value_;
};

}  // namespace aludel::detail
