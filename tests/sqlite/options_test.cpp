#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace aludel {
namespace {

using namespace std::chrono_literals;

std::string pragma(const Engine& engine, const std::string& name) {
    Connection connection = engine.connect();
    const Value value = connection.exec_driver_sql("PRAGMA " + name).scalar_one<Value>();
    return value.kind() == ValueKind::text ? value.as_text() : value.repr();
}

TEST(SqliteOptions, foreign_keys_are_on_unless_told_otherwise) {
    const test::FreshFile file;
    EXPECT_EQ(pragma(create_engine(file.url()), "foreign_keys"), "1");
    EXPECT_EQ(pragma(create_engine(file.url(), {.foreign_keys = false}), "foreign_keys"), "0");
    EXPECT_EQ(pragma(create_engine(file.url("?foreign_keys=off")), "foreign_keys"), "0");
    EXPECT_EQ(pragma(create_engine("sqlite://"), "foreign_keys"), "1");
}

TEST(SqliteOptions, write_ahead_log_on_request) {
    const test::FreshFile file;
    EXPECT_EQ(pragma(create_engine(file.url()), "journal_mode"), "delete");
    EXPECT_EQ(pragma(create_engine(file.url(), {.journal_mode = "WAL"}), "journal_mode"), "wal");
    EXPECT_EQ(pragma(create_engine(file.url("?journal_mode=truncate")), "journal_mode"), "truncate");
}

TEST(SqliteOptions, python_uri_form_is_a_file) {
    const test::FreshFile file;
    create_engine(file.url()).begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
    const Engine engine = create_engine("sqlite:///file:" + file.path() + "?mode=ro&uri=true");
    Connection connection = engine.connect();
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 0);
    EXPECT_THROW(connection.exec_driver_sql("DELETE FROM t"), OperationalError);
}

TEST(SqliteOptions, immutable_goes_through_a_uri) {
    const test::FreshFile file{"a?b#c.db"};
    const std::string escaped = file.directory().file("a%3Fb%23c.db");
    create_engine("sqlite:///" + escaped).begin([](Connection& c) { c.exec_driver_sql("CREATE TABLE t (x)"); });
    Connection connection = create_engine("sqlite:///" + escaped + "?immutable=1&mode=ro").connect();
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 0);
}

TEST(SqliteOptions, relative_path_is_of_the_working_directory) {  // S0-002
    const test::TemporaryDirectory directory;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    create_engine("sqlite:///relative.db").begin([](Connection& c) { c.exec_driver_sql("CREATE TABLE t (x)"); });
    std::filesystem::current_path(before);
    EXPECT_TRUE(std::filesystem::exists(directory.file("relative.db")));
}

TEST(SqliteOptions, named_memory_database_is_no_file) {
    const Engine engine = create_engine("sqlite:///file:shared-name?mode=memory&cache=shared&uri=true");
    engine.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
    EXPECT_EQ(pragma(engine, "foreign_keys"), "1");
    EXPECT_FALSE(std::filesystem::exists("shared-name"));
}

TEST(SqliteOptions, server_version_is_that_of_the_library) {
    Connection connection = create_engine("sqlite://").connect();
    EXPECT_EQ(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one<std::string>(),
              connection.server_version());
}

TEST(SqliteInterrupt, another_thread_ends_the_statement) {
    const test::FreshFile file;
    Connection connection = create_engine(file.url()).connect();
    connection.exec_driver_sql("SELECT 1").close();
    std::atomic<bool> done{false};
    std::jthread other{[&] {
        while (!done) {
            connection.interrupt();
            std::this_thread::sleep_for(1ms);
        }
    }};
    try {
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM "
            "n");
        ADD_FAILURE();
    } catch (const OperationalError& error) {
        EXPECT_EQ(error.driver_message(), "interrupted");
    }
    done = true;
    other.join();
    connection.rollback();
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
}

TEST(SqliteThreads, each_thread_has_a_connection_to_the_file) {
    const test::FreshFile file;
    const Engine engine = create_engine(file.url(), {.busy_timeout = 60s, .journal_mode = "wal"});
    engine.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&engine] {
                for (int i = 0; i < 25; ++i)
                    engine.begin(
                        [](Connection& connection) { connection.exec_driver_sql("INSERT INTO t VALUES (1)"); });
            });
    }
    EXPECT_EQ(engine.connect().exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 100);
}

}  // namespace
}  // namespace aludel
