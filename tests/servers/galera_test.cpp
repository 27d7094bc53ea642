// Two nodes of a Galera cluster, which cluster.py has started: each takes writes, and one of them dies.
#include "support/bank.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <string>
#include <thread>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;

/// A node applies what another has committed a moment later. With this a transaction first waits for what was committed
/// before it, wherever that was.
const std::string causal_reads = "&init_command=SET%20SESSION%20wsrep_sync_wait%3D1";

class Galera : public ::testing::Test {
  protected:
    void SetUp() override {
        if (environment("ALUDEL_NODE2_URL").empty()) {
            GTEST_SKIP() << "ALUDEL_NODE2_URL is not set: tests/servers/cluster.py galera sets it";
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const std::string name = "ALUDEL_NODE" + std::to_string(i + 1) + "_URL";
            nodes[i].emplace(create_engine(environment(name.c_str()) + causal_reads, {.pool_pre_ping = true}));
        }
        wait_for_cluster();
        open_bank(node(0), 4);
    }
    const Engine& node(std::size_t index) const { return *nodes[index]; }
    void wait_for_cluster() const {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        for (;;) {
            Connection connection = node(1).connect();
            const auto size = connection
                                  .exec_driver_sql(
                                      "SELECT variable_value FROM information_schema.global_status WHERE "
                                      "variable_name = 'wsrep_cluster_size'")
                                  .scalar_one<std::string>();
            if (size == "2") return;
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "the nodes do not find each other";
            std::this_thread::sleep_for(100ms);
        }
    }
    std::array<std::optional<Engine>, 2> nodes;
};

TEST_F(Galera, row_written_on_one_node_is_read_on_the_other) {
    Session here{node(0)};
    transfer(here, 1, 2, "there");
    here.commit();
    Session there{node(1)};
    EXPECT_EQ(there.get<Account>(1)->balance, 99);
    EXPECT_EQ(there.query<Transfer>().count(), 1);
}

TEST_F(Galera, replicas_of_a_session_are_its_other_nodes) {
    Session session{node(0), {.replicas = {node(1)}}};
    EXPECT_EQ(session.query<Account>().count(), 4);
    transfer(session, 1, 2, "once");
    session.commit();
    EXPECT_EQ(session.get<Account>(1)->balance, 99);
}

// Both nodes change one row: the certification of the later commit fails, as a deadlock does.
TEST_F(Galera, conflicts_between_nodes_are_run_again) {
    std::barrier both_have_written(2);
    std::atomic<int> retries{0};
    const auto work = [&](std::size_t index, const std::string& name) {
        Session session{node(index)};
        bool first = true;
        run_transaction(session,
                        [&](Session& each) {
                            transfer(each, 1, 2, name);
                            each.flush();
                            if (std::exchange(first, false)) both_have_written.arrive_and_wait();
                        },
                        {.attempts = 50, .on_retry = [&](const RetryNotice& notice) {
                             EXPECT_TRUE(notice.error.retryable()) << notice.error.what();
                             ++retries;
                         }});
    };
    std::thread other(work, 0, "a");
    work(1, "b");
    other.join();
    EXPECT_GE(retries.load(), 1);
    Session check{node(0)};
    EXPECT_EQ(check.get<Account>(1)->balance, 98);
    EXPECT_EQ(check.query<Transfer>().count(), 2);
}

/// Does the transfer once, on whichever node answers: where a commit is in doubt, it looks whether it was kept.
void transfer_once(const std::array<const Engine*, 2>& nodes, const std::string& name) {
    for (std::size_t attempt = 0; attempt < 60; ++attempt) {
        const Engine& engine = *nodes[attempt % 2];
        try {
            Session session{engine};
            run_transaction(session, [&](Session& each) {
                if (each.get<Transfer>(name) != nullptr) return;  // an earlier attempt was kept after all
                transfer(each, 1, 2, name);
            });
            return;
        } catch (const DBAPIError&) {
            std::this_thread::sleep_for(100ms);  // the other node, which may be about to notice
        }
    }
    FAIL() << "no node takes " << name;
}

// The last one: it ends the first node.
TEST_F(Galera, zz_node_that_is_killed_in_the_middle_loses_nothing_and_applies_nothing_twice) {
    constexpr int transfers = 60;
    const std::array<const Engine*, 2> engines{&node(0), &node(1)};
    std::atomic<int> done{0};
    std::thread killer([&] {
        while (done < transfers / 3) std::this_thread::sleep_for(5ms);
        EXPECT_EQ(::kill(std::stoi(environment("ALUDEL_NODE1_PID")), SIGKILL), 0);
    });
    const auto work = [&](int from) {
        for (int i = from; i < transfers; i += 2) {
            transfer_once(engines, std::to_string(i));
            ++done;
        }
    };
    std::thread other(work, 1);
    work(0);
    other.join();
    killer.join();
    EXPECT_EQ(sum_of_balances(node(1)), 400);
    Session check{node(1)};
    EXPECT_EQ(check.query<Transfer>().count(), transfers);
    EXPECT_EQ(check.get<Account>(1)->balance, 100 - transfers);
    EXPECT_EQ(check.get<Account>(2)->balance, 100 + transfers);
}

}  // namespace
}  // namespace aludel::test
