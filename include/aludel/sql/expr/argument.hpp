#pragma once
// "name"_a = value: a named argument.
#include <cstddef>
#include <type_traits>
#include <utility>

#include <aludel/base/fixed_string.hpp>

namespace aludel {

/// A value with a name that is known at compile time: `"name"_a = "ed"`.
template <FixedString Name, class V>
struct Arg {
    static constexpr auto name = Name;
    V value;
};

/// What `"name"_a` alone is; assigning to it makes an `Arg`.
template <FixedString Name>
struct ArgName {
    /// Keeps the value; a string literal is kept as a pointer to it.
    template <class V>
    constexpr Arg<Name, std::decay_t<V>> operator=(
        V&& value) const {  // NOLINT(misc-unconventional-assign-operator): it makes a value
        return {std::forward<V>(value)};
    }
};

inline namespace literals {
template <FixedString Name>
constexpr ArgName<Name> operator""_a() noexcept {
    return {};
}
}  // namespace literals

}  // namespace aludel
