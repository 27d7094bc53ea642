#pragma once
// Items of documents and arrays: `data["name"].as_string()`, `tags[1]`, `any_(tags)`, `array_(1, 2)`.
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <aludel/sql/expr/expression.hpp>
#include <aludel/types/decimal.hpp>

namespace aludel {

/// An item of a JSON document: a document itself, unless it is read as something else.
class JsonItem : public ColumnExpr<std::optional<Json>> {
  public:
    using ColumnExpr<std::optional<Json>>::ColumnExpr;

    /// As a text, without the quotation marks that it has as JSON.
    ColumnExpr<std::optional<std::string>> as_string() const {
        return as<std::string>(SqlType{.kind = TypeKind::string});
    }
    /// As a number: `as_integer()` is an `int`, `as_integer<std::int64_t>()` has 64 bits.
    template <detail::IntegerNumber T = int>
    ColumnExpr<std::optional<T>> as_integer() const {
        return as<T>(SqlTraits<T>::sql_type());
    }
    ColumnExpr<std::optional<double>> as_float() const { return as<double>(SqlType{.kind = TypeKind::float_}); }
    /// As a number with `scale` digits behind the point, out of `precision` in all.
    ColumnExpr<std::optional<Decimal>> as_numeric(int precision, int scale) const {
        return as<Decimal>(SqlType{.kind = TypeKind::numeric, .precision = precision, .scale = scale});
    }
    ColumnExpr<std::optional<bool>> as_boolean() const { return as<bool>(SqlType{.kind = TypeKind::boolean}); }
    /// As a document, which it is anyhow.
    ColumnExpr<std::optional<Json>> as_json() const { return *this; }
    /// Its text, by the operators ->> and #>>.
    ColumnExpr<std::optional<std::string>> astext() const {
        return ColumnExpr<std::optional<std::string>>(detail::json_item_text(node()));
    }

