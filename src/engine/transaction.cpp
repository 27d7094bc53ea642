#include <aludel/base/error.hpp>
#include <aludel/engine/transaction.hpp>

#include "engine/connection_core.hpp"

#include <utility>

namespace aludel {

Transaction::Transaction(std::shared_ptr<detail::TransactionState> state, bool owns) noexcept
    : state_(std::move(state)), owns_(owns) {}

Transaction& Transaction::operator=(Transaction&& other) noexcept {
    Transaction ending{std::move(*this)};
    state_ = std::move(other.state_);
    owns_ = other.owns_;
    return *this;
}

Transaction::~Transaction() {
    if (!owns_) return;
    try {
        rollback();
    } catch (...) {
        // A destructor has nobody to tell. The connection is thrown away when it cannot roll back.
    }
}

bool Transaction::is_active() const noexcept { return state_ && state_->connection; }
bool Transaction::is_nested() const noexcept { return state_ && !state_->savepoint.empty(); }

void Transaction::commit() {
    if (!is_active()) throw InvalidRequestError("This transaction is inactive");
    const auto keep = state_;  // ending it may drop the connection's own reference
    keep->connection->commit(*keep);
}

void Transaction::rollback() {
    if (!is_active()) return;
    const auto keep = state_;
    keep->connection->rollback(*keep);
}

TwoPhaseTransaction::TwoPhaseTransaction(std::shared_ptr<detail::TransactionState> state) noexcept
    : Transaction(std::move(state)) {}

const std::string& TwoPhaseTransaction::xid() const noexcept {
    static const std::string none;
    return state_ ? state_->xid : none;
}

void TwoPhaseTransaction::prepare() {
    if (!is_active()) throw InvalidRequestError("This transaction is inactive");
    state_->connection->prepare_two_phase(*state_);
}

}  // namespace aludel
