// text() and its parameters. The expectations are in expected/texts.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(texts, plain, text("select 1"))
SQL_CASE(texts, parameter, text("select :x || 'b' as q").bindparams("x"_a = "a"))
SQL_CASE(texts, escapes, text("select * from t where x = :x and y = '\\:lit' and z::int = 1").bindparams("x"_a = 5))
SQL_CASE(texts, percent, text("select 'a%b' where x=:x").bindparams("x"_a = 1))
SQL_CASE(texts, as_criterion, select(id).where(text("x = :v").bindparams("v"_a = 1), y == 2))
SQL_CASE(texts, as_order, select(id).order_by(text("x DESC")))
SQL_CASE(texts, as_column, select(text("zz"), id))
SQL_CASE(texts, same_parameter_twice, text("x = :a OR y = :a").bindparams("a"_a = 1))
SQL_CASE(texts, time_is_no_parameter, text("select '12:30' , :b").bindparams("b"_a = 2))

}  // namespace
}  // namespace text_cases
