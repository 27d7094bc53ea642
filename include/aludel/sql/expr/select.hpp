#pragma once
// select(…), subqueries, EXISTS, UNION.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel {

/// A statement whose rows have these C++ types, with a `Value` for a column whose type is not said, as that of
/// `table.c("x")`; none: rows whose types are asked for when they are read.
template <class... T>
struct TypedStatement {
    using row_types = std::tuple<detail::read_type_t<T>...>;
};
template <>
struct TypedStatement<> {};

class Subquery;
class Exists;
template <class... T>
class Select;

namespace detail {

/// The FROM element of a table, an alias, a subquery, a join.
template <class F>
NodeRef from_node(const F& from) {
    if constexpr (std::is_convertible_v<const F&, NodeRef>)
        return from;
    else if constexpr (requires { from.from_node(); })
        return from.from_node();
    else if constexpr (requires { from.info(); })
        return table_node(from.info());
    else
        return from.node();
}

/// An item of a SELECT list: an expression, or a FROM element for all its columns.
template <class A>
NodeRef select_item(const A& item) {
    if constexpr (is_expression<A>)
        return item.node();
    else
        return from_node(item);
}

/// Something to order or group by: an expression, or the name of a label or column.
template <class A>
NodeRef order_item(const A& item) {
    if constexpr (std::is_convertible_v<const A&, std::string_view>)
        return label_reference(std::string_view(item));
    else
        return item.node();
}

template <bool AllExpressions, class... A>
struct SelectOf {
    using type = Select<>;
};
template <class... A>
struct SelectOf<true, A...> {
    using type = Select<typename A::value_type...>;
};
template <class... A>
using select_t = typename SelectOf<(is_expression<A> && ...), A...>::type;

/// The number, if it is not negative; else ArgumentError.
std::int64_t checked_rows(std::int64_t rows, const char* what);
NodeRef row_count_bind(std::int64_t rows, const char* what);

}  // namespace detail

/// A FROM element with columns that can be named: `alias(table, "t")`, a CTE.
class FromElement {
  public:
    explicit FromElement(NodeRef node) : node_(std::move(node)) {}
    /// The element as a node of the expression tree.
    const NodeRef& from_node() const noexcept { return node_; }
    const NodeRef& node() const noexcept { return node_; }

    /// The column that stands for `expression` here. InvalidRequestError if there is none.
    template <class T>
    ColumnExpr<T> c(const ColumnExpr<T>& expression) const {
        return ColumnExpr<T>(column_standing_for(node_, *expression.node()));
    }
    /// The column by its name, with its C++ type. NoSuchColumnError if there is none.
    template <class T = Untyped>
    ColumnExpr<T> c(std::string_view name) const {
        return ColumnExpr<T>(column_of(node_, name));
    }

    /// Of a recursive common table expression: it with its second part, which reads it: `cte UNION other`.
    /// ArgumentError for another element.
    template <class S>
    FromElement union_(const S& other) const {
        return FromElement(completed_cte(node_, CompoundKind::union_, other.node()));
    }
    /// The same with UNION ALL.
    template <class S>
    FromElement union_all(const S& other) const {
        return FromElement(completed_cte(node_, CompoundKind::union_all, other.node()));
    }
    /// Of a common table expression: words in front of its parentheses, such as "MATERIALIZED"; on every database, or
    /// only on `dialect`. ArgumentError for another element.
    FromElement prefix_with(std::string words, std::string dialect = {}) const {
        return FromElement(cte_with_words(node_, {std::move(words), std::move(dialect)}, false));
    }
    /// The same behind its parentheses.
    FromElement suffix_with(std::string words, std::string dialect = {}) const {
        return FromElement(cte_with_words(node_, {std::move(words), std::move(dialect)}, true));
    }

  protected:
    NodeRef node_;
};

/// A SELECT as a FROM element. Its columns may be missing in an outer join, so each of them is optional.
class Subquery {
  public:
    explicit Subquery(NodeRef node) : node_(std::move(node)) {}
    /// The element as a node of the expression tree.
    const NodeRef& from_node() const noexcept { return node_; }
    const NodeRef& node() const noexcept { return node_; }

