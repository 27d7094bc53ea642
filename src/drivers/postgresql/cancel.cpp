#include "drivers/postgresql/cancel.hpp"

#include <libpq-fe.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <csignal>
#include <thread>
#include <utility>

namespace aludel::driver::postgresql {

// Shared with the threads that are under way, which may outlive the connection.
struct Canceller::State {
    explicit State(PGconn* connection) : cancel(PQgetCancel(connection)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { PQfreeCancel(cancel); }

    void run() noexcept {
        std::array<char, 256> message{};
        PQcancel(cancel, message.data(), static_cast<int>(message.size()));
        under_way.fetch_sub(1);
    }

    PGcancel* cancel;  // null when there was no memory; PQcancel says so and does nothing
    std::atomic<int> under_way{0};
};

Canceller::Canceller(PGconn* connection) : state_(std::make_shared<State>(connection)) {}

void Canceller::request() noexcept {
    state_->under_way.fetch_add(1);
    // The program's signals are for its own threads.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        std::thread([state = state_] { state->run(); }).detach();
    } catch (...) {
        state_->run();
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool Canceller::settled() const noexcept { return state_->under_way.load() == 0; }

}  // namespace aludel::driver::postgresql
