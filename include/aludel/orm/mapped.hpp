// An attribute that is stored in a column.
#pragma once

#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/detail/reflect.hpp>
#include <aludel/sql/schema/options.hpp>
#include <aludel/types/traits.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {

struct MappedAccess;

template <class U, class T, class Self>
concept AttributeValue = !std::same_as<std::remove_cvref_t<U>, Self> && !std::same_as<std::remove_cvref_t<U>, Probe> &&
                         !SqlExpression<std::remove_cvref_t<U>> && std::is_convertible_v<U, T>;

/// Lets the next flush write `expression` instead of a value. A plain value can only hold `null()`.
void assign_expression(AttributeLink& link, const NodeRef& expression);
/// Lets the next flush write NULL, whatever default the column has.
void assign_null(AttributeLink& link);

template <class M>
struct IsMapped : std::false_type {};

/// What an option of mapped members alone says about its place. Always true.
template <class T, auto Option, auto... All>
consteval bool check_member_option() {
    if constexpr (requires { Option.template check_member<T, All...>(); }) {
        return Option.template check_member<T, All...>();
    } else {
        return true;
    }
}

}  // namespace detail

/// A column of a mapped class: `Mapped<std::string, String(50), unique> name;`.
///
/// It is used as a `T`: it converts to `const T&`, compares, prints, hashes and takes compound assignments as a `T`
/// does. `Mapped<std::optional<T>>` is a nullable column, `Mapped<T>` is NOT NULL. The options are those of
/// SQLAlchemy's `mapped_column()`; what is no option does not compile.
///
/// Of an object in a session, reading an expired attribute emits one SELECT that reloads the object's expired columns,
/// and assigning marks the object for the next flush; neither happens for a plain value. Copying copies the value only.
template <class T, auto... Options>
class Mapped {
  public:
    using value_type = T;
    static_assert(Storable<T>, "aludel: this C++ type cannot be stored in a column; write a TypeDecorator for it");
    static_assert((check_column_option<Options>() && ...));
    static_assert((detail::check_member_option<T, Options, Options...>() && ...));

    Mapped() = default;
    template <class U>
        requires detail::AttributeValue<U, T, Mapped>
    Mapped(U&& value) : value_(std::forward<U>(value)) {  // NOLINT(google-explicit-constructor): `.name = "ed"`
        link_.mark_set();
    }
    template <class E>
        requires detail::SqlExpression<E>
    Mapped(const E& expression) {  // NOLINT(google-explicit-constructor): `.name = null()`
        detail::assign_expression(link_, expression.node());
    }
    Mapped(const Mapped& other) : value_(other.get()), link_(other.link_.as_plain()) {}
    /// Of a plain value it moves; of a managed object it copies, which may have to load.
    // NOLINTNEXTLINE(performance-noexcept-move-constructor): see above
    Mapped(Mapped&& other)
        : value_(other.link_.is_managed() ? T(other.get()) : T(std::move(other.value_))),
          link_(other.link_.as_plain()) {}
    ~Mapped() = default;

    /// Takes over what the other attribute says: one that was never set says nothing, and leaves a managed object's
    /// attribute as it is.
    Mapped& operator=(const Mapped& other) { return this == &other ? *this : take(other.get(), other.link_); }
    // NOLINTNEXTLINE(performance-noexcept-move-constructor): the old value of a managed attribute has to be kept
    Mapped& operator=(Mapped&& other) {
        if (this == &other || other.link_.is_managed()) {
            return *this = std::as_const(other);
        }
        return take(std::move(other.value_), other.link_);
    }
    template <class U>
        requires detail::AttributeValue<U, T, Mapped>
    Mapped& operator=(U&& value) {
        return assign(std::forward<U>(value));
    }
    /// Writes the expression at the next flush; reading the attribute afterwards loads what the database computed.
    template <class E>
        requires detail::SqlExpression<E>
    Mapped& operator=(const E& expression) {
        detail::assign_expression(link_, expression.node());
        return *this;
    }

