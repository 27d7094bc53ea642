// Parentheses only where they are needed. The expectations are in expected/precedence.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(precedence, add_then_multiply, (x + y) * 2)
SQL_CASE(precedence, multiply_inside_add, x + y * 2)
SQL_CASE(precedence, subtract_right, x - (y - 2))
SQL_CASE(precedence, subtract_left, (x - y) - 2)
SQL_CASE(precedence, divide_right, x / (y / 2))
SQL_CASE(precedence, modulo_then_multiply, x % 3 * 2)
SQL_CASE(precedence, add_chain, x + y + 1 + 2)
SQL_CASE(precedence, multiply_chain, x* y * 2)
SQL_CASE(precedence, negative_sum, -(x + y))
SQL_CASE(precedence, negative_then_multiply, -x * 2)
SQL_CASE(precedence, negative_negative, -(-x))
SQL_CASE(precedence, value_on_the_left, 2 - x)
SQL_CASE(precedence, value_on_the_left_compared, 5 < x)
SQL_CASE(precedence, value_on_the_left_equal, 5 == x)
SQL_CASE(precedence, and_with_or, x == 1 && (x == 2 || y == 3))
SQL_CASE(precedence, or_with_and, x == 1 || (x == 2 && y == 3))
SQL_CASE(precedence, or_nested, or_(or_(x == 1, x == 2), y == 3))
SQL_CASE(precedence, operators_and_or, (x == 1 && y == 2) || x == 3)
SQL_CASE(precedence, and_three, and_(x == 1, y == 2, name == "q"))
SQL_CASE(precedence, comparison_of_comparisons, (x == 1) == (y == 2))
SQL_CASE(precedence, comparison_with_true, (x > 1) == true)
SQL_CASE(precedence, text_joined, (name + "a") + "b")
SQL_CASE(precedence, text_joined_left, "a" + name)
SQL_CASE(precedence, text_joined_like, name.concat("q").like("z"))
SQL_CASE(precedence, text_columns_joined, name + t2_name)
SQL_CASE(precedence, collate, name.collate("NOCASE") == "x")
SQL_CASE(precedence, collate_descending, name.collate("NOCASE").desc())
SQL_CASE(precedence, custom_operator, x.op("&", 3) == 0)
SQL_CASE(precedence, custom_operator_precedence, x.op("->", 3, 15) == 1)
SQL_CASE(precedence, custom_operator_of_sum, (x + 1).op("&", 3))
SQL_CASE(precedence, compare_sum, x + 1 > y - 2)
SQL_CASE(precedence, between_sum, (x + 1).between(y, y * 2))
SQL_CASE(precedence, descending_sum, (x + y).desc())
SQL_CASE(precedence, nulls_last_sum, (x + y).nulls_last())
SQL_CASE(precedence, descending_comparison, (x == 1).desc())
SQL_CASE(precedence, exists_in_and, x == 1 && exists().where(t2_t_id == 3))
SQL_CASE(precedence, float_value, x > 1.5)

}  // namespace
}  // namespace text_cases
