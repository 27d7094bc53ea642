// A PostgreSQL and its standby, which cluster.py has started: reads there, writes here.
#include "support/bank.hpp"
#include "support/log_capture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <chrono>
#include <string>
#include <thread>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;

class Replication : public ::testing::Test {
  protected:
    void SetUp() override {
        if (environment("ALUDEL_STANDBY_URL").empty()) {
            GTEST_SKIP() << "ALUDEL_STANDBY_URL is not set: tests/servers/cluster.py postgresql sets it";
        }
        primary.emplace(create_engine(environment("ALUDEL_PRIMARY_URL"), {.log = log.sink()}));
        standby.emplace(create_engine(environment("ALUDEL_STANDBY_URL")));
        open_bank(*primary, 4);
        wait_for_standby();
        log.clear();
    }
    /// Until the standby has all that the primary has written.
    void wait_for_standby() const {
        Connection here = primary->connect();
        const auto position =
            here.exec_driver_sql("SELECT CAST(pg_current_wal_insert_lsn() AS TEXT)").scalar_one<std::string>();
        const std::string sql = "SELECT pg_last_wal_replay_lsn() >= CAST('" + position + "' AS pg_lsn)";
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (std::chrono::steady_clock::now() < deadline) {
            Connection there = standby->connect();
            if (there.exec_driver_sql(sql).scalar_one<bool>()) return;
            std::this_thread::sleep_for(20ms);
        }
        FAIL() << "the standby does not follow";
    }
    static bool reads_from_standby(Session& session) {
        return session.execute(select(func::call<bool>("pg_is_in_recovery"))).scalar_one();
    }

    LogCapture log;
    std::optional<Engine> primary, standby;
};

TEST_F(Replication, reads_go_to_the_standby_and_writes_to_the_primary) {
    Session session{*primary, {.replicas = {*standby}}};
    EXPECT_TRUE(reads_from_standby(session));
    EXPECT_EQ(session.query<Account>().count(), 4);
    transfer(session, 1, 2, "first");
    session.flush();
    EXPECT_FALSE(reads_from_standby(session));
    EXPECT_EQ(session.query<Transfer>().count(), 1);  // its own write, which the standby cannot have
    session.commit();
    EXPECT_FALSE(reads_from_standby(session));
    EXPECT_EQ(session.get<Account>(1)->balance, 99);
    session.close();
    wait_for_standby();
    EXPECT_TRUE(reads_from_standby(session));
    EXPECT_EQ(session.get<Account>(2)->balance, 101);
    // A lock is the primary's, and so is what comes after it.
    EXPECT_EQ(
        session.execute(select(col<&Account::balance>).where(col<&Account::id> == 1).with_for_update()).scalar_one(),
        99);
    EXPECT_FALSE(reads_from_standby(session));
}

TEST_F(Replication, standby_itself_refuses_to_write) {
    Session session{*standby};
    session.add(Transfer{.name = "no", .amount = 1});
    EXPECT_THROW(session.flush(), DBAPIError);
}

// The last one: it ends the standby.
TEST_F(Replication, zz_standby_that_is_killed_in_the_middle_leaves_the_session_on_the_primary) {
    Session session{*primary, {.replicas = {*standby}}};
    auto account = session.get<Account>(1);
    EXPECT_TRUE(reads_from_standby(session));
    ASSERT_EQ(::kill(std::stoi(environment("ALUDEL_STANDBY_PID")), SIGQUIT), 0);  // as a crash does
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(session.query<Account>().count(), 4);
    EXPECT_FALSE(reads_from_standby(session));
    EXPECT_THAT(log.lines(), Contains(HasSubstr("was lost; reading elsewhere")));
    account->balance -= 1;
    transfer(session, 2, 3, "after");
    session.commit();
    for (int i = 0; i < 20; ++i) {
        Session each{*primary, {.replicas = {*standby}}};
        EXPECT_EQ(each.query<Account>().count(), 4);
        transfer(each, 3, 4, std::to_string(i));
        each.commit();
    }
    EXPECT_EQ(sum_of_balances(*primary), 399);
    EXPECT_EQ(Session(*primary).query<Transfer>().count(), 21);
}

}  // namespace
}  // namespace aludel::test
