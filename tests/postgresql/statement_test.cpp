// Preparing, the cache of prepared statements, errors, round trips.
#include "postgresql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace aludel {
namespace {

using test::failure_of;
using test::ValueRow;
using ::testing::HasSubstr;
using namespace std::string_literals;

class PostgresqlStatements : public test::PostgresqlTest {
  protected:
    // Statements that the server keeps for this connection.
    std::int64_t prepared() {
        return scalar("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'aludel%'").as_integer();
    }
};

TEST_F(PostgresqlStatements, statement_is_prepared_when_it_runs_for_the_second_time) {
    const std::string sql = "SELECT $1::int + 1";
    const std::string count = "SELECT count(*) FROM pg_prepared_statements WHERE statement = '" + sql + "'";
    scalar(sql, {Value::of(1)});
    auto counter = connection_->prepare("SELECT count(*) FROM pg_prepared_statements WHERE statement = $1");
    const auto kept = [&] {
        counter->execute(ValueRow{Value::text(sql)});
        counter->next();
        return counter->row()[0].integer;
    };
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(scalar(sql, {Value::of(2)}), Value::of(3));
    EXPECT_EQ(kept(), 1);
    EXPECT_EQ(scalar(sql, {Value::of(3)}), Value::of(4));
    EXPECT_EQ(kept(), 1);
}

TEST_F(PostgresqlStatements, one_round_trip_for_each_execution) {
    test::CountingWaiter counter;
    const auto connection = connect(counter);
    const auto trips = [&](auto function) {
        const int before = counter.waits;
        function();
        return counter.waits - before;
    };
    const auto select = [&] { test::scalar(*connection, "SELECT $1::int", {Value::of(1)}); };
    EXPECT_EQ(trips(select), 1) << "parse, bind and execute together";
    EXPECT_EQ(trips(select), 1) << "prepare, bind and execute together";
    EXPECT_EQ(trips(select), 1);
    EXPECT_EQ(trips([&] { connection->begin(); }), 0) << "BEGIN goes with the first statement";
    EXPECT_TRUE(connection->in_transaction());
    EXPECT_EQ(trips(select), 1);
    EXPECT_EQ(trips(select), 1);
    EXPECT_EQ(trips([&] { connection->commit(); }), 1);
    connection->begin();
    EXPECT_EQ(trips([&] { connection->commit(); }), 0) << "nothing has happened in it";
    EXPECT_EQ(trips([&] { connection->ping(); }), 1);
}

TEST_F(PostgresqlStatements, evicted_statements_are_given_up_on_the_server) {
    driver::ConnectOptions options;
    options.prepared_cache_size = 3;
    const auto connection = connect(options);
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 10; ++i)
            for (int run = 0; run < 3; ++run)
                EXPECT_EQ(test::scalar(*connection, "SELECT " + std::to_string(i)), Value::of(i));
    const auto kept = test::scalar(*connection, "SELECT count(*) FROM pg_prepared_statements").as_integer();
    EXPECT_LE(kept, 4);
    EXPECT_GE(kept, 1);
}

TEST_F(PostgresqlStatements, without_a_cache_nothing_is_kept) {
    driver::ConnectOptions options;
    options.prepared_cache_size = 0;
    const auto connection = connect(options);
    for (int run = 0; run < 3; ++run) EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
    EXPECT_EQ(test::scalar(*connection, "SELECT count(*) FROM pg_prepared_statements"), Value::of(0));
}

TEST_F(PostgresqlStatements, same_statement_runs_inside_itself) {
    const std::string sql = "SELECT generate_series(1, $1)";
    for (int run = 0; run < 3; ++run) {
        auto outer = connection_->prepare(sql);
        outer->execute(ValueRow{Value::of(3)});
        int rows = 0;
        while (outer->next()) {
            ++rows;
            EXPECT_EQ(query(sql, {Value::of(2)}).size(), 2u);
        }
        EXPECT_EQ(rows, 3);
    }
}

TEST_F(PostgresqlStatements, changed_table_is_noticed_and_prepared_anew) {
    query("CREATE TEMPORARY TABLE t (a int)");
    query("INSERT INTO t VALUES (1)");
    for (int run = 0; run < 3; ++run) EXPECT_EQ(query("SELECT * FROM t").at(0).size(), 1u);
    query("ALTER TABLE t ADD COLUMN b text DEFAULT 'x'");
    EXPECT_EQ(query("SELECT * FROM t").at(0), (ValueRow{Value::of(1), Value::text("x")}));
    query("ALTER TABLE t ALTER COLUMN a TYPE text");
    connection_->begin();
    EXPECT_EQ(query("SELECT * FROM t").at(0), (ValueRow{Value::text("1"), Value::text("x")}))
        << "as the first statement of a transaction, too";
    EXPECT_TRUE(connection_->in_transaction());
    connection_->commit();
}

