// Subqueries, EXISTS, correlation, UNION. The expectations are in expected/subqueries.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(subqueries, from_subquery, [] {
    auto s = select(id, t2_id).subquery();
    return select(s);
}())
SQL_CASE(subqueries, two_subqueries, select(select(x).subquery().c(x), select(y).subquery("named").c(y)))
SQL_CASE(subqueries, subquery_label, [] {
    auto n = func::count("*").label("n");
    auto s = select(t2_t_id, n).group_by(t2_t_id).subquery();
    return select(s.c(n), id).join(s, s.c(t2_t_id) == id);
}())
SQL_CASE(subqueries, count_of_query, [] {
    auto s = select(id, x).label_style(LabelStyle::table_column).where(x == 1).subquery();
    return select(func::count()).select_from(s);
}())
SQL_CASE(subqueries, subquery_of_expression, [] {
    auto e = x + 1;
    return select(select(e).subquery().c(e));
}())
SQL_CASE(subqueries, subquery_of_function, [] {
    auto e = func::max(x);
    return select(select(e).subquery().c(e));
}())
SQL_CASE(subqueries, subquery_qualified, [] {
    auto s = select(id, x).label_style(LabelStyle::table_column).subquery();
    return select(s.c(id), s.c(x)).label_style(LabelStyle::table_column);
}())
SQL_CASE(subqueries, scalar_column, select(id, select(func::count(t2_id)).where(t2_t_id == id).scalar_subquery()))
SQL_CASE(subqueries, scalar_where_order, [] {
    auto s = select(func::count(t2_id)).where(t2_t_id == id).scalar_subquery();
    return select(id).where(s > 2).order_by(s);
}())
SQL_CASE(subqueries, scalar_alone, select(func::count(t2_id)).where(t2_t_id == id).scalar_subquery())
SQL_CASE(subqueries, scalar_keeps_last_from, select(id).where(x == select(func::max(x)).scalar_subquery()))
SQL_CASE(subqueries, scalar_alias, [] {
    auto a = alias(t, "ta");
    return select(id).where(x == select(func::max(a.c(x))).scalar_subquery());
}())
SQL_CASE(subqueries, exists_same_table, select(id).where(exists(select(id).where(x == 1))))
SQL_CASE(subqueries, exists_correlated, select(name).where(exists().where(t2_t_id == id)))
SQL_CASE(subqueries, exists_negated_correlated, select(name).where(!exists().where(t2_t_id == id)))
SQL_CASE(subqueries, exists_and, select(name).where(exists().where(t2_t_id == id) && x == 1))
SQL_CASE(subqueries, exists_two,
         select(name).where(exists(select(literal_column("1")).where(t2_t_id == id)), exists().where(t3_id == id)))
SQL_CASE(subqueries, correlate_explicit, select(id, select(t2_id).where(t2_t_id == id).correlate(t).scalar_subquery()))
SQL_CASE(subqueries, in_correlated, select(id).where(x.in_(select(x).where(y == 1))))
SQL_CASE(subqueries, nested_exists, select(name).where(exists().where(t2_t_id == id && exists().where(t3_id == t2_id))))
SQL_CASE(subqueries, union_order_limit,
         union_(select(type_coerce<int>(id), x), select(t2_id, t2_t_id)).order_by("id").limit(3))
SQL_CASE(subqueries, union_all_limited, union_all(select(id).limit(1), select(t2_id)))
SQL_CASE(subqueries, union_subquery, select(union_all(select(id), select(t2_id)).subquery()))
SQL_CASE(subqueries, intersect, aludel::intersect(select(id), select(t2_id)))
SQL_CASE(subqueries, intersect_all, aludel::intersect_all(select(id), select(t2_id)))
SQL_CASE(subqueries, except_two, except_(select(id), select(t2_id)).order_by("id"))
SQL_CASE(subqueries, except_all, aludel::except_all(select(id), select(t2_id)))
SQL_CASE(subqueries, union_three, union_(select(id), select(t2_id), select(t3_id)))
SQL_CASE(subqueries, union_of_statement, select(id).union_(select(t2_id)))
SQL_CASE(subqueries, union_with_offset, union_all(select(id), select(t2_id)).order_by("id").limit(2).offset(1))
SQL_CASE(subqueries, union_in, x.in_(union_(select(id), select(t2_id))))
SQL_CASE(subqueries, union_cte, select(union_(select(id), select(t2_id)).cte("both")))
SQL_CASE(subqueries, added_columns, select(id).add_columns(x, func::count(y)).group_by(id, x))
SQL_CASE(subqueries, not_in_subquery, x.not_in(select(t2_id).where(t2_name == "q")))
SQL_CASE(subqueries, scalar_compared, select(func::max(t2_id)).scalar_subquery() > x)
SQL_CASE(subqueries, scalar_ordered,
         select(id).order_by(select(func::max(t2_id)).where(t2_t_id == id).scalar_subquery()))
SQL_CASE(subqueries, union_nested, union_(union_(select(id), select(t2_id)), except_(select(x), select(y))))
SQL_CASE(subqueries, cte, [] {
    auto cte = select(id, x).where(x > 1).cte("c");
    return select(cte.c(id)).join(t2, t2_t_id == cte.c(id));
}())
SQL_CASE(subqueries, cte_anonymous, select(select(id).cte()))
SQL_CASE(subqueries, limit_in_subquery, [] {
    auto s = select(id).order_by(x).limit(2).subquery();
    return select(s.c(id)).join(t2, t2_t_id == s.c(id));
}())
SQL_CASE(subqueries, scalar_in_sum, select(x + select(func::max(t2_id)).scalar_subquery()))

}  // namespace
}  // namespace text_cases