    /// The column that stands for `expression` here. InvalidRequestError if there is none.
    template <class T>
    ColumnExpr<std::optional<without_optional_t<T>>> c(const ColumnExpr<T>& expression) const {
        return ColumnExpr<std::optional<without_optional_t<T>>>(column_standing_for(node_, *expression.node()));
    }
    /// The column by its name or label. NoSuchColumnError if there is none.
    template <class T = Untyped>
    ColumnExpr<std::conditional_t<detail::is_untyped<T>, T, std::optional<without_optional_t<T>>>> c(
        std::string_view name) const {
        return ColumnExpr<std::conditional_t<detail::is_untyped<T>, T, std::optional<without_optional_t<T>>>>(
            column_of(node_, name));
    }

  private:
    NodeRef node_;
};

/// Another name for a table; an empty one is made by the compiler (`users_1`).
template <class F>
FromElement alias(const F& from, std::string name = {}) {
    return FromElement(alias_of(detail::from_node(from), std::move(name)));
}
/// left JOIN right; the condition comes from the one foreign key between them. NoForeignKeysError,
/// AmbiguousForeignKeysError where there is none, or more than one.
template <class L, class R>
FromElement join(const L& left, const R& right) {
    return FromElement(join_of(detail::from_node(left), detail::from_node(right)));
}
/// left JOIN right ON this condition.
template <class L, class R>
FromElement join(const L& left, const R& right, const Expr& on) {
    return FromElement(join_of(detail::from_node(left), detail::from_node(right), on.node()));
}
/// left LEFT OUTER JOIN right, by the foreign key as in `join`. Take columns of the right side as `optional(…)`: they
/// may be NULL.
template <class L, class R>
FromElement outerjoin(const L& left, const R& right) {
    return FromElement(join_of(detail::from_node(left), detail::from_node(right), {}, true));
}
/// left LEFT OUTER JOIN right ON this condition.
template <class L, class R>
FromElement outerjoin(const L& left, const R& right, const Expr& on) {
    return FromElement(join_of(detail::from_node(left), detail::from_node(right), on.node(), true));
}

/// UNION and its like over SELECTs with rows of these types.
template <class... T>
class CompoundSelect : public TypedStatement<T...> {
  public:
    explicit CompoundSelect(CompoundDraft draft) : draft_(std::move(draft)) {}
    /// The statement as a node of the expression tree.
    NodeRef node() const { return freeze(draft_); }

    /// ORDER BY of the whole, by names of its columns, or by columns of its first SELECT.
    template <class... E>
    CompoundSelect order_by(const E&... items) const {
        CompoundSelect copy = *this;
        (copy.draft_.order_by.push_back(detail::order_item(items)), ...);
        return copy;
    }
    /// LIMIT of the whole. ArgumentError for a negative number.
    CompoundSelect limit(std::int64_t rows) const {
        CompoundSelect copy = *this;
        copy.draft_.limit = detail::row_count_bind(rows, "LIMIT");
        return copy;
    }
    /// OFFSET of the whole. ArgumentError for a negative number.
    CompoundSelect offset(std::int64_t rows) const {
        CompoundSelect copy = *this;
        copy.draft_.offset = detail::row_count_bind(rows, "OFFSET");
        return copy;
    }
    /// As a FROM element: `(SELECT … UNION …) AS name`.
    Subquery subquery(std::string name = {}) const { return Subquery(subquery_of(node(), std::move(name))); }
    /// As a common table expression: WITH name AS (…).
    FromElement cte(std::string name = {}, CteOptions options = {}) const {
        return FromElement(cte_of(node(), std::move(name), options.recursive));
    }

  private:
    CompoundDraft draft_;
};

/// SELECT as a value: each call returns another one, and none changes what it is called on.
template <class... T>
class Select : public TypedStatement<T...> {
  public:
    explicit Select(SelectDraft draft) : draft_(std::move(draft)) {}

    /// The statement as a node of the expression tree; later calls do not change it.
    NodeRef node() const { return freeze(draft_); }
    /// What has been said so far, for code that builds further on it.
    const SelectDraft& draft() const noexcept { return draft_; }

