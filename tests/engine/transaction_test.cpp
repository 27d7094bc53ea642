// Transactions of a connection, over a driver that notes what it is told.
#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/expr/text.hpp>

#include "scripted_driver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class ScriptedTransactionTest : public ::testing::Test {
  protected:
    ScriptedTransactionTest() : ScriptedTransactionTest(make_scripted_driver()) {}

    Connection connect() {
        Connection connection = engine_.connect();
        script_->take();
        return connection;
    }

    std::shared_ptr<Script> script_;
    Engine engine_;

  private:
    explicit ScriptedTransactionTest(const std::pair<std::shared_ptr<Script>, std::string>& made)
        : script_(made.first), engine_(create_engine(made.second)) {}
};

TEST_F(ScriptedTransactionTest, options_of_a_connection_are_told_once_and_taken_back_at_its_end) {
    {
        Connection connection = connect();
        connection.execution_options({.isolation_level = IsolationLevel::serializable, .read_only = true});
        connection.execution_options({.deferrable = true, .statement_timeout = 250ms});
        EXPECT_THAT(script_->take(), ElementsAre("level SERIALIZABLE", "access read only",
                                                 "access read only deferrable", "timeout 250"));
        EXPECT_EQ(connection.get_execution_options().read_only, true);
        connection.exec_driver_sql("SELECT 1");
        connection.commit();
        script_->take();
    }
    EXPECT_THAT(script_->take(), ElementsAre("level DEFAULT", "access", "timeout 0"));
}

TEST_F(ScriptedTransactionTest, options_of_an_engine_handle_are_its_connections_and_share_the_pool) {
    const Engine reader = engine_.execution_options({.isolation_level = IsolationLevel::serializable})
                              .execution_options({.read_only = true});
    EXPECT_FALSE(reader == engine_);
    EXPECT_TRUE(engine_.execution_options({}) == engine_);
    { Connection plain = engine_.connect(); }
    script_->take();
    {
        Connection connection = reader.connect();
        EXPECT_THAT(script_->take(), ElementsAre("level SERIALIZABLE", "access read only"));
        EXPECT_TRUE(connection.engine() == reader);
    }
    EXPECT_THAT(script_->take(), ElementsAre("level DEFAULT", "access"));
    EXPECT_THROW((void)engine_.execution_options({.isolation_level = IsolationLevel::repeatable_read}), ArgumentError);
}

TEST_F(ScriptedTransactionTest, level_and_access_do_not_change_inside_a_transaction_but_the_timeout_does) {
    Connection connection = connect();
    connection.exec_driver_sql("SELECT 1");
    EXPECT_THROW(connection.execution_options({.isolation_level = IsolationLevel::serializable}), InvalidRequestError);
    EXPECT_THROW(connection.execution_options({.read_only = true}), InvalidRequestError);
    connection.execution_options({.read_only = false, .statement_timeout = 5ms});
    EXPECT_THAT(script_->take(), ElementsAre("begin", "SELECT 1", "timeout 5"));
}

TEST_F(ScriptedTransactionTest, connection_that_refuses_its_options_is_not_used) {
    script_->failures["level SERIALIZABLE"] = failure_of("42501", "no");
    const Engine strict = engine_.execution_options({.isolation_level = IsolationLevel::serializable});
    EXPECT_THROW((void)strict.connect(), ProgrammingError);
    script_->take();
    { Connection connection = strict.connect(); }
    EXPECT_THAT(script_->take(), ElementsAre("connect", "level SERIALIZABLE", "level DEFAULT"));
}

TEST_F(ScriptedTransactionTest, streaming_is_an_option_and_a_way_to_run) {
    Connection connection = connect();
    connection.exec_driver_sql("SELECT 1");
    connection.stream(text("SELECT 2").node());
    connection.execution_options({.stream_results = true});
    connection.exec_driver_sql("SELECT 3");
    EXPECT_THAT(script_->streamed, ElementsAre(false, true, true));
}

TEST_F(ScriptedTransactionTest, commit_that_breaks_off_leaves_the_outcome_in_doubt) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->failures["commit"] = failure_of("", "server closed the connection unexpectedly", true);
    try {
        connection.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.outcome_in_doubt());
        EXPECT_TRUE(error.connection_invalidated());
        EXPECT_FALSE(error.retryable());
        EXPECT_EQ(error.code(), "indoubt");
        EXPECT_EQ(error.statement(), "COMMIT");
        EXPECT_THAT(error.what(), HasSubstr("outcome is in doubt"));
    }
    EXPECT_THROW(connection.commit(), PendingRollbackError);
    EXPECT_THROW(connection.exec_driver_sql("SELECT 1"), PendingRollbackError);
    connection.rollback();
    connection.exec_driver_sql("SELECT 1");
}

