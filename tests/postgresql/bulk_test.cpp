// Many rows: streams, batches in a pipeline, COPY.
#include "postgresql/driver_fixture.hpp"

#include "drivers/postgresql/values_row.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <string>
#include <vector>

namespace aludel {
namespace {

using test::failure_of;
using test::ValueRow;
using ::testing::HasSubstr;
using namespace std::string_literals;

class PostgresqlStreams : public test::PostgresqlTest {
  protected:
    driver::CursorPtr stream(const std::string& sql, const ValueRow& values = {}) {
        auto cursor = connection_->prepare(sql);
        cursor->set_streamed(true);
        cursor->execute(values);
        return cursor;
    }
    static std::int64_t read(driver::Cursor& cursor, std::int64_t most = std::numeric_limits<std::int64_t>::max()) {
        std::int64_t rows = 0;
        while (rows < most && cursor.next()) EXPECT_EQ(cursor.row()[0].integer, ++rows);
        return rows;
    }
};

TEST_F(PostgresqlStreams, rows_come_one_by_one) {
    for (const bool transaction : {false, true}) {
        if (transaction) connection_->begin();
        for (int run = 0; run < 3; ++run) {
            auto cursor = stream("SELECT generate_series(1, $1)", {Value::of(5000)});
            EXPECT_EQ(cursor->column_count(), 1u);
            EXPECT_EQ(cursor->column_name(0), "generate_series");
            EXPECT_EQ(read(*cursor), 5000);
            EXPECT_FALSE(cursor->next());
            EXPECT_EQ(read(*stream("SELECT 1 WHERE false")), 0);
        }
        if (transaction) connection_->commit();
    }
}

TEST_F(PostgresqlStreams, another_statement_first_reads_the_rest) {
    for (const bool transaction : {false, true}) {
        if (transaction) connection_->begin();
        auto first = stream("SELECT generate_series(1, 3000)");
        EXPECT_EQ(read(*first, 10), 10);
        auto second = stream("SELECT generate_series(1, 2000)");
        ASSERT_TRUE(second->next());
        EXPECT_EQ(scalar("SELECT 7"), Value::of(7));
        std::int64_t rows = 10;
        while (first->next()) EXPECT_EQ(first->row()[0].integer, ++rows);
        EXPECT_EQ(rows, 3000);
        rows = 1;
        while (second->next()) EXPECT_EQ(second->row()[0].integer, ++rows);
        EXPECT_EQ(rows, 2000);
        if (transaction) connection_->commit();
    }
}

TEST_F(PostgresqlStreams, stream_that_is_dropped_leaves_the_connection_usable) {
    connection_->begin();
    {
        auto cursor = stream("SELECT generate_series(1, 100000)");
        EXPECT_EQ(read(*cursor, 3), 3);
    }
    EXPECT_EQ(scalar("SELECT 7"), Value::of(7));
    EXPECT_TRUE(connection_->in_transaction());
    connection_->commit();
}

TEST_F(PostgresqlStreams, stream_in_a_transaction_is_a_cursor_that_costs_nothing_to_stop) {
    connection_->begin();
    const std::string cursors = "SELECT count(*) FROM pg_cursors WHERE name LIKE 'aludel%'";
    {
        auto endless = stream("SELECT generate_series(1, 9000000000000)");
        EXPECT_EQ(read(*endless, 1000), 1000);
        EXPECT_EQ(scalar(cursors), Value::of(1));
        auto second = stream("SELECT generate_series(1, 9000000000000) + $1", {Value::of(0)});
        EXPECT_EQ(read(*second, 5), 5);
        ASSERT_TRUE(endless->next());
        EXPECT_EQ(endless->row()[0].integer, 1001);
    }
    EXPECT_EQ(scalar(cursors), Value::of(0)) << "they are closed with the next statement";
    connection_->commit();
}

TEST_F(PostgresqlStreams, cursor_that_went_with_its_savepoint_disturbs_nothing) {
    connection_->begin();
    query("SAVEPOINT s");
    {
        auto gone = stream("SELECT generate_series(1, 9000000000000)");
        EXPECT_EQ(read(*gone, 3), 3);
        query("ROLLBACK TO SAVEPOINT s");
    }
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    auto other = stream("SELECT generate_series(1, 9000000000000)");
    EXPECT_EQ(read(*other, 3), 3);
    connection_->rollback();
    other.reset();
    connection_->begin();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    connection_->commit();
}

TEST_F(PostgresqlStreams, failure_of_a_cursor_points_into_the_text) {
    connection_->begin();
    const auto failure = failure_of([&] { stream("SELECT 1 FROM nowhere"); });
    EXPECT_EQ(failure.sqlstate, "42P01");
    EXPECT_EQ(failure.position, 14);
    connection_->rollback();
    connection_->begin();
    auto cursor = stream("SELECT 10 / (3000 - x) FROM generate_series(1, 5000) AS x");
    EXPECT_EQ(failure_of([&] {
                  while (cursor->next()) continue;
              }).sqlstate,
              "22012");
    cursor.reset();
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT 7"), Value::of(7));
}

TEST_F(PostgresqlStreams, large_rows_come_in_small_batches) {
    connection_->begin();
    for (int run = 0; run < 2; ++run) {
        auto cursor = stream("SELECT repeat('x', 1000000), x FROM generate_series(1, 300) AS x");
        int rows = 0;
        while (cursor->next()) {
            EXPECT_EQ(cursor->row()[0].size, 1'000'000u);
            EXPECT_EQ(cursor->row()[1].integer, ++rows);
        }
        EXPECT_EQ(rows, 300);
    }
    connection_->commit();
}

TEST_F(PostgresqlStreams, in_transaction_is_right_while_a_stream_runs) {
    {
        auto cursor = stream("SELECT generate_series(1, 10000)");
        cursor->next();
        EXPECT_FALSE(connection_->in_transaction());
    }
    connection_->begin();
    auto cursor = stream("SELECT generate_series(1, 10000)");
    cursor->next();
    EXPECT_TRUE(connection_->in_transaction());
    cursor.reset();
    connection_->rollback();
}

TEST_F(PostgresqlStreams, failure_in_the_middle_is_told_where_it_happens) {
    auto cursor = stream("SELECT 10 / (3000 - x) FROM generate_series(1, 5000) AS x");
    int rows = 0;
    const auto failure = failure_of([&] {
        while (cursor->next()) ++rows;
    });
    EXPECT_EQ(failure.sqlstate, "22012");
    EXPECT_EQ(rows, 2999);
    EXPECT_EQ(scalar("SELECT 7"), Value::of(7));
}

TEST_F(PostgresqlStreams, failure_at_once_is_told_by_execute) {
    EXPECT_EQ(failure_of([&] { stream("SELECT 1 / 0"); }).sqlstate, "22012");
    EXPECT_EQ(failure_of([&] { stream("SELEC"); }).sqlstate, "42601");
    EXPECT_EQ(scalar("SELECT 7"), Value::of(7));
}

TEST_F(PostgresqlStreams, insert_that_returns_rows_can_be_streamed) {
    query("CREATE TEMPORARY TABLE t (a int)");
    auto cursor = stream("INSERT INTO t SELECT generate_series(1, 100) RETURNING a");
    EXPECT_EQ(read(*cursor), 100);
    EXPECT_EQ(cursor->rows_affected(), 100);
    EXPECT_EQ(run("DELETE FROM t"), 100);
}

class PostgresqlBatches : public test::PostgresqlTest {
  protected:
    void SetUp() override {
        PostgresqlTest::SetUp();
        if (!IsSkipped()) query("CREATE TEMPORARY TABLE t (id bigint PRIMARY KEY, name text)");
    }
    static ValueRow rows_of(int first, int count, const std::string& name) {
        ValueRow values;
        for (int i = 0; i < count; ++i) {
            values.push_back(Value::of(first + i));
            values.push_back(Value::text(name));
        }
        return values;
    }
    std::int64_t insert(const ValueRow& values) {
        auto cursor = connection_->prepare("INSERT INTO t (id, name) VALUES ($1, $2)");
        return cursor->execute_many(values, values.size() / 2);
    }
};

TEST_F(PostgresqlBatches, rows_of_a_batch_are_all_there) {
    int first = 0;
    for (const int count : {1, 2, 499, 500, 501, 1000, 1001, 5000}) {
        for (int run = 0; run < 2; ++run) {
            EXPECT_EQ(insert(rows_of(first, count, "ed")), count);
            first += count;
        }
    }
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(first));
    EXPECT_EQ(insert({}), 0);
}

TEST_F(PostgresqlBatches, batch_needs_few_round_trips) {
    test::CountingWaiter counter;
    const auto connection = connect(counter);
    test::run(*connection, "CREATE TEMPORARY TABLE t (id bigint, name text)");
    const ValueRow values = rows_of(0, 400, "ed");
    const int before = counter.waits;
    connection->begin();
    EXPECT_EQ(connection->prepare("INSERT INTO t VALUES ($1, $2)")->execute_many(values, 400), 400);
    connection->commit();
    EXPECT_LE(counter.waits - before, 10);
    EXPECT_EQ(test::scalar(*connection, "SELECT count(*) FROM t"), Value::of(400));
}

TEST_F(PostgresqlBatches, values_larger_than_all_buffers_do_not_block) {
    connection_->begin();
    EXPECT_EQ(insert(rows_of(0, 60, std::string(500'000, 'x'))), 60);
    // The answers are large, too.
    auto cursor = connection_->prepare("INSERT INTO t (id, name) VALUES ($1, $2) RETURNING repeat(name, 100000)");
    EXPECT_EQ(cursor->execute_many(rows_of(100, 300, "abc"), 300), 300);
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(360));
    connection_->commit();
}

TEST_F(PostgresqlBatches, first_failure_ends_the_batch_with_its_own_words) {
    insert({Value::of(1500), Value::text("there")});
    for (const bool transaction : {true, false}) {
        if (transaction) connection_->begin();
        const auto failure = failure_of([&] { insert(rows_of(0, 4000, "new")); });
        EXPECT_EQ(failure.sqlstate, "23505");
        EXPECT_THAT(failure.detail, HasSubstr("(1500)"));
        EXPECT_EQ(connection_->in_transaction(), transaction);
        if (transaction) connection_->rollback();
        EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(1));
    }
    EXPECT_EQ(insert(rows_of(2000, 10, "new")), 10);
}

TEST_F(PostgresqlBatches, statement_that_cannot_be_prepared_fails_as_it_would_alone) {
    auto cursor = connection_->prepare("INSERT INTO nowhere VALUES ($1, $2)");
    EXPECT_EQ(failure_of([&] { cursor->execute_many(rows_of(0, 10, "x"), 10); }).sqlstate, "42P01");
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlBatches, value_that_cannot_be_sent_leaves_the_connection_usable) {
    ValueRow values = rows_of(0, 1000, "x");
    values[1500 + 1] = Value::text("a\0b"s);
    connection_->begin();
    EXPECT_EQ(failure_of([&] { insert(values); }).sqlstate, "22021");
    EXPECT_TRUE(connection_->in_transaction());
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
}

TEST_F(PostgresqlBatches, values_of_different_kinds_find_a_common_type) {
    ValueRow values;
    const Value ids[] = {Value::of(1), Value::of(std::int64_t{1} << 40), Value::of(3)};
    for (const Value& id : ids) {
        values.push_back(id);
        values.push_back(Value::null());
    }
    values[3] = Value::text("x");
    EXPECT_EQ(insert(values), 3);
    // A text and a number have none, so that the rows run one by one.
    EXPECT_EQ(insert({Value::text("10"), Value::null(), Value::of(11), Value::null()}), 2);
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(5));
}

TEST_F(PostgresqlBatches, updates_count_their_rows) {
    insert(rows_of(0, 1000, "x"));
    auto cursor = connection_->prepare("UPDATE t SET name = $2 WHERE id < $1");
    const ValueRow values{Value::of(10),    Value::text("a"), Value::of(0),
                          Value::text("b"), Value::of(1000),  Value::text("c")};
    EXPECT_EQ(cursor->execute_many(values, 3), 1010);
    EXPECT_EQ(cursor->rows_affected(), 1010);
}

TEST_F(PostgresqlBatches, batch_in_a_pipeline_survives_a_changed_table) {
    for (int run = 0; run < 3; ++run) insert(rows_of(run * 10, 10, "x"));
    query("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    EXPECT_EQ(insert(rows_of(100, 10, "x")), 10);
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(40));
}

class PostgresqlCopy : public test::PostgresqlTest {};

TEST_F(PostgresqlBatches, keys_of_many_rows_are_those_of_the_rows) {
    run("CREATE TEMPORARY TABLE numbered (id serial primary key, name text, amount numeric, document jsonb)");
    const std::string sql =
        "INSERT INTO numbered (name, amount, document) VALUES ($1, $2, $3::jsonb) RETURNING numbered.id";
    int number = 0;
    for (const std::size_t rows : {1u, 31u, 32u, 33u, 255u, 256u, 257u, 300u, 1000u}) {
        ValueRow values;
        for (std::size_t i = 0; i < rows; ++i, ++number) {
            values.push_back(Value::text("row " + std::to_string(number)));
            values.push_back(number % 3 == 0 ? Value::null() : Value::of(number));
            values.push_back(number % 2 == 0 ? Value::null() : Value::json("{\"a\": \"$1\"}"));
        }
        std::vector<Cell> cells;
        for (const Value& value : values) cells.push_back(Cell::of(value));
        std::vector<std::int64_t> keys{-1};
        connection_->prepare(sql)->insert_many(cells, rows, keys);
        ASSERT_EQ(keys.size(), rows + 1);
        EXPECT_EQ(keys.front(), -1);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto name = scalar("SELECT name FROM numbered WHERE id = " + std::to_string(keys[i + 1]));
            ASSERT_EQ(name, values[3 * i]) << rows << " rows, the one at " << i;
        }
    }
    EXPECT_EQ(scalar("SELECT count(*) FROM numbered WHERE amount IS NULL"), Value::of((number + 2) / 3));
    EXPECT_EQ(scalar("SELECT count(*) FROM numbered WHERE document ->> 'a' = '$1'"), Value::of(number / 2));
}

TEST_F(PostgresqlBatches, failure_among_many_rows_with_keys_keeps_the_connection) {
    run("CREATE TEMPORARY TABLE once (id serial primary key, name text UNIQUE)");
    std::vector<Cell> cells;
    std::vector<Value> values;
    for (int i = 0; i < 600; ++i) values.push_back(Value::text(i == 500 ? "7" : std::to_string(i)));
    for (const Value& value : values) cells.push_back(Cell::of(value));
    std::vector<std::int64_t> keys;
    const auto cursor = connection_->prepare("INSERT INTO once (name) VALUES ($1) RETURNING once.id");
    EXPECT_EQ(failure_of([&] { cursor->insert_many(cells, 600, keys); }).sqlstate, "23505");
    EXPECT_EQ(scalar("SELECT count(*) FROM once WHERE name = '599'"), Value::of(0));
}

TEST(PostgresqlValuesRow, is_found_where_nothing_but_parameters_stands_in_it) {
    const auto row =
        driver::postgresql::ValuesRow::find("INSERT INTO t (a, b) VALUES ($1, $2::character varying) RETURNING t.id");
    ASSERT_TRUE(row);
    EXPECT_EQ(row->repeated(3, 2),
              "INSERT INTO t (a, b) VALUES ($1, $2::character varying), ($3, $4::character varying), ($5, "
              "$6::character varying) RETURNING t.id");
    for (const char* other : {
             "INSERT INTO t (a) VALUES ($1)",
             "INSERT INTO t (a) VALUES (nextval('s'), $1) RETURNING t.id",
             "INSERT INTO t (a) VALUES ('$1', $1) RETURNING t.id",
             "INSERT INTO t (a) VALUES (now()) RETURNING t.id",
             "INSERT INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING RETURNING t.id",
             "INSERT INTO t (a) VALUES ($1) RETURNING t.id + $2",
             "WITH x AS (SELECT 1) INSERT INTO t (a) VALUES ($1) RETURNING t.id",
             "SELECT 1",
         })
        EXPECT_FALSE(driver::postgresql::ValuesRow::find(other)) << other;
}

TEST_F(PostgresqlCopy, every_kind_of_value_arrives) {
    query(
        "CREATE TEMPORARY TABLE t (b boolean, i bigint, r double precision, t text, y bytea, d date, c time, "
        "n timestamp, z timestamptz, v interval, m numeric, u uuid, j jsonb)");
    const std::vector<std::string> columns{"b", "i", "r", "t", "y", "d", "c", "n", "z", "v", "m", "u", "j"};
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    const std::vector<ValueRow> rows{
        {Value::of(true), Value::of(std::numeric_limits<std::int64_t>::min()), Value::of(0.1),
         Value::text("tab\t line\n return\r back\\slash \\N \\. ü🙂\b\f\v"), Value::bytes(bytes), Value::date(-719163),
         Value::time(86'399'999'999), Value::datetime(-1), Value::timestamp(1), Value::interval(-90'061'000'001),
         Value::decimal("-12.50"), Value::uuid(bytes.substr(16, 16)), Value::json("{\"a\": \"x\\ny\"}")},
        {Value::of(false), Value::of(std::numeric_limits<std::int64_t>::max()),
         Value::of(-std::numeric_limits<double>::infinity()), Value::text(""), Value::bytes(""),
         Value::date(2145042905), Value::time(0), Value::datetime(-210'866'803'200'000'000),
         Value::timestamp(253402300799999999), Value::interval(0), Value::decimal("0"),
         Value::uuid(std::string(16, '\0')), Value::json("[]")},
        ValueRow(13),
        {Value::of(true), Value::of(0), Value::of(5e-324), Value::text("\\N"), Value::bytes("\\"), Value::date(0),
         Value::time(1), Value::datetime(0), Value::timestamp(0), Value::interval(1), Value::decimal("1e3"),
         Value::null(), Value::json("\"\\\\\"")},
    };
    ValueRow values;
    for (const ValueRow& row : rows) values.insert(values.end(), row.begin(), row.end());
    EXPECT_EQ(connection_->copy_in("t", columns, values), 4);
    const auto found = query("SELECT * FROM t");
    ASSERT_EQ(found.size(), 4u);
    for (std::size_t row : {0u, 1u, 2u})
        for (std::size_t i = 0; i < columns.size(); ++i)
            EXPECT_EQ(found[row][i], rows[row][i]) << columns[i] << ": " << found[row][i].repr();
    EXPECT_EQ(found[3][3], Value::text("\\N")) << "a text that looks like NULL";
    EXPECT_EQ(found[3][10], Value::decimal("1000"));
}

TEST_F(PostgresqlCopy, many_rows_arrive) {
    query("CREATE TEMPORARY TABLE t (\"the id\" int, name text)");
    ValueRow values;
    for (int i = 0; i < 100'000; ++i) {
        values.push_back(Value::of(i));
        values.push_back(Value::text("name " + std::to_string(i)));
    }
    const std::vector<std::string> columns{"\"the id\"", "name"};
    connection_->begin();
    EXPECT_EQ(connection_->copy_in("t", columns, values), 100'000);
    EXPECT_TRUE(connection_->in_transaction());
    EXPECT_EQ(scalar("SELECT sum(\"the id\") FROM t WHERE name = 'name ' || \"the id\""),
              Value::of(std::int64_t{4999950000}));
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
    EXPECT_EQ(connection_->copy_in("t", columns, {}), 0);
}

TEST_F(PostgresqlCopy, failure_of_the_server_is_told) {
    query("CREATE TEMPORARY TABLE t (a int PRIMARY KEY)");
    const std::vector<std::string> columns{"a"};
    const ValueRow twice{Value::of(1), Value::of(1)};
    EXPECT_EQ(failure_of([&] { connection_->copy_in("t", columns, twice); }).sqlstate, "23505");
    EXPECT_EQ(failure_of([&] { connection_->copy_in("nowhere", columns, twice); }).sqlstate, "42P01");
    EXPECT_EQ(failure_of([&] { connection_->copy_in("t", columns, ValueRow{Value::text("x")}); }).sqlstate, "22P02");
    ValueRow many(200'000, Value::of(5));
    EXPECT_EQ(failure_of([&] { connection_->copy_in("t", columns, many); }).sqlstate, "23505");
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
}

TEST_F(PostgresqlCopy, value_that_cannot_be_sent_drops_the_rows) {
    query("CREATE TEMPORARY TABLE t (a text)");
    const std::vector<std::string> columns{"a"};
    const ValueRow values{Value::text("fine"), Value::text("a\0b"s)};
    EXPECT_EQ(failure_of([&] { connection_->copy_in("t", columns, values); }).sqlstate, "22021");
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
}

}  // namespace
}  // namespace aludel
