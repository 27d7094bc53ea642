// The connections of a session's transaction.
#include "orm/listeners.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

/// On a connection of the user: what of its transaction is the session's to end.
void join_transaction(SessionLink& link, JoinTransactionMode mode) {
    Connection& connection = *link.connection;
    if (!connection.in_transaction()) {
        link.transaction.emplace(connection.begin());
        return;
    }
    const bool is_nested = connection.in_nested_transaction();
    if (mode == JoinTransactionMode::conditional_savepoint) {
        mode = is_nested ? JoinTransactionMode::create_savepoint : JoinTransactionMode::rollback_only;
    }
    if (mode == JoinTransactionMode::create_savepoint) {
        link.transaction.emplace(connection.begin_nested());
        return;
    }
    link.transaction = is_nested ? connection.get_nested_transaction() : connection.get_transaction();
    link.ends_on_commit = mode == JoinTransactionMode::control_fully;
}

void begin_on(SessionLink& link, const SessionState& session, const ExecutionOptions& how) {
    if (!(how == ExecutionOptions{})) link.connection->execution_options(how);
    if (session.options.twophase && !link.is_replica) {
        link.two_phase.emplace(link.connection->begin_twophase());
    } else if (!link.own) {
        join_transaction(link, session.options.join_transaction_mode);
    }
}

void let_go(SessionState& session, SessionLink& link) noexcept {
    session.statements_before += link.connection->statement_count() - link.counted_from;
    if (!link.own) link.connection->record_statements(nullptr);
    // A transaction that the session began or controls is rolled back, unless it has ended.
    if (link.transaction && link.ends_on_commit) {
        try {
            link.transaction->rollback();
        } catch (const Error&) {
            // The connection is thrown away where it cannot roll back.
        }
    }
}

}  // namespace

SessionLink& SessionState::main_link() {
    // The first one, except where a session with several servers came to another before.
    for (const auto& link : links) {
        if (link->place == 0) return *link;
    }
    return open_link(0, engine, begin_options);
}

SessionLink& SessionState::open_link(std::size_t place, const Engine& from, const ExecutionOptions& how,
                                     bool is_replica) {
    auto link = std::make_unique<SessionLink>(place);
    link->is_replica = is_replica;
    if (external != nullptr) {
        link->connection = external;
    } else {
        link->connection = &link->own.emplace(from.connect(made_at));
    }
    link->counted_from = link->connection->statement_count();
    begin_on(*link, *this, how);
    link->connection->record_statements(record);
    links.push_back(std::move(link));
    SessionLink& opened = *links.back();
    fire(*this, SessionEvent::after_begin);
    return opened;
}

void SessionState::open_savepoints(const SessionLink& link) {
    if (link.is_replica) {
        return;  // nothing is written there that could be rolled back
    }
    for (TransactionFrame& frame : frames) {
        const auto is_of_link = [&](const auto& savepoint) { return savepoint.first == &link; };
        if (frame.nested && std::none_of(frame.savepoints.begin(), frame.savepoints.end(), is_of_link)) {
            frame.savepoints.emplace_back(&link, link.connection->begin_nested());
        }
    }
}

void SessionState::close_link(const SessionLink& link) noexcept {
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto& each) { return each.get() == &link; });
    let_go(*this, **found);
    links.erase(found);
}

void SessionState::release_links() noexcept {
    if (external != nullptr) {  // of one's own they end with the connection
        for (TransactionFrame& frame : frames) frame.savepoints.clear();
    }
    for (const auto& link : links) let_go(*this, *link);
    links.clear();
    prepared = false;
}

}  // namespace aludel::detail