TEST_F(ScriptedTransactionTest, connection_that_broke_behind_a_good_answer_cannot_commit_and_nothing_is_in_doubt) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->lost = true;
    script_->take();
    try {
        connection.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_FALSE(error.outcome_in_doubt());
        EXPECT_TRUE(error.connection_invalidated());
        EXPECT_EQ(error.statement(), "COMMIT");
        EXPECT_THAT(error.what(), HasSubstr("broke before the COMMIT was sent"));
    }
    EXPECT_THROW(connection.commit(), PendingRollbackError);
    EXPECT_THAT(script_->take(), IsEmpty());
    script_->lost = false;
    connection.rollback();
    connection.exec_driver_sql("SELECT 1");
}

TEST_F(ScriptedTransactionTest, commit_that_is_refused_kept_nothing_and_says_so) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->failures["commit"] = failure_of("40001", "could not serialize access");
    script_->failure_ends_transaction = true;
    try {
        connection.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_FALSE(error.outcome_in_doubt());
        EXPECT_TRUE(error.retryable());
        EXPECT_THAT(error.what(), HasSubstr("nothing of it was kept"));
    }
    EXPECT_THROW(connection.exec_driver_sql("SELECT 1"), PendingRollbackError);
    connection.rollback();
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(ScriptedTransactionTest, commit_that_is_refused_while_the_transaction_stays_open_may_be_tried_again) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->failures["commit"] = failure_of("55P03", "locked");
    try {
        connection.commit();
        FAIL();
    } catch (const DBAPIError& error) {
        EXPECT_THAT(error.what(), HasSubstr("commit() may be tried again"));
    }
    EXPECT_TRUE(connection.in_transaction());
    connection.commit();
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(ScriptedTransactionTest, statement_that_says_itself_that_the_outcome_is_unknown_is_in_doubt) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->failures["commit"] = failure_of("40003", "result is ambiguous");
    try {
        connection.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.outcome_in_doubt());
        EXPECT_FALSE(error.retryable());
    }
}

TEST_F(ScriptedTransactionTest, lost_connection_in_a_statement_is_in_doubt_in_autocommit_mode_only) {
    for (const auto level : {IsolationLevel::read_committed, IsolationLevel::autocommit}) {
        Connection connection = connect();
        connection.execution_options({.isolation_level = level});
        script_->failures["INSERT"] = failure_of("", "gone", true);
        try {
            connection.exec_driver_sql("INSERT");
            FAIL();
        } catch (const OperationalError& error) {
            EXPECT_EQ(error.outcome_in_doubt(), level == IsolationLevel::autocommit);
        }
    }
}

TEST_F(ScriptedTransactionTest, failure_that_ends_the_transaction_needs_a_rollback) {
    Connection connection = connect();
    connection.exec_driver_sql("INSERT");
    script_->failure_ends_transaction = true;
    script_->failures["UPDATE"] = failure_of("40P01", "deadlock detected");
    EXPECT_THROW(connection.exec_driver_sql("UPDATE"), OperationalError);
    try {
        connection.exec_driver_sql("SELECT 1");
        FAIL();
    } catch (const PendingRollbackError& error) {
        EXPECT_THAT(error.message(), HasSubstr("deadlock detected"));
    }
    connection.rollback();
    script_->take();
    connection.exec_driver_sql("SELECT 1");
    EXPECT_THAT(script_->take(), ElementsAre("begin", "SELECT 1"));
}

TEST_F(ScriptedTransactionTest, statement_that_commits_by_itself_is_followed_by_a_new_transaction) {
    script_->committing_statement = "CREATE TABLE t (id INTEGER)";
    Connection connection = connect();
    connection.exec_driver_sql("CREATE TABLE t (id INTEGER)");
    connection.exec_driver_sql("INSERT");
    connection.rollback();
    EXPECT_THAT(script_->take(), ElementsAre("begin", "CREATE TABLE t (id INTEGER)", "begin", "INSERT", "rollback"));
}

TEST_F(ScriptedTransactionTest, handles_of_transactions_tell_and_do_not_own) {
    Connection connection = connect();
    EXPECT_FALSE(connection.get_transaction());
    EXPECT_FALSE(connection.get_nested_transaction());
    Transaction outer = connection.begin();
    Transaction inner = connection.begin_nested();
    {
        const auto seen = connection.get_transaction();
        ASSERT_TRUE(seen);
        EXPECT_FALSE(seen->is_nested());
        const auto nested = connection.get_nested_transaction();
        ASSERT_TRUE(nested);
        EXPECT_TRUE(nested->is_nested());
    }
    EXPECT_TRUE(inner.is_active());
    connection.get_nested_transaction()->rollback();
    EXPECT_FALSE(inner.is_active());
    connection.get_transaction()->commit();
    EXPECT_FALSE(outer.is_active());
    EXPECT_THAT(script_->take(),
                ElementsAre("begin", "SAVEPOINT sa_savepoint_1", "ROLLBACK TO SAVEPOINT sa_savepoint_1", "commit"));
}

