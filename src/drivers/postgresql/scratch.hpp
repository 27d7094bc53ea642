#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace aludel::driver::postgresql {

/// Memory for what the cells of one row show and the server's answer does not hold as such. It is used again for every
/// row, so that after the first ones nothing is allocated.
class Scratch {
  public:
    /// Valid until `reset`.
    char* take(std::size_t size) {
        if (blocks_.empty() || size > blocks_.back().size - used_) add(size);
        char* place = blocks_.back().memory.get() + used_;
        used_ += size;
        return place;
    }

    /// Gives back the end of what was taken last.
    void give_back(std::size_t size) noexcept { used_ -= size; }

    void reset() noexcept {
        // Only the greatest block, the last one, is worth keeping.
        if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
        used_ = 0;
    }

  private:
    struct Block {
        std::unique_ptr<char[]> memory;
        std::size_t size;
    };

    void add(std::size_t size) {
        const std::size_t room = std::max({size, std::size_t{256}, blocks_.empty() ? 0 : 2 * blocks_.back().size});
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(room), room});
        used_ = 0;
    }

    std::vector<Block> blocks_;
    std::size_t used_ = 0;  // of the last block
};

}  // namespace aludel::driver::postgresql
