// The session: a unit of work over objects.
#pragma once

#include <aludel/engine/engine.hpp>
#include <aludel/orm/object_set.hpp>
#include <aludel/orm/query.hpp>
#include <aludel/orm/session_core.hpp>
#include <aludel/orm/session_transaction.hpp>

#include <array>
#include <concepts>
#include <functional>
#include <memory>
#include <source_location>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

[[noreturn]] void throw_moved_from();

/// The object that a handle leads to. @throws InvalidRequestError for a null handle.

}  // namespace detail

/// A conversation with a database: it loads objects, keeps one object per row, notices their changes, and writes them
/// in the right order at `flush`, which `commit` and (with autoflush) every query do first.
///
/// A transaction begins with the first use and ends with `commit` or `rollback`; afterwards objects are expired and
/// read anew when they are used. The session is for one thread at a time, and so are its objects. When it is destroyed
/// it rolls back what is not committed; objects that handles keep become detached. Source: SQLAlchemy's `Session`.
class Session {
  public:
    /// Takes no connection yet; `where` is for the report of leaks, when it does. @throws ArgumentError for an option
    /// that cannot be granted.
    explicit Session(const Engine& engine, SessionOptions options = {},
                     std::source_location where = std::source_location::current());
    /// Works on this connection, which stays open and must outlive the session; where a transaction has begun on it,
    /// the session joins it as `SessionOptions::join_transaction_mode` says.
    explicit Session(Connection& connection, SessionOptions options = {});
    /// The objects follow. What was moved from is closed for good: using it is an InvalidRequestError.
    Session(Session&&) noexcept = default;
    Session& operator=(Session&& other) noexcept;
    /// `close`.
    ~Session() {
        if (!is_view_) close();
    }
    /// The session of a core as a second face of it, which closes nothing: for listeners and `object_session`.
    [[nodiscard]] static Session view_of(SessionCore& core) { return Session(core.shared_from_this()); }

    // ---- objects

    /// Makes the value a managed object that the next flush inserts.
    template <class T>
    Ptr<T> add(T value) {
        static_assert(detail::check_mapped_class<T>());
        if constexpr (detail::HasTableName<T>) {
            return add(make(std::move(value)));
        } else {
            return {};
        }
    }
    /// A transient object is inserted by the next flush; a detached one is the session's again; one that is marked for
    /// deletion is kept. @throws InvalidRequestError if the object is another session's, or deleted.
    template <class T>
    Ptr<T> add(const Ptr<T>& object) {
        live().add(detail::header_of(object));
        return object;
    }
    /// `add` for each: values, handles, and ranges of handles.
    template <class... Objects>
    void add_all(Objects&&... objects) {
        (add_one(std::forward<Objects>(objects)), ...);
    }
    /// The next flush deletes the object's row. @throws InvalidRequestError if it has none.
    template <class T>
    void delete_(const Ptr<T>& object) {
        live().remove(detail::header_of(object));
    }
    /// The session forgets the object: a pending one becomes transient, a persistent one detached.
    template <class T>
    void expunge(const Ptr<T>& object) {
        live().expunge(detail::header_of(object));
    }
    /// The session forgets all objects. Nothing is written; changes that were not flushed are lost to the database.
    void expunge_all() { live().expunge_all(); }
    /// Reads the object anew, now: one SELECT, after a flush. Changes to it are lost. Only the named attributes, if
    /// any.
    template <class T, std::convertible_to<std::string_view>... Names>
    void refresh(const Ptr<T>& object, const Names&... attributes) {
        live().refresh(detail::header_of(object), names(attributes...));
    }
    /// The next use reads the object anew. Changes to it are lost. Only the named attributes, if any.
    template <class T, std::convertible_to<std::string_view>... Names>
    void expire(const Ptr<T>& object, const Names&... attributes) {
        live().expire(detail::header_of(object), names(attributes...));
    }
    /// The next use of each object reads it anew. Changes that were not flushed are lost; new objects stay as they are.
    void expire_all() { live().expire_all(); }
    /// The session's own object for the row that `object` stands for, with its state: read by its primary key if it is
    /// not in memory (one SELECT), or a new one. Attributes that were set are copied, and what `merge` cascades lead to
    /// is merged too: objects that a collection no longer has are taken out, new ones are added. `object` stays as it
    /// is, in whatever session it is. Flushes first.
    template <class T>
    Ptr<T> merge(const Ptr<T>& object) {
        return Ptr<T>(&live().merge(detail::header_of(object)));
    }
    /// The same for a plain value.
    template <class T>
        requires detail::HasTableName<T>
    Ptr<T> merge(T value) {
        return merge(make(std::move(value)));
    }
    /// The object with this primary key; null if there is none. From memory if it is there and not expired, else one
    /// SELECT.
    template <class T, class... Key>
    Ptr<T> get(const Key&... key) {
        return Ptr<T>(live().get(mapper<T>(), detail::encode_key<T>(key...)));
    }

