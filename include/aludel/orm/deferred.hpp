// Columns that queries leave out until they are read.
#pragma once

#include <aludel/base/fixed_string.hpp>
#include <aludel/orm/mapper.hpp>

#include <cstddef>
#include <type_traits>

namespace aludel {

namespace detail {

/// Of a mapped member only: a table's column knows nothing of it.
struct DeferredOption {
    void apply_to(ColumnDraft&) const {}
};

template <std::size_t N>
struct DeferredGroupOption {
    FixedString<N> group;
    void apply_to(ColumnDraft&) const {}
};

template <class Option>
void describe_deferral(const Option& option, MemberDescription& member) {
    if constexpr (std::is_same_v<Option, DeferredOption>) {
        member.is_deferred = true;
    } else if constexpr (requires { option.group.view(); }) {
        member.is_deferred = true;
        member.deferred_group = option.group.view();  // of a template argument, which lives as long as the program
    }
}

}  // namespace detail

/// `Mapped<std::string, Text, deferred>`: queries leave the column out; reading it loads it, by one SELECT. For large
/// values that are rarely needed. `undefer(col<…>)` loads it with the query.
inline constexpr detail::DeferredOption deferred{};

/// As `deferred`; reading one column of a group loads all of them, and `undefer_group("…")` loads them with the query.
template <std::size_t N>
consteval detail::DeferredGroupOption<N> deferred_group(const char (&group)[N]) {
    return {FixedString<N>(group)};
}

}  // namespace aludel
