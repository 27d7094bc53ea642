#pragma once
// A connection of the driver alone, without engine and pool, to the server of ALUDEL_POSTGRESQL_URL.

#include <aludel/engine/driver.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/engine/waiter.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::test {

using ValueRow = std::vector<Value>;

/// Counts the times that something had to be waited for: one for each round trip, if the answer is short.
class CountingWaiter final : public Waiter {
  public:
    Outcome wait(int descriptor, Readiness readiness, Clock::time_point deadline) override {
        if (readiness != Readiness::write) ++waits;
        return Waiter::wait(descriptor, readiness, deadline);
    }
    int waits = 0;
};

inline const char* server_url() { return std::getenv("ALUDEL_POSTGRESQL_URL"); }

inline std::unique_ptr<driver::Connection> connect(const std::string& url, const driver::ConnectOptions& options,
                                                   Waiter& waiter) {
    return driver::find_driver("postgresql")->connect(make_url(url), options, waiter);
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

class PostgresqlTest : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!server_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_URL is not set; tools/with-databases sets it";
        connection_ = connect();
    }

    std::unique_ptr<driver::Connection> connect(const driver::ConnectOptions& options = {}) {
        return test::connect(server_url(), options, waiter_);
    }
    std::unique_ptr<driver::Connection> connect(Waiter& waiter, const driver::ConnectOptions& options = {}) {
        return test::connect(server_url(), options, waiter);
    }

    std::vector<ValueRow> query(std::string_view sql, const ValueRow& values = {}) {
        return test::query(*connection_, sql, values);
    }
    Value scalar(std::string_view sql, const ValueRow& values = {}) { return test::scalar(*connection_, sql, values); }
    std::string text(std::string_view sql, const ValueRow& values = {}) { return scalar(sql, values).as_text(); }
    std::int64_t run(std::string_view sql, const ValueRow& values = {}) { return test::run(*connection_, sql, values); }
    std::int64_t backend_pid() { return scalar("SELECT pg_backend_pid()").as_integer(); }

    /// Ends a connection's server process, as an administrator does.
    void terminate(std::int64_t pid) {
        const auto other = connect();
        test::query(*other, "SELECT pg_terminate_backend($1::int, 5000)", {Value::of(static_cast<int>(pid))});
    }

    Waiter waiter_;
    std::unique_ptr<driver::Connection> connection_;
};

}  // namespace aludel::test