    /// Whether the object is this session's: pending, or persistent. Does not ask the database.
    template <class T>
    [[nodiscard]] bool contains(const Ptr<T>& object) const {
        return object && live().contains(*object.header());
    }
    /// Whether a flush would write something for the object.
    template <class T>
    [[nodiscard]] bool is_modified(const Ptr<T>& object) const {
        return live().is_modified(detail::header_of(object));
    }
    /// Objects that the next flush inserts.
    [[nodiscard]] ObjectSet new_() const;
    /// Objects that were assigned to since the last flush, whether or not a value differs.
    [[nodiscard]] ObjectSet dirty() const;
    /// Objects that the next flush deletes.
    [[nodiscard]] ObjectSet deleted() const;
    /// How many persistent objects the session holds in memory.
    [[nodiscard]] std::size_t identity_map_size() const { return live().identity_map_size(); }

    // ---- queries

    /// A query for objects of mapped classes: `session.query<User>()`, `session.query<User, Address>()`.
    template <class... T>
        requires(sizeof...(T) > 0)
    Query<T...> query() {
        static_assert((detail::check_mapped_class<T>() && ...));
        return Query<T...>(detail::QueryCore(&live(), {detail::element_for<T>()...}));
    }
    /// A query for columns, expressions, entities and aliases: `session.query(col<&User::name>, func::count())`.
    template <class... A>
        requires(sizeof...(A) > 0 && (requires { typename detail::QueryArgument<A>::type; } && ...))
    auto query(const A&... arguments) {
        return Query<typename detail::QueryArgument<A>::type...>(
            detail::QueryCore(&live(), {detail::QueryArgument<A>::element(arguments)...}));
    }
    /// Runs a statement of the expression language, or text, in the session's transaction, after a flush.
    template <class Statement, class... Arguments>
    auto execute(const Statement& statement, const Arguments&... arguments) {
        live().autoflush();
        const detail::NamedValues<sizeof...(Arguments)> values{arguments...};
        return detail::result_of<Statement>(live().execute_node(detail::statement_node(statement), values.view()));
    }
    /// The first column of the first row.
    template <class Statement, class... Arguments>
    auto scalar(const Statement& statement, const Arguments&... arguments) {
        return execute(statement, arguments...).scalar();
    }

    // ---- transactions

    /// Writes what is pending. @throws DBAPIError and others; the transaction is then rolled back, and the session
    /// needs `rollback()` before it can be used again.
    void flush() { live().flush(); }
    /// Flush and COMMIT; of a savepoint, RELEASE. Nothing is emitted if nothing was done.
    void commit() { live().commit(); }
    /// ROLLBACK; of a savepoint, ROLLBACK TO. New objects are transient again, deleted ones persistent, all others
    /// expired.
    void rollback() { live().rollback(); }
    /// Rolls back and lets go of all objects. The session may be used again.
    void close() noexcept;
    /// Whether a transaction has begun: by the first object or statement since the last `commit` or `rollback`.
    [[nodiscard]] bool in_transaction() const { return live().in_transaction(); }
    /// Whether a savepoint is open.
    [[nodiscard]] bool in_nested_transaction() const { return live().in_nested_transaction(); }
    /// Flushes and opens a savepoint; the SAVEPOINT is emitted with the first statement inside of it.
    [[nodiscard]] SessionTransaction begin_nested();
    /// Runs `work()` in a savepoint: released when it returns, rolled back when it throws.
    template <std::invocable Work>
    auto begin_nested(Work&& work);
    /// Runs `work()`, commits when it returns and rolls back when it throws: a transaction as a block.
    /// @throws InvalidRequestError when a transaction has begun already.
    template <std::invocable Work>
    auto begin(Work&& work);
    /// Until the returned object dies, queries do not flush.
    [[nodiscard]] NoAutoflush no_autoflush() { return NoAutoflush(live().shared_from_this()); }