TEST_F(PostgresqlStatements, changed_table_inside_a_transaction_fails_once) {
    query("CREATE TEMPORARY TABLE t (a int)");
    for (int run = 0; run < 3; ++run) query("SELECT * FROM t");
    connection_->begin();
    query("ALTER TABLE t ADD COLUMN b text");
    EXPECT_EQ(failure_of([&] { query("SELECT * FROM t"); }).sqlstate, "0A000");
    connection_->rollback();
    EXPECT_NO_THROW(query("SELECT * FROM t"));
}

TEST_F(PostgresqlStatements, statements_that_the_server_forgot_are_prepared_anew) {
    for (const auto& forget : {"DISCARD ALL"s, "DEALLOCATE ALL"s}) {
        for (int run = 0; run < 3; ++run) EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
        query(forget);
        for (int run = 0; run < 3; ++run) EXPECT_EQ(scalar("SELECT 1"), Value::of(1)) << forget;
        connection_->execute_script(forget);
        EXPECT_EQ(scalar("SELECT 1"), Value::of(1)) << forget;
        query("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
        EXPECT_EQ(scalar("SELECT 1"), Value::of(1)) << "behind the driver's back";
    }
    EXPECT_GE(prepared(), 0);
}

TEST_F(PostgresqlStatements, rows_affected_are_those_of_the_statement) {
    EXPECT_EQ(run("CREATE TEMPORARY TABLE t (id serial PRIMARY KEY, x int)"), -1);
    EXPECT_EQ(run("INSERT INTO t (x) VALUES (1), (1), (2)"), 3);
    EXPECT_EQ(run("UPDATE t SET x = 5 WHERE x = 1"), 2);
    EXPECT_EQ(run("UPDATE t SET x = 5 WHERE x = 99"), 0);
    EXPECT_EQ(run("INSERT INTO t (x) VALUES (7) RETURNING id"), 1);
    EXPECT_EQ(run("WITH gone AS (DELETE FROM t WHERE x = 7 RETURNING *) SELECT * FROM gone"), -1);
    EXPECT_EQ(run("DELETE FROM t"), 3);
    EXPECT_EQ(run("SELECT 1"), -1);
    auto cursor = connection_->prepare("INSERT INTO t (x) VALUES (1) RETURNING id, x");
    cursor->execute();
    EXPECT_EQ(cursor->column_count(), 2u);
    EXPECT_EQ(cursor->column_name(0), "id");
    EXPECT_EQ(cursor->last_insert_id(), 0);
}

TEST_F(PostgresqlStatements, number_of_values_must_be_that_of_the_parameters) {
    for (int round = 0; round < 3; ++round) {
        const auto failure = failure_of([&] { query("SELECT $1::int, $2::int", {Value::of(1)}); });
        EXPECT_EQ(failure.sqlstate, "42P02");
        EXPECT_FALSE(failure.disconnected);
        EXPECT_EQ(failure.message, "the statement has 2 parameters, but 1 values were given");
        EXPECT_EQ(query("SELECT $1::int, $2::int", {Value::of(1), Value::of(2)}).size(), 1u);
    }
    EXPECT_EQ(failure_of([&] { query("SELECT 1", {Value::of(1)}); }).sqlstate, "42P02");
}

TEST_F(PostgresqlStatements, parameters_are_counted_where_they_are_some) {
    EXPECT_EQ(query("SELECT '$9', \"$8\", E'\\'$7', $$ $6 $$, $a$ $5 $$ $a$, x$4 -- $3\n/* /* $2 */ $2 */ , $1 "
                    "FROM (SELECT 1 AS \"$8\", 2 AS x$4) AS t",
                    {Value::of(5)})
                  .at(0)
                  .back(),
              Value::of(5));
    EXPECT_EQ(scalar("SELECT 'it''s $2' || E'it''s $2' || $1", {Value::text("!")}), Value::text("it's $2it's $2!"));
    EXPECT_EQ(scalar("SELECT $2::int - $1::int+$1", {Value::of(1), Value::of(5)}), Value::of(5));
}

TEST_F(PostgresqlStatements, too_many_parameters_are_refused_and_the_connection_goes_on) {
    const ValueRow values(70'000, Value::of(1));
    const auto failure = failure_of([&] { query("SELECT $70000", values); });
    EXPECT_THAT(failure.message, HasSubstr("65535"));
    EXPECT_EQ(failure.sqlstate, "54000");
    connection_->begin();
    EXPECT_EQ(failure_of([&] { query("SELECT $70000", values); }).sqlstate, "54000");
    EXPECT_EQ(scalar("SELECT 2"), Value::of(2));
    connection_->commit();
}

TEST_F(PostgresqlStatements, text_without_a_type_is_text_as_a_literal_would_be) {
    const ValueRow values{Value::text("a"), Value::text("b")};
    const auto check = [&] {
        EXPECT_EQ(scalar("SELECT concat($1, $2)", values), Value::text("ab"));
        EXPECT_EQ(scalar("SELECT json_build_object($1, $2)::text", values), Value::text("{\"a\" : \"b\"}"));
        EXPECT_EQ(scalar("SELECT $1 IS NULL", {Value::text("a")}), Value::of(false));
        EXPECT_EQ(scalar("SELECT $1 IS NULL", {Value::null()}), Value::of(true));
        EXPECT_EQ(scalar("SELECT format('%s-%s', $1, $2)", values), Value::text("a-b"));
    };
    check();
    check();
    for (const bool first : {true, false}) {
        connection_ = connect();
        connection_->begin();
        if (!first) query("SELECT 1");
        for (int run = 0; run < 3; ++run) check();
        EXPECT_TRUE(connection_->in_transaction());
        EXPECT_EQ(scalar("SELECT current_setting('transaction_isolation')"), Value::text("read committed"));
        connection_->commit();
    }
    driver::ConnectOptions options;
    options.prepared_cache_size = 0;
    connection_ = connect(options);
    connection_->begin();
    query("SELECT 1");
    check();
    connection_->commit();
}

TEST_F(PostgresqlStatements, statement_with_text_in_a_transaction_needs_one_round_trip) {
    test::CountingWaiter counter;
    const auto connection = connect(counter);
    test::run(*connection, "CREATE TEMPORARY TABLE t (a text)");
    connection->begin();
    test::query(*connection, "SELECT 1");
    for (int run = 0; run < 3; ++run) {
        const int before = counter.waits;
        EXPECT_EQ(test::run(*connection, "INSERT INTO t VALUES ($1)", {Value::text("x")}), 1);
        EXPECT_EQ(counter.waits - before, 1) << "run " << run;
    }
    EXPECT_EQ(
        failure_of([&] { test::run(*connection, "INSERT INTO nowhere VALUES ($1)", {Value::text("x")}); }).sqlstate,
        "42P01");
    EXPECT_EQ(failure_of([&] { connection->commit(); }).sqlstate, "25P02")
        << "other errors end the transaction as ever";
    connection->begin();
    test::query(*connection, "SAVEPOINT aludel_types");
    test::query(*connection, "SELECT $1::text", {Value::text("x")});
    test::query(*connection, "ROLLBACK TO SAVEPOINT aludel_types");
    connection->commit();
}

TEST_F(PostgresqlStatements, only_one_statement_at_a_time) {
    EXPECT_EQ(failure_of([&] { query("SELECT 1; DROP TABLE t"); }).sqlstate, "42601");
    EXPECT_EQ(failure_of([&] { query("SELECT 1\0; DROP TABLE t"s); }).sqlstate, "42601");
    EXPECT_EQ(failure_of([&] { query(""); }).message, "there is no statement in the text");
    EXPECT_EQ(failure_of([&] { query("-- only a comment"); }).message, "there is no statement in the text");
    EXPECT_EQ(scalar("SELECT 1; -- a comment"), Value::of(1));
}

TEST_F(PostgresqlStatements, script_runs_all_of_its_statements) {
    connection_->execute_script("CREATE TEMPORARY TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT * FROM t;");
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(2));
    const auto failure = failure_of([&] { connection_->execute_script("INSERT INTO t VALUES (3); SELEC 1;"); });
    EXPECT_EQ(failure.sqlstate, "42601");
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(2));
    EXPECT_EQ(failure_of([&] { connection_->execute_script("SELECT 1\0"s); }).sqlstate, "42601");
}

