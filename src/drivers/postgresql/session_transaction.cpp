// The part of Session that begins and ends transactions.
#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/session.hpp"

#include <aludel/engine/options.hpp>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <utility>

namespace aludel::driver::postgresql {

namespace {

// The id as a literal. Backslashes mean nothing in it, since the connection has standard_conforming_strings.
std::string quoted(std::string_view id) {
    if (id.find('\0') != std::string_view::npos)
        throw failure_of("22021", "the id of a prepared transaction holds a NUL character");
    std::string text = "'";
    for (const char c : id) text.append(c == '\'' ? 2 : 1, c);
    return text += '\'';
}

}  // namespace

std::string Session::begin_text() const {
    std::string text = "BEGIN";
    if (level_ != IsolationLevel::database_default && level_ != IsolationLevel::autocommit)
        text.append(" ISOLATION LEVEL ").append(to_string(level_));
    if (access_.read_only) text += " READ ONLY";
    if (access_.deferrable) text += " DEFERRABLE";
    return text;
}

void Session::begin() {
    forget_cursors();
    pending_begin_ = begin_text();
}

void Session::send_pending_begin() {
    if (pending_begin_.empty()) return;
    run(std::exchange(pending_begin_, {}));
}

// Ends a transaction by a command that the server answers with its own name, unless the transaction had failed.
void Session::end_transaction(const std::string& sql) {
    const bool had_failed = PQtransactionStatus(handle()) == PQTRANS_INERROR;
    run(sql, Channel::Overtime::give_up);
    if (had_failed)
        throw failure_of("25P02", "the transaction was rolled back instead, since a statement in it had failed before");
}

void Session::commit() {
    if (!std::exchange(pending_begin_, {}).empty()) return;
    end_transaction("COMMIT");
}

void Session::rollback() {
    if (!std::exchange(pending_begin_, {}).empty()) return;
    run("ROLLBACK");
}

bool Session::in_transaction() const noexcept {
    if (!channel_.is_alive()) return false;
    if (!pending_begin_.empty()) return true;
    switch (PQtransactionStatus(handle())) {
        case PQTRANS_INTRANS:
        case PQTRANS_INERROR: return true;
        case PQTRANS_ACTIVE: return in_block_;
        default: return false;
    }
}

void Session::set_isolation_level(IsolationLevel level) {
    level_ = level;
    settle_access();
}

void Session::set_access(TransactionAccess access) {
    access_ = access;
    settle_access();
}

// Outside of transactions there is no BEGIN that could say it.
void Session::settle_access() {
    const TransactionAccess wanted = level_ == IsolationLevel::autocommit ? access_ : TransactionAccess{};
    if (wanted == settled_access_) return;
    run(fmt::format("SET SESSION CHARACTERISTICS AS TRANSACTION READ {}, {}DEFERRABLE",
                    wanted.read_only ? "ONLY" : "WRITE", wanted.deferrable ? "" : "NOT "));
    settled_access_ = wanted;
}

void Session::begin_two_phase(std::string_view id) {
    static_cast<void>(quoted(id));
    begin();
}

void Session::prepare_two_phase(std::string_view id) {
    const std::string sql = "PREPARE TRANSACTION " + quoted(id);
    send_pending_begin();
    end_transaction(sql);
}

void Session::commit_prepared(std::string_view id) { run("COMMIT PREPARED " + quoted(id), Channel::Overtime::give_up); }

void Session::rollback_prepared(std::string_view id) { run("ROLLBACK PREPARED " + quoted(id)); }

std::vector<std::string> Session::prepared_ids() {
    std::vector<std::string> ids;
    auto cursor = prepare("SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared");
    cursor->execute();
    while (cursor->next()) ids.emplace_back(cursor->row()[0].text());
    return ids;
}

}  // namespace aludel::driver::postgresql
