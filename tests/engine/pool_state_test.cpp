#include "engine/pool_state.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <utility>
#include <vector>

namespace aludel::detail {
namespace {

using Step = PoolState::Step;
using std::chrono::seconds;

const PoolClock::time_point start{};

PoolRecordPtr record(std::uint64_t id, PoolClock::time_point opened = start, std::uint64_t generation = 0) {
    auto made = std::make_unique<PoolRecord>();
    made->id = id;
    made->opened = opened;
    made->generation = generation;
    return made;
}

// A pool and somebody who asks it; those who have to wait stay in `queue`.
struct Client {
    explicit Client(PoolLimits limits) : pool(limits) {}
    PoolState::Decision checkout(PoolClock::time_point now = start) {
        return pool.checkout(waiters.emplace_back(), now);
    }
    PoolState pool;
    std::deque<PoolWaiter> waiters;
};

TEST(PoolState, opens_up_to_size_and_overflow_then_waits) {
    Client client{{.size = 2, .max_overflow = 1}};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.checkout().step, Step::open);
    EXPECT_EQ(client.checkout().step, Step::wait);
    EXPECT_EQ(client.pool.checked_out(), 3);
    EXPECT_EQ(client.pool.overflow(), 1);
    EXPECT_EQ(client.pool.waiting(), 1);
}

TEST(PoolState, unlimited_overflow_never_waits) {
    Client client{{.size = 1, .max_overflow = -1}};
    for (int i = 0; i < 100; ++i) EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, overflow_counts_until_it_is_closed) {
    Client client{{.size = 1, .max_overflow = 1}};
    client.checkout();
    client.checkout();
    EXPECT_EQ(client.pool.checkin(record(1)).closing, nullptr);
    EXPECT_EQ(client.pool.idle(), 1);
    const auto returned = client.pool.checkin(record(2));
    ASSERT_NE(returned.closing, nullptr);
    EXPECT_EQ(returned.closing->id, 2u);
    EXPECT_EQ(client.pool.checked_out(), 1) << "it is open still";
    EXPECT_EQ(client.pool.vacate(), nullptr);
    EXPECT_EQ(client.pool.checked_out(), 0);
    EXPECT_EQ(client.pool.idle(), 1);
}

TEST(PoolState, pool_without_idle_ones_closes_each) {
    Client client{{.size = 0, .max_overflow = -1}};
    EXPECT_EQ(client.checkout().step, Step::open);
    EXPECT_NE(client.pool.checkin(record(1)).closing, nullptr);
    client.pool.vacate();
    EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, hands_out_the_longest_idle_first_or_last_with_lifo) {
    for (const bool lifo : {false, true}) {
        Client client{{.size = 3, .max_overflow = 0, .lifo = lifo}};
        for (int i = 0; i < 3; ++i) client.checkout();
        for (std::uint64_t id = 1; id <= 3; ++id) client.pool.checkin(record(id));
        EXPECT_EQ(client.checkout().record->id, lifo ? 3u : 1u);
    }
}

TEST(PoolState, recycle_replaces_what_is_older) {
    Client client{{.size = 1, .max_overflow = 0, .recycle = seconds{60}}};
    client.checkout();
    client.pool.checkin(record(1));
    auto decision = client.checkout(start + seconds{60});
    EXPECT_EQ(decision.step, Step::reuse);
    client.pool.checkin(std::move(decision.record));
    decision = client.checkout(start + seconds{61});
    EXPECT_EQ(decision.step, Step::replace);
    EXPECT_EQ(decision.staleness, Staleness::age);
    EXPECT_EQ(client.pool.checked_out(), 1);
}

TEST(PoolState, invalidation_replaces_idle_ones_and_closes_those_in_use) {
    Client client{{.size = 2, .max_overflow = 0}};
    client.checkout();
    client.checkout();
    client.pool.checkin(record(1));
    client.pool.invalidate();
    const auto decision = client.checkout();
    EXPECT_EQ(decision.step, Step::replace);
    EXPECT_EQ(decision.staleness, Staleness::generation);
    EXPECT_NE(client.pool.checkin(record(2)).closing, nullptr);
    client.pool.vacate();
    EXPECT_EQ(client.pool.idle(), 0);
    EXPECT_EQ(client.pool.checkin(record(3, start, client.pool.generation())).closing, nullptr);
    EXPECT_EQ(client.pool.idle(), 1);
}

TEST(PoolState, soft_invalidated_one_is_replaced_alone) {
    Client client{{.size = 2, .max_overflow = 0}};
    client.checkout();
    client.checkout();
    auto soft = record(1);
    soft->soft_invalidated = true;
    EXPECT_NE(client.pool.checkin(std::move(soft)).closing, nullptr);
    client.pool.vacate();
    EXPECT_EQ(client.pool.checkin(record(2)).closing, nullptr);
    EXPECT_EQ(client.checkout().step, Step::reuse);
    EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, dispose_hands_over_the_idle_ones) {
    Client client{{.size = 3, .max_overflow = 0}};
    for (int i = 0; i < 3; ++i) client.checkout();
    client.pool.checkin(record(1));
    client.pool.checkin(record(2));
    EXPECT_EQ(client.pool.dispose().size(), 2u);
    EXPECT_EQ(client.pool.idle(), 0);
    EXPECT_EQ(client.pool.checked_out(), 3) << "until they are closed";
    client.pool.vacate();
    client.pool.vacate();
    EXPECT_EQ(client.pool.checked_out(), 1);
    EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, place_without_connection_is_free_again) {
    Client client{{.size = 1, .max_overflow = 0}};
    EXPECT_EQ(client.checkout().step, Step::open);
    EXPECT_EQ(client.pool.vacate(), nullptr);
    EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, waiters_are_served_in_their_order) {
    Client client{{.size = 1, .max_overflow = 0}};
    client.checkout();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.checkout().step, Step::wait);
    PoolRecordPtr one = record(1);
    for (std::size_t i = 1; i <= 3; ++i) {
        PoolWaiter& next = client.waiters[i];
        EXPECT_EQ(client.pool.collect(next, start).step, Step::wait);
        EXPECT_EQ(client.pool.checkin(std::move(one)).woken, &next);
        auto decision = client.pool.collect(next, start);
        EXPECT_EQ(decision.step, Step::reuse);
        one = std::move(decision.record);
        EXPECT_EQ(one->id, 1u);
    }
    EXPECT_EQ(client.pool.waiting(), 0);
}

