// How a query loads what its objects are related to, and which of their columns.
#pragma once

#include <aludel/orm/columns.hpp>
#include <aludel/orm/detail/relationship_ref.hpp>
#include <aludel/orm/relationship_options.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

/// How an option says that a relationship is loaded.
enum class LoadWay : std::uint8_t {
    unchanged,  ///< as it would be without the option, which only leads further
    select,
    joined,
    subquery,
    selectin,
    table,
    immediate,
    batch,
    raise,
    raise_on_sql,
    noload,
    contains_eager,
};

/// What an option says about columns.
enum class ColumnWay : std::uint8_t { none, defer, undefer, undefer_group, load_only };

/// What one link of a chain of options says.
struct LoadStep {
    std::vector<RelationshipRef> path;  // of a relationship's option, the last one is that relationship
    LoadWay way = LoadWay::unchanged;
    bool every = false;      // "*": all relationships, or all columns, of what the path leads to
    bool innerjoin = false;  // of `joined`
    NodeRef alias;           // of `contains_eager`: the FROM element to read from; null: the class's table
    ColumnWay columns_way = ColumnWay::none;
    std::vector<NodeRef> columns;
    std::string group;
};

/// `rel<&User::addresses>`, with or without alias, `of_type` and `and_`.
template <class R>
concept NamesRelationship = requires(const R& relationship) {
    { relationship.ref() } -> std::convertible_to<RelationshipRef>;
};

/// Something that stands for another FROM element, such as `aliased<User>()`.
template <class A>
concept NamesElement = !NamesRelationship<A> && requires(const A& alias) {
    { alias.node() } -> std::convertible_to<NodeRef>;
};

template <class R>
RelationshipRef relationship_ref(const R& relationship) {
    static_assert(NamesRelationship<R>,
                  "aludel: this option takes relationships, such as rel<&User::addresses>, or \"*\" for all of them");
    if constexpr (NamesRelationship<R>) {
        return relationship.ref();
    } else {
        return {};
    }
}

template <class C>
NodeRef loaded_column(const C& column) {
    static_assert(is_expression<C>, "aludel: this option takes columns, such as col<&User::name>");
    if constexpr (is_expression<C>) {
        return column.node();
    } else {
        return {};
    }
}

/// The second argument of `raiseload`.
struct SqlOnlyOption {};

}  // namespace detail

/// `raiseload(rel<…>, sql_only)`: an object that is in memory already may be read.
inline constexpr detail::SqlOnlyOption sql_only{};

/// An option for `query.options(…)`: how a relationship is loaded, or which columns are; a cheap value.
///
/// Options chain along a path: `joinedload(rel<&User::orders>).selectinload(rel<&Order::items>)`. Several relationships
/// are a path as well, of which the option concerns the last: `joinedload(rel<&User::orders>, rel<&Order::items>)`.
/// Objects remember the options for what is behind them, so that a later lazy load follows them too. Source:
/// SQLAlchemy's loader options, whose names they have.
class LoadOption {
  public:
    LoadOption() = default;

