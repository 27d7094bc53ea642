#include "engine/pool.hpp"

#include <aludel/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace aludel::detail {
namespace {

using namespace std::chrono_literals;

// As much of a connection as a pool looks at.
class IdleConnection final : public driver::Connection {
  public:
    IdleConnection(std::atomic<int>& open, std::atomic<bool>& alive) : open_(open), alive_(alive) { ++open_; }
    ~IdleConnection() override { --open_; }
    driver::CursorPtr prepare(std::string_view) override { throw std::logic_error("not for queries"); }
    void execute_script(std::string_view) override {}
    void begin() override {}
    void commit() override {}
    void rollback() override {}
    bool in_transaction() const noexcept override { return false; }
    void set_isolation_level(IsolationLevel) override {}
    bool ping() noexcept override { return alive_; }
    void interrupt() noexcept override {}
    std::string server_version() override { return {}; }

  private:
    std::atomic<int>& open_;
    std::atomic<bool>& alive_;
};

class PoolTest : public ::testing::Test {
  protected:
    Connector connector() {
        return [this]() -> std::unique_ptr<driver::Connection> {
            ++opened_;
            if (refuse_) throw OperationalError("refused");
            return std::make_unique<IdleConnection>(open_, alive_);
        };
    }
    std::atomic<int> open_{0}, opened_{0};
    std::atomic<bool> alive_{true}, refuse_{false};
};

TEST_F(PoolTest, queue_keeps_connections_open_between_leases) {
    QueuePool pool{connector(), {.limits = {.size = 2, .max_overflow = 0}, .timeout = 10ms}};
    auto lease = pool.take();
    auto* first = lease.connection;
    pool.give_back(std::move(lease));
    lease = pool.take();
    EXPECT_EQ(lease.connection, first);
    EXPECT_EQ(opened_, 1);
    pool.give_back(std::move(lease));
    pool.dispose();
    EXPECT_EQ(open_, 0);
}

TEST_F(PoolTest, checkout_pool_exhausted_times_out) {
    QueuePool pool{connector(), {.limits = {.size = 1, .max_overflow = 1}, .timeout = 200ms}};
    auto a = pool.take();
    auto b = pool.take();
    try {
        pool.take();
        FAIL();
    } catch (const TimeoutError& error) {
        EXPECT_EQ(error.message(), "QueuePool limit of size 1 overflow 1 reached, connection timed out, timeout 0.20");
        EXPECT_EQ(error.code(), "3o7r");
    }
    pool.give_back(std::move(a));
    auto c = pool.take();
    pool.give_back(std::move(b));
    pool.give_back(std::move(c));
}

TEST_F(PoolTest, waiting_checkout_gets_what_another_thread_gives_back) {
    QueuePool pool{connector(), {.limits = {.size = 1, .max_overflow = 0}, .timeout = 30s}};
    auto lease = pool.take();
    auto* used = lease.connection;
    std::jthread other{[&] {
        std::this_thread::sleep_for(20ms);
        pool.give_back(std::move(lease));
    }};
    auto second = pool.take();
    EXPECT_EQ(second.connection, used);
    pool.give_back(std::move(second));
}

TEST_F(PoolTest, failed_open_frees_its_place) {
    QueuePool pool{connector(), {.limits = {.size = 1, .max_overflow = 0}, .timeout = 10ms}};
    refuse_ = true;
    EXPECT_THROW(pool.take(), OperationalError);
    EXPECT_THROW(pool.take(), OperationalError);
    refuse_ = false;
    pool.give_back(pool.take());
    EXPECT_EQ(open_, 1);
}

TEST_F(PoolTest, pre_ping_replaces_the_dead) {
    QueuePool pool{connector(), {.limits = {.size = 2, .max_overflow = 0}, .timeout = 10ms, .pre_ping = true}};
    auto a = pool.take();
    auto b = pool.take();
    pool.give_back(std::move(a));
    pool.give_back(std::move(b));
    EXPECT_EQ(opened_, 2);
    alive_ = false;
    a = pool.take();
    EXPECT_EQ(opened_, 3);
    alive_ = true;
    b = pool.take();
    EXPECT_EQ(opened_, 4) << "a contemporary of the dead is not trusted either";
    pool.give_back(std::move(a));
    pool.give_back(std::move(b));
    EXPECT_EQ(open_, 2);
}

TEST_F(PoolTest, discarded_connection_is_closed_and_its_place_free) {
    QueuePool pool{connector(), {.limits = {.size = 1, .max_overflow = 0}, .timeout = 10ms}};
    pool.discard(pool.take());
    EXPECT_EQ(open_, 0);
    pool.give_back(pool.take());
    EXPECT_EQ(opened_, 2);
}

TEST_F(PoolTest, many_threads_never_exceed_the_limit) {
    QueuePool pool{connector(), {.limits = {.size = 3, .max_overflow = 2}, .timeout = 30s}};
    std::atomic<int> in_use{0}, most{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 300; ++i) {
                    auto lease = pool.take();
                    int now = ++in_use;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {}
                    if (i % 7 == 0) std::this_thread::yield();
                    --in_use;
                    if (i % 50 == 3)
                        pool.discard(std::move(lease));
                    else
                        pool.give_back(std::move(lease));
                    if (i % 90 == 5) pool.dispose();
                }
            });
    }
    EXPECT_LE(most, 5);
    EXPECT_LE(open_, 3);
    pool.dispose();
    EXPECT_EQ(open_, 0);
    EXPECT_THAT(pool.status(), ::testing::HasSubstr("Current Checked out connections: 0"));
}

TEST_F(PoolTest, single_gives_one_thread_the_same_connection_again) {
    SinglePool pool{connector(), 10ms};
    auto a = pool.take();
    auto b = pool.take();
    EXPECT_EQ(a.connection, b.connection);
    EXPECT_TRUE(a.is_shared());
    pool.give_back(std::move(a));
    pool.give_back(std::move(b));
    EXPECT_EQ(open_, 1) << "the database lives as long as its connection";
}

TEST_F(PoolTest, single_makes_another_thread_wait) {
    SinglePool pool{connector(), 30s};
    auto mine = pool.take();
    std::jthread other{[&] { pool.give_back(pool.take()); }};
    std::this_thread::sleep_for(20ms);
    pool.give_back(std::move(mine));
    other.join();
    EXPECT_EQ(opened_, 1);
}

TEST_F(PoolTest, single_times_out_for_another_thread) {
    SinglePool pool{connector(), 20ms};
    auto mine = pool.take();
    std::jthread{[&] {
        try {
            pool.take();
            ADD_FAILURE();
        } catch (const TimeoutError& error) {
            EXPECT_THAT(error.message(), ::testing::HasSubstr("in use by another thread"));
        }
    }}.join();
    pool.give_back(std::move(mine));
}

TEST_F(PoolTest, single_disposed_in_use_closes_with_its_last_user) {
    SinglePool pool{connector(), 20ms};
    auto a = pool.take();
    auto b = pool.take();
    pool.dispose();
    EXPECT_EQ(open_, 1);
    auto fresh = pool.take();
    EXPECT_NE(fresh.connection, a.connection);
    pool.give_back(std::move(a));
    EXPECT_EQ(open_, 2);
    pool.give_back(std::move(b));
    EXPECT_EQ(open_, 1);
    pool.discard(std::move(fresh));
    EXPECT_EQ(open_, 0);
}

}  // namespace
}  // namespace aludel::detail
