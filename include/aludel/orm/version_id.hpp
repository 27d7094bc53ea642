// Version counters: an UPDATE or DELETE that finds another version of the row than was loaded is an error.
#pragma once

#include <aludel/orm/mapper.hpp>
#include <aludel/sql/schema/options.hpp>
#include <aludel/types/traits.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {

template <class T, auto... Options>
consteval bool check_version_options();
template <class T, class... Options>
void describe_version(MemberDescription& member);

/// What the options of versions have in common: a table's column knows nothing of them, a mapped member does.
struct VersionOption {
    void apply_to(ColumnDraft&) const {}
    template <class T, auto... Options>
    consteval bool check_member() const {
        return check_version_options<T, Options...>();
    }
};

struct VersionIdOption : VersionOption {
    template <class T, auto... Options>
    void describe_member(MemberDescription& member) const {
        describe_version<T, std::remove_cvref_t<decltype(Options)>...>(member);
    }
};

/// `version_id_generator(false)`.
struct ServerVersionOption : VersionOption {};

/// `Next` makes a version, from the one before or from nothing.
template <class Next>
struct VersionGeneratorOption : VersionOption {
    Next next;
};

/// A function, as a template argument of its own.
template <auto Function>
struct VersionFunction {
    auto operator()(const auto&... before) const
        requires std::invocable<decltype(Function), decltype(before)...>
    {
        return Function(before...);
    }
};

/// A captureless lambda, by its type: closures are not structural.
template <class Closure>
struct VersionClosure {
    auto operator()(const auto&... before) const
        requires std::invocable<const Closure&, decltype(before)...>
    {
        return Closure{}(before...);
    }
};

template <class T>
inline constexpr bool is_version_generator = false;
template <>
inline constexpr bool is_version_generator<ServerVersionOption> = true;
template <class Next>
inline constexpr bool is_version_generator<VersionGeneratorOption<Next>> = true;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

[[noreturn]] void throw_versions_exhausted();

/// The generator of a version without one: 1, then one more each time. @throws DataError after the last number.
template <class T>
struct CountVersions {
    T operator()(const std::optional<T>& before) const {
        if (before == std::numeric_limits<T>::max()) throw_versions_exhausted();
        return before ? static_cast<T>(*before + 1) : T{1};
    }
};

/// The generator among the options; void if the database makes the versions.
template <class T, class... Options>
struct VersionGenerator {
    using type = CountVersions<T>;
};
template <class T, class... Rest>
struct VersionGenerator<T, ServerVersionOption, Rest...> {
    using type = void;
};
template <class T, class Next, class... Rest>
struct VersionGenerator<T, VersionGeneratorOption<Next>, Rest...> {
    using type = Next;
};
template <class T, class Other, class... Rest>
struct VersionGenerator<T, Other, Rest...> : VersionGenerator<T, Rest...> {};

/// What the generator of a member of type T makes, with types erased.
template <class T, class Next>
Value generate_version(const Value* before) {
    static_assert(std::invocable<Next, const std::optional<T>&> || std::invocable<Next>,
                  "aludel: version_id_generator(…) takes a function of no argument, or of the version before as "
                  "std::optional<T>, which is empty for a new row");
    if constexpr (std::invocable<Next, const std::optional<T>&>) {
        std::optional<T> known;
        if (before != nullptr) known = SqlTraits<T>::decode(Cell::of(*before), DecodeContext{});
        return SqlTraits<T>::encode(T(Next{}(std::as_const(known))));
    } else if constexpr (std::invocable<Next>) {
        return SqlTraits<T>::encode(T(Next{}()));
    } else {
        return Value::null();
    }
}

template <class T, class... Options>
void describe_version(MemberDescription& member) {
    if constexpr ((std::is_same_v<Options, VersionIdOption> || ...)) {
        using Next = typename VersionGenerator<T, Options...>::type;
        member.is_version = true;
        if constexpr (!std::is_void_v<Next>) {
            member.next_version = &generate_version<T, Next>;
        }
    }
}

/// One readable sentence for a version that cannot be one. Always true.
template <class T, auto... Options>
consteval bool check_version_options() {
    constexpr bool is_version = (std::is_same_v<std::remove_cvref_t<decltype(Options)>, VersionIdOption> || ...);
    constexpr bool has_generator = (is_version_generator<std::remove_cvref_t<decltype(Options)>> || ...);
    static_assert(is_version || !has_generator,
                  "aludel: version_id_generator(…) is for the version of the row; write version_id beside it");
    static_assert(!is_version || !IsOptional<T>::value,
                  "aludel: version_id on an optional: a row without version could never be matched; write "
                  "Mapped<int, version_id>");
    static_assert(!is_version || has_generator || IsOptional<T>::value || (std::integral<T> && !std::same_as<T, bool>),
                  "aludel: version_id counts in an integer; a version of another type takes a "
                  "version_id_generator(…) beside it");
    static_assert(!is_version || !(std::is_same_v<std::remove_cvref_t<decltype(Options)>, PrimaryKeyOption> || ...),
                  "aludel: version_id on a primary key: the key says which row, the version which state of it; they "
                  "are two columns");
    return true;
}

}  // namespace detail

/// `Mapped<int, version_id> version;`: SQLAlchemy's `version_id_col`. An INSERT writes version 1, whatever the object
/// says; each UPDATE and DELETE of the unit of work asks for the version that was loaded (`… WHERE t.id = ? AND
/// t.version = ?`), and an UPDATE writes the next one, unless the program assigned another. A row that does not match
/// is a StaleDataError: somebody else has changed or deleted it. One column of a class at most, and never a nullable
/// one. Write `aludel::version_id` for a member of that name. Criteria UPDATEs (`query.update(…)`) do not count.
inline constexpr detail::VersionIdOption version_id{};

/// Beside `version_id`: what makes versions, instead of counting. A function, or a lambda without captures, that takes
/// the version before as `std::optional<T>` (empty for a new row), or nothing.
template <class Next>
    requires(!std::same_as<Next, bool>)
consteval auto version_id_generator(Next) {
    static_assert(std::is_empty_v<Next> && std::is_default_constructible_v<Next>,
                  "aludel: version_id_generator(…) takes a lambda without captures; a function is written "
                  "version_id_generator<function>()");
    return detail::VersionGeneratorOption<detail::VersionClosure<Next>>{};
}
/// `version_id_generator<next_version>()`: a function, which is the same in each translation unit, as a lambda is not.
template <auto Function>
    requires(!std::same_as<decltype(Function), bool>)
consteval auto version_id_generator() {
    return detail::VersionGeneratorOption<detail::VersionFunction<Function>>{};
}
/// `version_id_generator(false)`: the database makes the versions, by a default and a trigger or an `onupdate(…)` in
/// SQL, or the program assigns them. A version that the flush did not write is read back by a SELECT.
consteval auto version_id_generator(bool on) {
    return on ? throw "aludel: version_id_generator(true) says nothing; leave it out" : detail::ServerVersionOption{};
}

}  // namespace aludel
