#include <aludel/orm/session_core.hpp>

#include "orm/cascades.hpp"
#include "orm/change_log.hpp"
#include "orm/history.hpp"
#include "orm/lazy_loading.hpp"
#include "orm/listeners.hpp"
#include "orm/routing.hpp"
#include "orm/session_state.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel {

using detail::CascadeKind;
using detail::Hold;
using detail::ObjectHeader;

namespace {

ObjectHeader* as_header(const Hold& hold) { return hold.get(); }

[[noreturn]] void throw_foreign(const SessionCore& core, const ObjectHeader& header) {
    throw InvalidRequestError(fmt::format(
        "Object '{}' is already attached to session '{}' (this is '{}'). Take it out of that session with expunge() "
        "first, or load the row with this session",
        detail::describe_object(header), header.session->number(), core.number()));
}

}  // namespace

SessionCore::SessionCore(Engine engine, SessionOptions options, std::shared_ptr<const detail::Sharding> sharding) {
    if (options.autocommit) {
        throw ArgumentError(
            "SessionOptions::autocommit can only be false: a session always works in a transaction. For "
            "statements that stand alone use create_engine(url, {.isolation_level = "
            "IsolationLevel::autocommit})");
    }
    state_ = std::make_unique<detail::SessionState>(*this, std::move(engine), std::move(options));
    state_->router = detail::make_router(state_->engine, state_->options, std::move(sharding));
}

SessionCore::SessionCore(Connection& connection, SessionOptions options)
    : SessionCore(connection.engine(), std::move(options)) {
    if (state_->router) {
        throw ArgumentError(
            "A session on a connection works on this connection alone: leave out replicas and binds, or make the "
            "session with an engine");
    }
    state_->external = &connection;
}

SessionCore::~SessionCore() { close(); }

void SessionCore::set_place(const std::source_location& where) noexcept { state_->made_at = where; }

void SessionCore::add(ObjectHeader& header) {
    save_or_update(header);
    for (ObjectHeader* object : detail::cascade(header, CascadeKind::save_update,
                                                [&](const ObjectHeader& other) { return contains(other); })) {
        save_or_update(*object);
    }
}

void SessionCore::save_or_update(ObjectHeader& header) {
    if (header.session != nullptr && header.session != this) {
        throw_foreign(*this, header);
    }
    if (header.row_is_gone) {
        throw InvalidRequestError(
            fmt::format("Instance '{}' has been deleted. Use the make_transient() function to send this object back to "
                        "the transient state",
                        detail::describe_object(header)));
    }
    state_->frame();
    header.orphaned_outside = false;
    switch (header.state) {
        case ObjectState::transient:
            detail::attach(*state_, header, ObjectState::pending);
            state_->pending.emplace_back(header);
            header.insert_order = ++state_->next_insert_order;
            break;
        case ObjectState::detached: attach_detached(header); break;
        case ObjectState::persistent:
            if (std::exchange(header.marked_deleted, false)) {
                std::erase_if(state_->doomed, [&](const Hold& hold) { return hold.get() == &header; });
            }
            break;
        case ObjectState::pending:
        case ObjectState::deleted: break;
    }
}

void SessionCore::attach_detached(ObjectHeader& header) {
    const auto key = detail::IdentityKey::of(header);
    const detail::ShardScope scope(*state_,
                                   detail::sharding_of(*state_) != nullptr ? header.shard : detail::ShardToken{0});
    if (state_->identities.find(*header.mapper, key) != nullptr) {
        throw InvalidRequestError(
            fmt::format("Can't attach instance {}; another instance with the same primary key is "
                        "already present in this session",
                        detail::describe_object(header)));
    }
    detail::attach(*state_, header, ObjectState::persistent);
    state_->identities.put(header);
    if (header.changes != nullptr) {
        detail::remember_dirty(*state_, header);
    }
}

void SessionCore::remove(ObjectHeader& header) {
    if (header.session != nullptr && header.session != this) {
        throw_foreign(*this, header);
    }
    if (header.state == ObjectState::transient || header.state == ObjectState::pending) {
        throw InvalidRequestError(fmt::format("Instance '{}' is not persisted", detail::describe_object(header)));
    }
    if (header.state == ObjectState::deleted) {
        return;
    }
    state_->frame();
    if (header.state == ObjectState::detached) {
        attach_detached(header);
    }
    // Found before the first is marked: loading them may flush.
    const std::vector<ObjectHeader*> dependents = detail::cascade(header, CascadeKind::delete_);
    mark_deleted(header);
    for (ObjectHeader* object : dependents) {
        if (object->state == ObjectState::persistent || object->state == ObjectState::detached) {
            if (object->state == ObjectState::detached) attach_detached(*object);
            mark_deleted(*object);
        }
    }
}

