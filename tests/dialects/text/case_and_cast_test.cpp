// CASE, CAST, literals. The expectations are in expected/case_and_cast.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(case_and_cast, case_when, case_(when(x == 1, "a"), else_("b")))
SQL_CASE(case_and_cast, case_several, case_(when(x == 1, "a"), when(x == 2, "b")))
SQL_CASE(case_and_cast, case_columns, case_(when(flag, x), else_(y)))
SQL_CASE(case_and_cast, case_and, case_(when(x == 1 && y == 2, 1), else_(0)))
SQL_CASE(case_and_cast, case_value, case_of(x, when(1, "one"), when(2, "two"), else_("many")))
SQL_CASE(case_and_cast, case_compared, case_(when(x == 1, 1), else_(2)) == 2)
SQL_CASE(case_and_cast, case_sum, func::sum(case_(when(x > 0, 1), else_(0))))
SQL_CASE(case_and_cast, cast_text, cast<std::string>(x))
SQL_CASE(case_and_cast, cast_length, cast<std::string>(x, String(20)))
SQL_CASE(case_and_cast, cast_integer, cast<int>("5", Integer))
SQL_CASE(case_and_cast, cast_numeric, cast<double>(x, Numeric(10, 2)))
SQL_CASE(case_and_cast, cast_date, cast<std::chrono::year_month_day>(name))
SQL_CASE(case_and_cast, cast_compared, cast<std::string>(x) == "5")
SQL_CASE(case_and_cast, cast_sum, cast<int>(x + 1, Integer) * 2)
SQL_CASE(case_and_cast, literal_value, literal(5) + x)
SQL_CASE(case_and_cast, literal_text, literal("it's"))
SQL_CASE(case_and_cast, literal_column_sum, literal_column<int>("1") + x)
SQL_CASE(case_and_cast, bare_column, column<int>("a") == 5)
SQL_CASE(case_and_cast, bind_parameter, x == bindparam("p"))
SQL_CASE(case_and_cast, bind_parameter_value, x == bindparam("p", 5))
SQL_CASE(case_and_cast, bind_parameter_twice, x == bindparam("a", 1) && y == bindparam("a", 1))

}  // namespace
}  // namespace text_cases