TEST_F(PostgresqlStatements, copy_as_a_statement_is_refused_and_the_connection_goes_on) {
    query("CREATE TEMPORARY TABLE t (a int)");
    query("INSERT INTO t SELECT generate_series(1, 100000)");
    for (const bool transaction : {false, true}) {
        for (int run = 0; run < 3; ++run) {
            if (transaction) connection_->begin();
            EXPECT_EQ(failure_of([&] { query("COPY t TO STDOUT"); }).sqlstate, "0A000");
            if (transaction) connection_->rollback();
            if (transaction) connection_->begin();
            EXPECT_EQ(failure_of([&] { query("COPY t FROM STDIN"); }).sqlstate, "57014");
            if (transaction) connection_->rollback();
            EXPECT_EQ(failure_of([&] { connection_->execute_script("COPY t TO STDOUT"); }).sqlstate, "0A000");
            EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
        }
    }
}

TEST_F(PostgresqlStatements, failure_has_the_fields_of_the_server) {
    query("CREATE TEMPORARY TABLE t (a int CONSTRAINT a_is_small CHECK (a < 10), b int NOT NULL, UNIQUE (a, b))");
    query("INSERT INTO t VALUES (1, 2)");
    const auto unique = failure_of([&] { query("INSERT INTO t VALUES (1, 2)"); });
    EXPECT_EQ(unique.sqlstate, "23505");
    EXPECT_EQ(unique.message, "duplicate key value violates unique constraint \"t_a_b_key\"");
    EXPECT_EQ(unique.detail, "Key (a, b)=(1, 2) already exists.");
    EXPECT_EQ(unique.constraint, "t_a_b_key");
    EXPECT_EQ(unique.table, "t");
    const auto check = failure_of([&] { query("INSERT INTO t VALUES (10, 2)"); });
    EXPECT_EQ(check.constraint, "a_is_small");
    const auto null = failure_of([&] { query("INSERT INTO t (a) VALUES (3)"); });
    EXPECT_EQ(null.column, "b");
    EXPECT_EQ(null.sqlstate, "23502");
    const auto hinted = failure_of([&] { query("SELECT aa FROM t"); });
    EXPECT_THAT(hinted.hint, HasSubstr("Perhaps you meant"));
    EXPECT_FALSE(hinted.disconnected);
}

