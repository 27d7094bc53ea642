// The program's own `send`, `recv` and `poll` take the place of the C library's for every client library in it, count,
// and pass the call on. That sees a pipeline as what it is, one round trip, and is the same in every run: a proxy in
// between sees bursts whose number depends on the scheduler.
#include "programs/round_trips.hpp"

#include <dlfcn.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <span>

namespace bench {

namespace {

/// Whether the answer to what was sent last is still to be waited for.
class Turns {
  public:
    void sent(bool all) {
        unanswered_ = true;
        sending_ = !all;
    }
    /// The client waits until it can send more; what it reads meanwhile is no answer that it waits for.
    void waits_to_send() { sending_ = true; }
    void waits_for_answer() {
        if (!unanswered_ || sending_) return;
        unanswered_ = false;
        ++count_;
    }
    [[nodiscard]] std::uint64_t count() const { return count_; }

  private:
    bool unanswered_ = false;
    bool sending_ = false;
    std::uint64_t count_ = 0;
};

Turns& turns() {
    static Turns all;
    return all;
}

template <class Function>
Function* next_definition(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

std::uint64_t round_trips() { return turns().count(); }

}  // namespace bench

extern "C" {

ssize_t send(int socket, const void* bytes, size_t length, int flags) {
    static auto* const next = bench::next_definition<decltype(send)>("send");
    const ssize_t sent = next(socket, bytes, length, flags);
    bench::turns().sent(sent == static_cast<ssize_t>(length));
    return sent;
}

ssize_t recv(int socket, void* bytes, size_t length, int flags) {
    static auto* const next = bench::next_definition<decltype(recv)>("recv");
    bench::turns().waits_for_answer();
    return next(socket, bytes, length, flags);
}

int poll(pollfd* sockets, nfds_t count, int timeout) {
    static auto* const next = bench::next_definition<decltype(poll)>("poll");
    const bool to_send =
        std::ranges::any_of(std::span(sockets, count), [](const pollfd& each) { return (each.events & POLLOUT) != 0; });
    if (to_send)
        bench::turns().waits_to_send();
    else if (timeout != 0)
        bench::turns().waits_for_answer();
    return next(sockets, count, timeout);
}

}  // extern "C"
