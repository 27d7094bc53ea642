#pragma once
// func::…: SQL functions, aggregates, windows.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <string>

#include <aludel/base/fixed_string.hpp>
#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/types/date_time.hpp>

namespace aludel {

/// A call of a function. Aggregates take `filter` and `over`.
template <class T>
class Function : public ColumnExpr<T> {
  public:
    using ColumnExpr<T>::ColumnExpr;

    /// `count(*) FILTER (WHERE …)`.
    template <class... E>
    Function<T> filter(const E&... criteria) const {
        return Function<T>(detail::filter_node(this->node(), {detail::criterion(criteria)...}));
    }
    /// `percentile_cont(0.5) WITHIN GROUP (ORDER BY …)`, for the functions that need an order. With one expression, the
    /// result has its type.
    template <class E>
    Function<std::conditional_t<detail::is_untyped<T>, typename E::value_type, T>> within_group(const E& order) const {
        return Function<std::conditional_t<detail::is_untyped<T>, typename E::value_type, T>>(
            detail::within_group_node(this->node(), {order.node()}));
    }
    template <class E, class... More>
    Function<T> within_group(const E& first, const More&... more) const {
        return Function<T>(detail::within_group_node(this->node(), {first.node(), more.node()...}));
    }
    /// As a FROM element with these columns: `func::call("json_each", data).table_valued("key", "value")`. Include
    /// row_sources.hpp to use it.
    template <class... C>
    class TableValued table_valued(const C&... columns) const;
    /// `function OVER (PARTITION BY … ORDER BY …)`; see `Window`.
    ColumnExpr<T> over(const class Window& window) const;
};

/// The window of an OVER: `func::row_number().over(Window{}.partition_by(a).order_by(b.desc()))`.
class Window {
  public:
    /// PARTITION BY: the function starts anew for each group of equal values.
    template <class... E>
    Window partition_by(const E&... expressions) const {
        Window copy = *this;
        (copy.partition_by_.push_back(expressions.node()), ...);
        return copy;
    }
    /// ORDER BY inside of the window: the order in which rows are numbered or summed up.
    template <class... E>
    Window order_by(const E&... expressions) const {
        Window copy = *this;
        (copy.order_by_.push_back(expressions.node()), ...);
        return copy;
    }
    /// ROWS BETWEEN start AND end, counted from the current row; nullopt: unbounded.
    Window rows(std::optional<std::int64_t> start, std::optional<std::int64_t> end) const;
    /// RANGE BETWEEN start AND end.
    Window range(std::optional<std::int64_t> start, std::optional<std::int64_t> end) const;

    /// `function OVER (this window)`; what `Function::over` calls.
    NodeRef over(NodeRef function) const;

  private:
    std::vector<NodeRef> partition_by_, order_by_;
    WindowFrame frame_;
};

template <class T>
ColumnExpr<T> Function<T>::over(const Window& window) const {
    return ColumnExpr<T>(window.over(this->node()));
}

/// A function without arguments that may stand in a template argument list:
/// `insert_default(func::current_timestamp())`.
template <FixedString Name, class T>
struct SqlFunction : ExpressionTag {
    using value_type = T;

