#include "drivers/postgresql/channel.hpp"

#include "drivers/postgresql/failure.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <utility>
#include <vector>

namespace aludel::driver::postgresql {

namespace {

using Outcome = Waiter::Outcome;
using Readiness = Waiter::Readiness;

// How long the server may take to end a statement that it was asked to end.
constexpr std::chrono::milliseconds grace{5000};

std::string seconds_text(std::chrono::milliseconds time) {
    return fmt::format("{} s", static_cast<double>(time.count()) / 1000);
}

}  // namespace

void ClearResult::operator()(PGresult* result) const noexcept { PQclear(result); }
void Channel::Close::operator()(PGconn* connection) const noexcept { PQfinish(connection); }

Channel::Channel(const Target& target, const ConnectOptions& options, Waiter& waiter)
    : waiter_(waiter), notice_(options.notice), timeout_(options.statement_timeout) {
    open(target);
    PQsetnonblocking(handle_.get(), 1);
    canceller_.emplace(handle_.get());
    settle_session();
}

// Tries the servers in turn. libpq would do that, too, but without a deadline for each of them.
void Channel::open(const Target& target) {
    // A standby if there is one, else any server: that takes two rounds.
    std::vector<std::string> kinds{target.session_kind};
    if (target.session_kind == "prefer-standby") kinds = {"standby", "any"};
    std::string messages;
    for (const std::string& kind : kinds) {
        for (const Server& server : target.servers) {
            try {
                return open(target, server, kind);
            } catch (const Failure& failure) {
                if (cancelled_) throw;
                messages.append(messages.empty() ? "" : "\n").append(failure.message);
            }
        }
    }
    Failure failure = lost_failure(std::move(messages));
    failure.sqlstate.clear();  // libpq does not tell it
    throw failure;
}

// Looking up a host's name is the one thing that libpq does not do step by step.
void Channel::open(const Target& target, const Server& server, const std::string& kind) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    const auto add = [&](const char* name, const std::string& value) {
        if (value.empty()) return;
        names.push_back(name);
        values.push_back(value.c_str());
    };
    add("host", server.host);
    add("hostaddr", server.address);
    add("port", server.port);
    add("target_session_attrs", kind);
    for (const auto& [name, value] : target.parameters) add(name.c_str(), value);
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_.reset(PQconnectStartParams(names.data(), values.data(), 0));
    if (!handle_) throw lost_failure("there is no memory for a connection");
    PQsetNoticeReceiver(handle_.get(), &Channel::on_notice, this);
    poll_open(target, server);
    if (PQstatus(handle_.get()) != CONNECTION_OK) throw connection_failure(handle_.get());
}

void Channel::poll_open(const Target& target, const Server& server) {
    PGconn* connection = handle_.get();
    const auto deadline = deadline_after(target.connect_timeout);
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (PQstatus(connection) != CONNECTION_BAD && state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        const auto readiness = state == PGRES_POLLING_READING ? Readiness::read : Readiness::write;
        const Outcome outcome = waiter_.wait(PQsocket(connection), readiness, deadline);
        if (outcome == Outcome::cancelled) {
            cancelled_ = true;
            throw lost_failure(fmt::format("connection to server at {} failed: it was cancelled", server.place()));
        }
        if (outcome == Outcome::timed_out)
            throw lost_failure(fmt::format("connection to server at {} failed: it did not answer within {}",
                                           server.place(), seconds_text(target.connect_timeout)));
        state = PQconnectPoll(connection);
    }
}

// What the text of statements and values relies on. Servers have it by default, so that asking costs nothing.
void Channel::settle_session() {
    set_parameter("standard_conforming_strings", "on");
    set_parameter("IntervalStyle", "postgres");
    const char* date_style = PQparameterStatus(handle_.get(), "DateStyle");
    if (date_style && !std::string_view{date_style}.starts_with("ISO")) set_parameter("DateStyle", "ISO");
}

void Channel::set_parameter(std::string_view name, std::string_view value) {
    const std::string key{name};
    const char* now = PQparameterStatus(handle_.get(), key.c_str());
    if (!now || now == value) return;
    start();
    require(PQsendQuery(handle_.get(), fmt::format("SET {} = {}", name, value).c_str()));
    send();
    while (const ResultPtr result = next_result())
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw failure_of(handle_.get(), result.get(), {});
    finish();
}

bool Channel::is_alive() const noexcept { return !given_up_ && handle_ && PQstatus(handle_.get()) == CONNECTION_OK; }

Waiter::Clock::time_point Channel::deadline_after(std::chrono::milliseconds time) const noexcept {
    return time.count() <= 0 ? Waiter::no_deadline : Waiter::Clock::now() + time;
}

