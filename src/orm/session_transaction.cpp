// The transactions of a session, and how its objects follow them.
#include "orm/change_log.hpp"
#include "orm/listeners.hpp"
#include "orm/routing.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace aludel::detail {

namespace {

/// The object is a plain new one again: it keeps its values, also a key that the database had given, and the
/// expressions that were not written yet.
void make_transient(SessionState& session, ObjectHeader& header) noexcept {
    const Hold keep(header);
    const bool was_written = header.state != ObjectState::pending;
    detach(session, header, ObjectState::transient);
    if (was_written) {
        drop_changes(header);
    }
    header.row_is_gone = false;
    header.shard = 0;
    for (const Attribute& attribute : header.mapper->attributes()) {
        AttributeLink& link = attribute.link(header);
        if (link.is_expired()) {
            link.mark_unset();
        }
    }
    header.some_expired = false;
}

void revert_pending(SessionState& session, TransactionFrame& frame) {
    for (const Hold& hold : std::exchange(session.pending, {})) {
        make_transient(session, *hold);
    }
    for (ObjectHeader* header : std::exchange(frame.created, {})) {
        if (header->session == &session.core) {
            make_transient(session, *header);
        }
    }
}

void revert_deletions(SessionState& session, TransactionFrame& frame) {
    for (const Hold& hold : std::exchange(session.doomed, {})) {
        hold->marked_deleted = false;
    }
    for (const Hold& hold : std::exchange(frame.deleted, {})) {
        if (hold->session == &session.core && hold->state == ObjectState::deleted) {
            hold->state = ObjectState::persistent;
            hold->row_is_gone = false;
            if (hold->changes != nullptr) {
                expire_object(*hold);
            }
            session.identities.put(*hold);
        }
    }
}

void revert_keys(SessionState& session, TransactionFrame& frame) {
    auto switches = std::exchange(frame.key_switches, {});
    for (auto it = switches.rbegin(); it != switches.rend(); ++it) {
        ObjectHeader& header = *it->object;
        if (header.session == &session.core && header.state == ObjectState::persistent) {
            session.identities.erase(header);
            load_values(header, header.mapper->primary_key(), it->before);
            session.identities.put(header);
        }
    }
}

std::vector<Hold> objects_of(const SessionState& session, const TransactionFrame& frame) {
    std::vector<Hold> all = session.pending;
    for (const auto* objects : {&frame.created, &frame.changed, &session.dirty}) {
        for (ObjectHeader* header : *objects) all.emplace_back(*header);
    }
    return all;
}

/// Memory goes back to what it was before the frame; what cannot be known is read again.
void restore(SessionState& session, TransactionFrame& frame) {
    const std::vector<Hold> alive =
        objects_of(session, frame);  // no list may name an object that another one has freed
    revert_pending(session, frame);
    for (ObjectHeader* header : std::exchange(session.dirty, {})) {
        header->in_dirty_list = false;
        expire_object(*header);
    }
    revert_deletions(session, frame);
    revert_keys(session, frame);
    if (frame.nested) {
        for (ObjectHeader* header : std::exchange(frame.changed, {})) {
            if (header->session == &session.core && header->state == ObjectState::persistent) {
                expire_object(*header);
            }
        }
    } else {
        ++session.generation;
    }
}

void roll_back(SessionLink& link) {
    if (link.two_phase) {
        link.two_phase->rollback();
    } else if (link.transaction) {
        link.transaction->rollback();
    } else {
        link.connection->rollback();
    }
}

/// Each database, even if another one fails. @throws what the first failure was.
template <class Parts, class RollBack>
void roll_all_back(Parts& parts, RollBack roll_back_one) {
    std::exception_ptr failure;
    for (auto& part : parts) {
        try {
            roll_back_one(part);
        } catch (const Error&) {
            if (!failure) failure = std::current_exception();
        }
    }
    if (failure) std::rethrow_exception(failure);
}

void roll_database_back(SessionState& session, TransactionFrame& frame) {
    if (frame.nested) {
        roll_all_back(frame.savepoints, [](auto& savepoint) { savepoint.second.rollback(); });
    } else {
        roll_all_back(session.links, [](auto& link) { roll_back(*link); });
    }
}

/// The first phase on all databases; where one refuses, the whole is rolled back.
void prepare_links(SessionState& session) {
    for (const auto& link : session.links) {
        if (link->two_phase) link->two_phase->prepare();
    }
    session.prepared = true;
}

void commit(SessionLink& link) {
    if (link.two_phase) {
        link.two_phase->commit();
    } else if (link.transaction) {
        link.transaction->commit();
    } else {
        link.connection->commit();
    }
}

/// Where only some of several databases have committed, the error says so.
void commit_links(SessionState& session) {
    std::size_t committed = 0;
    for (const auto& link : session.links) {
        if (link->is_replica || !link->ends_on_commit) continue;
        try {
            commit(*link);
            ++committed;
        } catch (Error& error) {
            if (committed != 0) {
                error.add_detail(fmt::format("{} of the session's {} databases had committed already, this one did not",
                                             committed, session.links.size()));
            }
            throw;
        }
    }
}

void release_deleted(SessionState& session, TransactionFrame& frame) {
    for (const Hold& hold : std::exchange(frame.deleted, {})) {
        if (hold->session == &session.core && hold->state == ObjectState::deleted) {
            detach(session, *hold, ObjectState::detached);
        }
    }
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void commit_outermost(SessionState& session) {
    TransactionFrame& frame = session.frames.back();
    commit_links(session);
    session.release_links();
    if (session.router) session.router->note_commit();
    release_deleted(session, frame);
    session.frames.clear();
    if (session.options.expire_on_commit) {
        ++session.generation;
    }
    fire(session, SessionEvent::after_commit);
    sweep_if_due(session);
}

void commit_savepoint(SessionState& session) {
    TransactionFrame& frame = session.frames.back();
    for (auto& savepoint : frame.savepoints) savepoint.second.commit();
    TransactionFrame& outer = session.frames[session.frames.size() - 2];
    append(outer.created, frame.created);
    append(outer.deleted, frame.deleted);
    append(outer.changed, frame.changed);
    append(outer.key_switches, frame.key_switches);
    session.frames.pop_back();
}

}  // namespace

TransactionFrame& SessionState::frame() {
    if (frames.empty()) {
        begin_frame(*this, false);
    }
    return frames.back();
}

void SessionState::require_usable() const {
    if (prepared) {
        throw InvalidRequestError(
            "This session is in 'prepared' state; no further SQL can be emitted within this transaction. commit() or "
            "rollback() ends it");
    }
    if (!frames.empty() && frames.back().failure) {
        throw PendingRollbackError(
            fmt::format("This Session's transaction has been rolled back due to a previous exception during flush. To "
                        "begin a new transaction with this Session, first issue Session.rollback(). Original exception "
                        "was: {}",
                        *frames.back().failure),
            "7s2a");
    }
}

void begin_frame(SessionState& session, bool nested) {
    TransactionFrame& frame = session.frames.emplace_back();
    frame.number = ++session.next_frame;
    frame.nested = nested;
}

namespace {

/// Everything is written; of a transaction of two phases, the first is over.
void prepare_to_commit(SessionState& session) {
    session.require_usable();
    if (session.frames.size() < 2) {
        fire(session, SessionEvent::before_commit);
    }
    flush_session(session);
    session.frame();
    if (session.frames.size() > 1 || !session.options.twophase) {
        return;
    }
    try {
        prepare_links(session);
    } catch (const Error&) {
        const std::exception_ptr failure = std::current_exception();
        try {
            rollback_frame(session);
        } catch (const Error&) {
            // What went wrong first is what the caller has to know.
        }
        std::rethrow_exception(failure);
    }
}

}  // namespace

void prepare_frame(SessionState& session) {
    if (!session.options.twophase || session.frames.size() > 1) {
        throw InvalidRequestError("'twophase' mode not enabled, or not root transaction; can't prepare.");
    }
    prepare_to_commit(session);
}

void commit_frame(SessionState& session) {
    if (!session.prepared) prepare_to_commit(session);
    if (session.frames.back().nested) {
        commit_savepoint(session);
    } else {
        commit_outermost(session);
    }
}

void rollback_frame(SessionState& session) {
    if (session.frames.empty()) {
        return;
    }
    TransactionFrame& frame = session.frames.back();
    std::exception_ptr failure;  // memory follows even where the database could not be told
    if (!frame.failure) {
        try {
            roll_database_back(session, frame);
        } catch (const Error&) {
            failure = std::current_exception();
        }
    } else if (!session.pending.empty() || !session.dirty.empty() || !session.doomed.empty()) {
        session.warn("The session was changed after its transaction had been rolled back; these changes are discarded");
    }
    restore(session, frame);
    const bool outermost = !frame.nested;
    session.frames.pop_back();
    if (outermost) {
        session.release_links();
        if (session.router) session.router->note_rollback();
        fire(session, SessionEvent::after_rollback);
    }
    if (failure) std::rethrow_exception(failure);
}

void fail_frame(SessionState& session, const std::string& message) noexcept {
    TransactionFrame& frame = session.frame();
    frame.failure = message;
    try {
        roll_database_back(session, frame);
    } catch (const Error&) {
        // The flush's own error is on its way to the caller, and a connection that cannot roll back is thrown away.
        for (const auto& link : session.links) {
            if (!link->connection->closed()) link->connection->invalidate();
        }
    }
    restore(session, frame);
}

}  // namespace aludel::detail
