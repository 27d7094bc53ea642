// How statements are prepared, kept, run and read.
#include "mysql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace aludel {
namespace {

using test::ValueRow;
using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MysqlStatements : public test::MysqlTest {
  protected:
    std::int64_t prepared() { return status("Com_stmt_prepare"); }
    /// How many statements the server keeps for all its sessions.
    void make_numbers() {
        connection_->execute_script("CREATE TABLE n (i INT PRIMARY KEY); INSERT INTO n SELECT seq FROM seq_1_to_1000");
    }
};

TEST_F(MysqlStatements, same_text_is_prepared_once) {
    scalar("SELECT 1 + ?", {Value::of(1)});
    const auto before = prepared();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(scalar("SELECT 1 + ?", {Value::of(i)}), Value::of(1 + i));
    // What counts is itself prepared, once each time it is asked.
    EXPECT_EQ(prepared() - before, 0);
}

TEST_F(MysqlStatements, least_recently_used_statement_is_closed) {
    driver::ConnectOptions options;
    options.prepared_cache_size = 2;
    connection_ = connect(options);
    const auto closed = [this] {
        return test::query(*connection_, "SHOW SESSION STATUS LIKE 'Com_stmt_close'").at(0).at(1).as_text();
    };
    EXPECT_EQ(closed(), "0");
    scalar("SELECT 1");
    scalar("SELECT 2");
    // SHOW STATUS was closed for SELECT 2, SELECT 1 for SHOW STATUS.
    EXPECT_EQ(closed(), "2");
}

TEST_F(MysqlStatements, no_statement_is_kept_without_a_cache) {
    driver::ConnectOptions options;
    options.prepared_cache_size = 0;
    connection_ = connect(options);
    scalar("SELECT 1");
    scalar("SELECT 1");
    const auto rows = query("SHOW SESSION STATUS WHERE Variable_name IN ('Com_stmt_prepare', 'Com_stmt_close')");
    EXPECT_EQ(rows[0][1], Value::text("2"));
    EXPECT_EQ(rows[1][1], Value::text("3"));
}

TEST_F(MysqlStatements, same_text_may_be_open_twice) {
    make_numbers();
    auto first = connection_->prepare("SELECT i FROM n ORDER BY i LIMIT 3");
    first->execute();
    ASSERT_TRUE(first->next());
    auto second = connection_->prepare("SELECT i FROM n ORDER BY i LIMIT 3");
    second->execute();
    ASSERT_TRUE(second->next());
    ASSERT_TRUE(second->next());
    ASSERT_TRUE(first->next());
    EXPECT_EQ(first->row()[0].integer, 2);
    ASSERT_TRUE(second->next());
    EXPECT_EQ(second->row()[0].integer, 3);
    EXPECT_FALSE(second->next());
    EXPECT_FALSE(second->next());
    ASSERT_TRUE(first->next());
    EXPECT_EQ(first->row()[0].integer, 3);
}

TEST_F(MysqlStatements, wrong_number_of_values_is_said_with_both_numbers) {
    const auto failure = test::failure_of([&] { query("SELECT ?, ?", {Value::of(1)}); });
    EXPECT_EQ(failure.message, "the statement has 2 parameters, but 1 values were given");
    EXPECT_EQ(query("SELECT ?, ?", {Value::of(1), Value::of(2)}).size(), 1u);
}

TEST_F(MysqlStatements, text_without_exactly_one_statement_is_refused) {
    EXPECT_EQ(test::failure_of([&] { query("SELECT 1; SELECT 2"); }).code, 1064);
    EXPECT_EQ(test::failure_of([&] { query(""); }).code, 1065);
    EXPECT_EQ(test::failure_of([&] { query("SELEC 1"); }).sqlstate, "42000");
    EXPECT_EQ(scalar("SELECT 1;"), Value::of(1));
}

TEST_F(MysqlStatements, text_reaches_the_server_behind_a_nul_character) {
    EXPECT_EQ(scalar("SELECT 'a\0b'"s), Value::text("a\0b"s));
    EXPECT_EQ(test::failure_of([&] { query("SELECT 1 \0, nonsense("s); }).code, 1064);
}

TEST_F(MysqlStatements, script_runs_all_its_statements) {
    connection_->execute_script(
        "CREATE TABLE s (x INT); INSERT INTO s VALUES (1), (2); SELECT * FROM s; -- a comment; with a semicolon\n"
        "UPDATE s SET x = x + 10;");
    EXPECT_EQ(scalar("SELECT SUM(x) FROM s"), Value::decimal("23"));
    // Afterwards one statement is one again.
    const auto failure = test::failure_of([&] { query("SELECT 1; DROP TABLE s"); });
    EXPECT_EQ(failure.code, 1064);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM s"), Value::of(2));
}

TEST_F(MysqlStatements, script_ends_at_its_first_error) {
    const auto failure = test::failure_of([&] {
        connection_->execute_script(
            "CREATE TABLE s (x INT); INSERT INTO s VALUES (1); INSERT INTO t VALUES (1); "
            "INSERT INTO s VALUES (2)");
    });
    EXPECT_EQ(failure.code, 1146);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM s"), Value::of(1));
    EXPECT_EQ(test::failure_of([&] {
                  connection_->begin();
                  query("SELECT 1; SELECT 2");
              }).code,
              1064);
}

TEST_F(MysqlStatements, procedure_gives_its_first_result) {
    make_numbers();
    connection_->execute_script(
        "CREATE PROCEDURE p (IN a INT) BEGIN SELECT i, i * 2 AS twice FROM n WHERE i <= a; SELECT 'second'; END");
    for (const int rows : {2, 3}) {
        auto cursor = connection_->prepare("CALL p(?)");
        cursor->execute(std::vector{Value::of(rows)});
        EXPECT_EQ(cursor->column_count(), 2u);
        EXPECT_EQ(cursor->column_name(1), "twice");
        for (int i = 1; i <= rows; ++i) {
            ASSERT_TRUE(cursor->next());
            EXPECT_EQ(cursor->row()[1].integer, 2 * i);
        }
        EXPECT_FALSE(cursor->next());
    }
    EXPECT_EQ(scalar("SELECT 'after'"), Value::text("after"));
}

TEST_F(MysqlStatements, procedure_without_rows_has_an_effect_only) {
    make_numbers();
    connection_->execute_script("CREATE PROCEDURE p (IN a INT) DELETE FROM n WHERE i > a");
    EXPECT_EQ(run("CALL p(?)", {Value::of(10)}), 990);
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM n"), Value::of(10));
}

TEST_F(MysqlStatements, statement_that_is_not_prepared_runs_as_text) {
    connection_->execute_script(
        "CREATE TABLE s (x INT, d DATE, r DOUBLE, n DECIMAL(5, 2), b BLOB); "
        "INSERT INTO s VALUES (-7, '2020-01-02', 1.5, 2.25, X'00FF'), (NULL, NULL, NULL, NULL, NULL)");
    EXPECT_EQ(run("PREPARE p FROM 'SELECT * FROM s'"), 0);
    const auto rows = query("EXECUTE p");
    EXPECT_EQ(rows[0], (ValueRow{Value::of(-7), Value::date(18263), Value::of(1.5), Value::decimal("2.25"),
                                 Value::bytes("\0\xff"s)}));
    EXPECT_EQ(rows[1], (ValueRow{{}, {}, {}, {}, {}}));
    const auto failure = test::failure_of([&] { run("EXECUTE p", {Value::of(1)}); });
    EXPECT_EQ(failure.code, 1295);
    EXPECT_THAT(failure.message, HasSubstr("cannot have parameters, but 1 values"));
}

TEST_F(MysqlStatements, effects_are_counted) {
    connection_->execute_script("CREATE TABLE s (id INT AUTO_INCREMENT PRIMARY KEY, x INT)");
    auto insert = connection_->prepare("INSERT INTO s (x) VALUES (?)");
    insert->execute(std::vector{Value::of(1)});
    EXPECT_EQ(insert->rows_affected(), 1);
    EXPECT_EQ(insert->last_insert_id(), 1);
    insert->execute(std::vector{Value::of(2)});
    EXPECT_EQ(insert->last_insert_id(), 2);
    EXPECT_EQ(insert->column_count(), 0u);
    EXPECT_FALSE(insert->next());
    // Rows that match, whether or not they change.
    EXPECT_EQ(run("UPDATE s SET x = 1"), 2);
    EXPECT_EQ(run("DELETE FROM s WHERE id = 7"), 0);
    auto select = connection_->prepare("SELECT * FROM s");
    select->execute();
    EXPECT_EQ(select->rows_affected(), -1);
    EXPECT_EQ(select->last_insert_id(), 0);
    EXPECT_EQ(run("DELETE FROM s"), 2);
}

TEST_F(MysqlStatements, returning_gives_rows_and_counts_them) {
    connection_->execute_script("CREATE TABLE s (id INT AUTO_INCREMENT PRIMARY KEY, x INT)");
    auto insert = connection_->prepare("INSERT INTO s (x) VALUES (?), (?) RETURNING id, x");
    insert->set_streamed(true);  // has had its effect all the same
    insert->execute(std::vector{Value::of(5), Value::of(6)});
    EXPECT_EQ(insert->rows_affected(), 2);
    ASSERT_TRUE(insert->next());
    EXPECT_EQ(insert->row()[0].integer, 1);
    ASSERT_TRUE(insert->next());
    EXPECT_EQ(insert->row()[1].integer, 6);
    EXPECT_FALSE(insert->next());
    EXPECT_EQ(query("DELETE FROM s WHERE x = 5 RETURNING x").size(), 1u);
}

TEST_F(MysqlStatements, kept_statement_follows_its_table) {
    connection_->execute_script("CREATE TABLE s (x INT); INSERT INTO s VALUES (1)");
    EXPECT_EQ(query("SELECT * FROM s")[0], (ValueRow{Value::of(1)}));
    connection_->execute_script("ALTER TABLE s ADD COLUMN y VARCHAR(5) DEFAULT 'new'");
    EXPECT_EQ(query("SELECT * FROM s")[0], (ValueRow{Value::of(1), Value::text("new")}));
    connection_->execute_script("ALTER TABLE s MODIFY x VARCHAR(9)");
    EXPECT_EQ(query("SELECT * FROM s")[0], (ValueRow{Value::text("1"), Value::text("new")}));
    connection_->execute_script("DROP TABLE s");
    EXPECT_EQ(test::failure_of([&] { query("SELECT * FROM s"); }).code, 1146);
}

TEST_F(MysqlStatements, column_names_are_the_labels) {
    auto cursor = connection_->prepare("SELECT 1 AS one, 2, 'a' AS `two words`");
    cursor->execute();
    EXPECT_EQ(cursor->column_name(0), "one");
    EXPECT_EQ(cursor->column_name(1), "2");
    EXPECT_EQ(cursor->column_name(2), "two words");
}

TEST_F(MysqlStatements, warnings_are_passed_on_once_for_a_statement) {
    std::vector<std::string> notices;
    driver::ConnectOptions options;
    options.notice = [&](std::string_view severity, std::string_view message) {
        notices.push_back(fmt::format("{}: {}", severity, message));
    };
    connection_ = connect(options);
    run("DROP TABLE IF EXISTS missing");
    EXPECT_THAT(notices, ElementsAre(HasSubstr("Note: Unknown table")));
    EXPECT_EQ(scalar("SELECT 1/0"), Value{});
    EXPECT_EQ(scalar("SELECT 1/0"), Value{});
    EXPECT_THAT(notices, ElementsAre(HasSubstr("Note"), "Warning: Division by 0 (1365)"));
}

// -- stored rows

TEST_F(MysqlStatements, stored_rows_may_be_left_in_the_middle) {
    make_numbers();
    auto cursor =
        connection_->prepare("SELECT i, IF(i % 3 = 0, NULL, REPEAT('x', i)), NULLIF(i % 2, 0) FROM n ORDER BY i");
    for (const std::int64_t wanted : {0, 1, 300, 1000}) {
        cursor->execute();
        for (std::int64_t i = 1; i <= wanted; ++i) {
            ASSERT_TRUE(cursor->next());
            const auto row = cursor->row();
            ASSERT_EQ(row[0].integer, i);
            ASSERT_EQ(row[1].to_value(),
                      i % 3 == 0 ? Value{} : Value::text(std::string(static_cast<std::size_t>(i), 'x')));
            ASSERT_EQ(row[2].to_value(), i % 2 == 0 ? Value{} : Value::of(1));
        }
    }
    EXPECT_FALSE(cursor->next());
    EXPECT_FALSE(cursor->next());
}

TEST_F(MysqlStatements, empty_result_between_full_ones) {
    make_numbers();
    auto cursor = connection_->prepare("SELECT i FROM n WHERE i <= ? ORDER BY i");
    for (const std::int64_t rows : {2, 0, 3, 0, 0, 1}) {
        cursor->execute(std::vector{Value::of(rows)});
        std::int64_t count = 0;
        while (cursor->next()) EXPECT_EQ(cursor->row()[0].integer, ++count);
        EXPECT_EQ(count, rows);
    }
}

// -- streams

TEST_F(MysqlStatements, streamed_rows_are_those_of_a_stored_result) {
    make_numbers();
    auto cursor = connection_->prepare("SELECT i, REPEAT('x', i) FROM n ORDER BY i");
    cursor->set_streamed(true);
    cursor->execute();
    EXPECT_EQ(cursor->rows_affected(), -1);
    std::int64_t count = 0;
    while (cursor->next()) {
        ++count;
        ASSERT_EQ(cursor->row()[0].integer, count);
        ASSERT_EQ(cursor->row()[1].size, static_cast<std::size_t>(count));
    }
    EXPECT_EQ(count, 1000);
    EXPECT_FALSE(cursor->next());
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(MysqlStatements, another_statement_reads_the_rest_of_a_stream_into_memory) {
    make_numbers();
    auto cursor = connection_->prepare("SELECT i, REPEAT('x', i) FROM n ORDER BY i");
    cursor->set_streamed(true);
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    ASSERT_TRUE(cursor->next());
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM n"), Value::of(1000));
    // The row that was found before is still there.
    EXPECT_EQ(cursor->row()[0].integer, 2);
    EXPECT_EQ(cursor->row()[1].text(), "xx");
    std::int64_t count = 2;
    while (cursor->next()) {
        ASSERT_EQ(cursor->row()[0].integer, ++count);
        ASSERT_EQ(cursor->row()[1].size, static_cast<std::size_t>(count));
    }
    EXPECT_EQ(count, 1000);
}

TEST_F(MysqlStatements, streams_take_turns) {
    make_numbers();
    std::vector<driver::CursorPtr> cursors;
    for (int i = 0; i < 3; ++i) {
        cursors.push_back(connection_->prepare("SELECT i FROM n ORDER BY i"));
        cursors.back()->set_streamed(true);
        cursors.back()->execute();
        ASSERT_TRUE(cursors.back()->next());
    }
    for (std::int64_t row = 2; row <= 1000; ++row)
        for (auto& cursor : cursors) {
            ASSERT_TRUE(cursor->next());
            ASSERT_EQ(cursor->row()[0].integer, row);
        }
    for (auto& cursor : cursors) EXPECT_FALSE(cursor->next());
}

TEST_F(MysqlStatements, stored_rows_end_beside_a_stream) {
    make_numbers();
    auto stored = connection_->prepare("SELECT i FROM n WHERE i <= 2 ORDER BY i");
    stored->execute();
    auto stream = connection_->prepare("SELECT i FROM n ORDER BY i");
    stream->set_streamed(true);
    stream->execute();
    ASSERT_TRUE(stream->next());
    while (stored->next()) {}
    stored.reset();
    ASSERT_TRUE(stream->next());
    EXPECT_EQ(stream->row()[0].integer, 2);
    stream.reset();
    EXPECT_EQ(scalar("SELECT 'in order'"), Value::text("in order"));
}

TEST_F(MysqlStatements, statement_that_is_not_kept_may_end_beside_a_stream) {
    driver::ConnectOptions options;
    options.prepared_cache_size = 0;
    connection_ = connect(options);
    make_numbers();
    auto stored = connection_->prepare("SELECT i FROM n");
    stored->execute();
    auto stream = connection_->prepare("SELECT i FROM n ORDER BY i");
    stream->set_streamed(true);
    stream->execute();
    ASSERT_TRUE(stream->next());
    stored.reset();
    std::int64_t count = 1;
    while (stream->next()) EXPECT_EQ(stream->row()[0].integer, ++count);
    EXPECT_EQ(count, 1000);
    stream.reset();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(MysqlStatements, long_stream_that_is_left_is_ended_by_the_server) {
    const auto start = std::chrono::steady_clock::now();
    auto cursor = connection_->prepare("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_100000000");
    cursor->set_streamed(true);
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    cursor.reset();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

TEST_F(MysqlStatements, error_in_the_middle_of_a_stream_is_reported) {
    make_numbers();
    auto cursor =
        connection_->prepare("SELECT i, (SELECT a.i FROM n a WHERE a.i = 1 OR a.i = n.i - 500) FROM n ORDER BY i");
    cursor->set_streamed(true);
    const auto failure = test::failure_of([&] {
        cursor->execute();
        while (cursor->next()) {}
    });
    EXPECT_EQ(failure.code, 1242);
    EXPECT_FALSE(cursor->next());
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

// -- rows that are read at once

TEST_F(MysqlStatements, rows_read_at_once_are_those_of_a_stored_result) {
    make_numbers();
    auto cursor = connection_->prepare("SELECT i, IF(i % 3 = 0, NULL, REPEAT('x', i)) FROM n WHERE i <= ? ORDER BY i");
    for (const std::int64_t rows : {1000, 0, 1, 1000}) {
        cursor->set_read_at_once(true);
        cursor->execute(std::vector{Value::of(rows)});
        std::int64_t count = 0;
        while (cursor->next()) {
            ++count;
            ASSERT_EQ(cursor->row()[0].integer, count);
            ASSERT_EQ(cursor->row()[1].is_null(), count % 3 == 0);
            ASSERT_EQ(cursor->row()[1].size, static_cast<std::size_t>(count % 3 == 0 ? 0 : count));
        }
        EXPECT_EQ(count, rows);
        EXPECT_FALSE(cursor->next());
        EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    }
}

TEST_F(MysqlStatements, another_statement_beside_rows_read_at_once) {
    make_numbers();
    auto cursor = connection_->prepare("SELECT i, REPEAT('x', 1000) FROM n ORDER BY i");
    cursor->set_read_at_once(true);
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    EXPECT_EQ(scalar("SELECT 'beside'"), Value::text("beside"));
    for (std::int64_t i = 2; i <= 1000; ++i) {
        ASSERT_TRUE(cursor->next());
        ASSERT_EQ(cursor->row()[0].integer, i);
    }
    EXPECT_FALSE(cursor->next());
}

TEST_F(MysqlStatements, rows_read_at_once_may_be_left_and_the_statement_goes_on_to_its_end) {
    auto cursor = connection_->prepare("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_100000");
    cursor->set_read_at_once(true);
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    cursor.reset();
    EXPECT_EQ(scalar("SELECT 'after'"), Value::text("after"));
}

TEST_F(MysqlStatements, warnings_of_rows_read_at_once_are_passed_on) {
    std::vector<std::string> notices;
    driver::ConnectOptions options;
    options.notice = [&](std::string_view, std::string_view message) { notices.emplace_back(message); };
    connection_ = connect(options);
    auto cursor = connection_->prepare("SELECT 1/0");
    for (int run = 1; run <= 2; ++run) {
        cursor->set_read_at_once(true);
        cursor->execute();
        EXPECT_TRUE(cursor->next());
        EXPECT_FALSE(cursor->next());
    }
    EXPECT_THAT(notices, ElementsAre("Division by 0 (1365)"));
}

// What made room for itself reads on: the failure is not its own.
TEST_F(MysqlStatements, failure_among_rows_that_another_statement_stored_comes_behind_them) {
    auto rows = connection_->prepare(
        "SELECT o.seq, IF(o.seq = 500, (SELECT i.seq FROM seq_1_to_2 AS i WHERE i.seq < o.seq), REPEAT('x', 1000)) "
        "FROM seq_1_to_1000 AS o");
    rows->set_read_at_once(true);
    rows->execute();
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(scalar("SELECT 'between'"), Value::text("between"));
    EXPECT_EQ(rows->row()[0].integer, 1);
    EXPECT_EQ(rows->row()[1].text().size(), 1000u);
    int count = 1;
    const driver::Failure failure = test::failure_of([&] {
        while (rows->next()) ++count;
    });
    EXPECT_NE(failure.code, 0);
    EXPECT_GT(count, 1);
    EXPECT_LT(count, 500);
    EXPECT_FALSE(rows->next());
}

TEST_F(MysqlStatements, time_limit_of_rows_read_at_once_is_for_all_of_them) {
    driver::ConnectOptions options;
    options.statement_timeout = std::chrono::milliseconds{300};
    connection_ = connect(options);
    auto cursor = connection_->prepare("SELECT SLEEP(0.05), REPEAT('x', 20000) FROM seq_1_to_100");
    cursor->set_read_at_once(true);
    const driver::Failure failure = test::failure_of([&] {
        cursor->execute();
        while (cursor->next()) {}
    });
    EXPECT_NE(failure.code, 0);
    cursor.reset();
    // A server that is busy may not take the request to end the statement in time; then the connection is given up.
    if (!failure.disconnected) {
        EXPECT_EQ(scalar("SELECT 'after'"), Value::text("after"));
    }
}

TEST_F(MysqlStatements, time_of_the_reader_is_not_that_of_the_statement) {
    driver::ConnectOptions options;
    options.statement_timeout = std::chrono::milliseconds{500};
    connection_ = connect(options);
    auto cursor = connection_->prepare("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_2000");
    cursor->set_read_at_once(true);
    cursor->execute();
    std::int64_t count = 0;
    while (cursor->next())
        if (++count % 1000 == 1) std::this_thread::sleep_for(std::chrono::milliseconds{400});
    EXPECT_EQ(count, 2000);
}

}  // namespace
}  // namespace aludel
