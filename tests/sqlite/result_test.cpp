#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace aludel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ResultTest : public ::testing::Test {
  protected:
    ResultTest() {
        connection_.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
        connection_.exec_driver_sql("INSERT INTO t VALUES (1, 'ed'), (2, NULL), (3, 'wendy')");
        connection_.commit();
    }
    CursorResult ids(int up_to) {
        return connection_.exec_driver_sql("SELECT id FROM t WHERE id <= ? ORDER BY id", std::vector{Value::of(up_to)});
    }
    CursorResult rows() { return connection_.exec_driver_sql("SELECT id, name FROM t ORDER BY id"); }

    test::FreshFile file_;
    Engine engine_ = create_engine(file_.url());
    Connection connection_ = engine_.connect();
};

template <class Work>
std::string message_of(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.message();
    }
    return "nothing was thrown";
}

TEST_F(ResultTest, one_wants_exactly_one_row) {  // S0-032
    EXPECT_EQ(ids(1).as<int>().one(), 1);
    EXPECT_EQ(message_of([&] { ids(0).one(); }), "No row was found when one was required");
    EXPECT_EQ(message_of([&] { ids(2).one(); }), "Multiple rows were found when exactly one was required");
    EXPECT_THROW(ids(0).one(), NoResultFound);
    EXPECT_THROW(ids(2).one(), MultipleResultsFound);
}

TEST_F(ResultTest, one_or_none_wants_one_row_at_most) {  // S0-033
    EXPECT_EQ(ids(0).as<int>().one_or_none(), std::nullopt);
    EXPECT_EQ(ids(1).as<int>().one_or_none(), 1);
    EXPECT_EQ(message_of([&] { ids(2).one_or_none(); }), "Multiple rows were found when one or none was required");
}

TEST_F(ResultTest, several_columns_are_a_tuple_and_one_is_a_value) {
    using Row2 = std::tuple<int, std::optional<std::string>>;
    EXPECT_THAT((rows().as<int, std::optional<std::string>>().all()),
                ElementsAre(Row2{1, "ed"}, Row2{2, std::nullopt}, Row2{3, "wendy"}));
    EXPECT_THAT(ids(3).as<int>().all(), ElementsAre(1, 2, 3));
}

TEST_F(ResultTest, rows_come_one_by_one_in_a_range_for) {
    int sum = 0;
    for (auto& [id, name] : rows().as<int, std::optional<std::string>>()) sum += id + (name ? 10 : 0);
    EXPECT_EQ(sum, 26);
    auto none = ids(0);
    for (auto& row : none) FAIL() << row.repr();
}

TEST_F(ResultTest, first_drops_the_rest_and_closes) {
    auto result = ids(3);
    EXPECT_EQ(result.first()->repr(), "(1,)");
    EXPECT_EQ(message_of([&] { result.all(); }), "This result object is closed.");
    EXPECT_EQ(ids(0).first(), std::nullopt);
}

TEST_F(ResultTest, fetchone_and_fetchmany_go_on_where_the_last_stopped) {
    auto result = ids(3);
    EXPECT_EQ(result.fetchone()->get<int>(0), 1);
    EXPECT_EQ(result.fetchmany(1).size(), 1u);
    EXPECT_EQ(result.fetchmany(10).size(), 1u);
    EXPECT_EQ(result.fetchone(), std::nullopt);
    EXPECT_TRUE(result.all().empty());
}

TEST_F(ResultTest, scalar_is_the_first_column_of_the_first_row) {
    EXPECT_EQ(rows().scalar<int>(), 1);
    EXPECT_EQ(ids(0).scalar<int>(), std::nullopt);
    EXPECT_EQ(connection_.exec_driver_sql("SELECT NULL").scalar<int>(), std::nullopt);
    EXPECT_EQ(rows().scalar(), Value::of(1));
    EXPECT_EQ((rows().as<int, std::optional<std::string>>().scalar()), 1);
    EXPECT_EQ(ids(1).scalar_one<int>(), 1);
    EXPECT_THROW(ids(2).scalar_one<int>(), MultipleResultsFound);
    EXPECT_THAT(rows().scalars<int>().all(), ElementsAre(1, 2, 3));
}

