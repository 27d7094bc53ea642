// Objects that live and die together.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <concepts>
#include <cstddef>
#include <vector>

namespace aludel::detail {

/// The objects of one session. The region owns them: an object without handles stays until the session frees it, one
/// with handles leaves the region when the session lets go of it, and from then on its handles own it.
class Region {
  public:
    Region() = default;
    Region(const Region&) = delete;
    Region& operator=(const Region&) = delete;
    ~Region();

    /// The object belongs to the region from now on.
    void add(ObjectHeader& header);
    /// The object stands alone again: it dies with its last handle, or now if it has none.
    void remove(ObjectHeader& header) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }

    /// Frees the objects for which `is_doomed` is true; `forget` is told of each before.
    template <std::predicate<const ObjectHeader&> Doomed, std::invocable<ObjectHeader&> Forget>
    void sweep(Doomed is_doomed, Forget forget) {
        for (std::size_t i = objects_.size(); i-- > 0;) {
            ObjectHeader& header = *objects_[i];
            if (is_doomed(header)) {
                forget(header);
                remove(header);
            }
        }
    }
    template <std::invocable<ObjectHeader&> Visit>
    void for_each(Visit visit) {
        for (ObjectHeader* header : objects_) {
            visit(*header);
        }
    }

  private:
    std::vector<ObjectHeader*> objects_;
};

/// Ends the life of an object that nothing holds.
void destroy_object(ObjectHeader& header) noexcept;

/// Keeps an object alive as a handle does, without knowing its type.
class Hold {
  public:
    explicit Hold(ObjectHeader& header) noexcept : header_(&header) { retain(header); }
    Hold(const Hold& other) noexcept : header_(other.header_) { retain(*header_); }
    Hold(Hold&& other) noexcept : header_(other.header_) { other.header_ = nullptr; }
    Hold& operator=(Hold other) noexcept {
        ObjectHeader* mine = header_;
        header_ = other.header_;
        other.header_ = mine;
        return *this;
    }
    ~Hold() {
        if (header_ != nullptr) {
            release(*header_);
        }
    }
    [[nodiscard]] ObjectHeader& operator*() const noexcept { return *header_; }
    [[nodiscard]] ObjectHeader* operator->() const noexcept { return header_; }
    [[nodiscard]] ObjectHeader* get() const noexcept { return header_; }

  private:
    ObjectHeader* header_;
};

}  // namespace aludel::detail
