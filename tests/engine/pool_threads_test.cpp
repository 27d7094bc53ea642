#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using detail::Blame;

class PoolThreads : public ::testing::Test {
  protected:
    std::unique_ptr<detail::Pool> pool(EngineOptions options) { return make_fake_pool(server_, options); }

    // Until so many threads wait at the pool.
    static void wait_for_waiters(detail::Pool& pool, int count) {
        while (pool.statistics().waiting < count) std::this_thread::sleep_for(1ms);
    }
    std::shared_ptr<FakeServer> server_ = std::make_shared<FakeServer>();
};

TEST_F(PoolThreads, waiting_checkout_gets_what_another_thread_gives_back) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = std::chrono::milliseconds::max()});
    auto lease = take(*queue);
    std::jthread other{[&] {
        wait_for_waiters(*queue, 1);
        queue->give_back(std::move(lease));
    }};
    auto second = take(*queue);
    EXPECT_EQ(number_of(second), 1);
    queue->give_back(std::move(second));
}

TEST_F(PoolThreads, waiters_are_served_in_the_order_in_which_they_came) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 30s});
    auto lease = take(*queue);
    std::mutex mutex;
    std::vector<int> served;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([&, i] {
                auto mine = take(*queue);
                {
                    std::scoped_lock lock{mutex};
                    served.push_back(i);
                }
                queue->give_back(std::move(mine));
            });
            wait_for_waiters(*queue, i + 1);
        }
        queue->give_back(std::move(lease));
    }
    EXPECT_THAT(served, ::testing::ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST_F(PoolThreads, waiter_whose_connection_fails_to_open_hands_its_place_on) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 30s});
    auto lease = take(*queue);
    std::atomic<int> failed{0}, got{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                try {
                    queue->give_back(take(*queue));
                    ++got;
                } catch (const OperationalError&) {
                    ++failed;
                }
            });
        wait_for_waiters(*queue, 4);
        server_->refuse_next = 2;
        queue->discard(std::move(lease));
    }
    EXPECT_EQ(failed, 2);
    EXPECT_EQ(got, 2);
}

// The connection comes and goes all the time, but never to the one who waits; nothing of that makes the wait longer.
TEST_F(PoolThreads, timeout_is_counted_once_from_the_beginning) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 300ms});
    auto lease = take(*queue);
    std::atomic<bool> stop{false};
    std::jthread disturber{[&] {
        while (!stop) {
            queue->dispose(true);
            queue->statistics();
            std::this_thread::sleep_for(5ms);
        }
    }};
    const auto before = Clock::now();
    EXPECT_THROW(take(*queue), TimeoutError);
    const auto waited = Clock::now() - before;
    stop = true;
    EXPECT_GE(waited, 300ms);
    EXPECT_LT(waited, 3s);
    queue->give_back(std::move(lease));
}

TEST_F(PoolThreads, slow_connect_does_not_hold_up_the_others) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0, .pool_timeout = 30s});
    queue->give_back(take(*queue));
    server_->connect_milliseconds = 2000;
    auto mine = take(*queue);
    std::jthread slow{[&] { queue->give_back(take(*queue)); }};
    while (queue->statistics().checked_out < 2) std::this_thread::sleep_for(1ms);
    const auto before = Clock::now();
    queue->give_back(std::move(mine));
    queue->give_back(take(*queue));
    EXPECT_LT(Clock::now() - before, 1500ms);
}

