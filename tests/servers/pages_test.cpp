// The samples of docs/transactions.md that need a server; tests/orm/transaction_pages_test.cpp compares the page with
// them.
#include "support/databases.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace aludel::test {
namespace {

struct User {
    static constexpr auto table_name = "users";
    Mapped<int, primary_key> id;
    Mapped<int> credit;
};

struct Payment {
    static constexpr auto table_name = "payments";
    Mapped<int, primary_key> id;
    Mapped<int> amount;
};

using Shop = Registry<User, Payment>;

class TwoPhasePages : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const std::string why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
        database.emplace(GetParam());
    }
    /// As a program does that dies between the phases.
    static void leave_prepared(const Engine& engine, const std::string& xid) {
        Connection connection = engine.connect();
        connection.execution_options({.isolation_level = IsolationLevel::autocommit});
        const bool is_xa = GetParam() == Backend::mariadb;
        connection.exec_driver_sql(is_xa ? "XA START '" + xid + "'" : "BEGIN");
        connection.exec_driver_sql("INSERT INTO users (id, credit) VALUES (1, 1)");
        if (is_xa) connection.exec_driver_sql("XA END '" + xid + "'");
        connection.exec_driver_sql((is_xa ? "XA PREPARE '" : "PREPARE TRANSACTION '") + xid + "'");
        connection.invalidate();
        EXPECT_THAT(engine.connect().recover_twophase(), ::testing::Contains(xid));
    }

    std::optional<Database> database;
};

TEST_P(TwoPhasePages, twophase) {
    Database payments_database{GetParam()};
    Engine users = create_engine(database->url());
    Engine payments = create_engine(payments_database.url());
    Shop::metadata().create_all(users);
    Shop::metadata().create_all(payments);
    Session first{users};
    first.begin([&] { first.add(User{.id = 1, .credit = 100}); });
    // sample: twophase
    Session session{users, {.twophase = true, .binds = {bind<Payment>(payments)}}};
    session.get<User>(1)->credit -= 10;
    session.add(Payment{.amount = 10});
    session.commit();  // prepares both, then commits both
    // end
    EXPECT_EQ(Session(payments).query<Payment>().count(), 1);
    EXPECT_EQ(Session(users).get<User>(1)->credit, 90);
}

TEST_P(TwoPhasePages, recover) {
    Engine engine = create_engine(database->url());
    Shop::metadata().create_all(engine);
    leave_prepared(engine, "shop-" + database->name());
    // sample: recover
    Connection connection = engine.connect();
    for (const std::string& xid : connection.recover_twophase()) {
        if (xid.starts_with("shop-")) connection.rollback_prepared(xid);
    }
    // end
    EXPECT_THAT(connection.recover_twophase(), ::testing::Not(::testing::Contains("shop-" + database->name())));
}

INSTANTIATE_TEST_SUITE_P(Servers, TwoPhasePages, ::testing::Values(Backend::postgresql, Backend::mariadb),
                         [](const auto& each) { return std::string{to_string(each.param)}; });

}  // namespace
}  // namespace aludel::test
