// IN and NOT IN. The expectations are in expected/in_lists.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(in_lists, values, x.in_({1, 2, 3}))
SQL_CASE(in_lists, one_value, x.in_({1}))
SQL_CASE(in_lists, empty, x.in_(std::vector<int>{}))
SQL_CASE(in_lists, empty_negated, x.not_in(std::vector<int>{}))
SQL_CASE(in_lists, negated, x.not_in({1, 2}))
SQL_CASE(in_lists, with_null, x.in_({1, std::nullopt}))
SQL_CASE(in_lists, text_values, name.in_({"ed", "wendy"}))
SQL_CASE(in_lists, vector_of_text, name.in_(std::vector<std::string>{"ed", "wendy"}))
SQL_CASE(in_lists, two_lists, x.in_({1, 2}) && x.in_({3}) && y == 4)
SQL_CASE(in_lists, subquery, x.in_(select(t2_t_id)))
SQL_CASE(in_lists, subquery_negated, x.not_in(select(t2_t_id).where(t2_name == "a")))
SQL_CASE(in_lists, in_where, select(id).where(x.in_({1, 2}), y == 3).limit(5))
SQL_CASE(in_lists, negated_in_or, x.not_in({1}) || y == 2)
SQL_CASE(in_lists, tuples, tuple_(x, y).in_({{1, 2}, {3, 4}}))
SQL_CASE(in_lists, tuples_empty, tuple_(x, y).in_(std::vector<std::tuple<Number, Number>>{}))
SQL_CASE(in_lists, of_sum, (x + 1).in_({1}))
SQL_CASE(in_lists, expressions, x.in_(std::vector<ColumnExpr<Number>>{y, type_coerce<Number>(t2_id)}))

}  // namespace
}  // namespace text_cases
