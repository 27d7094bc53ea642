// Transactions that are run again, over a driver that fails as it is told.
#include <aludel/engine/retry.hpp>

#include "scripted_driver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

/// Notes how long it is asked to wait, and does not.
class NotingWaiter final : public Waiter {
  public:
    Outcome pause(std::chrono::microseconds duration, Clock::time_point) override {
        pauses.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(duration));
        return outcome;
    }
    std::vector<std::chrono::milliseconds> pauses;
    Outcome outcome = Outcome::ready;
};

class RetryTest : public ::testing::Test {
  protected:
    RetryTest() : RetryTest(make_scripted_driver()) {}

    /// Work that fails so often before it succeeds.
    auto failing(int times, std::string sqlstate, bool disconnected = false) {
        return [this, times, sqlstate = std::move(sqlstate), disconnected](Connection& connection) mutable {
            if (times-- > 0) script_->failures["WORK"] = failure_of(sqlstate, "failed", disconnected);
            connection.exec_driver_sql("WORK");
            return 7;
        };
    }

    std::shared_ptr<Script> script_;
    std::shared_ptr<NotingWaiter> waiter_ = std::make_shared<NotingWaiter>();
    Engine engine_;

  private:
    explicit RetryTest(const std::pair<std::shared_ptr<Script>, std::string>& made)
        : script_(made.first), engine_(create_engine(made.second, {.waiter = waiter_})) {}
};

TEST_F(RetryTest, work_that_succeeds_runs_once_and_commits) {
    EXPECT_EQ(run_transaction(engine_, failing(0, "")), 7);
    EXPECT_THAT(script_->take(), ElementsAre("connect", "begin", "WORK", "commit"));
    EXPECT_TRUE(waiter_->pauses.empty());
}

TEST_F(RetryTest, serialization_failures_and_deadlocks_are_rolled_back_and_run_again) {
    for (const std::string sqlstate : {"40001", "40P01"}) {
        Connection connection = engine_.connect();
        script_->take();
        EXPECT_EQ(run_transaction(connection, failing(2, sqlstate)), 7);
        EXPECT_THAT(script_->take(),
                    ElementsAre("begin", "WORK", "rollback", "begin", "WORK", "rollback", "begin", "WORK", "commit"));
    }
}

TEST_F(RetryTest, commit_that_fails_to_serialize_is_run_again) {
    script_->failures["commit"] = failure_of("40001", "could not serialize");
    script_->failure_ends_transaction = true;
    int runs = 0;
    run_transaction(engine_, [&](Connection& connection) {
        ++runs;
        connection.exec_driver_sql("WORK");
    });
    EXPECT_EQ(runs, 2);
}

TEST_F(RetryTest, waits_grow_to_their_limit_with_some_chance) {
    const RetryOptions options{.attempts = 6, .first_delay = 100ms, .max_delay = 400ms};
    EXPECT_THROW(run_transaction(engine_, failing(100, "40001"), options), OperationalError);
    const std::vector<std::chrono::milliseconds> whole{100ms, 200ms, 400ms, 400ms, 400ms};
    ASSERT_EQ(waiter_->pauses.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_GE(waiter_->pauses[i], whole[i] / 2);
        EXPECT_LE(waiter_->pauses[i], whole[i]);
    }
}

TEST_F(RetryTest, every_retry_is_told_and_may_be_refused) {
    std::vector<int> attempts;
    RetryOptions options{.on_retry = [&](const RetryNotice& notice) {
        attempts.push_back(notice.attempt);
        EXPECT_EQ(notice.error.sqlstate(), "40001");
        if (notice.attempt == 3) throw std::runtime_error("enough");
    }};
    EXPECT_THROW(run_transaction(engine_, failing(100, "40001"), options), std::runtime_error);
    EXPECT_THAT(attempts, ElementsAre(1, 2, 3));
}

TEST_F(RetryTest, other_errors_come_out_at_once) {
    Connection connection = engine_.connect();
    script_->take();
    EXPECT_THROW(run_transaction(connection, failing(1, "23505")), IntegrityError);
    EXPECT_THROW(run_transaction(connection, [](Connection&) { throw std::runtime_error("mine"); }),
                 std::runtime_error);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_THAT(script_->take(), ElementsAre("begin", "WORK", "rollback"));
}

TEST_F(RetryTest, outcome_in_doubt_is_never_run_again) {
    script_->failures["commit"] = failure_of("", "gone", true);
    int runs = 0;
    const auto work = [&](Connection& connection) {
        ++runs;
        connection.exec_driver_sql("WORK");
    };
    try {
        run_transaction(engine_, work, {.reconnect = true});
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.outcome_in_doubt());
    }
    EXPECT_EQ(runs, 1);
}

TEST_F(RetryTest, lost_connection_is_run_again_only_where_that_is_asked_for) {
    EXPECT_THROW(run_transaction(engine_, failing(1, "", true)), OperationalError);
    EXPECT_EQ(run_transaction(engine_, failing(1, "", true), {.reconnect = true}), 7);
}

TEST_F(RetryTest, cancelled_wait_ends_the_attempts) {
    waiter_->outcome = Waiter::Outcome::cancelled;
    EXPECT_THROW(run_transaction(engine_, failing(1, "40001")), OperationalError);
}

TEST_F(RetryTest, transaction_that_has_begun_and_senseless_options_are_refused) {
    Connection connection = engine_.connect();
    connection.exec_driver_sql("SELECT 1");
    EXPECT_THROW(run_transaction(connection, failing(0, "")), InvalidRequestError);
    connection.rollback();
    EXPECT_THROW(run_transaction(connection, failing(0, ""), {.attempts = 0}), ArgumentError);
    EXPECT_THROW(run_transaction(connection, failing(0, ""), {.first_delay = 5s}), ArgumentError);
}

}  // namespace
}  // namespace aludel::test
