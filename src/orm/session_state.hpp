// The parts of a session: its objects, what waits for the next flush, and its transactions.
#pragma once

#include "orm/identity_map.hpp"
#include "orm/region.hpp"

#include <aludel/engine/engine.hpp>
#include <aludel/engine/transaction.hpp>
#include <aludel/orm/session_core.hpp>

#include <boost/container_hash/hash.hpp>
#include <boost/unordered_map.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

struct Listeners;
class Relationship;
class Router;

/// An object whose primary key a flush has changed.
struct KeySwitch {
    Hold object;
    std::vector<Value> before;
};

/// A connection that takes part in the session's transaction: one for each server that it has come to.
struct SessionLink {
    explicit SessionLink(std::size_t place_of) noexcept : place(place_of) {}
    SessionLink(const SessionLink&) = delete;
    SessionLink& operator=(const SessionLink&) = delete;

    std::size_t place;              // of the server, as the router counts them; 0: the session's engine
    std::optional<Connection> own;  // taken from an engine; empty: the connection is the user's
    Connection* connection = nullptr;
    /// What the session ends at last: a transaction of two phases, or on a connection of the user. Empty: the one that
    /// the first statement begins.
    std::optional<Transaction> transaction;
    std::optional<TwoPhaseTransaction> two_phase;
    bool ends_on_commit = true;      // false: the transaction is the user's to commit
    bool is_replica = false;         // only read from
    std::uint64_t counted_from = 0;  // statements that others had sent on it
};

/// One level of the session's transactions: the outermost, or a savepoint. Knows what to undo in memory.
struct TransactionFrame {
    std::uint64_t number = 0;
    bool nested = false;
    // Opened on each connection with the first statement inside of it.
    std::vector<std::pair<const SessionLink*, Transaction>> savepoints;
    std::vector<ObjectHeader*> created;   // became persistent in this frame; purged before a sweep frees one
    std::vector<Hold> deleted;            // were persistent before, their rows are deleted
    std::vector<ObjectHeader*> changed;   // were written by a flush of this frame
    std::vector<KeySwitch> key_switches;  // changed their primary key
    std::optional<std::string> failure;   // a flush failed here: the frame waits for rollback()
};

/// Statements of one mapper that have the same text: what they do, and to which columns.
struct StatementShape {
    const Mapper* mapper;
    std::u16string columns;
    friend bool operator==(const StatementShape&, const StatementShape&) = default;
};

std::size_t hash_value(const StatementShape& shape) noexcept;

struct SessionState {
    SessionState(SessionCore& core_of, Engine engine_of, SessionOptions options_of);
    SessionState(const SessionState&) = delete;
    SessionState& operator=(const SessionState&) = delete;
    ~SessionState();

    SessionCore& core;
    Engine engine;
    SessionOptions options;
    std::source_location made_at;                       // by whom, for the report of leaks
    std::vector<std::shared_ptr<Listeners>> listeners;  // of the options, and the session's own, where there are any
    bool has_own_listeners = false;
    std::uint64_t number;

    // -- objects
    Region* region;  // of the session's objects and what they are linked with; owned
    IdentityMap identities;
    std::uint32_t generation = 1;
    std::uint32_t next_insert_order = 0;
    std::size_t sweep_at = 1024;       // objects in the region at which the next sweep is due
    std::vector<Hold> pending;         // in the order in which they were added
    std::vector<ObjectHeader*> dirty;  // persistent, assigned to since the last flush
    std::vector<Hold> doomed;          // delete_() was called, in that order
    bool flushing = false;
    unsigned listening = 0;  // listeners that run now, called by something that may know objects by address

    // -- transactions
    Connection* external = nullptr;  // the user's, that the session works on
    std::unique_ptr<Router> router;  // null: there is one server only
    std::vector<std::unique_ptr<SessionLink>> links;
    bool prepared = false;                 // the first phase of the commit is over
    std::vector<TransactionFrame> frames;  // empty: no transaction has begun
    std::uint64_t next_frame = 0;
    ExecutionOptions begin_options;       // of the connection that is being opened
    std::uint64_t statements_before = 0;  // by connections that were given back
    std::vector<std::string>* record = nullptr;

    // -- statements that this session has used, by shape; the engine's cache would find them too, but only by a walk
    boost::unordered_map<StatementShape, PreparedStatement, boost::hash<StatementShape>> shaped;

    /// The prepared statement of a shape; `make` makes it where it is new.
    template <class Make>
    PreparedStatement& shaped_statement(StatementShape shape, Make make) {
        const auto found = shaped.find(shape);
        if (found == shaped.end()) {
            return shaped.emplace(std::move(shape), engine.statement_cache().find(make())).first->second;
        }
        if (found->second.compiled->dialect != &engine.dialect()) [[unlikely]] {  // the server was met since then
            found->second = engine.statement_cache().find(found->second.statement);
        }
        found->second.cached = true;
        return found->second;
    }

    /// The SELECT of a row by its primary key.
    const PreparedStatement& select_by_key(const Mapper& mapper) {
        return by_key_.find(*this, &mapper,
                            [&] { return &shaped_statement({&mapper, u"s"}, [&] { return mapper.select_by_key(); }); });
    }
    /// The SELECT of the rows that are related to one object, which `make` makes.
    const PreparedStatement& select_related(const Relationship& relationship, NodeRef (*make)(const Relationship&));

