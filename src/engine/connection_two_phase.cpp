// The part of ConnectionCore that knows transactions of two phases.
#include <aludel/base/error.hpp>

#include "engine/connection_core.hpp"

#include <fmt/format.h>

#include <random>
#include <utility>

namespace aludel::detail {

namespace {

// A name that no other transaction has, of whatever program.
std::string new_xid() {
    std::random_device source;
    const auto number = [&] { return (std::uint64_t{source()} << 32) | source(); };
    return fmt::format("_sa_{:016x}{:016x}", number(), number());
}

}  // namespace

void ConnectionCore::begin_two_phase(std::string_view xid) {
    require_usable();
    engine_->require_two_phase();
    if (root_)
        throw InvalidRequestError(
            "A transaction has begun already on this connection, by begin() or by its first statement; call commit() "
            "or rollback() before begin_twophase().");
    if (settings_.level == IsolationLevel::autocommit)
        throw InvalidRequestError("A connection in AUTOCOMMIT mode has no transactions, not even of two phases.");
    begin_now(xid.empty() ? new_xid() : std::string{xid});
}

void ConnectionCore::prepare_two_phase(TransactionState& state) {
    if (state.prepared) throw InvalidRequestError("This two-phase transaction is prepared already; commit() ends it.");
    if (!lost_reason_.empty()) fail_lost();
    end_cursors();
    engine_->logger().message(LogKind::note, fmt::format("PREPARE TWOPHASE '{}'", state.xid));
    try {
        auto guard = lock();
        lease_.connection->prepare_two_phase(state.xid);
    } catch (const driver::Failure& failure) {
        fail_commit(failure, "PREPARE");
    }
    state.prepared = true;
    end_nested_from(0);
}

// What has to stand outside of a transaction.
template <class Command>
void ConnectionCore::between_transactions(std::string_view sql, Command command) {
    require_usable();
    engine_->require_two_phase();
    if (root_)
        throw InvalidRequestError(fmt::format(
            "{} cannot run inside of a transaction; call commit() or rollback() on this connection first.", sql));
    count_statement(sql);
    try {
        auto guard = lock();
        command(*lease_.connection);
    } catch (const driver::Failure& failure) {
        fail(failure, sql, {});
    }
}

// Also while this connection's own transaction is prepared: it is one of them.
std::vector<std::string> ConnectionCore::prepared_ids() {
    if (!lost_reason_.empty()) fail_lost();
    require_lease();
    engine_->require_two_phase();
    count_statement("recover_twophase");
    try {
        auto guard = lock();
        return lease_.connection->prepared_ids();
    } catch (const driver::Failure& failure) {
        fail(failure, "recover_twophase", {});
    }
}

void ConnectionCore::commit_prepared(std::string_view xid) {
    between_transactions("COMMIT PREPARED", [&](driver::Connection& connection) { connection.commit_prepared(xid); });
}

void ConnectionCore::rollback_prepared(std::string_view xid) {
    between_transactions("ROLLBACK PREPARED",
                         [&](driver::Connection& connection) { connection.rollback_prepared(xid); });
}

}  // namespace aludel::detail
