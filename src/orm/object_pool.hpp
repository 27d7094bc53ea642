// Memory for the objects that a session loads.
#pragma once

#include <aludel/orm/detail/object_header.hpp>

#include <cstddef>
#include <vector>

namespace aludel::detail {

/// Room for the objects of one class, many to a block of the heap: loading a hundred thousand asks the heap some
/// hundred times, and they lie in the order in which they were loaded. The session's thread takes room; any thread may
/// give it back. A block outlives its pool until the last of its objects dies. Room that was given back is used again
/// as soon as half of a block has been.
class ObjectPool {
  public:
    ObjectPool() = default;
    ~ObjectPool();
    ObjectPool(const ObjectPool&) = delete;
    ObjectPool& operator=(const ObjectPool&) = delete;

    /// A header with room for `object_size` bytes behind it, the same number each time. @throws std::bad_alloc
    [[nodiscard]] ObjectHeader* take(std::size_t object_size);
    /// Frees the blocks in which no object lives.
    void free_empty_blocks() noexcept;

    /// Ends a header that `take` made; nothing of the object behind it is left.
    static void give_back(ObjectHeader& header) noexcept;

  private:
    struct Block;

    bool reuse_some();
    void add_block(std::size_t object_size);
    void put_free_back() noexcept;

    std::vector<Block*> blocks_;
    std::vector<std::byte*> free_;  // given back, and found again
    std::byte* fresh_ = nullptr;    // of the last block, never used
    std::byte* fresh_end_ = nullptr;
    std::size_t slot_size_ = 0;
    std::size_t looked_at_ = 0;  // where to look for room next
};

}  // namespace aludel::detail
