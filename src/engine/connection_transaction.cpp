// The part of ConnectionCore that begins and ends transactions.
#include <aludel/base/error.hpp>

#include "engine/connection_core.hpp"
#include "engine/translate.hpp"

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

// Before each statement: the database's transaction may have ended since the last one without a failure. On a database
// that commits data definition by itself the statement did that, and those who share a connection have its transaction
// in common: whoever comes first begins it, and another's COMMIT or ROLLBACK ends it.
void ConnectionCore::join_database_transaction() {
    if (settings_.level == IsolationLevel::autocommit || lease_.connection->in_transaction()) return;
    lease_.connection->begin();
}

void ConnectionCore::autobegin() {
    if (!root_) begin_now({});
}

void ConnectionCore::begin_now(std::string_view xid) {
    auto& logger = engine_->logger();
    if (logger.is_on())
        logger.message(LogKind::begin, settings_.level == IsolationLevel::autocommit
                                           ? fmt::format("BEGIN (implicit; {})", autocommit_note)
                                       : xid.empty() ? "BEGIN (implicit)"
                                                     : "BEGIN TWOPHASE (implicit)");
    try {
        auto guard = lock();
        xid.empty() ? join_database_transaction() : lease_.connection->begin_two_phase(xid);
    } catch (const driver::Failure& failure) {
        fail(failure, "BEGIN", {});
    }
    root_ = std::make_shared<TransactionState>();
    root_->connection = this;
    root_->xid = xid;
    savepoints_ = 0;
}

void ConnectionCore::begin_by_hand() {
    require_usable();
    if (root_)
        throw InvalidRequestError(
            "A transaction has begun already on this connection, by begin() or by its first statement; call commit() "
            "or rollback() before begin().");
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

void ConnectionCore::end_in_database() {
    if (settings_.level == IsolationLevel::autocommit) return;
    if (!root_->xid.empty()) {
        if (!root_->prepared) lease_.connection->prepare_two_phase(root_->xid);
        root_->prepared = true;
        lease_.connection->commit_prepared(root_->xid);
    } else if (lease_.connection->in_transaction()) {
        lease_.connection->commit();
    }
}

// A connection can break behind the answer of a statement that succeeded. What the transaction did is lost then, for
// certain, since no COMMIT was sent.
void ConnectionCore::require_connected_for_commit() {
    const bool sends_nothing = settings_.level == IsolationLevel::autocommit || root_->prepared;
    if (sends_nothing || !lease_.connection->is_lost()) return;
    driver::Failure failure;
    failure.message = "the connection to the database broke before the COMMIT was sent";
    failure.disconnected = true;
    fail(failure, "COMMIT", {});
}

void ConnectionCore::commit() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    leave_parent();
    if (!root_) return;
    take_prepared_over();
    if (!lost_reason_.empty()) fail_lost();
    end_cursors();
    require_connected_for_commit();
    engine_->logger().message(LogKind::commit, logged("COMMIT", settings_.level));
    try {
        auto guard = lock();
        end_in_database();
    } catch (const driver::Failure& failure) {
        fail_commit(failure, "COMMIT");
    }
    end_transaction();
}

// A prepared transaction does not end with its connection: another one may end it.
void ConnectionCore::take_prepared_over() {
    if (!root_->prepared || lease_) return;
    require_lease();
    lost_reason_.clear();
}

// A COMMIT that failed. Refused by the database it kept nothing; broken off it may have, or not.
void ConnectionCore::fail_commit(const driver::Failure& failure, std::string_view sql) {
    const bool in_doubt = note_failure(failure);
    const bool still_open = lease_ && lease_.connection->in_transaction();
    try {
        throw_translated(failure, engine_->dialect(), context(sql, {}), in_doubt);
    } catch (DBAPIError& error) {
        if (in_doubt && !root_->xid.empty())
            error.add_detail(
                fmt::format("The connection broke while the two-phase transaction '{}' was ended. If "
                            "recover_twophase() still lists "
                            "it, it is prepared and waits for commit_prepared() or rollback_prepared().",
                            root_->xid));
        else if (!error.outcome_in_doubt())
            error.add_detail(still_open
                                 ? "The database refused the COMMIT. The transaction is still open: commit() may "
                                   "be tried again, rollback() drops it."
                                 : "The database refused the COMMIT and rolled the transaction back: nothing of "
                                   "it was kept. rollback() makes the connection usable again.");
        throw;
    }
}

void ConnectionCore::roll_database_back(const TransactionState& ending) {
    auto guard = lock();
    if (ending.prepared)
        lease_.connection->rollback_prepared(ending.xid);
    else if (settings_.level != IsolationLevel::autocommit && lease_.connection->in_transaction())
        lease_.connection->rollback();
}

void ConnectionCore::rollback() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    leave_parent();
    if (!root_) return;
    take_prepared_over();
    const auto ending = root_;
    end_cursors();
    end_transaction();
    if (!lease_) return;  // it went with its connection
    engine_->logger().message(LogKind::rollback, logged("ROLLBACK", settings_.level));
    try {
        roll_database_back(*ending);
    } catch (const driver::Failure& failure) {
        // In an unknown state: not to be used again, by nobody.
        invalidate(is_disconnect(failure, engine_->dialect()) ? Blame::generation : Blame::connection, failure.message);
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

}  // namespace aludel::detail
