// Statements through compiler, cache and driver, with the log that SQLAlchemy would write.
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/expr/argument.hpp>
#include <aludel/sql/expr/dml.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/expr/text.hpp>
#include <aludel/sql/schema/metadata.hpp>
#include <aludel/sql/schema/options.hpp>
#include <aludel/sql/schema/table.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace aludel {
namespace {

using namespace aludel::literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CoreStatements : public ::testing::Test {
  protected:
    CoreStatements() {
        metadata_.create_all(engine_);
        log_.clear();
    }
    void insert_people(Connection& connection) {
        const std::vector<std::string> names{"id", "name"};
        const std::vector<ParameterRow> rows{{Value::of(1), Value::text("ed")}, {Value::of(2), Value::text("wendy")}};
        connection.execute_many(insert(people_), names, rows);
    }

    MetaData metadata_;
    Table people_{"people", metadata_, Column{"id", Integer, primary_key},
                  Column{"name", String(20), not_null, unique}};
    test::FreshFile file_;
    test::LogCapture log_;
    Engine engine_ = create_engine(file_.url(), {.log = log_.sink()});
};

TEST_F(CoreStatements, create_all_on_an_engine_is_a_transaction_of_its_own) {
    metadata_.create_all(engine_);
    EXPECT_THAT(log_.lines(),
                ElementsAre("BEGIN (implicit)", "PRAGMA main.table_info(\"people\")", "    ()", "COMMIT"));
}

TEST_F(CoreStatements, create_all_on_a_connection_is_part_of_its_transaction) {
    Connection connection = engine_.connect();
    metadata_.drop_all(connection);
    EXPECT_TRUE(connection.in_transaction());
    connection.rollback();
    EXPECT_EQ(connection.execute(text("SELECT count(*) FROM people")).scalar_one<int>(), 0);
}

TEST_F(CoreStatements, insert_tells_its_primary_key) {
    Connection connection = engine_.connect();
    EXPECT_THAT(connection.execute(insert(people_).values("name"_a = "ed")).inserted_primary_key(),
                ElementsAre(Value::of(1)));
    EXPECT_THAT(connection.execute(insert(people_).values("id"_a = 7, "name"_a = "x")).inserted_primary_key(),
                ElementsAre(Value::of(7)));
    EXPECT_THROW(connection.execute(text("DELETE FROM people")).inserted_primary_key(), InvalidRequestError);
}

TEST_F(CoreStatements, executemany_is_one_log_line_and_one_count) {
    Connection connection = engine_.connect();
    insert_people(connection);
    EXPECT_THAT(log_.lines(), ElementsAre("BEGIN (implicit)", "INSERT INTO people (id, name) VALUES (?, ?)",
                                          "    ((1, 'ed'), (2, 'wendy'))"));
    EXPECT_EQ(connection.statement_count(), 1u);
    const std::vector<std::string> names{"name"};
    const std::vector<ParameterRow> none;
    EXPECT_EQ(connection.execute_many(insert(people_), names, none).rowcount(), 0);
    EXPECT_EQ(connection.statement_count(), 1u);
}

TEST_F(CoreStatements, executemany_sends_nothing_when_one_value_does_not_fit) {
    Connection connection = engine_.connect();
    const std::vector<std::string> names{"id", "name"};
    const std::vector<ParameterRow> rows{{Value::of(1), Value::text("ed")},
                                         {Value::of(~std::uint64_t{0}), Value::text("x")}};
    EXPECT_THROW(connection.execute_many(insert(people_), names, rows), DataError);
    EXPECT_EQ(connection.statement_count(), 0u);
    const std::vector<ParameterRow> ragged{{Value::of(1), Value::text("ed")}, {Value::of(2)}};
    EXPECT_THROW(connection.execute_many(insert(people_), names, ragged), Error);
}

TEST_F(CoreStatements, select_gives_typed_rows_and_expands_lists) {
    Connection connection = engine_.connect();
    insert_people(connection);
    const auto id = people_.c<int>("id");
    const auto name = people_.c<std::string>("name");
    auto rows = connection.execute(select(id, name).where(id.in_({1, 2, 3})).order_by(id)).all();
    EXPECT_THAT(rows, ElementsAre(std::tuple{1, std::string{"ed"}}, std::tuple{2, std::string{"wendy"}}));
    EXPECT_EQ(log_.lines()[4], "    (1, 2, 3)");
    EXPECT_THAT(log_.lines()[3], HasSubstr("WHERE people.id IN (?, ?, ?)"));
    EXPECT_THAT(connection.execute(select(name).where(id == 2)).all(), ElementsAre("wendy"));
    EXPECT_EQ(connection.scalar(select(name).where(id == 99)), std::nullopt);
}

TEST_F(CoreStatements, text_takes_values_by_name) {
    Connection connection = engine_.connect();
    auto row = connection.execute(text("SELECT :a, :b, :a"), "a"_a = 1, "b"_a = "it's").one();
    EXPECT_EQ(row.repr(), "(1, \"it's\", 1)");
    EXPECT_EQ(log_.lines().back(), "    (1, \"it's\", 1)");
    try {
        connection.execute(text("SELECT :a, :b"), "a"_a = 1);
        FAIL();
    } catch (const StatementError& error) {
        EXPECT_THAT(error.message(), HasSubstr("'b'"));
    }
}

TEST_F(CoreStatements, injection_through_a_value_stays_a_value) {
    Connection connection = engine_.connect();
    const std::string nasty = "x'); DROP TABLE people; --";
    connection.execute(insert(people_).values("name"_a = nasty));
    EXPECT_EQ(connection.scalar(select(people_.c<std::string>("name"))), nasty);
}

TEST_F(CoreStatements, repeated_statement_comes_from_the_cache) {
    Connection connection = engine_.connect();
    for (int i = 0; i < 3; ++i) connection.execute(select(people_.c<int>("id")).where(people_.c<int>("id") == i)).all();
    EXPECT_THAT(log_.cache(), ElementsAre(CacheStatus::generated, CacheStatus::cached, CacheStatus::cached));
}

TEST_F(CoreStatements, compile_error_begins_no_transaction) {
    Connection connection = engine_.connect();
    EXPECT_THROW(connection.execute(insert(people_).values("nope"_a = 1)), Error);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_TRUE(log_.lines().empty());
}

TEST_F(CoreStatements, integrity_error_names_table_and_columns) {  // S0-051
    Connection connection = engine_.connect();
    connection.execute(insert(people_).values("name"_a = "ed"));
    try {
        connection.execute(insert(people_).values("name"_a = "ed"));
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_EQ(error.driver_message(), "UNIQUE constraint failed: people.name");
        EXPECT_EQ(error.driver_code(), 2067);
        EXPECT_EQ(error.table(), "people");
        EXPECT_THAT(error.columns(), ElementsAre("name"));
        EXPECT_EQ(error.statement(), "INSERT INTO people (name) VALUES (?)");
        EXPECT_EQ(error.parameters(), "('ed',)");
        EXPECT_EQ(error.code(), "gkpj");
        EXPECT_THAT(error.what(), HasSubstr("[parameters: ('ed',)]"));
    }
    try {
        connection.execute(text("INSERT INTO people (id) VALUES (5)"));
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_EQ(error.driver_message(), "NOT NULL constraint failed: people.name");
        EXPECT_THAT(error.columns(), ElementsAre("name"));
    }
}

TEST_F(CoreStatements, foreign_key_and_check_are_integrity_errors) {
    Connection connection = engine_.connect();
    connection.execute(
        text("CREATE TABLE pets (owner INTEGER REFERENCES people (id), age INTEGER CONSTRAINT adult CHECK (age > 1))"));
    EXPECT_THROW(connection.execute(text("INSERT INTO pets (owner) VALUES (99)")), IntegrityError);
    try {
        connection.execute(text("INSERT INTO pets (age) VALUES (0)"));
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_EQ(error.constraint(), "adult");
    }
}

TEST_F(CoreStatements, hidden_parameters_are_neither_logged_nor_in_errors) {
    test::LogCapture log;
    const Engine engine = create_engine(file_.url(), {.hide_parameters = true, .log = log.sink()});
    Connection connection = engine.connect();
    connection.execute(text("SELECT :x"), "x"_a = "s3cret").close();
    EXPECT_EQ(log.lines().back(), "    [SQL parameters hidden due to hide_parameters=True]");
    try {
        connection.execute(text("SELEC :x"), "x"_a = "s3cret");
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_THAT(error.what(), HasSubstr("hidden due to hide_parameters"));
        EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("s3cret")));
    }
}

