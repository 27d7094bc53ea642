// The flush: writes what has changed in a session, and leaves it clean.
#include "orm/change_log.hpp"
#include "orm/flush_context.hpp"
#include "orm/history.hpp"
#include "orm/listeners.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

/// New objects that lost the parent that they need before they came into the session are not written at all.
void expunge_orphans(SessionState& session) {
    const std::vector<Hold> pending = session.pending;  // an orphan leaves it
    for (const Hold& hold : pending) {
        if (hold->orphaned_outside && hold->state == ObjectState::pending && is_orphan(*hold)) {
            session.core.expunge(*hold);
        }
    }
}

/// What changed or is new takes part, and what is to be deleted; an object that lost the parent that it needs is
/// deleted too.
void collect_objects(const SessionState& session, FlushContext& context) {
    for (ObjectHeader* object : session.dirty) {
        if (!object->marked_deleted && object->state == ObjectState::persistent) {
            context.add(*object, {.is_delete = is_orphan(*object)});
        }
    }
    for (const Hold& hold : session.pending) context.add(*hold);
    for (const Hold& hold : session.doomed) context.add(*hold, {.is_delete = true});
}

void finish_saved(SessionState& session, const FlushEntry& entry) {
    ObjectHeader& object = *entry.object;
    const std::vector<Value> before = entry.is_listed_only ? committed_key(object) : std::vector<Value>{};
    // What was written is clean already, unless something changed it since.
    const bool is_dirty = entry.is_listed_only || object.changes != nullptr;
    if ((is_dirty || entry.was_new || object.is_linked) && !object.mapper->relationships().empty()) {
        commit_relationships(object);
    }
    if (is_dirty) {
        mark_clean(object);
    }
    if (entry.is_listed_only && before != committed_key(object)) {
        rekey(session, object, before);
    }
    if (!entry.was_new) {
        session.frame().changed.push_back(&object);
    }
}

/// Memory is what the database has. Gives the new objects that were to be deleted, which nothing was written for.
std::vector<Hold> finish(SessionState& session, FlushContext& context) {
    const std::vector<ObjectHeader*> dirty = std::exchange(session.dirty, {});
    std::size_t left = dirty.size();
    for (const Hold& hold : std::exchange(session.doomed, {})) hold->marked_deleted = false;
    std::vector<Hold> unwritten;
    context.end([&](const FlushEntry& entry) {
        ObjectHeader& object = *entry.object;
        if (std::exchange(object.in_dirty_list, false)) --left;
        if (!entry.is_delete) {
            finish_saved(session, entry);
        } else if (object.state == ObjectState::persistent) {
            become_deleted(session, object);
        } else if (object.state == ObjectState::pending) {
            unwritten.emplace_back(object);
        }
    });
    if (left != 0) {  // some took no part
        for (ObjectHeader* object : dirty) object->in_dirty_list = false;
    }
    std::erase_if(session.pending, [](const Hold& hold) { return hold->state != ObjectState::pending; });
    return unwritten;
}

void flush_now(SessionState& session) {
    expunge_orphans(session);
    std::vector<Hold> unwritten;
    {
        FlushContext context(session);
        collect_objects(session, context);
        context.execute();
        fire(session, SessionEvent::after_flush);
        unwritten = finish(session, context);
    }
    for (const Hold& hold : unwritten) session.core.expunge(*hold);
    fire(session, SessionEvent::after_flush_postexec);
}

}  // namespace

void flush_session(SessionState& session) {
    if (session.flushing) {
        throw InvalidRequestError("Session is already flushing");
    }
    session.require_usable();
    if (!session.has_changes()) {
        return;
    }
    session.frame();
    session.flushing = true;
    try {
        fire(session, SessionEvent::before_flush);
    } catch (...) {
        session.flushing = false;  // nothing was written: what is pending stays so
        throw;
    }
    try {
        flush_now(session);
        session.flushing = false;
    } catch (const std::exception& error) {
        session.flushing = false;
        fail_frame(session, error.what());
        throw;
    } catch (...) {
        session.flushing = false;
        fail_frame(session, "an exception that is no std::exception");
        throw;
    }
}

}  // namespace aludel::detail
