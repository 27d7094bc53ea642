#include "engine/connection_core.hpp"

#include <aludel/base/error.hpp>

#include "engine/parameters_text.hpp"
#include "engine/translate.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

ConnectionCore::ConnectionCore(std::shared_ptr<EngineCore> engine)
    : engine_(std::move(engine)), level_(engine_->options().isolation_level) {}

ConnectionCore::~ConnectionCore() { close(); }

std::unique_lock<std::recursive_mutex> ConnectionCore::lock() const {
    return lease_.mutex ? std::unique_lock{*lease_.mutex} : std::unique_lock<std::recursive_mutex>{};
}

StatementContext ConnectionCore::context(std::string_view sql, std::string parameters) const {
    // A statement without parameters has none to show, and none to hide.
    if (parameters == no_parameters) return {std::string{sql}, {}, false};
    return {std::string{sql}, std::move(parameters), engine_->options().hide_parameters};
}

driver::Connection& ConnectionCore::require_lease() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    if (!lease_) {
        lease_ = engine_->pool().take();
        if (level_changed_) {
            try {
                lease_.connection->set_isolation_level(level_);
            } catch (const driver::Failure& failure) {
                fail(failure, {}, {});
            }
        }
    }
    return *lease_.connection;
}

void ConnectionCore::fail_lost() const {
    throw PendingRollbackError(fmt::format(
        "This connection's transaction is lost: {}. Call rollback() on it before it can be used again.", lost_reason_));
}

// Throws unless a statement may be sent.
void ConnectionCore::require_usable() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    if (!lost_reason_.empty()) fail_lost();
    require_lease();
}

// What a failure means for the transaction and for the connection.
void ConnectionCore::note_failure(const driver::Failure& failure) {
    if (!lease_) return;
    if (is_disconnect(failure, engine_->dialect())) {
        if (root_) lost_reason_ = fmt::format("the connection to the database broke ({})", failure.message);
        invalidate();
        return;
    }
    const bool should_be_open = root_ && level_ != IsolationLevel::autocommit && !lease_.is_shared();
    if (should_be_open && !lease_.connection->in_transaction())
        lost_reason_ = fmt::format("the database rolled it back after a failure ({})", failure.message);
}

void ConnectionCore::fail(const driver::Failure& failure, std::string_view sql, std::string parameters) {
    note_failure(failure);
    throw_translated(failure, engine_->dialect(), context(sql, std::move(parameters)));
}

void ConnectionCore::end_cursors() noexcept {
    while (cursors_) cursors_->finish(RowCursor::State::ended_by_transaction);
}

void ConnectionCore::close() noexcept {
    if (closed_) return;
    end_cursors();
    if (root_) {
        try {
            rollback();
        } catch (...) {
            // The connection was thrown away where it could not roll back, which ends the transaction as well.
        }
    }
    end_transaction();
    closed_ = true;
    give_lease_back();
}

// A connection goes back as it came: without a transaction, with the engine's isolation level.
void ConnectionCore::give_lease_back() noexcept {
    if (!lease_) return;
    auto guard = lock();
    bool clean = true;
    try {
        // A transaction that the user began by text is unknown here. On a shared connection it may be another user's.
        if (!lease_.is_shared() && lease_.connection->in_transaction()) lease_.connection->rollback();
        if (level_changed_) lease_.connection->set_isolation_level(engine_->options().isolation_level);
    } catch (...) {
        clean = false;
    }
    guard = {};
    Lease lease = std::exchange(lease_, Lease{});
    clean ? engine_->pool().give_back(std::move(lease)) : engine_->pool().discard(std::move(lease));
}

void ConnectionCore::invalidate() noexcept {
    if (!lease_) return;
    end_cursors();
    if (root_ && lost_reason_.empty()) lost_reason_ = "its connection was invalidated";
    Lease lease = std::exchange(lease_, Lease{});
    engine_->pool().discard(std::move(lease));
}

void ConnectionCore::interrupt() const noexcept {
    if (lease_) lease_.connection->interrupt();
}

std::string ConnectionCore::server_version() {
    require_lease();
    auto guard = lock();
    try {
        return lease_.connection->server_version();
    } catch (const driver::Failure& failure) {
        fail(failure, {}, {});
    }
}

}  // namespace aludel::detail
