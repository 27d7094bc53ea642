// The server itself goes, and comes back: under an idle pool, in the middle of a query, of a transaction, of a commit.
#include "servers/own_server_test.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;

class ServerRestart : public OwnServerTest {
  protected:
    static constexpr std::size_t idle_connections = 4;

    /// Takes this many connections at the same time, and uses each.
    static void use_at_once(const Engine& which, std::size_t count) {
        std::vector<Connection> connections;
        for (std::size_t i = 0; i < count; ++i) connections.push_back(which.connect());
        for (Connection& each : connections)
            EXPECT_EQ(each.exec_driver_sql("SELECT count(*) FROM accounts").scalar_one<std::int64_t>(), 4);
    }
};
ALUDEL_ON_EVERY_SERVER(ServerRestart);

TEST_P(ServerRestart, restart_under_the_pool_is_one_error_for_all_connections_without_pre_ping) {
    const Engine pooled = create_engine(database->url());
    use_at_once(pooled, idle_connections);
    kill_server();
    start();
    const auto error = caught<OperationalError>([&] { (void)Session(pooled).query<Account>().count(); });
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_FALSE(error.outcome_in_doubt());
    use_at_once(pooled, idle_connections);
    const PoolStatistics pool = pooled.pool();
    EXPECT_EQ(pool.invalidated, 1u);
    EXPECT_EQ(pool.opened, 2 * idle_connections);
    EXPECT_EQ(pool.closed, idle_connections);
    expect_all_is_back(pooled);
}

TEST_P(ServerRestart, restart_under_the_pool_is_no_error_with_pre_ping) {
    const Engine pooled = create_engine(database->url(), {.pool_pre_ping = true});
    use_at_once(pooled, idle_connections);
    stop();
    start();
    use_at_once(pooled, idle_connections);
    const PoolStatistics pool = pooled.pool();
    EXPECT_EQ(pool.opened, 2 * idle_connections);
    EXPECT_EQ(pool.closed, idle_connections);
    expect_all_is_back(pooled);
}

TEST_P(ServerRestart, connection_in_use_during_a_restart_is_replaced_when_it_comes_back) {
    const Engine pooled = create_engine(database->url());
    Connection kept = pooled.connect();
    kept.exec_driver_sql("SELECT 1");
    kept.rollback();
    kill_server();
    start();
    caught<OperationalError>([&] { kept.exec_driver_sql("SELECT 1"); });
    kept.rollback();
    EXPECT_EQ(kept.exec_driver_sql("SELECT count(*) FROM accounts").scalar_one<std::int64_t>(), 4);
}

TEST_P(ServerRestart, server_killed_in_a_query_is_an_error_until_it_is_back) {
    Session session{*engine};
    const std::string id = connection_id(session.connection());
    std::thread killer([&] {
        EXPECT_TRUE(becomes([&] { return is_sleeping(id); }));
        kill_server();
    });
    const auto error = caught<OperationalError>([&] { (void)session.connection().exec_driver_sql(sleep("60")).all(); });
    killer.join();
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_FALSE(error.outcome_in_doubt());
    session.rollback();
    const auto gone = caught<OperationalError>([&] { (void)session.query<Account>().count(); });
    EXPECT_FALSE(gone.outcome_in_doubt());
    session.rollback();
    start();
    EXPECT_EQ(session.query<Account>().count(), 4);
}

TEST_P(ServerRestart, transaction_over_a_restart_is_run_again_and_applied_once) {
    Session session{*engine};
    int attempts = 0;
    int retries = 0;
    run_transaction(session,
                    [&](Session& each) {
                        transfer(each, 1, 2, "once");
                        each.flush();
                        if (++attempts == 1) kill_server();
                        (void)each.query<Account>().count();
                    },
                    {.attempts = 5,
                     .first_delay = 1ms,
                     .reconnect = true,
                     // The server is down for one attempt more.
                     .on_retry = [&](const RetryNotice&) {
                         if (++retries == 2) start();
                     }});
    EXPECT_EQ(attempts, 2);
    EXPECT_EQ(retries, 2);
    EXPECT_EQ(session.query<Transfer>().count(), 1);
    EXPECT_EQ(session.get<Account>(2)->balance, 101);
}

TEST_P(ServerRestart, server_killed_at_the_commit_leaves_it_in_doubt) {
    Session session{*engine};
    transfer(session, 1, 2, "before");
    session.commit();
    transfer(session, 1, 2, "doubtful");
    session.flush();
    kill_server();
    const auto error = caught<OperationalError>([&] { session.commit(); });
    EXPECT_TRUE(error.outcome_in_doubt());
    session.rollback();
    start();
    EXPECT_TRUE(session.get<Transfer>("before"));
    EXPECT_FALSE(session.get<Transfer>("doubtful"));
    EXPECT_EQ(session.get<Account>(2)->balance, 101);
}

}  // namespace
}  // namespace aludel::test
