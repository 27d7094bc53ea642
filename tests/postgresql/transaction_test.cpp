#include "postgresql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace aludel {
namespace {

using test::failure_of;
using test::ValueRow;

class PostgresqlTransactions : public test::PostgresqlTest {
  protected:
    std::string setting(const std::string& name) { return text("SELECT current_setting('" + name + "')"); }
};

TEST_F(PostgresqlTransactions, commit_keeps_and_rollback_drops) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->begin();
    EXPECT_TRUE(connection_->in_transaction());
    query("INSERT INTO t VALUES (1)");
    EXPECT_TRUE(connection_->in_transaction());
    connection_->commit();
    EXPECT_FALSE(connection_->in_transaction());
    connection_->begin();
    query("INSERT INTO t VALUES (2)");
    connection_->rollback();
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(scalar("SELECT sum(a) FROM t"), Value::of(1));
}

TEST_F(PostgresqlTransactions, isolation_level_stands_in_the_begin) {
    const std::pair<IsolationLevel, const char*> levels[] = {
        {IsolationLevel::read_uncommitted, "read uncommitted"}, {IsolationLevel::read_committed, "read committed"},
        {IsolationLevel::repeatable_read, "repeatable read"},   {IsolationLevel::serializable, "serializable"},
        {IsolationLevel::database_default, "read committed"},
    };
    for (const auto& [level, name] : levels) {
        connection_->set_isolation_level(level);
        connection_->begin();
        EXPECT_EQ(setting("transaction_isolation"), name);
        connection_->rollback();
    }
}

TEST_F(PostgresqlTransactions, level_of_the_options_is_the_first) {
    driver::ConnectOptions options;
    options.isolation_level = IsolationLevel::serializable;
    const auto connection = connect(options);
    connection->begin();
    EXPECT_EQ(test::scalar(*connection, "SELECT current_setting('transaction_isolation')"),
              Value::text("serializable"));
}

TEST_F(PostgresqlTransactions, read_only_transaction_refuses_to_write) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->set_access({.read_only = true, .deferrable = true});
    connection_->set_isolation_level(IsolationLevel::serializable);
    connection_->begin();
    EXPECT_EQ(setting("transaction_read_only"), "on");
    EXPECT_EQ(setting("transaction_deferrable"), "on");
    EXPECT_EQ(failure_of([&] { query("CREATE TABLE never (a int)"); }).sqlstate, "25006");
    connection_->rollback();
    connection_->set_access({});
    connection_->begin();
    EXPECT_EQ(setting("transaction_read_only"), "off");
    EXPECT_EQ(run("INSERT INTO t VALUES (1)"), 1);
    connection_->commit();
}

TEST_F(PostgresqlTransactions, autocommit_may_be_read_only_too) {
    connection_->set_isolation_level(IsolationLevel::autocommit);
    connection_->set_access({.read_only = true});
    EXPECT_EQ(failure_of([&] { query("CREATE TABLE never (a int)"); }).sqlstate, "25006");
    EXPECT_FALSE(connection_->in_transaction());
    connection_->set_access({});
    EXPECT_NO_THROW(query("CREATE TEMPORARY TABLE t (a int)"));
    connection_->set_access({.read_only = true});
    connection_->set_isolation_level(IsolationLevel::database_default);
    connection_->set_access({});
    connection_->begin();
    EXPECT_EQ(setting("transaction_read_only"), "off");
    connection_->rollback();
}

TEST_F(PostgresqlTransactions, commit_of_a_failed_transaction_is_a_failure) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->begin();
    query("INSERT INTO t VALUES (1)");
    failure_of([&] { query("SELECT 1 / 0"); });
    EXPECT_TRUE(connection_->in_transaction());
    EXPECT_EQ(failure_of([&] { query("SELECT 1"); }).sqlstate, "25P02");
    const auto failure = failure_of([&] { connection_->commit(); });
    EXPECT_EQ(failure.sqlstate, "25P02");
    EXPECT_THAT(failure.message, ::testing::HasSubstr("rolled back"));
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
}