    /// Criteria, joined by AND with those that are there.
    template <class... E>
    Select where(const E&... criteria) const {
        return with([&](SelectDraft& d) { (d.where.push_back(detail::criterion(criteria)), ...); });
    }
    /// FROM, where the columns do not say it: `select(func::count()).select_from(users)`.
    template <class F>
    Select select_from(const F& from) const {
        return with([&](SelectDraft& d) { d.from.push_back(detail::from_node(from)); });
    }
    /// JOIN: from the FROM element that the condition names; without one, from the foreign keys.
    template <class F>
    Select join(const F& target) const {
        return joined(detail::from_node(target), {}, false, false);
    }
    /// JOIN target ON this condition.
    template <class F>
    Select join(const F& target, const Expr& on) const {
        return joined(detail::from_node(target), on.node(), false, false);
    }
    /// LEFT OUTER JOIN, by the foreign key as in `join`. The target's columns may be NULL: select them as
    /// `optional(…)`.
    template <class F>
    Select outerjoin(const F& target) const {
        return joined(detail::from_node(target), {}, true, false);
    }
    /// LEFT OUTER JOIN target ON this condition.
    template <class F>
    Select outerjoin(const F& target, const Expr& on) const {
        return joined(detail::from_node(target), on.node(), true, false);
    }
    /// FULL OUTER JOIN: rows without a partner on either side, whose columns are NULL there.
    template <class F>
    Select full_join(const F& target, const Expr& on) const {
        return joined(detail::from_node(target), on.node(), true, true);
    }
    /// ORDER BY expressions, or names of labels and columns; more calls add more.
    template <class... E>
    Select order_by(const E&... items) const {
        return with([&](SelectDraft& d) { (d.order_by.push_back(detail::order_item(items)), ...); });
    }
    /// GROUP BY expressions, or names of labels and columns: one row per group.
    template <class... E>
    Select group_by(const E&... items) const {
        return with([&](SelectDraft& d) { (d.group_by.push_back(detail::order_item(items)), ...); });
    }
    /// HAVING: criteria for the groups, joined by AND with those that are there.
    template <class... E>
    Select having(const E&... criteria) const {
        return with([&](SelectDraft& d) { (d.having.push_back(detail::criterion(criteria)), ...); });
    }
    /// LIMIT, as a bound value. ArgumentError for a negative number.
    Select limit(std::int64_t rows) const {
        return with([&](SelectDraft& d) { d.limit = detail::row_count_bind(rows, "LIMIT"); });
    }
    /// LIMIT as an expression.
    template <class U>
    Select limit(const ColumnExpr<U>& rows) const {
        return with([&](SelectDraft& d) { d.limit = rows.node(); });
    }
    /// OFFSET, as a bound value. ArgumentError for a negative number.
    Select offset(std::int64_t rows) const {
        return with([&](SelectDraft& d) { d.offset = detail::row_count_bind(rows, "OFFSET"); });
    }
    /// OFFSET as an expression.
    template <class U>
    Select offset(const ColumnExpr<U>& rows) const {
        return with([&](SelectDraft& d) { d.offset = rows.node(); });
    }
    /// SELECT DISTINCT: equal rows come once.
    Select distinct() const {
        return with([](SelectDraft& d) { d.distinct = true; });
    }
    /// DISTINCT ON: the first row of each group of equal values. CompileError, when it is compiled, for a database
    /// without it.
    template <class First, class... E>
    Select distinct(const First& first, const E&... more) const {
        return with([&](SelectDraft& d) {
            d.distinct_on.push_back(first.node());
            (d.distinct_on.push_back(more.node()), ...);
        });
    }
    /// FOR UPDATE and its like, by the options: `with_for_update({.skip_locked = true, .of = {from_node(t)}})`. Left
    /// out on a database without row locks; what the database cannot say of it is left out, too.
    Select with_for_update(RowLock lock = {}) const {
        return with([&](SelectDraft& d) {
            d.lock = std::move(lock);
            d.lock.active = true;
        });
    }
    /// Which FROM elements come from the enclosing SELECT; otherwise all that fit do.
    template <class... F>
    Select correlate(const F&... from) const {
        return with([&](SelectDraft& d) {
            (d.correlate.push_back(detail::from_node(from)), ...);
            d.auto_correlate = false;
        });
    }
    /// How columns are named in the result where their own names would clash.
    Select label_style(LabelStyle style) const {
        return with([&](SelectDraft& d) { d.label_style = style; });
    }
    /// Words behind SELECT; on every database, or only on `dialect`.
    Select prefix_with(std::string words, std::string dialect = {}) const {
        return with([&](SelectDraft& d) { d.prefixes.push_back({std::move(words), std::move(dialect)}); });
    }
    /// Words at the end; on every database, or only on `dialect`.
    Select suffix_with(std::string words, std::string dialect = {}) const {
        return with([&](SelectDraft& d) { d.suffixes.push_back({std::move(words), std::move(dialect)}); });
    }
    /// Words beside a table in FROM: `with_hint(t, "USE INDEX (ix)", "mysql")`, `with_hint(t, "ONLY", "postgresql")`.
    template <class F>
    Select with_hint(const F& from, std::string words, std::string dialect = {}) const {
        return with([&](SelectDraft& d) {
            d.hints.push_back({detail::from_node(from), {std::move(words), std::move(dialect)}});
        });
    }
    /// Words behind the last clause, before the lock; on every database, or only on `dialect`.
    Select with_statement_hint(std::string words, std::string dialect = {}) const {
        return with([&](SelectDraft& d) { d.statement_hints.push_back({std::move(words), std::move(dialect)}); });
    }
    /// WITH … in front, for a common table expression that nothing in the statement names, such as a DELETE.
    Select add_cte(const FromElement& cte) const {
        return with([&](SelectDraft& d) { d.ctes.push_back(cte.node()); });
    }
    /// FETCH FIRST … ROWS ONLY, or WITH TIES, instead of a LIMIT. ArgumentError for a negative number.
    Select fetch(std::int64_t rows, FetchOptions options = {}) const {
        return with([&](SelectDraft& d) {
            d.fetch = detail::row_count_bind(rows, "FETCH");
            d.limit = {};
            d.with_ties = options.with_ties;
            d.percent = options.percent;
        });
    }
    /// More columns; the row's type is then no longer known.
    template <class... A>
    Select<> add_columns(const A&... items) const {
        SelectDraft copy = draft_;
        (copy.columns.push_back(detail::select_item(items)), ...);
        return Select<>(std::move(copy));
    }

