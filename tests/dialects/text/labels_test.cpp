// How columns are named. The expectations are in expected/labels.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(labels, duplicate_name, select(id, t2_id))
SQL_CASE(labels, table_column, select(id, t2_id).label_style(LabelStyle::table_column))
SQL_CASE(labels, same_column_twice, select(id, id, id.label("id"), t2_name, name))
SQL_CASE(labels, same_column_twice_qualified, select(id, id).label_style(LabelStyle::table_column))
SQL_CASE(labels, same_column_three_times, select(id, id, id))
SQL_CASE(labels, none, select(id, t2_id).label_style(LabelStyle::none))
SQL_CASE(labels, expressions,
         select(func::count(), func::count(x), func::max(x).label("mx"), x + 1, x + 1, cast<std::string>(x), literal(1),
                literal_column("1"), -x, x == 1, case_(when(x == 1, "a"), else_("b")), text("zz")))
SQL_CASE(labels, expressions_qualified,
         select(func::count(x), x + 1, cast<std::string>(x), x.label("foo"), -x).label_style(LabelStyle::table_column))
SQL_CASE(labels, cast_and_column, select(x, cast<std::string>(x)))
SQL_CASE(labels, label_in_where, select((x + y).label("s")).where((x + y).label("s") > 5))
SQL_CASE(labels, label_of_or, select((x == 1 || y == 2).label("o")))
SQL_CASE(labels, label_quoted, select(x.label("Order"), y.label("a b"), id.label("c\"d")))
SQL_CASE(labels, exists_column, select(exists().where(x == 1)))
SQL_CASE(labels, long_name, select(long_table).label_style(LabelStyle::table_column))
SQL_CASE(labels, long_alias, [] {
    auto a = alias(long_table);
    return select(a.c(long_column));
}())
SQL_CASE(labels, aliases, [] {
    auto a1 = alias(t), a2 = alias(t), a3 = alias(t, "foo");
    return select(a1.c(id), a2.c(id), a3.c(id)).where(a1.c(x) == a2.c(x));
}())
SQL_CASE(labels, alias_qualified, [] {
    auto a = alias(t);
    return select(a.c(id), a.c(name)).label_style(LabelStyle::table_column);
}())
SQL_CASE(labels, alias_whole, select(alias(t, "a b")))
SQL_CASE(labels, two_aliases_qualified, [] {
    auto a = alias(t), b = alias(t);
    return select(a.c(id), b.c(id), a.c(id)).label_style(LabelStyle::table_column);
}())
SQL_CASE(labels, bind_names, and_(x == 1, x == 2, t2_name == "q", name == "r"))
SQL_CASE(labels, order_by_unselected_label, select(id).order_by((x + y).label("s")))

}  // namespace
}  // namespace text_cases
