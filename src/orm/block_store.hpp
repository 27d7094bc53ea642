// Blocks of memory that outlive the sessions that used them.
#pragma once

#include <cstddef>

namespace aludel::detail {

/// Where the pools of all sessions take their blocks from. Full-size blocks that are given back stay, up to a limit,
/// for the next session: the heap would hand them to the operating system, and the next session would wait for as many
/// page faults as it has pages. Thread-safe.
class BlockStore {
  public:
    static constexpr std::size_t block_bytes = std::size_t{64} * 1024;  ///< of a full-size block
    static constexpr std::size_t most_kept_bytes = std::size_t{32} * 1024 * 1024;

    /// Memory for `bytes`; a multiple of the alignment of `new`. @throws std::bad_alloc
    [[nodiscard]] static void* take(std::size_t bytes);
    /// `bytes` as when it was taken.
    static void give_back(void* block, std::size_t bytes) noexcept;
    /// Hands what is kept to the heap.
    static void clear() noexcept;
    [[nodiscard]] static std::size_t kept_bytes() noexcept;
};

}  // namespace aludel::detail