    NodeRef node() const { return detail::function_node(Name.view(), {}, detail::sql_type_of<T>()); }
    /// The same as an expression with operators.
    Function<T> expression() const { return Function<T>(node()); }
    /// `function AS name`.
    Label<T> label(std::string_view name) const { return expression().label(name); }
    template <class U>
    friend Expr operator==(const SqlFunction& left, const U& right) {
        return left.expression() == right;
    }
    template <class U>
    friend Expr operator<(const SqlFunction& left, const U& right) {
        return left.expression() < right;
    }
    template <class U>
    friend Expr operator>(const SqlFunction& left, const U& right) {
        return left.expression() > right;
    }
    operator ColumnExpr<T>() const { return expression(); }  // NOLINT(google-explicit-constructor): it is one
};

/// Functions by name: what is not here is `func::call<T>("name", arguments…)`.
namespace func {

namespace detail_ {
template <class U>
detail::Operand argument(const U& value) {
    if constexpr (detail::is_expression<U>)
        return detail::Operand(value.node());
    else if constexpr (detail::is_null_literal<U>)
        return detail::Operand(Value());
    else
        return detail::Operand(encode_as<literal_type_t<U>>(value));
}
template <class T>
using nullable_t = std::optional<without_optional_t<T>>;
template <class U>
using value_of_t = literal_type_t<typename detail::OperandType<U>::type>;
/// What sum() makes of a type.
template <class T>
using sum_t = std::conditional_t<std::is_integral_v<without_optional_t<T>>, std::optional<std::int64_t>, nullable_t<T>>;
template <class T, class Like>
using nullable_like_t = std::conditional_t<detail::is_optional<Like>, std::optional<T>, T>;
}  // namespace detail_

/// Any function, with the C++ type of its result. The name may have dots; what is no plain name is quoted.
template <class T = Untyped, class... A>
Function<T> call(std::string_view name, const A&... arguments) {
    return Function<T>(detail::function_node(name, {detail_::argument(arguments)...}, detail::sql_type_of<T>()));
}

/// count(*).
Function<std::int64_t> count();
/// count(expression); a value is bound, as in SQLAlchemy: `count("*")`.
template <class U>
Function<std::int64_t> count(const U& expression) {
    return Function<std::int64_t>(
        detail::function_node("count", {detail_::argument(expression)}, {.kind = TypeKind::integer}));
}
/// max(x) over the rows of the group; NULL without rows, hence optional.
template <class U>
auto max(const U& e) {
    return call<detail_::nullable_t<detail_::value_of_t<U>>>("max", e);
}
/// min(x) over the rows of the group; NULL without rows, hence optional.
template <class U>
auto min(const U& e) {
    return call<detail_::nullable_t<detail_::value_of_t<U>>>("min", e);
}
/// sum(x): 64 bits for integers, else the type of x; NULL without rows, hence optional.
template <class U>
auto sum(const U& e) {
    return call<detail_::sum_t<detail_::value_of_t<U>>>("sum", e);
}
/// avg(x), the mean as a double; NULL without rows, hence optional.
template <class U>
auto avg(const U& e) {
    return call<std::optional<double>>("avg", e);
}
/// abs(x), of the type of x.
template <class U>
auto abs(const U& e) {
    return call<detail_::value_of_t<U>>("abs", e);
}
/// lower(x). SQLite knows the case of ASCII letters only.
template <class U>
auto lower(const U& e) {
    return call<detail_::value_of_t<U>>("lower", e);
}
/// upper(x). SQLite knows the case of ASCII letters only.
template <class U>
auto upper(const U& e) {
    return call<detail_::value_of_t<U>>("upper", e);
}
/// trim(x): without spaces at both ends.
template <class U>
auto trim(const U& e) {
    return call<detail_::value_of_t<U>>("trim", e);
}
/// length(x): what the database calls so, characters on SQLite and PostgreSQL, bytes on MySQL.
template <class U>
auto length(const U& e) {
    return call<detail_::nullable_like_t<std::int64_t, detail_::value_of_t<U>>>("length", e);
}
/// char_length(x), in characters.
template <class U>
auto char_length(const U& e) {
    return call<detail_::nullable_like_t<std::int64_t, detail_::value_of_t<U>>>("char_length", e);
}
/// The first that is not NULL. It may be NULL only if the last argument may.
template <class U, class... More>
auto coalesce(const U& first, const More&... more) {
    using Last = typename decltype((std::type_identity<U>{}, ..., std::type_identity<More>{}))::type;
    return call<detail_::nullable_like_t<without_optional_t<detail_::value_of_t<U>>, detail_::value_of_t<Last>>>(
        "coalesce", first, more...);
}
/// nullif(value, other): NULL where both are equal, else the value.
template <class U, class V>
auto nullif(const U& value, const V& other) {
    return call<detail_::nullable_t<detail_::value_of_t<U>>>("nullif", value, other);
}
/// round(x) to a whole number, as a double.
template <class U>
auto round(const U& e) {
    return call<detail_::nullable_like_t<double, detail_::value_of_t<U>>>("round", e);
}
/// round(x, digits), digits counted behind the point.
template <class U, class D>
auto round(const U& e, const D& digits) {
    return call<detail_::nullable_like_t<double, detail_::value_of_t<U>>>("round", e, digits);
}
/// random(): what the database makes of it; on SQLite any 64-bit integer.
Function<std::int64_t> random();
/// row_number(): 1, 2, 3 … in the order of the window; needs `over`.
Function<std::int64_t> row_number();
/// rank(): equal rows have the same number, and the next number leaves a gap; needs `over`.
Function<std::int64_t> rank();
/// dense_rank(): equal rows have the same number, without gaps; needs `over`.
Function<std::int64_t> dense_rank();

/// array_agg(x): the values of the group as an array; NULL without rows, hence optional.
template <class U>
auto array_agg(const U& e) {
    return call<std::optional<std::vector<detail_::value_of_t<U>>>>("array_agg", e);
}
/// string_agg(x, delimiter): the texts of the group, joined; NULL without rows, hence optional.
template <class U, class D>
auto string_agg(const U& e, const D& delimiter) {
    return call<std::optional<std::string>>("string_agg", e, delimiter);
}
/// unnest(array): a row for each of its items.
template <class E>
auto unnest(const ColumnExpr<E>& array) {
    return call<detail::item_of_t<E>>("unnest", array);
}
/// percentile_cont(fraction): needs `within_group`.
Function<std::optional<double>> percentile_cont(double fraction);
/// percentile_disc(fraction): needs `within_group`.
Function<Untyped> percentile_disc(double fraction);
/// mode(): the most frequent value; needs `within_group`.
Function<Untyped> mode();
/// concat(a, b, …): the texts of all of them, joined.
template <class... U>
auto concat(const U&... parts) {
    return call<std::string>("concat", parts...);
}
/// In group_by: ROLLUP(a, b), groups of all columns, of all but the last, …, and of the whole.
template <class... E>
auto rollup(const E&... columns) {
    return call<Untyped>("rollup", columns...);
}
/// In group_by: CUBE(a, b), groups of each choice of the columns.
template <class... E>
auto cube(const E&... columns) {
    return call<Untyped>("cube", columns...);
}
/// In group_by: GROUPING SETS(a, (a, b)), groups of each of these; `tuple_(a, b)` is one of several columns.
template <class... E>
auto grouping_sets(const E&... sets) {
    return call<Untyped>("grouping_sets", sets...);
}

// The time of the database: these may also be template arguments.
/// now(). SQLite writes CURRENT_TIMESTAMP.
consteval SqlFunction<"now", std::chrono::sys_time<std::chrono::microseconds>> now() { return {}; }
/// CURRENT_TIMESTAMP; on SQLite in UTC, to the second.
consteval SqlFunction<"current_timestamp", std::chrono::sys_time<std::chrono::microseconds>> current_timestamp() {
    return {};
}
/// CURRENT_DATE; on SQLite in UTC.
consteval SqlFunction<"current_date", std::chrono::year_month_day> current_date() { return {}; }
/// CURRENT_TIME, without a C++ type: databases differ about its zone.
consteval SqlFunction<"current_time", Untyped> current_time() { return {}; }
/// LOCALTIMESTAMP, in the zone of the database's session.
consteval SqlFunction<"localtimestamp", std::chrono::local_time<std::chrono::microseconds>> localtimestamp() {
    return {};
}
/// CURRENT_USER: the database's user. SQLite has none.
consteval SqlFunction<"current_user", std::string> current_user() { return {}; }

}  // namespace func
}  // namespace aludel
