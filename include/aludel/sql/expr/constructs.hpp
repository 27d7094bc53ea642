#pragma once
// Expressions that are no operators: literals, parameters, CAST, CASE, tuples, EXTRACT, ORDER BY modifiers.
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <aludel/sql/expr/column_expr.hpp>

namespace aludel {

/// A value as an expression of its own: `literal(5)`.
template <class U>
auto literal(const U& value) {
    using T = literal_type_t<U>;
    return ColumnExpr<T>(detail::literal_node(encode_as<T>(value), detail::sql_type_of<T>()));
}
/// NULL as an expression.
inline ColumnExpr<Untyped> null() { return ColumnExpr<Untyped>(detail::constant(NodeKind::null)); }
/// The constant true; where the database has no word for it: 1, as a criterion 1 = 1.
inline Expr true_() { return Expr(detail::constant(NodeKind::true_)); }
/// The constant false; where the database has no word for it: 0, as a criterion 0 = 1.
inline Expr false_() { return Expr(detail::constant(NodeKind::false_)); }

/// SQL that stands as it is, as a column: `literal_column<int>("1")`. Never put a value of the outside into it.
template <class T = Untyped>
ColumnExpr<T> literal_column(std::string_view sql) {
    return ColumnExpr<T>(detail::literal_column_node(sql, detail::sql_type_of<T>()));
}

/// A column that belongs to no table here: `column<int>("x")`.
template <class T = Untyped>
ColumnExpr<T> column(std::string_view name) {
    return ColumnExpr<T>(detail::bare_column(name, detail::sql_type_of<T>()));
}

/// A parameter whose value is given when the statement runs.
template <class T = Untyped>
ColumnExpr<T> bindparam(std::string_view name) {
    return ColumnExpr<T>(detail::bind_parameter(name, detail::sql_type_of<T>()));
}
/// A parameter with a name of its own and a value that may be replaced when the statement runs.
template <class U>
auto bindparam(std::string_view name, const U& value) {
    using T = literal_type_t<U>;
    return ColumnExpr<T>(detail::bind_parameter(name, encode_as<T>(value), detail::sql_type_of<T>()));
}

/// CAST(expression AS type), with the type that `T` has by itself. What may be NULL stays so.
template <class T, class U>
auto cast(const U& expression, const SqlType& type = detail::sql_type_of<T>()) {
    if constexpr (detail::is_expression<U>) {
        using V = typename U::value_type;
        using Result = std::conditional_t<detail::is_optional<V> && !detail::is_optional<T>, std::optional<T>, T>;
        return ColumnExpr<Result>(detail::cast_node(expression.node(), type));
    } else {
        return ColumnExpr<T>(detail::cast_node(literal(expression).node(), type));
    }
}
/// CAST to a type that is named: `cast<std::string>(x, String(20))`.
template <class T, class U, SqlTypeObject Type>
auto cast(const U& expression, const Type& type) {
    return cast<T>(expression, type.sql_type());
}

/// EXTRACT(field FROM expression).
template <class U>
auto extract(std::string_view field, const U& expression) {
    using V = typename U::value_type;
    return ColumnExpr<std::conditional_t<detail::is_optional<V>, std::optional<int>, int>>(
        detail::extract_node(field, expression.node()));
}

// ---- CASE

namespace detail {

template <class T>
struct When {
    using value_type = T;
    NodeRef condition, result;
};
template <class T>
struct Else {
    using value_type = T;
    NodeRef result;
};

template <class U>
NodeRef result_node(const U& value) {
    if constexpr (is_expression<U>)
        return value.node();
    else
        return literal(value).node();
}
template <class U>
using result_t = literal_type_t<typename OperandType<U>::type>;

template <class T>
void add_branch(std::vector<NodeRef>& branches, NodeRef&, const When<T>& when) {
    branches.push_back(when.condition);
    branches.push_back(when.result);
}
template <class T>
void add_branch(std::vector<NodeRef>&, NodeRef& otherwise, const Else<T>& last) {
    otherwise = last.result;
}
template <class B>
inline constexpr bool is_else = false;
template <class T>
inline constexpr bool is_else<Else<T>> = true;

template <class First, class... Branch>
auto make_case(NodeRef value, const First& first, const Branch&... branches) {
    std::vector<NodeRef> parts;
    NodeRef otherwise;
    add_branch(parts, otherwise, first);
    (add_branch(parts, otherwise, branches), ...);
    using T = typename First::value_type;
    constexpr bool complete = (is_else<Branch> || ...);
    constexpr bool nullable = !complete || is_optional<T> || (is_optional<typename Branch::value_type> || ...);
    using Result = std::conditional_t<nullable, std::optional<without_optional_t<T>>, T>;
    return ColumnExpr<Result>(case_node(std::move(value), std::move(parts), std::move(otherwise)));
}

}  // namespace detail

/// WHEN condition THEN result, a branch of `case_`.
template <class C, class U>
auto when(const C& condition, const U& result) {
    if constexpr (detail::is_expression<C>)
        return detail::When<detail::result_t<U>>{condition.node(), detail::result_node(result)};
    else
        return detail::When<detail::result_t<U>>{detail::result_node(condition), detail::result_node(result)};
}
/// ELSE result, the last branch of `case_`.
template <class U>
auto else_(const U& result) {
    return detail::Else<detail::result_t<U>>{detail::result_node(result)};
}
/// CASE WHEN … THEN … ELSE … END: `case_(when(x == 1, "one"), when(x == 2, "two"), else_("many"))`. Without else_ it
/// may be NULL.
template <class T, class... Branch>
auto case_(const detail::When<T>& first, const Branch&... branches) {
    return detail::make_case(NodeRef{}, first, branches...);
}
/// CASE value WHEN … : `case_of(x, when(1, "one"), else_("many"))`.
template <class V, class T, class... Branch>
auto case_of(const ColumnExpr<V>& value, const detail::When<T>& first, const Branch&... branches) {
    return detail::make_case(value.node(), first, branches...);
}

// ---- tuples

/// (a, b), for IN with several columns.
template <class... T>
class TupleExpr : public AnyExpr {
  public:
    using value_type = Untyped;
    using AnyExpr::AnyExpr;

