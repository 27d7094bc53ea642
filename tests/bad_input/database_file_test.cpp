// Files that are no database, cannot be opened, written or locked.
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace aludel {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr int code_busy = 5, code_readonly = 8, code_full = 13, code_cannot_open = 14, code_not_a_database = 26;

void make_table(const Engine& engine) {
    engine.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (x)"); });
}

template <class Work>
OperationalError operational_error_of(Work&& work) {
    try {
        work();
    } catch (const OperationalError& error) {
        return error;
    }
    ADD_FAILURE() << "no OperationalError";
    return OperationalError("none");
}

TEST(DatabaseFile, directory_is_not_opened) {
    const test::TemporaryDirectory directory;
    const Engine engine = create_engine("sqlite:///" + directory.path().string());
    const auto error = operational_error_of([&] { engine.connect(); });
    EXPECT_EQ(error.driver_code() & 0xff, code_cannot_open);
    EXPECT_THAT(error.message(), HasSubstr("unable to open database file"));
    EXPECT_THAT(error.message(), HasSubstr(directory.path().string()));
    EXPECT_EQ(error.code(), "e3q8");
}

TEST(DatabaseFile, missing_directory_is_named) {
    const test::TemporaryDirectory directory;
    const Engine engine = create_engine("sqlite:///" + directory.file("no/such/place.db"));
    const auto error = operational_error_of([&] { engine.connect(); });
    EXPECT_EQ(error.driver_code() & 0xff, code_cannot_open);
    EXPECT_THAT(error.message(), HasSubstr("no/such/place.db"));
}

TEST(DatabaseFile, missing_file_is_not_made_with_mode_rw_or_ro) {
    const test::FreshFile file;
    for (const char* mode : {"?mode=rw", "?mode=ro"}) {
        operational_error_of([&] { create_engine(file.url(mode)).connect(); });
        EXPECT_FALSE(std::filesystem::exists(file.path()));
    }
}

TEST(DatabaseFile, engine_alone_makes_no_file) {  // S0-001
    const test::FreshFile file;
    const Engine engine = create_engine(file.url());
    EXPECT_FALSE(std::filesystem::exists(file.path()));
    EXPECT_EQ(engine.url().database(), file.path());
}

TEST(DatabaseFile, text_file_is_no_database) {
    const test::FreshFile file;
    std::ofstream{file.path()} << std::string(2000, 'x');
    const Engine engine = create_engine(file.url());
    try {
        Connection connection = engine.connect();
        connection.exec_driver_sql("SELECT * FROM sqlite_master");
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.driver_code(), code_not_a_database);
        EXPECT_EQ(error.driver_message(), "file is not a database");
        EXPECT_FALSE(error.connection_invalidated());
    }
}

TEST(DatabaseFile, opened_for_reading_refuses_writes_and_stays_usable) {
    const test::FreshFile file;
    make_table(create_engine(file.url()));
    const Engine engine = create_engine(file.url("?mode=ro"));
    Connection connection = engine.connect();
    const auto error = operational_error_of([&] { connection.exec_driver_sql("INSERT INTO t VALUES (1)"); });
    EXPECT_EQ(error.driver_code() & 0xff, code_readonly);
    EXPECT_EQ(error.driver_message(), "attempt to write a readonly database");
    EXPECT_EQ(error.statement(), "INSERT INTO t VALUES (1)");
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 0);
}

// Root may write every file: in a child process the test becomes nobody first. Ends the process: with 0, and the error
// on its standard error, when the write was refused.
[[noreturn]] void insert_as_an_ordinary_user(const std::string& url) {
    constexpr unsigned nobody = 65534;
    if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) std::_Exit(2);
    try {
        Connection connection = create_engine(url).connect();
        if (connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>() != 0) std::_Exit(3);
        connection.exec_driver_sql("INSERT INTO t VALUES (1)");
    } catch (const OperationalError& error) {
        std::fprintf(stderr, "code %d: %s", error.driver_code() & 0xff, error.driver_message().c_str());
        std::_Exit(0);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s", error.what());
    }
    std::_Exit(1);
}

