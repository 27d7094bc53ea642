#pragma once

#include <aludel/base/shared_count.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace aludel {

/// Base of what is shared through `Ref`. The count lives in the object and is atomic, so that handles of one object may
/// be copied and dropped by several threads; the object itself is as safe as its class says.
class RefCounted {
  public:
    RefCounted() noexcept = default;
    /// A copy is an object of its own: it starts without owners.
    RefCounted(const RefCounted&) noexcept {}
    RefCounted& operator=(const RefCounted&) noexcept { return *this; }
    virtual ~RefCounted();

    void add_ref() const noexcept { count_.increment(); }
    void release() const noexcept;
    /// True when nobody else can see the object: the moment when copy-on-write may write in place.
    [[nodiscard]] bool unique() const noexcept { return count_.value() == 1; }

  private:
    mutable detail::SharedCount count_;
};

/// Shared ownership of a `RefCounted` object in one pointer. A null `Ref` can be a constant expression.
template <class T>
class Ref {
  public:
    using element_type = T;

    constexpr Ref() noexcept = default;
    constexpr Ref(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor): as pointers do
    /// Shares an object that is already owned by a `Ref`, or takes a new one.
    explicit Ref(T* object) noexcept : object_(object) {
        if (object_) object_->add_ref();
    }
    constexpr Ref(const Ref& other) noexcept : object_(other.object_) {
        if (object_) object_->add_ref();
    }
    constexpr Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    constexpr Ref(const Ref<U>& other) noexcept
        : object_(other.get()) {  // NOLINT(google-explicit-constructor): as pointers do
        if (object_) object_->add_ref();
    }
    template <class U>
        requires std::is_convertible_v<U*, T*>
    constexpr Ref(Ref<U>&& other) noexcept
        : object_(other.detach()) {}  // NOLINT(google-explicit-constructor): as pointers do
    constexpr ~Ref() {
        if (object_) object_->release();
    }

    constexpr Ref& operator=(const Ref& other) noexcept {
        Ref(other).swap(*this);
        return *this;
    }
    constexpr Ref& operator=(Ref&& other) noexcept {
        Ref(std::move(other)).swap(*this);
        return *this;
    }

    [[nodiscard]] constexpr T* get() const noexcept { return object_; }
    constexpr T& operator*() const noexcept { return *object_; }
    constexpr T* operator->() const noexcept { return object_; }
    constexpr explicit operator bool() const noexcept { return object_ != nullptr; }

    constexpr void swap(Ref& other) noexcept { std::swap(object_, other.object_); }
    constexpr void reset() noexcept { Ref().swap(*this); }
    /// Gives up ownership without releasing; the caller owes one `release()`.
    [[nodiscard]] constexpr T* detach() noexcept { return std::exchange(object_, nullptr); }

    /// The same object, not equal ones.
    template <class U>
    friend constexpr bool operator==(const Ref& left, const Ref<U>& right) noexcept {
        return left.get() == right.get();
    }
    friend constexpr bool operator==(const Ref& left, std::nullptr_t) noexcept { return !left.object_; }

  private:
    T* object_ = nullptr;
};

/// A new object with its first owner.
template <class T, class... Args>
[[nodiscard]] Ref<T> make_ref(Args&&... args) {
    return Ref<T>(new T(std::forward<Args>(args)...));
}

}  // namespace aludel
