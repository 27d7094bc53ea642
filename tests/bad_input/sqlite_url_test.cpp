// URLs that parse, but mean nothing to SQLite.
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace aludel {
namespace {

using ::testing::HasSubstr;

std::string refusal(const std::string& url, EngineOptions options = {}) {
    try {
        create_engine(url, std::move(options));
    } catch (const ArgumentError& error) {
        return error.message();
    }
    return "accepted";
}

TEST(SqliteUrl, two_slashes_before_a_path_are_explained) {
    EXPECT_THAT(refusal("sqlite://data/app.db"), HasSubstr("three slashes"));
    EXPECT_THAT(refusal("sqlite://me:s3cret@localhost/app.db"), HasSubstr("me:***@localhost"));
}

TEST(SqliteUrl, unknown_option_lists_the_known_ones) {
    const std::string message = refusal("sqlite:///x.db?timeouts=3");
    EXPECT_THAT(message, HasSubstr("'timeouts'"));
    EXPECT_THAT(message,
                HasSubstr("begin, cache, foreign_keys, immutable, journal_mode, mode, nolock, timeout, uri, vfs"));
}

TEST(SqliteUrl, wrong_values_are_named_with_the_right_ones) {
    EXPECT_THAT(refusal("sqlite:///x.db?mode=write"), HasSubstr("one of ro, rw, rwc, memory"));
    EXPECT_THAT(refusal("sqlite:///x.db?timeout=soon"), HasSubstr("a number of seconds"));
    EXPECT_THAT(refusal("sqlite:///x.db?timeout=-1"), HasSubstr("a number of seconds"));
    EXPECT_THAT(refusal("sqlite:///x.db?timeout=nan"), HasSubstr("a number of seconds"));
    EXPECT_THAT(refusal("sqlite:///x.db?foreign_keys=maybe"), HasSubstr("foreign_keys=maybe"));
    EXPECT_THAT(refusal("sqlite:///x.db?journal_mode=x;DROP"), HasSubstr("one of delete"));
    EXPECT_THAT(refusal("sqlite:///x.db?begin=later"), HasSubstr("deferred, immediate, exclusive"));
    EXPECT_THAT(refusal("sqlite:///x.db?timeout=1&timeout=2"), HasSubstr("more than once"));
    EXPECT_THAT(refusal("sqlite:///x.db", {.journal_mode = "WAL; DROP TABLE t"}), HasSubstr("SQLite has delete"));
}

TEST(SqliteUrl, other_python_drivers_are_refused_and_pysqlite_is_accepted) {
    EXPECT_THAT(refusal("sqlite+pysqlcipher:///x.db"), HasSubstr("no driver 'pysqlcipher'"));
    EXPECT_EQ(refusal("sqlite+pysqlite:///x.db"), "accepted");
    EXPECT_EQ(refusal("sqlite+aiosqlite:///x.db?timeout=2.5&mode=rwc"), "accepted");
}

TEST(SqliteUrl, servers_that_do_not_answer_and_drivers_that_are_not_there_are_errors_without_the_password) {
    // Port 1 has no server.
    for (const char* url : {"mysql+pymysql://u:s3cret@127.0.0.1:1/d", "postgresql+psycopg2://u:s3cret@127.0.0.1:1/d"}) {
        const Engine engine = create_engine(url);
        const bool has_driver = driver::find_driver(engine.url().backend()) != nullptr;
        try {
            engine.connect();
            FAIL();
        } catch (const NoSuchModuleError& error) {
            EXPECT_FALSE(has_driver);
            EXPECT_THAT(error.message(), HasSubstr("It has drivers for"));
            EXPECT_THAT(error.message(), ::testing::Not(HasSubstr("s3cret")));
        } catch (const OperationalError& error) {
            EXPECT_TRUE(has_driver);
            EXPECT_THAT(std::string(error.what()), ::testing::Not(HasSubstr("s3cret")));
        }
    }
}

TEST(SqliteUrl, journal_mode_that_the_database_refuses_is_an_error) {
    const Engine engine = create_engine("sqlite://", {.journal_mode = "WAL"});
    try {
        engine.connect();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_THAT(error.message(), HasSubstr("the journal mode stays 'memory'"));
    }
}

TEST(SqliteUrl, exhausted_pool_of_a_file_says_what_it_waited_for) {
    const test::FreshFile file;
    const Engine engine =
        create_engine(file.url(), {.pool_size = 1, .max_overflow = 0, .pool_timeout = std::chrono::milliseconds{30}});
    const Connection held = engine.connect();
    try {
        engine.connect();
        FAIL();
    } catch (const TimeoutError& error) {
        EXPECT_EQ(error.message(), "QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 0.03");
        EXPECT_THAT(error.what(), HasSubstr("3o7r"));
    }
}

}  // namespace
}  // namespace aludel
