#pragma once
// A connection of the driver alone, without engine and pool, to the server of ALUDEL_MARIADB_URL, in a database that
// the test has for itself.

#include <aludel/drivers/mysql.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/engine/waiter.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::test {

using ValueRow = std::vector<Value>;

/// Counts the times that something had to be waited for, and can cancel the waits.
class ObservedWaiter final : public Waiter {
  public:
    Outcome wait(int descriptor, Readiness readiness, Clock::time_point deadline) override {
        ++waits;
        if (cancels) return Outcome::cancelled;
        return Waiter::wait(descriptor, readiness, deadline);
    }
    std::atomic<int> waits = 0;
    std::atomic<bool> cancels = false;
};

/// The text of the URL with other parts.
inline std::string with_parts(const std::string& url, const UrlParts& other) {
    const URL from = make_url(url);
    UrlParts parts{from.drivername(), from.username(), from.password(), from.host(),
                   from.port(),       from.database(), from.query()};
    if (!other.username.empty()) parts.username = other.username;
    if (!other.password.empty()) parts.password = other.password;
    if (!other.database.empty()) parts.database = other.database;
    for (const auto& option : other.query) parts.query.push_back(option);
    return URL::create(parts).str_with_password();
}

inline std::unique_ptr<driver::Connection> connect_to(const std::string& url, const driver::ConnectOptions& options,
                                                      Waiter& waiter) {
    driver::register_mysql();
    return driver::find_driver("mariadb")->connect(make_url(url), options, waiter);
}

inline std::vector<ValueRow> query(driver::Connection& connection, std::string_view sql, const ValueRow& values = {}) {
    auto cursor = connection.prepare(sql);
    cursor->execute(values);
    std::vector<ValueRow> rows;
    while (cursor->next()) {
        ValueRow& row = rows.emplace_back();
        for (const Cell& cell : cursor->row()) row.push_back(cell.to_value());
    }
    return rows;
}

inline Value scalar(driver::Connection& connection, std::string_view sql, const ValueRow& values = {}) {
    const auto rows = query(connection, sql, values);
    if (rows.size() != 1 || rows[0].size() != 1) throw std::runtime_error("not one value");
    return rows[0][0];
}

/// The rows that a statement affected.
inline std::int64_t run(driver::Connection& connection, std::string_view sql, const ValueRow& values = {}) {
    auto cursor = connection.prepare(sql);
    cursor->execute(values);
    return cursor->rows_affected();
}

/// What the function failed with.
template <class Function>
driver::Failure failure_of(Function function) {
    try {
        function();
    } catch (const driver::Failure& failure) {
        return failure;
    }
    ADD_FAILURE() << "it did not fail";
    return {};
}

class MysqlTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const char* server = std::getenv("ALUDEL_MARIADB_URL");
        if (!server) GTEST_SKIP() << "ALUDEL_MARIADB_URL is not set; tools/with-databases sets it";
        server_ = server;
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        database_ = fmt::format("mysql_test_{}_{:x}", ::getpid(), now & 0xFFFFFF);
        administrator_ = connect_to(server_, {}, waiter_);
        run(*administrator_, "CREATE DATABASE " + database_ + " CHARACTER SET utf8mb4");
        url_ = with_parts(server_, {.database = database_});
        connection_ = connect();
    }

    void TearDown() override {
        connection_.reset();
        if (administrator_) administrator_->execute_script("DROP DATABASE IF EXISTS " + database_);
    }

    std::unique_ptr<driver::Connection> connect(const driver::ConnectOptions& options = {}) {
        return connect_to(url_, options, waiter_);
    }
    std::unique_ptr<driver::Connection> connect(Waiter& waiter, const driver::ConnectOptions& options = {}) {
        return connect_to(url_, options, waiter);
    }

    std::vector<ValueRow> query(std::string_view sql, const ValueRow& values = {}) {
        return test::query(*connection_, sql, values);
    }
    Value scalar(std::string_view sql, const ValueRow& values = {}) { return test::scalar(*connection_, sql, values); }
    std::string text(std::string_view sql, const ValueRow& values = {}) { return scalar(sql, values).as_text(); }
    std::int64_t run(std::string_view sql, const ValueRow& values = {}) { return test::run(*connection_, sql, values); }
    std::int64_t run(driver::Connection& connection, std::string_view sql, const ValueRow& values = {}) {
        return test::run(connection, sql, values);
    }
    std::int64_t thread_id(driver::Connection& connection) {
        return test::scalar(connection, "SELECT CONNECTION_ID()").as_integer();
    }
    /// A counter of the session, such as `Com_stmt_prepare`.
    std::int64_t status(const std::string& name) {
        return std::stoll(query("SHOW SESSION STATUS WHERE Variable_name = '" + name + "'").at(0).at(1).as_text());
    }

    Waiter waiter_;
    std::string server_;
    std::string database_;
    std::string url_;
    std::unique_ptr<driver::Connection> administrator_;
    std::unique_ptr<driver::Connection> connection_;
};

}  // namespace aludel::test
