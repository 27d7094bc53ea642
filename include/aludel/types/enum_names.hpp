#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "aludel/types/decode.hpp"

namespace aludel {

/// The enumerators of one enumeration at run time, in the order of their values. One object per enumeration, for ever.
class EnumNames {
  public:
    struct Entry {
        std::string name;
        std::int64_t value;
    };

    EnumNames(std::string type_name, std::vector<Entry> entries);

    /// The enumeration's name without its namespaces: "Color".
    [[nodiscard]] const std::string& type_name() const noexcept { return type_name_; }
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
    /// Of the longest name, in bytes: what a VARCHAR needs.
    [[nodiscard]] int longest() const noexcept { return longest_; }
    /// "red, green, blue", for messages.
    [[nodiscard]] std::string list() const;

    /// Null where there is none.
    [[nodiscard]] const std::string* find_name(std::int64_t value) const noexcept;
    [[nodiscard]] const Entry* find_value(std::string_view name) const noexcept;

    /// LookupError for a value without a name.
    [[nodiscard]] const std::string& name_of(std::int64_t value) const;
    /// LookupError that lists the defined names; DataError for a cell that holds no text.
    [[nodiscard]] std::int64_t decode(const Cell& cell, const DecodeContext& context) const;

  private:
    std::string type_name_;
    std::vector<Entry> entries_;
    int longest_ = 0;
};

/// The values that are searched for names, for an enumeration with some beyond -128 to 127:
/// `template <> struct aludel::EnumRange<Port> { static constexpr int min = 0, max = 1000; };`
/// Wide ranges cost compile time; see `EnumNamesOf` for sparse ones.
template <class E>
struct EnumRange {
    static constexpr int min = -128;
    static constexpr int max = 127;
};

/// The names given by hand, for sparse values or names that differ from the enumerators':
/// `template <> struct aludel::EnumNamesOf<Color> { static constexpr std::pair<Color, const char*> names[] =
/// {{Color::red, "r"}}; };`
template <class E>
struct EnumNamesOf;

namespace detail {

/// The names of the values first, first + 1, …, taken from the compiler's own print of them.
[[nodiscard]] EnumNames parse_enum_names(std::string_view type_print, std::string_view value_print, std::int64_t first,
                                         std::size_t count);
[[nodiscard]] EnumNames make_enum_names(std::string_view type_print, std::vector<EnumNames::Entry> entries);

template <class E>
constexpr std::string_view print_type() noexcept {
    return __PRETTY_FUNCTION__;
}

template <auto... Values>
constexpr std::string_view print_values() noexcept {
    return __PRETTY_FUNCTION__;
}

// An enumeration without a fixed underlying type ends at the bits that its enumerators need. Values beyond are no
// constants for clang: up to version 19 a warning that is an error by default, later an error that drops the candidate.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wenum-constexpr-conversion"
#endif

template <class E>
constexpr E enum_of(int value) noexcept {
    return std::bit_cast<E>(static_cast<std::underlying_type_t<E>>(value));
}

template <class E, int Value>
concept EnumConstant = requires { typename std::integral_constant<E, enum_of<E>(Value)>; };

template <class E, int Power>
constexpr int greatest_enum_value() noexcept {
    if constexpr (Power > EnumRange<E>::max)
        return EnumRange<E>::max;
    else if constexpr (!EnumConstant<E, Power>)
        return Power - 1;
    else
        return greatest_enum_value<E, Power * 2>();
}

template <class E, int Power>
constexpr int least_enum_value() noexcept {
    if constexpr (-Power < EnumRange<E>::min)
        return EnumRange<E>::min;
    else if constexpr (!EnumConstant<E, -Power>)
        return Power == 1 ? 0 : -(Power / 2);
    else
        return least_enum_value<E, Power * 2>();
}

template <class E>
constexpr std::pair<int, int> enum_search_range() noexcept {
    using U = std::underlying_type_t<E>;
    if constexpr (std::is_same_v<U, bool>) {
        return {0, 1};
    } else if constexpr (!requires { E{0}; }) {  // no fixed underlying type
        return {std::is_signed_v<U> ? least_enum_value<E, 1>() : 0, greatest_enum_value<E, 1>()};
    } else {
        constexpr int least = std::in_range<U>(EnumRange<E>::min) ? EnumRange<E>::min : 0;
        constexpr int greatest =
            std::in_range<U>(EnumRange<E>::max) ? EnumRange<E>::max : static_cast<int>(std::numeric_limits<U>::max());
        return {least, greatest};
    }
}

/// Always true. The look-up of a name makes clang instantiate the enumerators of an enumeration that is a member of a
/// class template; without it they are unknown, and print as numbers, until somebody names one.
template <class E>
constexpr bool instantiate_enumerators() noexcept {
    return !requires { E::aludel_has_no_such_enumerator; };
}

template <class E, int First, std::size_t... I>
EnumNames reflect_enum(std::index_sequence<I...>) {
    return parse_enum_names(print_type<E>(), print_values<enum_of<E>(First + static_cast<int>(I))...>(), First,
                            sizeof...(I));
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class E>
EnumNames build_enum_names() {
    if constexpr (requires { EnumNamesOf<E>::names; }) {
        std::vector<EnumNames::Entry> entries;
        for (const auto& [value, name] : EnumNamesOf<E>::names)
            entries.push_back({std::string(name), static_cast<std::int64_t>(value)});
        return make_enum_names(print_type<E>(), std::move(entries));
    } else {
        static_assert(instantiate_enumerators<E>());
        constexpr auto range = enum_search_range<E>();
        return reflect_enum<E, range.first>(
            std::make_index_sequence<static_cast<std::size_t>(range.second - range.first + 1)>());
    }
}

}  // namespace detail

/// The names of an enumeration. Made at the first call; the object lives as long as the program.
template <class E>
    requires std::is_enum_v<E>
const EnumNames& enum_names() {
    static const EnumNames* const names = new EnumNames(detail::build_enum_names<E>());
    return *names;
}

}  // namespace aludel
