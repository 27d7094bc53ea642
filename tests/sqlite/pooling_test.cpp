// The pool on a real database, and the samples of docs/pooling.md: each stands here between `// sample: <name>` and
// `// end`, and the page has the same text.
#include <aludel/engine/engine.hpp>
#include <aludel/engine/pool.hpp>
#include <aludel/orm/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>

#include "engine/child_process.hpp"
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class Pooling : public ::testing::Test {
  protected:
    TemporaryDirectory directory_;
    std::string url_ = "sqlite:///" + directory_.path().string() + "/pool.db";
};

std::string read(const std::string& path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// What stands between the line that begins with `begin` and a name, and the first `end` after it, by that name.
std::map<std::string, std::string> sections(const std::string& text, std::string_view begin, std::string_view end) {
    std::map<std::string, std::string> found;
    for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
        const auto name_at = at + begin.size();
        const auto line_end = text.find('\n', name_at);
        std::string name = text.substr(name_at, line_end - name_at);
        name = name.substr(0, name.find(' '));
        found[name] = folded(text.substr(line_end, text.find(end, line_end) - line_end));
    }
    return found;
}

TEST_F(Pooling, samples_of_the_page_are_those_that_are_tested) {
    const std::string folder = ALUDEL_TEST_SOURCE_DIR;
    auto page = sections(read(folder + "/../../docs/pooling.md"), "<!-- sample: ", "\n```\n");
    auto tested = sections(read(folder + "/pooling_test.cpp"), "    // sample: ", "    // end");
    ASSERT_GE(page.size(), 5u);
    for (auto& [name, text] : page) {
        ASSERT_TRUE(text.starts_with("```cpp "));
        EXPECT_EQ(text.substr(7), tested[name]) << name;
    }
}

TEST_F(Pooling, options_sample) {
    const std::string& url = url_;
    // sample: options
    EngineOptions options;
    options.pool_size = 5;         // connections that are kept
    options.max_overflow = 10;     // further ones, closed when they come back; -1: any number
    options.pool_timeout = 30s;    // how long a checkout waits for one: then TimeoutError 3o7r
    options.pool_recycle = 1h;     // older ones are replaced at their next checkout
    options.pool_pre_ping = true;  // ask at the checkout whether it is alive
    auto engine = create_engine(url, options);
    // end
    engine.connect().close();
    engine.connect().close();
    EXPECT_EQ(engine.pool().opened, 1u);
    EXPECT_EQ(engine.pool().size, 5);
}

TEST_F(Pooling, invalidate_sample) {
    auto engine = create_engine(url_);
    auto connection = engine.connect();
    // sample: invalidate
    connection.invalidate();  // closes this one only; the next use takes another
    connection.detach();      // the pool forgets it, close() closes it
    connection.pooled_connection().soft_invalidate("the schema changed");  // replaced at its next checkout
    // end
    connection.close();
    EXPECT_EQ(engine.pool().opened, 2u);
    EXPECT_EQ(engine.pool().invalidated, 1u);
    EXPECT_EQ(engine.pool().detached, 1u);
    EXPECT_EQ(engine.pool().checked_in, 0);
}

TEST_F(Pooling, events_sample) {
    auto engine = create_engine(url_);
    // sample: events
    engine.listen({.connect = [](PooledConnection& connection) { connection.execute("PRAGMA synchronous = NORMAL"); },
                   .checkout =
                       [](PooledConnection& connection) {
                           if (connection.age() > 24h) throw DisconnectionError("it is from yesterday");
                       }});
    // end
    auto connection = engine.connect();
    EXPECT_EQ(connection.pooled_connection().scalar("PRAGMA synchronous"), Value::of(std::int64_t{1}));
}

