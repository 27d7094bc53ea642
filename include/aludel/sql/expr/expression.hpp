#pragma once
// The classes of typed expressions: a node with the C++ type of its value. Include column_expr.hpp to use them.
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/type_operators.hpp>
#include <aludel/types/traits.hpp>

namespace aludel {

class Expr;
template <class T>
class ColumnExpr;
template <class T>
class Label;

/// The type of an expression whose C++ type nobody said, such as `text("…")`. It compares with everything.
struct Untyped {};

/// `autoescape`, for startswith, endswith and contains: % and _ in the value stand for themselves.
struct AutoescapeTag {};

/// What a full text search may say besides its pattern.
struct MatchOptions {
    std::string_view regconfig{};  ///< the text search configuration; left out by databases without them
};
inline constexpr AutoescapeTag autoescape{};

/// column = value, for UPDATE and INSERT.
struct Assignment {
    NodeRef column;
    detail::Operand value;
};

namespace detail {

template <class U>
inline constexpr bool is_expression = std::is_base_of_v<ExpressionTag, std::remove_cvref_t<U>>;
template <class U>
inline constexpr bool is_null_literal =
    std::is_same_v<std::remove_cvref_t<U>, std::nullopt_t> || std::is_same_v<std::remove_cvref_t<U>, std::nullptr_t>;
template <class T>
inline constexpr bool is_untyped = std::is_same_v<without_optional_t<T>, Untyped>;
/// What a column of this type is read as: a `Value` where the type is not said.
template <class T>
using read_type_t = std::conditional_t<is_untyped<T>, Value, T>;

/// The C++ type of an operand: an expression's value type, or the value's own.
template <class U, bool = is_expression<U>>
struct OperandType {
    using type = U;
};
template <class U>
struct OperandType<U, true> {
    using type = typename U::value_type;
};

template <class T, class U>
constexpr bool can_compare() {
    using V = typename OperandType<U>::type;
    if constexpr (is_untyped<T>)
        return is_expression<U> || is_null_literal<U> || Storable<literal_type_t<U>>;
    else if constexpr (is_null_literal<V> || is_untyped<V>)
        return true;
    else
        return comparable<T, V>;
}

template <class T, class U>
constexpr bool can_assign() {
    using V = typename OperandType<U>::type;
    if constexpr (is_null_literal<U>)
        return is_optional<T> || is_untyped<T>;
    else if constexpr (is_untyped<T> || is_untyped<V>)
        return true;
    else if constexpr (is_expression<U>)
        return comparable<T, V>;
    else
        return assignable<T, U>;
}

/// The operand beside an expression of type `T`.
template <class T, class U>
Operand operand(const U& value) {
    if constexpr (is_expression<U>)
        return Operand(value.node());
    else if constexpr (is_null_literal<U>)
        return Operand(Value());
    else
        return Operand(encode_as<T>(value));
}

/// What a comparison with the wrong type says, whichever way it is written.
template <class T, class U>
constexpr bool check_comparison() {
    static_assert(can_compare<T, U>(),
                  "aludel: this column cannot be compared with a value of that type; compare it with its own C++ type, "
                  "or convert "
                  "one side with cast<T>(...)");
    return can_compare<T, U>();
}

template <class T, class U>
Operand compared(const U& value) {
    if constexpr (check_comparison<T, U>())
        return operand<T>(value);
    else
        return {};
}

template <class T, class U>
Operand ordered(const U& value) {
    static_assert(
        !is_null_literal<U>,
        "aludel: < <= > >= cannot be used with NULL; compare with NULL by == and !=, or by is_() and is_not()");
    if constexpr (!is_null_literal<U>)
        return compared<T>(value);
    else
        return {};
}

template <class T, class U>
Operand text_operand(const U& value) {
    constexpr bool ok = can_compare<U, std::string>() || can_compare<std::string, U>();
    static_assert(ok, "aludel: a pattern must be text or an expression of text");
    if constexpr (ok)
        return operand<std::string>(value);
    else
        return {};
}

template <class T>
constexpr bool is_plain_text = std::is_same_v<without_optional_t<T>, std::string>;

/// The type of an arithmetic result: of numbers their common type, of other things the left one's.
template <class T, class V, bool Numbers = Number<without_optional_t<T>> && Number<without_optional_t<V>>>
struct ArithmeticType {
    using type = T;
};
template <class T, class V>
struct ArithmeticType<T, V, true> {
    using plain = std::common_type_t<without_optional_t<T>, without_optional_t<V>>;
    using type = std::conditional_t<is_optional<T> || is_optional<V>, std::optional<plain>, plain>;
};
template <class T, class U>
using arithmetic_t = typename ArithmeticType<T, literal_type_t<typename OperandType<U>::type>>::type;

template <class T, class U>
constexpr bool can_calculate(Operator op) {
    using A = without_optional_t<T>;
    using B = without_optional_t<literal_type_t<typename OperandType<U>::type>>;
    if constexpr (is_untyped<A> || is_untyped<B>)
        return true;
    else if constexpr (is_plain_text<A> || is_plain_text<B>)
        return op == Operator::add && is_plain_text<A> && is_plain_text<B>;
    else
        return !std::is_same_v<A, bool> && !std::is_same_v<B, bool> && (Storable<B> || is_expression<U>);
}

template <class T>
SqlType sql_type_of() {
    if constexpr (is_untyped<T>)
        return {};
    else
        return SqlTraits<T>::sql_type();
}

}  // namespace detail

/// An expression whose value has the C++ type `T`; `std::optional` says that it may be NULL.
///
/// Expressions are small handles of immutable trees: copy them freely, share them between threads. Comparisons with the
/// wrong type do not compile.
template <class T>
class ColumnExpr : public TypeOperators<without_optional_t<T>> {
    using Base = TypeOperators<without_optional_t<T>>;

