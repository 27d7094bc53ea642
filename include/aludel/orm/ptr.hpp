// The handle to a managed object.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {

[[noreturn]] void throw_null_handle();
std::ostream& print_unprintable(std::ostream& out, const ObjectHeader* header);

/// Keeps an object alive, or none, without its type.
class Keep {
  public:
    Keep() noexcept = default;
    explicit Keep(ObjectHeader* header) noexcept : header_(header) {
        if (header_ != nullptr) retain(*header_);
    }
    Keep(const Keep& other) noexcept : Keep(other.header_) {}
    Keep(Keep&& other) noexcept : header_(std::exchange(other.header_, nullptr)) {}
    Keep& operator=(Keep other) noexcept {
        std::swap(header_, other.header_);
        return *this;
    }
    ~Keep() {
        if (header_ != nullptr) release(*header_);
    }

  private:
    ObjectHeader* header_ = nullptr;
};

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

}  // namespace detail

/// A handle to an object that aludel manages; it keeps the object, and everything that the object is related to, alive.
///
/// Copying costs one atomic increment. Two handles are equal if they lead to the same object; within one session a row
/// is one object. A handle may outlive its session: the object is then detached, and what was loaded stays readable.
/// Using a null handle throws InvalidRequestError.
template <class T>
class Ptr {
  public:
    using element_type = T;

    Ptr() noexcept = default;
    Ptr(std::nullptr_t) noexcept {}
    explicit Ptr(detail::ObjectHeader* header) noexcept : header_(header) { retain(); }
    Ptr(const Ptr& other) noexcept : header_(other.header_) { retain(); }
    Ptr(Ptr&& other) noexcept : header_(std::exchange(other.header_, nullptr)) {}
    ~Ptr() {
        if (header_ != nullptr) {
            detail::release(*header_);
        }
    }

    Ptr& operator=(const Ptr& other) noexcept {
        Ptr copy(other);
        std::swap(header_, copy.header_);
        return *this;
    }
    Ptr& operator=(Ptr&& other) noexcept {
        std::swap(header_, other.header_);
        return *this;
    }

    [[nodiscard]] T* get() const noexcept { return header_ == nullptr ? nullptr : static_cast<T*>(header_->object()); }
    T& operator*() const { return *checked(); }
    T* operator->() const { return checked(); }
    explicit operator bool() const noexcept { return header_ != nullptr; }

    friend bool operator==(const Ptr& a, const Ptr& b) noexcept { return a.header_ == b.header_; }

    /// For the library's own use.
    [[nodiscard]] detail::ObjectHeader* header() const noexcept { return header_; }

  private:
    void retain() const noexcept {
        if (header_ != nullptr) {
            detail::retain(*header_);
        }
    }
    T* checked() const {
        if (header_ == nullptr) {
            detail::throw_null_handle();
        }
        return static_cast<T*>(header_->object());
    }

    detail::ObjectHeader* header_ = nullptr;
};

/// Prints the object with its own operator<<; without one, its class and primary key; `None` for a null handle.
template <class T>
std::ostream& operator<<(std::ostream& out, const Ptr<T>& handle) {
    if constexpr (detail::Printable<T>) {
        if (handle) {
            return out << *handle;
        }
    }
    return detail::print_unprintable(out, handle.header());
}

namespace detail {

template <class T>
struct IsPtr : std::false_type {};
template <class T>
struct IsPtr<Ptr<T>> : std::true_type {};

}  // namespace detail
}  // namespace aludel

template <class T>
struct std::hash<aludel::Ptr<T>> {
    std::size_t operator()(const aludel::Ptr<T>& handle) const noexcept {
        return std::hash<const void*>{}(handle.header());
    }
};