TEST_F(Pooling, statistics_sample) {
    auto engine = create_engine(url_);
    auto connection = engine.connect();
    ::testing::internal::CaptureStdout();
    // sample: statistics
    PoolStatistics now = engine.pool();
    std::cout << now.checked_out << " in use, " << now.checked_in << " idle, " << now.waiting << " waiting; "
              << now.opened << " opened, " << now.timeouts << " timeouts\n";
    std::cout << engine.pool_status() << '\n';
    // end
    EXPECT_EQ(::testing::internal::GetCapturedStdout(),
              "1 in use, 0 idle, 0 waiting; 1 opened, 0 timeouts\n"
              "Pool size: 5  Connections in pool: 0 Current Overflow: -4 Current Checked out connections: 1\n");
}

TEST_F(Pooling, leaks_sample) {
    const std::string& url = url_;
    ::testing::internal::CaptureStdout();
    // sample: leaks
    auto engine = create_engine(url, {.report_leaks = LeakReport::place});
    Connection forgotten = engine.connect();
    std::cout << engine.leak_report() << '\n';
    // end
    const std::string text = ::testing::internal::GetCapturedStdout();
    EXPECT_THAT(text, HasSubstr("1 connection of the pool is in use:\n  connection 1, for 0."));
    EXPECT_THAT(text, HasSubstr("pooling_test.cpp:"));
}

TEST_F(Pooling, session_is_reported_where_it_was_made) {
    auto engine = create_engine(url_, {.report_leaks = LeakReport::place});
    Session session{engine};
    const auto line = std::source_location::current().line() - 1;
    session.connection();
    const auto out = engine.checked_out_connections();
    ASSERT_EQ(out.size(), 1u);
    EXPECT_THAT(out[0].where.file_name(), HasSubstr("pooling_test.cpp"));
    EXPECT_EQ(out[0].where.line(), line);
}

TEST_F(Pooling, queue_for_a_memory_database_is_what_its_user_asks_for) {
    auto engine = create_engine("sqlite://", {.pool_class = PoolClass::null});
    auto a = engine.connect();
    a.exec_driver_sql("CREATE TABLE t (x INTEGER)");
    a.commit();
    auto b = engine.connect();
    EXPECT_THROW(b.exec_driver_sql("SELECT * FROM t"), OperationalError);
}

TEST_F(Pooling, each_thread_of_a_singleton_thread_pool_has_a_memory_database_of_its_own) {
    auto engine = create_engine("sqlite://", {.pool_class = PoolClass::singleton_thread});
    engine.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x INTEGER)"); });
    std::jthread{[&] { EXPECT_THROW(engine.connect().exec_driver_sql("SELECT * FROM t"), OperationalError); }}.join();
    EXPECT_FALSE(engine.connect().exec_driver_sql("SELECT * FROM t").first().has_value());
}

// The child reads what was committed, on a connection of its own, while its parent is in the middle of a transaction,
// which goes on as if nothing had happened; in both journal modes.
TEST_F(Pooling, fork_in_a_transaction_leaves_it_to_the_parent) {
    for (const std::string mode : {"delete", "wal"}) {
        auto engine = create_engine(url_ + mode, {.journal_mode = mode});
        engine.begin([](Connection& connection) {
            connection.exec_driver_sql("CREATE TABLE t (x INTEGER)");
            connection.exec_driver_sql("INSERT INTO t VALUES (1)");
        });
        auto idle = engine.connect();
        auto writer = std::make_unique<Connection>(engine.connect());
        idle.close();
        writer->exec_driver_sql("INSERT INTO t VALUES (2)");
        expect_in_child([&] {
            const auto count = [&] { return engine.connect().pooled_connection().scalar("SELECT count(*) FROM t"); };
            std::string complaints =
                unless(count() == Value::of(std::int64_t{1}), "the child sees what is not committed");
            writer.reset();
            engine.dispose();
            return complaints +
                   unless(count() == Value::of(std::int64_t{1}), "the child ended its parent's transaction");
        });
        writer->exec_driver_sql("INSERT INTO t VALUES (3)");
        writer->commit();
        auto pooled = writer->pooled_connection();
        EXPECT_EQ(pooled.scalar("SELECT count(*) FROM t"), Value::of(std::int64_t{3}));
        EXPECT_EQ(pooled.scalar("PRAGMA integrity_check"), Value::text("ok"));
    }
}

}  // namespace
}  // namespace aludel::test
