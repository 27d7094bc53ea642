// Objects that live and die together.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace aludel::detail {

/// Objects that are linked to each other, or are of one session. Links between them are plain pointers: the region owns
/// them all.
///
/// A session's region lives as long as the session, which frees what nothing reaches from time to time. A region
/// without session dies with the last handle to one of its objects. Objects of a session's region that are not the
/// session's own (because they are only linked with such) are its guests: they stay as long as something reaches them.
class Region {
  public:
    Region() = default;
    Region(const Region&) = delete;
    Region& operator=(const Region&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
    [[nodiscard]] bool is_of_session() const noexcept { return session_slot_ != nullptr; }
    /// A session owns the region; where it is absorbed by a larger one, `slot` is told.
    void belong_to_session(Region*& slot) noexcept { session_slot_ = &slot; }

    /// The object belongs to the region from now on. It must be alone.
    void add(ObjectHeader& header);
    /// An object that no link leads to stands alone again: it dies with its last handle, or now if it has none.
    void remove(ObjectHeader& header) noexcept;
    template <std::invocable<ObjectHeader&> Visit>
    void for_each(Visit visit) {
        for (std::size_t i = 0; i < objects_.size(); ++i) {
            visit(*objects_[i]);
        }
    }

    using Forget = std::function<void(std::span<ObjectHeader* const>)>;
    /// Frees what neither a handle nor an object for which `is_root` is true reaches; `forget` is told of it before.
    void sweep(const std::function<bool(const ObjectHeader&)>& is_root, const Forget& forget);
    /// Empties the region: frees what no handle reaches. What remains is told to `leave` (and what might have); it is
    /// divided into regions of objects that are linked with each other.
    void dissolve(const std::function<void(ObjectHeader&)>& leave, const Forget& forget);

    void count_first_handle() noexcept { held_.fetch_add(1, std::memory_order_relaxed); }
    /// True if no object has a handle any more.
    [[nodiscard]] bool count_last_handle() noexcept { return held_.fetch_sub(1, std::memory_order_acq_rel) == 1; }
    /// Frees all objects.
    void destroy_all() noexcept;

  private:
    friend Region& merge_regions(Region& a, Region& b);
    void absorb(Region& other);
    /// Takes the objects that nothing reaches out of the region.
    std::vector<ObjectHeader*> extract_unreached(const std::function<bool(const ObjectHeader&)>& is_root);
    struct Linked {
        std::vector<ObjectHeader*> objects;
        bool is_held = false;  // one of them has a handle
    };
    /// What no link leads to dies, or stands alone from now on. Gives the others.
    Linked let_go_of_unlinked(const std::function<void(ObjectHeader&)>& leave);
    static void free_all(std::span<ObjectHeader* const> doomed, const Forget& forget);
    void divide();

    std::vector<ObjectHeader*> objects_;
    std::atomic<std::size_t> held_{0};  // objects with handles; only kept up to date without session
    Region** session_slot_ = nullptr;
};

/// One region for all objects of both, which is returned: the smaller is added to the larger.
/// @throws InvalidRequestError if they belong to different sessions.
Region& merge_regions(Region& a, Region& b);

/// The two objects are linked: they belong to one region from now on.
/// @throws InvalidRequestError if they belong to different sessions.
void join_regions(ObjectHeader& a, ObjectHeader& b);

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
