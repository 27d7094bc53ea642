// A relationship that is a query.
#pragma once

#include <aludel/orm/detail/related.hpp>
#include <aludel/orm/ptr.hpp>
#include <aludel/orm/relationship_options.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

template <class... Row>
class Query;

/// A collection that is a query and never loads as a whole (SQLAlchemy's `lazy="dynamic"`), for large ones:
/// `Dynamic<Tag, secondary("post_tag")> tags;`.
///
/// It is read with `all()`, `filter(…)` and `count()`, each one SELECT after a flush. What is appended or removed is
/// kept until the next flush writes it; of an object that no session knows, `all()` gives what was appended.
template <class T, auto... Options>
class Dynamic : public detail::CollectionBase {
  public:
    using target = T;
    static constexpr bool is_collection = true;
    static constexpr detail::RelationshipShape shape = detail::RelationshipShape::dynamic;
    static_assert(detail::check_relationship_options<true, Options...>());

    Dynamic() = default;
    Dynamic(std::initializer_list<Ptr<T>> objects) { this->template replace_with<T>(objects); }
    template <class U = T>
    Dynamic(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
    }
    /// Of a plain value its objects; of a managed object nothing: that is a query.
    Dynamic(const Dynamic&) = default;
    Dynamic(Dynamic&&) = default;  // NOLINT(performance-noexcept-move-constructor): as the other collections
    ~Dynamic() = default;

    Dynamic& operator=(const Dynamic& other) {
        this->take(other);
        return *this;
    }
    /// These objects and no others: of an object with a row this reads the present ones first.
    Dynamic& operator=(std::initializer_list<Ptr<T>> objects) {
        this->template replace_with<T>(objects);
        return *this;
    }
    template <class U = T>
    Dynamic& operator=(std::initializer_list<std::type_identity_t<U>> values) {
        this->template replace_with<T>(values);
        return *this;
    }
    Dynamic& operator=(const std::vector<Ptr<T>>& objects) {
        this->template replace_with<T>(objects);
        return *this;
    }

    /// The query for the related objects; emits nothing yet. @throws DetachedInstanceError for an object without
    /// session.
    [[nodiscard]] Query<T> query() const;
    /// The related objects: one SELECT.
    [[nodiscard]] std::vector<Ptr<T>> all() const;
    /// The query, narrowed.
    template <class... Criteria>
    [[nodiscard]] Query<T> filter(const Criteria&... criteria) const {
        return query().filter(criteria...);
    }
    /// The number of related objects: one SELECT.
    [[nodiscard]] auto count() const { return query().count(); }
    std::size_t size() const = delete;
    bool empty() const = delete;

    /// The next flush relates the object.
    void append(const Ptr<T>& object) { this->queue_append(detail::header_of(object)); }
    template <std::same_as<T> U>
    void append(U value) {
        append(make(std::move(value)));
    }
    /// The next flush takes the relation away.
    void remove(const Ptr<T>& object) { this->queue_remove(detail::header_of(object)); }

  private:
};

}  // namespace aludel
