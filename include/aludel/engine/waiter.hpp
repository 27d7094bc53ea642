#pragma once

#include <chrono>

namespace aludel {

/// The one place where a driver waits: for a lock, or for a socket.
///
/// The default waits in the calling thread. Another one may suspend a fiber or a coroutine instead and resume it when
/// the wait is over, or end the wait early to cancel the statement. Give it as `EngineOptions::waiter`; it is shared by
/// all connections of the engine, so its functions are called from many threads at once.
class Waiter {
  public:
    using Clock = std::chrono::steady_clock;

    enum class Readiness { read, write, read_or_write };
    enum class Outcome { ready, timed_out, cancelled };

    /// The time limit of a wait that has none.
    static constexpr Clock::time_point no_deadline = Clock::time_point::max();

    Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter();

    /// Waits until the file descriptor can be read or written.
    virtual Outcome wait(int descriptor, Readiness readiness, Clock::time_point deadline);

    /// Lets `duration` pass before another attempt, but not more than what is left until `deadline`.
    /// `ready`: try again. `timed_out`: the deadline had passed already. `cancelled`: give up now.
    virtual Outcome pause(std::chrono::microseconds duration, Clock::time_point deadline);
};

}  // namespace aludel
