#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/text.hpp>

#include "dialects/text/tables.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

std::vector<std::string> values_of(const PreparedStatement& prepared) {
    std::vector<std::string> values;
    for (const Cell& value : bind_values(prepared, default_dialect()).values) values.push_back(value.to_value().repr());
    return values;
}

NodeRef query(int value, const char* text) {
    return select(id, name).where(x == value && name == text).limit(value).node();
}

TEST(statement_cache, large_values_are_not_kept) {
    StatementCache cache(default_dialect());
    const std::string large(100'000, 'x');
    EXPECT_FALSE(cache.find(query(1, large.c_str())).cached);
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_EQ(values_of(cache.find(query(1, large.c_str())))[1].size(), large.size() + 2);
}

TEST(statement_cache, same_structure_other_values_hits) {
    StatementCache cache(default_dialect());
    const PreparedStatement first = cache.find(query(1, "a")), second = cache.find(query(2, "b"));
    EXPECT_FALSE(first.cached);
    EXPECT_TRUE(second.cached);
    EXPECT_EQ(first.compiled, second.compiled);
    EXPECT_EQ(values_of(first), (std::vector<std::string>{"1", "'a'", "1"}));
    EXPECT_EQ(values_of(second), (std::vector<std::string>{"2", "'b'", "2"}));
    EXPECT_EQ(cache.size(), 1U);
}

TEST(statement_cache, other_structure_misses) {
    StatementCache cache(default_dialect());
    cache.find(select(id).where(x == 1).node());
    for (const NodeRef& other : {select(id).where(y == 1).node(), select(id).where(x != 1).node(),
                                 select(id).where(x == nullptr).node(), select(id).where(x == 1).distinct().node(),
                                 select(id).where(x == 1).limit(1).node(), select(name).where(x == 1).node(),
                                 select(id).where(x == y).node(), select(id.label("a")).where(x == 1).node()})
        EXPECT_FALSE(cache.find(other).cached) << to_string(other);
}

TEST(statement_cache, anonymous_aliases_compared_by_bijection) {
    StatementCache cache(default_dialect());
    const auto make = [](bool same) {
        const FromElement a = alias(t), b = alias(t);
        return select(a.c(id)).where(a.c(x) == (same ? a : b).c(y), b.c(x) == 1).node();
    };
    const PreparedStatement two = cache.find(make(false)), one = cache.find(make(true)),
                            again = cache.find(make(false));
    EXPECT_FALSE(one.cached);
    EXPECT_TRUE(again.cached);
    EXPECT_NE(two.compiled->text, one.compiled->text);
}

TEST(statement_cache, subquery_columns_enter_it_once) {
    StatementCache cache(default_dialect());
    const auto make = [](int value) {
        const Subquery s = select(id, x).where(y == value).subquery();
        return select(s.c(id), s.c(x)).where(s.c(x) > value).node();
    };
    cache.find(make(1));
    const PreparedStatement second = cache.find(make(2));
    EXPECT_TRUE(second.cached);
    EXPECT_EQ(values_of(second), (std::vector<std::string>{"2", "2"}));
}

TEST(statement_cache, bind_used_twice_is_not_two_binds) {
    StatementCache cache(default_dialect());
    const auto shared = literal(7);
    const NodeRef one_bind = select(id).where(x == shared, y == shared).node();
    const NodeRef two = select(id).where(x == literal(1), y == literal(2)).node();
    EXPECT_EQ(values_of(cache.find(one_bind)), (std::vector<std::string>{"7", "7"}));
    EXPECT_EQ(values_of(cache.find(two)), (std::vector<std::string>{"1", "2"}));
    EXPECT_EQ(values_of(cache.find(one_bind)), (std::vector<std::string>{"7", "7"}));
}

TEST(statement_cache, in_lists_of_any_length_share_an_entry) {
    StatementCache cache(default_dialect());
    cache.find(select(id).where(x.in_({1})).node());
    const PreparedStatement three = cache.find(select(id).where(x.in_({1, 2, 3}), y == 9).node());
    EXPECT_FALSE(three.cached);
    const PreparedStatement two = cache.find(select(id).where(x.in_({4, 5}), y == 8).node());
    const BoundStatement bound = bind_values(two, default_dialect());
    EXPECT_TRUE(two.cached);
    EXPECT_NE(bound.text(*two.compiled).find("IN (:x_1_1, :x_1_2) AND t.y = :y_1"), std::string_view::npos)
        << bound.text(*two.compiled);
    EXPECT_EQ(bound.values.size(), 3U);
}

TEST(statement_cache, capacity_drops_the_least_recently_used) {
    StatementCache cache(default_dialect(), 2);
    const NodeRef a = select(id).node(), b = select(x).node(), c_ = select(y).node();
    cache.find(a);
    cache.find(b);
    cache.find(a);
    cache.find(c_);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_TRUE(cache.find(a).cached);
    EXPECT_FALSE(cache.find(b).cached);
}

TEST(statement_cache, threads_get_their_own_values) {
    StatementCache cache(default_dialect(), 4);
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n)
        threads.emplace_back([&cache, &wrong, n] {
            for (int i = 0; i < 500; ++i) {
                const std::string expected = std::to_string(n * 1000 + i);
                const NodeRef node =
                    i % 3 == 0 ? select(id).where(x == n * 1000 + i).node() : select(y).where(x > n * 1000 + i).node();
                if (values_of(cache.find(node)) != std::vector<std::string>{expected}) ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(cache.size(), 2U);
}

TEST(statement_cache, table_outlives_its_metadata_in_the_cache) {
    StatementCache cache(default_dialect());
    NodeRef statement;
    {
        MetaData local;
        const Table table{"gone", local, Column{"a", Integer}};
        statement = select(c<int>(table, "a")).node();
    }
    EXPECT_EQ(cache.find(statement).compiled->columns.at(0).name, "a");
    EXPECT_EQ(to_string(statement), "SELECT gone.a \nFROM gone");
}

TEST(bind_values, missing_parameter_is_statement_error) {
    const PreparedStatement prepared = prepare(select(id).where(x == bindparam<int>("p")).node(), default_dialect());
    try {
        bind_values(prepared, default_dialect());
        FAIL();
    } catch (const StatementError& error) {
        EXPECT_EQ(error.message(), "A value is required for bind parameter 'p'");
        EXPECT_EQ(error.code(), "cd3x");
    }
    const Value given = Value::of(5);
    const ParameterValue parameters[] = {{"p", &given}};
    EXPECT_EQ(bind_values(prepared, default_dialect(), parameters).values.at(0).to_value(), given);
}

TEST(bind_values, executemany_by_column_names) {
    const std::string_view names[] = {"y", "x"};
    const PreparedStatement prepared = prepare(insert(t).node_for(names), default_dialect());
    EXPECT_EQ(prepared.compiled->text, "INSERT INTO t (x, y) VALUES (:x, :y)");
    const Value one = Value::of(1), two = Value::of(2);
    const ParameterValue row[] = {{"x", &one}, {"y", &two}};
    const BoundStatement bound = bind_values(prepared, default_dialect(), row);
    ASSERT_EQ(bound.values.size(), 2U);
    EXPECT_EQ(bound.values[0].to_value(), one);
    EXPECT_EQ(bound.values[1].to_value(), two);
}

TEST(text_parameters, value_replaces_marker_not_text) {
    const PreparedStatement prepared =
        prepare(text("select :x").bindparams("x"_a = "'; DROP TABLE t; --").node(), default_dialect());
    EXPECT_EQ(prepared.compiled->text, "select :x");
    EXPECT_EQ(values_of(prepared), (std::vector<std::string>{R"("'; DROP TABLE t; --")"}));
}

}  // namespace
}  // namespace text_cases
