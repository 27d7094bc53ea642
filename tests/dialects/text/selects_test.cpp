// SELECT: columns, FROM, joins, ordering. The expectations are in expected/selects.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(selects, columns, select(id, x))
SQL_CASE(selects, whole_table, select(t))
SQL_CASE(selects, two_tables, select(t, t2_name))
SQL_CASE(selects, where_two, select(id).where(x == 1).where(y == 2, name == "q"))
SQL_CASE(selects, where_other_table, select(id).where(id == t2_t_id))
SQL_CASE(selects, from_other_table, select(id).select_from(t2))
SQL_CASE(selects, distinct, select(x).distinct())
SQL_CASE(selects, distinct_on, select(x).distinct(y))
SQL_CASE(selects, order_by, select(id).order_by(x.desc(), y))
SQL_CASE(selects, order_nulls, select(id).order_by(x.desc().nulls_last(), y.asc().nulls_first()))
SQL_CASE(selects, group_having, select(x, func::count(y)).group_by(x).having(func::count(y) > 2))
SQL_CASE(selects, group_two, select(x, y).group_by(x, y))
SQL_CASE(selects, order_by_label, select((x + y).label("s")).order_by((x + y).label("s")))
SQL_CASE(selects, order_by_name, select((x + y).label("s")).order_by("s"))
SQL_CASE(selects, order_by_descending_name, select((x + y).label("s")).order_by(desc("s")))
SQL_CASE(selects, order_by_column_name, select(id).order_by("id"))
SQL_CASE(selects, order_by_table_column_name, select(id).order_by("x"))
SQL_CASE(selects, group_by_name, select((x + y).label("s")).group_by("s").having(x > 1))
SQL_CASE(selects, join_foreign_key, select(id).join(t2))
SQL_CASE(selects, join_condition, select(id).join(t2, t2_t_id == id))
SQL_CASE(selects, outerjoin, select(id).outerjoin(t2))
SQL_CASE(selects, full_join, select(id).full_join(t2, t2_t_id == id))
SQL_CASE(selects, join_and_condition, select(id).join(t2, t2_t_id == id && t2_name == "a"))
SQL_CASE(selects, join_two, select(id).join(t2).join(t3, t3_id == t2_id))
SQL_CASE(selects, join_from_other_side, select(t2_name).join(t))
SQL_CASE(selects, join_with_where, select(id, t2_name).join(t2).where(t2_name == "q"))
SQL_CASE(selects, select_from_join, select(id, t2_id).select_from(outerjoin(t, t2)))
SQL_CASE(selects, join_nested, select(id).select_from(join(t, join(t2, t3, t3_id == t2_id), t2_t_id == id)))
SQL_CASE(selects, for_update, select(id).with_for_update())
SQL_CASE(selects, for_update_nowait_of, select(id).with_for_update({.nowait = true, .of = {table_node(t.info())}}))
SQL_CASE(selects, for_share_skip_locked, select(id).with_for_update({.read = true, .skip_locked = true}))
SQL_CASE(selects, prefix, select(id).prefix_with("/*+ hint */"))
SQL_CASE(selects, no_from, select(literal(1)))
SQL_CASE(selects, schema, select(aux))
SQL_CASE(selects, schema_label, select(c<Number>(aux, "id")).label_style(LabelStyle::table_column))

}  // namespace
}  // namespace text_cases
