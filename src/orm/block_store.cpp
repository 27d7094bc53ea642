#include "orm/block_store.hpp"

#include "orm/poison.hpp"

#include <aludel/orm/session_core.hpp>

#include <array>
#include <mutex>
#include <new>

namespace aludel {

namespace detail {

namespace {

struct Kept {
    std::mutex mutex;
    std::array<void*, BlockStore::most_kept_bytes / BlockStore::block_bytes> blocks;
    std::size_t count = 0;
};

// Never destroyed, since sessions of namespace scope end while the program does.
Kept& kept() {
    static auto& instance = *new Kept;
    return instance;
}

// What is only a little smaller is given a whole block.
constexpr bool is_full_size(std::size_t bytes) noexcept {
    return bytes > BlockStore::block_bytes / 2 && bytes <= BlockStore::block_bytes;
}

void* pop(Kept& store) noexcept {
    const std::unique_lock lock(store.mutex, std::try_to_lock);  // held for ever in the child of an unlucky fork
    if (!lock || store.count == 0) return nullptr;
    void* const block = store.blocks[--store.count];
    allow(block, BlockStore::block_bytes);
    return block;
}

bool push(Kept& store, void* block) noexcept {
    const std::unique_lock lock(store.mutex, std::try_to_lock);
    if (!lock || store.count == store.blocks.size()) return false;
    forbid(block, BlockStore::block_bytes);
    store.blocks[store.count++] = block;
    return true;
}

}  // namespace

void* BlockStore::take(std::size_t bytes) {
    if (!is_full_size(bytes)) return ::operator new(bytes);
    if (void* const block = pop(kept())) return block;
    return ::operator new(block_bytes);
}

void BlockStore::give_back(void* block, std::size_t bytes) noexcept {
    if (is_full_size(bytes) && push(kept(), block)) return;
    ::operator delete(block);
}

void BlockStore::clear() noexcept {
    while (void* const block = pop(kept())) ::operator delete(block);
}

std::size_t BlockStore::kept_bytes() noexcept {
    const std::scoped_lock lock(kept().mutex);
    return kept().count * block_bytes;
}

}  // namespace detail

void release_spare_memory() noexcept { detail::BlockStore::clear(); }

}  // namespace aludel
