// Arrays, ranges, full text search, regular expressions, ordered aggregates. The expectations are in
// expected/arrays.txt.
#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

const std::vector<int> one{1}, two{1, 2};

SQL_CASE(arrays, any, tags.any(5))
SQL_CASE(arrays, all, tags.all(5))
SQL_CASE(arrays, any_greater, tags.any(5, Operator::gt))
SQL_CASE(arrays, any_function, 5 == any_(tags))
SQL_CASE(arrays, any_function_left, any_(tags) == 5)
SQL_CASE(arrays, any_of_column, x == any_(tags))
SQL_CASE(arrays, any_turned, any_(tags) > 5)
SQL_CASE(arrays, any_of_select, x == any_(select(t2_id).scalar_subquery()))
SQL_CASE(arrays, all_of_select, x > all_(select(t2_id).scalar_subquery()))
SQL_CASE(arrays, not_any, !(x == any_(tags)))
SQL_CASE(arrays, contains, tags.contains(two))
SQL_CASE(arrays, contained_by, tags.contained_by(one))
SQL_CASE(arrays, overlap, tags.overlap(one))
SQL_CASE(arrays, not_contains, !tags.contains(one))
SQL_CASE(arrays, overlap_column, tags.overlap(tags))
SQL_CASE(arrays, contains_literal, tags.contains(array_(1, optional(x))))
SQL_CASE(arrays, item, tags[1])
SQL_CASE(arrays, item_compared, tags[1] == 5)
SQL_CASE(arrays, item_at_column, tags[x])
SQL_CASE(arrays, item_at_expression, tags[x + 1])
SQL_CASE(arrays, slice, tags.slice(1, 2))
SQL_CASE(arrays, literal, array_(1, 2))
SQL_CASE(arrays, literal_mixed, array_(x, 2))
SQL_CASE(arrays, literal_nested, array_(array_(1, 2), array_(3, 4)))
SQL_CASE(arrays, literal_selected, select(array_(1, 2)))
SQL_CASE(arrays, literal_item, array_(1, 2)[1])
SQL_CASE(arrays, joined, tags + one)
SQL_CASE(arrays, joined_literals, array_(1) + array_(2, 3))
SQL_CASE(arrays, equal, tags == two)
SQL_CASE(arrays, inserted, insert(d).values("tags"_a = two))
SQL_CASE(arrays, updated, update(d).values("words"_a = std::vector<std::string>{"a"}))
SQL_CASE(arrays, in, tags.in_(std::vector<std::vector<int>>{{1}, {2}}))
SQL_CASE(arrays, cast, cast<std::vector<std::string>>(tags))
SQL_CASE(arrays, array_agg, select(func::array_agg(x)))
SQL_CASE(arrays, array_agg_filter, func::array_agg(x).filter(x > 1))
SQL_CASE(arrays, array_agg_ordered, select(func::array_agg(aggregate_order_by(x, y.desc(), id))))
SQL_CASE(arrays, string_agg_ordered,
         func::string_agg(name, aggregate_order_by(literal_column<std::string>("','"), name)))
SQL_CASE(arrays, string_agg, func::string_agg(name, literal_column<std::string>("','")))
SQL_CASE(arrays, unnest, select(func::unnest(tags)))
SQL_CASE(arrays, within_group, func::percentile_cont(0.5).within_group(x.desc()))
SQL_CASE(arrays, within_group_two, select(func::mode().within_group(x, y)))
SQL_CASE(arrays, within_group_over, func::percentile_cont(0.5).within_group(x).over(Window{}.partition_by(y)))

SQL_CASE(arrays, range_contains_value, span.contains(5))
SQL_CASE(arrays, range_contains_range, span.contains(span))
SQL_CASE(arrays, range_contained_by, span.contained_by(span))
SQL_CASE(arrays, range_overlaps, span.overlaps(span))
SQL_CASE(arrays, range_left, span.strictly_left_of(span))
SQL_CASE(arrays, range_right, span.strictly_right_of(span))
SQL_CASE(arrays, range_not_right, span.not_extend_right_of(span))
SQL_CASE(arrays, range_not_left, span.not_extend_left_of(span))
SQL_CASE(arrays, range_adjacent, span.adjacent_to(span))
SQL_CASE(arrays, range_union, span + span)
SQL_CASE(arrays, range_intersection, span* span)
SQL_CASE(arrays, range_not_overlaps, !span.overlaps(span))
SQL_CASE(arrays, range_and, span.overlaps(span) && x == 1)

SQL_CASE(arrays, match, name.match("x"))
SQL_CASE(arrays, match_configuration, name.match("x", {.regconfig = "english"}))
SQL_CASE(arrays, not_match, !name.match("x"))
SQL_CASE(arrays, match_against, match(name).against("x"))
SQL_CASE(arrays, match_against_modes, match(name, flag).against("x").in_natural_language_mode().with_query_expansion())
SQL_CASE(arrays, match_against_boolean, match(name).against("x").in_boolean_mode())
SQL_CASE(arrays, match_against_and, and_(match(name).against("x"), x == 1))
SQL_CASE(arrays, match_against_order, select(id).order_by(match(name).against("x").desc()))
SQL_CASE(arrays, match_against_compared, match(name).against("x") > 0.5)
SQL_CASE(arrays, vectors, func::call("to_tsvector", name).bool_op("@@", func::call("plainto_tsquery", "x")))

