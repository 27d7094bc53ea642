// The pool as the users of an engine see it.
#include <aludel/engine/engine.hpp>
#include <aludel/engine/pool.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pool_fixture.hpp"
#include "support/log_capture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PoolEngine : public ::testing::Test {
  protected:
    Engine engine(EngineOptions options = {}) { return create_engine("fakepool://", std::move(options)); }
    std::shared_ptr<FakeServer> server_ = register_fake_drivers();
};

TEST_F(PoolEngine, restart_with_pre_ping_is_not_noticed) {
    auto engine = this->engine({.pool_pre_ping = true});
    engine.connect().exec_driver_sql("SELECT 1");
    server_->restart();
    engine.connect().exec_driver_sql("SELECT 2");
    EXPECT_EQ(engine.pool().invalidated, 1u);
}

TEST_F(PoolEngine, restart_without_pre_ping_is_one_error_for_the_whole_generation) {
    auto engine = this->engine({.pool_size = 3, .max_overflow = 0});
    {
        auto a = engine.connect();
        auto b = engine.connect();
        auto c = engine.connect();
    }
    server_->restart();
    try {
        engine.connect().exec_driver_sql("SELECT 1");
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.connection_invalidated());
    }
    for (int i = 0; i < 5; ++i) engine.connect().exec_driver_sql("SELECT 2");
    EXPECT_EQ(engine.pool().checked_out, 0);
}

TEST_F(PoolEngine, invalidate_by_hand_replaces_this_connection_only) {
    auto engine = this->engine();
    auto a = engine.connect();
    auto b = engine.connect();
    b.close();
    a.invalidate();
    EXPECT_EQ(server_->open, 1);
    a.exec_driver_sql("SELECT 1");
    EXPECT_EQ(server_->opened, 2) << "it took the other one";
    EXPECT_EQ(engine.pool().invalidated, 1u);
}

TEST_F(PoolEngine, detached_connection_is_closed_with_its_object) {
    auto engine = this->engine({.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms});
    {
        auto mine = engine.connect();
        mine.detach();
        auto other = engine.connect();
        EXPECT_EQ(server_->open, 2);
        mine.exec_driver_sql("INSERT");
        mine.commit();
    }
    EXPECT_EQ(server_->open, 1);
    EXPECT_EQ(engine.pool().detached, 1u);
}

TEST_F(PoolEngine, connect_event_runs_text_on_every_connection) {
    auto engine = this->engine({.pool_events = {.connect = [](PooledConnection& connection) {
                                    connection.execute("PRAGMA foreign_keys=ON");
                                }}});
    auto a = engine.connect();
    auto b = engine.connect();
    EXPECT_THAT(server_->take_said(), ElementsAre("1: PRAGMA foreign_keys=ON", "2: PRAGMA foreign_keys=ON"));
}

TEST_F(PoolEngine, failing_text_in_a_handler_names_the_statement) {
    auto engine = this->engine();
    engine.listen({.connect = [](PooledConnection& connection) { connection.execute("SET nonsense"); }});
    server_->fails_commands = true;
    try {
        engine.connect();
        FAIL();
    } catch (const DBAPIError& error) {
        EXPECT_EQ(error.statement(), "SET nonsense");
    }
    EXPECT_EQ(engine.pool().checked_out, 0);
}

TEST_F(PoolEngine, pooled_connection_keeps_information_until_it_is_closed) {
    auto engine = this->engine();
    std::uint64_t id = 0;
    {
        auto connection = engine.connect();
        auto pooled = connection.pooled_connection();
        id = pooled.id();
        pooled.info()["tenant"] = std::string{"blue"};
        EXPECT_GE(pooled.age(), 0s);
        EXPECT_EQ(pooled.server_version(), "3.40.1");
    }
    auto connection = engine.connect();
    EXPECT_EQ(connection.pooled_connection().id(), id);
    EXPECT_EQ(std::any_cast<std::string>(connection.pooled_connection().info()["tenant"]), "blue");
    connection.pooled_connection().soft_invalidate("another tenant");
    connection.close();
    connection = engine.connect();
    EXPECT_NE(connection.pooled_connection().id(), id);
    EXPECT_THAT(connection.pooled_connection().info(), IsEmpty());
}

TEST_F(PoolEngine, transaction_begun_by_text_follows_reset_on_return) {
    auto engine = this->engine({.pool_reset_on_return = ResetOnReturn::commit});
    {
        auto connection = engine.connect();
        connection.execution_options({.isolation_level = IsolationLevel::autocommit});
        connection.exec_driver_sql("begin by text");
    }
    EXPECT_THAT(server_->take_said(), ElementsAre("1: begin by text", "1: COMMIT"));
}

