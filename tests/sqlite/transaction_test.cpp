#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace aludel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TransactionTest : public ::testing::Test {
  protected:
    TransactionTest() {
        engine_.begin(
            [](Connection& connection) { connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY)"); });
        log_.clear();
    }
    std::int64_t rows() {
        Connection other = engine_.connect();
        return other.exec_driver_sql("SELECT count(*) FROM t").scalar_one<std::int64_t>();
    }
    static void insert(Connection& connection) { connection.exec_driver_sql("INSERT INTO t DEFAULT VALUES"); }

    test::FreshFile file_;
    test::LogCapture log_;
    Engine engine_ = create_engine(file_.url(), {.log = log_.sink()});
};

TEST_F(TransactionTest, first_statement_begins_and_commit_without_work_sends_nothing) {
    Connection connection = engine_.connect();
    connection.commit();
    connection.rollback();
    EXPECT_TRUE(log_.lines().empty());
    EXPECT_FALSE(connection.in_transaction());
    insert(connection);
    EXPECT_TRUE(connection.in_transaction());
    connection.commit();
    connection.commit();
    EXPECT_THAT(log_.lines(), ElementsAre("BEGIN (implicit)", "INSERT INTO t DEFAULT VALUES", "    ()", "COMMIT"));
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, rollback_drops_what_was_done_data_definition_included) {
    Connection connection = engine_.connect();
    insert(connection);
    connection.exec_driver_sql("CREATE TABLE other (id INTEGER)");
    connection.rollback();
    EXPECT_EQ(rows(), 0);
    EXPECT_THROW(connection.exec_driver_sql("SELECT * FROM other"), OperationalError);
}

TEST_F(TransactionTest, close_rolls_back_and_use_afterwards_is_an_error) {
    Connection connection = engine_.connect();
    insert(connection);
    connection.close();
    connection.close();
    EXPECT_THAT(log_.lines().back(), "ROLLBACK");
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(connection.closed());
    for (const auto& use :
         {+[](Connection& c) { insert(c); }, +[](Connection& c) { c.commit(); }, +[](Connection& c) { c.rollback(); },
          +[](Connection& c) { (void)c.begin(); }, +[](Connection& c) { (void)c.begin_nested(); },
          +[](Connection& c) { c.invalidate(); }, +[](Connection& c) { c.execution_options({}); },
          +[](Connection& c) { c.server_version(); }}) {
        try {
            use(connection);
            ADD_FAILURE();
        } catch (const ResourceClosedError& error) {
            EXPECT_EQ(error.message(), "This Connection is closed");
        }
    }
}

TEST_F(TransactionTest, moved_from_connection_is_closed) {
    Connection connection = engine_.connect();
    Connection taken = std::move(connection);
    EXPECT_TRUE(connection.closed());  // NOLINT(bugprone-use-after-move): a moved-from connection is closed
    EXPECT_THROW(insert(connection), ResourceClosedError);
    insert(taken);
}

