#include "orm/block_store.hpp"

#include "orm/poison.hpp"

#include <aludel/orm/session_core.hpp>

#include <mutex>
#include <new>
#include <utility>

namespace aludel {

namespace detail {

namespace {

struct Link {
    Link* next;
};

struct Kept {
    std::mutex mutex;
    Link* first = nullptr;
    std::size_t bytes = 0;
};

// Never destroyed, since sessions of namespace scope end while the program does.
Kept& kept() {
    static auto& instance = *new Kept;
    return instance;
}

// Blocks that do not fill a full-size one by more than the rounding of their slots are as good as it.
constexpr bool is_full_size(std::size_t bytes) noexcept {
    return bytes > BlockStore::block_bytes / 2 && bytes <= BlockStore::block_bytes;
}

Link* pop(Kept& store) noexcept {
    const std::scoped_lock lock(store.mutex);
    Link* const block = store.first;
    if (block == nullptr) return nullptr;
    allow(block, BlockStore::block_bytes);
    store.first = block->next;
    store.bytes -= BlockStore::block_bytes;
    return block;
}

}  // namespace

void* BlockStore::take(std::size_t bytes) {
    if (!is_full_size(bytes)) return ::operator new(bytes);
    if (void* const block = pop(kept())) return block;
    return ::operator new(block_bytes);
}

void BlockStore::give_back(void* block, std::size_t bytes) noexcept {
    Kept& store = kept();
    if (is_full_size(bytes)) {
        const std::scoped_lock lock(store.mutex);
        if (store.bytes + block_bytes <= most_kept_bytes) {
            store.first = ::new (block) Link{store.first};
            store.bytes += block_bytes;
            forbid(block, block_bytes);
            return;
        }
    }
    ::operator delete(block);
}

void BlockStore::clear() noexcept {
    while (void* const block = pop(kept())) ::operator delete(block);
}

std::size_t BlockStore::kept_bytes() noexcept {
    const std::scoped_lock lock(kept().mutex);
    return kept().bytes;
}

}  // namespace detail

void release_spare_memory() noexcept { detail::BlockStore::clear(); }

}  // namespace aludel