  public:
    using value_type = T;

    using Base::Base;
    using Base::node;
    constexpr ColumnExpr() noexcept = default;
    constexpr ColumnExpr(const ColumnExpr&) = default;
    constexpr ColumnExpr(ColumnExpr&&) noexcept = default;
    constexpr ColumnExpr& operator=(const ColumnExpr&) = default;
    constexpr ColumnExpr& operator=(ColumnExpr&&) noexcept = default;
    [[gnu::noinline]] constexpr ~ColumnExpr() = default;

    /// column = value, for UPDATE: `col<&User::name> = "ed"`.
    template <class U>
    Assignment operator=(
        const U& value) const {  // NOLINT(misc-unconventional-assign-operator): it makes a value, the column stays
        return assign(value);
    }
    /// The same by name, for columns that are variables.
    template <class U>
    Assignment assign(const U& value) const {
        static_assert(detail::can_assign<T, U>(),
                      "aludel: this column cannot be set to a value of that type; a column takes its own "
                      "C++ type, and NULL only if it is a std::optional");
        if constexpr (!detail::can_assign<T, U>())
            return {};
        else if constexpr (detail::is_expression<U> || detail::is_untyped<T> || detail::is_null_literal<U>)
            return {node(), detail::operand<T>(value)};
        else
            return {node(), detail::Operand(encode_assigned<T>(value))};
    }

    /// IS NULL, IS true, IS another expression: true or false, also where a side is NULL.
    template <class U>
    Expr is_(const U& value) const;
    /// IS NOT NULL, IS NOT true, IS NOT another expression.
    template <class U>
    Expr is_not(const U& value) const;
    /// Unequal, where two NULLs are equal and NULL differs from every value; `!=` would be NULL there.
    template <class U>
    Expr is_distinct_from(const U& value) const;
    /// Equal, where two NULLs are equal too; `==` would be NULL there.
    template <class U>
    Expr is_not_distinct_from(const U& value) const;

    /// LIKE, with % for anything and _ for one character. `escape`: the character that takes their meaning away.
    template <class U>
    Expr like(const U& pattern, std::string_view escape = {}) const;
    /// NOT LIKE, as `like`. NULL is neither like nor not like a pattern.
    template <class U>
    Expr not_like(const U& pattern, std::string_view escape = {}) const;
    /// LIKE without regard to case: ILIKE where the database has it, else over lower().
    template <class U>
    Expr ilike(const U& pattern, std::string_view escape = {}) const;
    /// NOT LIKE without regard to case, as `ilike`.
    template <class U>
    Expr not_ilike(const U& pattern, std::string_view escape = {}) const;
    /// LIKE 'part%'. % and _ in the part keep their meaning, unless `autoescape` is given.
    template <class U>
    Expr startswith(const U& part, std::string_view escape = {}) const;
    /// LIKE '%part', as `startswith`.
    template <class U>
    Expr endswith(const U& part, std::string_view escape = {}) const;
    /// LIKE '%part%', as `startswith`. Of a document, an array or a range: it has all of that (@>).
    template <class U>
    Expr contains(const U& part, std::string_view escape = {}) const;
    /// The same with % and _ in the value as plain characters.
    template <class U>
    Expr startswith(const U& part, AutoescapeTag, std::string_view escape = {}) const;
    /// LIKE '%part', with % and _ as plain characters.
    template <class U>
    Expr endswith(const U& part, AutoescapeTag, std::string_view escape = {}) const;
    /// LIKE '%part%', with % and _ as plain characters.
    template <class U>
    Expr contains(const U& part, AutoescapeTag, std::string_view escape = {}) const;
    /// The database's full text search.
    template <class U>
    Expr match(const U& pattern) const;
    /// The same with options: `name.match("word", {.regconfig = "english"})`.
    template <class U>
    Expr match(const U& pattern, MatchOptions options) const;
    /// The database's regular expressions. `flags`: letters such as "i", where the database has them.
    template <class U>
    Expr regexp_match(const U& pattern, std::string_view flags = {}) const;
    /// The text with what matches the pattern replaced. `flags` as in `regexp_match`.
    template <class U, class V>
    ColumnExpr<T> regexp_replace(const U& pattern, const V& replacement, std::string_view flags = {}) const;