TEST_F(PostgresqlStatements, position_is_a_byte_offset) {
    EXPECT_EQ(failure_of([&] { query("SELECT 1 FROM nowhere"); }).position, 14);
    EXPECT_EQ(failure_of([&] { query("SELECT 'äöü🙂', x"); }).position, static_cast<int>("SELECT 'äöü🙂', "s.size()));
    EXPECT_EQ(failure_of([&] { query("SELECT 1 / 0"); }).position, -1);
}

TEST_F(PostgresqlStatements, failure_leaves_the_cursor_usable) {
    auto cursor = connection_->prepare("SELECT 10 / $1");
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(failure_of([&] { cursor->execute(ValueRow{Value::of(0)}); }).sqlstate, "22012");
        EXPECT_FALSE(cursor->next());
        cursor->execute(ValueRow{Value::of(2)});
        ASSERT_TRUE(cursor->next());
        EXPECT_EQ(cursor->row()[0].integer, 5);
        EXPECT_FALSE(cursor->next());
        EXPECT_FALSE(cursor->next()) << "it stays at the end";
    }
}

TEST_F(PostgresqlStatements, wide_and_empty_results) {
    std::string columns = "0";
    for (int i = 1; i < 1600; ++i) columns += "," + std::to_string(i);
    for (int run = 0; run < 3; ++run) {
        const auto rows = query("SELECT " + columns);
        ASSERT_EQ(rows.at(0).size(), 1600u);
        EXPECT_EQ(rows[0][1599], Value::of(1599));
        EXPECT_TRUE(query("SELECT 1 WHERE false").empty());
        EXPECT_EQ(query("SELECT FROM generate_series(1, 3)").size(), 3u) << "rows without columns";
    }
}

TEST_F(PostgresqlStatements, notices_reach_the_sink) {
    std::vector<std::pair<std::string, std::string>> notices;
    driver::ConnectOptions options;
    options.notice = [&](std::string_view severity, std::string_view message) {
        notices.emplace_back(severity, message);
    };
    const auto connection = connect(options);
    test::run(*connection, "DO $$ BEGIN RAISE NOTICE 'hello %', 5; RAISE WARNING 'careful'; END $$");
    EXPECT_THAT(notices, ::testing::ElementsAre(std::pair("NOTICE"s, "hello 5"s), std::pair("WARNING"s, "careful"s)));
}

TEST_F(PostgresqlStatements, sink_that_throws_disturbs_nothing) {
    driver::ConnectOptions options;
    options.notice = [](std::string_view, std::string_view) { throw std::runtime_error("no"); };
    const auto connection = connect(options);
    EXPECT_NO_THROW(test::run(*connection, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$"));
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
}

TEST_F(PostgresqlStatements, server_version_is_a_number) {
    EXPECT_EQ(connection_->server_version(), text("SELECT split_part(current_setting('server_version'), ' ', 1)"));
}

}  // namespace
}  // namespace aludel
