// The bounds of a window's frame: parameters, and numbers in the text for MariaDB, whose prepared statements take no
// parameters there.
#include "dialects/text/text_case.hpp"

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include <cstdint>
#include <limits>

namespace text_cases {
namespace {

auto summed(std::optional<std::int64_t> start, std::optional<std::int64_t> end) {
    return select(func::sum(x).over(Window{}.order_by(id).rows(start, end)));
}

std::string text_through(StatementCache& cache, const NodeRef& statement) {
    return folded(cache.find(statement).compiled->text);
}

TEST(WindowFrames, mariadb_has_the_numbers_in_the_text) {
    const auto statement = summed(-5, 10);
    EXPECT_EQ(folded(to_string(statement.node(), dialects::mariadb())),
              "SELECT sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN 5 PRECEDING AND 10 FOLLOWING) AS anon_1 FROM t");
    EXPECT_TRUE(parameters_of(statement.node(), dialects::mariadb()).empty());
    EXPECT_EQ(parameters_of(statement.node(), dialects::mysql()).size(), 2u);
}

TEST(WindowFrames, statements_with_other_bounds_share_no_text) {
    StatementCache cache(dialects::mariadb(), 10);
    const auto first = text_through(cache, summed(-1, 0).node());
    const auto second = text_through(cache, summed(-2, 0).node());
    EXPECT_NE(first, second);
    EXPECT_EQ(text_through(cache, summed(-1, 0).node()), first);
    EXPECT_EQ(cache.hits(), 1u);
    EXPECT_EQ(cache.misses(), 2u);
}

TEST(WindowFrames, a_bound_without_an_opposite_number_is_refused) {
    EXPECT_THROW(summed(std::numeric_limits<std::int64_t>::min(), 0), ArgumentError);
    EXPECT_EQ(folded(to_string(summed(-std::numeric_limits<std::int64_t>::max(), 0).node(), dialects::mariadb())),
              "SELECT sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN 9223372036854775807 PRECEDING AND CURRENT ROW) "
              "AS anon_1 FROM t");
}

}  // namespace
}  // namespace text_cases