  private:
    template <class T>
    ColumnExpr<std::optional<T>> as(const SqlType& type) const {
        return ColumnExpr<std::optional<T>>(detail::json_item_as(node(), type));
    }
};

namespace detail {

inline JsonItem item_of(const NodeRef& document, Operand place) {
    return JsonItem(json_item(document, std::move(place), SqlType{.kind = TypeKind::json}));
}
JsonItem item_at(const NodeRef& document, std::initializer_list<JsonStep> path);

/// The index of an array: a number or an expression of one.
template <class I>
Operand array_index(const I& index) {
    static_assert(is_expression<I> || std::is_integral_v<I>, "aludel: an array's index is a whole number");
    if constexpr (is_expression<I>)
        return Operand(index.node());
    else
        return Operand(Value::of(static_cast<long long>(index)));
}

/// A key, or a list of keys.
template <class U>
Operand key_operand(const U& key) {
    if constexpr (is_expression<U>)
        return Operand(key.node());
    else
        return Operand(encode_as<literal_type_t<U>>(key));
}

}  // namespace detail

inline JsonItem TypeOperators<Json>::operator[](std::string_view key) const {
    return detail::item_of(node(), detail::Operand(Value::text(std::string(key))));
}
inline JsonItem TypeOperators<Json>::operator[](const char* key) const { return (*this)[std::string_view(key)]; }
inline JsonItem TypeOperators<Json>::operator[](const std::string& key) const { return (*this)[std::string_view(key)]; }
template <std::integral I>
JsonItem TypeOperators<Json>::operator[](I index) const {
    return detail::item_of(node(), detail::Operand(Value::of(static_cast<long long>(index))));
}
inline JsonItem TypeOperators<Json>::operator[](std::initializer_list<JsonStep> path) const {
    return detail::item_at(node(), path);
}
template <class U>
JsonItem TypeOperators<Json>::operator[](const ColumnExpr<U>& place) const {
    return detail::item_of(node(), detail::Operand(place.node()));
}
template <class U>
Expr TypeOperators<Json>::has_key(const U& key) const {
    return Expr(detail::containment(Operator::json_has_key, node(), detail::key_operand(key)));
}
template <class U>
Expr TypeOperators<Json>::has_all(const U& keys) const {
    return Expr(detail::containment(Operator::json_has_all, node(), detail::key_operand(keys)));
}
template <class U>
Expr TypeOperators<Json>::has_any(const U& keys) const {
    return Expr(detail::containment(Operator::json_has_any, node(), detail::key_operand(keys)));
}
template <class U>
Expr TypeOperators<Json>::contained_by(const U& document) const {
    return Expr(detail::containment(Operator::json_contained_by, node(), detail::operand<Json>(document)));
}

template <class E>
    requires(!std::same_as<E, std::byte>)
template <class I>
auto TypeOperators<std::vector<E>>::operator[](const I& index) const -> ColumnExpr<item_type> {
    return ColumnExpr<item_type>(
        detail::array_item(node(), detail::array_index(index), SqlTraits<item_type>::sql_type()));
}
template <class E>
    requires(!std::same_as<E, std::byte>)
template <class A, class B>
ColumnExpr<std::vector<E>> TypeOperators<std::vector<E>>::slice(const A& first, const B& last) const {
    return ColumnExpr<std::vector<E>>(
        detail::array_slice(node(), detail::array_index(first), detail::array_index(last)));
}
template <class E>
    requires(!std::same_as<E, std::byte>)
template <class U>
Expr TypeOperators<std::vector<E>>::any(const U& value, Operator op) const {
    return Expr(
        detail::compare_with_items(Operator::any, op, node(), detail::compared<E>(value), SqlTraits<E>::sql_type()));
}
template <class E>
    requires(!std::same_as<E, std::byte>)
template <class U>
Expr TypeOperators<std::vector<E>>::all(const U& value, Operator op) const {
    return Expr(
        detail::compare_with_items(Operator::all, op, node(), detail::compared<E>(value), SqlTraits<E>::sql_type()));
}
template <class E>
    requires(!std::same_as<E, std::byte>)
template <class U>
Expr TypeOperators<std::vector<E>>::contained_by(const U& array) const {
    return Expr(detail::containment(Operator::array_contained_by, node(), detail::compared<std::vector<E>>(array)));
}
template <class E>
    requires(!std::same_as<E, std::byte>)
template <class U>
Expr TypeOperators<std::vector<E>>::overlap(const U& array) const {
    return Expr(detail::containment(Operator::array_overlap, node(), detail::compared<std::vector<E>>(array)));
}

template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::compared(std::string_view symbol, const U& range) const {
    detail::Operand right = detail::operand<V>(range);
    return Expr(detail::custom(this->node(), symbol, std::move(right), {.kind = TypeKind::boolean}, 0));
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::contained_by(const U& range) const {
    return compared("<@", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::overlaps(const U& range) const {
    return compared("&&", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::strictly_left_of(const U& range) const {
    return compared("<<", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::strictly_right_of(const U& range) const {
    return compared(">>", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::not_extend_right_of(const U& range) const {
    return compared("&<", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::not_extend_left_of(const U& range) const {
    return compared("&>", range);
}
template <class V, class B>
template <class U>
Expr RangeOperators<V, B>::adjacent_to(const U& range) const {
    return compared("-|-", range);
}

// ---- ANY, ALL, array literals

namespace detail {

/// What the items of an array expression are, or the values of a subquery.
template <class T>
struct ItemOf {
    using type = T;
};
template <class E>
    requires is_vector<std::vector<E>>
struct ItemOf<std::vector<E>> {
    using type = E;
};
template <class T>
using item_of_t = typename ItemOf<without_optional_t<T>>::type;

}  // namespace detail

/// ANY (…), of an array or a subquery: `x == any_(tags)`, `5 < any_(select(…).scalar_subquery())`.
template <class T>
ColumnExpr<detail::item_of_t<T>> any_(const ColumnExpr<T>& set) {
    using Item = detail::item_of_t<T>;
    return ColumnExpr<Item>(detail::quantified(Operator::any, set.node(), detail::sql_type_of<Item>()));
}
/// ALL (…), as `any_`.
template <class T>
ColumnExpr<detail::item_of_t<T>> all_(const ColumnExpr<T>& set) {
    using Item = detail::item_of_t<T>;
    return ColumnExpr<Item>(detail::quantified(Operator::all, set.node(), detail::sql_type_of<Item>()));
}

/// ARRAY[first, …]: an array of values and expressions of one type. Arrays of arrays: `array_(array_(1, 2), array_(3,
/// 4))`.
template <class First, class... More>
auto array_(const First& first, const More&... more) {
    using Item = literal_type_t<typename detail::OperandType<First>::type>;
    std::vector<detail::Operand> items{detail::operand<Item>(first), detail::compared<Item>(more)...};
    return ColumnExpr<std::vector<Item>>(
        detail::array_node(std::move(items), SqlTraits<std::vector<Item>>::sql_type(), SqlTraits<Item>::sql_type()));
}

// ---- text search

/// MATCH (columns) AGAINST (pattern): MySQL's full text search, as a criterion and as a number that says how well a row
/// fits.
class MatchAgainst : public ColumnExpr<double> {
  public:
    /// ArgumentError without columns.
    MatchAgainst(std::vector<NodeRef> columns, detail::Operand pattern);

    /// IN BOOLEAN MODE: + and - in the pattern say what must and must not be there.
    MatchAgainst in_boolean_mode() const;
    /// IN NATURAL LANGUAGE MODE. ArgumentError together with `in_boolean_mode`.
    MatchAgainst in_natural_language_mode() const;
    /// WITH QUERY EXPANSION: searches once more with words of what was found. ArgumentError together with
    /// `in_boolean_mode`.
    MatchAgainst with_query_expansion() const;
    /// As a criterion.
    operator Expr() const { return Expr(node()); }  // NOLINT(google-explicit-constructor): it is one

  private:
    enum Mode : unsigned { boolean = 1, natural_language = 2, expansion = 4 };
    MatchAgainst with_mode(unsigned mode) const;
    MatchAgainst(NodeRef node, NodeRef columns, NodeRef pattern, unsigned mode);

    NodeRef columns_, pattern_;
    unsigned mode_ = 0;
};

namespace detail {

/// The columns of a full text search that still needs its pattern.
struct MatchColumns {
    std::vector<NodeRef> columns;

    /// …AGAINST (pattern).
    template <class U>
    MatchAgainst against(const U& pattern) const {
        return MatchAgainst(columns, text_operand<std::string>(pattern));
    }
};

}  // namespace detail

/// `match(title, body).against("word")`: full text search over several columns.
template <class... T>
detail::MatchColumns match(const ColumnExpr<T>&... columns) {
    return {{columns.node()...}};
}

// ---- INSERT over rows that are there

/// In `on_conflict_do_update` and `on_duplicate_key_update`: the value that the INSERT had for this column.
template <class T>
ColumnExpr<T> excluded(const ColumnExpr<T>& column) {
    return ColumnExpr<T>(detail::excluded_node(column.node()));
}
/// The same as `excluded`, by the name that it has beside `on_duplicate_key_update`.
template <class T>
ColumnExpr<T> inserted(const ColumnExpr<T>& column) {
    return excluded(column);
}

}  // namespace aludel
