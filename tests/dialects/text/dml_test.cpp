// INSERT, UPDATE, DELETE. The expectations are in expected/dml.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(dml, insert_all, insert(t))
SQL_CASE(dml, insert_values, insert(t).values("x"_a = 1))
SQL_CASE(dml, insert_values_table_order, insert(t).values(name = "a", x = 1))
SQL_CASE(dml, insert_null, insert(t).values(x = std::nullopt))
SQL_CASE(dml, insert_expression, insert(t).values("x"_a = func::now(), "y"_a = literal_column<int>("1") + 2))
SQL_CASE(dml, insert_current_timestamp, insert(t2).values("name"_a = func::current_timestamp(), "t_id"_a = 1))
SQL_CASE(dml, insert_subquery, insert(t).values("x"_a = select(func::max(t2_id)).scalar_subquery()))
SQL_CASE(dml, insert_rows, insert(t).values("x"_a = 1, "y"_a = 2).add_row("x"_a = 3, "y"_a = 4))
SQL_CASE(dml, insert_select, insert(t).from_select({"x", "y"}, select(y, x)))
SQL_CASE(dml, insert_select_other, insert(t).from_select({"x"}, select(t2_id).where(t2_name == "a")))
SQL_CASE(dml, insert_odd_names, insert(q).values("select"_a = 1, "MixedCase"_a = 2, "with space"_a = 3))
SQL_CASE(dml, update_one, update(t).where(id == 3).values(x = 5))
SQL_CASE(dml, update_expression, update(t).values(x = x + 1).where(id == 3))
SQL_CASE(dml, update_table_order, update(t).values(y = x, x = 5))
SQL_CASE(dml, update_ordered, update(t).ordered_values(y = x, x = 5))
SQL_CASE(dml, update_null, update(t).values(name = std::nullopt))
SQL_CASE(dml, update_subquery, update(t).values("x"_a = select(t2_id).where(t2_t_id == id).scalar_subquery()))
SQL_CASE(dml, update_bind_parameter, update(t).where(x == bindparam("b_x")).values(x = 5))
SQL_CASE(dml, update_other_table, update(t).values(x = t2_id).where(id == t2_t_id))
SQL_CASE(dml, update_in, update(t).where(x.in_({1, 2})).values(y = 7))
SQL_CASE(dml, update_exists, update(t).values(x = 1).where(exists().where(t2_t_id == id)))
SQL_CASE(dml, update_same_column, update(t).values(x = 1).where(x == 2))
SQL_CASE(dml, delete_where, delete_(t).where(x == 1, y > 2))
SQL_CASE(dml, delete_all, delete_(t))
SQL_CASE(dml, delete_other_table, delete_(t).where(id == t2_t_id))
SQL_CASE(dml, delete_schema, delete_(aux).where(c<Number>(aux, "id") == 1))
SQL_CASE(dml, delete_subquery, delete_(t).where(id.in_(select(t2_t_id))))

}  // namespace
}  // namespace text_cases