    /// The value. Reloads an expired object, which may throw ObjectDeletedError, DetachedInstanceError or DBAPIError.
    [[nodiscard]] const T& get() const {
        if (link_.is_managed() && (link_.is_expired() || link_.header().is_expired())) {
            detail::load_attribute(link_);
        }
        return value_;
    }
    operator const T&() const { return get(); }  // NOLINT(google-explicit-constructor): it is used as a T
    const T& operator*() const { return get(); }
    const T* operator->() const { return &get(); }

    // clang-format off
    template <class U> Mapped& operator+=(const U& other) { T copy = get(); copy += other; return assign(std::move(copy)); }
    template <class U> Mapped& operator-=(const U& other) { T copy = get(); copy -= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator*=(const U& other) { T copy = get(); copy *= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator/=(const U& other) { T copy = get(); copy /= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator%=(const U& other) { T copy = get(); copy %= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator|=(const U& other) { T copy = get(); copy |= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator&=(const U& other) { T copy = get(); copy &= other; return assign(std::move(copy)); }
    template <class U> Mapped& operator^=(const U& other) { T copy = get(); copy ^= other; return assign(std::move(copy)); }
    // clang-format on
    Mapped& operator++() {
        T copy = get();
        ++copy;
        return assign(std::move(copy));
    }
    Mapped& operator--() {
        T copy = get();
        --copy;
        return assign(std::move(copy));
    }
    T operator++(int) {
        T before = get();
        ++*this;
        return before;
    }
    T operator--(int) {
        T before = get();
        --*this;
        return before;
    }

    template <class U>
        requires(!detail::IsMapped<U>::value) && requires(const T& a, const U& b) { a == b; }
    friend bool operator==(const Mapped& a, const U& b) {
        return a.get() == b;
    }
    template <class U>
        requires(!detail::IsMapped<U>::value) && requires(const T& a, const U& b) { a <=> b; }
    friend auto operator<=>(const Mapped& a, const U& b) {
        return a.get() <=> b;
    }
    template <class U, auto... Others>
    friend bool operator==(const Mapped& a, const Mapped<U, Others...>& b) {
        return a.get() == b.get();
    }
    template <class U, auto... Others>
    friend auto operator<=>(const Mapped& a, const Mapped<U, Others...>& b) {
        return a.get() <=> b.get();
    }
    friend std::ostream& operator<<(std::ostream& out, const Mapped& attribute)
        requires requires(std::ostream& stream, const T& value) { stream << value; }
    {
        return out << attribute.get();
    }
    /// For fmt and what formats as it does.
    friend const T& format_as(const Mapped& attribute) { return attribute.get(); }

  private:
    friend detail::MappedAccess;

    template <class U>
    Mapped& assign(U&& value) {
        if (link_.is_managed()) {
            T fresh(std::forward<U>(value));  // first: it may throw, and it may be a part of the old value
            detail::before_change(link_);
            value_ = std::move(fresh);
        } else {
            value_ = std::forward<U>(value);
            link_ = detail::AttributeLink{};
            link_.mark_set();
        }
        return *this;
    }

    template <class U>
    Mapped& take(U&& value, const detail::AttributeLink& from) {
        if (!link_.is_managed()) {
            value_ = std::forward<U>(value);
            link_ = from.as_plain();
        } else if (from.as_plain().has_expression()) {
            detail::assign_null(link_);
        } else if (from.is_set()) {
            assign(std::forward<U>(value));
        }
        return *this;
    }

    T value_{};
    detail::AttributeLink link_;
};

namespace detail {

template <class T, auto... Options>
struct IsMapped<Mapped<T, Options...>> : std::true_type {};

/// The library's own way to the value and the link of an attribute, past loading and change detection.
struct MappedAccess {
    template <class M>
    static auto& value(M& attribute) noexcept {
        return attribute.value_;
    }
    template <class M>
    static auto& link(M& attribute) noexcept {
        return attribute.link_;
    }
};

}  // namespace detail

/// In expressions an attribute stands for its value.
template <class T, auto... Options>
struct PlainValue<Mapped<T, Options...>> {
    using type = T;
    static const T& get(const Mapped<T, Options...>& attribute) { return attribute.get(); }
};

}  // namespace aludel

template <class T, auto... Options>
struct std::hash<aludel::Mapped<T, Options...>> {
    std::size_t operator()(const aludel::Mapped<T, Options...>& attribute) const {
        return std::hash<T>{}(attribute.get());
    }
};
