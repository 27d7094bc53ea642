// Transactions on real servers: what they are told, what they lose, and what is run again.
#include "servers/server_test.hpp"
#include "support/log_capture.hpp"

#include <aludel/sql/compile/dialect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class ServerTransactions : public ServerTest {
  protected:
    /// The isolation level of the connection's transaction, as the server says it.
    static std::string level_of(Connection& connection) {
        const auto* sql = is_postgresql() ? "SHOW transaction_isolation" : "SELECT @@session.tx_isolation";
        std::string level = connection.exec_driver_sql(sql).scalar_one<std::string>();
        std::transform(level.begin(), level.end(), level.begin(),
                       [](char c) { return c == '-' ? ' ' : std::toupper(c); });
        return level;
    }
};
ALUDEL_ON_EVERY_SERVER(ServerTransactions);

TEST_P(ServerTransactions, isolation_levels_of_engine_connection_and_transaction) {
    const Engine strict = engine->execution_options({.isolation_level = IsolationLevel::serializable});
    {
        Connection connection = strict.connect();
        EXPECT_EQ(level_of(connection), "SERIALIZABLE");
        connection.rollback();
        connection.execution_options({.isolation_level = IsolationLevel::read_committed});
        EXPECT_EQ(level_of(connection), "READ COMMITTED");
    }
    Session session{*engine};
    const std::string usual = level_of(session.connection());
    session.commit();
    EXPECT_EQ(level_of(session.connection({.isolation_level = IsolationLevel::serializable})), "SERIALIZABLE");
    session.commit();
    EXPECT_EQ(level_of(session.connection()), usual);
}

TEST_P(ServerTransactions, read_only_transaction_refuses_to_write) {
    {
        Connection connection = engine->connect();
        connection.execution_options({.read_only = true});
        EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar_one<std::int64_t>(), 4);
        EXPECT_THROW(connection.exec_driver_sql("UPDATE accounts SET balance = 0"), DBAPIError);
        connection.rollback();
    }
    Connection connection = engine->connect();  // the same one: it came back as it was
    connection.exec_driver_sql("UPDATE accounts SET balance = 1");
    connection.commit();
    EXPECT_EQ(sum_of_balances(*engine), 4);
}

TEST_P(ServerTransactions, deferrable_transaction_is_one) {
    if (!is_postgresql()) GTEST_SKIP() << "MariaDB has no deferrable transactions";
    Connection connection = engine->connect();
    connection.execution_options(
        {.isolation_level = IsolationLevel::serializable, .read_only = true, .deferrable = true});
    EXPECT_EQ(connection.exec_driver_sql("SHOW transaction_deferrable").scalar_one<std::string>(), "on");
    EXPECT_EQ(connection.exec_driver_sql("SHOW transaction_read_only").scalar_one<std::string>(), "on");
}

TEST_P(ServerTransactions, autocommit_keeps_each_statement) {
    const Engine loose = engine->execution_options({.isolation_level = IsolationLevel::autocommit});
    {
        Connection connection = loose.connect();
        connection.exec_driver_sql("UPDATE accounts SET balance = 7 WHERE id = 1");
        connection.rollback();
    }
    EXPECT_EQ(Session(*engine).get<Account>(1)->balance, 7);
}

