// What goes wrong between a client and a server: nothing hangs, and the failure says what is lost.
#include "mysql/driver_fixture.hpp"
#include "support/stalling_proxy.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace aludel {
namespace {

using namespace std::chrono_literals;
using test::ValueRow;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class MysqlFaults : public test::MysqlTest {
  protected:
    void kill(std::int64_t thread) { run(*administrator_, "KILL CONNECTION " + std::to_string(thread)); }

    // Connected by way of the proxy, without TLS.
    std::unique_ptr<driver::Connection> connect_through(const test::StallingProxy& proxy,
                                                        const driver::ConnectOptions& options = {}) {
        return test::connect_to(url_through(proxy), options, waiter_);
    }
    std::string url_through(const test::StallingProxy& proxy) {
        const URL url = make_url(url_);
        return URL::create({.drivername = "mariadb",
                            .username = url.username(),
                            .password = url.password(),
                            .host = "127.0.0.1",
                            .port = proxy.port(),
                            .database = database_})
            .str_with_password();
    }
    std::string socket_path() {
        const URL url = make_url(server_);
        const auto* path = url.find_option("unix_socket");
        return path ? *path : std::string{};
    }

    static std::chrono::milliseconds since(Clock::time_point start) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    }
};

TEST_F(MysqlFaults, statement_beyond_its_time_is_cancelled) {
    connection_->set_statement_timeout(200ms);
    const auto start = Clock::now();
    const auto failure = test::failure_of([&] { query("SELECT SLEEP(30)"); });
    EXPECT_EQ(failure.code, 1317);
    EXPECT_EQ(failure.sqlstate, "70100");
    EXPECT_FALSE(failure.disconnected);
    EXPECT_GE(since(start), 200ms);
    EXPECT_LT(since(start), 10s);
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    connection_->set_statement_timeout(0ms);
    EXPECT_EQ(scalar("SELECT SLEEP(0.3)"), Value::of(0));
}

TEST_F(MysqlFaults, timeout_of_the_options_holds_from_the_start) {
    driver::ConnectOptions options;
    options.statement_timeout = 200ms;
    connection_ = connect(options);
    EXPECT_EQ(test::failure_of([&] { query("SELECT SLEEP(30)"); }).code, 1317);
}

TEST_F(MysqlFaults, waiting_for_a_lock_is_cancelled) {
    connection_->execute_script("CREATE TABLE t (x INT PRIMARY KEY); INSERT INTO t VALUES (1)");
    const auto holder = connect();
    holder->begin();
    run(*holder, "UPDATE t SET x = 2");
    connection_->begin();
    connection_->set_statement_timeout(200ms);
    EXPECT_EQ(test::failure_of([&] { run("UPDATE t SET x = 3"); }).code, 1317);
    EXPECT_TRUE(connection_->in_transaction());
    connection_->rollback();
    holder->rollback();
}

TEST_F(MysqlFaults, another_thread_interrupts_a_statement) {
    for (int round = 0; round < 3; ++round) {
        auto other = std::async(std::launch::async, [&] {
            std::this_thread::sleep_for(150ms);
            connection_->interrupt();
        });
        const auto start = Clock::now();
        EXPECT_EQ(test::failure_of([&] { query("SELECT SLEEP(30)"); }).code, 1317);
        EXPECT_LT(since(start), 10s);
        other.get();
        EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    }
}

TEST_F(MysqlFaults, interrupt_without_a_statement_does_nothing) {
    connection_->interrupt();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    EXPECT_EQ(scalar("SELECT SLEEP(0.05)"), Value::of(0));
}

TEST_F(MysqlFaults, interrupts_at_any_time_leave_the_connection_in_order) {
    std::atomic<bool> ends = false;
    auto other = std::async(std::launch::async, [&] {
        while (!ends) connection_->interrupt();
    });
    int succeeded = 0;
    for (int i = 0; i < 300; ++i) {
        try {
            ASSERT_EQ(scalar("SELECT ? + 1", {Value::of(i)}), Value::of(i + 1));
            ++succeeded;
        } catch (const driver::Failure& failure) {
            ASSERT_EQ(failure.code, 1317) << failure.message;
        }
    }
    ends = true;
    other.get();
    EXPECT_EQ(scalar("SELECT 'in order'"), Value::text("in order"));
    EXPECT_GT(succeeded, 0);
}