TEST_F(PoolThreads, many_threads_never_exceed_the_limit_and_the_counters_agree) {
    auto queue = pool({.pool_size = 3, .max_overflow = 2, .pool_timeout = 60s, .pool_pre_ping = true});
    std::atomic<std::uint64_t> taken{0}, refused{0};
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < 12; ++t)
            threads.emplace_back([&, t] {
                std::mt19937 random{t};
                for (int i = 0; i < 300; ++i) {
                    try {
                        auto lease = take(*queue);
                        ++taken;
                        if (random() % 4 == 0) std::this_thread::yield();
                        switch (random() % 40) {
                            case 0: queue->discard(std::move(lease)); break;
                            case 1: queue->discard(std::move(lease), Blame::connection); break;
                            case 2: queue->keeper().soft_invalidate(*lease.record, {}); [[fallthrough]];
                            default: queue->give_back(std::move(lease));
                        }
                    } catch (const OperationalError&) {
                        ++refused;
                    }
                    if (random() % 200 == 0) queue->dispose(true);
                    if (random() % 300 == 0) server_->restart();
                    if (random() % 300 == 0) server_->refuses = true;
                    if (random() % 20 == 0) server_->refuses = false;
                }
            });
    }
    EXPECT_LE(server_->most_open, 5);
    const auto statistics = queue->statistics();
    EXPECT_EQ(taken + refused, 12u * 300u);
    EXPECT_EQ(statistics.checkouts, taken + refused);
    EXPECT_EQ(statistics.open_failures, refused);
    EXPECT_EQ(statistics.timeouts, 0u);
    EXPECT_EQ(statistics.waiting, 0);
    EXPECT_EQ(statistics.checked_out, 0);
    EXPECT_EQ(statistics.opened - statistics.closed, static_cast<std::uint64_t>(statistics.checked_in));
    EXPECT_EQ(server_->open, statistics.checked_in);
    queue->dispose(true);
    EXPECT_EQ(server_->open, 0);
}

// Counts, and ends its first wait early if it was told to.
class CountingWaiter final : public Waiter {
  public:
    Outcome wait(int descriptor, Readiness readiness, Clock::time_point deadline) override {
        ++waits;
        if (fails) throw std::runtime_error("no fiber");
        return cancels ? Outcome::cancelled : Waiter::wait(descriptor, readiness, deadline);
    }
    std::atomic<int> waits{0};
    std::atomic<bool> cancels{false};
    std::atomic<bool> fails{false};
};

TEST_F(PoolThreads, engines_waiter_waits_for_a_connection_in_place_of_the_thread) {
    auto waiter = std::make_shared<CountingWaiter>();
    auto queue = pool({.pool_size = 2, .max_overflow = 0, .pool_timeout = 60s, .waiter = waiter});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i) {
                    auto lease = take(*queue);
                    std::this_thread::yield();
                    queue->give_back(std::move(lease));
                }
            });
    }
    EXPECT_EQ(queue->statistics().waits, static_cast<std::uint64_t>(waiter->waits));
    EXPECT_EQ(queue->statistics().checkouts, 600u);
    EXPECT_EQ(queue->statistics().checked_out, 0);
}

TEST_F(PoolThreads, engines_waiter_times_out_cancels_or_fails_without_losing_a_place) {
    auto waiter = std::make_shared<CountingWaiter>();
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 20ms, .waiter = waiter});
    auto lease = take(*queue);
    EXPECT_THROW(take(*queue), TimeoutError);
    waiter->cancels = true;
    EXPECT_THROW(take(*queue), OperationalError);
    waiter->fails = true;
    EXPECT_THROW(take(*queue), std::runtime_error);
    EXPECT_EQ(queue->statistics().waiting, 0);
    queue->give_back(std::move(lease));
    queue->give_back(take(*queue));
    EXPECT_EQ(server_->opened, 1);
}

TEST_F(PoolThreads, waiters_that_time_out_lose_no_connection) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 2ms});
    std::atomic<int> timeouts{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i) {
                    try {
                        auto lease = take(*queue);
                        std::this_thread::sleep_for(1ms);
                        queue->give_back(std::move(lease));
                    } catch (const TimeoutError&) {
                        ++timeouts;
                    }
                }
            });
    }
    EXPECT_EQ(server_->opened, 1);
    EXPECT_EQ(queue->statistics().timeouts, static_cast<std::uint64_t>(timeouts));
    EXPECT_EQ(queue->statistics().checked_in, 1);
}

TEST_F(PoolThreads, handlers_may_be_added_and_statistics_read_while_others_work) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0, .pool_timeout = 60s, .report_leaks = LeakReport::place});
    std::atomic<int> heard{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i) queue->give_back(take(*queue));
            });
        for (int i = 0; i < 20; ++i) {
            queue->keeper().listen({.checkout = [&](PooledConnection&) { ++heard; }});
            queue->statistics();
            queue->status();
            queue->leaks().list();
            std::this_thread::sleep_for(1ms);
        }
    }
    queue->give_back(take(*queue));
    EXPECT_GE(heard, 20);
    EXPECT_TRUE(queue->leaks().list().empty());
}

}  // namespace
}  // namespace aludel::test
