// What the methods of a query take: classes, aliases, expressions, relationships.
#pragma once

#include <aludel/orm/columns.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/orm/rel.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace aludel::detail {

/// What an argument of `session.query(…)` adds to the rows: a class, or the value of an expression.
template <class A>
struct QueryArgument;
template <class T>
struct QueryArgument<Entity<T>> {
    using type = T;
    static QueryElement element(const Entity<T>&) { return {&mapper<T>(), mapper<T>().selectable()}; }
};
template <class T>
struct QueryArgument<Alias<T>> {
    using type = T;
    static QueryElement element(const Alias<T>& alias) { return {&mapper<T>(), alias.node()}; }
};
template <class A>
    requires is_expression<A>
struct QueryArgument<A> {
    using type = read_type_t<typename A::value_type>;
    static QueryElement element(const A& expression) { return {nullptr, expression.node()}; }
};

template <class R>
QueryElement element_for() {
    return QueryArgument<Entity<R>>::element({});
}

/// Something that rows come from: a class, an alias, a subquery, a table.
template <class F>
QueryElement from_element(const F& from) {
    if constexpr (requires { QueryArgument<F>::element(from).mapper; } && !is_expression<F>) {
        return QueryArgument<F>::element(from);
    } else {
        constexpr bool fits = !is_expression<F> && requires { from_node(from); };
        static_assert(fits,
                      "aludel: rows come from a class (entity<User>), an alias, a subquery, a table or a relationship");
        if constexpr (fits) {
            return {nullptr, from_node(from)};
        } else {
            return {};
        }
    }
}

/// `join(target)`: a relationship, its name, or something that rows come from.
template <class Target>
QueryJoin join_to(const Target& target) {
    QueryJoin join;
    if constexpr (std::is_convertible_v<const Target&, std::string_view>) {
        join.name = std::string_view(target);
    } else if constexpr (AnyRelExpr<Target>) {
        join.relationship = target.ref();
    } else {
        QueryElement element = from_element(target);
        join.mapper = element.mapper;
        join.target = std::move(element.node);
    }
    return join;
}

/// `join(target, on)`: a criterion, a relationship, or its name.
template <class Target, class On>
QueryJoin join_to(const Target& target, const On& on) {
    static_assert(!AnyRelExpr<Target>,
                  "aludel: join(relationship) takes no second argument; write join(target, relationship)");
    QueryJoin join = join_to(target);
    if constexpr (AnyRelExpr<On>) {
        join.relationship = on.ref();
    } else if constexpr (std::is_convertible_v<const On&, std::string_view>) {
        join.name = std::string_view(on);
    } else {
        join.on = criterion(on);
    }
    return join;
}

QueryJoin outer(QueryJoin join);
QueryJoin full(QueryJoin join);

/// What ORDER BY and GROUP BY take, as an argument.
template <class A>
decltype(auto) as_order(const A& argument) {
    if constexpr (std::is_base_of_v<AnyExpr, A>) {
        return static_cast<const AnyExpr&>(argument);
    } else if constexpr (is_expression<A>) {
        return AnyExpr(argument.node());
    } else {
        static_assert(std::is_convertible_v<const A&, std::string_view>,
                      "aludel: order_by() and group_by() take columns, expressions, and names of labels");
        return AnyExpr(label_reference(argument));
    }
}

}  // namespace aludel::detail
