// NULL, true, false. The expectations are in expected/null_and_boolean.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(null_and_boolean, equal_null, x == nullptr)
SQL_CASE(null_and_boolean, equal_nullopt, x == std::nullopt)
SQL_CASE(null_and_boolean, not_equal_null, x != nullptr)
SQL_CASE(null_and_boolean, null_on_the_left, nullptr == x)
SQL_CASE(null_and_boolean, is_null, x.is_(nullptr))
SQL_CASE(null_and_boolean, is_not_null, x.is_not(nullptr))
SQL_CASE(null_and_boolean, null_constant, x == null())
SQL_CASE(null_and_boolean, empty_optional, x == std::optional<int>())
SQL_CASE(null_and_boolean, distinct_from_null, x.is_distinct_from(nullptr))
SQL_CASE(null_and_boolean, distinct_from, x.is_distinct_from(5))
SQL_CASE(null_and_boolean, not_distinct_from, x.is_not_distinct_from(y))
SQL_CASE(null_and_boolean, equal_true, flag == true)
SQL_CASE(null_and_boolean, not_equal_false, flag != false)
SQL_CASE(null_and_boolean, is_true, flag.is_(true))
SQL_CASE(null_and_boolean, is_true_constant, flag.is_(true_()))
SQL_CASE(null_and_boolean, where_flag, select(id).where(flag))
SQL_CASE(null_and_boolean, where_not_flag, select(id).where(!flag))
SQL_CASE(null_and_boolean, where_true, select(id).where(true_()))
SQL_CASE(null_and_boolean, where_false, select(id).where(false_()))
SQL_CASE(null_and_boolean, and_true, and_(true, x == 1))
SQL_CASE(null_and_boolean, or_true, or_(true, x == 1))
SQL_CASE(null_and_boolean, and_false, and_(false, x == 1))
SQL_CASE(null_and_boolean, or_false, or_(false, x == 1))
SQL_CASE(null_and_boolean, and_one, and_(x == 1))
SQL_CASE(null_and_boolean, bound_null, x == bindparam("p", std::optional<int>()))
SQL_CASE(null_and_boolean, null_selected, select(null().label("n")))

}  // namespace
}  // namespace text_cases
