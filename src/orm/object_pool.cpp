#include "orm/object_pool.hpp"

#include "orm/block_store.hpp"
#include "orm/poison.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

namespace aludel::detail {

namespace {

// The first block is small, since most sessions load little; each next one is twice as large.
constexpr std::size_t first_capacity = 4;
constexpr std::size_t unit = 16;
// So many blocks are looked at for room before the heap is asked.
constexpr std::size_t most_looks = 8;

constexpr std::size_t rounded(std::size_t size) noexcept { return (size + unit - 1) / unit * unit; }

}  // namespace

/// In front of the slots, with a mark for each that was given back.
struct alignas(unit) ObjectPool::Block {
    Block(std::uint32_t count, std::uint32_t size) noexcept : users(count + 1), capacity(count), slot_size(size) {
        std::uninitialized_value_construct_n(marks(), capacity);
        forbid(slots(), std::size_t{capacity} * slot_size);
    }

    static std::size_t bytes(std::size_t capacity, std::size_t slot_size) noexcept {
        return sizeof(Block) + rounded(capacity * sizeof(Mark)) + capacity * slot_size;
    }
    /// So many fit into what the store keeps; at least one.
    static std::size_t most_slots(std::size_t slot_size) noexcept {
        const std::size_t room = BlockStore::block_bytes - sizeof(Block) - unit;
        return std::max<std::size_t>(room / (slot_size + sizeof(Mark)), 1);
    }
    using Mark = std::atomic<bool>;
    Mark* marks() noexcept { return reinterpret_cast<Mark*>(reinterpret_cast<std::byte*>(this) + sizeof(Block)); }
    std::byte* slots() noexcept {
        return reinterpret_cast<std::byte*>(this) + sizeof(Block) + rounded(capacity * sizeof(Mark));
    }
    std::byte* slot(std::size_t index) noexcept { return slots() + index * slot_size; }
    void mark(const std::byte* memory) noexcept {
        const auto index = static_cast<std::uint32_t>(memory - slots()) / slot_size;
        marks()[index].store(true, std::memory_order_release);
    }
    std::uint32_t in_use() const noexcept { return users.value() - 1; }

    // Objects of the block die, or its pool does.
    void leave(std::uint32_t count) noexcept {
        if (users.decrement(count) != count) return;
        allow(slots(), std::size_t{capacity} * slot_size);
        const std::size_t size = bytes(capacity, slot_size);
        this->~Block();
        BlockStore::give_back(this, size);
    }

    SharedCount users;  // its slots but for those that were given back, and its pool
    std::uint32_t capacity;
    std::uint32_t slot_size;
};

ObjectPool::~ObjectPool() {
    put_free_back();
    if (fresh_ != fresh_end_)
        blocks_.back()->leave(static_cast<std::uint32_t>(fresh_end_ - fresh_) / blocks_.back()->slot_size);
    for (Block* block : blocks_) block->leave(1);
}

ObjectHeader* ObjectPool::take(std::size_t object_size) {
    if (free_.empty() && fresh_ == fresh_end_ && !reuse_some()) add_block(object_size);
    std::byte* memory = nullptr;
    Block* block = blocks_.back();
    if (free_.empty()) {
        memory = std::exchange(fresh_, fresh_ + slot_size_);
    } else {
        memory = free_.back();
        free_.pop_back();
        block = blocks_[looked_at_];
    }
    allow(memory, slot_size_);
    auto* header = ::new (memory) ObjectHeader;
    header->block_place =
        static_cast<std::uint32_t>(static_cast<std::size_t>(memory - reinterpret_cast<std::byte*>(block)) / unit);
    return header;
}

void ObjectPool::give_back(ObjectHeader& header) noexcept {
    auto* memory = reinterpret_cast<std::byte*>(&header);
    auto& block = *reinterpret_cast<Block*>(memory - std::size_t{header.block_place} * unit);
    header.~ObjectHeader();
    forbid(memory, block.slot_size);
    block.mark(memory);
    block.leave(1);
}

/// Looks for a block of which half was given back.
bool ObjectPool::reuse_some() {
    const std::size_t looks = std::min(blocks_.size(), most_looks);
    for (std::size_t i = 0; i < looks; ++i) {
        looked_at_ = (looked_at_ + 1) % blocks_.size();
        Block& block = *blocks_[looked_at_];
        if (block.in_use() > block.capacity / 2) continue;
        free_.reserve(block.capacity);
        for (std::uint32_t index = block.capacity; index-- > 0;) {
            if (block.marks()[index].exchange(false, std::memory_order_acquire)) free_.push_back(block.slot(index));
        }
        block.users.increment(static_cast<std::uint32_t>(free_.size()));
        return true;
    }
    return false;
}

void ObjectPool::add_block(std::size_t object_size) {
    slot_size_ = object_offset + rounded(object_size);
    const std::size_t wanted = blocks_.empty() ? first_capacity : std::size_t{blocks_.back()->capacity} * 2;
    const std::size_t capacity = std::min(wanted, Block::most_slots(slot_size_));
    if (blocks_.size() == blocks_.capacity()) blocks_.reserve(2 * blocks_.size() + 1);
    void* const memory = BlockStore::take(Block::bytes(capacity, slot_size_));
    blocks_.push_back(::new (memory)
                          Block(static_cast<std::uint32_t>(capacity), static_cast<std::uint32_t>(slot_size_)));
    fresh_ = blocks_.back()->slots();
    fresh_end_ = fresh_ + capacity * slot_size_;
}

/// What was found and not used can be found again.
void ObjectPool::put_free_back() noexcept {
    if (free_.empty()) return;
    Block& block = *blocks_[looked_at_];
    for (const std::byte* memory : free_) block.mark(memory);
    block.leave(static_cast<std::uint32_t>(free_.size()));
    free_.clear();
}

void ObjectPool::free_empty_blocks() noexcept {
    if (blocks_.empty()) return;
    put_free_back();
    Block* last = blocks_.back();  // fresh room is in it
    std::erase_if(blocks_, [&](Block* block) {
        const bool is_empty = block != last && block->in_use() == 0;
        if (is_empty) block->leave(1);
        return is_empty;
    });
    looked_at_ = 0;
}

}  // namespace aludel::detail