    /// A flush would have something to look at.
    [[nodiscard]] bool has_changes() const noexcept { return !pending.empty() || !dirty.empty() || !doomed.empty(); }
    /// The innermost transaction, begun now if there is none.
    TransactionFrame& frame();
    /// The connection to the session's engine, in the transaction.
    SessionLink& main_link();
    /// A new one, from this engine, which the transaction takes in.
    SessionLink& open_link(std::size_t place, const Engine& from, const ExecutionOptions& how = {},
                           bool is_replica = false);
    /// The savepoints that are open have to be open on this connection, too.
    void open_savepoints(const SessionLink& link);
    /// Gives one connection back, whatever has happened on it.
    void close_link(const SessionLink& link) noexcept;
    /// Gives all connections back.
    void release_links() noexcept;
    /// @throws PendingRollbackError if a flush failed and rollback() has not been called yet.
    void require_usable() const;
    /// Hands what is no error, but rarely intended, to the handler of warnings, and writes it to the engine's log.
    void warn(const std::string& message) const;
    /// Writes it to the engine's log.
    void note(const std::string& message) const;

  private:
    /// The statement of its kind that was used last: most are used again at once.
    struct Recent {
        const void* of = nullptr;
        PreparedStatement* statement = nullptr;

        template <class Find>
        const PreparedStatement& find(const SessionState& session, const void* wanted, Find look_up) {
            if (of != wanted || statement->compiled->dialect != &session.engine.dialect()) {
                statement = look_up();
                of = wanted;
            } else {
                statement->cached = true;
            }
            return *statement;
        }
    };
    Recent by_key_, related_;
};

// ---- objects (session_objects.cpp)

/// The object is one of the session's now, and what it is linked with is in the session's region.
void attach(SessionState& session, ObjectHeader& header, ObjectState state);
/// The object leaves the session; its state says what it becomes. It dies unless a handle holds it, or something that
/// is linked with it.
void detach(SessionState& session, ObjectHeader& header, ObjectState state) noexcept;
/// All objects leave the session.
void detach_all(SessionState& session) noexcept;
/// All loaded values are to be read again; changes are lost.
void expire_object(ObjectHeader& header) noexcept;
void expire_attribute(ObjectHeader& header, const Attribute& attribute) noexcept;
/// The object has another primary key than `before`; a rollback of the transaction gives it back.
void rekey(SessionState& session, ObjectHeader& header, const std::vector<Value>& before);
/// The primary key of the object's row.
std::vector<Value> committed_key(const ObjectHeader& header);
/// Puts values into memory as if they had been loaded.
void load_values(ObjectHeader& header, std::span<const Attribute* const> attributes, std::span<const Value> values);
/// What is in memory is what the row has.
void mark_clean(ObjectHeader& header) noexcept;
void remember_dirty(SessionState& session, ObjectHeader& header);
void forget_dirty(SessionState& session, ObjectHeader& header) noexcept;
/// Frees clean objects that neither a handle nor a pending change reaches, if the number of objects has doubled since
/// this was done last.
void sweep_if_due(SessionState& session);
/// The object's row is gone; until the transaction ends the object may come back.
void become_deleted(SessionState& session, ObjectHeader& header);
/// `<User at 0x…>`, for messages.
std::string describe_object(const ObjectHeader& header);

/// The session's own object for the row that `source` stands for, with its state (merge.cpp).
ObjectHeader& merge_into(SessionState& session, ObjectHeader& source);

// ---- transactions (session_transaction.cpp)

void begin_frame(SessionState& session, bool nested);
/// COMMIT or RELEASE SAVEPOINT of the innermost transaction, after a flush.
void commit_frame(SessionState& session);
/// The first phase of COMMIT on all connections, after a flush.
void prepare_frame(SessionState& session);
/// ROLLBACK or ROLLBACK TO SAVEPOINT of the innermost transaction; memory follows.
void rollback_frame(SessionState& session);
/// A flush failed: the database's transaction is rolled back at once, the frame stays until rollback() is called.
void fail_frame(SessionState& session, const std::string& message) noexcept;

// ---- flush (unit_of_work.cpp)

void flush_session(SessionState& session);

// ---- loading (loading.cpp)

/// Reads the expired attributes of an object: one SELECT. @throws ObjectDeletedError
void load_expired(SessionState& session, ObjectHeader& header);
/// What has to be read for one attribute: all that is expired, or of a deferred one this column and those of its group.
void load_unloaded(SessionState& session, ObjectHeader& header, const AttributeLink& link);
/// Reads the version of an object, with all else that is expired, if it is not known.
void load_version(SessionState& session, ObjectHeader& header);
/// The same without what else is expired.
void load_version_alone(SessionState& session, ObjectHeader& header);
/// The same as SQLAlchemy's refresh() words it: without labels. Of an object that is expired as a whole, relationships
/// that are loaded eagerly come along.
void refresh_expired(SessionState& session, ObjectHeader& header);
/// Reads an object by its primary key: one SELECT; null if there is no such row.
ObjectHeader* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key);
/// Reads the objects of a SELECT of all columns of one class.
std::vector<Hold> load_all(SessionState& session, const NodeRef& select, const Mapper& mapper);

}  // namespace aludel::detail
