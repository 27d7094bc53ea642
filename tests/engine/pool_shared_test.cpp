// StaticPool and SingletonThreadPool, whose connections several users of a thread share.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SharedPools : public ::testing::Test {
  protected:
    std::unique_ptr<detail::Pool> single(EngineOptions options = {}) {
        options.pool_class = PoolClass::static_;
        return make_fake_pool(server_, options);
    }
    std::unique_ptr<detail::Pool> per_thread(EngineOptions options = {}) {
        options.pool_class = PoolClass::singleton_thread;
        return make_fake_pool(server_, options);
    }
    std::shared_ptr<FakeServer> server_ = std::make_shared<FakeServer>();
};

TEST_F(SharedPools, static_gives_one_thread_the_same_connection_again) {
    auto pool = single();
    auto a = take(*pool);
    auto b = take(*pool);
    EXPECT_EQ(a.connection, b.connection);
    EXPECT_TRUE(a.is_shared());
    EXPECT_EQ(pool->statistics().checked_out, 1);
    pool->give_back(std::move(a));
    pool->give_back(std::move(b));
    EXPECT_EQ(server_->open, 1) << "the database may live in its connection";
    EXPECT_EQ(pool->statistics().checked_in, 1);
}

TEST_F(SharedPools, static_makes_another_thread_wait) {
    auto pool = single({.pool_timeout = 30s});
    auto mine = take(*pool);
    std::jthread other{[&] { pool->give_back(take(*pool)); }};
    while (pool->statistics().waiting == 0) std::this_thread::sleep_for(1ms);
    pool->give_back(std::move(mine));
    other.join();
    EXPECT_EQ(server_->opened, 1);
}

TEST_F(SharedPools, static_serves_threads_in_the_order_in_which_they_came) {
    auto pool = single({.pool_timeout = 30s});
    auto mine = take(*pool);
    std::mutex mutex;
    std::vector<int> served;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 5; ++i) {
            threads.emplace_back([&, i] {
                auto lease = take(*pool);
                {
                    std::scoped_lock lock{mutex};
                    served.push_back(i);
                }
                pool->give_back(std::move(lease));
            });
            while (pool->statistics().waiting < i + 1) std::this_thread::sleep_for(1ms);
        }
        auto again = take(*pool);  // its own thread need not wait behind the others
        pool->give_back(std::move(again));
        pool->give_back(std::move(mine));
    }
    EXPECT_THAT(served, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(SharedPools, static_times_out_for_another_thread) {
    auto pool = single({.pool_timeout = 20ms});
    auto mine = take(*pool);
    std::jthread{[&] {
        try {
            take(*pool);
            ADD_FAILURE();
        } catch (const TimeoutError& error) {
            EXPECT_THAT(error.message(), HasSubstr("in use by another thread"));
            EXPECT_EQ(error.code(), "3o7r");
        }
    }}.join();
    EXPECT_EQ(pool->statistics().timeouts, 1u);
    pool->give_back(std::move(mine));
}

TEST_F(SharedPools, static_disposed_in_use_closes_with_its_last_user) {
    auto pool = single();
    auto a = take(*pool);
    auto b = take(*pool);
    pool->dispose(true);
    EXPECT_EQ(server_->open, 1);
    auto fresh = take(*pool);
    EXPECT_NE(fresh.connection, a.connection);
    pool->give_back(std::move(a));
    EXPECT_EQ(server_->open, 2);
    pool->give_back(std::move(b));
    EXPECT_EQ(server_->open, 1);
    pool->discard(std::move(fresh));
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(pool->statistics().checked_out, 0);
}

TEST_F(SharedPools, static_connection_that_fails_to_open_can_be_tried_again) {
    auto pool = single();
    server_->refuses = true;
    EXPECT_THROW(take(*pool), OperationalError);
    server_->refuses = false;
    pool->give_back(take(*pool));
    EXPECT_EQ(server_->open, 1);
}

TEST_F(SharedPools, transaction_left_behind_ends_with_the_last_user) {
    auto pool = single();
    auto a = take(*pool);
    auto b = take(*pool);
    a.connection->execute_script("begin by text");
    server_->take_said();
    pool->give_back(std::move(a));
    EXPECT_THAT(server_->take_said(), ElementsAre()) << "it may be the other user's";
    pool->give_back(std::move(b));
    EXPECT_THAT(server_->take_said(), ElementsAre("1: ROLLBACK"));
}

TEST_F(SharedPools, events_tell_of_the_first_and_the_last_user) {
    std::vector<std::string> events;
    auto pool = single({.pool_events = {.connect = [&](PooledConnection&) { events.push_back("connect"); },
                                        .checkout = [&](PooledConnection&) { events.push_back("checkout"); },
                                        .checkin = [&](PooledConnection&) { events.push_back("checkin"); }}});
    auto a = take(*pool);
    auto b = take(*pool);
    pool->give_back(std::move(a));
    EXPECT_THAT(events, ElementsAre("connect", "checkout"));
    pool->give_back(std::move(b));
    EXPECT_THAT(events, ElementsAre("connect", "checkout", "checkin"));
}

TEST_F(SharedPools, handler_that_takes_a_connection_of_its_pool_is_told_so) {
    detail::Pool* reached = nullptr;
    auto pool = single({.pool_events = {.connect = [&](PooledConnection&) { take(*reached); }}});
    reached = pool.get();
    EXPECT_THROW(take(*pool), InvalidRequestError);
    EXPECT_EQ(server_->open, 0);
}

TEST_F(SharedPools, static_on_a_server_is_pinged_and_recycled_but_a_memory_database_is_kept) {
    EngineOptions options{.pool_recycle = 0s, .pool_pre_ping = true, .pool_class = PoolClass::static_};
    for (const auto kind : {driver::PoolKind::queue, driver::PoolKind::single}) {
        auto server = std::make_shared<FakeServer>();
        auto pool = make_fake_pool(server, options, kind);
        pool->give_back(take(*pool));
        std::this_thread::sleep_for(2ms);
        pool->give_back(take(*pool));
        EXPECT_EQ(server->opened, kind == driver::PoolKind::queue ? 2 : 1);
    }
}

TEST_F(SharedPools, memory_database_gets_a_static_pool_by_itself) {
    auto pool = make_fake_pool(server_, {}, driver::PoolKind::single);
    EXPECT_EQ(pool->name(), "StaticPool");
    EXPECT_EQ(make_fake_pool(server_, {})->name(), "QueuePool");
}

TEST_F(SharedPools, shared_connection_cannot_be_detached) {
    auto pool = single();
    auto lease = take(*pool);
    EXPECT_THROW(pool->detach(lease), InvalidRequestError);
    pool->give_back(std::move(lease));
}

TEST_F(SharedPools, each_thread_has_a_connection_of_its_own) {
    auto pool = per_thread();
    std::mutex mutex;
    std::multiset<int> numbers;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&] {
                int first = 0;
                for (int i = 0; i < 50; ++i) {
                    auto a = take(*pool);
                    auto b = take(*pool);
                    EXPECT_EQ(a.connection, b.connection);
                    if (i == 0) first = number_of(a);
                    EXPECT_EQ(number_of(a), first);
                    pool->give_back(std::move(a));
                    pool->give_back(std::move(b));
                }
                std::scoped_lock lock{mutex};
                numbers.insert(first);
            });
    }
    EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
    EXPECT_EQ(pool->status(), "SingletonThreadPool size: 3");
    pool->dispose(true);
    EXPECT_EQ(server_->open, 0);
}

