#pragma once
// The bodies of ColumnExpr's members: each hands its operands to one function of build.hpp.
#include <aludel/sql/expr/expression.hpp>

namespace aludel {

namespace detail {

/// An operand as it was written, but a literal without its length: the functions below are the same for all of them.
template <class U>
const U& plain_operand(const U& operand) {
    return operand;
}
template <std::size_t N>
const char* plain_operand(const char (&text)[N]) {
    return text;
}

template <class T, class U>
Expr comparison(Operator op, const ColumnExpr<T>& left, const U& right) {
    return Expr(compare(op, left.node(), compared<T>(right)));
}

template <class T, class U>
Expr text_comparison(Operator op, const ColumnExpr<T>& left, const U& pattern, std::string_view escape) {
    return Expr(text_match(op, left.node(), text_operand<T>(pattern), escape));
}

template <class T, class U>
Expr part_comparison(Operator op, const ColumnExpr<T>& left, const U& part, bool escaped, std::string_view escape) {
    return Expr(text_part(op, left.node(), text_operand<T>(part), escaped, escape));
}

template <class T>
inline constexpr bool is_range = false;
template <class B>
inline constexpr bool is_range<Range<B>> = true;
template <class B>
inline constexpr bool is_range<MultiRange<B>> = true;

template <class R>
struct BoundOf;
template <class B>
struct BoundOf<Range<B>> {
    using type = B;
};
template <class B>
struct BoundOf<MultiRange<B>> {
    using type = B;
};

/// A value that a range may hold, or a range.
template <class R, class U>
NodeRef contained_in_range(const NodeRef& range, const U& value) {
    using B = typename BoundOf<R>::type;
    if constexpr (is_expression<U>)
        return value.node();
    else if constexpr (is_range<U>)
        return typed_operand(Operand(SqlTraits<U>::encode(value)), *range, SqlTraits<U>::sql_type());
    else
        return typed_operand(compared<B>(value), *range, SqlTraits<B>::sql_type());
}

/// x @> part, for documents, arrays and ranges.
template <class T, class U>
Expr has_part(const ColumnExpr<T>& whole, const U& part) {
    using Whole = without_optional_t<T>;
    const NodeRef node = whole.node();
    if constexpr (std::is_same_v<Whole, Json>)
        return Expr(containment(Operator::json_contains, node, operand<Json>(part)));
    else if constexpr (is_vector<Whole>)
        return Expr(containment(Operator::array_contains, node, compared<Whole>(part)));
    else
        return Expr(custom(node, "@>", Operand(contained_in_range<Whole>(node, part)), {.kind = TypeKind::boolean}, 0));
}

template <class T>
inline constexpr bool has_parts = std::is_same_v<T, Json> || is_vector<T> || is_range<T>;

template <class T, class R>
Expr membership(Operator op, const ColumnExpr<T>& left, const R& set) {
    if constexpr (requires { set.node(); }) {  // first: a query can be iterated as well
        return Expr(in_node(op, left.node(), set.node()));
    } else if constexpr (requires { set.begin(); }) {
        using U = std::remove_cvref_t<decltype(*set.begin())>;
        constexpr bool ok = check_comparison<T, U>();
        if constexpr (ok && is_expression<U>) {
            std::vector<NodeRef> items;
            for (const auto& item : set) items.push_back(item.node());
            return Expr(in_node(op, left.node(), comma_list(std::move(items))));
        } else if constexpr (ok) {
            std::vector<Value> values;
            for (const auto& item : set) values.push_back(encode_as<T>(static_cast<const U&>(item)));
            return Expr(in_values(op, left.node(), std::move(values)));
        } else {
            return {};
        }
    } else {
        static_assert(requires { set.node(); }, "aludel: in_() takes a list or a range of values, or a SELECT");
        return {};
    }
}

}  // namespace detail

template <class T>
template <class U>
Expr ColumnExpr<T>::is_(const U& value) const {
    return detail::comparison(Operator::is, *this, detail::plain_operand(value));
}
template <class T>
template <class U>
Expr ColumnExpr<T>::is_not(const U& value) const {
    return detail::comparison(Operator::is_not, *this, detail::plain_operand(value));
}
template <class T>
template <class U>
Expr ColumnExpr<T>::is_distinct_from(const U& value) const {
    return detail::comparison(Operator::is_distinct_from, *this, detail::plain_operand(value));
}
template <class T>
template <class U>
Expr ColumnExpr<T>::is_not_distinct_from(const U& value) const {
    return detail::comparison(Operator::is_not_distinct_from, *this, detail::plain_operand(value));
}

template <class T>
template <class U>
Expr ColumnExpr<T>::like(const U& pattern, std::string_view escape) const {
    return detail::text_comparison(Operator::like, *this, detail::plain_operand(pattern), escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::not_like(const U& pattern, std::string_view escape) const {
    return detail::text_comparison(Operator::not_like, *this, detail::plain_operand(pattern), escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::ilike(const U& pattern, std::string_view escape) const {
    return detail::text_comparison(Operator::ilike, *this, detail::plain_operand(pattern), escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::not_ilike(const U& pattern, std::string_view escape) const {
    return detail::text_comparison(Operator::not_ilike, *this, detail::plain_operand(pattern), escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::startswith(const U& part, std::string_view escape) const {
    return detail::part_comparison(Operator::startswith, *this, detail::plain_operand(part), false, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::endswith(const U& part, std::string_view escape) const {
    return detail::part_comparison(Operator::endswith, *this, detail::plain_operand(part), false, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::contains(const U& part, std::string_view escape) const {
    if constexpr (detail::has_parts<without_optional_t<T>>)
        return detail::has_part(*this, part);
    else
        return detail::part_comparison(Operator::contains, *this, detail::plain_operand(part), false, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::startswith(const U& part, AutoescapeTag, std::string_view escape) const {
    return detail::part_comparison(Operator::startswith, *this, detail::plain_operand(part), true, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::endswith(const U& part, AutoescapeTag, std::string_view escape) const {
    return detail::part_comparison(Operator::endswith, *this, detail::plain_operand(part), true, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::contains(const U& part, AutoescapeTag, std::string_view escape) const {
    return detail::part_comparison(Operator::contains, *this, detail::plain_operand(part), true, escape);
}
template <class T>
template <class U>
Expr ColumnExpr<T>::match(const U& pattern) const {
    return detail::text_comparison(Operator::match, *this, detail::plain_operand(pattern), {});
}
template <class T>
template <class U>
Expr ColumnExpr<T>::match(const U& pattern, MatchOptions options) const {
    return Expr(detail::search(node(), detail::text_operand<T>(pattern), {}, options.regconfig));
}
template <class T>
template <class U>
Expr ColumnExpr<T>::regexp_match(const U& pattern, std::string_view flags) const {
    return Expr(detail::regexp(Operator::regexp_match, node(), detail::text_operand<T>(pattern), flags));
}
template <class T>
template <class U, class V>
ColumnExpr<T> ColumnExpr<T>::regexp_replace(const U& pattern, const V& replacement, std::string_view flags) const {
    return ColumnExpr<T>(detail::regexp_replacement(node(), detail::text_operand<T>(pattern),
                                                    detail::text_operand<T>(replacement), flags));
}

template <class T>
Expr ColumnExpr<T>::in_(std::initializer_list<T> values) const {
    return detail::membership(Operator::in, *this, values);
}
template <class T>
Expr ColumnExpr<T>::not_in(std::initializer_list<T> values) const {
    return detail::membership(Operator::not_in, *this, values);
}
template <class T>
template <class R>
Expr ColumnExpr<T>::in_(const R& range_or_select) const {
    return detail::membership(Operator::in, *this, range_or_select);
}
template <class T>
template <class R>
Expr ColumnExpr<T>::not_in(const R& range_or_select) const {
    return detail::membership(Operator::not_in, *this, range_or_select);
}

template <class T>
template <class L, class H>
Expr ColumnExpr<T>::between(const L& low, const H& high, bool symmetric) const {
    return Expr(detail::between(node(), detail::ordered<T>(low), detail::ordered<T>(high), symmetric));
}

template <class T>
template <class U>
ColumnExpr<T> ColumnExpr<T>::concat(const U& right) const {
    return ColumnExpr<T>(detail::arithmetic(Operator::concat, node(), detail::operand<T>(right), {}));
}
template <class T>
template <class U>
ColumnExpr<T> ColumnExpr<T>::op(std::string_view symbol, const U& right, int precedence) const {
    const NodeRef self = node();
    return ColumnExpr<T>(detail::custom(self, symbol, detail::operand<T>(right), self->type(), precedence));
}
template <class T>
template <class U>
Expr ColumnExpr<T>::bool_op(std::string_view symbol, const U& right, int precedence) const {
    return Expr(detail::custom(node(), symbol, detail::operand<T>(right), {.kind = TypeKind::boolean}, precedence));
}

template <class T>
Label<T> ColumnExpr<T>::label(std::string_view name) const {
    return Label<T>(detail::labelled(node(), name), name);
}

}  // namespace aludel
