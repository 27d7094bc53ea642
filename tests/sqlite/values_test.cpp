#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace aludel {
namespace {

using namespace std::string_literals;

class ValuesTest : public ::testing::Test {
  protected:
    Value there_and_back(const Value& value) {
        return connection_.exec_driver_sql("SELECT ?", std::vector{value}).scalar_one<Value>();
    }
    test::FreshFile file_;
    Engine engine_ = create_engine(file_.url());
    Connection connection_ = engine_.connect();
};

TEST_F(ValuesTest, integers_keep_all_64_bits) {
    for (const auto number : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                              std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 53})
        EXPECT_EQ(there_and_back(Value::of(number)), Value::of(number));
}

TEST_F(ValuesTest, reals_keep_their_bits) {
    for (const double number : {0.1, -0.0, 1e308, 5e-324, std::numeric_limits<double>::infinity()}) {
        const Value back = there_and_back(Value::of(number));
        ASSERT_EQ(back.kind(), ValueKind::real);
        EXPECT_EQ(back.as_real(), number);
        EXPECT_EQ(std::signbit(back.as_real()), std::signbit(number));
    }
}

TEST_F(ValuesTest, text_keeps_nul_characters_and_unicode) {
    for (const auto& text : {""s, "a\0b"s, "\0"s, "Grüße, 数据库 🙂"s, std::string(100'000, 'x')})
        EXPECT_EQ(there_and_back(Value::text(text)), Value::text(text));
}

TEST_F(ValuesTest, text_of_ten_megabytes_is_one_value) {
    const std::string text(10'000'000, 'x');
    EXPECT_EQ(there_and_back(Value::text(text)).as_text().size(), text.size());
}

TEST_F(ValuesTest, blobs_keep_every_byte_and_may_be_empty) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(there_and_back(Value::bytes(all)), Value::bytes(all));
    const Value empty = there_and_back(Value::bytes({}));
    EXPECT_EQ(empty.kind(), ValueKind::bytes) << "an empty blob is not NULL";
    EXPECT_EQ(empty.as_text(), "");
}

TEST_F(ValuesTest, null_is_null) { EXPECT_TRUE(there_and_back(Value::null()).is_null()); }

TEST_F(ValuesTest, text_that_the_caller_drops_is_still_read_by_later_rows) {
    CursorResult result = [&] {
        std::vector<Value> values{Value::text(std::string(50, 'a')), Value::text(std::string(50, 'b'))};
        return connection_.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i || ? || ? FROM n",
            values);
    }();
    const auto rows = result.scalars<std::string>().all();
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[2], "3" + std::string(50, 'a') + std::string(50, 'b'));
}

TEST_F(ValuesTest, number_of_values_must_be_that_of_the_parameters) {
    EXPECT_THROW(connection_.exec_driver_sql("SELECT ?, ?", std::vector{Value::of(1)}), DBAPIError);
    EXPECT_THROW(connection_.exec_driver_sql("SELECT 1", std::vector{Value::of(1)}), DBAPIError);
}

TEST_F(ValuesTest, text_after_the_statement_is_refused) {
    EXPECT_THROW(connection_.exec_driver_sql("SELECT 1; DROP TABLE t"), DBAPIError);
    EXPECT_THROW(connection_.exec_driver_sql("SELECT 1; garbage"), DBAPIError);
    EXPECT_THROW(connection_.exec_driver_sql("SELECT 1\0; DROP TABLE t"s), DBAPIError);
    EXPECT_THROW(connection_.exec_driver_sql(""), DBAPIError);
    EXPECT_THROW(connection_.exec_driver_sql("-- only a comment"), DBAPIError);
    EXPECT_EQ(connection_.exec_driver_sql("SELECT 1; -- a comment").scalar_one<int>(), 1);
}

TEST_F(ValuesTest, row_counts_and_generated_keys_are_those_of_the_statement) {
    connection_.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
    EXPECT_EQ(connection_.exec_driver_sql("INSERT INTO t (x) VALUES (1), (1), (2)").rowcount(), 3);
    const auto inserted = connection_.exec_driver_sql("INSERT INTO t (x) VALUES (3)");
    EXPECT_EQ(inserted.rowcount(), 1);
    EXPECT_EQ(inserted.lastrowid(), 4);
    EXPECT_EQ(connection_.exec_driver_sql("-- a comment\nUPDATE t SET x = 5 WHERE x = 1").rowcount(), 2);
    EXPECT_EQ(connection_.exec_driver_sql("UPDATE t SET x = 5 WHERE x = 99").rowcount(), 0);
    EXPECT_EQ(connection_.exec_driver_sql("DELETE FROM t").rowcount(), 4);
    EXPECT_EQ(connection_.exec_driver_sql("SELECT 1").rowcount(), -1);
    EXPECT_EQ(connection_.exec_driver_sql("CREATE TABLE u (x)").rowcount(), -1);
    EXPECT_EQ(connection_.exec_driver_sql("CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID").lastrowid(), 0);
    connection_.exec_driver_sql("INSERT INTO t (id) VALUES (9000000000)");
    EXPECT_EQ(connection_.exec_driver_sql("INSERT INTO w VALUES ('k')").lastrowid(), 0);
    EXPECT_EQ(connection_.exec_driver_sql("INSERT INTO t (x) VALUES (1)").lastrowid(), 9000000001);
    EXPECT_EQ(connection_.exec_driver_sql("INSERT OR IGNORE INTO t (id) VALUES (9000000000)").lastrowid(), 0);
}

TEST_F(ValuesTest, statement_survives_a_change_of_the_schema) {
    connection_.exec_driver_sql("CREATE TABLE t (a)");
    connection_.exec_driver_sql("INSERT INTO t VALUES (1)");
    EXPECT_EQ(connection_.exec_driver_sql("SELECT * FROM t").all()[0].size(), 1u);
    connection_.exec_driver_sql("ALTER TABLE t ADD COLUMN b");
    const auto rows = connection_.exec_driver_sql("SELECT * FROM t").all();
    EXPECT_EQ(rows[0].size(), 2u);
    EXPECT_EQ(rows[0].repr(), "(1, None)");
}

TEST_F(ValuesTest, error_position_is_told) {
    try {
        connection_.exec_driver_sql("SELECT 1 FROM nowhere");
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_EQ(error.driver_message(), "no such table: nowhere");
    }
    try {
        connection_.exec_driver_sql("SELECT 1 +* 2");
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_THAT(error.message(), ::testing::HasSubstr("near \"*\": syntax error, at character 11"));
        EXPECT_EQ(error.statement(), "SELECT 1 +* 2");
    }
}

}  // namespace
}  // namespace aludel
