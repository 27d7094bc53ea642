// func, aggregates, windows. The expectations are in expected/functions.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(functions, count_star, func::count())
SQL_CASE(functions, count_text_star, func::count("*"))
SQL_CASE(functions, count_column, func::count(x))
SQL_CASE(functions, count_distinct, func::count(distinct(x)))
SQL_CASE(functions, max_, func::max(x))
SQL_CASE(functions, nested, func::coalesce(func::max(x), 0))
SQL_CASE(functions, compared, func::lower(name) == "ed")
SQL_CASE(functions, compared_count, func::count(x) > 5)
SQL_CASE(functions, arithmetic, func::sum(x) + 1)
SQL_CASE(functions, argument_expression, func::abs(x - 1))
SQL_CASE(functions, argument_comparison, func::call<int>("sum", x == 1))
SQL_CASE(functions, now, func::now())
SQL_CASE(functions, current_timestamp, func::current_timestamp())
SQL_CASE(functions, current_date, func::current_date())
SQL_CASE(functions, random, func::random())
SQL_CASE(functions, char_length, func::char_length(name))
SQL_CASE(functions, package, func::call("foo.bar", 1))
SQL_CASE(functions, odd_name, func::call("My Func", x))
SQL_CASE(functions, upper_case_name, func::call("MyFunc", x))
SQL_CASE(functions, several_values, func::call("foo", 1, "a", x, nullptr))
SQL_CASE(functions, filter, func::count().filter(x > 1))
SQL_CASE(functions, filter_compared, func::count(x).filter(x > 1, y == 2) > 3)
SQL_CASE(functions, over_partition, func::row_number().over(Window{}.partition_by(x).order_by(y.desc())))
SQL_CASE(functions, over_rows, func::sum(x).over(Window{}.order_by(id).rows(std::nullopt, 0)))
SQL_CASE(functions, over_range, func::sum(x).over(Window{}.range(-5, 10)))
SQL_CASE(functions, over_unbounded, func::sum(x).over(Window{}.rows(std::nullopt, std::nullopt)))
SQL_CASE(functions, over_empty, func::sum(x).over(Window{}))
SQL_CASE(functions, extract_year, extract("year", x))
SQL_CASE(functions, distinct_column, x.distinct())
SQL_CASE(functions, two_in_select, select(func::lower(name), func::lower(t2_name)))
SQL_CASE(functions, value_beside_label, select(func::count("*"), func::coalesce(x, 0)))
SQL_CASE(functions, min_, func::min(x))
SQL_CASE(functions, avg, func::avg(x))
SQL_CASE(functions, text_functions, select(func::upper(name), func::trim(name), func::length(name)))
SQL_CASE(functions, nullif, func::nullif(x, 0))
SQL_CASE(functions, round, func::round(x))
SQL_CASE(functions, round_digits, func::round(x, 2))
SQL_CASE(functions, concat, func::concat(name, "!"))
SQL_CASE(functions, rank, func::rank().over(Window{}.order_by(x)))
SQL_CASE(functions, dense_rank, func::dense_rank().over(Window{}.partition_by(x, y).order_by(name.desc(), id)))
SQL_CASE(functions, over_rows_between, func::sum(x).over(Window{}.order_by(id).rows(-2, 3)))
SQL_CASE(functions, over_filtered, func::sum(x).filter(y > 1).over(Window{}.order_by(id)))
SQL_CASE(functions, percentile_disc, func::percentile_disc(0.5).within_group(x))
SQL_CASE(functions, now_compared, func::now() > func::current_timestamp())
SQL_CASE(functions, current_time, func::current_time())
SQL_CASE(functions, localtimestamp, func::localtimestamp())
SQL_CASE(functions, current_user, func::current_user())
SQL_CASE(functions, sum_of_case, func::sum(case_(when(x > 1, 1), else_(0))))
SQL_CASE(functions, group_by_function,
         select(func::lower(name), func::count()).group_by(func::lower(name)).having(func::count() > 1))
SQL_CASE(functions, distinct_values, func::count(distinct(x + y)))

}  // namespace
}  // namespace text_cases
