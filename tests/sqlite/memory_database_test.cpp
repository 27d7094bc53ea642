// One connection for all users of a memory database.
#include "support/log_capture.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace aludel {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class MemoryDatabase : public ::testing::Test {
  protected:
    MemoryDatabase() {
        engine_.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
        log_.clear();
    }
    int count() {
        Connection connection = engine_.connect();
        const int rows = connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>();
        connection.commit();
        return rows;
    }
    static void insert(Connection& connection) { connection.exec_driver_sql("INSERT INTO t VALUES (1)"); }

    test::LogCapture log_;
    Engine engine_ = create_engine("sqlite://", {.log = log_.sink(), .pool_timeout = 20s});
};

TEST_F(MemoryDatabase, lives_as_long_as_the_engine) {
    engine_.begin(insert);
    EXPECT_EQ(count(), 1);
    engine_.dispose();
    EXPECT_THROW(count(), OperationalError) << "a new, empty database";
}

TEST_F(MemoryDatabase, each_engine_has_its_own) {
    const Engine other = create_engine("sqlite:///:memory:");
    EXPECT_THROW(other.begin(insert), OperationalError);
}

// As with SQLAlchemy: what shares a connection shares its transaction.
TEST_F(MemoryDatabase, rollback_of_one_user_discards_the_others_rows) {
    Connection a = engine_.connect();
    Connection b = engine_.connect();
    insert(a);
    insert(b);
    a.rollback();
    b.commit();
    EXPECT_THAT(log_.lines(), ElementsAre("BEGIN (implicit)", "INSERT INTO t VALUES (1)", "    ()", "BEGIN (implicit)",
                                          "INSERT INTO t VALUES (1)", "    ()", "ROLLBACK", "COMMIT"));
    EXPECT_EQ(count(), 0);
}

TEST_F(MemoryDatabase, work_after_the_others_end_is_in_a_transaction_again) {
    Connection a = engine_.connect();
    Connection b = engine_.connect();
    insert(a);
    insert(b);
    b.commit();
    insert(a);
    a.rollback();
    EXPECT_EQ(count(), 2) << "what b committed stays, what a did afterwards is gone";
}

TEST_F(MemoryDatabase, close_without_work_leaves_the_others_alone) {
    Connection a = engine_.connect();
    insert(a);
    engine_.connect().close();
    a.commit();
    EXPECT_EQ(count(), 1);
}

TEST_F(MemoryDatabase, transactions_of_threads_come_one_after_the_other) {
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([this, t] {
                for (int i = 0; i < 50; ++i) {
                    Connection connection = engine_.connect();
                    insert(connection);
                    if ((i + t) % 2 == 0)
                        connection.commit();
                    else
                        connection.rollback();
                }
            });
    }
    EXPECT_EQ(count(), 100);
}

TEST_F(MemoryDatabase, connection_handed_to_a_second_thread_is_serialised) {
    Connection mine = engine_.connect();
    Connection handed = engine_.connect();
    const auto work = [](Connection& connection) {
        for (int i = 0; i < 200; ++i) {
            insert(connection);
            auto result = connection.exec_driver_sql("SELECT x FROM t LIMIT 20");
            while (result.fetchone()) {}
        }
    };
    std::jthread other{[&] { work(handed); }};
    work(mine);
    other.join();
    mine.commit();
    handed.commit();
    EXPECT_EQ(count(), 400);
}

TEST_F(MemoryDatabase, other_thread_times_out_while_it_is_held) {
    const Engine engine = create_engine("sqlite://", {.pool_timeout = 20ms});
    Connection held = engine.connect();
    std::atomic<bool> timed_out{false};
    std::jthread{[&] {
        try {
            engine.connect();
        } catch (const TimeoutError&) {
            timed_out = true;
        }
    }}.join();
    EXPECT_TRUE(timed_out);
}

}  // namespace
}  // namespace aludel
