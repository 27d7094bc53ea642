// What a session does, without the types of its objects: the compiled side of `Session`.
#pragma once

#include <aludel/base/owned.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/events.hpp>
#include <aludel/orm/mapper.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel {

/// What a session does about repeated lazy loads.
enum class NPlusOne : std::uint8_t {
    ignore,
    warn,   ///< a line in the log, at the second load, with the relationship's name and the option that cures it
    raise,  ///< an InvalidRequestError that says the same, instead of the second load
};

/// What a session that was given a connection does where a transaction has begun on it already. Source: SQLAlchemy 2's
/// parameter of that name.
enum class JoinTransactionMode : std::uint8_t {
    conditional_savepoint,  ///< `create_savepoint` inside of a savepoint, else `rollback_only`
    rollback_only,          ///< `commit()` leaves the transaction open, `rollback()` rolls it back
    control_fully,          ///< `commit()`, `rollback()` and `close()` end it
    create_savepoint,       ///< the session works in savepoints of its own; the transaction never notices. For tests
};

/// Which engine keeps the rows of a table, in a session that works with several.
struct Bind {
    const TableInfo* table;
    Engine engine;
};

/// How a session behaves; the defaults are SQLAlchemy's.
struct SessionOptions {
    /// Flush before a query, so that it sees what is pending.
    bool autoflush = true;
    /// SQLAlchemy's mode without transactions of long ago. Only false is accepted; use
    /// `create_engine(url, {.isolation_level = IsolationLevel::autocommit})` where every statement shall stand alone.
    bool autocommit = false;
    /// Expire all objects at commit, so that they are read anew.
    bool expire_on_commit = true;
    /// What happens when one relationship is loaded by a SELECT of its own for one object after the other of the same
    /// result, where one SELECT could have loaded it for all (the N+1 problem).
    NPlusOne n_plus_one = NPlusOne::ignore;
    /// Listeners for what the session does.
    std::optional<SessionEvents> events = std::nullopt;
    /// Commit in two phases, on all databases that the session has come to.
    bool twophase = false;
    /// For a session that works on a connection of the user.
    JoinTransactionMode join_transaction_mode = JoinTransactionMode::conditional_savepoint;

    /// Copies of the engine's database that follow it. A session reads from one of them until it writes; from then on
    /// it reads from its engine, so that it sees what it wrote. See docs/scaling.md.
    std::vector<Engine> replicas = {};
    /// How long after a commit the replicas may lack what was committed: that long the session goes on reading from its
    /// engine. Nothing: until `close()`.
    std::optional<std::chrono::milliseconds> replica_lag = std::nullopt;
    /// Engines for the rows of certain classes and tables: `{bind<User>(users), bind(log_table.info(), logs)}`. All
    /// others are the session's engine's.
    std::vector<Bind> binds = {};
};

namespace detail {
struct SessionState;
struct Sharding;
}  // namespace detail

/// The session of a `Session`, which gives it types. Not copied, not moved: objects point to it. Queries and scopes
/// that outlive their session find it closed.
class SessionCore : public std::enable_shared_from_this<SessionCore> {
  public:
    /// @throws ArgumentError for an option that cannot be granted.
    SessionCore(Engine engine, SessionOptions options, std::shared_ptr<const detail::Sharding> sharding = nullptr);
    /// Works on a connection of the user, which outlives it.
    SessionCore(Connection& connection, SessionOptions options);
    SessionCore(const SessionCore&) = delete;
    SessionCore& operator=(const SessionCore&) = delete;
    ~SessionCore();
    /// Who made the session, for the report of leaks.
    void set_place(const std::source_location& where) noexcept;

    void add(detail::ObjectHeader& header);
    void remove(detail::ObjectHeader& header);
    void expunge(detail::ObjectHeader& header);
    /// Without cascades.
    void expunge_alone(detail::ObjectHeader& header);
    void expunge_all();
    void refresh(detail::ObjectHeader& header, std::span<const std::string_view> attributes);
    void expire(detail::ObjectHeader& header, std::span<const std::string_view> attributes);
    void expire_all();
    [[nodiscard]] bool contains(const detail::ObjectHeader& header) const noexcept;
    [[nodiscard]] bool is_modified(const detail::ObjectHeader& header) const;
    [[nodiscard]] detail::ObjectHeader* get(const Mapper& mapper, std::span<const Value> key);

    [[nodiscard]] std::vector<detail::ObjectHeader*> pending_objects() const;
    [[nodiscard]] std::vector<detail::ObjectHeader*> dirty_objects() const;
    [[nodiscard]] std::vector<detail::ObjectHeader*> deleted_objects() const;
    [[nodiscard]] std::size_t identity_map_size() const noexcept;

    void flush();
    void autoflush();
    void commit();
    void rollback();
    void close() noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] bool in_nested_transaction() const noexcept;
    /// @throws InvalidRequestError in a transaction.
    void require_no_transaction() const;
    /// Opens a savepoint and returns its number, by which it is ended.
    std::uint64_t begin_nested();
    void commit_nested(std::uint64_t number);
    void rollback_nested(std::uint64_t number);
    [[nodiscard]] bool nested_is_active(std::uint64_t number) const noexcept;

    /// The first phase of a commit in two, on all databases, after a flush.
    void prepare();

    /// The connection of the current transaction, taken from the engine now if there is none. What is done with it
    /// counts as writing.
    Connection& connection();
    /// The same with options for this transaction. @throws InvalidRequestError when there is a connection already.
    Connection& connection(const ExecutionOptions& options);
    /// The connection for a statement, in a session with several servers.
    Connection& connection_for(const NodeRef& statement);
    /// Runs a statement that only reads, on the server that it belongs to.
    RowCursor read(const NodeRef& statement, std::span<const ParameterValue> parameters = {},
                   detail::Reading reading = detail::Reading::stored);
    RowCursor read(const PreparedStatement& statement, std::span<const ParameterValue> parameters);
    /// With a value for each slot of the statement.
    RowCursor read(const PreparedStatement& statement, std::span<const Cell> values);
    /// Runs a statement of the user.
    CursorResult execute_node(const NodeRef& statement, std::span<const ParameterValue> parameters);
    [[nodiscard]] const Engine& engine() const noexcept;
    [[nodiscard]] const SessionOptions& options() const noexcept;
    /// Turns autoflush on or off; what it was before.
    bool set_autoflush(bool on) noexcept;
    /// Statements that were sent in this session.
    [[nodiscard]] std::uint64_t statement_count() const noexcept;
    /// From now on their texts are appended to `into`; null ends it.
    void record_statements(std::vector<std::string>* into) noexcept;
    [[nodiscard]] SessionEvents events();
    detail::ObjectHeader& merge(detail::ObjectHeader& header);
    /// A number that tells this session from the others of the program, for messages.
    [[nodiscard]] std::uint64_t number() const noexcept;

    /// For the library's own use.
    [[nodiscard]] detail::SessionState& state() noexcept { return *state_; }

  private:
    void save_or_update(detail::ObjectHeader& header);
    void attach_detached(detail::ObjectHeader& header);
    void mark_deleted(detail::ObjectHeader& header);
    void expire_whole(detail::ObjectHeader& header);
    void require_persistent(const detail::ObjectHeader& header) const;
    bool reload_known(detail::ObjectHeader& known);
    detail::ObjectHeader* get_here(const Mapper& mapper, std::span<const Value> key);

    detail::Owned<detail::SessionState> state_;
};

/// Sessions that end keep room for the objects of those to come, up to 32 MiB in the whole process; this gives it back
/// to the heap.
void release_spare_memory() noexcept;

}  // namespace aludel
