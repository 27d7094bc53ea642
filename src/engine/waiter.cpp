#include <aludel/engine/waiter.hpp>

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <thread>

namespace aludel {

Waiter::Waiter() = default;
Waiter::~Waiter() = default;

namespace {

short poll_events(Waiter::Readiness readiness) {
    switch (readiness) {
        case Waiter::Readiness::read: return POLLIN;
        case Waiter::Readiness::write: return POLLOUT;
        case Waiter::Readiness::read_or_write: break;
    }
    return POLLIN | POLLOUT;
}

// Milliseconds for poll(), rounded up so that it does not wake before the deadline and spin.
int poll_timeout(Waiter::Clock::time_point deadline) {
    if (deadline == Waiter::no_deadline) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Waiter::Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
}

}  // namespace

Waiter::Outcome Waiter::wait(int descriptor, Readiness readiness, Clock::time_point deadline) {
    pollfd entry{descriptor, poll_events(readiness), 0};
    for (;;) {
        const int found = ::poll(&entry, 1, poll_timeout(deadline));
        if (found > 0) return Outcome::ready;
        if (found == 0 && Clock::now() >= deadline) return Outcome::timed_out;
        if (found < 0 && errno != EINTR && errno != EAGAIN) return Outcome::cancelled;
    }
}

Waiter::Outcome Waiter::pause(std::chrono::microseconds duration, Clock::time_point deadline) {
    const auto now = Clock::now();
    if (now >= deadline) return Outcome::timed_out;
    std::this_thread::sleep_for(std::min<Clock::duration>(duration, deadline - now));
    return Outcome::ready;
}

}  // namespace aludel
