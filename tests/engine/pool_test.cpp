#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <any>
#include <chrono>

#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using detail::Blame;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PoolTest : public ::testing::Test {
  protected:
    std::unique_ptr<detail::Pool> pool(EngineOptions options) { return make_fake_pool(server_, options); }
    std::shared_ptr<FakeServer> server_ = std::make_shared<FakeServer>();
};

TEST_F(PoolTest, queue_keeps_connections_open_between_leases) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0});
    queue->give_back(take(*queue));
    auto lease = take(*queue);
    EXPECT_EQ(number_of(lease), 1);
    queue->give_back(std::move(lease));
    queue->dispose(true);
    EXPECT_EQ(server_->open, 0);
}

TEST_F(PoolTest, destroyed_pool_closes_its_connections) {
    {
        auto queue = pool({});
        queue->give_back(take(*queue));
        EXPECT_EQ(server_->open, 1);
    }
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(server_->abandoned, 0);
}

TEST_F(PoolTest, checkout_of_exhausted_pool_times_out) {
    auto queue = pool({.pool_size = 1, .max_overflow = 1, .pool_timeout = 200ms});
    auto a = take(*queue);
    auto b = take(*queue);
    const auto before = std::chrono::steady_clock::now();
    try {
        take(*queue);
        FAIL();
    } catch (const TimeoutError& error) {
        EXPECT_EQ(error.message(), "QueuePool limit of size 1 overflow 1 reached, connection timed out, timeout 0.20");
        EXPECT_EQ(error.code(), "3o7r");
    }
    EXPECT_GE(std::chrono::steady_clock::now() - before, 200ms);
    EXPECT_EQ(queue->statistics().timeouts, 1u);
    queue->give_back(std::move(a));
    auto c = take(*queue);
    queue->give_back(std::move(b));
    queue->give_back(std::move(c));
}

TEST_F(PoolTest, timeout_of_zero_does_not_wait) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms});
    auto a = take(*queue);
    EXPECT_THROW(take(*queue), TimeoutError);
    queue->give_back(std::move(a));
}

TEST_F(PoolTest, failed_open_frees_its_place) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 10ms});
    server_->refuses = true;
    EXPECT_THROW(take(*queue), OperationalError);
    EXPECT_THROW(take(*queue), OperationalError);
    server_->refuses = false;
    queue->give_back(take(*queue));
    EXPECT_EQ(server_->open, 1);
    EXPECT_EQ(queue->statistics().open_failures, 2u);
    EXPECT_EQ(queue->statistics().opened, 1u);
}

TEST_F(PoolTest, pre_ping_replaces_the_dead_without_an_error) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0, .pool_pre_ping = true});
    auto a = take(*queue);
    auto b = take(*queue);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
    EXPECT_EQ(server_->pings, 0) << "what was just opened is not asked";
    server_->restart();
    a = take(*queue);
    EXPECT_EQ(number_of(a), 3);
    b = take(*queue);
    EXPECT_EQ(number_of(b), 4) << "a contemporary of the dead is not trusted either";
    EXPECT_EQ(server_->pings, 1);
    EXPECT_EQ(queue->statistics().invalidated, 1u);
    EXPECT_EQ(queue->statistics().recycled, 1u);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
    EXPECT_EQ(server_->open, 2);
}

TEST_F(PoolTest, pre_ping_on_server_that_is_gone_is_an_error_and_frees_its_place) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 10ms, .pool_pre_ping = true});
    queue->give_back(take(*queue));
    server_->restart();
    server_->refuses = true;
    EXPECT_THROW(take(*queue), OperationalError);
    server_->refuses = false;
    auto lease = take(*queue);
    EXPECT_TRUE(lease.connection->ping());
    queue->give_back(std::move(lease));
}

