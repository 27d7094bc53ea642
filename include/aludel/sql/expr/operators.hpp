#pragma once
// The operators of expressions. One set for all types: an operand of a wrong type is told so in one sentence.
#include <type_traits>
#include <vector>

#include <aludel/sql/expr/detail/column_expr_members.hpp>
#include <aludel/sql/expr/expression.hpp>

namespace aludel {

namespace detail {

template <class T, class U>
Expr ordering(Operator op, const ColumnExpr<T>& left, const U& right) {
    return Expr(compare(op, left.node(), ordered<T>(right)));
}

template <class T, class U>
ColumnExpr<arithmetic_t<T, U>> calculation(Operator op, const ColumnExpr<T>& left, const U& right,
                                           bool reversed = false) {
    using Result = arithmetic_t<T, U>;
    return ColumnExpr<Result>(arithmetic(op, left.node(), operand<T>(right), sql_type_of<Result>(), reversed));
}

template <Operator Op, class T, class U>
constexpr bool check_calculation() {
    static_assert(can_calculate<T, U>(Op),
                  "aludel: these two cannot be calculated with each other; arithmetic needs two numbers, and + "
                  "also joins two texts");
    return can_calculate<T, U>(Op);
}

template <Operator Op, class T, class U>
ColumnExpr<arithmetic_t<T, U>> checked_calculation(const ColumnExpr<T>& left, const U& right, bool reversed = false) {
    if constexpr (check_calculation<Op, T, U>())
        return calculation(Op, left, right, reversed);
    else
        return {};
}

template <class E>
inline constexpr bool is_criterion = std::is_convertible_v<const E&, Expr>;

/// The node of something that AND, OR and NOT take.
template <class E>
NodeRef criterion(const E& expression) {
    static_assert(is_criterion<E>,
                  "aludel: this is not a criterion; a criterion is a comparison, a bool column, exists() or the like");
    if constexpr (is_criterion<E>)
        return Expr(expression).node();
    else
        return {};
}

/// A criterion as an argument. An expression stays where it is; `true` and the like become one.
template <class E>
decltype(auto) as_criterion(const E& expression) {
    if constexpr (is_criterion<E> && std::is_base_of_v<AnyExpr, E>)
        return static_cast<const AnyExpr&>(expression);
    else
        return AnyExpr(criterion(expression));
}

// Not a concept: a constraint would make these the better match for their own mirror image before CWG 2468 is applied.
template <class U>
using if_plain = std::enable_if_t<!is_expression<U>, int>;

}  // namespace detail

template <class T, class U>
Expr operator==(const ColumnExpr<T>& left, const U& right) {
    return detail::comparison(Operator::eq, left, detail::plain_operand(right));
}
template <class T, class U>
Expr operator!=(const ColumnExpr<T>& left, const U& right) {
    return detail::comparison(Operator::ne, left, detail::plain_operand(right));
}
template <class T, class U>
Expr operator<(const ColumnExpr<T>& left, const U& right) {
    return detail::ordering(Operator::lt, left, detail::plain_operand(right));
}
template <class T, class U>
Expr operator<=(const ColumnExpr<T>& left, const U& right) {
    return detail::ordering(Operator::le, left, detail::plain_operand(right));
}
template <class T, class U>
Expr operator>(const ColumnExpr<T>& left, const U& right) {
    return detail::ordering(Operator::gt, left, detail::plain_operand(right));
}
template <class T, class U>
Expr operator>=(const ColumnExpr<T>& left, const U& right) {
    return detail::ordering(Operator::ge, left, detail::plain_operand(right));
}

// A value on the left: the comparison is turned round, as SQLAlchemy does.
template <class U, class T, detail::if_plain<U> = 0>
Expr operator==(const U& left, const ColumnExpr<T>& right) {
    return detail::comparison(Operator::eq, right, detail::plain_operand(left));
}
template <class U, class T, detail::if_plain<U> = 0>
Expr operator!=(const U& left, const ColumnExpr<T>& right) {
    return detail::comparison(Operator::ne, right, detail::plain_operand(left));
}
template <class U, class T, detail::if_plain<U> = 0>
Expr operator<(const U& left, const ColumnExpr<T>& right) {
    return detail::ordering(Operator::gt, right, detail::plain_operand(left));
}
template <class U, class T, detail::if_plain<U> = 0>
Expr operator<=(const U& left, const ColumnExpr<T>& right) {
    return detail::ordering(Operator::ge, right, detail::plain_operand(left));
}
template <class U, class T, detail::if_plain<U> = 0>
Expr operator>(const U& left, const ColumnExpr<T>& right) {
    return detail::ordering(Operator::lt, right, detail::plain_operand(left));
}
template <class U, class T, detail::if_plain<U> = 0>
Expr operator>=(const U& left, const ColumnExpr<T>& right) {
    return detail::ordering(Operator::le, right, detail::plain_operand(left));
}

template <class T, class U>
auto operator+(const ColumnExpr<T>& left, const U& right) {
    return detail::checked_calculation<Operator::add>(left, right);
}
template <class T, class U>
auto operator-(const ColumnExpr<T>& left, const U& right) {
    return detail::checked_calculation<Operator::sub>(left, right);
}
template <class T, class U>
auto operator*(const ColumnExpr<T>& left, const U& right) {
    return detail::checked_calculation<Operator::mul>(left, right);
}
template <class T, class U>
auto operator/(const ColumnExpr<T>& left, const U& right) {
    return detail::checked_calculation<Operator::div>(left, right);
}
template <class T, class U>
auto operator%(const ColumnExpr<T>& left, const U& right) {
    return detail::checked_calculation<Operator::mod>(left, right);
}
template <class U, class T, detail::if_plain<U> = 0>
auto operator+(const U& left, const ColumnExpr<T>& right) {
    return detail::checked_calculation<Operator::add>(right, left, true);
}
template <class U, class T, detail::if_plain<U> = 0>
auto operator-(const U& left, const ColumnExpr<T>& right) {
    return detail::checked_calculation<Operator::sub>(right, left, true);
}
template <class U, class T, detail::if_plain<U> = 0>
auto operator*(const U& left, const ColumnExpr<T>& right) {
    return detail::checked_calculation<Operator::mul>(right, left, true);
}
template <class U, class T, detail::if_plain<U> = 0>
auto operator/(const U& left, const ColumnExpr<T>& right) {
    return detail::checked_calculation<Operator::div>(right, left, true);
}
template <class U, class T, detail::if_plain<U> = 0>
auto operator%(const U& left, const ColumnExpr<T>& right) {
    return detail::checked_calculation<Operator::mod>(right, left, true);
}
template <class T>
ColumnExpr<T> operator-(const ColumnExpr<T>& element) {
    return ColumnExpr<T>(detail::negative(element.node()));
}

/// AND; `and_(…)` takes more than two.
template <class A, class B>
Expr operator&&(const ColumnExpr<A>& left, const B& right) {
    return Expr(detail::conjunction(Operator::and_, {detail::criterion(left), detail::criterion(right)}));
}
template <class A, class B>
Expr operator||(const ColumnExpr<A>& left, const B& right) {
    return Expr(detail::conjunction(Operator::or_, {detail::criterion(left), detail::criterion(right)}));
}
/// NOT; folded into the operator where it can be: `!(x == 1)` is `x != 1`.
template <class A>
Expr operator!(const ColumnExpr<A>& element) {
    return Expr(detail::negate(detail::criterion(element)));
}

/// All of them. `and_(true, …)` may be built up from nothing.
template <class... E>
Expr and_(const E&... criteria) {
    return Expr(detail::conjunction(Operator::and_, {detail::criterion(criteria)...}));
}
/// Any of them.
template <class... E>
Expr or_(const E&... criteria) {
    return Expr(detail::conjunction(Operator::or_, {detail::criterion(criteria)...}));
}
template <class E>
Expr not_(const E& expression) {
    return Expr(detail::negate(detail::criterion(expression)));
}

}  // namespace aludel