void Channel::start(Overtime overtime) {
    if (given_up_) throw lost_failure("the connection was given up, since the server did not answer");
    const auto limit = Waiter::Clock::now() + grace;
    constexpr std::chrono::milliseconds step{1};
    while (!canceller_->settled()) {
        Outcome outcome = waiter_.pause(step, limit);
        if (outcome == Outcome::cancelled) outcome = waiter_.Waiter::pause(step, limit);
        if (outcome == Outcome::timed_out)
            give_up("the server does not answer to a request to cancel a statement; the connection is given up");
    }
    overtime_ = overtime;
    stopping_ = false;
    restart();
    running_ = true;
}

void Channel::restart() noexcept {
    if (!stopping_) deadline_ = deadline_after(timeout_);
}

void Channel::wait(Readiness readiness) {
    const int descriptor = PQsocket(handle_.get());
    Outcome outcome = waiter_.wait(descriptor, readiness, deadline_);
    // It has cancelled already, and may go on saying so; what is left is short.
    if (outcome == Outcome::cancelled && stopping_) outcome = waiter_.Waiter::wait(descriptor, readiness, deadline_);
    if (outcome != Outcome::ready) overrun(outcome);
}

void Channel::overrun(Outcome outcome) {
    if (stopping_)
        give_up(
            fmt::format("the server did not end the statement within {} of being asked to; the connection is given up",
                        seconds_text(grace)));
    if (overtime_ == Overtime::give_up)
        give_up(fmt::format(
            "the server did not answer {}; the connection is given up",
            outcome == Outcome::cancelled ? "before the wait was cancelled" : "within " + seconds_text(timeout_)));
    canceller_->request();
    stopping_ = true;
    deadline_ = Waiter::Clock::now() + grace;
}

void Channel::give_up(std::string message) {
    given_up_ = true;
    running_ = false;
    throw lost_failure(std::move(message));
}

void Channel::require(int sent) const {
    if (sent == 1) return;
    Failure failure = connection_failure(handle_.get());
    // What libpq refuses without asking the server is a wrong statement, such as one with too many parameters.
    if (!failure.disconnected) failure.sqlstate = "54000";
    throw failure;
}

void Channel::send() {
    while (const int rest = PQflush(handle_.get())) {
        if (rest < 0) return;  // the server's last words are read as the result
        wait(Readiness::read_or_write);
        if (PQconsumeInput(handle_.get()) == 0) return;
    }
}

ResultPtr Channel::next_result() {
    PGconn* connection = handle_.get();
    while (PQisBusy(connection)) {
        const int rest = PQflush(connection);
        wait(rest == 1 ? Readiness::read_or_write : Readiness::read);
        if (PQconsumeInput(connection) == 0) break;  // PQgetResult makes a result of the error
    }
    return ResultPtr{PQgetResult(connection)};
}

void Channel::refuse_copy(const PGresult* result) {
    PGconn* connection = handle_.get();
    if (PQresultStatus(result) == PGRES_COPY_IN) return end_copy("a statement has no data to copy");
    for (;;) {
        char* data = nullptr;
        const int size = PQgetCopyData(connection, &data, 1);
        PQfreemem(data);
        if (size < 0) return;
        if (size > 0) continue;
        wait(Readiness::read);
        if (PQconsumeInput(connection) == 0) return;
    }
}

void Channel::send_copy_data(std::string_view data) {
    restart();
    for (;;) {
        const int taken = PQputCopyData(handle_.get(), data.data(), static_cast<int>(data.size()));
        if (taken < 0) throw connection_failure(handle_.get());
        if (taken > 0) return send();
        wait(Readiness::read_or_write);
        PQconsumeInput(handle_.get());
    }
}

void Channel::end_copy(const char* error) {
    for (;;) {
        const int taken = PQputCopyEnd(handle_.get(), error);
        if (taken < 0) throw connection_failure(handle_.get());
        if (taken > 0) return send();
        wait(Readiness::read_or_write);
        PQconsumeInput(handle_.get());
    }
}

void Channel::interrupt() noexcept {
    if (running_) canceller_->request();
}

// The socket is the parent's, too: what libpq says when it closes must not arrive there.
void Channel::abandon() noexcept {
    given_up_ = true;
    const int descriptor = PQsocket(handle_.get());
    if (descriptor < 0) return;
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0 || ::dup2(nowhere, descriptor) < 0) {
        [[maybe_unused]] const PGconn* leaked = handle_.release();  // rather a leak than a word to the server
        return;
    }
    ::close(nowhere);
}

void Channel::on_notice(void* self, const PGresult* notice) noexcept {
    const auto& sink = static_cast<Channel*>(self)->notice_;
    if (!sink) return;
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY);
    const char* message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    try {
        sink(severity ? severity : "", message ? message : PQresultErrorMessage(notice));
    } catch (...) {
        // Nothing may pass through libpq's frames, and no statement fails because of the log.
        return;
    }
}

}  // namespace aludel::driver::postgresql
