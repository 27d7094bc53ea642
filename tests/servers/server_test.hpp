// A test on each database that is a server: a fresh database with a bank in it, and what an administrator does.
#pragma once

#include "support/bank.hpp"
#include "support/databases.hpp"

#include <aludel/engine/pool.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace aludel::test {

/// Asks again until it is so. False when it has not become so for a long time.
template <class Condition>
[[nodiscard]] bool becomes(Condition condition) {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

/// The error of this class that `work` ends with.
template <class Expected, class Work>
Expected caught(Work&& work) {
    try {
        work();
    } catch (const Expected& error) {
        return error;
    } catch (const Error& error) {
        ADD_FAILURE() << "another error: " << error.what();
        return Expected("another");
    }
    ADD_FAILURE() << "no error";
    return Expected("none");
}

class ServerTest : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const std::string why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
        database.emplace(GetParam());
        engine.emplace(create_engine(database->url()));
        open_bank(*engine, 4);
    }
    /// Whatever went wrong, nothing was leaked.
    void TearDown() override {
        if (engine) expect_all_is_back(*engine);
        engine.reset();
        database.reset();
    }

    static void expect_all_is_back(const Engine& which) {
        const PoolStatistics pool = which.pool();
        EXPECT_EQ(pool.checked_out, 0);
        EXPECT_EQ(pool.waiting, 0);
        EXPECT_EQ(pool.opened - pool.closed, static_cast<std::uint64_t>(pool.checked_in));
    }

    static bool is_postgresql() { return GetParam() == Backend::postgresql; }
    static std::string sleep(const std::string& seconds) {
        return is_postgresql() ? "SELECT pg_sleep(" + seconds + ")" : "SELECT sleep(" + seconds + ")";
    }

    static std::string connection_id(Connection& connection) {
        const auto* sql =
            is_postgresql() ? "SELECT CAST(pg_backend_pid() AS TEXT)" : "SELECT CAST(connection_id() AS CHAR)";
        return connection.exec_driver_sql(sql).scalar_one<std::string>();
    }

    /// The answer to a question that is put on a connection of its own.
    template <class T>
    T ask(const std::string& sql) const {
        const Engine administrator = create_engine(database->url(), {.pool_class = PoolClass::null});
        return administrator.connect().exec_driver_sql(sql).scalar_one<T>();
    }
    void command(const std::string& sql) const {
        const Engine administrator = create_engine(
            database->url(), {.pool_class = PoolClass::null, .isolation_level = IsolationLevel::autocommit});
        administrator.connect().exec_driver_sql(sql);
    }

    bool is_connected(const std::string& id) const {
        const std::string list =
            is_postgresql() ? "pg_stat_activity WHERE pid = " : "information_schema.processlist WHERE id = ";
        return ask<std::int64_t>("SELECT count(*) FROM " + list + id) != 0;
    }
    /// Is the connection in the middle of a statement of `sleep`?
    bool is_sleeping(const std::string& id) const {
        const std::string list = is_postgresql()
                                     ? "pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND pid = "
                                     : "information_schema.processlist WHERE state = 'User sleep' AND id = ";
        return ask<std::int64_t>("SELECT count(*) FROM " + list + id) != 0;
    }
    /// Ends another connection as an administrator does, and waits until it is gone.
    void kill(const std::string& id) const {
        command(is_postgresql() ? "SELECT pg_terminate_backend(" + id + ")" : "KILL CONNECTION " + id);
        EXPECT_TRUE(becomes([&] { return !is_connected(id); }));
    }
    /// Ends what another connection is doing.
    void cancel(const std::string& id) const {
        command(is_postgresql() ? "SELECT pg_cancel_backend(" + id + ")" : "KILL QUERY " + id);
    }

    std::optional<Database> database;
    std::optional<Engine> engine;
};

/// Makes the tests of a suite run on every server: `Servers/<suite>.<name>/postgresql`, and so on.
#define ALUDEL_ON_EVERY_SERVER(suite)                                                                                  \
    INSTANTIATE_TEST_SUITE_P(Servers, suite,                                                                           \
                             ::testing::Values(::aludel::test::Backend::postgresql, ::aludel::test::Backend::mariadb), \
                             [](const auto& each) { return std::string{to_string(each.param)}; })

}  // namespace aludel::test