TEST_F(TransactionTest, engine_begin_commits_or_rolls_back_and_returns_the_value) {
    EXPECT_EQ(engine_.begin([](Connection& connection) {
        insert(connection);
        return 42;
    }),
              42);
    EXPECT_EQ(rows(), 1);
    EXPECT_THROW(engine_.begin([](Connection& connection) {
        insert(connection);
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, scope_of_a_transaction_rolls_back_unless_committed) {
    Connection connection = engine_.connect();
    {
        Transaction transaction = connection.begin();
        insert(connection);
        EXPECT_TRUE(transaction.is_active());
    }
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(rows(), 0);
    {
        Transaction transaction = connection.begin();
        insert(connection);
        transaction.commit();
        EXPECT_FALSE(transaction.is_active());
        EXPECT_THROW(transaction.commit(), InvalidRequestError);
        transaction.rollback();
    }
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, begin_inside_a_transaction_is_an_error) {
    Connection connection = engine_.connect();
    insert(connection);
    try {
        (void)connection.begin();
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.message(), HasSubstr("begun already"));
    }
    connection.commit();
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, savepoints_are_numbered_and_rolled_back_alone) {
    Connection connection = engine_.connect();
    insert(connection);
    {
        Transaction nested = connection.begin_nested();
        EXPECT_TRUE(nested.is_nested());
        EXPECT_TRUE(connection.in_nested_transaction());
        insert(connection);
        nested.rollback();
    }
    EXPECT_FALSE(connection.in_nested_transaction());
    {
        Transaction nested = connection.begin_nested();
        insert(connection);
        nested.commit();
    }
    connection.commit();
    EXPECT_THAT(log_.statements(),
                ElementsAre("INSERT INTO t DEFAULT VALUES", "SAVEPOINT sa_savepoint_1", "INSERT INTO t DEFAULT VALUES",
                            "ROLLBACK TO SAVEPOINT sa_savepoint_1", "SAVEPOINT sa_savepoint_2",
                            "INSERT INTO t DEFAULT VALUES", "RELEASE SAVEPOINT sa_savepoint_2"));
    EXPECT_THAT(log_.cache()[1], CacheStatus::no_key);
    EXPECT_EQ(rows(), 2);
}

TEST_F(TransactionTest, savepoint_begins_the_transaction_and_inner_ones_end_with_the_outer) {
    Connection connection = engine_.connect();
    Transaction outer = connection.begin_nested();
    Transaction inner = connection.begin_nested();
    EXPECT_TRUE(connection.in_transaction());
    outer.rollback();
    EXPECT_FALSE(inner.is_active());
    EXPECT_THROW(inner.commit(), InvalidRequestError);
    inner.rollback();
    connection.commit();
    EXPECT_THAT(log_.lines(),
                ElementsAre("BEGIN (implicit)", "SAVEPOINT sa_savepoint_1", "    ()", "SAVEPOINT sa_savepoint_2",
                            "    ()", "ROLLBACK TO SAVEPOINT sa_savepoint_1", "    ()", "COMMIT"));
}

TEST_F(TransactionTest, commit_of_the_connection_ends_its_savepoints) {
    Connection connection = engine_.connect();
    Transaction nested = connection.begin_nested();
    insert(connection);
    connection.commit();
    EXPECT_FALSE(nested.is_active());
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, transaction_object_outlives_its_connection) {
    std::optional<Transaction> transaction;
    {
        Connection connection = engine_.connect();
        transaction.emplace(connection.begin());
        insert(connection);
    }
    EXPECT_FALSE(transaction->is_active());
    EXPECT_THROW(transaction->commit(), InvalidRequestError);
    transaction->rollback();
    EXPECT_EQ(rows(), 0);
}

TEST_F(TransactionTest, assigned_transaction_ends_the_old_one) {
    Connection a = engine_.connect();
    Transaction current = a.begin();
    insert(a);
    Connection b = engine_.connect();
    current = b.begin();
    EXPECT_FALSE(a.in_transaction());
    EXPECT_TRUE(current.is_active());
}

TEST_F(TransactionTest, failed_statement_leaves_the_transaction_open) {
    Connection connection = engine_.connect();
    insert(connection);
    EXPECT_THROW(connection.exec_driver_sql("SELEC 1"), OperationalError);
    insert(connection);
    connection.commit();
    EXPECT_EQ(rows(), 2);
}

TEST_F(TransactionTest, transaction_that_the_database_rolled_back_needs_rollback) {
    Connection connection = engine_.connect();
    insert(connection);
    connection.exec_driver_sql("CREATE TABLE u (id INTEGER UNIQUE ON CONFLICT ROLLBACK)");
    connection.exec_driver_sql("INSERT INTO u VALUES (1)");
    EXPECT_THROW(connection.exec_driver_sql("INSERT INTO u VALUES (1)"), IntegrityError);
    EXPECT_THROW(insert(connection), PendingRollbackError);
    EXPECT_THROW(connection.commit(), PendingRollbackError);
    EXPECT_THROW((void)connection.begin_nested(), PendingRollbackError);
    connection.rollback();
    insert(connection);
    connection.commit();
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, deferred_constraint_fails_the_commit_which_can_be_repaired) {
    engine_.begin([](Connection& connection) {
        connection.exec_driver_sql("CREATE TABLE child (t_id INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)");
    });
    Connection connection = engine_.connect();
    connection.exec_driver_sql("INSERT INTO child VALUES (7)");
    EXPECT_THROW(connection.commit(), IntegrityError);
    EXPECT_TRUE(connection.in_transaction());
    connection.exec_driver_sql("INSERT INTO t VALUES (7)");
    connection.commit();
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, autocommit_sends_no_begin) {
    Connection connection = engine_.connect();
    connection.execution_options({.isolation_level = IsolationLevel::autocommit});
    insert(connection);
    EXPECT_EQ(rows(), 1);
    connection.rollback();
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one<int>(), 1);
    connection.exec_driver_sql("VACUUM");
    connection.close();
    Connection next = engine_.connect();
    insert(next);
    next.rollback();
    EXPECT_EQ(rows(), 1) << "the level went with the connection object";
}

TEST_F(TransactionTest, isolation_level_does_not_change_inside_a_transaction) {
    Connection connection = engine_.connect();
    insert(connection);
    EXPECT_THROW(connection.execution_options({.isolation_level = IsolationLevel::autocommit}), InvalidRequestError);
    connection.rollback();
    connection.execution_options({.isolation_level = IsolationLevel::read_uncommitted});
    EXPECT_EQ(connection.exec_driver_sql("PRAGMA read_uncommitted").scalar_one<int>(), 1);
}

TEST_F(TransactionTest, level_that_the_database_lacks_is_refused) {
    EXPECT_THROW(create_engine(file_.url(), {.isolation_level = IsolationLevel::repeatable_read}), ArgumentError);
    Connection connection = engine_.connect();
    try {
        connection.execution_options({.isolation_level = IsolationLevel::repeatable_read});
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_THAT(error.message(), HasSubstr("READ UNCOMMITTED, SERIALIZABLE, AUTOCOMMIT"));
    }
}

TEST_F(TransactionTest, begin_immediate_by_url_takes_the_write_lock_at_once) {
    const Engine engine = create_engine(file_.url("?begin=immediate&timeout=0"));
    Connection a = engine.connect();
    a.exec_driver_sql("SELECT 1");
    Connection b = engine.connect();
    EXPECT_THROW(b.exec_driver_sql("SELECT 1"), OperationalError);
    EXPECT_FALSE(b.in_transaction());
    a.rollback();
    b.exec_driver_sql("SELECT 1");
}

TEST_F(TransactionTest, invalidated_connection_needs_rollback_and_then_reconnects) {
    Connection connection = engine_.connect();
    insert(connection);
    connection.invalidate();
    EXPECT_TRUE(connection.invalidated());
    EXPECT_THROW(insert(connection), PendingRollbackError);
    connection.rollback();
    insert(connection);
    EXPECT_FALSE(connection.invalidated());
    connection.commit();
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, statements_are_counted_per_connection_and_engine) {
    const auto before = engine_.statement_count();
    Connection connection = engine_.connect();
    insert(connection);
    Transaction nested = connection.begin_nested();
    nested.commit();
    connection.commit();
    EXPECT_EQ(connection.statement_count(), 3u);
    EXPECT_EQ(engine_.statement_count() - before, 3u);
}

}  // namespace
}  // namespace aludel
