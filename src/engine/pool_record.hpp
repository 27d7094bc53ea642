#pragma once

#include <aludel/engine/driver.hpp>

#include "engine/fork_guard.hpp"

#include <any>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace aludel::detail {

using PoolClock = std::chrono::steady_clock;

/// A connection and what the pool knows of it. Who holds it owns it.
struct PoolRecord {
    std::unique_ptr<driver::Connection> connection;
    PoolClock::time_point opened{};
    std::uint64_t generation = 0;
    std::uint64_t id = 0;
    std::uint64_t process = fork_count();  ///< the process that opened it
    bool fresh = true;                     ///< nobody has had it yet
    bool soft_invalidated = false;
    std::map<std::string, std::any> info;

    /// Whether it belongs to the parent of this process, which goes on using it.
    bool is_foreign() const noexcept { return process != fork_count(); }
};

using PoolRecordPtr = std::unique_ptr<PoolRecord>;

}  // namespace aludel::detail
