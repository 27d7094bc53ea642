// Common table expressions, LATERAL, TABLESAMPLE, VALUES, functions as tables, grouping sets, locks, FETCH, hints. The
// expectations are in expected/from_items.txt.
#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/expr/row_sources.hpp>

#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

const FromElement c = select(id, x).where(x == 1).cte("c");

FromElement recursion() {
    const FromElement r = select(id, x).where(x == 1).cte("r", {.recursive = true});
    return r.union_all(select(t2_id, r.c(x) + 1).where(t2_t_id == r.c(id)));
}
FromElement numbers() {
    const FromElement n = select(literal(1).label("n")).cte("nums", {.recursive = true});
    return n.union_all(select(n.c<int>("n") + 1).where(n.c<int>("n") < 5));
}
FromElement anonymous_recursion() {
    const FromElement a = select(id).cte("", {.recursive = true});
    return a.union_(select(alias(a).c(id)));
}
auto tree_join() {
    const FromElement start = select(id, x).cte("tree", {.recursive = true});
    const FromElement parent = alias(start, "parent");
    const FromElement tree = start.union_all(select(id, x).where(x == parent.c(id)));
    return select(tree.c(id)).join(t2, t2_t_id == tree.c(id));
}
const FromElement gone = delete_(t).where(x == 1).returning(id, x).cte("gone");
const Subquery near = select(t2_id).where(t2_t_id == id).lateral("l");
const Subquery first = select(t2_id.label("q")).where(t2_t_id == id).order_by(t2_id).limit(2).lateral();
const auto v = values<int, std::string>({"id", "name"}, "v").data({{1, "a"}, {2, "b"}});
const FromElement z = alias(t2, "z");

template <class... A>
auto series(const A&... ends) {
    return func::call("generate_series", ends...).table_valued("v");
}

SQL_CASE(from_items, cte, select(c.c(id)).where(c.c(x) > 2))
SQL_CASE(from_items, recursive, select(recursion()))
SQL_CASE(from_items, recursive_numbers, select(numbers().c<int>("n")))
SQL_CASE(from_items, recursive_anonymous, select(anonymous_recursion()))
SQL_CASE(from_items, recursive_join, tree_join())
SQL_CASE(from_items, insert_in_with, select(insert(t).values(x = 1).returning(id, x).cte("ins").c(id)))
SQL_CASE(from_items, update_in_with, select(update(t).values(x = 2).where(y == 3).returning(id, x).cte("upd")))
SQL_CASE(from_items, delete_in_with, insert(t2).from_select({"id"}, select(gone.c(id))))
SQL_CASE(from_items, added_cte, select(id).add_cte(gone))
SQL_CASE(from_items, update_from_cte, update(t).values(x = c.c(x)).where(c.c(id) == id))
SQL_CASE(from_items, delete_in_cte, delete_(t).where(id.in_(select(c.c(id)))))
SQL_CASE(from_items, delete_using_cte, delete_(t).where(id == c.c(id)))
SQL_CASE(from_items, insert_select_cte, insert(t2).from_select({"id"}, select(c.c(id))))
SQL_CASE(from_items, insert_value_cte, insert(t).values("x"_a = select(c.c(id)).scalar_subquery()))
SQL_CASE(from_items, materialized, select(c.prefix_with("MATERIALIZED", "postgresql")))
SQL_CASE(from_items, suffix, select(select(id).cte("cc").suffix_with("SEARCH DEPTH FIRST BY id SET o")))
SQL_CASE(from_items, two, select(c.c(id), numbers().c<int>("n")))
SQL_CASE(from_items, chain, select(select(c.c(id)).cte("c2")))
SQL_CASE(from_items, aliased_cte, select(alias(c, "k").c(id)))
SQL_CASE(from_items, cte_in_union, union_(select(c.c(id)), select(c.c(x))))
SQL_CASE(from_items, union_in_cte, select(union_all(select(id), select(t2_id)).cte("uu")))
SQL_CASE(from_items, lateral, select(id, near.c(t2_id)))
SQL_CASE(from_items, lateral_join, select(id, first.c("q")).join(first, true_()))
SQL_CASE(from_items, lateral_outer_join, select(id, first.c("q")).select_from(outerjoin(t, first, true_())))
SQL_CASE(from_items, tablesample, select(tablesample(t, func::call("bernoulli", 5), "s", func::random()).c(id)))
SQL_CASE(from_items, tablesample_percentage, select(tablesample(t, 10).c(id)))
SQL_CASE(from_items, values, select(v))
SQL_CASE(from_items, values_join, select(id).join(v, id == v.c<int>("id")))
SQL_CASE(from_items, values_literal, select(values<int>({"id"}, "v").data({{1}}).literal_binds()))
SQL_CASE(from_items, grouping_sets, select(func::count()).group_by(func::grouping_sets(tuple_(x, y), x)))
SQL_CASE(from_items, rollup, select(x, func::count(id)).group_by(func::rollup(x, y)))
SQL_CASE(from_items, cube, select(func::count(id)).group_by(func::cube(x)))
SQL_CASE(from_items, tuple_equal, tuple_(optional(x), y) == tuple_(optional(t2_id), t2_t_id))
SQL_CASE(from_items, tuple_less, tuple_(x, y) < std::tuple{1, 2})
SQL_CASE(from_items, function_as_table, select(func::call("json_each", data).table_valued("key", "value").c("key")))
SQL_CASE(from_items, function_of_values, select(series(1, 5).c("v")))
SQL_CASE(from_items, ordinality, select(func::unnest(tags).table_valued("e").with_ordinality("o").alias("z")))
SQL_CASE(from_items, derived_types,
         select(func::call("jsonb_to_recordset", doc)
                    .table_valued(column<int>("a"), column<std::string>("b"))
                    .render_derived("x", true)))
