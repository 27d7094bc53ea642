// How objects come into a session, change their state, and leave it.
#include "orm/change_log.hpp"
#include "orm/links.hpp"
#include "orm/load_context.hpp"
#include "orm/relationship.hpp"
#include "orm/routing.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/warning.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

namespace aludel::detail {

namespace {

std::uint64_t next_session_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

constexpr std::size_t smallest_sweep = 1024;

}  // namespace

SessionState::SessionState(SessionCore& core_of, Engine engine_of, SessionOptions options_of)
    : core(core_of),
      engine(std::move(engine_of)),
      options(std::move(options_of)),
      number(next_session_number()),
      region(new Region) {
    region->belong_to_session(region);
    if (options.events) {
        listeners.push_back(options.events->listeners());
    }
}

SessionState::~SessionState() { delete region; }

std::size_t hash_value(const StatementShape& shape) noexcept {
    std::size_t seed = boost::hash_value(shape.mapper);
    boost::hash_combine(seed, shape.columns);
    return seed;
}

const PreparedStatement& SessionState::select_related(const Relationship& relationship,
                                                      NodeRef (*make)(const Relationship&)) {
    return related_.find(*this, &relationship, [&] {
        std::u16string shape{u'l', static_cast<char16_t>(relationship.index())};
        return &shaped_statement({&relationship.owner(), std::move(shape)}, [&] { return make(relationship); });
    });
}

void SessionState::warn(const std::string& message) const {
    note(message);
    detail::warn(message);
}

void SessionState::note(const std::string& message) const {
    const EngineOptions& how = engine.options();
    LogRecord entry;
    entry.message = message;
    entry.time = std::chrono::system_clock::now();
    if (how.log) {
        how.log(entry);
    } else if (how.echo) {
        standard_output_sink()(entry);
    }
}

void attach(SessionState& session, ObjectHeader& header, ObjectState state) {
    if (header.region == nullptr) {
        session.region->add(header);
    } else {
        merge_regions(*session.region, *header.region);
    }
    // What a sharded session reads comes from the shard that it works on; to other sessions shards mean nothing.
    if (session.router == nullptr || session.router->sharding() == nullptr) {
        header.shard = 0;
    } else if (state == ObjectState::persistent && header.shard == 0) {
        header.shard = session.identities.active_shard();
    }
    header.session = &session.core;
    header.generation_now = &session.generation;
    header.generation = session.generation;
    header.state = state;
}

namespace {

void let_go(ObjectHeader& header, ObjectState state) noexcept {
    spread_expiry(header);
    header.session = nullptr;
    header.generation_now = &resting_generation;
    header.generation = resting_generation;
    header.marked_deleted = false;
    header.in_dirty_list = false;
    header.state = state;
}

}  // namespace

void detach(SessionState& session, ObjectHeader& header, ObjectState state) noexcept {
    if (header.state == ObjectState::persistent) {
        session.identities.erase(header);
    }
    ObjectHeader* const leaving = &header;
    forget_siblings({&leaving, 1});
    forget_dirty(session, header);
    let_go(header, state);
    if (!header.is_linked) {
        session.region->remove(header);
    }
}

void detach_all(SessionState& session) noexcept {
    session.identities.clear();
    session.dirty.clear();
    // What is pending has its state until it leaves; without these handles it may leave by dying.
    session.pending.clear();
    session.doomed.clear();
    for (TransactionFrame& frame : session.frames) {
        frame.created.clear();
        frame.changed.clear();
        frame.deleted.clear();
        frame.key_switches.clear();
    }
    const auto leave = [](ObjectHeader& header) {
        if (header.session == nullptr) return;
        ObjectHeader* const leaving = &header;
        forget_siblings({&leaving, 1});
        let_go(header, header.state == ObjectState::pending ? ObjectState::transient : ObjectState::detached);
    };
    session.region->dissolve(leave, [](std::span<ObjectHeader* const> doomed) { forget_siblings(doomed); });
    session.identities.free_empty_room();
}

std::vector<Value> committed_key(const ObjectHeader& header) {
    std::vector<Value> key;
    key.reserve(header.mapper->primary_key().size());
    for (const Attribute* attribute : header.mapper->primary_key()) {
        key.push_back(committed_value(header, *attribute));
    }
    return key;
}

void rekey(SessionState& session, ObjectHeader& header, const std::vector<Value>& before) {
    session.identities.erase(header, IdentityKey(*header.mapper, before));
    session.identities.put(header);
    session.frame().key_switches.push_back({Hold(header), before});
}

void load_values(ObjectHeader& header, std::span<const Attribute* const> attributes, std::span<const Value> values) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        attributes[i]->load(header, Cell::of(values[i]), DecodeContext{});
    }
}

namespace {

/// The row is found by the key that the database has, not by one that was assigned and is given up now.
void restore_key(ObjectHeader& header) {
    if (header.changes == nullptr) {
        return;
    }
    for (const Attribute* attribute : header.mapper->primary_key()) {
        if (const Value* kept = header.changes->committed(attribute->index())) {
            attribute->load(header, Cell::of(*kept), DecodeContext{});
        }
    }
}

}  // namespace

void expire_object(ObjectHeader& header) noexcept {
    restore_key(header);
    unload_relationships(header);
    drop_changes(header);
    for (const Attribute& attribute : header.mapper->attributes()) {
        attribute.link(header).mark_unmodified();
    }
    header.some_expired = false;
    header.generation = *header.generation_now - 1;
}

