#pragma once
// FROM elements that are no tables: rows of values, rows of a function, a sample of a table.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/select.hpp>

namespace aludel {

/// `(VALUES (1, 'a'), (2, 'b')) AS name (x, y)`: rows that the program gives.
template <class... T>
class Values : public FromElement {
  public:
    explicit Values(RowSourceDraft draft) : FromElement(row_source_of(draft)), draft_(std::move(draft)) {}

    /// Adds rows.
    Values data(const std::vector<std::tuple<T...>>& rows) const {
        RowSourceDraft draft = draft_;
        for (const auto& row : rows)
            std::apply(
                [&](const T&... cell) {
                    (draft.cells.push_back(detail::literal_node(SqlTraits<T>::encode(cell), SqlTraits<T>::sql_type())),
                     ...);
                },
                row);
        return Values(std::move(draft));
    }
    /// With the values so far in the text of the statement instead of as parameters.
    Values literal_binds() const {
        RowSourceDraft draft = draft_;
        for (NodeRef& cell : draft.cells) cell = detail::literal_bind(*cell);
        return Values(std::move(draft));
    }
    /// LATERAL (VALUES …).
    Values lateral() const {
        RowSourceDraft draft = draft_;
        draft.lateral = true;
        return Values(std::move(draft));
    }

  private:
    RowSourceDraft draft_;
};

/// Rows of the columns `names`, one for each type: `values<int, std::string>({"id", "name"}, "v").data({{1, "a"}})`.
/// ArgumentError when it is used without rows.
template <class... T>
Values<T...> values(const std::array<std::string_view, sizeof...(T)>& names, std::string name) {
    RowSourceDraft draft;
    draft.name = std::move(name);
    std::size_t i = 0;
    (draft.columns.push_back({std::string(names[i++]), SqlTraits<T>::sql_type()}), ...);
    return Values<T...>(std::move(draft));
}

/// The rows of a function: `json_each(t.data) AS name`. Its columns: `.c<int>("value")`.
class TableValued : public FromElement {
  public:
    explicit TableValued(RowSourceDraft draft) : FromElement(row_source_of(draft)), draft_(std::move(draft)) {}

    /// Under this name; without one, the compiler makes it.
    TableValued alias(std::string name) const {
        return with([&](RowSourceDraft& draft) { draft.name = std::move(name); });
    }
    /// It sees the FROM elements before it: `LATERAL function(…)`.
    TableValued lateral() const {
        return with([](RowSourceDraft& draft) { draft.lateral = true; });
    }
    /// WITH ORDINALITY: one more column, called so, that numbers the rows from 1.
    TableValued with_ordinality(std::string column) const {
        return with([&](RowSourceDraft& draft) {
            draft.with_ordinality = true;
            draft.columns.push_back({std::move(column), SqlType{.kind = TypeKind::big_integer}});
        });
    }
    /// `AS name(a, b)`; `with_types`: `AS name(a INTEGER, b VARCHAR)`, for functions that return any record.
    TableValued render_derived(std::string name = {}, bool with_types = false) const {
        return with([&](RowSourceDraft& draft) {
            if (!name.empty()) draft.name = std::move(name);
            draft.names_columns = true;
            draft.types_columns = with_types;
        });
    }

  private:
    template <class Change>
    TableValued with(Change change) const {
        RowSourceDraft draft = draft_;
        change(draft);
        return TableValued(std::move(draft));
    }

    RowSourceDraft draft_;
};

namespace detail {

/// A column by its name, or by `column<int>("name")`.
template <class C>
SourceColumn source_column(const C& column) {
    if constexpr (is_expression<C>) {
        return as_source_column(*column.node());
    } else {
        return {std::string(column), SqlType{}};
    }
}

}  // namespace detail

template <class T>
template <class... C>
TableValued Function<T>::table_valued(const C&... columns) const {
    RowSourceDraft draft;
    draft.function = this->node();
    draft.columns = {detail::source_column(columns)...};
    return TableValued(std::move(draft));
}

/// Some rows of a table: `tablesample(t, func::call("bernoulli", 5), "s")`; a number is a percentage, read by `system`.
template <class F, class S>
FromElement tablesample(const F& from, const S& sampling, std::string name = {}) {
    if constexpr (detail::is_expression<S>)
        return FromElement(sample_of(detail::from_node(from), sampling.node(), std::move(name)));
    else
        return tablesample(from, func::call("system", sampling), std::move(name));
}
/// The same rows each time that the seed is the same: TABLESAMPLE … REPEATABLE (seed).
template <class F, class S, class Seed>
FromElement tablesample(const F& from, const S& sampling, std::string name, const ColumnExpr<Seed>& seed) {
    if constexpr (detail::is_expression<S>)
        return FromElement(sample_of(detail::from_node(from), sampling.node(), std::move(name), seed.node()));
    else
        return tablesample(from, func::call("system", sampling), std::move(name), seed);
}

}  // namespace aludel