    /// (a, b) IN ((…), (…)). An empty list is false for every row.
    Expr in_(const std::vector<std::tuple<T...>>& rows) const { return membership(Operator::in, rows); }
    /// (a, b) NOT IN ((…), (…)). An empty list is true for every row.
    Expr not_in(const std::vector<std::tuple<T...>>& rows) const { return membership(Operator::not_in, rows); }
    /// (a, b) IN (SELECT x, y …).
    template <class S>
        requires requires(const S& select) { select.node(); }
    Expr in_(const S& select) const {
        return Expr(detail::in_node(Operator::in, node(), select.node()));
    }

    // (a, b) < (c, d): of the first parts that differ. Of parts: columns, or values as a std::tuple.
    friend Expr operator==(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::eq, b.node()); }
    friend Expr operator!=(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::ne, b.node()); }
    friend Expr operator<(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::lt, b.node()); }
    friend Expr operator<=(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::le, b.node()); }
    friend Expr operator>(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::gt, b.node()); }
    friend Expr operator>=(const TupleExpr& a, const TupleExpr& b) { return a.compared(Operator::ge, b.node()); }
    friend Expr operator==(const TupleExpr& a, const std::tuple<T...>& b) { return a == a.values(b); }
    friend Expr operator!=(const TupleExpr& a, const std::tuple<T...>& b) { return a != a.values(b); }
    friend Expr operator<(const TupleExpr& a, const std::tuple<T...>& b) { return a < a.values(b); }
    friend Expr operator<=(const TupleExpr& a, const std::tuple<T...>& b) { return a <= a.values(b); }
    friend Expr operator>(const TupleExpr& a, const std::tuple<T...>& b) { return a > a.values(b); }
    friend Expr operator>=(const TupleExpr& a, const std::tuple<T...>& b) { return a >= a.values(b); }

  private:
    Expr compared(Operator op, NodeRef other) const {
        return Expr(detail::compare(op, node(), detail::Operand(std::move(other))));
    }
    TupleExpr values(const std::tuple<T...>& row) const {
        return std::apply(
            [](const T&... part) {
                return TupleExpr(detail::tuple_node(
                    {detail::literal_node(SqlTraits<T>::encode(part), SqlTraits<T>::sql_type())...}));
            },
            row);
    }
    Expr membership(Operator op, const std::vector<std::tuple<T...>>& rows) const {
        std::vector<Value> values;
        for (const auto& row : rows)
            std::apply([&](const T&... part) { (values.push_back(SqlTraits<T>::encode(part)), ...); }, row);
        return Expr(detail::in_values(op, node(), std::move(values), sizeof...(T)));
    }
};
/// (a, b) as one value: `tuple_(col<&P::x>, col<&P::y>).in_({{1, 2}, {3, 4}})`.
template <class... T>
TupleExpr<T...> tuple_(const ColumnExpr<T>&... parts) {
    return TupleExpr<T...>(detail::tuple_node({parts.node()...}));
}