TEST(DatabaseFile, file_without_write_permission_refuses_writes) {
    using std::filesystem::perms;
    const test::FreshFile file;
    make_table(create_engine(file.url()));
    std::filesystem::permissions(file.directory().path(), perms::owner_all | perms::others_read | perms::others_exec);
    std::filesystem::permissions(file.path(), perms::owner_read | perms::others_read);
    EXPECT_EXIT(insert_as_an_ordinary_user(file.url()), ::testing::ExitedWithCode(0),
                "code " + std::to_string(code_readonly) + ": attempt to write a readonly database");
}

TEST(DatabaseFile, lock_held_past_the_timeout_is_an_error_and_no_longer_than_that) {
    const test::FreshFile file;
    const Engine engine = create_engine(file.url(), {.busy_timeout = 150ms});
    make_table(engine);
    Connection holder = engine.connect();
    holder.exec_driver_sql("INSERT INTO t VALUES (1)");
    Connection waiting = engine.connect();
    const auto before = std::chrono::steady_clock::now();
    const auto error = operational_error_of([&] { waiting.exec_driver_sql("INSERT INTO t VALUES (2)"); });
    const auto waited = std::chrono::steady_clock::now() - before;
    EXPECT_EQ(error.driver_code() & 0xff, code_busy);
    EXPECT_EQ(error.driver_message(), "database is locked");
    EXPECT_GE(waited, 140ms);
    EXPECT_LT(waited, 5s);
    holder.commit();
    waiting.rollback();
    waiting.exec_driver_sql("INSERT INTO t VALUES (2)");
    waiting.commit();
}

TEST(DatabaseFile, waiting_for_a_lock_goes_through_the_waiter) {
    class CountingWaiter final : public Waiter {
      public:
        Outcome pause(std::chrono::microseconds, Clock::time_point) override {
            return ++pauses < 4 ? Outcome::ready : Outcome::cancelled;
        }
        int pauses = 0;
    };
    const auto waiter = std::make_shared<CountingWaiter>();
    const test::FreshFile file;
    const Engine engine = create_engine(file.url(), {.busy_timeout = 1h, .waiter = waiter});
    make_table(engine);
    Connection holder = engine.connect();
    holder.exec_driver_sql("INSERT INTO t VALUES (1)");
    Connection waiting = engine.connect();
    operational_error_of([&] { waiting.exec_driver_sql("INSERT INTO t VALUES (2)"); });
    EXPECT_EQ(waiter->pauses, 4);
}

TEST(DatabaseFile, full_disk_is_an_error_with_its_code) {
    const test::FreshFile file;
    const Engine engine = create_engine(file.url());
    make_table(engine);
    Connection connection = engine.connect();
    connection.exec_driver_sql("INSERT INTO t VALUES (1)");
    connection.commit();
    connection.exec_driver_sql("PRAGMA max_page_count = 3").close();
    const auto error =
        operational_error_of([&] { connection.exec_driver_sql("INSERT INTO t VALUES (zeroblob(1000000))"); });
    EXPECT_EQ(error.driver_code() & 0xff, code_full);
    EXPECT_EQ(error.driver_message(), "database or disk is full");
    connection.rollback();
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 1);
    connection.exec_driver_sql("INSERT INTO t VALUES (2)");
    connection.commit();
}

TEST(DatabaseFile, names_with_blanks_quotes_and_chinese_letters_are_files) {
    const test::TemporaryDirectory directory;
    for (const std::string name : {"with blank.db", "a\"b'c.db", "数据库.db", "percent%25.db", "question%3F.db"}) {
        const Engine engine = create_engine("sqlite:///" + directory.file(name));
        make_table(engine);
        EXPECT_TRUE(std::filesystem::exists(engine.url().database())) << name;
    }
}

TEST(DatabaseFile, two_engines_on_one_file_see_what_is_committed) {
    const test::FreshFile file;
    const Engine one = create_engine(file.url());
    const Engine two = create_engine(file.url());
    make_table(one);
    Connection writer = one.connect();
    Connection reader = two.connect();
    writer.exec_driver_sql("INSERT INTO t VALUES (1)");
    EXPECT_EQ(reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 0);
    reader.rollback();
    writer.commit();
    EXPECT_EQ(reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one<int>(), 1);
}

}  // namespace
}  // namespace aludel
