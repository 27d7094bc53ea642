// Looking at what the library knows of an object.
#pragma once

#include <aludel/orm/columns.hpp>
#include <aludel/orm/object_set.hpp>
#include <aludel/orm/session.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aludel {

/// What happened to an attribute since the last flush. Of a column there is one value at most in each; of a collection
/// any number of objects. Source: SQLAlchemy's `History`.
template <class T>
struct AttributeHistory {
    std::vector<T> added;      ///< what the attribute has now and the database does not
    std::vector<T> unchanged;  ///< what both have
    std::vector<T> deleted;    ///< what the database has and the attribute no longer; nothing where it was not loaded

    [[nodiscard]] bool has_changes() const noexcept { return !added.empty() || !deleted.empty(); }
    [[nodiscard]] bool empty() const noexcept { return added.empty() && unchanged.empty() && deleted.empty(); }
};

namespace detail {

/// The history of a column, as database values.
AttributeHistory<Value> history_of_column(const ObjectHeader& header, std::uint32_t offset);
/// The history of a relationship. Loads nothing.
AttributeHistory<ObjectHeader*> history_of_related(ObjectHeader& header, std::uint32_t offset);
std::optional<std::vector<Value>> identity_of_object(const ObjectHeader& header);
bool object_is_modified(const ObjectHeader& header);
std::vector<std::string> unloaded_names(const ObjectHeader& header);
void make_object_transient(ObjectHeader& header);
void make_object_detached(ObjectHeader& header);

}  // namespace detail

/// The library's knowledge of one object: `inspect(user).pending()`. Nothing here reaches the database. It holds on to
/// the object. Source: SQLAlchemy's `InstanceState`.
template <class T>
class InstanceState {
  public:
    explicit InstanceState(Ptr<T> object) : object_(std::move(object)), header_(&detail::header_of(object_)) {}

    [[nodiscard]] const Ptr<T>& object() const noexcept { return object_; }
    [[nodiscard]] ObjectState state() const noexcept { return header_->state; }
    /// In no session, and without a row.
    [[nodiscard]] bool transient() const noexcept { return state() == ObjectState::transient; }
    /// Added to a session, and not yet written.
    [[nodiscard]] bool pending() const noexcept { return state() == ObjectState::pending; }
    /// In a session, with a row.
    [[nodiscard]] bool persistent() const noexcept { return state() == ObjectState::persistent; }
    /// Its row was deleted in the transaction that is not committed yet.
    [[nodiscard]] bool deleted() const noexcept { return state() == ObjectState::deleted; }
    /// In no session, with a row.
    [[nodiscard]] bool detached() const noexcept { return state() == ObjectState::detached; }
    /// It was deleted from the database, now or in a transaction that was committed.
    [[nodiscard]] bool was_deleted() const noexcept { return header_->row_is_gone; }

    /// The session that the object belongs to; none for a transient or detached one.
    [[nodiscard]] std::optional<Session> session() const {
        return header_->session == nullptr ? std::nullopt : std::optional(Session::view_of(*header_->session));
    }
    /// The primary key of the object's row; nothing without row.
    [[nodiscard]] std::optional<std::vector<Value>> identity() const { return detail::identity_of_object(*header_); }
    /// A flush would write something.
    [[nodiscard]] bool modified() const { return detail::object_is_modified(*header_); }
    /// All of its attributes are read anew at the next use.
    [[nodiscard]] bool expired() const noexcept { return header_->is_expired(); }
    /// The names of the attributes and relationships that are not in memory.
    [[nodiscard]] std::vector<std::string> unloaded() const { return detail::unloaded_names(*header_); }

    /// What happened to a column or a relationship since the last flush: `inspect(user).history<&User::name>()`. Loads
    /// nothing.
    template <auto Member>
    [[nodiscard]] auto history() const {
        using M = detail::member_type<Member>;
        if constexpr (detail::IsRelationship<M>) {
            return typed<Ptr<typename M::target>>(
                detail::history_of_related(*header_, detail::offset_of(Member)),
                [](detail::ObjectHeader* header) { return Ptr<typename M::target>(header); });
        } else {
            using V = typename detail::ColumnOf<M>::type;
            return typed<V>(detail::history_of_column(*header_, detail::offset_of(Member)),
                            [](const Value& value) { return SqlTraits<V>::decode(Cell::of(value), DecodeContext{}); });
        }
    }

  private:
    template <class To, class From, class Convert>
    static AttributeHistory<To> typed(const AttributeHistory<From>& from, Convert convert) {
        AttributeHistory<To> to;
        for (const auto& each : from.added) to.added.push_back(convert(each));
        for (const auto& each : from.unchanged) to.unchanged.push_back(convert(each));
        for (const auto& each : from.deleted) to.deleted.push_back(convert(each));
        return to;
    }

    Ptr<T> object_;
    detail::ObjectHeader* header_;
};

/// What the library knows of an object. @throws InvalidRequestError for a null handle.
template <class T>
[[nodiscard]] InstanceState<T> inspect(const Ptr<T>& object) {
    return InstanceState<T>(object);
}

/// The session that an object belongs to, or nothing. What it returns is another face of that session, which closes
/// nothing.
template <class T>
[[nodiscard]] std::optional<Session> object_session(const Ptr<T>& object) {
    return inspect(object).session();
}

/// The object is as if the program had just made it: it leaves its session, and `add` inserts it anew, with the values
/// that it has now, its key among them. What was not loaded is empty. Nothing is sent.
template <class T>
void make_transient(const Ptr<T>& object) {
    detail::make_object_transient(detail::header_of(object));
}

/// A new object with a primary key becomes one that has a row with that key: detached, with nothing loaded but the key.
/// `add` makes it persistent without asking the database. @throws InvalidRequestError if it is in a session, has a row
/// already or has no key.
template <class T>
void make_transient_to_detached(const Ptr<T>& object) {
    detail::make_object_detached(detail::header_of(object));
}

}  // namespace aludel
