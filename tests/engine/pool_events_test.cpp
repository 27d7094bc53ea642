#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <any>
#include <stdexcept>

#include "pool_fixture.hpp"

namespace aludel::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PoolEventsTest : public ::testing::Test {
  protected:
    // Handlers that write down their names and the number of the connection.
    PoolEvents noting() {
        const auto note = [this](std::string name) {
            return [this, name](PooledConnection& connection) {
                events_.push_back(name + " " + std::to_string(connection.id()));
            };
        };
        const auto note_reason = [this](std::string name) {
            return [this, name](PooledConnection& connection, std::string_view reason) {
                events_.push_back(name + " " + std::to_string(connection.id()) + " " + std::string{reason});
            };
        };
        PoolEvents events;
        events.connect = note("connect");
        events.first_connect = note("first_connect");
        events.checkout = note("checkout");
        events.checkin = note("checkin");
        events.reset = note("reset");
        events.invalidate = note_reason("invalidate");
        events.soft_invalidate = note_reason("soft_invalidate");
        events.detach = note("detach");
        events.close = note("close");
        events.close_detached = note("close_detached");
        return events;
    }
    std::unique_ptr<detail::Pool> pool(EngineOptions options) { return make_fake_pool(server_, options); }
    std::unique_ptr<detail::Pool> pool_with(PoolEvents events) { return pool({.pool_events = std::move(events)}); }
    std::vector<std::string> taken() { return std::exchange(events_, {}); }

    std::vector<std::string> events_;
    std::shared_ptr<FakeServer> server_ = std::make_shared<FakeServer>();
};

TEST_F(PoolEventsTest, life_of_a_connection_comes_in_sqlalchemys_order) {
    auto queue = pool_with(noting());
    auto lease = take(*queue);
    EXPECT_THAT(taken(), ElementsAre("first_connect 1", "connect 1", "checkout 1"));
    queue->give_back(std::move(lease));
    EXPECT_THAT(taken(), ElementsAre("reset 1", "checkin 1"));
    lease = take(*queue);
    EXPECT_THAT(taken(), ElementsAre("checkout 1"));
    queue->keeper().soft_invalidate(*lease.record, "old");
    queue->give_back(std::move(lease));
    EXPECT_THAT(taken(), ElementsAre("soft_invalidate 1 old", "reset 1", "checkin 1", "close 1"));
    lease = take(*queue);
    EXPECT_THAT(taken(), ElementsAre("connect 2", "checkout 2"));
    queue->discard(std::move(lease), detail::Blame::connection, "broke");
    EXPECT_THAT(taken(), ElementsAre("invalidate 2 broke", "close 2"));
}

TEST_F(PoolEventsTest, detached_connection_is_reset_and_closed_as_detached) {
    auto queue = pool_with(noting());
    auto lease = take(*queue);
    taken();
    queue->detach(lease);
    queue->give_back(std::move(lease));
    EXPECT_THAT(taken(), ElementsAre("detach 1", "reset 1", "close_detached 1"));
}

TEST_F(PoolEventsTest, handler_added_later_is_called_after_the_others) {
    auto queue = pool_with({.checkout = [this](PooledConnection&) { events_.push_back("first"); }});
    queue->give_back(take(*queue));
    queue->keeper().listen({.checkout = [this](PooledConnection&) { events_.push_back("second"); }});
    queue->give_back(take(*queue));
    EXPECT_THAT(events_, ElementsAre("first", "first", "second"));
}

TEST_F(PoolEventsTest, connect_handler_can_run_text_and_keep_information) {
    PoolEvents events;
    events.connect = [](PooledConnection& connection) {
        connection.execute("PRAGMA foreign_keys=ON");
        connection.info()["answer"] = connection.scalar("SELECT 1").has_value();
        connection.info()["version"] = connection.server_version();
    };
    auto queue = pool_with(std::move(events));
    auto lease = take(*queue);
    EXPECT_THAT(server_->take_said(), ElementsAre("1: PRAGMA foreign_keys=ON", "1: SELECT 1"));
    EXPECT_TRUE(std::any_cast<bool>(lease.record->info["answer"]));
    EXPECT_EQ(std::any_cast<std::string>(lease.record->info["version"]), "3.40.1");
    queue->give_back(std::move(lease));
}

TEST_F(PoolEventsTest, connect_handler_that_fails_closes_the_connection_and_frees_its_place) {
    bool fails = true;
    PoolEvents events;
    events.connect = [&](PooledConnection&) {
        if (fails) throw std::runtime_error("not this one");
    };
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms, .pool_events = std::move(events)});
    EXPECT_THROW(take(*queue), std::runtime_error);
    EXPECT_EQ(server_->open, 0);
    fails = false;
    queue->give_back(take(*queue));
    EXPECT_EQ(queue->statistics().closed, 1u);
}

