#include "drivers/postgresql/session.hpp"

#include "drivers/postgresql/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <iterator>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

bool is_error(ExecStatusType status) noexcept {
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_PIPELINE_ABORTED;
}

}  // namespace

Session::Session(const Target& target, const ConnectOptions& options, Waiter& waiter)
    : channel_(target, options, waiter),
      ping_limit_(target.connect_timeout),
      capacity_(options.prepared_cache_size),
      level_(options.isolation_level) {}

Session::~Session() {
    index_.clear();
    kept_.clear();
}

CursorPtr Session::prepare(std::string_view sql) {
    if (sql.find('\0') != std::string_view::npos)
        throw failure_of("42601", "the statement holds a NUL character, where PostgreSQL would stop reading");
    const auto found = index_.find(sql);
    if (found != index_.end() && !found->second->in_use) {
        kept_.splice(kept_.begin(), kept_, found->second);
        found->second->in_use = true;
        return CursorPtr{&*found->second};
    }
    // While it is in use, the same text gets a statement of its own, which is not kept.
    if (found != index_.end() || capacity_ == 0) return CursorPtr{new Statement(*this, sql, false)};
    evict();
    Statement& statement = kept_.emplace_front(*this, sql, true);
    try {
        index_.emplace(statement.sql(), kept_.begin());
    } catch (...) {
        kept_.pop_front();
        throw;
    }
    statement.in_use = true;
    return CursorPtr{&statement};
}

void Session::evict() {
    for (auto last = kept_.end(); kept_.size() >= capacity_ && last != kept_.begin();) {
        --last;
        if (last->in_use) continue;
        drop_name(last->forget_name());
        index_.erase(last->sql());
        last = kept_.erase(last);
    }
}

void Session::take_back(Statement& statement) noexcept {
    if (statement.is_kept())
        statement.in_use = false;
    else
        delete &statement;
}

std::string Session::new_name() { return fmt::format("aludel_{}", ++names_); }

void Session::drop_name(std::string name) {
    if (!name.empty()) dropped_.push_back(std::move(name));
}

bool Session::is_in_sent_block() const noexcept {
    return pending_begin_.empty() && PQtransactionStatus(handle()) == PQTRANS_INTRANS;
}

bool Session::is_in_live_block() const noexcept { return !pending_begin_.empty() || is_in_sent_block(); }

void Session::drop_cursor(std::string name, std::uint64_t epoch) {
    if (epoch == cursor_epoch_) closing_.push_back(std::move(name));
}

void Session::forget_cursors() noexcept {
    closing_.clear();
    ++cursor_epoch_;
}

void Session::note_command(std::string_view tag) {
    if (tag.starts_with("ROLLBACK") || tag.starts_with("COMMIT") || tag.starts_with("PREPARE T")) forget_cursors();
    if (tag == "DISCARD ALL" || tag == "DISCARD" || tag == "DEALLOCATE ALL") forget_names();
}

void Session::forget_names() noexcept {
    for (Statement& statement : kept_) static_cast<void>(statement.forget_name());
    dropped_.clear();
}

void Session::open_exchange(bool pipelined) {
    if (streaming_) streaming_->buffer_rest();
    channel_.start();
    leading_.clear();
    leading_begin_ = std::exchange(pending_begin_, {});
    if (!leading_begin_.empty()) leading_.push_back(leading_begin_);
    in_block_ = PQtransactionStatus(handle()) != PQTRANS_IDLE || !leading_begin_.empty();
    if (PQtransactionStatus(handle()) == PQTRANS_INTRANS)
        for (const std::string& name : std::exchange(closing_, {})) leading_.push_back("CLOSE " + name);
    // In a transaction that has failed the server refuses them; they are few, and wait.
    if (pipelined && PQtransactionStatus(handle()) != PQTRANS_INERROR)
        for (const std::string& name : std::exchange(dropped_, {})) leading_.push_back("DEALLOCATE " + name);
    pipelined_ = pipelined || !leading_.empty();
    open_ = true;
    if (!pipelined_) return;
    channel_.require(PQenterPipelineMode(handle()));
    for (const std::string& sql : leading_) queue(sql.c_str());
}