TEST_F(PoolEngine, leak_report_says_where_a_connection_was_taken) {
    auto engine = this->engine({.report_leaks = LeakReport::place});
    EXPECT_EQ(engine.leak_report(), "");
    auto connection = engine.connect();
    const auto line = std::source_location::current().line() - 1;
    const auto out = engine.checked_out_connections();
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].where.line(), line);
    EXPECT_THAT(out[0].where.file_name(), HasSubstr("pool_engine_test.cpp"));
    EXPECT_THAT(out[0].backtrace, IsEmpty());
    EXPECT_THAT(engine.leak_report(), HasSubstr("1 connection of the pool is in use"));
    EXPECT_THAT(engine.leak_report(), HasSubstr("pool_engine_test.cpp:" + std::to_string(line)));
    connection.close();
    EXPECT_THAT(engine.checked_out_connections(), IsEmpty());
}

TEST_F(PoolEngine, leak_report_with_backtrace_has_the_calls) {
    auto engine = this->engine({.report_leaks = LeakReport::backtrace});
    auto connection = engine.connect();
    const auto out = engine.checked_out_connections();
    ASSERT_EQ(out.size(), 1u);
    EXPECT_THAT(out[0].backtrace, Not(IsEmpty()));
}

TEST_F(PoolEngine, begin_and_connections_taken_again_have_their_place) {
    auto engine = this->engine({.report_leaks = LeakReport::place});
    engine.begin([&](Connection& connection) {
        connection.invalidate();
        connection.rollback();
        connection.exec_driver_sql("SELECT 1");
        EXPECT_THAT(engine.leak_report(), HasSubstr("pool_engine_test.cpp"));
    });
}

TEST_F(PoolEngine, engine_whose_last_handle_goes_warns_of_connections_in_use) {
    LogCapture log;
    std::optional<Connection> leaked;
    {
        auto engine = this->engine({.log = log.sink(), .report_leaks = LeakReport::place});
        auto copy = engine;
        leaked.emplace(copy.connect());
        log.clear();
    }
    EXPECT_THAT(log.text(), HasSubstr("no handle any more"));
    EXPECT_THAT(log.text(), HasSubstr("pool_engine_test.cpp:"));
    log.clear();
    leaked.reset();
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(log.text(), "");
}

TEST_F(PoolEngine, dispose_warns_of_connections_in_use_only_where_that_was_asked_for) {
    for (const auto report : {LeakReport::off, LeakReport::place}) {
        LogCapture log;
        auto engine = this->engine({.log = log.sink(), .report_leaks = report});
        auto connection = engine.connect();
        log.clear();
        engine.dispose();
        EXPECT_EQ(log.text().empty(), report == LeakReport::off);
    }
}

TEST_F(PoolEngine, engines_with_the_same_pool_are_equal_whether_or_not_leaks_are_reported) {
    auto engine = this->engine({.report_leaks = LeakReport::place});
    EXPECT_EQ(engine.connect().engine(), engine);
}

TEST_F(PoolEngine, echo_pool_debug_writes_what_sqlalchemy_writes) {
    LogCapture log;
    auto engine = this->engine({.log = log.sink(), .pool_pre_ping = true, .echo_pool = PoolEcho::debug});
    engine.connect().close();
    engine.connect().close();
    server_->restart();
    engine.connect().close();
    engine.dispose();
    EXPECT_THAT(
        log.take(),
        ElementsAre("Created new connection 1", "Connection 1 is fresh, skipping pre-ping",
                    "Connection 1 checked out from pool", "Connection 1 being returned to pool",
                    "Pool pre-ping on connection 1", "Connection 1 checked out from pool",
                    "Connection 1 being returned to pool", "Pool pre-ping on connection 1",
                    "Pool pre-ping on connection 1 failed, will invalidate pool",
                    "Invalidate connection 1 (reason: it does not answer)", "Closing connection 1",
                    "Created new connection 2", "Connection 2 is fresh, skipping pre-ping",
                    "Connection 2 checked out from pool", "Connection 2 being returned to pool", "Closing connection 2",
                    "Pool disposed. Pool size: 5 Connections in pool: 0 Current Overflow: -5 Current Checked "
                    "out connections: 0"));
}

TEST_F(PoolEngine, echo_pool_info_leaves_out_what_happens_every_time) {
    LogCapture log;
    auto engine = this->engine({.log = log.sink(), .echo_pool = PoolEcho::info});
    engine.connect().close();
    auto connection = engine.connect();
    connection.invalidate();
    EXPECT_THAT(log.take(), ElementsAre("Invalidate connection 1"));
}

TEST_F(PoolEngine, echo_pool_names_the_pool_and_the_level) {
    std::vector<std::string> lines;
    auto engine = this->engine({.log = [&](const LogRecord& record) { lines.push_back(format_log_record(record)); },
                                .pool_class = PoolClass::null,
                                .echo_pool = PoolEcho::debug});
    engine.connect().close();
    ASSERT_FALSE(lines.empty());
    EXPECT_THAT(lines[0], HasSubstr(" DEBUG aludel.pool.NullPool Created new connection 1\n"));
}

TEST_F(PoolEngine, memory_database_keeps_its_one_connection) {
    auto engine = create_engine("fakememory://");
    auto a = engine.connect();
    auto b = engine.connect();
    EXPECT_EQ(server_->opened, 1);
    EXPECT_EQ(engine.pool().checked_out, 1);
    EXPECT_THAT(engine.pool_status(), HasSubstr("2 users"));
}

}  // namespace
}  // namespace aludel::test