TEST_P(ServerTransactions, statement_timeout_of_a_connection_ends_a_statement_and_goes_with_it) {
    const std::string sleep = is_postgresql() ? "SELECT pg_sleep(30)" : "SELECT sleep(30)";
    const auto before = std::chrono::steady_clock::now();
    {
        Connection connection = engine->connect();
        connection.execution_options({.statement_timeout = 200ms});
        EXPECT_THROW((void)connection.exec_driver_sql(sleep).all(), OperationalError);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
    Connection connection = engine->connect();
    (void)connection.exec_driver_sql(is_postgresql() ? "SELECT pg_sleep(0.4)" : "SELECT sleep(0.4)").all();
}

TEST_P(ServerTransactions, stream_of_a_large_result_is_read_in_order_beside_other_statements) {
    Session session{*engine};
    for (int i = 0; i < 2000; ++i) session.add(Transfer{.name = std::to_string(i), .amount = i});
    session.commit();
    int sum = 0;
    int rows = 0;
    for (const auto& each : session.query<Transfer>().stream()) {
        sum += each->amount;
        if (++rows == 3) {
            EXPECT_EQ(session.query<Account>().count(), 4);
        }
    }
    EXPECT_EQ(rows, 2000);
    EXPECT_EQ(sum, 1999 * 1000);
}

TEST_P(ServerTransactions, failure_in_a_transaction_is_recovered_by_a_savepoint) {
    Session session{*engine};
    session.add(Transfer{.name = "first", .amount = 1});
    session.flush();
    {
        auto savepoint = session.begin_nested();
        session.add(Transfer{.name = "first", .amount = 2});
        EXPECT_THROW(session.flush(), IntegrityError);
        savepoint.rollback();
    }
    session.add(Transfer{.name = "second", .amount = 3});
    session.commit();
    EXPECT_EQ(session.query<Transfer>().count(), 2);
}

TEST_P(ServerTransactions, failure_without_a_savepoint_does_not_commit_half) {
    Connection connection = engine->connect();
    connection.exec_driver_sql("UPDATE accounts SET balance = 0 WHERE id = 1");
    EXPECT_THROW(connection.exec_driver_sql("SELECT nonsense FROM nowhere"), ProgrammingError);
    if (is_postgresql()) {
        EXPECT_THROW(connection.exec_driver_sql("SELECT 1"), DBAPIError);  // the transaction is aborted
        try {
            connection.commit();
            FAIL();
        } catch (const DBAPIError& error) {
            EXPECT_FALSE(error.outcome_in_doubt());
        }
    }
    connection.rollback();
    EXPECT_EQ(sum_of_balances(*engine), 400);
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
}

TEST_P(ServerTransactions, two_phase_transaction_is_committed_from_another_connection) {
    const std::string xid = "aludel-test-" + database->name();
    {
        Connection connection = engine->connect();
        TwoPhaseTransaction transaction = connection.begin_twophase(xid);
        connection.exec_driver_sql("UPDATE accounts SET balance = 0 WHERE id = 1");
        transaction.prepare();
        EXPECT_THAT(connection.recover_twophase(), Contains(xid));
        // As if the program died here: the connection goes without a word.
        connection.invalidate();
        EXPECT_THAT(engine->connect().recover_twophase(), Contains(xid));
        transaction.commit();
        EXPECT_THAT(engine->connect().recover_twophase(), Not(Contains(xid)));
    }
    EXPECT_EQ(sum_of_balances(*engine), 300);
}

TEST_P(ServerTransactions, two_phase_transactions_that_are_dropped_leave_nothing) {
    const std::string xid = "aludel-test-" + database->name();
    Connection connection = engine->connect();
    {
        auto transaction = connection.begin_twophase(xid);
        connection.exec_driver_sql("UPDATE accounts SET balance = 0");
        transaction.prepare();
    }
    {
        auto transaction = connection.begin_twophase(xid);
        connection.exec_driver_sql("UPDATE accounts SET balance = 0");
    }
    EXPECT_THAT(connection.recover_twophase(), Not(Contains(xid)));
    connection.rollback();
    EXPECT_EQ(sum_of_balances(*engine), 400);
}

TEST_P(ServerTransactions, session_commits_on_two_databases_in_two_phases) {
    Database other_database{GetParam()};
    const Engine other = create_engine(other_database.url());
    Bank::metadata().create_all(other);
    Session session{*engine, {.twophase = true, .binds = {bind<Transfer>(other)}}};
    session.get<Account>(1)->balance = 0;
    session.add(Transfer{.name = "one", .amount = 100});
    session.prepare();
    EXPECT_THROW((void)session.query<Account>().count(), InvalidRequestError);
    session.commit();
    session.get<Account>(1)->balance = 50;
    session.add(Transfer{.name = "one", .amount = 50});
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    session.get<Account>(1)->balance = 60;
    session.rollback();
    EXPECT_EQ(session.get<Account>(1)->balance, 0);
    EXPECT_EQ(session.query<Transfer>().one()->amount, 100);
    session.close();
    EXPECT_EQ(sum_of_balances(*engine), 300);
}

TEST_P(ServerTransactions, connection_that_is_killed_in_a_transaction_is_lost_but_not_in_doubt) {
    Session session{*engine};
    session.get<Account>(1)->balance = 0;
    session.flush();
    kill(connection_id(session.connection()));
    try {
        (void)session.query<Account>().count();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.connection_invalidated());
        EXPECT_FALSE(error.outcome_in_doubt());
    }
    session.rollback();
    EXPECT_EQ(session.get<Account>(1)->balance, 100);
}

TEST_P(ServerTransactions, connection_that_is_gone_at_the_commit_leaves_it_in_doubt) {
    Connection connection = engine->connect();
    connection.exec_driver_sql("UPDATE accounts SET balance = 0 WHERE id = 1");
    kill(connection_id(connection));
    try {
        connection.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.outcome_in_doubt());
        EXPECT_THAT(error.what(), HasSubstr("Look in the database"));
    }
    connection.rollback();
    EXPECT_EQ(sum_of_balances(*engine), 400);
}