    /// Listeners of this session alone: `session.events().listen(SessionEvent::before_flush, …)`.
    [[nodiscard]] SessionEvents events() { return live().events(); }
    /// Statements that this session has sent so far; BEGIN, COMMIT and ROLLBACK are not counted, savepoints are.
    [[nodiscard]] std::uint64_t statement_count() const { return live().statement_count(); }

    /// The first phase of a commit in two, on all databases that the session has come to, after a flush: then they have
    /// promised that `commit()` will not fail. Only `commit()` or `rollback()` may follow.
    /// @throws InvalidRequestError without `SessionOptions::twophase`; what a database refuses with, and then
    /// everything is rolled back.
    void prepare() { live().prepare(); }

    /// The connection of the session's transaction. What is done with it counts as writing: see
    /// `SessionOptions::replicas`.
    Connection& connection() { return live().connection(); }
    /// The same as the first thing of a transaction, with options for it alone:
    /// `session.connection({.isolation_level = IsolationLevel::serializable})`.
    /// @throws InvalidRequestError when the session has a connection already.
    Connection& connection(const ExecutionOptions& options) { return live().connection(options); }
    /// The engine that the session was made with.
    [[nodiscard]] const Engine& engine() const { return live().engine(); }
    /// For the library's own use.
    [[nodiscard]] SessionCore& core() { return live(); }

  protected:
    struct IsOwner {};
    Session(std::shared_ptr<SessionCore> core, IsOwner) noexcept : core_(std::move(core)) {}

  private:
    template <class Object>
    void add_one(Object&& object) {
        using Plain = std::remove_cvref_t<Object>;
        if constexpr (detail::IsPtr<Plain>::value || detail::HasTableName<Plain>) {
            add(std::forward<Object>(object));
        } else if constexpr (requires { object.begin(); }) {
            for (auto& each : object) {
                add(each);
            }
        } else {
            static_assert(detail::check_mapped_class<Plain>());
        }
    }
    template <class... Names>
    static std::array<std::string_view, sizeof...(Names)> names(const Names&... attributes) {
        return {std::string_view(attributes)...};
    }

    SessionCore& live() const {
        if (!core_) {
            detail::throw_moved_from();
        }
        return *core_;
    }

    explicit Session(std::shared_ptr<SessionCore> core) noexcept : core_(std::move(core)), is_view_(true) {}

    std::shared_ptr<SessionCore> core_;
    bool is_view_ = false;
};

template <std::invocable Work>
auto Session::begin_nested(Work&& work) {
    SessionTransaction savepoint = begin_nested();
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
        std::invoke(std::forward<Work>(work));
        savepoint.commit();
    } else {
        auto result = std::invoke(std::forward<Work>(work));
        savepoint.commit();
        return result;
    }
}

template <std::invocable Work>
auto Session::begin(Work&& work) {
    live().require_no_transaction();
    RollBackUnlessCommitted guard(live());
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
        std::invoke(std::forward<Work>(work));
        guard.commit();
    } else {
        auto result = std::invoke(std::forward<Work>(work));
        guard.commit();
        return result;
    }
}

template <class... R>
Query<R...> Query<R...>::with_session(Session& session) const {
    return Query(*this, &detail::QueryCore::with_session, &session.core());
}

/// For `SessionOptions::binds`: the rows of the class are this engine's.
template <class T>
[[nodiscard]] Bind bind(Engine engine) {
    static_assert(detail::check_mapped_class<T>());
    return {&mapper<T>().table(), std::move(engine)};
}
/// The same for a table without a class.
[[nodiscard]] inline Bind bind(const TableInfo& table, Engine engine) { return {&table, std::move(engine)}; }

/// The state of an object.
template <class T>
[[nodiscard]] ObjectState object_state(const Ptr<T>& object) {
    return detail::header_of(object).state;
}

template <class T, auto... Options>
Query<T> Dynamic<T, Options...>::query() const {
    return Query<T>(detail::related_query(this->link()));
}

template <class T, auto... Options>
std::vector<Ptr<T>> Dynamic<T, Options...>::all() const {
    if (const auto waiting = detail::related_without_row(this->link())) {
        std::vector<Ptr<T>> objects;
        for (detail::ObjectHeader* each : *waiting) objects.emplace_back(each);
        return objects;
    }
    return query().all();
}

}  // namespace aludel