TEST_F(ResultTest, row_is_read_by_position_and_by_name) {
    const Row row = *rows().first();
    EXPECT_EQ(row.size(), 2u);
    EXPECT_EQ(row.get<int>("id"), 1);
    EXPECT_EQ(row.get<std::string>(1), "ed");
    EXPECT_EQ(row["name"], Value::text("ed"));
    EXPECT_THAT(row.keys(), ElementsAre("id", "name"));
    EXPECT_EQ(row.repr(), "(1, 'ed')");
    EXPECT_THROW(row["nope"], NoSuchColumnError);
    EXPECT_THROW(row[2], NoSuchColumnError);
}

TEST_F(ResultTest, value_that_does_not_fit_names_column_and_statement) {
    try {
        rows().as<int, std::string>().all();
        FAIL();
    } catch (const DataError& error) {
        EXPECT_THAT(error.what(), HasSubstr("name"));
        EXPECT_THAT(error.what(), HasSubstr("NULL"));
        EXPECT_THAT(error.statement(), HasSubstr("SELECT id, name FROM t"));
    }
    EXPECT_THROW((rows().as<std::string, std::optional<std::string>>().all()), DataError);
    EXPECT_THROW(rows().first()->get<int>("name"), DataError);
    EXPECT_THROW(connection_.exec_driver_sql("SELECT 3000000000").scalar<int>(), DataError);
}

TEST_F(ResultTest, number_of_types_must_be_that_of_the_columns) {
    EXPECT_THROW(rows().as<int>(), ArgumentError);
    EXPECT_THROW((rows().as<int, int, int>()), ArgumentError);
}

TEST_F(ResultTest, statement_without_rows_says_so) {
    auto result = connection_.exec_driver_sql("DELETE FROM t WHERE id = 1");
    EXPECT_FALSE(result.returns_rows());
    EXPECT_EQ(message_of([&] { result.all(); }),
              "This result object does not return rows. It has been closed automatically.");
}

TEST_F(ResultTest, rows_end_with_their_transaction) {
    for (const auto& end : {+[](Connection& c) { c.commit(); }, +[](Connection& c) { c.rollback(); },
                            +[](Connection& c) { c.close(); }}) {
        Connection connection = engine_.connect();
        auto result = connection.exec_driver_sql("SELECT id FROM t");
        EXPECT_TRUE(result.fetchone());
        end(connection);
        EXPECT_THROW(result.fetchone(), ResourceClosedError);
    }
}

TEST_F(ResultTest, result_outlives_its_connection_as_closed) {
    std::optional<CursorResult> result;
    {
        Connection connection = engine_.connect();
        result.emplace(connection.exec_driver_sql("SELECT id FROM t"));
    }
    EXPECT_THROW(result->all(), ResourceClosedError);
}

TEST_F(ResultTest, two_results_of_one_text_are_read_in_turns) {
    auto a = ids(3);
    auto b = ids(3);
    for (int i = 1; i <= 3; ++i) {
        EXPECT_EQ(a.fetchone()->get<int>(0), i);
        EXPECT_EQ(b.fetchone()->get<int>(0), i);
    }
    auto moved = std::move(b);
    EXPECT_EQ(moved.fetchone(), std::nullopt);
}

TEST_F(ResultTest, returning_gives_rows) {
    auto result = connection_.exec_driver_sql("INSERT INTO t (name) VALUES ('x'), ('y') RETURNING id");
    EXPECT_THAT(result.scalars<int>().all(), ElementsAre(4, 5));
    connection_.exec_driver_sql("INSERT INTO t (name) VALUES ('z') RETURNING id");
    connection_.commit();
}

TEST_F(ResultTest, failure_between_two_rows_names_the_statement) {
    auto result = connection_.exec_driver_sql(
        "SELECT CASE id WHEN 1 THEN 1 ELSE abs(-9223372036854775808) END FROM t ORDER BY id");
    EXPECT_TRUE(result.fetchone());
    try {
        result.fetchone();
        FAIL();
    } catch (const DBAPIError& error) {
        EXPECT_THAT(error.driver_message(), HasSubstr("integer overflow"));
        EXPECT_THAT(error.statement(), HasSubstr("SELECT CASE id"));
    }
}

}  // namespace
}  // namespace aludel