TEST(PoolState, newcomer_cannot_take_what_was_granted_to_a_waiter) {
    Client client{{.size = 1, .max_overflow = 0}};
    client.checkout();
    client.checkout();  // waits
    client.pool.checkin(record(1));
    EXPECT_EQ(client.checkout().step, Step::wait) << "the connection is the waiter's, who has not come for it yet";
}

TEST(PoolState, waiter_whose_connection_fails_to_open_hands_its_place_on) {
    Client client{{.size = 1, .max_overflow = 0}};
    client.checkout();
    client.checkout();
    client.checkout();
    EXPECT_EQ(client.pool.vacate(), &client.waiters[1]);
    EXPECT_EQ(client.pool.collect(client.waiters[1], start).step, Step::open);
    EXPECT_EQ(client.pool.vacate(), &client.waiters[2]);
    EXPECT_EQ(client.pool.collect(client.waiters[2], start).step, Step::open);
    EXPECT_EQ(client.pool.checked_out(), 1);
}

TEST(PoolState, connection_that_aged_on_its_way_to_a_waiter_is_replaced) {
    Client client{{.size = 1, .max_overflow = 0, .recycle = seconds{60}}};
    client.checkout();
    client.checkout();
    client.pool.checkin(record(1));
    client.pool.invalidate();
    EXPECT_EQ(client.pool.collect(client.waiters[1], start).step, Step::replace);
}

TEST(PoolState, waiter_that_gave_up_is_not_served) {
    Client client{{.size = 1, .max_overflow = 0}};
    client.checkout();
    client.checkout();
    client.checkout();
    client.pool.give_up(client.waiters[1]);
    EXPECT_EQ(client.pool.checkin(record(1)).woken, &client.waiters[2]);
    EXPECT_EQ(client.pool.statistics().timeouts, 1u);
    EXPECT_EQ(client.pool.statistics().waits, 2u);
}

TEST(PoolState, start_again_forgets_places_and_waiters) {
    Client client{{.size = 2, .max_overflow = 0}};
    client.checkout();
    client.checkout();
    client.checkout();  // waits
    client.pool.give_up(client.waiters[2]);
    client.pool.checkin(record(1));
    const auto generation = client.pool.generation();
    EXPECT_EQ(client.pool.start_again().size(), 1u);
    EXPECT_NE(client.pool.generation(), generation);
    EXPECT_EQ(client.pool.checked_out(), 0);
    EXPECT_EQ(client.pool.statistics().checkouts, 0u);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(client.checkout().step, Step::open);
}

TEST(PoolState, status_reads_as_in_sqlalchemy) {
    Client client{{.size = 1, .max_overflow = 1}};
    EXPECT_EQ(client.pool.status(),
              "Pool size: 1  Connections in pool: 0 Current Overflow: -1 Current Checked out connections: 0");
    client.checkout();
    client.checkout();
    EXPECT_EQ(client.pool.status(),
              "Pool size: 1  Connections in pool: 0 Current Overflow: 1 Current Checked out connections: 2");
    client.pool.checkin(record(1));
    EXPECT_EQ(client.pool.status(),
              "Pool size: 1  Connections in pool: 1 Current Overflow: 1 Current Checked out connections: 1");
}

}  // namespace
}  // namespace aludel::detail