TEST_F(PoolTest, broken_connection_takes_its_generation_with_it) {
    auto queue = pool({.pool_size = 3, .max_overflow = 0});
    auto a = take(*queue);
    auto b = take(*queue);
    auto c = take(*queue);
    queue->give_back(std::move(c));
    queue->discard(std::move(a), Blame::generation, "it broke");
    EXPECT_EQ(server_->open, 2);
    queue->give_back(std::move(b));
    EXPECT_EQ(server_->open, 1) << "one in use is closed when it comes back";
    auto d = take(*queue);
    EXPECT_EQ(number_of(d), 4) << "an idle one at its next checkout";
    EXPECT_EQ(server_->open, 1);
    queue->give_back(std::move(d));
}

TEST_F(PoolTest, connection_that_is_blamed_alone_leaves_the_others) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0});
    auto a = take(*queue);
    auto b = take(*queue);
    queue->give_back(std::move(b));
    queue->discard(std::move(a), Blame::connection, {});
    auto c = take(*queue);
    EXPECT_EQ(number_of(c), 2);
    queue->give_back(std::move(c));
}

TEST_F(PoolTest, second_broken_one_of_a_generation_does_not_condemn_the_next) {
    auto queue = pool({.pool_size = 3, .max_overflow = 0});
    auto a = take(*queue);
    auto b = take(*queue);
    queue->discard(std::move(a));
    auto c = take(*queue);
    queue->discard(std::move(b));
    queue->give_back(std::move(c));
    auto d = take(*queue);
    EXPECT_EQ(number_of(d), 3);
    queue->give_back(std::move(d));
}

TEST_F(PoolTest, soft_invalidated_connection_is_replaced_at_its_next_checkout) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0});
    auto a = take(*queue);
    queue->keeper().soft_invalidate(*a.record, "old schema");
    EXPECT_TRUE(a.connection->ping()) << "who has it goes on";
    queue->give_back(std::move(a));
    auto b = take(*queue);
    EXPECT_EQ(number_of(b), 2);
    queue->give_back(std::move(b));
}

TEST_F(PoolTest, old_connection_is_recycled) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_recycle = 0s});
    queue->give_back(take(*queue));
    std::this_thread::sleep_for(2ms);
    auto lease = take(*queue);
    EXPECT_EQ(number_of(lease), 2);
    EXPECT_EQ(queue->statistics().recycled, 1u);
    EXPECT_EQ(server_->most_open, 1) << "the old one is closed before";
    queue->give_back(std::move(lease));
}

TEST_F(PoolTest, transaction_left_behind_is_rolled_back_committed_or_left) {
    const std::pair<ResetOnReturn, std::vector<std::string>> cases[] = {
        {ResetOnReturn::rollback, {"1: begin by text", "1: ROLLBACK"}},
        {ResetOnReturn::commit, {"2: begin by text", "2: COMMIT"}},
        {ResetOnReturn::none, {"3: begin by text"}},
    };
    for (const auto& [reset, said] : cases) {
        auto queue = pool({.pool_reset_on_return = reset});
        auto lease = take(*queue);
        lease.connection->execute_script("begin by text");
        queue->give_back(std::move(lease));
        EXPECT_EQ(server_->take_said(), said);
        queue.reset();
        server_->take_said();
    }
}

TEST_F(PoolTest, connection_that_cannot_be_reset_is_closed) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0});
    auto lease = take(*queue);
    lease.connection->execute_script("begin by text");
    server_->fails_commands = true;
    queue->give_back(std::move(lease));
    EXPECT_EQ(server_->open, 0);
    server_->fails_commands = false;
    queue->give_back(take(*queue));
    EXPECT_EQ(queue->statistics().invalidated, 1u);
}

TEST_F(PoolTest, connection_that_was_lost_unseen_by_its_user_is_closed) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0});
    auto lease = take(*queue);
    server_->is_noticed = true;
    server_->restart();
    queue->give_back(std::move(lease));
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(queue->statistics().invalidated, 1u);
}

TEST_F(PoolTest, connection_is_reset_once) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0});
    auto lease = take(*queue);
    lease.connection->execute_script("begin by text");
    queue->reset(lease);
    queue->give_back(std::move(lease));
    EXPECT_THAT(server_->take_said(), ElementsAre("1: begin by text", "1: ROLLBACK"));
}