void expire_attribute(ObjectHeader& header, const Attribute& attribute) noexcept {
    spread_expiry(header);
    if (attribute.column().primary_key()) {
        restore_key(header);
    }
    attribute.link(header).mark_expired();
    header.some_expired = true;
    if (header.changes != nullptr) {
        header.changes->forget(attribute.index());
    }
}

void mark_clean(ObjectHeader& header) noexcept {
    drop_changes(header);
    for (const Attribute& attribute : header.mapper->attributes()) {
        attribute.link(header).mark_unmodified();
    }
}

void remember_dirty(SessionState& session, ObjectHeader& header) {
    if (!header.in_dirty_list) {
        header.dirty_place = static_cast<std::uint32_t>(session.dirty.size());
        session.dirty.push_back(&header);
        header.in_dirty_list = true;
    }
}

void forget_dirty(SessionState& session, ObjectHeader& header) noexcept {
    if (std::exchange(header.in_dirty_list, false) && header.dirty_place < session.dirty.size() &&
        session.dirty[header.dirty_place] == &header) {
        ObjectHeader* last = session.dirty.back();
        session.dirty[header.dirty_place] = last;
        last->dirty_place = header.dirty_place;
        session.dirty.pop_back();
    }
}

void sweep_if_due(SessionState& session) {
    // A flush, and what reads rows while a listener runs, know their objects by address.
    if (session.flushing || session.listening != 0 || session.region->size() < session.sweep_at) {
        return;
    }
    const std::size_t before = session.region->size();
    const auto is_needed = [](const ObjectHeader& header) {
        return header.session != nullptr && (header.state != ObjectState::persistent || header.in_dirty_list);
    };
    session.region->sweep(is_needed, [&](std::span<ObjectHeader* const> doomed) {
        const auto is_doomed = [](const ObjectHeader* header) { return header->region == nullptr; };
        for (TransactionFrame& frame : session.frames) {
            std::erase_if(frame.created, is_doomed);
            std::erase_if(frame.changed, is_doomed);
        }
        for (ObjectHeader* header : doomed) {
            if (header->session != nullptr) session.identities.erase(*header);
        }
        forget_siblings(doomed);
    });
    const std::size_t left = session.region->size();
    if (left < before) session.identities.free_empty_room();
    session.sweep_at = std::max(smallest_sweep, 2 * left);
}

void become_deleted(SessionState& session, ObjectHeader& header) {
    session.identities.erase(header);
    forget_dirty(session, header);
    if (std::exchange(header.marked_deleted, false)) {
        std::erase_if(session.doomed, [&](const Hold& hold) { return hold.get() == &header; });
    }
    header.state = ObjectState::deleted;
    header.row_is_gone = true;
    session.frame().deleted.emplace_back(header);
}

std::string describe_object(const ObjectHeader& header) {
    return fmt::format("<{} at {}>", header.mapper->class_name(), header.object());
}

void before_change(AttributeLink& link) {
    ObjectHeader& header = link.header();
    if (header.state == ObjectState::transient || header.state == ObjectState::pending) {
        link.mark_modified();
        if (header.changes != nullptr) {
            header.changes->forget(header.mapper->attribute_with_link(link).index());
        }
        return;
    }
    spread_expiry(header);
    const Attribute& attribute = header.mapper->attribute_with_link(link);
    if (&attribute == header.mapper->version() && header.state == ObjectState::persistent) {
        load_version(header.session->state(), header);  // the row is found by it
    }
    ChangeLog& changes = changes_of(header);
    if (!link.is_modified()) {
        // The key in memory is the row's even when it is expired: that is how the row is found.
        const bool known = link.is_set() && (!link.is_expired() || attribute.column().primary_key());
        changes.keep_committed(attribute.index(), known ? std::optional(attribute.value_of(header)) : std::nullopt);
    } else if (link.has_expression()) {
        changes.drop_expression(attribute.index());
    }
    if (header.state == ObjectState::persistent) {
        remember_dirty(header.session->state(), header);
    }
    link.mark_modified();
}

void assign_expression(AttributeLink& link, const NodeRef& expression) {
    if (!link.is_managed()) {
        if (expression->kind() != NodeKind::null) {
            throw ArgumentError(
                "An SQL expression can be assigned to an attribute of a managed object only; make the object with "
                "make() or session.add() first, then assign the expression. A plain value takes null() only");
        }
        link.mark_null_by_intent();
        return;
    }
    before_change(link);
    ObjectHeader& header = link.header();
    changes_of(header).set_expression(header.mapper->attribute_with_link(link).index(), expression);
    link.mark_expression();
}

void assign_null(AttributeLink& link) { assign_expression(link, make_ref<ConstantNode>(NodeKind::null)); }

void load_attribute(const AttributeLink& link) {
    ObjectHeader& header = link.header();
    if (header.session == nullptr) {
        throw DetachedInstanceError(fmt::format(
            "Instance {} is not bound to a Session; attribute refresh operation cannot proceed. Add the object to a "
            "session with add(), or load what is needed before the session is closed",
            describe_object(header)));
    }
    header.session->autoflush();
    if (link.is_expired() || header.is_expired()) {  // the flush may have read it
        load_unloaded(header.session->state(), header, link);
    }
}

void throw_null_handle() {
    throw InvalidRequestError(
        "A null Ptr was used; test it first: `if (handle)`. Queries give a null Ptr where an outer "
        "join or get() finds no row");
}

}  // namespace aludel::detail