void SessionCore::mark_deleted(ObjectHeader& header) {
    if (!std::exchange(header.marked_deleted, true)) {
        state_->doomed.emplace_back(header);
    }
}

void SessionCore::expunge(ObjectHeader& header) {
    if (header.session != this) {
        throw InvalidRequestError(
            fmt::format("Instance {} is not present in this Session", detail::describe_object(header)));
    }
    const Hold keep(header);
    for (ObjectHeader* object : detail::cascade(header, CascadeKind::expunge)) {
        if (object->session == this) expunge_alone(*object);
    }
    expunge_alone(header);
}

void SessionCore::expunge_alone(ObjectHeader& header) {
    const Hold keep(header);
    const auto is_it = [&](const Hold& hold) { return hold.get() == &header; };
    const bool was_pending = header.state == ObjectState::pending;
    detail::detach(*state_, header, was_pending ? ObjectState::transient : ObjectState::detached);
    std::erase_if(state_->pending, is_it);
    std::erase_if(state_->doomed, is_it);
    for (auto& frame : state_->frames) {
        std::erase(frame.created, &header);
        std::erase(frame.changed, &header);
        std::erase_if(frame.deleted, is_it);
        std::erase_if(frame.key_switches, [&](const detail::KeySwitch& item) { return is_it(item.object); });
    }
}

void SessionCore::expunge_all() { detail::detach_all(*state_); }

namespace {

/// The attribute or the relationship of that name is not known any more. @throws InvalidRequestError
void expire_named(ObjectHeader& header, std::string_view name) {
    if (const Attribute* attribute = header.mapper->find_attribute(name)) {
        detail::expire_attribute(header, *attribute);
    } else {
        detail::spread_expiry(header);
        detail::unload(header, detail::relationship_named(*header.mapper, name));
    }
}

}  // namespace

void SessionCore::require_persistent(const ObjectHeader& header) const {
    if (header.session != this || header.state != ObjectState::persistent) {
        throw InvalidRequestError(
            fmt::format("Instance '{}' is not persistent within this Session", detail::describe_object(header)));
    }
}

void SessionCore::expire_whole(ObjectHeader& header) {
    if (header.state == ObjectState::persistent) {
        detail::forget_dirty(*state_, header);
        detail::expire_object(header);
        detail::fire(*state_, ObjectEvent::expire, header);
    } else if (header.state == ObjectState::pending) {
        expunge_alone(header);
    }
}

void SessionCore::expire(ObjectHeader& header, std::span<const std::string_view> attributes) {
    require_persistent(header);
    if (attributes.empty()) {
        const std::vector<ObjectHeader*> dependents = detail::cascade(header, CascadeKind::refresh_expire);
        expire_whole(header);
        for (ObjectHeader* object : dependents) {
            if (object->session == this) expire_whole(*object);
        }
    }
    for (const std::string_view name : attributes) {
        expire_named(header, name);
    }
}

void SessionCore::expire_all() {
    for (ObjectHeader* header : std::exchange(state_->dirty, {})) {
        header->in_dirty_list = false;
        detail::expire_object(*header);
    }
    ++state_->generation;
    const auto stays = [&](const Hold& hold) { hold->generation = state_->generation; };  // there is no row to read
    std::for_each(state_->pending.begin(), state_->pending.end(), stays);
    for (const auto& frame : state_->frames) {
        std::for_each(frame.deleted.begin(), frame.deleted.end(), stays);
    }
}

void SessionCore::refresh(ObjectHeader& header, std::span<const std::string_view> attributes) {
    expire(header, attributes);
    autoflush();
    try {
        detail::refresh_expired(*state_, header);
    } catch (const ObjectDeletedError&) {
        throw InvalidRequestError(fmt::format("Could not refresh instance '{}'", detail::describe_object(header)));
    }
    for (const std::string_view name : attributes) {
        if (header.mapper->find_attribute(name) == nullptr) {
            detail::lazy_load(header, detail::relationship_named(*header.mapper, name), detail::Autoflush::no);
        }
    }
}