    /// As a value in another statement: the first column of its only row.
    auto scalar_subquery() const {
        return ColumnExpr<typename FirstOptional<T..., Untyped>::type>(detail::scalar_node(node()));
    }
    /// As a FROM element: `(SELECT …) AS name`; an empty name is made by the compiler (`anon_1`).
    Subquery subquery(std::string name = {}) const { return Subquery(subquery_of(node(), std::move(name))); }
    /// As a FROM element that sees those before it: `LATERAL (SELECT …) AS name`.
    Subquery lateral(std::string name = {}) const { return Subquery(lateral_of(node(), std::move(name))); }
    /// As a common table expression: WITH name AS (SELECT …), in front of the statement that uses it. A recursive one
    /// gets its second part, which reads it, by `union_all`.
    FromElement cte(std::string name = {}, CteOptions options = {}) const {
        return FromElement(cte_of(node(), std::move(name), options.recursive));
    }
    /// EXISTS (this SELECT), as a criterion.
    Exists exists() const;

    /// The rows of both, equal ones once. The rows must have the same C++ types.
    CompoundSelect<T...> union_(const Select& other) const { return compound(CompoundKind::union_, other); }
    /// The rows of both, equal ones as often as they come.
    CompoundSelect<T...> union_all(const Select& other) const { return compound(CompoundKind::union_all, other); }
    /// The rows that both have.
    CompoundSelect<T...> intersect(const Select& other) const { return compound(CompoundKind::intersect, other); }
    /// The rows of this one that the other does not have.
    CompoundSelect<T...> except_(const Select& other) const { return compound(CompoundKind::except, other); }

