// Names and order of the members of an aggregate, without a macro: count by brace initialisation, names from the
// spelling that the compiler gives to a pointer into an object that is never constructed.
#pragma once

#include <aludel/orm/detail/visit_members.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace aludel::detail {

/// Converts to anything, in unevaluated expressions only.
struct Probe {
    template <class T>
    operator T() const;
};

template <std::size_t>
using IndexedProbe = Probe;

template <class T, class Indexes>
inline constexpr bool takes_probes = false;

template <class T, std::size_t... I>
    requires requires { T{IndexedProbe<I>{}...}; }
inline constexpr bool takes_probes<T, std::index_sequence<I...>> = true;

template <class T, std::size_t Count = 0>
consteval std::size_t count_members() {
    if constexpr (takes_probes<T, std::make_index_sequence<Count + 1>>) {
        return count_members<T, Count + 1>();
    } else {
        return Count;
    }
}

template <class T>
inline constexpr std::size_t member_count = count_members<T>();

/// Storage whose members have addresses but never a value. A union, so that nothing is constructed; defined, so that
/// local types and types of unnamed namespaces, which may not stay undefined, work as well.
template <class T>
union Unconstructed {
    constexpr Unconstructed() : nothing{} {}
    constexpr ~Unconstructed() {}
    char nothing;
    T object;
};

template <class T>
struct Sample {
    static inline Unconstructed<T> storage{};
};

template <class M>
struct MemberAddress {
    const M* address;
};

template <auto Member>
consteval std::string_view spelling() {
    return __PRETTY_FUNCTION__;
}

/// The identifier at the end of the spelling of a member's address: `… {(& Sample<User>::storage.object.User::name)}]`
/// on g++, `… {&Sample<User>::storage.object.name}]` on clang.
consteval std::string_view last_identifier(std::string_view text) {
    // g++ appends the values of aliases (`; std::string_view = …`) that would hide the member's name.
    if (const auto aliases = text.find("; std::string_view"); aliases != std::string_view::npos) {
        text = text.substr(0, aliases);
    }
    const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    std::size_t end = text.size();
    while (end > 0 && !is_part(text[end - 1])) {
        --end;
    }
    std::size_t begin = end;
    while (begin > 0 && is_part(text[begin - 1])) {
        --begin;
    }
    return text.substr(begin, end - begin);
}

template <auto Member>
inline constexpr std::string_view member_name = last_identifier(spelling<Member>());

template <class T>
consteval auto member_addresses() {
    return visit_members<member_count<T>>(Sample<T>::storage.object, [](auto&... members) {
        return std::tuple{MemberAddress<std::remove_cvref_t<decltype(members)>>{&members}...};
    });
}

template <class T, std::size_t... I>
consteval auto aggregate_names(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{member_name<std::get<I>(member_addresses<T>())>...};
}

/// The names of the members of the aggregate `T`, in declaration order.
template <class T>
inline constexpr auto names_of_members = aggregate_names<T>(std::make_index_sequence<member_count<T>>{});

}  // namespace aludel::detail