TEST_F(PoolEventsTest, first_connect_that_fails_is_called_again) {
    int calls = 0;
    PoolEvents events;
    events.first_connect = [&](PooledConnection&) {
        if (++calls == 1) throw std::runtime_error("not yet");
    };
    auto queue = pool_with(std::move(events));
    EXPECT_THROW(take(*queue), std::runtime_error);
    auto a = take(*queue);
    auto b = take(*queue);
    EXPECT_EQ(calls, 2);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
}

TEST_F(PoolEventsTest, disconnection_at_checkout_replaces_the_connection) {
    PoolEvents events = noting();
    events.checkout = [this](PooledConnection& connection) {
        events_.push_back("checkout " + std::to_string(connection.id()));
        if (connection.id() == 1) throw DisconnectionError("it is too slow");
    };
    auto queue = pool_with(std::move(events));
    auto lease = take(*queue);
    EXPECT_EQ(number_of(lease), 2);
    EXPECT_THAT(taken(), ElementsAre("first_connect 1", "connect 1", "checkout 1", "invalidate 1 it is too slow",
                                     "close 1", "connect 2", "checkout 2"));
    queue->give_back(std::move(lease));
    EXPECT_EQ(server_->open, 1);
}

TEST_F(PoolEventsTest, refusing_every_connection_is_an_error_and_frees_its_place) {
    bool refuses = true;
    int calls = 0;
    PoolEvents events;
    events.checkout = [&](PooledConnection&) {
        ++calls;
        if (refuses) throw DisconnectionError("none will do");
    };
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms, .pool_events = std::move(events)});
    try {
        take(*queue);
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.message(), HasSubstr("none will do"));
    }
    EXPECT_EQ(calls, 2) << "as often as SQLAlchemy asks";
    EXPECT_EQ(server_->open, 0);
    refuses = false;
    queue->give_back(take(*queue));
}

TEST_F(PoolEventsTest, invalidate_pool_error_at_checkout_replaces_the_generation) {
    bool restarted = false;
    PoolEvents events;
    events.checkout = [&](PooledConnection& connection) {
        if (restarted && connection.id() <= 2) throw InvalidatePoolError("restarted");
    };
    auto queue = pool({.pool_size = 2, .max_overflow = 0, .pool_events = std::move(events)});
    auto a = take(*queue);
    auto b = take(*queue);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
    restarted = true;
    a = take(*queue);
    b = take(*queue);
    EXPECT_EQ(queue->statistics().invalidated, 1u);
    EXPECT_EQ(queue->statistics().recycled, 1u);
    queue->give_back(std::move(a));
    queue->give_back(std::move(b));
}

TEST_F(PoolEventsTest, checkout_handler_that_fails_otherwise_closes_the_connection) {
    bool fails = false;
    PoolEvents events;
    events.checkout = [&](PooledConnection&) {
        if (fails) throw std::runtime_error("broken handler");
    };
    auto queue = pool({.pool_size = 1, .max_overflow = 0, .pool_timeout = 0ms, .pool_events = std::move(events)});
    queue->give_back(take(*queue));
    fails = true;
    EXPECT_THROW(take(*queue), std::runtime_error);
    EXPECT_EQ(server_->open, 0);
    fails = false;
    queue->give_back(take(*queue));
}

TEST_F(PoolEventsTest, handler_that_fails_at_the_return_closes_the_connection) {
    for (const bool at_reset : {false, true}) {
        auto server = std::make_shared<FakeServer>();
        PoolEvents events;
        (at_reset ? events.reset : events.checkin) = [](PooledConnection&) { throw std::runtime_error("no"); };
        auto queue = make_fake_pool(server, {.pool_events = std::move(events)});
        queue->give_back(take(*queue));
        EXPECT_EQ(server->open, 0);
        EXPECT_EQ(queue->statistics().invalidated, 1u);
        EXPECT_EQ(queue->statistics().checked_out, 0);
    }
}

TEST_F(PoolEventsTest, handler_that_fails_at_the_close_changes_nothing) {
    PoolEvents events;
    events.close = [](PooledConnection&) { throw std::runtime_error("no"); };
    events.invalidate = [](PooledConnection&, std::string_view) { throw std::runtime_error("no"); };
    auto queue = pool_with(std::move(events));
    queue->discard(take(*queue));
    EXPECT_EQ(server_->open, 0);
    EXPECT_EQ(queue->statistics().checked_out, 0);
}

TEST_F(PoolEventsTest, failure_of_text_in_a_handler_is_in_the_exception_tree) {
    server_->fails_commands = true;
    auto queue = pool_with({.connect = [](PooledConnection& connection) { connection.execute("SET x"); }});
    EXPECT_THROW(take(*queue), OperationalError);
    EXPECT_EQ(server_->open, 0);
}

}  // namespace
}  // namespace aludel::test