  private:
    template <class First, class...>
    struct FirstOptional {
        using type = std::conditional_t<detail::is_untyped<First>, Untyped, std::optional<without_optional_t<First>>>;
    };

    template <class Change>
    Select with(Change change) const {
        Select copy = *this;
        change(copy.draft_);
        return copy;
    }
    Select joined(NodeRef target, NodeRef on, bool outer, bool full) const {
        return with([&](SelectDraft& d) { d.joins.push_back({std::move(target), std::move(on), outer, full, {}}); });
    }
    CompoundSelect<T...> compound(CompoundKind kind, const Select& other) const {
        return CompoundSelect<T...>({.kind = kind,
                                     .selects = {node(), other.node()},
                                     .group_by = {},
                                     .order_by = {},
                                     .limit = {},
                                     .offset = {}});
    }

    SelectDraft draft_;
};

/// SELECT these columns. A table, alias or subquery stands for all its columns; the rows are then untyped.
template <class... A>
detail::select_t<A...> select(const A&... items) {
    SelectDraft draft;
    draft.columns = {detail::select_item(items)...};
    return detail::select_t<A...>(std::move(draft));
}

/// UNION, UNION ALL, INTERSECT, EXCEPT of SELECTs (or of these themselves) with equal rows. The C++ types are those of
/// the first.
template <class First, class... More>
auto compound_select(CompoundKind kind, const First& first, const More&... more) {
    const auto make = [&]<class... T>(const TypedStatement<T...>&) {
        return CompoundSelect<T...>({.kind = kind,
                                     .selects = {first.node(), more.node()...},
                                     .group_by = {},
                                     .order_by = {},
                                     .limit = {},
                                     .offset = {}});
    };
    return make(first);
}
/// SELECT … UNION SELECT …: equal rows come once.
template <class... S>
auto union_(const S&... selects) {
    return compound_select(CompoundKind::union_, selects...);
}
/// SELECT … UNION ALL SELECT …: all rows, equal ones too.
template <class... S>
auto union_all(const S&... selects) {
    return compound_select(CompoundKind::union_all, selects...);
}
/// SELECT … INTERSECT SELECT …: the rows that all have.
template <class... S>
auto intersect(const S&... selects) {
    return compound_select(CompoundKind::intersect, selects...);
}
/// SELECT … INTERSECT ALL SELECT …, where the database has it.
template <class... S>
auto intersect_all(const S&... selects) {
    return compound_select(CompoundKind::intersect_all, selects...);
}
/// SELECT … EXCEPT ALL SELECT …, where the database has it.
template <class... S>
auto except_all(const S&... selects) {
    return compound_select(CompoundKind::except_all, selects...);
}
/// SELECT … EXCEPT SELECT …: the rows of the first that the others do not have.
template <class... S>
auto except_(const S&... selects) {
    return compound_select(CompoundKind::except, selects...);
}

/// EXISTS (SELECT …): a criterion that takes criteria itself.
class Exists : public Expr {
  public:
    explicit Exists(SelectDraft draft);

    /// WHERE inside of the EXISTS; tables of the enclosing statement are correlated.
    template <class... E>
    Exists where(const E&... criteria) const {
        SelectDraft copy = draft_;
        (copy.where.push_back(detail::criterion(criteria)), ...);
        return Exists(std::move(copy));
    }
    /// FROM inside of the EXISTS, where the criteria do not say it.
    template <class F>
    Exists select_from(const F& from) const {
        SelectDraft copy = draft_;
        copy.from.push_back(detail::from_node(from));
        return Exists(std::move(copy));
    }

  private:
    SelectDraft draft_;
};

/// EXISTS (SELECT * …): `exists().where(…)`.
Exists exists();
/// EXISTS (this SELECT), as a criterion.
template <class... T>
Exists exists(const Select<T...>& select) {
    return Exists(select.draft());
}
template <class... T>
Exists Select<T...>::exists() const {
    return Exists(draft_);
}

}  // namespace aludel
