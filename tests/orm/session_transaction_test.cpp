// A session's transactions: blocks, options, connections of the user, work that is run again.
#include "orm/models.hpp"
#include "support/temporary.hpp"

#include <aludel/orm/retry.hpp>

#include <gmock/gmock.h>

#include <stdexcept>

namespace aludel::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(OrmTest, begin_commits_the_block_and_gives_its_value) {
    Session session{engine};
    EXPECT_EQ(session.begin([&] {
        session.add(User{.name = "ed"});
        return 7;
    }),
              7);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(session.query<User>().count(), 1);
    EXPECT_THROW(session.begin([] {}), InvalidRequestError);  // the query has begun one
}

TEST_F(OrmTest, begin_rolls_back_what_throws) {
    Session session{engine};
    EXPECT_THROW(session.begin([&] {
        session.add(User{.name = "ed"});
        session.flush();
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(session.query<User>().count(), 0);
}

TEST_F(OrmTest, options_of_a_transaction_come_first_or_not_at_all) {
    Session session{engine};
    session.connection({.isolation_level = IsolationLevel::read_uncommitted});
    EXPECT_EQ(session.connection().get_execution_options().isolation_level, IsolationLevel::read_uncommitted);
    EXPECT_THROW(session.connection({.isolation_level = IsolationLevel::serializable}), InvalidRequestError);
    session.commit();
    EXPECT_EQ(session.connection().get_execution_options().isolation_level, std::nullopt);
}

TEST_F(OrmTest, twophase_needs_a_database_that_has_it) {
    Session session{engine, {.twophase = true}};
    EXPECT_THROW((void)session.query<User>().count(), InvalidRequestError);
    Session plain{engine};
    EXPECT_THROW(plain.prepare(), InvalidRequestError);
}

/// Connections that do not share one transaction, as those of a memory database do.
class JoinTest : public OrmTest {
  protected:
    JoinTest() {
        file_engine.begin([](Connection& connection) { Base::metadata().create_all(connection); });
        log.clear();
    }
    std::int64_t users() { return Session(file_engine).query<User>().count(); }

    FreshFile file;
    Engine file_engine = create_engine(file.url(), {.log = log.sink()});
};

TEST_F(JoinTest, session_on_a_connection_without_transaction_begins_and_commits_it) {
    Connection connection = file_engine.connect();
    {
        Session session{connection};
        session.add(User{.name = "ed"});
        session.commit();
        EXPECT_FALSE(connection.in_transaction());
        session.add(User{.name = "jack"});
        session.flush();
    }
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_FALSE(connection.closed());
    EXPECT_EQ(users(), 1);
}

TEST_F(JoinTest, rollback_only_leaves_the_commit_to_the_user) {
    Connection connection = file_engine.connect();
    Transaction outer = connection.begin();
    {
        Session session{connection};
        session.add(User{.name = "ed"});
        session.commit();
        EXPECT_TRUE(outer.is_active());
    }
    EXPECT_TRUE(outer.is_active());
    EXPECT_EQ(users(), 0);
    {
        Session session{connection};
        EXPECT_EQ(session.query<User>().count(), 1);
        session.rollback();
    }
    EXPECT_FALSE(outer.is_active());
    EXPECT_EQ(users(), 0);
}

TEST_F(JoinTest, control_fully_ends_the_users_transaction) {
    Connection connection = file_engine.connect();
    const SessionOptions options{.join_transaction_mode = JoinTransactionMode::control_fully};
    {
        Transaction outer = connection.begin();
        Session session{connection, options};
        session.add(User{.name = "ed"});
        session.commit();
        EXPECT_FALSE(outer.is_active());
    }
    EXPECT_EQ(users(), 1);
    Transaction outer = connection.begin();
    {
        Session session{connection, options};
        session.add(User{.name = "jack"});
        session.flush();
    }
    EXPECT_FALSE(outer.is_active());
    EXPECT_EQ(users(), 1);
}

TEST_F(JoinTest, create_savepoint_leaves_nothing_after_the_outer_rollback) {
    Connection connection = file_engine.connect();
    Transaction outer = connection.begin();
    {
        Session session{connection, {.join_transaction_mode = JoinTransactionMode::create_savepoint}};
        session.add(User{.name = "ed"});
        session.commit();
        session.add(User{.name = "jack"});
        session.flush();
        session.rollback();
        EXPECT_EQ(session.query<User>().count(), 1);
        session.add(User{.name = "left open"});
        session.flush();
    }
    EXPECT_TRUE(outer.is_active());
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM users").scalar_one<std::int64_t>(), 1);
    outer.rollback();
    EXPECT_EQ(users(), 0);
    EXPECT_THAT(log.lines(), Contains("SAVEPOINT sa_savepoint_1"));
    EXPECT_THAT(log.lines(), Contains("RELEASE SAVEPOINT sa_savepoint_1"));
    EXPECT_THAT(log.lines(), Contains("ROLLBACK TO SAVEPOINT sa_savepoint_3"));
}

TEST_F(JoinTest, conditional_savepoint_is_one_inside_of_a_savepoint) {
    Connection connection = file_engine.connect();
    Transaction outer = connection.begin();
    Transaction savepoint = connection.begin_nested();
    Session session{connection};
    session.add(User{.name = "ed"});
    session.flush();
    session.rollback();
    EXPECT_TRUE(savepoint.is_active());
    EXPECT_TRUE(outer.is_active());
}

TEST_F(JoinTest, statements_of_the_session_alone_are_counted) {
    Connection connection = file_engine.connect();
    connection.exec_driver_sql("SELECT 1");
    Session session{connection};
    EXPECT_EQ(session.query<User>().count(), 0);
    EXPECT_EQ(session.statement_count(), 1u);
    session.rollback();
    EXPECT_EQ(session.statement_count(), 1u);
}

TEST_F(JoinTest, run_transaction_waits_for_the_lock_of_another) {
    // SQLite: a reader that wants to write while another writes is refused at once, and must begin anew.
    const Engine impatient = create_engine(file.url(), {.busy_timeout = std::chrono::milliseconds{0}});
    Connection other = file_engine.connect();
    other.execution_options({.isolation_level = IsolationLevel::autocommit});
    other.exec_driver_sql("BEGIN IMMEDIATE");
    Session session{impatient};
    int runs = 0;
    run_transaction(session,
                    [&](Session& each) {
                        ++runs;
                        each.add(User{.name = "ed"});
                        each.flush();
                    },
                    {.first_delay = std::chrono::milliseconds{1}, .on_retry = [&](const RetryNotice& notice) {
                         EXPECT_THAT(notice.error.what(), HasSubstr("locked"));
                         if (notice.attempt == 2) other.exec_driver_sql("ROLLBACK");
                     }});
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(users(), 1);
    EXPECT_FALSE(session.in_transaction());
}

TEST_F(JoinTest, run_transaction_refuses_a_session_at_work) {
    Session session{file_engine};
    session.add(User{.name = "ed"});
    EXPECT_THROW(run_transaction(session, [](Session&) {}), InvalidRequestError);
    EXPECT_EQ(session.new_().size(), 1u);
}

TEST_F(JoinTest, run_transaction_gives_its_value_and_leaves_objects_as_after_any_commit) {
    Session session{file_engine};
    const auto user = run_transaction(session, [](Session& each) { return each.add(User{.name = "ed"}); });
    EXPECT_EQ(user->name, "ed");
    EXPECT_EQ(object_state(user), ObjectState::persistent);
    session.commit();  // of what the reading has begun
    EXPECT_THROW(run_transaction(session,
                                 [](Session& each) {
                                     each.add(User{.name = "ed"});
                                     each.flush();
                                 }),
                 IntegrityError);
    EXPECT_FALSE(session.in_transaction());
}

}  // namespace
}  // namespace aludel::test
