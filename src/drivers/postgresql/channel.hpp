#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/postgresql/cancel.hpp"
#include "drivers/postgresql/result.hpp"
#include "drivers/postgresql/target.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

struct pg_conn;

namespace aludel::driver::postgresql {

/// A connection as far as waiting goes: every wait for the server is here, and goes through the `Waiter` with a
/// deadline. What has to be sent is queued with libpq's own calls on `handle()`.
class Channel {
  public:
    /// Connects. @throws Failure
    Channel(const Target& target, const ConnectOptions& options, Waiter& waiter);
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    ~Channel() = default;

    pg_conn* handle() const noexcept { return handle_.get(); }
    /// Neither the server nor the client has ended the connection, as far as is known.
    bool is_alive() const noexcept;

    void set_timeout(std::chrono::milliseconds timeout) noexcept { timeout_ = timeout; }
    std::chrono::milliseconds timeout() const noexcept { return timeout_; }

    /// Whether a statement that takes too long is cancelled, or the connection given up at once: what a COMMIT has done
    /// when it is cancelled nobody could tell.
    enum class Overtime : std::uint8_t { cancel, give_up };

    /// Starts the clock for what is sent next. A cancellation that came too late for the statement before is waited
    /// for, so that it does not hit this one.
    void start(Overtime overtime = Overtime::cancel);
    /// The clock starts again, for the next of many answers, or for the rows of a stream that are fetched when they
    /// are asked for.
    void restart() noexcept;
    /// The exchange is over.
    void finish() noexcept { running_ = false; }

    /// Throws what libpq says when one of its sending calls returned 0.
    void require(int sent) const;
    /// Sends what is queued, all of it; what the server says meanwhile is read.
    void send();
    /// The next result: null at the end of the results of a statement.
    ResultPtr next_result();

    /// Tells the server that a COPY has no data, or reads its data and drops them; `next_result` comes next.
    void refuse_copy(const pg_result* result);
    void send_copy_data(std::string_view data);
    /// `error`: why the rows are to be dropped; null: they are complete. `next_result` comes next.
    void end_copy(const char* error);

    /// Any thread: ends the statement that is running.
    void interrupt() noexcept;
    /// For the child of a fork: nothing that happens from now on reaches the server.
    void abandon() noexcept;

  private:
    struct Close {
        void operator()(pg_conn* connection) const noexcept;
    };

    void open(const Target& target);
    void open(const Target& target, const Server& server, const std::string& kind);
    void poll_open(const Target& target, const Server& server);
    void settle_session();
    void set_parameter(std::string_view name, std::string_view value);
    void wait(Waiter::Readiness readiness);
    void overrun(Waiter::Outcome outcome);
    [[noreturn]] void give_up(std::string message);
    Waiter::Clock::time_point deadline_after(std::chrono::milliseconds time) const noexcept;
    static void on_notice(void* self, const pg_result* notice) noexcept;

    std::unique_ptr<pg_conn, Close> handle_;
    Waiter& waiter_;
    NoticeSink notice_;
    std::chrono::milliseconds timeout_;
    Waiter::Clock::time_point deadline_ = Waiter::no_deadline;
    std::optional<Canceller> canceller_;
    std::atomic<bool> running_{false};
    Overtime overtime_ = Overtime::cancel;
    bool stopping_ = false;  // the server was asked to end the statement
    bool given_up_ = false;
    bool cancelled_ = false;  // while it connected
};

}  // namespace aludel::driver::postgresql