TEST_F(MysqlFaults, waiter_cancels_a_statement) {
    test::ObservedWaiter waiter;
    const auto connection = connect(waiter);
    auto other = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(100ms);
        waiter.cancels = true;
    });
    // The wait that runs is not woken, so that the statement comes in pieces that wait again.
    const auto failure = test::failure_of([&] {
        for (;;) test::query(*connection, "SELECT SLEEP(0.05), SLEEP(0.05)");
    });
    other.get();
    EXPECT_EQ(failure.code, 1317);
    EXPECT_FALSE(failure.disconnected);
    waiter.cancels = false;
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
}

TEST_F(MysqlFaults, all_waiting_goes_through_the_waiter) {
    test::ObservedWaiter waiter;
    const auto connection = connect(waiter);
    const int before = waiter.waits;
    test::query(*connection, "SELECT SLEEP(0.05)");
    EXPECT_GT(waiter.waits, before);
}

TEST_F(MysqlFaults, connecting_is_cancelled) {
    test::ObservedWaiter waiter;
    waiter.cancels = true;
    // A server may have answered before anybody had to wait for it, and what it was asked to end may have ended.
    std::string message;
    for (int attempt = 0; attempt < 1'000 && message.empty(); ++attempt) {
        try {
            connect(waiter);
        } catch (const driver::Failure& failure) {
            message = failure.message;
        }
    }
    EXPECT_THAT(message, HasSubstr("was cancelled"));
}

TEST_F(MysqlFaults, killed_while_idle) {
    kill(thread_id(*connection_));
    const auto failure = test::failure_of([&] { scalar("SELECT 1"); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.code, AnyOf(1927, 2006, 2013)) << failure.message;
    EXPECT_FALSE(connection_->ping());
    EXPECT_TRUE(test::failure_of([&] { scalar("SELECT 1"); }).disconnected);
    EXPECT_TRUE(test::failure_of([&] { connection_->begin(); }).disconnected);
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(MysqlFaults, killed_in_a_query) {
    const auto thread = thread_id(*connection_);
    auto other = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(150ms);
        kill(thread);
    });
    const auto start = Clock::now();
    const auto failure = test::failure_of([&] { query("SELECT SLEEP(30)"); });
    other.get();
    EXPECT_TRUE(failure.disconnected) << failure.code << ' ' << failure.message;
    EXPECT_LT(since(start), 10s);
}

TEST_F(MysqlFaults, killed_in_a_transaction_and_before_its_commit) {
    connection_->execute_script("CREATE TABLE t (x INT)");
    connection_->begin();
    run("INSERT INTO t VALUES (1)");
    EXPECT_TRUE(connection_->in_transaction());
    kill(thread_id(*connection_));
    const auto failure = test::failure_of([&] { connection_->commit(); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_FALSE(connection_->in_transaction());
    const auto other = connect();
    EXPECT_EQ(test::scalar(*other, "SELECT COUNT(*) FROM t"), Value::of(0));
}

TEST_F(MysqlFaults, killed_while_rows_are_read) {
    auto stored = connection_->prepare("SELECT seq FROM seq_1_to_10");
    stored->execute();
    auto stream = connection_->prepare("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_1000000");
    stream->set_streamed(true);
    stream->execute();
    ASSERT_TRUE(stream->next());
    kill(stream->row()[0].integer == 1
             ? test::scalar(*administrator_,
                            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '" + database_ + "'")
                   .as_integer()
             : 0);
    const auto failure = test::failure_of([&] {
        while (stream->next()) {}
    });
    EXPECT_TRUE(failure.disconnected) << failure.code << ' ' << failure.message;
    EXPECT_FALSE(stream->next());
    // What the client has already is still there.
    int rows = 0;
    while (stored->next()) ++rows;
    EXPECT_EQ(rows, 10);
}

TEST_F(MysqlFaults, connection_that_idles_too_long_is_closed_by_the_server) {
    run("SET wait_timeout = 1");
    std::this_thread::sleep_for(2500ms);
    const auto failure = test::failure_of([&] { scalar("SELECT 1"); });
    EXPECT_TRUE(failure.disconnected) << failure.code << ' ' << failure.message;
}

TEST_F(MysqlFaults, server_that_falls_silent_is_given_up_at_the_deadline) {
    if (socket_path().empty()) GTEST_SKIP() << "ALUDEL_MARIADB_URL has no unix_socket";
    test::StallingProxy proxy{socket_path()};
    driver::ConnectOptions options;
    options.statement_timeout = 300ms;
    const auto connection = connect_through(proxy, options);
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
    proxy.stall();
    const auto start = Clock::now();
    const auto failure = test::failure_of([&] { test::scalar(*connection, "SELECT 1"); });
    EXPECT_LT(since(start), 10s);
    EXPECT_TRUE(failure.disconnected);
    EXPECT_EQ(failure.code, 2013);
    EXPECT_THAT(failure.message, HasSubstr("the connection is given up"));
}

TEST_F(MysqlFaults, ping_to_a_silent_server_ends) {
    if (socket_path().empty()) GTEST_SKIP() << "ALUDEL_MARIADB_URL has no unix_socket";
    test::StallingProxy proxy{socket_path()};
    const auto connection = connect_through(proxy);
    EXPECT_TRUE(connection->ping());
    proxy.stall();
    const auto start = Clock::now();
    EXPECT_FALSE(connection->ping());
    EXPECT_LT(since(start), 15s);
}

TEST_F(MysqlFaults, connecting_to_a_silent_server_ends) {
    if (socket_path().empty()) GTEST_SKIP() << "ALUDEL_MARIADB_URL has no unix_socket";
    test::StallingProxy proxy{socket_path()};
    proxy.stall();
    driver::ConnectOptions options;
    options.connect_timeout = 300ms;
    const auto start = Clock::now();
    const auto failure = test::failure_of([&] { connect_through(proxy, options); });
    EXPECT_EQ(failure.code, 2003);
    EXPECT_THAT(failure.message, HasSubstr("did not answer in time (connect_timeout is 300 ms)"));
    EXPECT_GE(since(start), 300ms);
    EXPECT_LT(since(start), 5s);
}

TEST_F(MysqlFaults, read_timeout_of_the_url_ends_a_silence) {
    if (socket_path().empty()) GTEST_SKIP() << "ALUDEL_MARIADB_URL has no unix_socket";
    connection_ = test::connect_to(test::with_parts(url_, {.query = {{"read_timeout", "1"}}}), {}, waiter_);
    const auto start = Clock::now();
    const auto failure = test::failure_of([&] { query("SELECT SLEEP(20)"); });
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("silent for longer than the URL's time limit"));
    EXPECT_LT(since(start), 10s);
}

TEST_F(MysqlFaults, packet_that_is_too_large_is_not_sent) {
    const auto limit = static_cast<std::size_t>(scalar("SELECT @@max_allowed_packet").as_integer());
    connection_->execute_script("CREATE TABLE t (x LONGBLOB)");
    const auto failure =
        test::failure_of([&] { run("INSERT INTO t VALUES (?)", {Value::bytes(std::string(limit + 1, 'x'))}); });
    EXPECT_EQ(failure.code, 1153);
    EXPECT_FALSE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("nothing was sent"));
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(0));
}

