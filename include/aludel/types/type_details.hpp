// What only few SQL types have: the type of an array's items, a character set, the type on another database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aludel/types/sql_type.hpp"

namespace aludel {

/// The type that a column has on one database instead of its own.
struct TypeVariant {
    std::string dialect;  ///< the database's name, or the one of a kind of it
    SqlType type;

    friend bool operator==(const TypeVariant&, const TypeVariant&) = default;
};

/// The rest of a type. Empty texts and zeros: not said.
struct TypeDetails {
    SqlType item{};                       ///< of an array, or what a range ranges over
    int dimensions = 0;                   ///< of an array; 0: one, or as many as its values have
    bool is_unsigned = false;             ///< a number without sign
    bool zerofill = false;                ///< a number shown with leading zeros
    bool binary = false;                  ///< text that is compared byte by byte
    std::string charset{};                ///< of text
    std::string collation{};              ///< of text
    std::string fields{};                 ///< of an interval: `YEAR TO MONTH`
    std::vector<std::string> words{};     ///< what a set may hold
    std::string type_name{};              ///< of an enumeration, where it is a type of its own; else the C++ one's
    std::string type_schema{};            ///< where that type lives
    bool native = true;                   ///< false: text and no type of its own, also where there could be one
    bool create_constraint = false;       ///< a CHECK where the database has no such type
    std::string constraint_name{};        ///< of that CHECK
    std::string only_on{};                ///< the one database that has the type
    std::vector<TypeVariant> variants{};  ///< at most one for each dialect

    friend bool operator==(const TypeDetails&, const TypeDetails&) = default;
};

/// The one object that is equal to `details`; it lives as long as the program. From any thread.
[[nodiscard]] const TypeDetails* intern_details(TypeDetails details);
/// A copy of the text that lives as long as the program, for `SqlType::name`. Equal texts are one object.
[[nodiscard]] const char* intern_text(std::string_view text);
/// The enumeration of these words, in their order, with the values 0, 1, 2, …; it lives as long as the program.
[[nodiscard]] const EnumNames* intern_words(std::string_view type_name, const std::vector<std::string>& words);

/// The details of a type; those of none for a type without.
[[nodiscard]] const TypeDetails& details_of(const SqlType& type) noexcept;
/// The type with details changed by `change(TypeDetails&)`.
template <class Change>
[[nodiscard]] SqlType with_details(SqlType type, Change change) {
    TypeDetails details = details_of(type);
    change(details);
    type.details = intern_details(std::move(details));
    return type;
}

/// The written type of a column whose C++ type has the type `inferred`: a generic type of times that says nothing of
/// digits keeps those that its C++ type has, where the database asks.
[[nodiscard]] SqlType settled_type(SqlType written, const SqlType& inferred) noexcept;

/// The type that this one is on a database: its variant for `flavour`, else the one for `dialect`, else itself.
[[nodiscard]] SqlType type_on(const SqlType& type, std::string_view dialect, std::string_view flavour = {});

}  // namespace aludel