TEST_F(ScriptedTransactionTest, two_phases_prepare_and_commit_under_the_name) {
    Connection connection = connect();
    TwoPhaseTransaction transaction = connection.begin_twophase("one");
    EXPECT_EQ(transaction.xid(), "one");
    connection.exec_driver_sql("INSERT");
    transaction.prepare();
    EXPECT_THROW(transaction.prepare(), InvalidRequestError);
    EXPECT_THROW(connection.exec_driver_sql("SELECT 1"), InvalidRequestError);
    EXPECT_THAT(script_->prepared, ElementsAre("one"));
    transaction.commit();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_THAT(script_->take(), ElementsAre("begin one", "INSERT", "prepare one", "commit prepared one"));
    EXPECT_THAT(script_->prepared, IsEmpty());
}

TEST_F(ScriptedTransactionTest, two_phases_without_prepare_do_both_at_the_commit) {
    Connection connection = connect();
    TwoPhaseTransaction transaction = connection.begin_twophase();
    EXPECT_THAT(transaction.xid(), StartsWith("_sa_"));
    const std::string xid = transaction.xid();
    connection.commit();
    EXPECT_THAT(script_->take(), ElementsAre("begin " + xid, "prepare " + xid, "commit prepared " + xid));
}

TEST_F(ScriptedTransactionTest, prepared_transaction_that_goes_out_of_scope_is_rolled_back) {
    Connection connection = connect();
    { connection.begin_twophase("one").prepare(); }
    EXPECT_THAT(script_->take(), ElementsAre("begin one", "prepare one", "rollback prepared one"));
    { TwoPhaseTransaction dropped = connection.begin_twophase("two"); }
    EXPECT_THAT(script_->take(), ElementsAre("begin two", "rollback"));
}

TEST_F(ScriptedTransactionTest, prepared_transaction_outlives_its_connection_and_is_committed_on_another) {
    Connection connection = connect();
    TwoPhaseTransaction transaction = connection.begin_twophase("one");
    transaction.prepare();
    script_->failures["commit prepared one"] = failure_of("", "gone", true);
    try {
        transaction.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.outcome_in_doubt());
        EXPECT_THAT(error.what(), HasSubstr("recover_twophase()"));
    }
    script_->take();
    transaction.commit();
    EXPECT_THAT(script_->take(), ElementsAre("connect", "commit prepared one"));
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(ScriptedTransactionTest, transaction_that_was_left_behind_is_found_and_ended) {
    script_->prepared = {"old", "older"};
    Connection connection = connect();
    EXPECT_THAT(connection.recover_twophase(), ElementsAre("old", "older"));
    connection.commit_prepared("old");
    connection.rollback_prepared("older");
    EXPECT_THAT(connection.recover_twophase(), IsEmpty());
    connection.exec_driver_sql("SELECT 1");
    EXPECT_THROW(connection.commit_prepared("old"), InvalidRequestError);
}

TEST_F(ScriptedTransactionTest, database_without_two_phases_is_named) {
    script_->two_phase = false;
    Connection connection = connect();
    EXPECT_THROW((void)connection.begin_twophase(), InvalidRequestError);
    EXPECT_THROW((void)connection.recover_twophase(), InvalidRequestError);
}

TEST_F(ScriptedTransactionTest, statement_compiled_before_the_server_is_known_is_written_anew) {
    script_->version = "2";
    const NodeRef statement = select(true_()).node();
    const PreparedStatement early = engine_.statement_cache().find(statement);
    EXPECT_THAT(early.compiled->text, HasSubstr("true"));
    Connection connection = connect();
    EXPECT_FALSE(engine_.dialect().traits().boolean_words);
    connection.run(early);
    connection.run(statement);
    const auto calls = script_->take();
    ASSERT_EQ(calls.size(), 3u);
    EXPECT_THAT(calls[1], Not(HasSubstr("true")));
    EXPECT_EQ(calls[1], calls[2]);
}

TEST_F(ScriptedTransactionTest, server_of_the_usual_version_changes_nothing) {
    const Dialect& before = engine_.dialect();
    Connection connection = connect();
    EXPECT_EQ(&engine_.dialect(), &before);
}

}  // namespace
}  // namespace aludel::test
