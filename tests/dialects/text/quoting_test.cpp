// Names that need quotes. The expectations are in expected/quoting.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(quoting, whole_table, select(q))
SQL_CASE(quoting, qualified, select(q).label_style(LabelStyle::table_column))
SQL_CASE(quoting, alias, select(alias(q, "My Alias")))
SQL_CASE(quoting, alias_with_quote, select(alias(t, "a\"b").c(id)))
SQL_CASE(quoting, alias_injection, select(alias(t, "x; DROP TABLE t --").c(id)))
SQL_CASE(quoting, label_injection, select(id.label("a\", 1; --")))
SQL_CASE(quoting, chinese, select(c<Number>(q, "中文")).where(c<Number>(q, "中文") == 1))
SQL_CASE(quoting, bind_name_odd, c<Number>(q, "with space") == 1)
SQL_CASE(quoting, anonymous_alias_odd, [] {
    auto a = alias(q);
    return select(a.c<int>("select"));
}())
SQL_CASE(quoting, literal_backslash, name == "a\\b'c")

}  // namespace
}  // namespace text_cases
