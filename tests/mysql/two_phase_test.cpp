// Transactions that are prepared and ended later, by the connection that prepared them or by another.
#include "mysql/driver_fixture.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace aludel {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class MysqlTwoPhase : public test::MysqlTest {
  protected:
    void SetUp() override {
        MysqlTest::SetUp();
        if (!connection_) return;
        connection_->execute_script("CREATE TABLE t (x INT PRIMARY KEY)");
        id_ = database_ + " it's";
    }
    void prepare(driver::Connection& connection, int x) {
        connection.begin_two_phase(id_);
        run(connection, "INSERT INTO t VALUES (?)", {Value::of(x)});
        connection.prepare_two_phase(id_);
    }
    std::int64_t rows() {
        return test::scalar(*administrator_, "SELECT COUNT(*) FROM " + database_ + ".t").as_integer();
    }

    std::string id_;
};

TEST_F(MysqlTwoPhase, prepared_transaction_is_committed) {
    connection_->begin_two_phase(id_);
    EXPECT_TRUE(connection_->in_transaction());
    run("INSERT INTO t VALUES (1)");
    connection_->prepare_two_phase(id_);
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(rows(), 0);
    EXPECT_THAT(connection_->prepared_ids(), Contains(id_));
    connection_->commit_prepared(id_);
    EXPECT_EQ(rows(), 1);
    EXPECT_THAT(connection_->prepared_ids(), Not(Contains(id_)));
    EXPECT_EQ(scalar("SELECT x FROM t"), Value::of(1));
}

TEST_F(MysqlTwoPhase, prepared_transaction_is_rolled_back) {
    prepare(*connection_, 1);
    connection_->rollback_prepared(id_);
    EXPECT_EQ(rows(), 0);
    EXPECT_THAT(connection_->prepared_ids(), Not(Contains(id_)));
    prepare(*connection_, 1);
    connection_->commit_prepared(id_);
    EXPECT_EQ(rows(), 1);
}

TEST_F(MysqlTwoPhase, transaction_without_preparation_ends_in_one_phase) {
    connection_->begin_two_phase(id_);
    run("INSERT INTO t VALUES (1)");
    connection_->commit();
    EXPECT_EQ(rows(), 1);
    EXPECT_FALSE(connection_->in_transaction());
    connection_->begin_two_phase(id_);
    run("INSERT INTO t VALUES (2)");
    connection_->rollback();
    EXPECT_EQ(rows(), 1);
    EXPECT_FALSE(connection_->in_transaction());
    connection_->begin();
    run("INSERT INTO t VALUES (3)");
    connection_->commit();
    EXPECT_EQ(rows(), 2);
}

TEST_F(MysqlTwoPhase, connection_that_does_something_else_gives_the_transaction_up) {
    prepare(*connection_, 1);
    const auto before = connection_->prepared_ids();
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    EXPECT_THAT(connection_->prepared_ids(), Contains(id_));
    connection_->commit_prepared(id_);
    EXPECT_EQ(rows(), 1);
}

TEST_F(MysqlTwoPhase, another_connection_commits_while_the_first_is_open) {
    const auto other = connect();
    prepare(*connection_, 1);
    other->commit_prepared(id_);
    EXPECT_EQ(rows(), 1);
    // The first goes on as if nothing had happened.
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(1));
    prepare(*connection_, 2);
    other->rollback_prepared(id_);
    EXPECT_EQ(rows(), 1);
    EXPECT_TRUE(connection_->ping());
}

TEST_F(MysqlTwoPhase, another_connection_commits_after_the_first_is_closed) {
    prepare(*connection_, 1);
    connection_.reset();
    // The server detaches it in its own time.
    for (int i = 0; i < 200 && rows() == 0; ++i) {
        waiter_.pause(std::chrono::milliseconds{20}, Waiter::no_deadline);
        if (i == 10) administrator_->commit_prepared(id_);
    }
    EXPECT_EQ(rows(), 1);
}

TEST_F(MysqlTwoPhase, open_rows_survive_the_change_of_the_connection) {
    connection_->execute_script("INSERT INTO t SELECT seq FROM seq_10_to_20");
    auto cursor = connection_->prepare("SELECT x FROM t ORDER BY x");
    cursor->execute();
    ASSERT_TRUE(cursor->next());
    prepare(*connection_, 1);
    EXPECT_EQ(scalar("SELECT 1"), Value::of(1));
    int count = 1;
    while (cursor->next()) EXPECT_EQ(cursor->row()[0].integer, 10 + count++);
    EXPECT_EQ(count, 11);
    cursor.reset();
    connection_->rollback_prepared(id_);
    EXPECT_EQ(rows(), 11);
}

TEST_F(MysqlTwoPhase, transaction_without_changes_can_be_committed_anywhere) {
    const auto other = connect();
    for (const bool elsewhere : {false, true}) {
        connection_->begin_two_phase(id_);
        EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(0));
        connection_->prepare_two_phase(id_);
        (elsewhere ? *other : *connection_).commit_prepared(id_);
        EXPECT_THAT(connection_->prepared_ids(), Not(Contains(id_)));
    }
}

TEST_F(MysqlTwoPhase, unknown_ids_are_refused) {
    EXPECT_EQ(test::failure_of([&] { connection_->commit_prepared("nobody's"); }).code, 1397);
    EXPECT_EQ(test::failure_of([&] { connection_->rollback_prepared("nobody's"); }).code, 1397);
    EXPECT_THAT(test::failure_of([&] { connection_->prepare_two_phase("a"); }).message,
                HasSubstr("no two-phase transaction was begun"));
    connection_->begin_two_phase("a " + id_);
    EXPECT_THAT(test::failure_of([&] { connection_->prepare_two_phase("b"); }).message, HasSubstr("not 'b'"));
    connection_->rollback();
    EXPECT_THAT(test::failure_of([&] { connection_->begin_two_phase(std::string(65, 'x')); }).message,
                HasSubstr("1 to 64 bytes, not 65"));
}

TEST_F(MysqlTwoPhase, failed_transaction_is_rolled_back) {
    connection_->begin_two_phase(id_);
    run("INSERT INTO t VALUES (1)");
    EXPECT_EQ(test::failure_of([&] { run("INSERT INTO t VALUES (1)"); }).code, 1062);
    connection_->rollback();
    EXPECT_EQ(rows(), 0);
    EXPECT_FALSE(connection_->in_transaction());
}

}  // namespace
}  // namespace aludel