    /// IN (…). An empty list is false for every row.
    Expr in_(std::initializer_list<T> values) const;
    /// NOT IN (…). An empty list is true for every row; with any other list, NULL gives NULL.
    Expr not_in(std::initializer_list<T> values) const;
    /// IN over any range of values, or a SELECT.
    template <class R>
    Expr in_(const R& range_or_select) const;
    /// NOT IN over any range of values, or a SELECT.
    template <class R>
    Expr not_in(const R& range_or_select) const;

    /// BETWEEN low AND high, both included. `!x.between(…)` is NOT BETWEEN. `symmetric`: whichever of the two is lower,
    /// on databases that have BETWEEN SYMMETRIC.
    template <class L, class H>
    Expr between(const L& low, const H& high, bool symmetric = false) const;

    /// left || right, whatever the types.
    template <class U>
    ColumnExpr<T> concat(const U& right) const;
    /// An operator that aludel does not know: `x.op("&", 3)`.
    template <class U>
    ColumnExpr<T> op(std::string_view symbol, const U& right, int precedence = 0) const;
    /// The same where the result is true or false.
    template <class U>
    Expr bool_op(std::string_view symbol, const U& right, int precedence = 0) const;
    /// COLLATE: compares and orders by the rules of this collation of the database, such as "NOCASE" on SQLite.
    ColumnExpr<T> collate(std::string_view collation) const {
        return ColumnExpr<T>(detail::collated(node(), collation));
    }

    /// ORDER BY x ASC, smallest first.
    ColumnExpr<T> asc() const { return ColumnExpr<T>(detail::modified(Operator::asc, node())); }
    /// ORDER BY x DESC, largest first.
    ColumnExpr<T> desc() const { return ColumnExpr<T>(detail::modified(Operator::desc, node())); }
    /// ORDER BY x NULLS FIRST; may follow `asc()` and `desc()`.
    ColumnExpr<T> nulls_first() const { return ColumnExpr<T>(detail::modified(Operator::nulls_first, node())); }
    /// ORDER BY x NULLS LAST; may follow `asc()` and `desc()`.
    ColumnExpr<T> nulls_last() const { return ColumnExpr<T>(detail::modified(Operator::nulls_last, node())); }
    /// DISTINCT x, inside an aggregate.
    ColumnExpr<T> distinct() const { return ColumnExpr<T>(detail::modified(Operator::distinct, node())); }

    /// `x AS name`, in the columns of a SELECT; elsewhere the expression, or where it orders, its name.
    Label<T> label(std::string_view name) const;
};

/// A criterion: an expression that is true, false or NULL.
class Expr : public ColumnExpr<bool> {
  public:
    using ColumnExpr<bool>::ColumnExpr;
    Expr() = default;
    Expr(const Expr&) = default;
    Expr(Expr&&) noexcept = default;
    Expr& operator=(const Expr&) = default;
    Expr& operator=(Expr&&) noexcept = default;
    [[gnu::noinline]] constexpr ~Expr() = default;
    Expr(const ColumnExpr<bool>& expression)
        : ColumnExpr<bool>(expression.node()) {}  // NOLINT(google-explicit-constructor): a boolean is a criterion
    Expr(const ColumnExpr<std::optional<bool>>& expression)
        : ColumnExpr<bool>(expression.node()) {}  // NOLINT(google-explicit-constructor): a boolean is a criterion
    Expr(const ColumnExpr<Untyped>& expression)
        : ColumnExpr<bool>(expression.node()) {}  // NOLINT(google-explicit-constructor): text() is a criterion
    /// The constants: `and_(true, …)`. Not for pointers.
    template <class B>
        requires std::is_same_v<B, bool>
    Expr(B constant)
        : ColumnExpr<bool>(detail::constant(constant ? NodeKind::true_ : NodeKind::false_)) {
    }  // NOLINT(google-explicit-constructor): a constant is a criterion
};

/// A column with a name of its own in the result.
template <class T>
class Label : public ColumnExpr<T> {
  public:
    using ColumnExpr<T>::ColumnExpr;
    /// The name behind AS, by which rows and ORDER BY know the column.
    const std::string& name() const { return name_; }
    Label(NodeRef node, std::string_view name) : ColumnExpr<T>(std::move(node)), name_(name) {}

  private:
    std::string name_;
};

}  // namespace aludel
