// The part of ConnectionCore that begins and ends transactions.
#include <aludel/base/error.hpp>

#include "engine/connection_core.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

namespace {

constexpr std::string_view autocommit_note = "nothing is sent in autocommit mode";

std::string logged(std::string_view command, IsolationLevel level) {
    if (level != IsolationLevel::autocommit) return std::string{command};
    return fmt::format("{} ({})", command, autocommit_note);
}

}  // namespace

// The transaction of the database, which those who share a connection have in common: whoever comes first begins it,
// and another's COMMIT or ROLLBACK may have ended it since this connection's last statement.
void ConnectionCore::join_database_transaction() {
    if (level_ == IsolationLevel::autocommit || lease_.connection->in_transaction()) return;
    lease_.connection->begin();
}

void ConnectionCore::autobegin() {
    if (root_) return;
    auto& logger = engine_->logger();
    if (logger.is_on())
        logger.message(LogKind::begin, level_ == IsolationLevel::autocommit
                                           ? fmt::format("BEGIN (implicit; {})", autocommit_note)
                                           : "BEGIN (implicit)");
    try {
        auto guard = lock();
        join_database_transaction();
    } catch (const driver::Failure& failure) {
        fail(failure, "BEGIN", {});
    }
    root_ = std::make_shared<TransactionState>();
    root_->connection = this;
    savepoints_ = 0;
}

void ConnectionCore::begin_by_hand() {
    require_usable();
    if (root_)
        throw InvalidRequestError(
            "A transaction has begun already on this connection, by begin() or by its first statement; call commit() "
            "or "
            "rollback() before begin().");
    autobegin();
}

std::shared_ptr<TransactionState> ConnectionCore::begin_nested() {
    require_usable();
    autobegin();
    auto state = std::make_shared<TransactionState>();
    state->savepoint = fmt::format("sa_savepoint_{}", ++savepoints_);
    savepoint_command("SAVEPOINT", state->savepoint);
    state->connection = this;
    nested_.push_back(state);
    return state;
}

void ConnectionCore::savepoint_command(std::string_view command, const std::string& name) {
    run_text(fmt::format("{} {}", command, name), {}, {CacheStatus::no_key, {}});
}

void ConnectionCore::end_nested_from(std::size_t index) noexcept {
    for (std::size_t i = index; i < nested_.size(); ++i) nested_[i]->connection = nullptr;
    nested_.resize(std::min(index, nested_.size()));
}

void ConnectionCore::end_transaction() noexcept {
    end_nested_from(0);
    if (root_) root_->connection = nullptr;
    root_.reset();
    lost_reason_.clear();
}

std::size_t ConnectionCore::index_of(const TransactionState& state) const noexcept {
    std::size_t index = 0;
    while (index < nested_.size() && nested_[index].get() != &state) ++index;
    return index;
}

void ConnectionCore::commit() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    if (!root_) return;
    if (!lost_reason_.empty()) fail_lost();
    end_cursors();
    engine_->logger().message(LogKind::commit, logged("COMMIT", level_));
    try {
        auto guard = lock();
        if (level_ != IsolationLevel::autocommit && lease_.connection->in_transaction()) lease_.connection->commit();
    } catch (const driver::Failure& failure) {
        fail(failure, "COMMIT", {});
    }
    end_transaction();
}

void ConnectionCore::roll_database_back() {
    auto guard = lock();
    if (level_ != IsolationLevel::autocommit && lease_.connection->in_transaction()) lease_.connection->rollback();
}

void ConnectionCore::rollback() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    if (!root_) return;
    end_cursors();
    end_transaction();
    if (!lease_) return;  // it went with its connection
    engine_->logger().message(LogKind::rollback, logged("ROLLBACK", level_));
    try {
        roll_database_back();
    } catch (const driver::Failure& failure) {
        // In an unknown state: not to be used again, by nobody.
        invalidate();
        fail(failure, "ROLLBACK", {});
    }
}

void ConnectionCore::commit(TransactionState& state) {
    if (state.savepoint.empty()) return commit();
    if (!lost_reason_.empty()) fail_lost();
    const auto index = index_of(state);
    end_cursors();
    savepoint_command("RELEASE SAVEPOINT", state.savepoint);
    end_nested_from(index);
}

void ConnectionCore::rollback(TransactionState& state) {
    if (state.savepoint.empty()) return rollback();
    const auto index = index_of(state);
    end_nested_from(index);
    if (!lost_reason_.empty()) return;  // it went with its transaction
    end_cursors();
    savepoint_command("ROLLBACK TO SAVEPOINT", state.savepoint);
}

void ConnectionCore::set_isolation_level(IsolationLevel level) {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    engine_->check_isolation_level(level);
    if (level == IsolationLevel::database_default) level = engine_->options().isolation_level;
    if (level == level_) return;
    if (root_)
        throw InvalidRequestError(
            "The isolation level cannot change inside a transaction; call commit() or rollback() first.");
    require_lease();
    try {
        auto guard = lock();
        lease_.connection->set_isolation_level(level);
    } catch (const driver::Failure& failure) {
        fail(failure, {}, {});
    }
    level_ = level;
    level_changed_ = true;
}

}  // namespace aludel::detail