TEST_F(PoolTest, detached_connection_leaves_its_place_and_is_closed_by_its_user) {
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 10ms});
    auto mine = take(*queue);
    queue->detach(mine);
    auto other = take(*queue);
    EXPECT_EQ(number_of(other), 2);
    queue->give_back(std::move(other));
    mine.connection->execute_script("begin by text");
    server_->take_said();
    queue->give_back(std::move(mine));
    EXPECT_THAT(server_->take_said(), ElementsAre("1: ROLLBACK", "1: close"));
    EXPECT_EQ(server_->open, 1);
    const auto statistics = queue->statistics();
    EXPECT_EQ(statistics.detached, 1u);
    EXPECT_EQ(statistics.checked_in, 1);
    EXPECT_EQ(statistics.checked_out, 0);
}

TEST_F(PoolTest, null_pool_opens_and_closes_each_time) {
    auto none = pool({.pool_class = PoolClass::null});
    auto a = take(*none);
    auto b = take(*none);
    none->give_back(std::move(a));
    none->give_back(std::move(b));
    none->give_back(take(*none));
    EXPECT_EQ(server_->opened, 3);
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(none->status(), "NullPool");
}

TEST_F(PoolTest, assertion_pool_says_where_its_connection_was_taken) {
    auto one = pool({.pool_class = PoolClass::assertion});
    auto lease = take(*one);
    try {
        take(*one);
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.message(), HasSubstr("in use already"));
        EXPECT_THAT(error.message(), HasSubstr("pool_test.cpp:"));
    }
    one->give_back(std::move(lease));
    one->give_back(take(*one));
    EXPECT_EQ(server_->opened, 1);
    EXPECT_EQ(one->status(), "AssertionPool");
}

TEST_F(PoolTest, dispose_closes_idle_ones_now_and_the_others_at_their_return) {
    auto queue = pool({.pool_size = 2, .max_overflow = 0});
    auto a = take(*queue);
    queue->give_back(take(*queue));
    queue->dispose(true);
    EXPECT_EQ(server_->open, 1);
    queue->give_back(std::move(a));
    EXPECT_EQ(server_->open, 0);
    queue->give_back(take(*queue));
    EXPECT_EQ(server_->open, 1) << "the pool stays usable";
}

TEST_F(PoolTest, dispose_without_close_says_nothing_to_the_server) {
    auto queue = pool({});
    queue->give_back(take(*queue));
    queue->dispose(false);
    EXPECT_EQ(server_->abandoned, 1);
    EXPECT_THAT(server_->take_said(), ElementsAre());
    EXPECT_EQ(queue->statistics().checked_in, 0);
    EXPECT_EQ(queue->statistics().checked_out, 0);
}

TEST_F(PoolTest, statistics_add_up) {
    auto queue = pool({.pool_size = 2, .max_overflow = 1, .pool_timeout = 0ms});
    auto a = take(*queue);
    auto b = take(*queue);
    auto c = take(*queue);
    EXPECT_THROW(take(*queue), TimeoutError);
    auto statistics = queue->statistics();
    EXPECT_EQ(statistics.size, 2);
    EXPECT_EQ(statistics.checked_out, 3);
    EXPECT_EQ(statistics.overflow, 1);
    EXPECT_EQ(statistics.checkouts, 3u);
    EXPECT_EQ(statistics.waits, 1u);
    EXPECT_EQ(statistics.timeouts, 1u);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
    queue->give_back(std::move(c));
    statistics = queue->statistics();
    EXPECT_EQ(statistics.checked_in, 2);
    EXPECT_EQ(statistics.checked_out, 0);
    EXPECT_EQ(statistics.overflow, 0);
    EXPECT_EQ(statistics.opened, 3u);
    EXPECT_EQ(statistics.closed, 1u);
    EXPECT_EQ(queue->status(),
              "Pool size: 2  Connections in pool: 2 Current Overflow: 0 Current Checked out connections: 0");
}

}  // namespace
}  // namespace aludel::test
