#include <gtest/gtest.h>

#include <string>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/text.hpp>

#include "dialects/text/tables.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

template <class E, class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const E& error) {
        return error.message();
    }
    return "(nothing was thrown)";
}

TEST(expression_errors, order_with_null_value) {
    EXPECT_NE(message_of<ArgumentError>([] { return x < std::optional<int>(); }).find("Only '=', '!='"),
              std::string::npos);
}

TEST(expression_errors, order_by_unknown_name) {
    EXPECT_EQ(message_of<CompileError>([] { to_string(select(id).order_by("nonexistent")); }),
              "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression "
              "'nonexistent' should be "
              "explicitly declared as text('nonexistent')");
}

TEST(expression_errors, order_by_name_is_never_sql) {
    EXPECT_NE(
        message_of<CompileError>([] { to_string(select(id).order_by("id; DROP TABLE t")); }).find("Can't resolve"),
        std::string::npos);
}

TEST(expression_errors, join_without_foreign_key) {
    EXPECT_EQ(message_of<NoForeignKeysError>([] { join(t, t3); }),
              "Can't find any foreign key relationships between 't' and 't3'.");
    EXPECT_EQ(message_of<NoForeignKeysError>([] { select(id).join(t3).node(); }),
              "Can't find any foreign key relationships between 't' and 't3'.");
}

TEST(expression_errors, join_with_two_foreign_keys) {
    MetaData local;
    const Table a{"a", local, Column{"id", Integer, primary_key}};
    const Table b{"b", local, Column{"one", Integer, ForeignKey("a.id")}, Column{"two", Integer, ForeignKey("a.id")}};
    EXPECT_EQ(message_of<AmbiguousForeignKeysError>([&] { join(a, b); }),
              "Can't determine join between 'a' and 'b'; tables have more than one foreign key constraint relationship "
              "between them. "
              "Please specify the 'onclause' of this join explicitly.");
}

TEST(expression_errors, union_of_different_widths) {
    const auto make = [] {
        CompoundDraft draft;
        draft.selects = {select(id).node(), select(t2_id, t2_name).node()};
        return to_string(freeze(std::move(draft)));
    };
    EXPECT_EQ(message_of<CompileError>(make),
              "All selectables passed to CompoundSelect must have identical numbers of columns; select #1 has 1 "
              "columns, select #2 has 2");
}

TEST(expression_errors, unknown_column_in_values) {
    EXPECT_EQ(message_of<CompileError>([] { update(t).values("bogus"_a = 1).node(); }),
              "Unconsumed column names: bogus");
    EXPECT_EQ(message_of<CompileError>([] { insert(t).values("bogus"_a = 1).node(); }),
              "Unconsumed column names: bogus");
}

TEST(expression_errors, parameter_named_like_a_written_column) {
    EXPECT_NE(message_of<CompileError>([] {
                  to_string(update(t).where(x == bindparam<int>("x")).values(x = 5));
              }).find("'x'"),
              std::string::npos);
}

TEST(expression_errors, text_without_that_parameter) {
    EXPECT_EQ(message_of<ArgumentError>([] { text("select :a").bindparams("b"_a = 1); }),
              "This text() construct doesn't define a bound parameter named 'b'");
}

TEST(expression_errors, subquery_does_not_select_it) {
    const Subquery s = select(id).subquery("s");
    EXPECT_NE(message_of<InvalidRequestError>([&] { s.c(x); }).find("'s' does not select"), std::string::npos);
    EXPECT_NE(message_of<NoSuchColumnError>([&] { s.c<int>("nope"); }).find("its columns are: id"), std::string::npos);
}

TEST(expression_errors, names_with_nul_are_refused) {
    const std::string evil("a\0b", 3);
    EXPECT_THROW(to_string(select(id.label(evil))), CompileError);
    EXPECT_THROW(to_string(select(alias(t, evil).c(id))), CompileError);
    EXPECT_THROW(to_string(select(id).where(name == evil), default_dialect(), {.literal_binds = true}), CompileError);
    EXPECT_NO_THROW(to_string(select(id).where(name == evil)));
}

TEST(expression_errors, control_characters_in_names_stay_names) {
    EXPECT_EQ(to_string(select(id.label("a\x01"
                                        "0\x01"
                                        "b\x02"))
                            .where(x == 1)),
              "SELECT t.id AS \"a\x01"
              "0\x01"
              "b\x02\" \nFROM t \nWHERE t.x = :x_1");
}

TEST(expression_errors, negative_limit) { EXPECT_THROW(select(id).limit(-1), ArgumentError); }

TEST(expression_errors, escape_of_two_characters) { EXPECT_THROW(name.like("a", "//"), ArgumentError); }

TEST(expression_errors, extract_field_is_checked) { EXPECT_THROW(extract("year FROM x) --", x), ArgumentError); }

TEST(expressions, result_columns_know_name_type_and_source) {
    const CompiledPtr compiled =
        compile(select(id, name, func::count()).label_style(LabelStyle::table_column).node(), default_dialect());
    ASSERT_EQ(compiled->columns.size(), 3U);
    EXPECT_EQ(compiled->columns[0].name, "t_id");
    EXPECT_EQ(compiled->columns[1].name, "t_name");
    EXPECT_EQ(compiled->columns[2].name, "count_1");
    EXPECT_EQ(detail::as<ColumnNode>(*compiled->columns[0].node).info(), &t.column("id"));
    EXPECT_EQ(compiled->columns[1].type.kind, TypeKind::string);
}

TEST(expressions, hash_ignores_values_and_sees_structure) {
    EXPECT_EQ((x == 1).node()->structural_hash(), (x == 2).node()->structural_hash());
    EXPECT_NE((x == 1).node()->structural_hash(), (y == 1).node()->structural_hash());
    EXPECT_NE((x == 1).node()->structural_hash(), (x != 1).node()->structural_hash());
    EXPECT_NE((x + y).node()->structural_hash(), (y + x).node()->structural_hash());
}

TEST(expressions, types_of_results) {
    static_assert(std::is_same_v<decltype(id + 1L), ColumnExpr<long>>);
    static_assert(std::is_same_v<decltype(x * 2.0), ColumnExpr<std::optional<double>>>);
    static_assert(std::is_same_v<decltype(func::count(x))::value_type, std::int64_t>);
    static_assert(std::is_same_v<decltype(func::max(id))::value_type, std::optional<int>>);
    static_assert(std::is_same_v<decltype(func::coalesce(x, 0))::value_type, int>);
    static_assert(std::is_same_v<decltype(case_(when(x == 1, 1)))::value_type, std::optional<int>>);
    static_assert(std::is_same_v<decltype(case_(when(x == 1, 1), else_(2)))::value_type, int>);
    static_assert(std::is_same_v<decltype(select(id, name)), Select<int, std::optional<std::string>>>);
    static_assert(std::is_same_v<decltype(select(t)), Select<>>);
    static_assert(std::is_same_v<decltype(select(id).subquery().c(id))::value_type, std::optional<int>>);
    EXPECT_EQ(to_string(id + 1L), "t.id + :id_1");
}

}  // namespace
}  // namespace text_cases
