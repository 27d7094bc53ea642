#pragma once

#include <aludel/engine/pool.hpp>

#include "engine/fork_guard.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <source_location>
#include <string>
#include <vector>

namespace aludel::detail {

/// Remembers which connections are in use and where they were taken, if it was asked to. Thread-safe.
class LeakWatch {
  public:
    explicit LeakWatch(LeakReport report) noexcept : report_(report) {}

    bool is_on() const noexcept { return report_ != LeakReport::off; }
    /// A token for `forget`; 0 when nothing is remembered.
    std::uint64_t note(std::uint64_t connection, const std::source_location& where);
    void forget(std::uint64_t token) noexcept;
    /// Oldest first.
    std::vector<CheckedOutConnection> list() const;
    /// Forgets everything: in the child of a fork, which has none of them.
    void clear() noexcept;

  private:
    LeakReport report_;
    mutable std::mutex mutex_;
    ForkGuard guard_{mutex_};
    std::uint64_t last_ = 0;
    struct Entry {
        CheckedOutConnection connection;
        std::vector<void*> frames;  // made into text when somebody asks
    };
    std::map<std::uint64_t, Entry> out_;
};

/// `app.cpp:42 (int main())`.
std::string place_text(const std::source_location& where);

/// The connections as text for people, a line each; empty when there are none.
std::string leak_text(const std::vector<CheckedOutConnection>& out);

}  // namespace aludel::detail
