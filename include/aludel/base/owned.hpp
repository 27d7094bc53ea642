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
        end(std::exchange(object_, std::exchange(other.object_, nullptr)));
        return *this;
    }
    ~Owned() { end(object_); }

    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

  private:
    /// T has to be known where it ends.
    static void end(T* object) noexcept { std::default_delete<T>()(object); }

    T* object_ = nullptr;
};

}  // namespace aludel::detail
