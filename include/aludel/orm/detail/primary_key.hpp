// Primary keys as arguments: `get<User>(5)`.
#pragma once

#include <aludel/orm/detail/attribute_by_name.hpp>
#include <aludel/types/traits.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace aludel::detail {

template <class T, std::size_t... I>
consteval auto key_positions(std::index_sequence<I...>) {
    constexpr std::array<bool, sizeof...(I)> is_key{
        IsPrimaryKey<typename AttributeTypes<T>::template member<I>>::value...};
    constexpr std::size_t count = (std::size_t{0} + ... + std::size_t{is_key[I]});
    std::array<std::size_t, count> positions{};
    std::size_t next = 0;
    ((is_key[I] ? void(positions[next++] = I) : void()), ...);
    return positions;
}

template <class T>
inline constexpr auto primary_key_positions =
    key_positions<T>(std::make_index_sequence<AttributeTypes<T>::names.size()>{});

template <class T, std::size_t I>
using key_value_t =
    typename ValueTypeOf<typename AttributeTypes<T>::template member<primary_key_positions<T>[I]>>::type;

template <class T, class... Key, std::size_t... I>
std::array<Value, sizeof...(Key)> encode_key(std::index_sequence<I...>, const Key&... key) {
    constexpr bool fits = (comparable<key_value_t<T, I>, Key> && ...);
    static_assert(fits, "aludel: get() was given a value of another type than that of the primary key");
    if constexpr (fits) {
        return {encode_as<key_value_t<T, I>>(key)...};
    } else {
        return {};
    }
}

/// The values of a primary key, checked against the class: as many as it has columns, of their types.
template <class T, class... Key>
std::array<Value, sizeof...(Key)> encode_key(const Key&... key) {
    constexpr bool is_complete = sizeof...(Key) == primary_key_positions<T>.size();
    static_assert(is_complete, "aludel: get() takes one value for each column of the primary key");
    if constexpr (is_complete) {
        return encode_key<T>(std::index_sequence_for<Key...>{}, key...);
    } else {
        return {};
    }
}

}  // namespace aludel::detail
