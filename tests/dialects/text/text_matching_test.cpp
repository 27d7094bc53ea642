// LIKE and its family. The expectations are in expected/text_matching.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(text_matching, like, name.like("a%"))
SQL_CASE(text_matching, like_escape, name.like("a/%b", "/"))
SQL_CASE(text_matching, not_like, name.not_like("a%"))
SQL_CASE(text_matching, ilike, name.ilike("A%"))
SQL_CASE(text_matching, not_ilike, name.not_ilike("A%"))
SQL_CASE(text_matching, ilike_escape, name.ilike("a/%b", "/"))
SQL_CASE(text_matching, contains, name.contains("a%b"))
SQL_CASE(text_matching, contains_autoescape, name.contains("a%b_c/d", autoescape))
SQL_CASE(text_matching, contains_autoescape_character, name.contains("a%b", autoescape, "#"))
SQL_CASE(text_matching, startswith, name.startswith("a"))
SQL_CASE(text_matching, startswith_autoescape, name.startswith("a_", autoescape))
SQL_CASE(text_matching, endswith, name.endswith("z"))
SQL_CASE(text_matching, contains_column, name.contains(t2_name))
SQL_CASE(text_matching, contains_expression, name.contains(t2_name + "x"))
SQL_CASE(text_matching, startswith_in_and, name.startswith("a") && x == 1)
SQL_CASE(text_matching, startswith_of_expression, (name + "q").startswith("a"))
SQL_CASE(text_matching, like_column, name.like(t2_name))
SQL_CASE(text_matching, match, name.match("wendy"))
SQL_CASE(text_matching, regexp, name.regexp_match("^a"))
SQL_CASE(text_matching, like_quote, name.like("it's"))

}  // namespace
}  // namespace text_cases
