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
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

/// The object that a handle leads to. @throws InvalidRequestError for a null handle.
template <class T>
ObjectHeader& header_of(const Ptr<T>& object) {
    if (!object) {
        throw_null_handle(class_name<T>());
    }
    return *object.header();
}

}  // namespace detail

/// A conversation with a database: it loads objects, keeps one object per row, notices their changes, and writes them
/// in the right order at `flush`, which `commit` and (with autoflush) every query do first.
///
/// A transaction begins with the first use and ends with `commit` or `rollback`; afterwards objects are expired and
/// read anew when they are used. The session is for one thread at a time, and so are its objects. When it is destroyed
/// it rolls back what is not committed; objects that handles keep become detached. Source: SQLAlchemy's `Session`.
class Session {
  public:
    /// Takes no connection yet. @throws ArgumentError for an option that cannot be granted.
    explicit Session(const Engine& engine, SessionOptions options = {});
    Session(Session&&) noexcept = default;
    Session& operator=(Session&&) noexcept = default;

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
        core_->add(detail::header_of(object));
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
        core_->remove(detail::header_of(object));
    }
    /// The session forgets the object: a pending one becomes transient, a persistent one detached.
    template <class T>
    void expunge(const Ptr<T>& object) {
        core_->expunge(detail::header_of(object));
    }
    void expunge_all() { core_->expunge_all(); }
    /// Reads the object anew, now: one SELECT, after a flush. Changes to it are lost. Only the named attributes, if
    /// any.
    template <class T, std::convertible_to<std::string_view>... Names>
    void refresh(const Ptr<T>& object, const Names&... attributes) {
        core_->refresh(detail::header_of(object), names(attributes...));
    }
    /// The next use reads the object anew. Changes to it are lost. Only the named attributes, if any.
    template <class T, std::convertible_to<std::string_view>... Names>
    void expire(const Ptr<T>& object, const Names&... attributes) {
        core_->expire(detail::header_of(object), names(attributes...));
    }
    void expire_all() { core_->expire_all(); }
    /// The object with this primary key; null if there is none. From memory if it is there and not expired, else one
    /// SELECT.
    template <class T, class... Key>
    Ptr<T> get(const Key&... key) {
        return Ptr<T>(core_->get(mapper<T>(), detail::encode_key<T>(key...)));
    }

    template <class T>
    [[nodiscard]] bool contains(const Ptr<T>& object) const {
        return object && core_->contains(*object.header());
    }
    /// Whether a flush would write something for the object.
    template <class T>
    [[nodiscard]] bool is_modified(const Ptr<T>& object) const {
        return core_->is_modified(detail::header_of(object));
    }
    /// Objects that the next flush inserts.
    [[nodiscard]] ObjectSet new_() const { return ObjectSet(core_->pending_objects()); }
    /// Objects that were assigned to since the last flush, whether or not a value differs.
    [[nodiscard]] ObjectSet dirty() const { return ObjectSet(core_->dirty_objects()); }
    /// Objects that the next flush deletes.
    [[nodiscard]] ObjectSet deleted() const { return ObjectSet(core_->deleted_objects()); }
    /// How many persistent objects the session holds in memory.
    [[nodiscard]] std::size_t identity_map_size() const noexcept { return core_->identity_map_size(); }

    // ---- queries

    /// A query for objects of mapped classes: `session.query<User>()`, `session.query<User, Address>()`.
    template <class... T>
        requires(sizeof...(T) > 0)
    Query<T...> query() {
        static_assert((detail::check_mapped_class<T>() && ...));
        return Query<T...>(detail::QueryCore(core_.get(), {detail::element_for<T>()...}));
    }
    /// A query for columns, expressions, entities and aliases: `session.query(col<&User::name>, func::count())`.
    template <class... A>
        requires(sizeof...(A) > 0 && (requires { typename detail::QueryArgument<A>::type; } && ...))
    auto query(const A&... arguments) {
        return Query<typename detail::QueryArgument<A>::type...>(
            detail::QueryCore(core_.get(), {detail::QueryArgument<A>::element(arguments)...}));
    }
    /// Runs a statement of the expression language, or text, in the session's transaction, after a flush.
    template <class Statement, class... Arguments>
    auto execute(const Statement& statement, const Arguments&... arguments) {
        core_->autoflush();
        return core_->connection().execute(statement, arguments...);
    }
    /// The first column of the first row.
    template <class Statement, class... Arguments>
    auto scalar(const Statement& statement, const Arguments&... arguments) {
        return execute(statement, arguments...).scalar();
    }

    // ---- transactions

    /// Writes what is pending. @throws DBAPIError and others; the transaction is then rolled back, and the session
    /// needs `rollback()` before it can be used again.
    void flush() { core_->flush(); }
    /// Flush and COMMIT; of a savepoint, RELEASE. Nothing is emitted if nothing was done.
    void commit() { core_->commit(); }
    /// ROLLBACK; of a savepoint, ROLLBACK TO. New objects are transient again, deleted ones persistent, all others
    /// expired.
    void rollback() { core_->rollback(); }
    /// Rolls back and lets go of all objects. The session may be used again.
    void close() noexcept { core_->close(); }
    [[nodiscard]] bool in_transaction() const noexcept { return core_->in_transaction(); }
    [[nodiscard]] bool in_nested_transaction() const noexcept { return core_->in_nested_transaction(); }
    /// Flushes and opens a savepoint; the SAVEPOINT is emitted with the first statement inside of it.
    [[nodiscard]] SessionTransaction begin_nested();
    /// Runs `work()` in a savepoint: released when it returns, rolled back when it throws.
    template <std::invocable Work>
    auto begin_nested(Work&& work);
    /// Until the returned object dies, queries do not flush.
    [[nodiscard]] NoAutoflush no_autoflush() { return NoAutoflush(*core_); }

    /// The connection of the session's transaction.
    Connection& connection() { return core_->connection(); }
    [[nodiscard]] const Engine& engine() const noexcept { return core_->engine(); }
    /// For the library's own use.
    [[nodiscard]] SessionCore& core() noexcept { return *core_; }

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

    std::unique_ptr<SessionCore> core_;
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

template <class... R>
Query<R...> Query<R...>::with_session(Session& session) const {
    return Query(core_.with_session(&session.core()));
}

/// The state of an object.
template <class T>
[[nodiscard]] ObjectState object_state(const Ptr<T>& object) {
    return detail::header_of(object).state;
}

template <class T, auto... Options>
Query<T> Dynamic<T, Options...>::query() const {
    return Query<T>(detail::related_query(link_));
}

}  // namespace aludel
