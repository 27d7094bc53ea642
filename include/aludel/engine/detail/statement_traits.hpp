#pragma once

#include <aludel/engine/result.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/types/traits.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel::detail {

inline const NodeRef& statement_node(const NodeRef& node) { return node; }

template <class Statement>
NodeRef statement_node(const Statement& statement) {
    if constexpr (requires { NodeRef(statement.node()); })
        return statement.node();
    else
        static_assert(!sizeof(Statement*),
                      "aludel: execute() takes a statement: select(), insert(), update(), delete_() or text()");
}

std::vector<std::string_view> views_of(std::span<const std::string> names);

/// The statement for rows of values that are given when it runs.
template <class Statement>
NodeRef statement_node_for(const Statement& statement, std::span<const std::string> names) {
    if constexpr (requires { statement.node_for(std::span<const std::string_view>{}); }) {
        return statement.node_for(views_of(names));
    } else {
        return statement_node(statement);
    }
}

/// The values of `"name"_a = value` arguments, and what `bind_values` wants to see of them.
template <std::size_t Count>
struct NamedValues {
    template <class... Arguments>
    explicit NamedValues(const Arguments&... arguments) : values{encode(arguments.value)...} {
        std::size_t i = 0;
        ((named[i] = {arguments.name.view(), &values[i]}, ++i), ...);
    }
    template <class T>
    static Value encode(const T& value) {
        return encode_as<literal_type_t<T>>(value);
    }
    std::span<const ParameterValue> view() const { return named; }

    std::array<Value, Count> values;
    std::array<ParameterValue, Count> named;
};
template <>
struct NamedValues<0> {
    std::span<const ParameterValue> view() const { return {}; }
};

template <class Types>
struct ResultFor;
template <template <class...> class List, class... T>
struct ResultFor<List<T...>> {
    using type = Result<T...>;
};

/// Statements that know the types of their rows say so by a member `row_types`, any template over these types.
template <class Statement>
auto result_of(CursorResult result) {
    if constexpr (requires { typename Statement::row_types; })
        return typename ResultFor<typename Statement::row_types>::type{std::move(result).release()};
    else
        return result;
}

}  // namespace aludel::detail