TEST_F(MysqlFaults, child_of_a_fork_leaves_its_parents_connection_alone) {
    scalar("SELECT 1");
    const pid_t child = ::fork();
    if (child == 0) {
        connection_->abandon();
        connection_.reset();
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(scalar("SELECT 'still here'"), Value::text("still here"));
}

TEST_F(MysqlFaults, deadlock_ends_the_transaction_of_its_victim) {
    connection_->execute_script("CREATE TABLE t (id INT PRIMARY KEY, x INT); INSERT INTO t VALUES (1, 0), (2, 0)");
    const auto other = connect();
    connection_->begin();
    other->begin();
    run("UPDATE t SET x = 1 WHERE id = 1");
    run(*other, "UPDATE t SET x = 2 WHERE id = 2");
    const auto attempt = [&](driver::Connection& connection, int id) {
        try {
            run(connection, "UPDATE t SET x = 3 WHERE id = ?", {Value::of(id)});
            return 0;
        } catch (const driver::Failure& failure) {
            EXPECT_EQ(failure.sqlstate, "40001");
            EXPECT_FALSE(connection.in_transaction());
            return failure.code;
        }
    };
    auto theirs = std::async(std::launch::async, [&] { return attempt(*other, 1); });
    const int ours = attempt(*connection_, 2);
    const int their_code = theirs.get();
    EXPECT_EQ(ours + their_code, 1213);
    EXPECT_NE(connection_->in_transaction(), other->in_transaction());
}

TEST_F(MysqlFaults, lock_wait_timeout_ends_the_statement_only) {
    connection_->execute_script("CREATE TABLE t (x INT PRIMARY KEY); INSERT INTO t VALUES (1)");
    const auto holder = connect();
    holder->begin();
    run(*holder, "UPDATE t SET x = 2");
    run("SET innodb_lock_wait_timeout = 1");
    connection_->begin();
    EXPECT_EQ(test::failure_of([&] { run("UPDATE t SET x = 3"); }).code, 1205);
    EXPECT_TRUE(connection_->in_transaction());
    connection_->rollback();
    holder->rollback();
}

}  // namespace
}  // namespace aludel
