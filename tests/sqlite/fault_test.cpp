// A driver that fails at every step in turn: nothing leaks, nothing stays locked, and the engine goes on afterwards.
#include "support/faulty_driver.hpp"
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace aludel {
namespace {

using ::testing::HasSubstr;

class FaultTest : public ::testing::TestWithParam<bool> {
  protected:
    FaultTest() {
        engine_.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
    }

    // All the ways to use a connection. Commits 3 rows in the end, or throws.
    void use_everything() {
        Connection connection = engine_.connect();
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", std::vector{Value::of(1)});
        auto open_result = connection.exec_driver_sql("SELECT x FROM t WHERE x = 1");
        open_result.fetchone();
        {
            Transaction nested = connection.begin_nested();
            connection.exec_driver_sql("INSERT INTO t VALUES (2)");
            nested.rollback();
        }
        {
            Transaction nested = connection.begin_nested();
            connection.exec_driver_sql("INSERT INTO t VALUES (3)");
            nested.commit();
        }
        EXPECT_EQ(connection.exec_driver_sql("SELECT x FROM t WHERE x < 4").all().size(), 2u);
        connection.rollback();
        connection.execution_options({.isolation_level = IsolationLevel::read_uncommitted});
        Transaction transaction = connection.begin();
        for (int i = 0; i < 3; ++i) connection.exec_driver_sql("INSERT INTO t VALUES (4)");
        transaction.commit();
    }

    std::int64_t rows() {
        return engine_.connect().exec_driver_sql("SELECT count(*) FROM t").scalar_one<std::int64_t>();
    }

    test::FreshFile file_;
    std::shared_ptr<test::FaultPlan> plan_ = test::register_faulty_driver("faulty", "sqlite");
    Engine engine_ = create_engine("faulty:///" + file_.path(), {.pool_size = 2, .max_overflow = 0});
};

TEST_P(FaultTest, failure_at_every_step_leaves_everything_clean) {
    int step = 0;
    std::int64_t committed = 0;
    for (bool failed = true; failed;) {
        plan_->arm(++step, GetParam());
        failed = false;
        try {
            use_everything();
            committed += 3;
        } catch (const OperationalError& error) {
            EXPECT_THAT(error.message(), HasSubstr("injected at"));
            EXPECT_EQ(error.connection_invalidated(), GetParam());
            failed = true;
        }
        // A failure while closing, where nobody can be told, leaves nothing behind either.
        failed |= plan_->failures != 0;
        plan_->disarm();
        EXPECT_EQ(plan_->open_cursors, 0) << "at step " << step;
        EXPECT_THAT(engine_.pool_status(), HasSubstr("Current Checked out connections: 0")) << "at step " << step;
        ASSERT_EQ(rows(), committed) << "at step " << step;
        ASSERT_LT(step, 500);
    }
    EXPECT_GT(step, 30) << "the scenario has that many steps";
    engine_.dispose();
    EXPECT_EQ(plan_->open_connections, 0);
}

TEST_P(FaultTest, failing_rollback_throws_the_connection_away) {
    Connection connection = engine_.connect();
    connection.exec_driver_sql("INSERT INTO t VALUES (1)");
    const int open = plan_->open_connections;
    plan_->arm(1, GetParam());
    EXPECT_THROW(connection.rollback(), OperationalError);
    plan_->disarm();
    EXPECT_EQ(plan_->open_connections, open - 1);
    EXPECT_FALSE(connection.in_transaction());
    connection.exec_driver_sql("INSERT INTO t VALUES (2)");
    connection.commit();
    EXPECT_EQ(rows(), 1);
}

INSTANTIATE_TEST_SUITE_P(Kinds, FaultTest, ::testing::Values(false, true),
                         [](const auto& kind) { return kind.param ? "disconnect" : "plain_failure"; });

TEST(FaultyPool, pre_ping_replaces_a_dead_connection) {
    const test::FreshFile file;
    const auto plan = test::register_faulty_driver("faulty", "sqlite");
    const Engine engine = create_engine("faulty:///" + file.path(), {.pool_pre_ping = true});
    engine.connect().close();
    plan->arm(1);
    Connection connection = engine.connect();
    EXPECT_EQ(plan->failures, 1);
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
}

TEST(FaultyPool, lost_connection_needs_rollback_and_then_reconnects) {
    const test::FreshFile file;
    const auto plan = test::register_faulty_driver("faulty", "sqlite");
    const Engine engine = create_engine("faulty:///" + file.path());
    Connection connection = engine.connect();
    connection.exec_driver_sql("SELECT 1");
    plan->arm(1, true);
    EXPECT_THROW(connection.exec_driver_sql("SELECT 1"), OperationalError);
    EXPECT_TRUE(connection.invalidated());
    try {
        connection.exec_driver_sql("SELECT 1");
        FAIL();
    } catch (const PendingRollbackError& error) {
        EXPECT_THAT(error.message(), HasSubstr("the connection to the database broke (injected at prepare)"));
    }
    connection.rollback();
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
}

}  // namespace
}  // namespace aludel
