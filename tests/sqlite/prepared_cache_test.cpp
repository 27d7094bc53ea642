// What a connection keeps prepared. SQLite itself is asked: its authorizer is called when a statement is prepared, and
// it lists the statements that are prepared on a connection.
#include <aludel/engine/driver.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/engine/waiter.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace aludel {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Sees every connection that SQLite opens while the test runs. The tests have one each.
class PreparedCache : public ::testing::Test {
  protected:
    PreparedCache() {
        opened = nullptr;
        prepared = 0;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&on_open));
    }
    ~PreparedCache() override { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&on_open)); }

    std::unique_ptr<driver::Connection> connect(std::size_t cache_size) {
        driver::ConnectOptions options;
        options.prepared_cache_size = cache_size;
        return driver::find_driver("sqlite")->connect(URL::parse("sqlite://"), options, waiter_);
    }

    /// The only value that the statement gives.
    static std::int64_t value_of(driver::Connection& connection, std::string_view sql) {
        const auto cursor = connection.prepare(sql);
        cursor->execute();
        EXPECT_TRUE(cursor->next());
        return cursor->row()[0].integer;
    }

    /// The texts of what is prepared on the connection.
    static std::vector<std::string> kept() {
        std::vector<std::string> texts;
        for (auto* each = sqlite3_next_stmt(opened, nullptr); each; each = sqlite3_next_stmt(opened, each))
            texts.emplace_back(sqlite3_sql(each));
        return texts;
    }

    static inline sqlite3* opened = nullptr;
    /// How many SELECTs were prepared.
    static inline int prepared = 0;

  private:
    static int on_open(sqlite3* database, char**, const void*) {
        opened = database;
        sqlite3_set_authorizer(
            database,
            [](void*, int action, const char*, const char*, const char*, const char*) {
                if (action == SQLITE_SELECT) ++prepared;
                return SQLITE_OK;
            },
            nullptr);
        return SQLITE_OK;
    }

    Waiter waiter_;
};

TEST_F(PreparedCache, repeated_statement_is_prepared_once) {
    const auto connection = connect(64);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(value_of(*connection, "SELECT 1"), 1);
    EXPECT_EQ(prepared, 1);
    EXPECT_EQ(value_of(*connection, "SELECT 2"), 2);
    EXPECT_EQ(prepared, 2);
    EXPECT_THAT(kept(), UnorderedElementsAre("SELECT 1", "SELECT 2"));
}

TEST_F(PreparedCache, least_recently_used_statement_goes_first) {
    const auto connection = connect(2);
    for (const char* sql : {"SELECT 1", "SELECT 2", "SELECT 1", "SELECT 3"}) value_of(*connection, sql);
    EXPECT_THAT(kept(), UnorderedElementsAre("SELECT 1", "SELECT 3"));
    prepared = 0;
    value_of(*connection, "SELECT 1");
    EXPECT_EQ(prepared, 0);
    value_of(*connection, "SELECT 2");
    EXPECT_EQ(prepared, 1);
}

TEST_F(PreparedCache, cache_of_one_keeps_the_last) {
    const auto connection = connect(1);
    for (const char* sql : {"SELECT 1", "SELECT 2", "SELECT 2", "SELECT 1", "SELECT 1"}) value_of(*connection, sql);
    EXPECT_EQ(prepared, 3);
    EXPECT_THAT(kept(), ElementsAre("SELECT 1"));
}

TEST_F(PreparedCache, cache_of_none_keeps_nothing) {
    const auto connection = connect(0);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(value_of(*connection, "SELECT 1"), 1);
    EXPECT_EQ(prepared, 3);
    EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(PreparedCache, statement_in_use_twice_has_two_cursors_of_which_one_is_kept) {
    const auto connection = connect(64);
    const std::string sql = "SELECT 1 UNION ALL SELECT 2";
    {
        const auto first = connection->prepare(sql), second = connection->prepare(sql);
        EXPECT_THAT(kept(), ElementsAre(sql, sql));
        first->execute();
        EXPECT_TRUE(first->next());
        second->execute();
        EXPECT_TRUE(second->next());
        EXPECT_EQ(second->row()[0].integer, 1);
        EXPECT_TRUE(first->next());
        EXPECT_EQ(first->row()[0].integer, 2);
        EXPECT_TRUE(second->next());
        EXPECT_EQ(second->row()[0].integer, 2);
        EXPECT_FALSE(first->next());
        EXPECT_FALSE(second->next());
    }
    EXPECT_THAT(kept(), ElementsAre(sql));
    prepared = 0;
    EXPECT_EQ(value_of(*connection, sql), 1);
    EXPECT_EQ(prepared, 0);
}

TEST_F(PreparedCache, statement_in_use_is_not_evicted) {
    const auto connection = connect(1);
    {
        const auto reading = connection->prepare("SELECT 1 UNION ALL SELECT 2");
        reading->execute();
        EXPECT_TRUE(reading->next());
        for (const char* sql : {"SELECT 3", "SELECT 4"}) value_of(*connection, sql);
        EXPECT_TRUE(reading->next());
        EXPECT_EQ(reading->row()[0].integer, 2);
    }
    value_of(*connection, "SELECT 5");
    EXPECT_THAT(kept(), ElementsAre("SELECT 5")) << "the cache shrinks to its size when they are idle";
}

TEST_F(PreparedCache, statement_that_fails_is_not_kept) {
    const auto connection = connect(64);
    EXPECT_THROW(connection->prepare("SELECT nope"), driver::Failure);
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_EQ(value_of(*connection, "SELECT 1"), 1);
}

TEST_F(PreparedCache, changed_table_is_seen_by_a_kept_statement) {
    const auto connection = connect(64);
    connection->execute_script("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    EXPECT_EQ(value_of(*connection, "SELECT * FROM t"), 1);
    connection->execute_script("ALTER TABLE t ADD COLUMN b DEFAULT 7");
    const auto cursor = connection->prepare("SELECT * FROM t");
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    ASSERT_EQ(cursor->row().size(), 2u);
    EXPECT_EQ(cursor->row()[1].integer, 7);
}

TEST_F(PreparedCache, engine_passes_the_size_on) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{64}}) {
        const Engine engine = create_engine("sqlite://", {.prepared_cache_size = size});
        Connection connection = engine.connect();
        prepared = 0;
        for (int i = 0; i < 4; ++i) EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
        EXPECT_EQ(prepared, size == 0 ? 4 : 1);
    }
}

}  // namespace
}  // namespace aludel