SQL_CASE(from_items, derived, select(func::unnest(tags).table_valued("q").render_derived()))
SQL_CASE(from_items, named_function, select(series(1, 3).alias("gs").c("v")))
SQL_CASE(from_items, lateral_function, select(id, series(1, x).lateral().c("v")))

SQL_CASE(from_items, key_lock, select(id).with_for_update({.key_share = true}))
SQL_CASE(from_items, key_share, select(id).with_for_update({.read = true, .key_share = true}))
SQL_CASE(from_items, lock_of_two,
         select(id, t2_id).with_for_update({.nowait = true, .of = {table_node(t.info()), table_node(t2.info())}}))
SQL_CASE(from_items, lock_of_column, select(id).with_for_update({.skip_locked = true, .of = {x.node()}}))
SQL_CASE(from_items, lock_of_alias, select(z).with_for_update({.of = {z.node()}}))
SQL_CASE(from_items, lock_of_schema, select(aux).with_for_update({.of = {table_node(aux.info())}}))
SQL_CASE(from_items, share_nowait, select(id).with_for_update({.read = true, .nowait = true}))
SQL_CASE(from_items, lock_in_subquery, select(select(id).with_for_update().subquery()))
SQL_CASE(from_items, fetch, select(id).order_by(id).fetch(5))
SQL_CASE(from_items, fetch_offset, select(id).order_by(id).offset(2).fetch(5))
SQL_CASE(from_items, fetch_with_ties, select(id).order_by(id).fetch(5, {.with_ties = true}))
SQL_CASE(from_items, fetch_percent, select(id).fetch(5, {.percent = true}))
SQL_CASE(from_items, limit_expression, select(id).limit(x + 1))
SQL_CASE(from_items, limit_function, select(id).limit(func::abs(3)).offset(literal_column<int>("2")))
SQL_CASE(from_items, hint, select(id).with_hint(t, "USE INDEX (ix)"))
SQL_CASE(from_items, hint_of_dialect, select(id).with_hint(t, "USE INDEX (ix)", "mysql"))
SQL_CASE(from_items, hint_with_name, select(id).with_hint(t, "ix(%(name)s)", "mysql"))
SQL_CASE(from_items, hint_of_alias, select(z.c(t2_id)).with_hint(z, "FORCE INDEX (ix)", "mysql"))
SQL_CASE(from_items, only, select(id).with_hint(t, "ONLY", "postgresql"))
SQL_CASE(from_items, only_alias, select(z.c(t2_id)).with_hint(z, "ONLY", "postgresql"))
SQL_CASE(from_items, hint_in_join, select(id).join(t2).with_hint(t2, "USE INDEX (i2)", "mysql"))
SQL_CASE(from_items, statement_hint, select(id).with_statement_hint("OPTION (x)"))
SQL_CASE(from_items, statement_hint_of_dialect, select(id).with_statement_hint("MAXDOP 1", "mysql"))
SQL_CASE(from_items, prefixes, select(id).prefix_with("STRAIGHT_JOIN", "mysql").prefix_with("SQL_NO_CACHE", "mariadb"))
SQL_CASE(from_items, suffix_of_select, select(id).where(x == 1).suffix_with("PROCEDURE ANALYSE()"))
SQL_CASE(from_items, suffix_of_dialect, select(id).limit(1).suffix_with("FOO", "mysql"))
SQL_CASE(from_items, prefix_and_distinct, select(id).distinct().prefix_with("A"))
SQL_CASE(from_items, where_without_from, select(literal(1)).where(literal(1) == 1))
SQL_CASE(from_items, distinct_on_two, select(x).distinct(y, func::lower(name)).order_by(y))

// ---- what SQLAlchemy 1.4 says otherwise

TEST(from_items, distinct_on_is_refused_where_it_would_be_plain_distinct) {
    EXPECT_THROW(on(dialects::sqlite(), select(x).distinct(y).node()), CompileError);
    EXPECT_THROW(on(dialects::mysql(), select(x).distinct(y).node()), CompileError);
}

TEST(from_items, a_with_that_an_insert_of_values_cannot_have_is_refused) {
    EXPECT_THROW(on(dialects::mysql(), insert(t).values("x"_a = select(c.c(id)).scalar_subquery()).node()),
                 CompileError);
}

