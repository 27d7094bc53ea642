// Many rows of parameters in one packet.
#include "mysql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <string>
#include <vector>

namespace aludel {
namespace {

using test::ValueRow;
using ::testing::HasSubstr;

class MysqlBulk : public test::MysqlTest {
  protected:
    std::int64_t run_many(std::string_view sql, const std::vector<Value>& values, std::size_t rows) {
        auto cursor = connection_->prepare(sql);
        return cursor->execute_many(values, rows);
    }
    /// How often a statement was sent to run.
    std::int64_t executed() { return status("Com_stmt_execute"); }
    void make_table() {
        connection_->execute_script(
            "CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(50), data LONGBLOB, n DECIMAL(30, 10), "
            "d DATE, t DATETIME(6), c TIME(6), r DOUBLE)");
    }
};

TEST_F(MysqlBulk, all_types_arrive_with_their_nulls) {
    make_table();
    std::vector<Value> values;
    std::vector<ValueRow> wanted;
    for (int i = 0; i < 500; ++i) {
        ValueRow row{Value::of(i),
                     Value::text("name " + std::to_string(i)),
                     Value::bytes(std::string(static_cast<std::size_t>(i % 7), '\0')),
                     Value::decimal(std::to_string(i) + ".1234567890"),
                     Value::date(i * 30),
                     Value::datetime(i * 1'000'000'000'001),
                     Value::time(i * 1'000'001),
                     Value::of(i / 7.0)};
        for (std::size_t column = 1; column < row.size(); ++column)
            if (static_cast<std::size_t>(i) % 8 == column) row[column] = Value{};
        values.insert(values.end(), row.begin(), row.end());
        wanted.push_back(std::move(row));
    }
    const auto before = executed();
    EXPECT_EQ(run_many("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values, 500), 500);
    EXPECT_LE(executed() - before, 3);  // one packet, and the statement that counts
    EXPECT_EQ(query("SELECT * FROM t ORDER BY id"), wanted);
}

TEST_F(MysqlBulk, column_that_is_null_everywhere) {
    make_table();
    EXPECT_EQ(
        run_many("INSERT INTO t (id, name) VALUES (?, ?)", {Value::of(1), {}, Value::of(2), {}, Value::of(3), {}}, 3),
        3);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t WHERE name IS NULL"), Value::of(3));
}

TEST_F(MysqlBulk, types_that_differ_between_rows_are_sent_apart) {
    connection_->execute_script("CREATE TABLE m (i INT AUTO_INCREMENT PRIMARY KEY, x VARCHAR(40))");
    const std::vector<Value> values{{},
                                    Value::of(1),
                                    Value::of(2),
                                    Value::text("three"),
                                    Value::of(4.5),
                                    Value::of(18446744073709551615ull),
                                    Value::decimal("6.25"),
                                    {},
                                    Value::text("")};
    EXPECT_EQ(run_many("INSERT INTO m (x) VALUES (?)", values, values.size()), 9);
    std::vector<ValueRow> wanted;
    for (const auto* text : {"", "1", "2", "three", "4.5", "18446744073709551615", "6.25", "", ""})
        wanted.push_back({Value::text(text)});
    wanted[0] = wanted[7] = {Value{}};
    EXPECT_EQ(query("SELECT x FROM m ORDER BY i"), wanted);
}

TEST_F(MysqlBulk, more_than_a_packet_is_sent_in_several) {
    make_table();
    std::vector<Value> values;
    for (int i = 0; i < 100; ++i) {
        values.push_back(Value::of(i));
        values.push_back(Value::bytes(std::string(50'000, static_cast<char>('a' + i % 26))));
    }
    EXPECT_EQ(run_many("INSERT INTO t (id, data) VALUES (?, ?)", values, 100), 100);
    EXPECT_EQ(scalar("SELECT COUNT(DISTINCT id) FROM t WHERE LENGTH(data) = 50000"), Value::of(100));
}

TEST_F(MysqlBulk, updates_and_deletes_count_all_their_rows) {
    make_table();
    connection_->execute_script("INSERT INTO t (id, name) SELECT seq, 'old' FROM seq_1_to_10");
    // The last two match nothing; the first changes nothing, but matches.
    EXPECT_EQ(run_many("UPDATE t SET name = ? WHERE id = ?",
                       {Value::text("old"), Value::of(1), Value::text("b"), Value::of(2), Value::text("c"),
                        Value::of(3), Value::text("d"), Value::of(77), Value::text("e"), Value::of(78)},
                       5),
              3);
    EXPECT_EQ(run_many("DELETE FROM t WHERE id = ?", {Value::of(1), Value::of(2), Value::of(99)}, 3), 2);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(8));
}

TEST_F(MysqlBulk, failure_of_one_row_fails_the_call) {
    make_table();
    connection_->begin();
    const auto failure = test::failure_of([&] {
        run_many("INSERT INTO t (id) VALUES (?)", {Value::of(1), Value::of(2), Value::of(1), Value::of(3)}, 4);
    });
    EXPECT_EQ(failure.code, 1062);
    EXPECT_THAT(failure.message, HasSubstr("Duplicate entry '1'"));
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(0));
    EXPECT_EQ(run_many("INSERT INTO t (id) VALUES (?)", {Value::of(1), Value::of(2)}, 2), 2);
}

TEST_F(MysqlBulk, value_that_cannot_be_sent_fails_before_its_packet) {
    make_table();
    const auto failure = test::failure_of([&] {
        run_many("INSERT INTO t (id, d) VALUES (?, ?)",
                 {Value::of(1), Value::date(0), Value::of(2), Value::date(9999999)}, 2);
    });
    EXPECT_EQ(failure.code, 1292);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(0));
}

TEST_F(MysqlBulk, statement_that_cannot_be_sent_so_runs_row_by_row) {
    make_table();
    connection_->execute_script("CREATE PROCEDURE p (IN a INT) INSERT INTO t (id) VALUES (a)");
    EXPECT_EQ(run_many("CALL p(?)", {Value::of(1), Value::of(2)}, 2), 2);
    EXPECT_EQ(run_many("INSERT INTO t (id, name) SELECT id + 10, ? FROM t WHERE id = ?",
                       {Value::text("a"), Value::of(1), Value::text("b"), Value::of(2)}, 2),
              2);
    EXPECT_EQ(run_many("SET @a = ?", {Value::of(1), Value::of(2)}, 2), 0);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(4));
}

TEST_F(MysqlBulk, rows_that_are_returned_are_counted) {
    make_table();
    EXPECT_EQ(run_many("INSERT INTO t (id) VALUES (?) RETURNING id", {Value::of(1), Value::of(2)}, 2), 2);
    EXPECT_EQ(run_many("INSERT INTO t (id) VALUES (?) RETURNING id", {Value::of(3), Value::of(4), Value::of(5)}, 3), 3);
    EXPECT_EQ(query("INSERT INTO t (id) VALUES (?) RETURNING id", {Value::of(6)}),
              (std::vector<ValueRow>{{Value::of(6)}}));
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(6));
}

TEST_F(MysqlBulk, statement_can_run_alone_afterwards) {
    make_table();
    auto cursor = connection_->prepare("INSERT INTO t (id, name) VALUES (?, ?)");
    cursor->execute_many(std::vector{Value::of(1), Value::text("a"), Value::of(2), Value::text("b")}, 2);
    cursor->execute(std::vector{Value::of(3), Value{}});
    EXPECT_EQ(cursor->rows_affected(), 1);
    EXPECT_EQ(cursor->execute_many(std::vector<Value>{}, 0), 0);
    EXPECT_EQ(query("SELECT name FROM t ORDER BY id"),
              (std::vector<ValueRow>{{Value::text("a")}, {Value::text("b")}, {Value{}}}));
}

TEST_F(MysqlBulk, wrong_number_of_values_is_refused) {
    make_table();
    const auto failure = test::failure_of(
        [&] { run_many("INSERT INTO t (id, name) VALUES (?, ?)", {Value::of(1), Value::of(2), Value::of(3)}, 3); });
    EXPECT_THAT(failure.message, HasSubstr("2 parameters, but 1 values"));
}

}  // namespace
}  // namespace aludel
