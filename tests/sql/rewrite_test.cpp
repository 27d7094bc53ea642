// Expressions with some of their parts replaced, and values that are read when a statement runs.
#include <aludel/base/error.hpp>
#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/schema/metadata.hpp>
#include <aludel/sql/schema/table.hpp>

#include <gtest/gtest.h>

#include <string>

namespace aludel {

namespace {

using detail::rewritten;
using detail::with_columns_of;
using detail::with_values_read;

/// Tells a number that may change.
class Counter final : public LateValue {
  public:
    explicit Counter(long long now) : value(Value::of(now)) {}
    const Value& read() const override { return value; }

    mutable Value value;
};

class Rewrite : public ::testing::Test {
  protected:
    [[nodiscard]] std::string moved(const NodeRef& node) const {
        return to_string(with_columns_of(node, table_node(things.info()), other));
    }

    MetaData metadata;
    Table things{"things", metadata, Column{"id", Integer, primary_key}, Column{"name", String}, Column{"n", Integer}};
    Table others{"others", metadata, Column{"id", Integer, primary_key}};
    NodeRef other = alias_of(table_node(things.info()), "t");
    ColumnExpr<int> id{column_node(things.info().column("id"))}, n{column_node(things.info().column("n"))};
    ColumnExpr<std::string> name{column_node(things.info().column("name"))};
    ColumnExpr<int> other_id{column_node(others.info().column("id"))};
};

TEST_F(Rewrite, columns_of_a_table_become_those_of_an_alias_wherever_they_stand) {
    EXPECT_EQ(moved((id == 1 && name.like("x%")).node()), "t.id = :id_1 AND t.name LIKE :name_1");
    EXPECT_EQ(moved((!(id == 1 || n > 2)).node()), "NOT (t.id = :id_1 OR t.n > :n_1)");
    EXPECT_EQ(moved(func::coalesce(n, id).node()), "coalesce(t.n, t.id)");
    EXPECT_EQ(moved(id.in_({1, 2}).node()), "t.id IN (__[POSTCOMPILE_id_1])");
    EXPECT_EQ(moved(n.between(1, 2).node()), "t.n BETWEEN :n_1 AND :n_2");
    EXPECT_EQ(moved(cast<std::string>(n).node()), "CAST(t.n AS VARCHAR)");
    EXPECT_EQ(moved(n.desc().node()), "t.n DESC");
    EXPECT_EQ(moved((id == other_id).node()), "t.id = others.id");
}

TEST_F(Rewrite, subqueries_that_stand_for_values_are_entered) {
    EXPECT_EQ(moved(exists().where(other_id == id).node()),
              "EXISTS (SELECT * \nFROM others, things AS t \nWHERE others.id = t.id)");
    const auto select = aludel::select(other_id).where(other_id == id).scalar_subquery();
    EXPECT_EQ(moved((n == select).node()),
              "t.n = (SELECT others.id \nFROM others, things AS t \nWHERE others.id = t.id)");
}

TEST_F(Rewrite, what_does_not_change_is_shared) {
    const NodeRef same = (other_id == 1).node();
    EXPECT_EQ(with_columns_of(same, table_node(things.info()), other), same);
    EXPECT_EQ(with_values_read(same), same);
}

TEST_F(Rewrite, column_in_subquery_is_the_one_that_selects_it) {
    const NodeRef rows = subquery_of(select(n, id.label("key")).node(), "rows");
    EXPECT_EQ(to_string(detail::column_in(rows, things.info().column("n"))), "rows.n");
    EXPECT_THROW((void)detail::column_in(rows, things.info().column("name")), InvalidRequestError);
}

TEST_F(Rewrite, late_value_is_read_when_the_statement_is_bound) {
    const auto counter = make_ref<Counter>(1);
    const NodeRef bind = make_ref<BindNode>(BindNode::Late{}, counter, "n", SqlType{.kind = TypeKind::integer});
    const NodeRef statement = select(id).where(n == ColumnExpr<int>(bind)).node();
    EXPECT_TRUE(statement->has_late_values());
    const auto value = [&] { return parameters_of(statement, default_dialect()).front().value; };
    EXPECT_EQ(value(), Value::of(1));
    counter->value = Value::of(2);
    EXPECT_EQ(value(), Value::of(2));
    const NodeRef fixed = with_values_read(statement);
    counter->value = Value::of(3);
    EXPECT_FALSE(fixed->has_late_values());
    EXPECT_EQ(fixed->structural_hash(), statement->structural_hash());
    EXPECT_EQ(parameters_of(fixed, default_dialect()).front().value, Value::of(2));
}

TEST_F(Rewrite, statement_with_late_values_is_found_in_the_cache_but_not_kept) {
    StatementCache cache(default_dialect());
    const NodeRef late = select(id)
                             .where(n == ColumnExpr<int>(make_ref<BindNode>(BindNode::Late{}, make_ref<Counter>(1), "n",
                                                                            SqlType{.kind = TypeKind::integer})))
                             .node();
    EXPECT_FALSE(cache.find(late).cached);
    EXPECT_EQ(cache.size(), 0U);
    (void)cache.find(with_values_read(late));
    EXPECT_EQ(cache.size(), 1U);
    EXPECT_TRUE(cache.find(late).cached);
}

TEST_F(Rewrite, criterion_with_an_opposite_of_its_own_is_negated_by_it) {
    const NodeRef opposite = (n == 5).node();
    const NodeRef criterion =
        make_ref<NegatableNode>(std::vector<NodeRef>{(id == 1).node(), (n == 2).node()}, opposite);
    EXPECT_EQ(to_string(criterion), "things.id = :id_1 AND things.n = :n_1");
    EXPECT_EQ(detail::negate(criterion), opposite);
}

}  // namespace

}  // namespace aludel