SQL_CASE(arrays, regexp, name.regexp_match("^a"))
SQL_CASE(arrays, regexp_joined, (name + "x").regexp_match(name + "y"))
SQL_CASE(arrays, regexp_without_case, name.regexp_match("^a", "i"))
SQL_CASE(arrays, not_regexp_without_case, !name.regexp_match("^a", "i"))
SQL_CASE(arrays, regexp_replace, name.regexp_replace("a", "b"))
SQL_CASE(arrays, regexp_replace_joined, (name + "x").regexp_replace(name + "y", name + "z"))
SQL_CASE(arrays, regexp_replace_compared,
         select(name.regexp_replace("a", "b")).where(name.regexp_replace("a", "b") == "c"))
SQL_CASE(arrays, substring, func::call("substring", name, 1, 2))
SQL_CASE(arrays, substring_from, func::call("substring", name, 1))
SQL_CASE(arrays, between_symmetric, x.between(1, 2, true))
SQL_CASE(arrays, not_between_symmetric, !x.between(1, 2, true))

// ---- what SQLAlchemy 1.4 says otherwise

TEST(arrays, flags_of_regular_expressions_stand_in_the_text) {
    const Expr any_case = name.regexp_match("^a", "ix");
    EXPECT_EQ(on(dialects::postgresql(), any_case.node()), "t.name ~ CONCAT('(?', 'ix', ')', $1)");
    EXPECT_EQ(on(dialects::postgresql(), (!any_case).node()), "t.name !~ CONCAT('(?', 'ix', ')', $1)");
    EXPECT_EQ(on(dialects::mysql(), any_case.node()), "REGEXP_LIKE(t.name, ?, 'ix')");
    EXPECT_EQ(on(dialects::mysql(), (!any_case).node()), "NOT REGEXP_LIKE(t.name, ?, 'ix')");
    EXPECT_EQ(on(dialects::postgresql(), name.regexp_replace("a", "b", "g").node()),
              "REGEXP_REPLACE(t.name, $1, $2, 'g')");
    EXPECT_EQ(on(dialects::mysql(), name.regexp_replace("a", "b", "i").node()), "REGEXP_REPLACE(t.name, ?, ?, 'i')");
    EXPECT_EQ(on(dialects::mariadb(), any_case.node()), "t.name REGEXP CONCAT('(?', 'ix', ')', ?)");
    EXPECT_EQ(on(dialects::mariadb(), name.regexp_replace("a", "b", "i").node()),
              "REGEXP_REPLACE(t.name, CONCAT('(?', 'i', ')', ?), ?)");
    EXPECT_THROW(on(dialects::sqlite(), any_case.node()), CompileError);
    EXPECT_THROW(name.regexp_match("^a", "i')--"), ArgumentError);
}

TEST(arrays, databases_without_arrays_refuse_their_items) {
    EXPECT_THROW(on(dialects::sqlite(), tags[1].node()), CompileError);
    EXPECT_THROW(on(dialects::mysql(), tags.slice(1, 2).node()), CompileError);
}

TEST(arrays, texts_given_to_functions_of_anything_say_their_type_on_postgresql) {
    EXPECT_EQ(on(dialects::postgresql(), func::concat(name, "x").node()), "concat(t.name, $1::VARCHAR)");
    EXPECT_EQ(on(dialects::postgresql(), func::call("json_build_object", "a", x).node()),
              "json_build_object($1::VARCHAR, t.x)");
    EXPECT_EQ(on(dialects::postgresql(), func::call("lower", "X").node()), "lower($1)");
    EXPECT_EQ(on(dialects::mysql(), func::concat(name, "x").node()), "concat(t.name, ?)");
}

TEST(arrays, modes_of_a_search_that_exclude_each_other_are_refused) {
    EXPECT_THROW(match(name).against("x").in_boolean_mode().in_natural_language_mode(), ArgumentError);
    EXPECT_THROW(match().against("x"), ArgumentError);
}

TEST(arrays, elements_of_an_in_have_their_type_each_time) {
    const NodeRef node = tags.in_(std::vector<std::vector<int>>{{1}, {2}, {3}}).node();
    const PreparedStatement prepared = prepare(node, dialects::postgresql());
    const BoundStatement bound = bind_values(prepared, dialects::postgresql());
    EXPECT_EQ(bound.text(*prepared.compiled), "d.tags IN ($1::INTEGER[], $2::INTEGER[], $3::INTEGER[])");
    EXPECT_EQ(bound.values[2].to_value().repr(), "'{3}'");
}

}  // namespace
}  // namespace text_cases