TEST_F(PostgresqlTransactions, commit_that_breaks_a_deferred_constraint_fails) {
    query("CREATE TEMPORARY TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    connection_->begin();
    query("INSERT INTO t VALUES (1), (1)");
    EXPECT_EQ(failure_of([&] { connection_->commit(); }).sqlstate, "23505");
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlTransactions, savepoint_saves_a_failed_transaction) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->begin();
    query("SAVEPOINT s");
    failure_of([&] { query("SELECT 1 / 0"); });
    query("ROLLBACK TO SAVEPOINT s");
    query("INSERT INTO t VALUES (1)");
    connection_->commit();
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(1));
}

TEST_F(PostgresqlTransactions, first_statement_that_fails_leaves_the_transaction_open) {
    connection_->begin();
    failure_of([&] { query("SELECT 1 / 0"); });
    EXPECT_TRUE(connection_->in_transaction());
    connection_->rollback();
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlTransactions, script_begins_the_transaction_too) {
    query("CREATE TEMPORARY TABLE t (a int)");
    connection_->begin();
    connection_->execute_script("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)");
    EXPECT_TRUE(connection_->in_transaction());
    connection_->rollback();
    EXPECT_EQ(scalar("SELECT count(*) FROM t"), Value::of(0));
}

TEST_F(PostgresqlTransactions, transaction_begun_by_text_is_seen) {
    query("BEGIN");
    EXPECT_TRUE(connection_->in_transaction());
    query("ROLLBACK");
    EXPECT_FALSE(connection_->in_transaction());
}

class PostgresqlTwoPhase : public PostgresqlTransactions {
  protected:
    void SetUp() override {
        PostgresqlTransactions::SetUp();
        if (IsSkipped()) return;
        if (setting("max_prepared_transactions") == "0") GTEST_SKIP() << "the server has max_prepared_transactions = 0";
        query("CREATE TABLE " + table_ + " (a int)");
    }
    void TearDown() override {
        if (connection_ && !IsSkipped()) query("DROP TABLE IF EXISTS " + table_);
    }
    bool is_prepared(const std::string& id) {
        const auto ids = connection_->prepared_ids();
        return std::ranges::find(ids, id) != ids.end();
    }

    std::string table_ = "two_phase_" + std::to_string(::getpid());
    std::string id_ = "it's \\ an id " + std::to_string(::getpid());
};

TEST_F(PostgresqlTwoPhase, prepared_transaction_is_committed_by_another_connection) {
    connection_->begin_two_phase(id_);
    query("INSERT INTO " + table_ + " VALUES (1)");
    connection_->prepare_two_phase(id_);
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(scalar("SELECT count(*) FROM " + table_), Value::of(0));
    EXPECT_TRUE(is_prepared(id_));
    connect()->commit_prepared(id_);
    EXPECT_EQ(scalar("SELECT count(*) FROM " + table_), Value::of(1));
    EXPECT_FALSE(is_prepared(id_));
}

TEST_F(PostgresqlTwoPhase, prepared_transaction_is_rolled_back) {
    connection_->begin_two_phase(id_);
    query("INSERT INTO " + table_ + " VALUES (1)");
    connection_->prepare_two_phase(id_);
    connection_->rollback_prepared(id_);
    EXPECT_EQ(scalar("SELECT count(*) FROM " + table_), Value::of(0));
    EXPECT_EQ(failure_of([&] { connection_->rollback_prepared(id_); }).sqlstate, "42704");
}

TEST_F(PostgresqlTwoPhase, failed_transaction_cannot_be_prepared) {
    connection_->begin_two_phase(id_);
    failure_of([&] { query("SELECT 1 / 0"); });
    EXPECT_EQ(failure_of([&] { connection_->prepare_two_phase(id_); }).sqlstate, "25P02");
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_FALSE(is_prepared(id_));
}

TEST_F(PostgresqlTwoPhase, empty_transaction_can_be_prepared) {
    connection_->begin_two_phase(id_);
    connection_->prepare_two_phase(id_);
    EXPECT_TRUE(is_prepared(id_));
    connection_->commit_prepared(id_);
}

TEST_F(PostgresqlTwoPhase, id_with_a_nul_is_refused) {
    EXPECT_EQ(failure_of([&] { connection_->begin_two_phase(std::string("a\0b", 3)); }).sqlstate, "22021");
}

}  // namespace
}  // namespace aludel
