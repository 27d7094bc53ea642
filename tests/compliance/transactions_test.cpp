// Transactions of connections and sessions: begin, commit, savepoints, levels, and what others see.
#include "compliance/compliance.hpp"

#include <stdexcept>

namespace aludel::test::compliance {
namespace {

class Transactions : public ComplianceTest {
  protected:
    static void add_user(Connection& connection, const std::string& name) {
        connection.execute(text("INSERT INTO users (name, active) VALUES (:name, :active)"), "name"_a = name,
                           "active"_a = true);
    }
    Lines users() const {
        Session reader{engine};
        return names(reader.query<User>().order_by(col<&User::name>).all());
    }
};
ALUDEL_ON_EVERY_DATABASE(Transactions);

TEST_P(Transactions, first_statement_begins_and_commit_keeps) {
    Connection connection = engine.connect();
    EXPECT_FALSE(connection.in_transaction());
    add_user(connection, "a");
    EXPECT_TRUE(connection.in_transaction());
    EXPECT_EQ(users(), Lines{});
    connection.commit();
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, rollback_and_close_drop) {
    Connection connection = engine.connect();
    add_user(connection, "a");
    connection.rollback();
    add_user(connection, "b");
    connection.close();
    EXPECT_EQ(users(), Lines{});
}

TEST_P(Transactions, engine_begin_commits_or_rolls_back) {
    engine.begin([](Connection& connection) { add_user(connection, "a"); });
    EXPECT_THROW(engine.begin([](Connection& connection) {
        add_user(connection, "b");
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, scope_rolls_back_unless_committed) {
    Connection connection = engine.connect();
    {
        Transaction transaction = connection.begin();
        add_user(connection, "a");
    }
    EXPECT_FALSE(connection.in_transaction());
    {
        Transaction transaction = connection.begin();
        add_user(connection, "b");
        transaction.commit();
    }
    EXPECT_EQ(users(), Lines{"b"});
}

TEST_P(Transactions, savepoint_is_rolled_back_alone) {
    Connection connection = engine.connect();
    add_user(connection, "a");
    {
        Transaction savepoint = connection.begin_nested();
        add_user(connection, "b");
        savepoint.rollback();
    }
    {
        Transaction savepoint = connection.begin_nested();
        add_user(connection, "c");
        savepoint.commit();
    }
    connection.commit();
    EXPECT_EQ(users(), (Lines{"a", "c"}));
}

TEST_P(Transactions, savepoints_nest) {
    Connection connection = engine.connect();
    Transaction outer = connection.begin_nested();
    add_user(connection, "a");
    {
        Transaction inner = connection.begin_nested();
        add_user(connection, "b");
    }
    add_user(connection, "c");
    outer.commit();
    connection.commit();
    EXPECT_EQ(users(), (Lines{"a", "c"}));
}

TEST_P(Transactions, savepoint_survives_a_failed_statement) {
    Connection connection = engine.connect();
    add_user(connection, "a");
    {
        Transaction savepoint = connection.begin_nested();
        EXPECT_THROW(add_user(connection, "a"), IntegrityError);
        savepoint.rollback();
    }
    add_user(connection, "b");
    connection.commit();
    EXPECT_EQ(users(), (Lines{"a", "b"}));
}

TEST_P(Transactions, failed_statement_is_undone_alone) {
    ALUDEL_NEEDS(failure_leaves_transaction);
    Connection connection = engine.connect();
    add_user(connection, "a");
    EXPECT_THROW(add_user(connection, "a"), IntegrityError);
    add_user(connection, "b");
    connection.commit();
    EXPECT_EQ(users(), (Lines{"a", "b"}));
}

TEST_P(Transactions, failed_statement_is_followed_by_rollback_and_new_work) {
    Connection connection = engine.connect();
    add_user(connection, "a");
    EXPECT_THROW(connection.execute(text("SELECT * FROM nowhere")), DBAPIError);
    connection.rollback();
    add_user(connection, "b");
    connection.commit();
    EXPECT_EQ(users(), Lines{"b"});
}

TEST_P(Transactions, connection_comes_back_clean_from_the_pool) {
    {
        Connection connection = engine.connect();
        add_user(connection, "a");
    }
    Connection again = engine.connect();
    EXPECT_FALSE(again.in_transaction());
    add_user(again, "a");
    again.commit();
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, autocommit_keeps_every_statement) {
    Connection connection = engine.connect();
    connection.execution_options({.isolation_level = IsolationLevel::autocommit});
    add_user(connection, "a");
    EXPECT_EQ(users(), Lines{"a"});
    connection.rollback();
    EXPECT_EQ(users(), Lines{"a"});
    connection.close();
    Connection ordinary = engine.connect();
    add_user(ordinary, "b");
    EXPECT_EQ(users(), Lines{"a"}) << "the level stayed with the connection";
}

TEST_P(Transactions, engine_of_autocommit_keeps_every_statement) {
    EngineOptions options;
    options.isolation_level = IsolationLevel::autocommit;
    const Engine immediate = another_engine(options);
    {
        Connection connection = immediate.connect();
        add_user(connection, "a");
    }
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, serializable_is_known_everywhere) {
    EngineOptions options;
    options.isolation_level = IsolationLevel::serializable;
    const Engine strict = another_engine(options);
    strict.begin([](Connection& connection) { add_user(connection, "a"); });
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, read_committed_sees_what_others_commit) {
    ALUDEL_NEEDS(read_committed);
    Connection reader = engine.connect();
    reader.execution_options({.isolation_level = IsolationLevel::read_committed});
    const auto count = [&] { return reader.execute(text("SELECT count(*) FROM users")).scalar_one<int>(); };
    EXPECT_EQ(count(), 0);
    given_users({"a"});
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, repeatable_read_does_not) {
    ALUDEL_NEEDS(read_committed);
    Connection reader = engine.connect();
    reader.execution_options({.isolation_level = IsolationLevel::repeatable_read});
    const auto count = [&] { return reader.execute(text("SELECT count(*) FROM users")).scalar_one<int>(); };
    EXPECT_EQ(count(), 0);
    given_users({"a"});
    EXPECT_EQ(count(), 0);
    reader.commit();
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, two_sessions_write_at_the_same_time) {
    ALUDEL_NEEDS(concurrent_writers);
    Session first{engine}, second{engine};
    first.add(User{.name = "a"});
    first.flush();
    second.add(User{.name = "b"});
    second.flush();
    second.commit();
    first.commit();
    EXPECT_EQ(users(), (Lines{"a", "b"}));
}

TEST_P(Transactions, session_commits_and_rolls_back) {
    session.add(User{.name = "a"});
    session.commit();
    session.add(User{.name = "b"});
    session.flush();
    session.rollback();
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, session_savepoint_rolls_back_objects) {
    auto a = session.add(User{.name = "a"});
    session.flush();
    {
        auto savepoint = session.begin_nested();
        a->name = "changed";
        session.add(User{.name = "b"});
        session.flush();
        savepoint.rollback();
    }
    EXPECT_EQ(a->name, "a");
    session.commit();
    EXPECT_EQ(users(), Lines{"a"});
}

TEST_P(Transactions, session_survives_duplicates_in_savepoints) {
    for (const char* name : {"a", "b", "a", "c", "b"}) {
        try {
            session.begin_nested([&] { session.add(User{.name = name}); });
        } catch (const IntegrityError&) {
            continue;
        }
    }
    session.commit();
    EXPECT_EQ(users(), (Lines{"a", "b", "c"}));
}

TEST_P(Transactions, session_that_dies_rolls_back) {
    {
        Session brief{engine};
        brief.add(User{.name = "a"});
        brief.flush();
    }
    EXPECT_EQ(users(), Lines{});
}

TEST_P(Transactions, objects_of_a_rolled_back_transaction_can_be_added_again) {
    auto a = session.add(User{.name = "a", .addresses = {Address{.email = "e"}}});
    session.flush();
    session.rollback();
    session.add(a);
    session.commit();
    EXPECT_EQ(users(), Lines{"a"});
    EXPECT_EQ(rows_of<Address>(), 1);
}

TEST_P(Transactions, key_of_a_rolled_back_row_is_given_again) {
    ALUDEL_NEEDS(reused_keys);
    auto a = session.add(User{.name = "a"});
    session.flush();
    session.rollback();
    auto b = session.add(User{.name = "b"});
    session.flush();
    EXPECT_EQ(b->id, 1);
}

TEST_P(Transactions, table_of_a_rolled_back_transaction_is_gone) {
    ALUDEL_NEEDS(transactional_ddl);
    Connection connection = engine.connect();
    connection.execute(text("CREATE TABLE brief (id INTEGER)"));
    connection.rollback();
    EXPECT_THROW(connection.execute(text("SELECT * FROM brief")), DBAPIError);
}

TEST_P(Transactions, row_locks_keep_others_out) {
    ALUDEL_NEEDS(row_locks);
    given_users({"a"});
    Connection first = engine.connect(), second = engine.connect();
    first.execute(text("SELECT id FROM users WHERE id = 1 FOR UPDATE")).all();
    EXPECT_THROW(second.execute(text("SELECT id FROM users WHERE id = 1 FOR UPDATE NOWAIT")).all(), OperationalError);
    second.rollback();
    first.rollback();
    EXPECT_EQ(second.execute(text("SELECT id FROM users WHERE id = 1 FOR UPDATE NOWAIT")).all().size(), 1u);
}

}  // namespace
}  // namespace aludel::test::compliance