bool SessionCore::contains(const ObjectHeader& header) const noexcept {
    return header.session == this && header.state != ObjectState::deleted;
}

bool SessionCore::is_modified(const ObjectHeader& header) const { return detail::has_changes(header); }

ObjectHeader* SessionCore::get(const Mapper& mapper, std::span<const Value> key) {
    state_->require_usable();
    if (std::any_of(key.begin(), key.end(), [](const Value& value) { return value.is_null(); })) {
        state_->warn(
            fmt::format("fully NULL primary key identity cannot load any object of class {}", mapper.class_name()));
        return nullptr;
    }
    const detail::Sharding* sharding = detail::sharding_of(*state_);
    if (sharding == nullptr || state_->identities.active_shard() != 0) {
        return get_here(mapper, key);
    }
    for (const detail::ShardToken shard : sharding->of_key(mapper, key)) {
        const detail::ShardScope scope(*state_, shard);
        if (ObjectHeader* found = get_here(mapper, key)) return found;
    }
    return nullptr;
}

ObjectHeader* SessionCore::get_here(const Mapper& mapper, std::span<const Value> key) {
    const bool is_integer = mapper.has_integer_key() && key.front().kind() == ValueKind::integer;
    detail::IdentityTable& known_of_class = state_->identities.table(mapper);
    ObjectHeader* const known = is_integer ? known_of_class.find(key.front().as_integer())
                                           : known_of_class.find(detail::IdentityKey(mapper, key));
    if (known != nullptr) return reload_known(*known) ? known : nullptr;
    autoflush();
    detail::sweep_if_due(*state_);
    return detail::load_by_key(*state_, mapper, key);
}

bool SessionCore::reload_known(ObjectHeader& known) {
    if (!known.is_expired()) {
        return true;
    }
    try {
        detail::load_expired(*state_, known);
        return true;
    } catch (const ObjectDeletedError&) {
        detail::become_deleted(*state_, known);  // a rollback may bring the row back, and then this is its object
        return false;
    }
}

std::vector<ObjectHeader*> SessionCore::pending_objects() const {
    std::vector<ObjectHeader*> found;
    std::transform(state_->pending.begin(), state_->pending.end(), std::back_inserter(found), as_header);
    return found;
}

std::vector<ObjectHeader*> SessionCore::dirty_objects() const {
    std::vector<ObjectHeader*> found;
    std::copy_if(state_->dirty.begin(), state_->dirty.end(), std::back_inserter(found),
                 [](const ObjectHeader* header) { return !header->marked_deleted; });
    return found;
}

std::vector<ObjectHeader*> SessionCore::deleted_objects() const {
    std::vector<ObjectHeader*> found;
    std::transform(state_->doomed.begin(), state_->doomed.end(), std::back_inserter(found), as_header);
    return found;
}

std::size_t SessionCore::identity_map_size() const noexcept {
    std::size_t count = 0;
    state_->region->for_each([&](const ObjectHeader& header) {
        count += header.session == this && header.state == ObjectState::persistent;
    });
    return count;
}

void SessionCore::flush() { detail::flush_session(*state_); }

void SessionCore::autoflush() {
    state_->require_usable();
    if (!state_->options.autoflush || state_->flushing || !state_->has_changes()) {
        return;
    }
    try {
        flush();
    } catch (Error& error) {
        error.add_detail(
            "raised as a result of Query-invoked autoflush; consider turning autoflush off for a while with "
            "session.no_autoflush() if this flush is occurring prematurely");
        throw;
    }
}

void SessionCore::commit() { detail::commit_frame(*state_); }

void SessionCore::rollback() { detail::rollback_frame(*state_); }

void SessionCore::close() noexcept {
    expunge_all();
    state_->release_links();
    state_->frames.clear();
    if (state_->router) state_->router->forget_writes();
}

bool SessionCore::in_transaction() const noexcept { return !state_->frames.empty(); }

bool SessionCore::in_nested_transaction() const noexcept {
    return !state_->frames.empty() && state_->frames.back().nested;
}

void SessionCore::require_no_transaction() const {
    if (in_transaction()) {
        throw InvalidRequestError(
            "A transaction is already begun on this Session, by an object that was added or a statement; call commit() "
            "or rollback() first");
    }
}