TEST(from_items, statements_in_with_need_a_returning_where_they_stand) {
    EXPECT_THROW(on(dialects::mysql(), select(id).add_cte(gone).node()), CompileError);
    EXPECT_TRUE(compile(select(gone.c(id)).node(), dialects::postgresql())->returns_rows);
    EXPECT_EQ(compile(select(gone.c(id)).node(), dialects::postgresql())->columns.size(), 1U);
    const NodeRef statement = update(t).values(x = 1).add_cte(gone).node();
    EXPECT_FALSE(compile(statement, dialects::postgresql())->returns_rows);
    EXPECT_TRUE(compile(statement, dialects::postgresql())->columns.empty());
}

TEST(from_items, mistakes_are_told_at_once) {
    EXPECT_THROW(alias(t).union_all(select(id)), ArgumentError);
    EXPECT_THROW(alias(t).prefix_with("MATERIALIZED"), ArgumentError);
    EXPECT_THROW(select(id).fetch(-1), ArgumentError);
    EXPECT_THROW(func::call("f").table_valued(), ArgumentError);
    EXPECT_THROW(on(dialects::postgresql(), select(id).with_hint(t, "NONSENSE").node()), CompileError);
}

// Table: a statement per line.
TEST(from_items, what_makes_another_text_is_another_statement) {
    StatementCache cache(dialects::postgresql());
    const std::vector<NodeRef> different{
        select(id).node(),
        select(id).with_for_update().node(),
        select(id).with_for_update({.key_share = true}).node(),
        select(id).prefix_with("A").node(),
        select(id).prefix_with("A", "postgresql").node(),
        select(id).suffix_with("A").node(),
        select(id).with_statement_hint("A").node(),
        select(id).with_hint(t, "ONLY").node(),
        select(id).limit(1).node(),
        select(id).fetch(1).node(),
        select(id).fetch(1, {.with_ties = true}).node(),
        select(id).fetch(1, {.percent = true}).node(),
        select(id).add_cte(c).node(),
        select(id).add_cte(c.prefix_with("MATERIALIZED")).node(),
        select(alias(t, "s").c(id)).node(),
        select(tablesample(t, 10, "s").c(id)).node(),
        select(tablesample(t, 10, "s", func::random()).c(id)).node(),
        select(select(id).subquery("l").c(id)).node(),
        select(select(id).lateral("l").c(id)).node(),
        select(select(id).cte("l").c(id)).node(),
        select(select(id).cte("l", {.recursive = true}).c(id)).node(),
        select(values<int>({"a"}, "v").data({{1}})).node(),
        select(values<int>({"a"}, "v").data({{1}, {2}})).node(),
        select(values<int>({"b"}, "v").data({{1}})).node(),
        select(values<int>({"a"}, "v").data({{1}}).literal_binds()).node(),
        select(values<int>({"a"}, "v").data({{2}}).literal_binds()).node(),
        select(values<int>({"a"}, "v").data({{1}}).lateral()).node(),
        select(series(1, 2).alias("g")).node(),
        select(series(1, 2).alias("g").lateral()).node(),
        select(series(1, 2).alias("g").with_ordinality("o")).node(),
        select(series(1, 2).alias("g").render_derived()).node(),
        update(t).values(x = 1).node(),
        update(t).values(x = 1).only().node(),
        update(t).values(x = 1).prefix_with("A").node(),
        update(t).values(x = 1).add_cte(c).node(),
        delete_(t).node(),
        delete_(t).only().node(),
        delete_(t).prefix_with("A").node(),
        insert(t).values(x = 1).node(),
        insert(t).values(x = 1).prefix_with("A").node(),
        insert(t).values(x = 1).on_conflict_do_nothing().node(),
        insert(t).values(x = 1).on_conflict_do_nothing({.index_elements = {"x"}}).node(),
        insert(t).values(x = 1).on_conflict_do_nothing({.constraint = "u"}).node(),
        insert(t).values(x = 1).on_conflict_do_nothing({.constraint = "v"}).node(),
        insert(t).values(x = 1).on_conflict_do_update({.constraint = "u", .set_ = {x = 1}}).node(),
        insert(t).values(x = 1).on_conflict_do_update({.constraint = "u", .set_ = {y = 1}}).node(),
        insert(t).values(x = 1).on_conflict_do_update({.constraint = "u", .set_ = {x = 1}, .where = y > 1}).node(),
    };
    for (const NodeRef& node : different) EXPECT_FALSE(cache.find(node).cached) << to_string(node);
    for (const NodeRef& node : different) EXPECT_TRUE(cache.find(node).cached) << to_string(node);
}

TEST(from_items, conditions_of_partial_indexes_are_part_of_the_text) {
    StatementCache cache(dialects::postgresql());
    const auto text = [&](int limit) {
        const NodeRef node =
            insert(t).values(x = 1).on_conflict_do_nothing({.index_elements = {"x"}, .index_where = y > limit}).node();
        return folded(cache.find(node).compiled->text);
    };
    EXPECT_EQ(text(5), "INSERT INTO t (x) VALUES ($1) ON CONFLICT (x) WHERE y > 5 DO NOTHING");
    EXPECT_EQ(text(6), "INSERT INTO t (x) VALUES ($1) ON CONFLICT (x) WHERE y > 6 DO NOTHING");
}

}  // namespace
}  // namespace text_cases
