#include "engine/pool_state.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {
namespace {

using Step = PoolState::Step;
using std::chrono::seconds;

const PoolClock::time_point start{};

// Entries are told apart by the time at which they were opened.
PoolEntry entry_opened(PoolClock::time_point when, std::uint64_t generation = 0) { return {nullptr, when, generation}; }

TEST(PoolState, opens_up_to_size_and_overflow_then_waits) {
    PoolState pool{{.size = 2, .max_overflow = 1}};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(pool.try_checkout(start).step, Step::open);
    EXPECT_EQ(pool.try_checkout(start).step, Step::wait);
    EXPECT_EQ(pool.checked_out(), 3);
    EXPECT_EQ(pool.overflow(), 1);
}

TEST(PoolState, unlimited_overflow_never_waits) {
    PoolState pool{{.size = 1, .max_overflow = -1}};
    for (int i = 0; i < 100; ++i) EXPECT_EQ(pool.try_checkout(start).step, Step::open);
}

TEST(PoolState, overflow_is_closed_when_it_comes_back) {
    PoolState pool{{.size = 1, .max_overflow = 1}};
    pool.try_checkout(start);
    pool.try_checkout(start);
    EXPECT_EQ(pool.checkin(entry_opened(start)).opened, PoolEntry{}.opened);
    EXPECT_EQ(pool.idle(), 1);
    const auto closing = pool.checkin(entry_opened(start + seconds{7}));
    EXPECT_EQ(closing.opened, start + seconds{7});
    EXPECT_EQ(pool.idle(), 1);
    EXPECT_EQ(pool.checked_out(), 0);
}

TEST(PoolState, hands_out_the_longest_idle_first_or_last_with_lifo) {
    for (const bool lifo : {false, true}) {
        PoolState pool{{.size = 3, .max_overflow = 0, .lifo = lifo}};
        for (int i = 0; i < 3; ++i) pool.try_checkout(start);
        for (int i = 1; i <= 3; ++i) pool.checkin(entry_opened(start + seconds{i}));
        EXPECT_EQ(pool.try_checkout(start).entry.opened, start + seconds{lifo ? 3 : 1});
    }
}

TEST(PoolState, recycle_replaces_what_is_older) {
    PoolState pool{{.size = 1, .max_overflow = 0, .recycle = seconds{60}}};
    pool.try_checkout(start);
    pool.checkin(entry_opened(start));
    EXPECT_EQ(pool.try_checkout(start + seconds{60}).step, Step::reuse);
    pool.checkin(entry_opened(start));
    EXPECT_EQ(pool.try_checkout(start + seconds{61}).step, Step::replace);
    EXPECT_EQ(pool.checked_out(), 1);
}

TEST(PoolState, invalidation_replaces_idle_ones_and_closes_those_in_use) {
    PoolState pool{{.size = 2, .max_overflow = 0}};
    pool.try_checkout(start);
    pool.try_checkout(start);
    pool.checkin(entry_opened(start));
    pool.invalidate();
    EXPECT_EQ(pool.try_checkout(start).step, Step::replace);
    const auto closing = pool.checkin(entry_opened(start + seconds{5}, 0));
    EXPECT_EQ(closing.opened, start + seconds{5});
    EXPECT_EQ(pool.idle(), 0);
    EXPECT_TRUE(pool.checkin(entry_opened(start, pool.generation())).opened == start);
    EXPECT_EQ(pool.idle(), 1);
}

TEST(PoolState, dispose_hands_over_the_idle_ones) {
    PoolState pool{{.size = 3, .max_overflow = 0}};
    for (int i = 0; i < 3; ++i) pool.try_checkout(start);
    pool.checkin(entry_opened(start));
    pool.checkin(entry_opened(start));
    EXPECT_EQ(pool.dispose().size(), 2u);
    EXPECT_EQ(pool.idle(), 0);
    EXPECT_EQ(pool.checked_out(), 1);
    EXPECT_EQ(pool.try_checkout(start).step, Step::open);
}

TEST(PoolState, abandoned_place_is_free_again) {
    PoolState pool{{.size = 1, .max_overflow = 0}};
    EXPECT_EQ(pool.try_checkout(start).step, Step::open);
    pool.abandon();
    EXPECT_EQ(pool.try_checkout(start).step, Step::open);
}

TEST(PoolState, status_reads_as_in_sqlalchemy) {
    PoolState pool{{.size = 1, .max_overflow = 1}};
    EXPECT_EQ(pool.status(),
              "Pool size: 1  Connections in pool: 0 Current Overflow: -1 Current Checked out connections: 0");
    pool.try_checkout(start);
    pool.try_checkout(start);
    EXPECT_EQ(pool.status(),
              "Pool size: 1  Connections in pool: 0 Current Overflow: 1 Current Checked out connections: 2");
    pool.checkin(entry_opened(start));
    EXPECT_EQ(pool.status(),
              "Pool size: 1  Connections in pool: 1 Current Overflow: 1 Current Checked out connections: 1");
}

// Any order of operations keeps the counts right: a plain model beside it.
TEST(PoolState, random_operations_agree_with_a_plain_count) {
    const auto seed = std::random_device{}();
    std::mt19937 random{seed};
    SCOPED_TRACE("seed " + std::to_string(seed));
    PoolState pool{{.size = 3, .max_overflow = 2}};
    std::vector<PoolEntry> out;
    int idle = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto action = random() % 10;
        if (action < 5) {
            auto decision = pool.try_checkout(start);
            if (out.size() == 5) {
                ASSERT_EQ(decision.step, Step::wait);
                continue;
            }
            ASSERT_NE(decision.step, Step::wait);
            ASSERT_EQ(decision.step == Step::open, idle == 0);
            if (decision.step != Step::open) --idle;
            out.push_back(entry_opened(start, pool.generation()));
            if (decision.step == Step::open && random() % 4 == 0) {
                pool.abandon();
                out.pop_back();
            }
        } else if (action < 9 && !out.empty()) {
            const bool stale = out.back().generation != pool.generation();
            pool.checkin(std::move(out.back()));
            out.pop_back();
            if (!stale && idle < 3) ++idle;
        } else if (action == 9 && random() % 4 == 0) {
            ASSERT_EQ(pool.dispose().size(), static_cast<std::size_t>(idle));
            idle = 0;
        }
        ASSERT_EQ(pool.idle(), idle);
        ASSERT_EQ(pool.checked_out(), static_cast<int>(out.size()));
    }
}

}  // namespace
}  // namespace aludel::detail