TEST_F(SharedPools, threads_beyond_the_size_close_what_is_idle_longest_and_never_what_is_in_use) {
    auto pool = per_thread({.pool_size = 2});
    auto mine = take(*pool);
    for (int t = 0; t < 5; ++t) std::jthread{[&] { pool->give_back(take(*pool)); }}.join();
    EXPECT_LE(server_->open, 2);
    EXPECT_TRUE(mine.connection->ping());
    EXPECT_EQ(number_of(mine), 1);
    pool->give_back(std::move(mine));
    auto again = take(*pool);
    EXPECT_EQ(number_of(again), 1);
    pool->give_back(std::move(again));
}

TEST_F(SharedPools, broken_connection_of_a_thread_replaces_those_of_the_others) {
    auto pool = per_thread();
    auto mine = take(*pool);
    pool->give_back(std::move(mine));
    std::jthread{[&] { pool->discard(take(*pool)); }}.join();
    mine = take(*pool);
    EXPECT_EQ(number_of(mine), 3);
    pool->give_back(std::move(mine));
}

TEST_F(SharedPools, threads_that_come_and_go_lose_nothing) {
    for (const auto pool_class : {PoolClass::static_, PoolClass::singleton_thread}) {
        auto server = std::make_shared<FakeServer>();
        auto pool = make_fake_pool(
            server, {.pool_size = 3, .pool_timeout = 60s, .pool_pre_ping = true, .pool_class = pool_class});
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t)
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 150; ++i) {
                        auto a = take(*pool);
                        auto b = take(*pool);
                        pool->give_back(std::move(a));
                        (i + t) % 40 == 0 ? pool->discard(std::move(b)) : pool->give_back(std::move(b));
                        if ((i + t) % 70 == 0) pool->dispose(true);
                        if ((i + t) % 90 == 0) server->restart();
                    }
                });
        }
        const auto statistics = pool->statistics();
        EXPECT_EQ(statistics.checked_out, 0);
        EXPECT_EQ(statistics.checkouts, 8u * 150u * 2u);
        EXPECT_EQ(server->open, statistics.checked_in);
        EXPECT_EQ(statistics.opened - statistics.closed, static_cast<std::uint64_t>(statistics.checked_in));
        pool->dispose(true);
        EXPECT_EQ(server->open, 0);
    }
}

}  // namespace
}  // namespace aludel::test
