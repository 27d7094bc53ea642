// The child of a fork inherits an engine: it must neither use nor close what its parent has connected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "child_process.hpp"
#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;

TEST(PoolFork, child_lets_go_of_idle_connections_and_opens_its_own) {
    auto server = std::make_shared<FakeServer>();
    auto pool = make_fake_pool(server, {.pool_size = 2, .max_overflow = 0});
    auto a = take(*pool);
    auto b = take(*pool);
    pool->give_back(std::move(a));
    pool->give_back(std::move(b));
    server->take_said();
    expect_in_child([&] {
        auto mine = take(*pool);
        auto complaints = unless(number_of(mine) == 3, "the parent's connection was handed out") +
                          unless(server->abandoned == 2, "the parent's connections are still held") +
                          unless(is_empty(server->take_said()), "something was said on the parent's connections") +
                          unless(pool->statistics().opened == 1, "the child counts what its parent did");
        pool->give_back(std::move(mine));
        pool.reset();
        return complaints + unless(server->take_said() == std::vector<std::string>{"3: close"}, "not all were closed");
    });
    auto mine = take(*pool);
    EXPECT_LE(number_of(mine), 2) << "the parent goes on with what it has";
    pool->give_back(std::move(mine));
}

TEST(PoolFork, child_that_only_ends_says_nothing) {
    auto server = std::make_shared<FakeServer>();
    auto pool = make_fake_pool(server, {});
    pool->give_back(take(*pool));
    server->take_said();
    expect_in_child([&] {
        pool.reset();
        return unless(is_empty(server->take_said()) && server->abandoned == 1, "the parent's connection was closed");
    });
}

TEST(PoolFork, connection_in_use_at_the_fork_is_the_parents) {
    auto server = std::make_shared<FakeServer>();
    auto pool = make_fake_pool(server, {.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms});
    auto lease = take(*pool);
    lease.connection->execute_script("begin by text");
    server->take_said();
    expect_in_child([&] {
        auto mine = take(*pool);  // the place of the parent's connection is free here
        std::string complaints = unless(lease.is_foreign() && !mine.is_foreign(), "not told apart");
        pool->give_back(std::move(lease));
        pool->give_back(std::move(mine));
        return complaints + unless(is_empty(server->take_said()) && server->abandoned == 1, "something was said") +
               unless(pool->statistics().checked_in == 1, "the parent's connection is in the pool");
    });
    EXPECT_FALSE(lease.is_foreign());
    pool->give_back(std::move(lease));
}

TEST(PoolFork, shared_connection_is_left_to_the_parent) {
    for (const auto pool_class : {PoolClass::static_, PoolClass::singleton_thread}) {
        auto server = std::make_shared<FakeServer>();
        auto pool = make_fake_pool(server, {.pool_timeout = 0ms, .pool_class = pool_class});
        auto lease = take(*pool);
        expect_in_child([&] {
            auto mine = take(*pool);
            std::string complaints = unless(number_of(mine) == 2, "the parent's connection was handed out");
            pool->give_back(std::move(lease));
            pool->give_back(std::move(mine));
            pool.reset();
            return complaints + unless(server->abandoned == 1, "not abandoned") +
                   unless(server->take_said() == std::vector<std::string>{"2: close"}, "not closed");
        });
        pool->give_back(std::move(lease));
    }
}

TEST(PoolFork, fork_while_threads_use_and_wait_for_the_pool_leaves_no_lock_behind) {
    auto server = std::make_shared<FakeServer>();
    auto pool = make_fake_pool(
        server, {.pool_size = 2, .max_overflow = 0, .pool_timeout = 60s, .report_leaks = LeakReport::place});
    std::atomic<bool> stop{false};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            while (!stop) pool->give_back(take(*pool));
        });
    for (int i = 0; i < 20; ++i)
        expect_in_child([&] {
            ::alarm(60);
            auto a = take(*pool);
            auto b = take(*pool);
            std::string complaints = unless(pool->leaks().list().size() == 2, "the parent's are in the list");
            pool->give_back(std::move(a));
            pool->give_back(std::move(b));
            return complaints + unless(pool->statistics().checked_in == 2, "the child's pool is confused");
        });
    stop = true;
}

}  // namespace
}  // namespace aludel::test
