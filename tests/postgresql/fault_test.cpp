// What goes wrong between client and server: nothing hangs, and the failure says what happened.
#include "postgresql/driver_fixture.hpp"

#include <aludel/base/error.hpp>

#include <gmock/gmock.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

namespace aludel {
namespace {

using test::failure_of;
using test::ValueRow;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class PostgresqlFaults : public test::PostgresqlTest {};

TEST_F(PostgresqlFaults, statement_timeout_cancels_the_statement) {
    driver::ConnectOptions options;
    options.statement_timeout = 200ms;
    const auto connection = connect(options);
    const auto start = Clock::now();
    const auto failure = failure_of([&] { test::query(*connection, "SELECT pg_sleep(30)"); });
    EXPECT_EQ(failure.sqlstate, "57014");
    EXPECT_FALSE(failure.disconnected);
    EXPECT_LT(seconds_since(start), 5);
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1)) << "the connection goes on";
    connection->set_statement_timeout(0ms);
    EXPECT_NO_THROW(test::query(*connection, "SELECT pg_sleep(0.4)"));
}

TEST_F(PostgresqlFaults, statement_timeout_holds_for_a_lock) {
    query("CREATE TABLE IF NOT EXISTS lock_test (a int)");
    connection_->begin();
    query("LOCK TABLE lock_test");
    const auto other = connect();
    other->set_statement_timeout(200ms);
    EXPECT_EQ(failure_of([&] { test::query(*other, "SELECT * FROM lock_test"); }).sqlstate, "57014");
    connection_->commit();
    EXPECT_NO_THROW(test::query(*other, "SELECT * FROM lock_test"));
    query("DROP TABLE lock_test");
}

TEST_F(PostgresqlFaults, another_thread_interrupts_the_statement) {
    for (int round = 0; round < 3; ++round) {
        std::atomic<bool> done{false};
        std::thread other([&] {
            // Until it is running; an interrupt that comes too early ends nothing.
            while (!done) {
                std::this_thread::sleep_for(50ms);
                connection_->interrupt();
            }
        });
        const auto start = Clock::now();
        EXPECT_EQ(failure_of([&] { query("SELECT pg_sleep(30)"); }).sqlstate, "57014");
        done = true;
        other.join();
        EXPECT_LT(seconds_since(start), 5);
        EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    }
}

TEST_F(PostgresqlFaults, late_interrupt_does_not_hit_the_next_statement) {
    for (int round = 0; round < 30; ++round) {
        std::thread other([&] { connection_->interrupt(); });
        try {
            scalar("SELECT 1");
        } catch (const driver::Failure& failure) {
            EXPECT_EQ(failure.sqlstate, "57014");
        }
        other.join();
        EXPECT_EQ(scalar("SELECT 2"), Value::of(2)) << "round " << round;
    }
}