TEST_F(CoreStatements, failing_statement_without_parameters_says_nothing_about_them) {
    const auto what_of = [](const Engine& engine, const auto&... arguments) -> std::string {
        try {
            engine.connect().execute(arguments...);
        } catch (const OperationalError& error) {
            return error.what();
        }
        return "no error";
    };
    const std::string page = "\n(Background on this error at: docs/errors.md#e3q8)";
    for (const bool hide : {false, true}) {
        const Engine engine = create_engine("sqlite://", {.hide_parameters = hide});
        EXPECT_EQ(what_of(engine, text("SELECT nope")),
                  "(sqlite.OperationalError) no such column: nope, at character 8\n[SQL: SELECT nope]" + page);
        EXPECT_EQ(
            what_of(engine, text("SELECT nope, :x"), "x"_a = 1),
            std::string("(sqlite.OperationalError) no such column: nope, at character 8\n[SQL: SELECT nope, ?]\n") +
                (hide ? "[SQL parameters hidden due to hide_parameters=True]" : "[parameters: (1,)]") + page);
    }
}

TEST_F(CoreStatements, echo_parameters_off_hides_them_in_the_log_only) {
    test::LogCapture log;
    const Engine engine = create_engine(file_.url(), {.echo_parameters = false, .log = log.sink()});
    Connection connection = engine.connect();
    EXPECT_THROW(connection.execute(text("SELEC :x"), "x"_a = "shown"), OperationalError);
    EXPECT_THAT(log.lines().back(), HasSubstr("hidden"));
}

TEST_F(CoreStatements, text_of_a_typed_statement) {
    Connection connection = engine_.connect();
    auto [number, word] = connection.execute(text("SELECT 1, 'a'").columns<int, std::string>()).one();
    EXPECT_EQ(number, 1);
    EXPECT_EQ(word, "a");
}

}  // namespace
}  // namespace aludel
