// A relationship with one object.
#pragma once

#include <aludel/orm/detail/related.hpp>
#include <aludel/orm/ptr.hpp>
#include <aludel/orm/relationship_options.hpp>

#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <utility>

namespace aludel {

/// A reference to another object, or to none: many-to-one where this class has the foreign key, else one-to-one.
///
/// It is loaded at the first access, from memory if the object is there, else by one SELECT; `lazy("…")` and the
/// options of a query load it earlier. Assigning changes the other side of the relationship at once, in memory; the
/// next flush writes the foreign key. Source: SQLAlchemy's `relationship()`.
template <class T, auto... Options>
class One : public detail::OneBase {
  public:
    using target = T;
    static constexpr bool is_collection = false;
    static_assert(detail::check_relationship_options<false, Options...>());

    One() = default;
    One(std::nullptr_t) noexcept : OneBase(nullptr) {}  // NOLINT(google-explicit-constructor): `.member = …`
    One(const Ptr<T>& object) noexcept
        : OneBase(object.header()) {}  // NOLINT(google-explicit-constructor): `.member = …`
    template <std::same_as<T> U>
    One(U value) : One(make(std::move(value))) {}  // NOLINT(google-explicit-constructor): `.member = …`
    /// A plain value that refers to the same object, which is loaded if need be.
    One(const One&) = default;
    One(One&&) = default;  // NOLINT(performance-noexcept-move-constructor): of a managed object it copies
    /// Relates this object to what the other one is related to.
    One& operator=(const One&) = default;
    One& operator=(One&&) = default;  // NOLINT(performance-noexcept-move-constructor): it may have to load
    ~One() = default;

    One& operator=(const Ptr<T>& object) {
        relate(object.header());
        return *this;
    }
    One& operator=(std::nullptr_t) {
        relate(nullptr);
        return *this;
    }
    template <std::same_as<T> U>
    One& operator=(U value) {
        return *this = make(std::move(value));
    }

    /// The related object, or a null handle. May emit one SELECT.
    /// @throws DetachedInstanceError if it is not loaded and its owner belongs to no session.
    [[nodiscard]] Ptr<T> get() const { return Ptr<T>(related()); }
    operator Ptr<T>() const { return get(); }  // NOLINT(google-explicit-constructor): it is used as a handle
    T& operator*() const { return *checked(); }
    T* operator->() const { return checked(); }
    explicit operator bool() const { return related() != nullptr; }

    friend bool operator==(const One& one, const Ptr<T>& object) { return one.related() == object.header(); }
    friend bool operator==(const One& one, std::nullptr_t) { return one.related() == nullptr; }
    friend bool operator==(const One& a, const One& b) { return a.related() == b.related(); }

  private:
    T* checked() const {
        detail::ObjectHeader* object = related();
        if (object == nullptr) {
            detail::throw_null_related(*this);
        }
        return static_cast<T*>(object->object());
    }
};

/// Prints the related object as its handle prints.
template <class T, auto... Options>
std::ostream& operator<<(std::ostream& out, const One<T, Options...>& one) {
    return out << one.get();
}

}  // namespace aludel