TEST_F(PostgresqlFaults, interrupt_of_an_idle_connection_does_nothing) {
    connection_->interrupt();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlFaults, waiter_that_cancels_ends_the_statement) {
    class Impatient final : public Waiter {
      public:
        Outcome wait(int descriptor, Readiness readiness, Clock::time_point deadline) override {
            if (!impatient) return Waiter::wait(descriptor, readiness, deadline);
            const auto outcome = Waiter::wait(descriptor, readiness, Clock::now() + 100ms);
            return outcome == Outcome::ready ? outcome : Outcome::cancelled;
        }
        bool impatient = false;
    } waiter;
    const auto connection = connect(waiter);
    waiter.impatient = true;
    EXPECT_EQ(failure_of([&] { test::query(*connection, "SELECT pg_sleep(30)"); }).sqlstate, "57014");
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlFaults, batch_and_stream_obey_the_timeout) {
    connection_->set_statement_timeout(300ms);
    const ValueRow values{Value::of(0.1), Value::of(30.0), Value::of(0.1)};
    EXPECT_EQ(failure_of([&] { connection_->prepare("SELECT pg_sleep($1)")->execute_many(values, 3); }).sqlstate,
              "57014");
    auto cursor =
        connection_->prepare("SELECT x, pg_sleep(CASE WHEN x > 3 THEN 30 ELSE 0 END) FROM generate_series(1, 5) x");
    cursor->set_streamed(true);
    EXPECT_EQ(failure_of([&] {
                  cursor->execute();
                  while (cursor->next()) continue;
              }).sqlstate,
              "57014");
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlFaults, server_that_does_not_even_cancel_is_given_up) {
    // A stopped process stands for a machine that has gone: its socket stays open, and nobody answers.
    driver::ConnectOptions options;
    options.statement_timeout = 200ms;
    const auto connection = connect(options);
    const auto pid = static_cast<pid_t>(test::scalar(*connection, "SELECT pg_backend_pid()").as_integer());
    if (::kill(pid, SIGSTOP) != 0) GTEST_SKIP() << "the server's processes are not this user's";
    const auto start = Clock::now();
    const auto failure = failure_of([&] { test::query(*connection, "SELECT 1"); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("given up"));
    EXPECT_LT(seconds_since(start), 20);
    EXPECT_TRUE(failure_of([&] { test::query(*connection, "SELECT 1"); }).disconnected);
    EXPECT_FALSE(connection->ping());
    EXPECT_FALSE(connection->in_transaction());
    ::kill(pid, SIGCONT);
}

TEST_F(PostgresqlFaults, killed_while_idle) {
    const auto pid = backend_pid();
    EXPECT_TRUE(connection_->ping());
    terminate(pid);
    EXPECT_FALSE(connection_->ping());
    const auto failure = failure_of([&] { query("SELECT 1"); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlFaults, killed_in_the_middle_of_a_query) {
    const auto pid = backend_pid();
    std::thread other([&] {
        std::this_thread::sleep_for(300ms);
        terminate(pid);
    });
    const auto failure = failure_of([&] { query("SELECT pg_sleep(30)"); });
    other.join();
    EXPECT_TRUE(failure.disconnected);
    EXPECT_EQ(failure.sqlstate, "57P01");
    EXPECT_THAT(failure.message, HasSubstr("terminating connection"));
}

TEST_F(PostgresqlFaults, killed_in_the_middle_of_a_transaction) {
    connection_->begin();
    const auto pid = backend_pid();
    terminate(pid);
    EXPECT_TRUE(failure_of([&] { query("SELECT 1"); }).disconnected);
    EXPECT_FALSE(connection_->in_transaction()) << "it is gone with its server";
    EXPECT_TRUE(failure_of([&] { connection_->rollback(); }).disconnected);
}

TEST_F(PostgresqlFaults, killed_before_the_commit) {
    connection_->begin();
    terminate(backend_pid());
    const auto failure = failure_of([&] { connection_->commit(); });
    EXPECT_TRUE(failure.disconnected);
}

TEST_F(PostgresqlFaults, killed_in_the_middle_of_a_stream_a_batch_and_a_copy) {
    {
        auto cursor = connection_->prepare("SELECT repeat('x', 1000) FROM generate_series(1, 100000)");
        const auto pid = backend_pid();
        cursor->set_streamed(true);
        cursor->execute();
        ASSERT_TRUE(cursor->next());
        terminate(pid);
        EXPECT_TRUE(failure_of([&] {
                        while (cursor->next()) continue;
                    }).disconnected);
    }
    connection_ = connect();
    run("CREATE TEMPORARY TABLE t (a text)");
    terminate(backend_pid());
    const ValueRow values(2000, Value::text(std::string(1000, 'x')));
    EXPECT_TRUE(failure_of([&] {
                    connection_->prepare("INSERT INTO t VALUES ($1)")->execute_many(values, 2000);
                }).disconnected);
    connection_ = connect();
    run("CREATE TEMPORARY TABLE t (a text)");
    terminate(backend_pid());
    const std::vector<std::string> columns{"a"};
    EXPECT_TRUE(failure_of([&] { connection_->copy_in("t", columns, values); }).disconnected);
}

TEST_F(PostgresqlFaults, server_that_closes_idle_connections_is_noticed) {
    run("SET idle_session_timeout = 100");
    std::this_thread::sleep_for(500ms);
    const auto failure = failure_of([&] { query("SELECT 1"); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_FALSE(failure.message.empty());
    connection_ = connect();
    run("SET idle_in_transaction_session_timeout = 100");
    connection_->begin();
    query("SELECT 1");
    std::this_thread::sleep_for(500ms);
    EXPECT_TRUE(failure_of([&] { connection_->commit(); }).disconnected);
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlFaults, too_many_connections_are_told) {
    const std::string role = "limited_" + std::to_string(::getpid());
    query("CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 1 PASSWORD 'p'");
    const URL url = make_url(test::server_url());
    const std::string limited = URL::create({.drivername = "postgresql",
                                             .username = role,
                                             .password = "p",
                                             .host = url.host(),
                                             .port = url.port(),
                                             .database = url.database(),
                                             .query = url.query()})
                                    .str_with_password();
    {
        const auto first = test::connect(limited, {}, waiter_);
        const auto failure = failure_of([&] { test::connect(limited, {}, waiter_); });
        EXPECT_TRUE(failure.disconnected);
        EXPECT_THAT(failure.message, HasSubstr("too many connections"));
        EXPECT_EQ(test::scalar(*first, "SELECT 1"), Value::of(1));
    }
    query("DROP ROLE " + role);
}

TEST_F(PostgresqlFaults, exhausted_disk_quota_ends_the_statement_only) {
    run("SET temp_file_limit = '1MB'");
    run("SET work_mem = '64kB'");
    connection_->begin();
    const auto failure =
        failure_of([&] { query("SELECT count(DISTINCT x || 'text') FROM generate_series(1, 300000) AS x"); });
    EXPECT_EQ(failure.sqlstate, "53400");
    EXPECT_FALSE(failure.disconnected);
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlFaults, child_of_a_fork_lets_go_without_a_word) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->begin();
    query("INSERT INTO t VALUES (1)");
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        connection_->abandon();
        connection_.reset();
        ::_exit(0);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(scalar("SELECT a FROM t"), Value::of(1)) << "the parent's session goes on";
    connection_->commit();
}

}  // namespace
}  // namespace aludel
