// Attributes by their names, at compile time.
#pragma once

#include <aludel/orm/detail/class_members.hpp>
#include <aludel/orm/many.hpp>
#include <aludel/sql/expr/argument.hpp>
#include <aludel/sql/expr/column_expr.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace aludel::detail {

template <class M>
struct ValueTypeOf {
    using type = void;  // no column
};
template <class T, auto... Options>
struct ValueTypeOf<Mapped<T, Options...>> {
    using type = T;
};

/// The names and the types of the members of `T`.
template <class T>
struct AttributeTypes {
    static constexpr auto names = names_of_members<T>;
    template <std::size_t I>
    using member = std::remove_const_t<std::remove_pointer_t<decltype(std::get<I>(member_addresses<T>()).address)>>;
};
template <class T>
    requires ListsItsMembers<T>
struct AttributeTypes<T> {
    template <class List>
    struct Listed;
    template <auto... Pointers>
    struct Listed<Members<Pointers...>> {
        static constexpr std::array<std::string_view, sizeof...(Pointers)> names{member_name<Pointers>...};
        using members = std::tuple<typename MemberPointer<decltype(Pointers)>::type*...>;
    };
    static constexpr auto names = Listed<typename T::mapped>::names;
    template <std::size_t I>
    using member = std::remove_pointer_t<std::tuple_element_t<I, typename Listed<typename T::mapped>::members>>;
};

template <class T>
consteval std::size_t position_of_attribute(std::string_view name) {
    const auto& names = AttributeTypes<T>::names;
    std::size_t position = 0;
    while (position < names.size() && names[position] != name) {
        ++position;
    }
    return position;
}

/// The value type of the attribute called `Name`, or void.
template <class T, FixedString Name>
consteval auto attribute_type() {
    constexpr std::size_t position = position_of_attribute<T>(Name.view());
    if constexpr (position == AttributeTypes<T>::names.size()) {
        return std::type_identity<void>{};
    } else {
        return std::type_identity<typename ValueTypeOf<typename AttributeTypes<T>::template member<position>>::type>{};
    }
}

/// What `"name"_a = value` is compared with, checked against the class: one readable sentence if it does not fit.
template <class T, FixedString Name, class V>
NodeRef equality(const NodeRef& column, const Arg<Name, V>& argument) {
    using Value = typename decltype(attribute_type<T, Name>())::type;
    static_assert(!std::is_void_v<Value>, "aludel: this class has no mapped attribute of that name");
    if constexpr (!std::is_void_v<Value>) {
        return (ColumnExpr<Value>(column) == argument.value).node();
    } else {
        return {};
    }
}

template <class T, auto... Options, class Key>
Value related_key(const Key& key) {
    constexpr std::string_view name = relationship_options<Options...>().text(RelationshipText::attribute_key);
    constexpr std::size_t position = position_of_attribute<T>(name);
    constexpr bool is_known = position != AttributeTypes<T>::names.size();
    static_assert(is_known, "aludel: attribute_keyed(\"…\") names no mapped attribute of the other class");
    if constexpr (is_known) {
        using V = typename ValueTypeOf<typename AttributeTypes<T>::template member<position>>::type;
        static_assert(comparable<V, Key>,
                      "aludel: this key has another type than the attribute of attribute_keyed(\"…\")");
        if constexpr (comparable<V, Key>) {
            return encode_as<V>(key);
        }
    }
    return {};
}

}  // namespace aludel::detail
