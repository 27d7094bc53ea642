// NOT folds into operators. The expectations are in expected/negation.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(negation, equal, !(x == 5))
SQL_CASE(negation, greater, !(x > 5))
SQL_CASE(negation, less_or_equal, !(x <= 5))
SQL_CASE(negation, like, !name.like("a%"))
SQL_CASE(negation, ilike, !name.ilike("a%"))
SQL_CASE(negation, between, !x.between(1, 2))
SQL_CASE(negation, in_list, !x.in_({1, 2}))
SQL_CASE(negation, is_null, !x.is_(nullptr))
SQL_CASE(negation, startswith, !name.startswith("a"))
SQL_CASE(negation, contains, !name.contains("a"))
SQL_CASE(negation, and_list, not_(and_(x == 1, y == 2)))
SQL_CASE(negation, or_list, !(x == 1 || y == 2))
SQL_CASE(negation, twice, !!(x == 5))
SQL_CASE(negation, twice_list, !!(x == 1 && y == 2))
SQL_CASE(negation, exists_, !exists().where(x == 1))
SQL_CASE(negation, exists_twice, !!exists().where(x == 1))
SQL_CASE(negation, function, !func::call("foo", x))
SQL_CASE(negation, boolean_column, !flag)
SQL_CASE(negation, boolean_column_twice, !!flag)
SQL_CASE(negation, boolean_column_in_and, !flag && x == 1)
SQL_CASE(negation, boolean_column_bare_in_and, flag&& x == 1)
SQL_CASE(negation, boolean_column_in_or, x == 1 || flag)
SQL_CASE(negation, match, !name.match("a"))
SQL_CASE(negation, regexp, !name.regexp_match("^a"))
SQL_CASE(negation, distinct_from, !x.is_distinct_from(5))
SQL_CASE(negation, inside_and, x == 1 && !(y == 2 || y == 3))

}  // namespace
}  // namespace text_cases
