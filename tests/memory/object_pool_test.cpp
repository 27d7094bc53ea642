// Room for loaded objects: what is given back is used again, by any thread, and blocks go when they are empty.
#include "orm/object_pool.hpp"
#include "orm/block_store.hpp"

#include <aludel/orm/session_core.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <thread>
#include <vector>

namespace aludel::detail {
namespace {

constexpr std::size_t object_size = 100;

std::vector<ObjectHeader*> take(ObjectPool& pool, std::size_t count) {
    std::vector<ObjectHeader*> headers;
    for (std::size_t i = 0; i < count; ++i) headers.push_back(pool.take(object_size));
    return headers;
}
void give_back(const std::vector<ObjectHeader*>& headers) {
    for (ObjectHeader* header : headers) ObjectPool::give_back(*header);
}

TEST(ObjectPool, objects_do_not_overlap) {
    ObjectPool pool;
    std::set<std::byte*> places;
    const auto headers = take(pool, 1000);
    for (ObjectHeader* header : headers) {
        EXPECT_NE(header->block_place, 0u);
        std::fill_n(static_cast<std::byte*>(header->object()), object_size, std::byte{0xAB});
        places.insert(reinterpret_cast<std::byte*>(header));
    }
    const std::byte* before = nullptr;
    for (const std::byte* place : places) {
        if (before != nullptr) {
            EXPECT_GE(static_cast<std::size_t>(place - before), object_offset + object_size);
        }
        before = place;
    }
    give_back(headers);
}

TEST(ObjectPool, room_that_was_given_back_is_used_again) {
    ObjectPool pool;
    const auto first = take(pool, 2000);
    give_back(first);
    const std::set<ObjectHeader*> places(first.begin(), first.end());
    std::size_t again = 0;
    for (int round = 0; round < 20; ++round) {
        const auto headers = take(pool, 1000);
        for (ObjectHeader* header : headers) again += places.count(header);
        give_back(headers);
    }
    EXPECT_GT(again, 15'000u);
}

TEST(ObjectPool, one_object_in_a_hundred_does_not_hold_the_room_of_the_others) {
    ObjectPool pool;
    std::vector<ObjectHeader*> kept;
    std::set<ObjectHeader*> places;
    for (int i = 0; i < 100'000; ++i) {
        ObjectHeader* header = pool.take(object_size);
        places.insert(header);
        if (i % 100 == 0)
            kept.push_back(header);
        else
            ObjectPool::give_back(*header);
    }
    EXPECT_LT(places.size(), 20 * kept.size());
    give_back(kept);
}

TEST(ObjectPool, blocks_outlive_their_pool_until_their_objects_die) {
    std::vector<ObjectHeader*> headers;
    {
        ObjectPool pool;
        headers = take(pool, 500);
        ObjectPool::give_back(*headers.back());
        headers.pop_back();
    }
    for (ObjectHeader* header : headers) header->insert_order = 7;
    give_back(headers);  // a leak, or a use after the end, is the sanitizer's to see
}

TEST(ObjectPool, empty_blocks_are_freed_and_the_others_go_on) {
    ObjectPool pool;
    auto headers = take(pool, 3000);
    ObjectHeader* last = headers.back();
    headers.pop_back();
    give_back(headers);
    ObjectPool::give_back(*pool.take(object_size));
    pool.free_empty_blocks();
    last->insert_order = 7;
    const auto more = take(pool, 3000);
    give_back(more);
    ObjectPool::give_back(*last);
}

TEST(ObjectPool, other_threads_give_back) {
    ObjectPool pool;
    for (int round = 0; round < 20; ++round) {
        const auto headers = take(pool, 1000);
        std::thread other{[&] { give_back(std::vector(headers.begin(), headers.begin() + 500)); }};
        const auto more = take(pool, 500);
        give_back(std::vector(headers.begin() + 500, headers.end()));
        other.join();
        give_back(more);
    }
}

class BlocksKept : public ::testing::Test {
  protected:
    BlocksKept() { release_spare_memory(); }
    ~BlocksKept() override { release_spare_memory(); }
};

TEST_F(BlocksKept, next_pool_gets_the_blocks_of_the_last_one) {
    void* const block = BlockStore::take(BlockStore::block_bytes);
    BlockStore::give_back(block, BlockStore::block_bytes);
    EXPECT_EQ(BlockStore::kept_bytes(), BlockStore::block_bytes);
    void* const again = BlockStore::take(BlockStore::block_bytes - 100);
    EXPECT_EQ(again, block);
    EXPECT_EQ(BlockStore::kept_bytes(), 0u);
    BlockStore::give_back(again, BlockStore::block_bytes - 100);
}

TEST_F(BlocksKept, small_and_oversized_blocks_are_the_heaps) {
    for (const std::size_t bytes : {std::size_t{100}, BlockStore::block_bytes * 2}) {
        void* const block = BlockStore::take(bytes);
        std::fill_n(static_cast<std::byte*>(block), bytes, std::byte{1});
        BlockStore::give_back(block, bytes);
        EXPECT_EQ(BlockStore::kept_bytes(), 0u);
    }
}

TEST_F(BlocksKept, no_more_than_the_limit_stays) {
    const std::size_t count = BlockStore::most_kept_bytes / BlockStore::block_bytes + 5;
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < count; ++i) blocks.push_back(BlockStore::take(BlockStore::block_bytes));
    for (void* block : blocks) BlockStore::give_back(block, BlockStore::block_bytes);
    EXPECT_EQ(BlockStore::kept_bytes(), BlockStore::most_kept_bytes);
    release_spare_memory();
    EXPECT_EQ(BlockStore::kept_bytes(), 0u);
}

TEST_F(BlocksKept, pools_of_many_threads_share_them) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([] {
            for (int round = 0; round < 20; ++round) {
                ObjectPool pool;
                give_back(take(pool, 2000));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(BlockStore::kept_bytes(), 0u);
    EXPECT_LE(BlockStore::kept_bytes(), BlockStore::most_kept_bytes);
}

}  // namespace
}  // namespace aludel::detail
