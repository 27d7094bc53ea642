// Functions around every statement of an engine.
#include "compliance/compliance.hpp"

#include <aludel/engine/statement_events.hpp>

#include <any>
#include <stdexcept>

namespace aludel::test::compliance {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class StatementEventsTest : public ComplianceTest {
  protected:
    void note_everything() {
        engine.listen(
            {.before_cursor_execute = [this](StatementExecution& execution) { before.push_back(execution.statement); },
             .after_cursor_execute =
                 [this](const StatementExecution& execution) {
                     after.push_back(execution.statement);
                     auto& values = parameters.emplace_back();
                     for (const Cell& cell : execution.parameters) values.push_back(cell.to_value());
                     rows = execution.rows_affected;
                     sets = execution.parameter_rows;
                     many = execution.executemany;
                 }});
    }

    Lines before, after;
    std::vector<std::vector<Value>> parameters;
    std::int64_t rows = -2;
    std::size_t sets = 0;
    bool many = false;
};
ALUDEL_ON_EVERY_DATABASE(StatementEventsTest);

TEST_P(StatementEventsTest, every_statement_of_a_session_is_told_before_and_after) {
    note_everything();
    session.add(User{.name = "ed"});
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 1u);
    ASSERT_EQ(before.size(), 2u);
    EXPECT_EQ(before, after);
    EXPECT_THAT(before[0], StartsWith("INSERT INTO users"));
    EXPECT_THAT(before[1], StartsWith("SELECT count(*)"));
    EXPECT_EQ(parameters[0].at(0).as_text(), "ed");
    EXPECT_EQ(log.statements().size(), 2u);
}

TEST_P(StatementEventsTest, an_update_says_how_many_rows_it_changed) {
    given_users({"ed", "wendy"});
    note_everything();
    Connection connection = engine.connect();
    connection.execute(update(entity<User>).values(col<&User::age> = 7));
    EXPECT_EQ(rows, 2);
    EXPECT_EQ(sets, 1u);
    EXPECT_FALSE(many);
}

TEST_P(StatementEventsTest, an_executemany_is_one_statement_with_all_its_rows) {
    note_everything();
    Connection connection = engine.connect();
    const Lines columns{"id", "word"};
    const std::vector<ParameterRow> words{{Value::of(1), Value::text("a")}, {Value::of(2), Value::text("b")}};
    connection.execute_many(insert(entity<Keyword>), columns, words);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_TRUE(many);
    EXPECT_EQ(sets, 2u);
    ASSERT_EQ(parameters[0].size(), 4u);
    EXPECT_EQ(parameters[0][3].as_text(), "b");
}

TEST_P(StatementEventsTest, a_handler_may_write_another_text) {
    given_users({"ed"});
    engine.listen({.before_cursor_execute = [](StatementExecution& execution) {
        execution.statement = "/* traced */ " + execution.statement;
    }});
    log.clear();
    EXPECT_EQ(session.query<User>().filter(col<&User::name>.in_({"ed", "x"})).one()->name, "ed");
    EXPECT_EQ(session.query<User>().filter(col<&User::name> == "ed").count(), 1u);
    for (const auto& statement : log.statements()) EXPECT_THAT(statement, StartsWith("/* traced */ SELECT"));
    Connection connection = engine.connect();
    const Lines columns{"id", "word"};
    const std::vector<ParameterRow> words{{Value::of(1), Value::text("a")}};
    connection.execute_many(insert(entity<Keyword>), columns, words);
    EXPECT_THAT(log.statements().back(), StartsWith("/* traced */ INSERT"));
    EXPECT_EQ(connection.exec_driver_sql("SELECT 1").scalar<int>(), 1);
}

TEST_P(StatementEventsTest, an_exception_before_keeps_the_statement_from_being_sent) {
    engine.listen({.before_cursor_execute = [](StatementExecution& execution) {
        if (execution.statement.starts_with("DELETE")) throw std::runtime_error("not today");
    }});
    given_users({"ed"});
    Connection connection = engine.connect();
    EXPECT_THROW(connection.execute(delete_(entity<User>)), std::runtime_error);
    connection.commit();
    EXPECT_EQ(rows_of<User>(), 1);
}

TEST_P(StatementEventsTest, a_statement_that_fails_is_told_before_alone) {
    note_everything();
    Connection connection = engine.connect();
    EXPECT_THROW(connection.exec_driver_sql("SELECT nothing FROM nowhere"), DBAPIError);
    EXPECT_THAT(before, ElementsAre(HasSubstr("nowhere")));
    EXPECT_TRUE(after.empty());
}

TEST_P(StatementEventsTest, a_connection_keeps_what_handlers_put_into_it) {
    int statements = 0;
    engine.listen(
        {.before_cursor_execute =
             [](StatementExecution& execution) { execution.connection.info()["begun"] = execution.statement; },
         .after_cursor_execute =
             [&](const StatementExecution& execution) {
                 const auto& begun = execution.connection.info().at("begun");
                 EXPECT_EQ(std::any_cast<std::string>(begun), execution.statement);
                 ++statements;
             }});
    given_users({"ed"});
    EXPECT_EQ(statements, 1);
}

TEST_P(StatementEventsTest, handlers_are_called_in_the_order_in_which_they_came) {
    engine.listen({.before_cursor_execute = [](StatementExecution& e) { e.statement = "/*1*/" + e.statement; }});
    engine.listen({.before_cursor_execute = [](StatementExecution& e) { e.statement = "/*2*/" + e.statement; }});
    log.clear();
    Connection connection = engine.connect();
    connection.exec_driver_sql("SELECT 1");
    EXPECT_THAT(log.statements(), ElementsAre("/*2*//*1*/SELECT 1"));
}

}  // namespace
}  // namespace aludel::test::compliance
