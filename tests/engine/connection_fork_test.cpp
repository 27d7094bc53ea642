// A Connection that exists while its process forks belongs to the parent.
#include <aludel/engine/engine.hpp>

#include <gtest/gtest.h>

#include <memory>

#include "child_process.hpp"
#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

TEST(ConnectionFork, object_in_the_child_has_lost_its_transaction_and_can_go_on) {
    auto server = register_fake_drivers();
    auto engine = create_engine("fakepool://");
    auto connection = engine.connect();
    auto rows = connection.exec_driver_sql("SELECT 1");
    server->take_said();
    expect_in_child([&] {
        std::string complaints;
        try {
            connection.exec_driver_sql("SELECT 2");
            complaints += "the child used its parent's transaction\n";
        } catch (const PendingRollbackError&) {
            // as it should be
        }
        complaints += unless(is_empty(server->take_said()), "something was said on the parent's connection");
        connection.rollback();
        connection.exec_driver_sql("SELECT 3");
        complaints += unless(server->take_said() == std::vector<std::string>{"2: BEGIN", "2: SELECT 3"}, "not its own");
        return complaints;
    });
    connection.exec_driver_sql("SELECT 4");
    EXPECT_EQ(server->take_said(), std::vector<std::string>{"1: SELECT 4"});
}

TEST(ConnectionFork, object_that_ends_in_the_child_says_nothing) {
    auto server = register_fake_drivers();
    auto engine = create_engine("fakepool://");
    auto connection = std::make_unique<Connection>(engine.connect());
    connection->exec_driver_sql("INSERT");
    server->take_said();
    expect_in_child([&] {
        connection.reset();
        return unless(is_empty(server->take_said()) && server->abandoned == 1, "the parent's transaction was touched");
    });
    connection->commit();
    EXPECT_EQ(server->take_said(), std::vector<std::string>{"1: COMMIT"});
}

}  // namespace
}  // namespace aludel::test
