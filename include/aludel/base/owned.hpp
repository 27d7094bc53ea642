#pragma once

#include <memory>
#include <utility>

namespace aludel::detail {

/// Sole ownership of an object whose class only a .cpp file knows: what std::unique_ptr does, for a tenth of what its
/// instantiation costs each program that includes the header.
template <class T>
class Owned {
  public:
    Owned() noexcept = default;
    // NOLINTNEXTLINE(google-explicit-constructor): it goes on owning
    Owned(std::unique_ptr<T> object) noexcept : object_(object.release()) {}
    Owned(Owned&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Owned& operator=(Owned&& other) noexcept {
        delete std::exchange(object_, std::exchange(other.object_, nullptr));
        return *this;
    }
    ~Owned() {
        static_assert(sizeof(T) > 0, "Owned<T> ends where T is known");
        delete object_;
    }

    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

  private:
    T* object_ = nullptr;
};

}  // namespace aludel::detail