void Session::queue(const char* sql) {
    channel_.require(PQsendQueryParams(handle(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0));
}

void Session::dispatch() {
    if (pipelined_) channel_.require(PQpipelineSync(handle()));
    channel_.send();
}

void Session::require_success(std::string_view sql) {
    ResultPtr result = channel_.next_result();
    if (!result || is_error(PQresultStatus(result.get()))) fail(std::move(result), sql);
    while (channel_.next_result()) {}
}

void Session::require_leading_success() {
    for (const std::string& sql : leading_) require_success(sql);
}

void Session::close_exchange() {
    // In a pipeline a null ends each statement, the synchronisation point all of them.
    for (int nulls = 0; nulls < 2;) {
        const ResultPtr result = channel_.next_result();
        if (result) {
            nulls = 0;
            if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
        } else if (++nulls == 2 || !pipelined_ || !channel_.is_alive()) {
            break;
        }
    }
    if (std::exchange(pipelined_, false)) PQexitPipelineMode(handle());
    open_ = false;
    channel_.finish();
}

void Session::cancel_exchange() noexcept {
    if (!open_) return;
    try {
        if (channel_.is_alive()) {
            dispatch();
            close_exchange();
        }
    } catch (const std::exception&) {
        // The connection says so at its next use.
    }
    pipelined_ = open_ = false;
    channel_.finish();
}

void Session::fail(ResultPtr result, std::string_view sql) {
    Failure failure = result ? failure_of(handle(), result.get(), sql) : connection_failure(handle());
    result.reset();
    try {
        close_exchange();
    } catch (const Failure&) {
        failure.disconnected = true;
    }
    failure.disconnected |= !channel_.is_alive();
    throw failure;
}

void Session::refuse_copy(ResultPtr result, std::string_view sql) {
    channel_.refuse_copy(result.get());
    result = channel_.next_result();
    if (result && is_error(PQresultStatus(result.get()))) fail(std::move(result), sql);
    close_exchange();
    throw failure_of("0A000", "COPY to the client has no place here: SELECT the rows, or copy to a file of the server");
}

bool Session::start_over() {
    if (!channel_.is_alive() || open_) return false;
    if (leading_begin_.empty()) return PQtransactionStatus(handle()) == PQTRANS_IDLE && !in_block_;
    std::string begin = std::exchange(leading_begin_, {});
    run("ROLLBACK");
    pending_begin_ = std::move(begin);
    return true;
}

void Session::run(const std::string& sql, Channel::Overtime overtime) {
    if (streaming_) streaming_->buffer_rest();
    channel_.start(overtime);
    leading_begin_.clear();
    pipelined_ = false;
    open_ = true;
    channel_.require(PQsendQuery(handle(), sql.c_str()));
    dispatch();
    for (;;) {
        ResultPtr result = channel_.next_result();
        if (!result) break;
        const auto status = PQresultStatus(result.get());
        if (is_error(status)) fail(std::move(result), sql);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) refuse_copy(std::move(result), sql);
        note_command(PQcmdStatus(result.get()));
    }
    open_ = false;
    channel_.finish();
    if (!channel_.is_alive()) throw connection_failure(handle());
}

void Session::execute_script(std::string_view sql) {
    if (sql.find('\0') != std::string_view::npos)
        throw failure_of("42601", "the script holds a NUL character, where PostgreSQL would stop reading");
    send_pending_begin();
    run(std::string{sql});
}

// Whoever asks does not want to wait for a server that is gone.
bool Session::ping() noexcept {
    const auto timeout = channel_.timeout();
    if (timeout.count() == 0) channel_.set_timeout(ping_limit_);
    bool answered = false;
    try {
        run("", Channel::Overtime::give_up);
        answered = true;
    } catch (...) {
        // That it failed is the answer.
        answered = false;
    }
    channel_.set_timeout(timeout);
    return answered;
}

std::string Session::server_version() {
    // "15.14 (Debian 15.14-1.pgdg)" on some servers.
    const char* version = PQparameterStatus(handle(), "server_version");
    const std::string_view text{version ? version : ""};
    return std::string{text.substr(0, text.find(' '))};
}

}  // namespace aludel::driver::postgresql
