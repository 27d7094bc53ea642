// NULLS FIRST and NULLS LAST on MySQL and MariaDB, which have neither: NULL is less than every value there. What
// SQLAlchemy 1.4 writes for them is a syntax error.
#include "dialects/text/text_case.hpp"

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/ddl.hpp>

namespace text_cases {
namespace {

std::string on_mysql(const NodeRef& node) { return folded(to_string(node, dialects::mysql())); }

TEST(NullsOrderOnMysql, the_usual_place_needs_no_words) {
    EXPECT_EQ(on_mysql(select(id).order_by(x.nulls_first(), y.desc().nulls_last()).node()),
              "SELECT t.id FROM t ORDER BY t.x, t.y DESC");
}

TEST(NullsOrderOnMysql, the_other_place_is_ordered_by_first) {
    EXPECT_EQ(on_mysql(select(id).order_by(x.asc().nulls_last(), y.desc().nulls_first()).node()),
              "SELECT t.id FROM t ORDER BY t.x IS NULL, t.x ASC, t.y IS NULL DESC, t.y DESC");
}

TEST(NullsOrderOnMysql, an_expression_is_written_twice_with_its_parameters) {
    const auto statement = select(id).order_by((x + 1).nulls_last());
    EXPECT_EQ(on_mysql(statement.node()), "SELECT t.id FROM t ORDER BY t.x + ? IS NULL, t.x + ?");
    const auto parameters = parameters_of(statement.node(), dialects::mysql());
    ASSERT_EQ(parameters.size(), 2u);
    EXPECT_EQ(parameters[0].value.as_integer(), 1);
    EXPECT_EQ(parameters[1].value.as_integer(), 1);
}

TEST(NullsOrderOnMysql, a_condition_keeps_its_parentheses) {
    EXPECT_EQ(on_mysql(select(id).order_by((x == y).nulls_last()).node()),
              "SELECT t.id FROM t ORDER BY (t.x = t.y) IS NULL, t.x = t.y");
}

TEST(NullsOrderOnMysql, a_label_stands_for_its_expression) {
    const auto sum = (x + y).label("total");
    EXPECT_EQ(on_mysql(select(id, sum).order_by(sum.nulls_last()).node()),
              "SELECT t.id, t.x + t.y AS total FROM t ORDER BY total IS NULL, total");
}

TEST(NullsOrderOnMysql, a_window_orders_in_the_same_way) {
    EXPECT_EQ(on_mysql(func::row_number().over(Window{}.order_by(x.nulls_last())).node()),
              "row_number() OVER (ORDER BY t.x IS NULL, t.x)");
}

TEST(NullsOrderOnMysql, an_index_cannot_say_it) {
    MetaData own;
    const Table indexed{"t", own, Column{"x", Integer}, Index("ix", c<Number>(t, "x").nulls_last())};
    const auto& index = indexed.info().indexes().front();
    EXPECT_EQ(create_index_sql(index, dialects::postgresql()), "CREATE INDEX ix ON t (x NULLS LAST)");
    EXPECT_THROW(create_index_sql(index, dialects::mysql()), CompileError);
}

}  // namespace
}  // namespace text_cases
