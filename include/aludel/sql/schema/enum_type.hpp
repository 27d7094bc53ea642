// Enumerations with options: their name in the database, and whether they are a type of their own there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "aludel/base/fixed_string.hpp"
#include "aludel/sql/schema/options.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"

namespace aludel {

struct NativeEnumOption {
    bool value = true;
    constexpr NativeEnumOption operator()(bool native) const noexcept { return {native}; }
};
/// Of an `Enum`: `native_enum(false)` keeps it as VARCHAR also where the database has enumerations.
inline constexpr NativeEnumOption native_enum{};

template <std::size_t N>
struct TypeSchemaOption {
    FixedString<N> text;
};
/// Of an `Enum`: the schema of its type, where it is a type of its own.
template <std::size_t N>
consteval auto type_schema(const char (&text)[N]) {
    return TypeSchemaOption<N>{FixedString<N>(text)};
}

namespace detail {

/// What the options of an enumeration write to.
struct EnumDraft {
    TypeDetails details{};
    int length = 0;
    std::vector<std::string> words{};

    template <std::size_t N>
    void take(const TextOption<NameMeaning, N>& option) {
        details.type_name = option.view();
    }
    template <std::size_t N>
    void take(const TypeSchemaOption<N>& option) {
        details.type_schema = option.text.view();
    }
    template <std::size_t N>
    void take(const CreateConstraintOption<N>& option) {
        option.apply_to(details);
    }
    void take(NativeEnumOption option) { details.native = option.value; }
    void take(int characters) { length = characters; }
    template <std::size_t N>
    void take(const FixedString<N>& word) {
        words.emplace_back(word.view());
    }
    template <class... Options>
    void take(const OptionList<Options...>& list) {
        if constexpr (sizeof...(Options) != 0) {
            take(list.first);
            take(list.rest);
        }
    }
    /// `names`: of the C++ enumeration; null: of the words. Throws ArgumentError for a length that is too short, and
    /// for an enumeration without words or with one word twice.
    [[nodiscard]] SqlType type(const EnumNames* names) const;
};

/// Literals enter template arguments as fixed strings.
template <std::size_t N>
consteval FixedString<N> enum_item(const char (&word)[N]) {
    return FixedString<N>(word);
}
template <class T>
    requires(!std::is_array_v<T>)
consteval T enum_item(const T& option) {
    return option;
}

template <class... Options>
struct WordsType {
    OptionList<Options...> options;
    [[nodiscard]] SqlType sql_type() const {
        EnumDraft draft;
        draft.take(options);
        return draft.type(nullptr);
    }
};

template <class E, class... Options>
struct EnumType {
    OptionList<Options...> options;
    [[nodiscard]] SqlType sql_type() const {
        EnumDraft draft;
        draft.take(options);
        return draft.type(&enum_names<E>());
    }
};

}  // namespace detail

/// The type of a C++ enumeration with options: `Mapped<Color, Enum<Color>(name("shade"), native_enum(false))>`. Takes
/// `name("...")`, `type_schema("...")`, `native_enum(false)`, `create_constraint` and the length of the VARCHAR.
template <class E, class... Options>
    requires std::is_enum_v<E>
consteval auto Enum(Options... options) {
    return detail::EnumType<E, Options...>{detail::option_list(options...)};
}
/// Text that is one of these words: `Mapped<std::string, Enum("red", "green", name("color"))>`. Where enumerations are
/// types of their own it needs a name.
template <std::size_t N, class... Rest>
consteval auto Enum(const char (&first)[N], const Rest&... rest) {
    return detail::WordsType<FixedString<N>, decltype(detail::enum_item(rest))...>{
        detail::option_list(FixedString<N>(first), detail::enum_item(rest)...)};
}

}  // namespace aludel
