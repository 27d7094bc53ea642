// What goes wrong with one connection, as a session and the pool see it: an error that says what is lost, and then
// everything goes on.
#include "servers/server_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class ServerFaults : public ServerTest {
  protected:
    /// Sleeps on the connection while `meanwhile` does something to it.
    template <class Meanwhile>
    OperationalError error_of_sleeping(Connection& connection, Meanwhile meanwhile) {
        const std::string id = connection_id(connection);
        std::thread other([&] {
            EXPECT_TRUE(becomes([&] { return is_sleeping(id); }));
            meanwhile(id);
        });
        const auto error = caught<OperationalError>([&] { (void)connection.exec_driver_sql(sleep("60")).all(); });
        other.join();
        return error;
    }
    /// Uses two connections, and waits until the server has closed both for being idle.
    void let_two_be_closed(const Engine& idle) const {
        std::vector<std::string> ids;
        {
            Connection one = idle.connect();
            Connection other = idle.connect();
            ids = {connection_id(one), connection_id(other)};
            for (Connection* each : {&one, &other}) {
                each->exec_driver_sql(is_postgresql() ? "SET idle_session_timeout = '100ms'" : "SET wait_timeout = 1");
                each->commit();
            }
        }
        for (const auto& id : ids) EXPECT_TRUE(becomes([&] { return !is_connected(id); }));
    }
};
ALUDEL_ON_EVERY_SERVER(ServerFaults);

TEST_P(ServerFaults, connection_killed_in_a_query_is_lost_and_replaced) {
    Session session{*engine};
    const auto error = error_of_sleeping(session.connection(), [&](const std::string& id) { kill(id); });
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_FALSE(error.outcome_in_doubt());
    EXPECT_FALSE(error.retryable());
    EXPECT_THROW((void)session.query<Account>().count(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(session.query<Account>().count(), 4);
    EXPECT_EQ(engine->pool().invalidated, 1u);
}

TEST_P(ServerFaults, connection_killed_in_a_transaction_loses_it_and_leaves_no_doubt) {
    Session session{*engine};
    transfer(session, 1, 2, "lost");
    session.flush();
    kill(connection_id(session.connection()));
    const auto error = caught<OperationalError>([&] { (void)session.query<Account>().count(); });
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_FALSE(error.outcome_in_doubt());
    session.rollback();
    EXPECT_EQ(session.query<Transfer>().count(), 0);
    EXPECT_EQ(session.get<Account>(1)->balance, 100);
}

TEST_P(ServerFaults, connection_gone_at_the_commit_leaves_it_in_doubt) {
    Session session{*engine};
    transfer(session, 1, 2, "doubtful");
    session.flush();
    kill(connection_id(session.connection()));
    const auto error = caught<OperationalError>([&] { session.commit(); });
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_TRUE(error.outcome_in_doubt());
    EXPECT_EQ(error.code(), "indoubt");
    EXPECT_THAT(error.what(), HasSubstr("Look in the database"));
    session.rollback();
    EXPECT_FALSE(session.get<Transfer>("doubtful"));
}

TEST_P(ServerFaults, connection_killed_while_rows_are_streamed_ends_the_stream) {
    Session session{*engine};
    for (int i = 0; i < 3'000; ++i)
        session.add(Transfer{.name = std::string(30, 'x') + std::to_string(i), .amount = i});
    session.commit();
    // Many times more than what lies in the buffers between server and client.
    const auto every_pair = text("SELECT a.name FROM transfers a, transfers b").columns<std::string>();
    Connection connection = engine->connect();
    const std::string id = connection_id(connection);
    connection.execution_options({.stream_results = true});
    auto result = connection.execute(every_pair);
    ASSERT_TRUE(result.fetchone());
    command(is_postgresql() ? "SELECT pg_terminate_backend(" + id + ")" : "KILL CONNECTION " + id);
    const auto error = caught<OperationalError>([&] {
        while (result.fetchone()) continue;
    });
    EXPECT_TRUE(error.connection_invalidated());
    connection.rollback();
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
}

TEST_P(ServerFaults, statement_cancelled_by_an_administrator_ends_alone) {
    Connection connection = engine->connect();
    const std::string before = connection_id(connection);
    const auto error = error_of_sleeping(connection, [&](const std::string& id) { cancel(id); });
    EXPECT_FALSE(error.connection_invalidated());
    EXPECT_FALSE(error.outcome_in_doubt());
    connection.rollback();
    EXPECT_EQ(connection_id(connection), before);
    EXPECT_EQ(engine->pool().invalidated, 0u);
}

TEST_P(ServerFaults, statement_interrupted_by_another_thread_ends_alone) {
    Connection connection = engine->connect();
    const std::string before = connection_id(connection);
    const auto error = error_of_sleeping(connection, [&](const std::string&) { connection.interrupt(); });
    EXPECT_FALSE(error.connection_invalidated());
    connection.rollback();
    EXPECT_EQ(connection_id(connection), before);
}

TEST_P(ServerFaults, idle_connections_that_the_server_closed_are_one_error_without_pre_ping) {
    const Engine idle = create_engine(database->url());
    let_two_be_closed(idle);
    const auto error = caught<OperationalError>([&] { (void)Session(idle).query<Account>().count(); });
    EXPECT_TRUE(error.connection_invalidated());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Session(idle).query<Account>().count(), 4);
    expect_all_is_back(idle);
    EXPECT_EQ(idle.pool().invalidated, 1u);
}

TEST_P(ServerFaults, idle_connections_that_the_server_closed_are_no_error_with_pre_ping) {
    const Engine idle = create_engine(database->url(), {.pool_pre_ping = true});
    let_two_be_closed(idle);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Session(idle).query<Account>().count(), 4);
    expect_all_is_back(idle);
}

TEST_P(ServerFaults, idle_connections_are_replaced_before_the_server_closes_them_with_recycle) {
    const Engine idle = create_engine(database->url(), {.pool_recycle = 0s});
    let_two_be_closed(idle);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Session(idle).query<Account>().count(), 4);
    expect_all_is_back(idle);
    EXPECT_GE(idle.pool().recycled, 1u);
}

TEST_P(ServerFaults, quota_of_disk_that_is_used_up_ends_the_statement_only) {
    Connection connection = engine->connect();
    if (is_postgresql()) {
        connection.exec_driver_sql("SET temp_file_limit = '1MB'");
        connection.exec_driver_sql("SET work_mem = '64kB'");
    } else {
        connection.exec_driver_sql("SET tmp_memory_table_size = 0");
        connection.exec_driver_sql("SET tmp_disk_table_size = 65536");
    }
    connection.commit();
    const std::string much = is_postgresql()
                                 ? "SELECT count(DISTINCT x || 'text') FROM generate_series(1, 300000) AS x"
                                 : "SELECT count(*) FROM (SELECT DISTINCT concat(seq, repeat('x', 200)) FROM "
                                   "seq_1_to_300000) AS many";
    const auto error = caught<OperationalError>([&] { (void)connection.exec_driver_sql(much).all(); });
    if (is_postgresql())
        EXPECT_EQ(error.sqlstate(), "53400") << error.what();
    else
        EXPECT_EQ(error.driver_code(), 1114) << error.what();
    EXPECT_FALSE(error.connection_invalidated());
    EXPECT_FALSE(error.retryable());
    connection.rollback();
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
    connection.invalidate();  // its settings are not for the pool
}

}  // namespace
}  // namespace aludel::test