/// `x ORDER BY y, z`, as an argument of an aggregate: `func::array_agg(aggregate_order_by(x, y.desc()))`.
template <class T, class... E>
ColumnExpr<T> aggregate_order_by(const ColumnExpr<T>& argument, const E&... order_by) {
    static_assert(sizeof...(E) > 0, "aludel: aggregate_order_by() needs something to order by");
    return ColumnExpr<T>(detail::ordered_argument(argument.node(), {order_by.node()...}));
}

// ---- modifiers as functions

/// `expression.asc()`: ORDER BY … ASC.
template <class T>
ColumnExpr<T> asc(const ColumnExpr<T>& expression) {
    return expression.asc();
}
/// `expression.desc()`: ORDER BY … DESC.
template <class T>
ColumnExpr<T> desc(const ColumnExpr<T>& expression) {
    return expression.desc();
}
/// `expression.nulls_first()`: ORDER BY … NULLS FIRST.
template <class T>
ColumnExpr<T> nulls_first(const ColumnExpr<T>& expression) {
    return expression.nulls_first();
}
/// `expression.nulls_last()`: ORDER BY … NULLS LAST.
template <class T>
ColumnExpr<T> nulls_last(const ColumnExpr<T>& expression) {
    return expression.nulls_last();
}
/// DISTINCT inside of an aggregate: `func::count(distinct(col<&User::name>))`.
template <class T>
ColumnExpr<T> distinct(const ColumnExpr<T>& expression) {
    return expression.distinct();
}
/// Descending by the name of a label or column: `order_by(desc("total"))`.
inline ColumnExpr<Untyped> desc(std::string_view label) {
    return ColumnExpr<Untyped>(detail::modified(Operator::desc, detail::label_reference(label)));
}
/// Ascending by the name of a label or column: `order_by(asc("total"))`.
inline ColumnExpr<Untyped> asc(std::string_view label) {
    return ColumnExpr<Untyped>(detail::modified(Operator::asc, detail::label_reference(label)));
}

/// The expression with room for NULL: for columns that an outer join may miss.
template <class T>
ColumnExpr<std::optional<without_optional_t<T>>> optional(const ColumnExpr<T>& expression) {
    return ColumnExpr<std::optional<without_optional_t<T>>>(expression.node());
}
/// The expression as if it had the type `T`; the SQL stays as it is.
template <class T, class U>
ColumnExpr<T> type_coerce(const ColumnExpr<U>& expression) {
    return ColumnExpr<T>(expression.node());
}

}  // namespace aludel
