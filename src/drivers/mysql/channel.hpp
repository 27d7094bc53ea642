#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/waiter.hpp>

#include "drivers/mysql/target.hpp"

#include <mysql.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::driver::mysql {

/// The client's handle, and the one place where the driver waits for the server.
///
/// Every call that may wait is one of the client's non-blocking pairs, run by `await` between `begin_command` and
/// `end_command`. A command that takes longer than its time, or that the waiter cancels, is killed over a second
/// connection; when its answer does not come then either, the socket is shut down and the connection is lost.
class Channel {
  public:
    /// Opens the connection, as far as the client's handshake.
    /// @throws Failure.
    Channel(Target target, Waiter& waiter);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    st_mysql* handle() const noexcept { return handle_; }
    const Target& target() const noexcept { return target_; }
    bool is_lost() const noexcept { return lost_; }
    bool is_running() const noexcept { return running_; }
    unsigned long thread_id() const noexcept { return thread_id_; }

    void set_command_timeout(std::chrono::milliseconds timeout) noexcept { timeout_ = timeout; }

    /// @throws Failure when the connection is lost.
    void begin_command();
    /// The same for a command that has a time limit of its own.
    void begin_command(std::chrono::milliseconds timeout);
    /// The command goes on with new time, as after a pause of its user.
    void renew_deadline() noexcept;
    /// What is left of the command gets this much time.
    void limit_command(std::chrono::milliseconds limit) noexcept;
    /// The command's answer has been read.
    void end_command() noexcept;

    /// Runs a call of the client to its end and returns what it returned.
    template <class Result, class Handle, class... Parameters, class... Arguments>
    Result await(int (*start)(Result*, Handle*, Parameters...), int (*go_on)(Result*, Handle*, int), Handle* handle,
                 Arguments... arguments) {
        Result result{};
        int status = start(&result, handle, static_cast<Parameters>(arguments)...);
        while (status != 0) status = go_on(&result, handle, wait(status));
        return result;
    }

    /// The failure of the call before, for throwing. Notes when the connection is lost with it.
    Failure failure();
    Failure failure(MYSQL_STMT& statement);

    /// Kills the command that runs, if one does. May be called from any thread.
    void interrupt() noexcept;

    /// Replaces the descriptor, so that closing says nothing to the server.
    void abandon() noexcept;

    /// Opens a new connection in place of this one. The old handle stays as it is for the statements that read from its
    /// memory.
    void reopen();

    /// A statement of this connection, not prepared yet. @throws Failure.
    MYSQL_STMT* new_statement();
    /// Closes a statement now, before the next command when one is running, or together with its handle when the
    /// connection is lost or about to be closed.
    void close(MYSQL_STMT* statement) noexcept;
    /// No command will follow: what is closed from now on is not told to the server, which forgets it anyway.
    void expect_close() noexcept { closing_ = true; }

  private:
    enum class Stage : std::uint8_t { connecting, idle, running, cancelling, given_up };
    /// Whether the channel may open another one to kill its command.
    enum class Role : std::uint8_t { user, killer };

    Channel(const Target& target, Waiter& waiter, Role role, std::chrono::milliseconds limit);

    void open();
    void set_options();
    void set_tls_options();
    void check_tls();
    void limit_handshake(int socket) noexcept;
    void close_handle(st_mysql* handle) noexcept;
    void close_deferred() noexcept;
    void close_retired() noexcept;
    int wait(int status);
    void note_time() noexcept;
    void spare_own_time() noexcept;
    void escalate(Waiter::Outcome reason);
    void give_up(std::string why) noexcept;
    bool kill(Waiter& waiter) noexcept;
    Failure noted(Failure failure);

    Target target_;
    Waiter& waiter_;
    Waiter own_waiter_;  // for what must go on although the user's waiter has cancelled
    Waiter* waits_with_;
    st_mysql* handle_ = nullptr;
    std::vector<st_mysql*> retired_;
    std::vector<MYSQL_STMT*> orphans_;   // closed after their handle; has room for all statements
    std::vector<MYSQL_STMT*> deferred_;  // closed before the next command; has room for all statements
    std::size_t statements_ = 0;         // that are neither closed nor orphans
    unsigned long thread_id_ = 0;
    std::chrono::milliseconds timeout_{};
    Waiter::Clock::time_point deadline_ = Waiter::no_deadline;
    Waiter::Clock::time_point waited_ = {};  // until when a command with a deadline has waited
    Stage stage_ = Stage::connecting;
    Role role_ = Role::user;
    bool lost_ = false;
    bool abandoned_ = false;
    bool closing_ = false;
    std::string why_;  // given up
    std::mutex kill_mutex_;
    bool running_ = false;  // guarded by kill_mutex_ for other threads
};

/// One command of a channel: begins it, and ends it unless it goes on beyond the scope.
class Command {
  public:
    explicit Command(Channel& channel) : channel_(&channel) { channel.begin_command(); }
    Command(Channel& channel, std::chrono::milliseconds timeout) : channel_(&channel) {
        channel.begin_command(timeout);
    }
    ~Command() {
        if (channel_) channel_->end_command();
    }
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;

    /// The answer will be read later; whoever reads it ends the command.
    void leave_open() noexcept { channel_ = nullptr; }

  private:
    Channel* channel_;
};

}  // namespace aludel::driver::mysql