    /// In the same SELECT, by LEFT OUTER JOIN of an alias. A query with LIMIT becomes a subquery if a collection is
    /// joined. `joinedload(rel<…>, innerjoin)` joins without OUTER: for what is never missing.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption joinedload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::joined, first, rest...);
    }
    /// By a second SELECT that has the query inside.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption subqueryload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::subquery, first, rest...);
    }
    /// By a second SELECT with the keys of the objects, 500 at a time.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption selectinload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::selectin, first, rest...);
    }
    /// By a second SELECT of the whole related table, of whose rows those are kept that belong to the objects: the
    /// least work where most of them do. As `selectinload` where an association table or another condition than the key
    /// leads to the rows.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption tableload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::table, first, rest...);
    }
    /// As a lazy load does, one SELECT for each object, but with the query.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption immediateload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::immediate, first, rest...);
    }
    /// At the first access.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption lazyload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::select, first, rest...);
    }
    /// At the first access, for all objects of the same result at once, as `selectinload` does.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption batchload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::batch, first, rest...);
    }
    /// Never: the access is an error. `raiseload(rel<…>, sql_only)`: unless the object is in memory already.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption raiseload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::raise, first, rest...);
    }
    /// Never: it is empty.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption noload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::noload, first, rest...);
    }
    /// From the columns of a join that the query has already. `contains_eager(rel<…>, alias)`: from those of an alias.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption contains_eager(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::contains_eager, first, rest...);
    }
    /// As it would be; leads to options for what is behind.
    template <class First, class... Rest>
    [[nodiscard]] LoadOption defaultload(const First& first, const Rest&... rest) const {
        return along(detail::LoadWay::unchanged, first, rest...);
    }

    /// Leaves these columns out; reading one later loads it by one SELECT. `defer("*")`: all but the primary key.
    template <class... Columns>
    [[nodiscard]] LoadOption defer(const Columns&... columns) const {
        return with_columns(detail::ColumnWay::defer, columns...);
    }
    /// Loads these columns although they are `deferred`. `undefer("*")`: all.
    template <class... Columns>
    [[nodiscard]] LoadOption undefer(const Columns&... columns) const {
        return with_columns(detail::ColumnWay::undefer, columns...);
    }
    /// Loads the columns of a `deferred_group("…")`.
    [[nodiscard]] LoadOption undefer_group(std::string_view group) const;
    /// These columns and the primary key, and no others.
    template <class... Columns>
    [[nodiscard]] LoadOption load_only(const Columns&... columns) const {
        return with_columns(detail::ColumnWay::load_only, columns...);
    }
    /// The join of the `joinedload` before is no outer join.
    [[nodiscard]] LoadOption innerjoin() const;

    /// For the library's own use.
    [[nodiscard]] const std::vector<detail::LoadStep>& steps() const noexcept;

  private:
    struct Chain {
        std::vector<detail::LoadStep> steps;
        std::vector<detail::RelationshipRef> path;  // where the next step begins
    };
    explicit LoadOption(std::shared_ptr<const Chain> chain) noexcept : chain_(std::move(chain)) {}

    template <class First, class... Rest>
    [[nodiscard]] LoadOption along(detail::LoadWay way, const First& first, const Rest&... rest) const {
        if constexpr (std::is_convertible_v<const First&, std::string_view>) {
            static_assert(sizeof...(Rest) == 0, "aludel: \"*\" stands alone");
            return with_every(way, first);
        } else if constexpr (sizeof...(Rest) == 0) {
            return with(way, detail::relationship_ref(first));
        } else {
            return along_path(way, first, rest...);
        }
    }
    template <class First, class Second, class... Rest>
    [[nodiscard]] LoadOption along_path(detail::LoadWay way, const First& first, const Second& second,
                                        const Rest&... rest) const {
        if constexpr (std::same_as<Second, detail::RelationshipFlagOption>) {
            static_assert(sizeof...(Rest) == 0, "aludel: innerjoin is the last argument of joinedload");
            return with(way, detail::relationship_ref(first)).inner(second);
        } else if constexpr (std::same_as<Second, detail::SqlOnlyOption>) {
            return with(detail::LoadWay::raise_on_sql, detail::relationship_ref(first));
        } else if constexpr (detail::NamesElement<Second>) {
            return with(way, detail::relationship_ref(first)).from(second.node());
        } else {
            return with(detail::LoadWay::unchanged, detail::relationship_ref(first)).along(way, second, rest...);
        }
    }
    template <class First, class... Rest>
    [[nodiscard]] LoadOption with_columns(detail::ColumnWay way, const First& first, const Rest&... rest) const {
        if constexpr (std::is_convertible_v<const First&, std::string_view>) {
            return with_every_column(way, first);
        } else {
            return with(way, {detail::loaded_column(first), detail::loaded_column(rest)...});
        }
    }
    [[nodiscard]] LoadOption with(detail::LoadWay way, detail::RelationshipRef relationship) const;
    [[nodiscard]] LoadOption with_every(detail::LoadWay way, std::string_view star) const;
    [[nodiscard]] LoadOption with(detail::ColumnWay way, std::vector<NodeRef> columns) const;
    [[nodiscard]] LoadOption with_every_column(detail::ColumnWay way, std::string_view star) const;
    [[nodiscard]] LoadOption inner(const detail::RelationshipFlagOption& flag) const;
    [[nodiscard]] LoadOption from(NodeRef element) const;
    template <class Change>
    [[nodiscard]] LoadOption changed(Change change) const;

    std::shared_ptr<const Chain> chain_;
};

// Each begins a chain; the members of `LoadOption` say what they do.
template <class... R>
[[nodiscard]] LoadOption joinedload(const R&... path) {
    return LoadOption().joinedload(path...);
}
template <class... R>
[[nodiscard]] LoadOption subqueryload(const R&... path) {
    return LoadOption().subqueryload(path...);
}
template <class... R>
[[nodiscard]] LoadOption selectinload(const R&... path) {
    return LoadOption().selectinload(path...);
}
template <class... R>
[[nodiscard]] LoadOption tableload(const R&... path) {
    return LoadOption().tableload(path...);
}
template <class... R>
[[nodiscard]] LoadOption immediateload(const R&... path) {
    return LoadOption().immediateload(path...);
}
template <class... R>
[[nodiscard]] LoadOption lazyload(const R&... path) {
    return LoadOption().lazyload(path...);
}
template <class... R>
[[nodiscard]] LoadOption batchload(const R&... path) {
    return LoadOption().batchload(path...);
}
template <class... R>
[[nodiscard]] LoadOption raiseload(const R&... path) {
    return LoadOption().raiseload(path...);
}
template <class... R>
[[nodiscard]] LoadOption noload(const R&... path) {
    return LoadOption().noload(path...);
}
template <class... R>
[[nodiscard]] LoadOption contains_eager(const R&... path) {
    return LoadOption().contains_eager(path...);
}
template <class... R>
[[nodiscard]] LoadOption defaultload(const R&... path) {
    return LoadOption().defaultload(path...);
}
template <class... C>
[[nodiscard]] LoadOption defer(const C&... columns) {
    return LoadOption().defer(columns...);
}
template <class... C>
[[nodiscard]] LoadOption undefer(const C&... columns) {
    return LoadOption().undefer(columns...);
}
[[nodiscard]] LoadOption undefer_group(std::string_view group);
template <class... C>
[[nodiscard]] LoadOption load_only(const C&... columns) {
    return LoadOption().load_only(columns...);
}

}  // namespace aludel