TEST_P(ServerTransactions, external_transaction_keeps_tests_apart) {
    Connection connection = engine->connect();
    Transaction outer = connection.begin();
    {
        Session session{connection, {.join_transaction_mode = JoinTransactionMode::create_savepoint}};
        transfer(session, 1, 2, "inside");
        session.commit();
        EXPECT_EQ(session.query<Transfer>().count(), 1);
    }
    outer.rollback();
    EXPECT_EQ(Session(*engine).query<Transfer>().count(), 0);
}

// Both read, then both write: one of them has to lose, and wins when it is run again.
TEST_P(ServerTransactions, serialization_failures_or_deadlocks_are_run_again) {
    const Engine strict = engine->execution_options({.isolation_level = IsolationLevel::serializable});
    std::barrier both_have_read(2);
    std::atomic<int> retries{0};
    const auto work = [&](const std::string& name, int from, int to) {
        Session session{strict};
        bool first = true;
        run_transaction(session,
                        [&](Session& each) {
                            const int sum = each.get<Account>(1)->balance + each.get<Account>(2)->balance;
                            EXPECT_EQ(sum, 200);
                            if (std::exchange(first, false)) both_have_read.arrive_and_wait();
                            transfer(each, from, to, name);
                        },
                        {.on_retry = [&](const RetryNotice& notice) {
                            EXPECT_TRUE(notice.error.retryable());
                            EXPECT_FALSE(notice.error.sqlstate().empty());
                            ++retries;
                        }});
    };
    std::thread other(work, "a", 1, 2);
    work("b", 2, 1);
    other.join();
    EXPECT_GE(retries.load(), 1);
    EXPECT_EQ(sum_of_balances(*engine), 400);
    EXPECT_EQ(Session(*engine).query<Transfer>().count(), 2);
}

// Each has one row and wants the other's.
TEST_P(ServerTransactions, deadlocks_are_run_again) {
    std::barrier both_have_one(2);
    std::atomic<int> retries{0};
    const auto work = [&](int one, int other) {
        Session session{*engine};
        bool first = true;
        run_transaction(session,
                        [&](Session& each) {
                            add_to(each, one, -1);
                            if (std::exchange(first, false)) both_have_one.arrive_and_wait();
                            add_to(each, other, 1);
                        },
                        {.on_retry = [&](const RetryNotice& notice) {
                            EXPECT_EQ(notice.error.sqlstate(), GetParam() == Backend::postgresql ? "40P01" : "40001");
                            ++retries;
                        }});
    };
    std::thread other(work, 3, 4);
    work(4, 3);
    other.join();
    EXPECT_GE(retries.load(), 1);
    EXPECT_EQ(sum_of_balances(*engine), 400);
}

TEST_P(ServerTransactions, many_threads_move_money_and_none_is_lost) {
    constexpr int threads = 6;
    constexpr int each = 25;
    const Engine strict = engine->execution_options({.isolation_level = IsolationLevel::serializable});
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t) {
        running.emplace_back([&, t] {
            Session session{strict};
            for (int i = 0; i < each; ++i) {
                const int from = 1 + (t + i) % 4;
                const int to = 1 + (t + i + 1 + i % 3) % 4;
                if (from == to) continue;
                run_transaction(session,
                                [&](Session& s) { transfer(s, from, to, std::to_string(t) + "." + std::to_string(i)); },
                                {.attempts = 100, .first_delay = 1ms, .max_delay = 50ms});
            }
        });
    }
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(sum_of_balances(*engine), 400);
    int expected = 0;
    for (int t = 0; t < threads; ++t) {
        for (int i = 0; i < each; ++i) expected += 1 + (t + i) % 4 != 1 + (t + i + 1 + i % 3) % 4;
    }
    EXPECT_EQ(Session(*engine).query<Transfer>().count(), expected);
}

TEST_P(ServerTransactions, server_version_chooses_the_dialect_for_all_threads) {
    const Engine fresh = create_engine(database->url());
    std::vector<std::thread> running;
    for (int t = 0; t < 4; ++t) {
        running.emplace_back([&] { EXPECT_EQ(Session(fresh).query<Account>().count(), 4); });
    }
    for (std::thread& thread : running) thread.join();
    Connection connection = fresh.connect();
    EXPECT_EQ(&fresh.dialect(), &fresh.dialect().for_server(connection.server_version()));
}

}  // namespace
}  // namespace aludel::test
