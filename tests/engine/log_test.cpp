#include "engine/parameters_text.hpp"
#include "support/log_capture.hpp"

#include <aludel/engine/log.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace aludel {
namespace {

using ::testing::MatchesRegex;

TEST(Log, message_is_one_line_with_time_level_and_logger) {
    const std::string text = format_log_record(
        {.kind = LogKind::begin, .message = "BEGIN (implicit)", .time = std::chrono::system_clock::now()});
    EXPECT_THAT(text, MatchesRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2},[0-9]{3} INFO "
                                   "aludel\\.engine\\.Engine BEGIN \\(implicit\\)\n"));
}

TEST(Log, statement_is_followed_by_its_parameters) {
    using std::chrono::microseconds;
    LogRecord record{.kind = LogKind::statement,
                     .message = "SELECT 1",
                     .parameters = "()",
                     .cache = CacheStatus::generated,
                     .cache_age = microseconds{123}};
    const auto second_line = [&] {
        const std::string text = format_log_record(record);
        return text.substr(text.find('[', text.find('\n')));
    };
    EXPECT_EQ(second_line(), "[generated in 0.00012s] ()\n");
    record.cache = CacheStatus::cached;
    EXPECT_EQ(second_line(), "[cached since 0.000123s ago] ()\n");
    record.cache = CacheStatus::no_key;
    EXPECT_EQ(second_line(), "[no key 0.00012s] ()\n");
    record.cache = CacheStatus::raw;
    EXPECT_EQ(second_line(), "[raw sql] ()\n");
}

TEST(ParametersText, prints_as_a_python_tuple) {
    const auto text = [](const std::vector<Value>& values) { return detail::parameters_text(cells_of(values)); };
    EXPECT_EQ(text({}), "()");
    EXPECT_EQ(text({Value::of(1)}), "(1,)");
    EXPECT_EQ(text({Value::of(1), Value::text("it's"), Value::null()}), "(1, \"it's\", None)");
}

TEST(ParametersText, long_value_loses_its_middle) {
    const std::string expected =
        "('" + std::string(149, 'a') + " ... (702 characters truncated) ... " + std::string(149, 'a') + "',)";
    const std::vector<Value> values{Value::text(std::string(1000, 'a'))};
    EXPECT_EQ(detail::parameters_text(cells_of(values)), expected);
}

// The text that SQLAlchemy 1.4 prints for 15 rows, its double blanks included.
TEST(ParametersText, executemany_shows_the_first_eight_and_the_last_two) {
    std::vector<Value> values;
    for (int i = 0; i < 15; ++i) {
        values.push_back(Value::of(i));
        values.push_back(Value::text("v" + std::to_string(i)));
    }
    EXPECT_EQ(
        detail::parameter_rows_text(cells_of(values), 2, 15),
        "((0, 'v0'), (1, 'v1'), (2, 'v2'), (3, 'v3'), (4, 'v4'), (5, 'v5'), (6, 'v6'), (7, 'v7')  ... displaying 10 of "
        "15 total bound parameter sets ...  (13, 'v13'), (14, 'v14'))");
}

TEST(ParametersText, executemany_of_ten_shows_all_and_of_one_is_a_plain_tuple) {
    std::vector<Value> values(10, Value::of(7));
    EXPECT_EQ(detail::parameter_rows_text(cells_of(values), 1, 10),
              "((7,), (7,), (7,), (7,), (7,), (7,), (7,), (7,), (7,), (7,))");
    EXPECT_EQ(detail::parameter_rows_text(cells_of(values), 1, 1).substr(0, 4), "(7,)");
}

TEST(LogCapture, folds_white_space) {
    EXPECT_EQ(test::folded("\nCREATE TABLE t (\n\tid INTEGER\n)\n\n"), "CREATE TABLE t ( id INTEGER )");
}

}  // namespace
}  // namespace aludel