std::uint64_t SessionCore::begin_nested() {
    state_->require_usable();
    flush();
    state_->frame();
    detail::begin_frame(*state_, true);
    return state_->frames.back().number;
}

bool SessionCore::nested_is_active(std::uint64_t number) const noexcept {
    return std::any_of(state_->frames.begin(), state_->frames.end(),
                       [&](const auto& frame) { return frame.number == number; });
}

void SessionCore::commit_nested(std::uint64_t number) {
    if (!nested_is_active(number)) {
        throw InvalidRequestError("This savepoint has ended already; begin_nested() opens a new one");
    }
    while (state_->frames.back().number != number) {
        detail::commit_frame(*state_);
    }
    detail::commit_frame(*state_);
}

void SessionCore::rollback_nested(std::uint64_t number) {
    while (nested_is_active(number)) {
        detail::rollback_frame(*state_);
    }
}

Connection& SessionCore::connection() { return connection_for({}); }

Connection& SessionCore::connection_for(const NodeRef& statement) {
    state_->require_usable();
    state_->frame();
    detail::SessionLink& link =
        state_->router ? state_->router->link_for(*state_, statement.get()) : state_->main_link();
    if (state_->frames.size() > 1) state_->open_savepoints(link);
    return *link.connection;
}

Connection& SessionCore::connection(const ExecutionOptions& options) {
    state_->require_usable();
    if (!state_->links.empty()) {
        throw InvalidRequestError(
            "The session has a connection already, whose transaction has begun: options for it come too late. Call "
            "connection(options) as the first thing of a transaction");
    }
    state_->frame();
    state_->begin_options = options;
    try {
        Connection& connection = this->connection();
        state_->begin_options = {};
        return connection;
    } catch (...) {
        state_->begin_options = {};
        throw;
    }
}

RowCursor SessionCore::read(const NodeRef& statement, std::span<const ParameterValue> parameters,
                            detail::Reading reading) {
    const auto run = [&](Connection& on) {
        switch (reading) {
            // A replica that breaks among its rows could not be replaced by another server any more.
            case detail::Reading::at_once:
                return state_->router ? on.run(statement, parameters) : on.read_at_once(statement, parameters);
            case detail::Reading::streamed: return on.stream(statement, parameters);
            default: return on.run(statement, parameters);
        }
    };
    return state_->router ? detail::read_routed(*state_, statement, run) : run(connection());
}

RowCursor SessionCore::read(const PreparedStatement& statement, std::span<const ParameterValue> parameters) {
    const auto run = [&](Connection& on) { return on.run(statement, parameters); };
    return state_->router ? detail::read_routed(*state_, statement.statement, run) : run(connection());
}

RowCursor SessionCore::read(const PreparedStatement& statement, std::span<const Cell> values) {
    const auto run = [&](Connection& on) { return on.run(statement, values); };
    return state_->router ? detail::read_routed(*state_, statement.statement, run) : run(connection());
}

CursorResult SessionCore::execute_node(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    const auto run = [&](Connection& on) { return on.execute_node(statement, parameters); };
    return state_->router ? detail::read_routed(*state_, statement, run) : run(connection());
}

const Engine& SessionCore::engine() const noexcept { return state_->engine; }

const SessionOptions& SessionCore::options() const noexcept { return state_->options; }

bool SessionCore::set_autoflush(bool on) noexcept { return std::exchange(state_->options.autoflush, on); }

std::uint64_t SessionCore::statement_count() const noexcept {
    std::uint64_t count = state_->statements_before;
    for (const auto& link : state_->links) count += link->connection->statement_count() - link->counted_from;
    return count;
}

void SessionCore::record_statements(std::vector<std::string>* into) noexcept {
    state_->record = into;
    for (const auto& link : state_->links) link->connection->record_statements(into);
}

void SessionCore::prepare() { detail::prepare_frame(*state_); }

ObjectHeader& SessionCore::merge(ObjectHeader& header) { return detail::merge_into(*state_, header); }

SessionEvents SessionCore::events() {
    if (!std::exchange(state_->has_own_listeners, true)) {
        state_->listeners.push_back(SessionEvents().listeners());
    }
    return SessionEvents(state_->listeners.back());
}

std::uint64_t SessionCore::number() const noexcept { return state_->number; }

}  // namespace aludel
