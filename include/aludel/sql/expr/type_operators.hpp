#pragma once
// The members that only expressions of documents, arrays and ranges have. Include column_expr.hpp to use them.
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/types/bytes.hpp>
#include <aludel/types/json.hpp>
#include <aludel/types/traits.hpp>

namespace aludel {

class Expr;
class JsonItem;
template <class T>
class Range;
template <class T>
struct MultiRange;
template <class T>
class ColumnExpr;

/// Marks what is an expression: it has a `value_type` and a `node()`.
struct ExpressionTag {};

/// What every expression is: a node, or a function that finds it when it is first needed.
class AnyExpr : public ExpressionTag {
  public:
    constexpr AnyExpr() noexcept = default;
    /// For constants: the node is found at run time.
    explicit constexpr AnyExpr(NodeRef (*resolve)()) noexcept : resolve_(resolve) {}
    explicit AnyExpr(NodeRef node) noexcept : node_(std::move(node)) {}

    /// The node. Null for an expression that was made without one.
    NodeRef node() const { return node_ || !resolve_ ? node_ : resolve_(); }

  private:
    NodeRef node_;
    NodeRef (*resolve_)() = nullptr;
};

namespace detail {

/// An expression as an argument: a view, for the time of the call.
class ExprView {
  public:
    ExprView(const AnyExpr& expression) noexcept
        : expression_(&expression) {}  // NOLINT(google-explicit-constructor): it is one
    NodeRef node() const { return expression_->node(); }

  private:
    const AnyExpr* expression_;
};
using ExprViews = std::initializer_list<ExprView>;

}  // namespace detail

/// The members that expressions of the type `T` have beyond those of all.
template <class T>
class TypeOperators : public AnyExpr {
  public:
    using AnyExpr::AnyExpr;
};

/// A step into a JSON document: the index of an element or the key of a member.
class JsonStep {
  public:
    template <std::integral I>
    JsonStep(I index) : json_(static_cast<std::int64_t>(index)) {}  // NOLINT(google-explicit-constructor): it is one
    JsonStep(std::string_view key) : json_(key) {}                  // NOLINT(google-explicit-constructor): it is one
    JsonStep(const char* key) : json_(std::string_view(key)) {}     // NOLINT(google-explicit-constructor): it is one
    JsonStep(const std::string& key)
        : json_(std::string_view(key)) {}  // NOLINT(google-explicit-constructor): it is one

    /// The step as a value of JSON: a number or a text.
    const Json& json() const noexcept { return json_; }

  private:
    Json json_;
};

/// A JSON document in the database. What there is beyond `[]` needs PostgreSQL's type JSONB.
template <>
class TypeOperators<Json> : public AnyExpr {
  public:
    using AnyExpr::AnyExpr;

    /// The member called `key`, NULL where there is none: `data["name"]`.
    JsonItem operator[](std::string_view key) const;
    JsonItem operator[](const char* key) const;
    JsonItem operator[](const std::string& key) const;
    /// The element at `index`, counted from 0, from the end when it is negative: `data[0]`.
    template <std::integral I>
    JsonItem operator[](I index) const;
    /// Several steps at once: `data[{"address", "lines", 0}]`.
    JsonItem operator[](std::initializer_list<JsonStep> path) const;
    /// The key or index is an expression.
    template <class U>
    JsonItem operator[](const ColumnExpr<U>& place) const;

    /// The object has this member (or the array this text).
    template <class U>
    Expr has_key(const U& key) const;
    /// It has all of these; `keys`: an array of texts, such as `array_("a", "b")`.
    template <class U>
    Expr has_all(const U& keys) const;
    /// It has at least one of these.
    template <class U>
    Expr has_any(const U& keys) const;
    /// This document is a part of the other one. The other way round: `contains(part)`.
    template <class U>
    Expr contained_by(const U& document) const;
};

/// An array in the database. Indices count from 1, as its SQL does.
template <class E>
    requires(!std::same_as<E, std::byte>)
class TypeOperators<std::vector<E>> : public AnyExpr {
  public:
    using AnyExpr::AnyExpr;
    using item_type = std::optional<without_optional_t<E>>;

    /// The item at this index, the first being 1; NULL where there is none.
    template <class I>
    ColumnExpr<item_type> operator[](const I& index) const;
    /// The items `first` to `last`, both included, the first being 1.
    template <class A, class B>
    ColumnExpr<std::vector<E>> slice(const A& first, const B& last) const;

    /// value op ANY (this array): it holds for one of the items.
    template <class U>
    Expr any(const U& value, Operator op = Operator::eq) const;
    /// value op ALL (this array): it holds for each of the items.
    template <class U>
    Expr all(const U& value, Operator op = Operator::eq) const;
    /// All items of this array are in the other one. The other way round: `contains(items)`.
    template <class U>
    Expr contained_by(const U& array) const;
    /// The two have an item in common.
    template <class U>
    Expr overlap(const U& array) const;
};

/// The members of expressions of ranges and of multiranges.
template <class Value, class Bound>
class RangeOperators : public AnyExpr {
  public:
    using AnyExpr::AnyExpr;

    /// The range is within the other one. The other way round: `contains(value_or_range)`.
    template <class U>
    Expr contained_by(const U& range) const;
    /// The two have a value in common.
    template <class U>
    Expr overlaps(const U& range) const;
    /// It ends before the other one begins.
    template <class U>
    Expr strictly_left_of(const U& range) const;
    /// It begins after the other one has ended.
    template <class U>
    Expr strictly_right_of(const U& range) const;
    /// It ends no later than the other one.
    template <class U>
    Expr not_extend_right_of(const U& range) const;
    /// It begins no earlier than the other one.
    template <class U>
    Expr not_extend_left_of(const U& range) const;
    /// Nothing lies between the two, and they have nothing in common.
    template <class U>
    Expr adjacent_to(const U& range) const;

  private:
    template <class U>
    Expr compared(std::string_view symbol, const U& range) const;
};
template <class B>
class TypeOperators<Range<B>> : public RangeOperators<Range<B>, B> {
  public:
    using RangeOperators<Range<B>, B>::RangeOperators;
};
template <class B>
class TypeOperators<MultiRange<B>> : public RangeOperators<MultiRange<B>, B> {
  public:
    using RangeOperators<MultiRange<B>, B>::RangeOperators;
};

}  // namespace aludel
