#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "aludel/base/fixed_string.hpp"

namespace aludel {

class EnumNames;
struct TypeDetails;

/// The family of a SQL type. Dialects render it; see `SqlType`.
enum class TypeKind : std::uint8_t {
    null,  ///< not known: takes the type of what it is compared with, or of its foreign key
    small_integer,
    integer,
    big_integer,
    boolean,
    string,  ///< VARCHAR(length)
    text,
    float_,
    double_,
    numeric,
    date,
    time,
    datetime,
    timestamp,
    interval,
    large_binary,
    uuid,
    json,
    enum_,
    array,       ///< of another type; see `TypeDetails::item`
    range,       ///< of another type
    multirange,  ///< of another type
    set,         ///< some of a list of words
    bit,         ///< a string of bits; `length` says how many
    custom,      ///< known by its name only
};

/// The description of a column's type at run time: what DDL, CAST and the conversion of parameters look at.
struct SqlType {
    TypeKind kind = TypeKind::null;
    bool timezone = false;  ///< an instant, kept as UTC
    bool inferred = false;  ///< taken from the C++ type, nobody wrote it; no part of what makes types equal
    int length = 0;         ///< 0: none given
    int precision = 0;      ///< 0: none given; of times: the digits behind the second
    int scale = 0;
    const EnumNames* names = nullptr;  ///< the enumerators of enum_
    /// The type's own name when it is rendered as it is on every database: of the upper-case types (`"TEXT"`) and of
    /// custom ones; null for the generic types, which each dialect names. It lives as long as the program.
    const char* name = nullptr;
    /// What only few types have; null for the others. Interned (`intern_details`): equal details are one object.
    const TypeDetails* details = nullptr;

    [[nodiscard]] constexpr bool verbatim() const noexcept { return name != nullptr; }
    [[nodiscard]] constexpr std::string_view name_view() const noexcept {
        return name ? std::string_view(name) : std::string_view();
    }

    friend constexpr bool operator==(const SqlType& a, const SqlType& b) noexcept {
        return a.kind == b.kind && a.timezone == b.timezone && a.length == b.length && a.precision == b.precision &&
               a.scale == b.scale && a.names == b.names && a.details == b.details && a.name_view() == b.name_view();
    }
    [[nodiscard]] std::size_t hash() const noexcept;

    [[nodiscard]] constexpr bool is_integer() const noexcept {
        return kind >= TypeKind::small_integer && kind <= TypeKind::big_integer;
    }
    [[nodiscard]] constexpr bool is_number() const noexcept {
        return is_integer() || (kind >= TypeKind::float_ && kind <= TypeKind::numeric);
    }
    [[nodiscard]] constexpr bool is_string() const noexcept {
        return kind == TypeKind::string || kind == TypeKind::text || kind == TypeKind::enum_;
    }
};

/// What users write as the type of a column, a cast or a bind: `Integer`, `String(50)`, `TIMESTAMP`.
template <class T>
concept SqlTypeObject = requires(const T& object) {
    { object.sql_type() } -> std::convertible_to<SqlType>;
};

namespace detail {

/// The name of an upper-case type, or null: the parameter object has static storage.
template <FixedString Name>
constexpr const char* verbatim_name() noexcept {
    return Name.size() == 0 ? nullptr : Name.data;
}

}  // namespace detail

namespace detail {

[[nodiscard]] SqlType add_variant(SqlType base, const SqlType& other, std::string_view dialect);
[[nodiscard]] SqlType add_collation(SqlType base, std::string_view collation);
[[nodiscard]] SqlType array_type(const SqlType& item, int dimensions);
[[nodiscard]] SqlType checked_boolean(std::string_view constraint_name);
/// The array whose items are arrays of this type.
[[nodiscard]] SqlType add_dimension(const SqlType& array);

}  // namespace detail

/// A type that is another one on one database; `with_variant` makes it.
template <class Base, class Other, std::size_t N>
struct VariantType {
    Base base;
    Other other;
    FixedString<N> dialect;

    [[nodiscard]] SqlType sql_type() const {
        return detail::add_variant(base.sql_type(), other.sql_type(), dialect.view());
    }
    template <class Third, std::size_t M>
    [[nodiscard]] consteval auto with_variant(Third third, const char (&name)[M]) const {
        return VariantType<VariantType, Third, M>{*this, third, FixedString<M>(name)};
    }
};

/// The collation of a text type; `collation("...")` makes it.
template <std::size_t N>
struct CollationOption {
    FixedString<N> name;
};
/// The collation of a text type: `String(50, collation("de_DE"))`.
template <std::size_t N>
consteval auto collation(const char (&name)[N]) {
    return CollationOption<N>{FixedString<N>(name)};
}

/// A text type with its collation.
template <class Base, std::size_t N>
struct CollatedType {
    Base base;
    FixedString<N> collation_name;

    [[nodiscard]] SqlType sql_type() const { return detail::add_collation(base.sql_type(), collation_name.view()); }
    template <class Other, std::size_t M>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&name)[M]) const {
        return VariantType<CollatedType, Other, M>{*this, other, FixedString<M>(name)};
    }
};

/// A type without parameters.
template <TypeKind Kind, FixedString Name = "">
struct PlainType {
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .name = detail::verbatim_name<Name>()};
    }
    /// This type, but `other` on the database of this name: `with_variant(Integer, "sqlite")`. The name of a database
    /// or of one of its kinds.
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<PlainType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};

/// A type that may take a length: `String`, `String(50)`.
template <TypeKind Kind, FixedString Name = "">
struct LengthType {
    int length = 0;

    constexpr LengthType operator()(int characters) const noexcept { return {characters}; }
    template <std::size_t N>
    constexpr auto operator()(int characters, CollationOption<N> collated) const noexcept {
        return CollatedType<LengthType, N>{{characters}, collated.name};
    }
    template <std::size_t N>
    constexpr auto operator()(CollationOption<N> collated) const noexcept {
        return CollatedType<LengthType, N>{{length}, collated.name};
    }
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .length = length, .name = detail::verbatim_name<Name>()};
    }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<LengthType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};

/// A type that may take precision and scale: `Numeric`, `Numeric(10, 2)`, `Float(24)`.
template <TypeKind Kind, FixedString Name = "">
struct PrecisionType {
    int precision = 0;
    int scale = 0;

    constexpr PrecisionType operator()(int digits, int decimals = 0) const noexcept { return {digits, decimals}; }
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .precision = precision, .scale = scale, .name = detail::verbatim_name<Name>()};
    }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<PrecisionType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};

struct Timezone {};
/// `DateTime(with_timezone)`: an instant; PostgreSQL has a type for it, elsewhere it is kept as UTC.
inline constexpr Timezone with_timezone{};

/// A type that may know its time zone and how many digits of the second it keeps, where the database asks:
/// `DateTime`, `DateTime(with_timezone)`, `DATETIME(6)`.
template <TypeKind Kind, FixedString Name = "">
struct ZonedType {
    bool timezone = false;
    int digits = 0;  ///< 0: not said

    constexpr ZonedType operator()(Timezone) const noexcept { return {true, digits}; }
    constexpr ZonedType operator()(int second_digits) const noexcept { return {timezone, second_digits}; }
    constexpr ZonedType operator()(int second_digits, Timezone) const noexcept { return {true, second_digits}; }
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .timezone = timezone, .precision = digits, .name = detail::verbatim_name<Name>()};
    }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<ZonedType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};

/// A CHECK that the values of a type belong to it, where the database has no such type; `create_constraint` makes it.
template <std::size_t N>
struct CreateConstraintOption {
    FixedString<N> constraint_name;

    void apply_to(auto& details) const {
        details.create_constraint = true;
        details.constraint_name = constraint_name.view();
    }
};
struct CreateConstraintMaker : CreateConstraintOption<1> {
    consteval CreateConstraintMaker() : CreateConstraintOption<1>{FixedString<1>("")} {}
    template <std::size_t N>
    consteval auto operator()(const char (&name)[N]) const {
        return CreateConstraintOption<N>{FixedString<N>(name)};
    }
};
/// Of `Boolean` and `Enum`: `Boolean(create_constraint)`, `Boolean(create_constraint("ck_active"))`.
inline constexpr CreateConstraintMaker create_constraint{};

/// Truth values with a CHECK: `Boolean(create_constraint)` makes it.
template <std::size_t N>
struct CheckedBoolean {
    CreateConstraintOption<N> check;

    [[nodiscard]] SqlType sql_type() const { return detail::checked_boolean(check.constraint_name.view()); }
    template <class Other, std::size_t M>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[M]) const {
        return VariantType<CheckedBoolean, Other, M>{*this, other, FixedString<M>(dialect)};
    }
};
/// The type of truth values.
struct BooleanType : PlainType<TypeKind::boolean> {
    template <std::size_t N>
    constexpr auto operator()(const CreateConstraintOption<N>& check) const noexcept {
        return CheckedBoolean<N>{check};
    }
};

// The generic types: each database has its name for them.
inline constexpr PlainType<TypeKind::small_integer> SmallInteger{};
inline constexpr PlainType<TypeKind::integer> Integer{};
inline constexpr PlainType<TypeKind::big_integer> BigInteger{};
inline constexpr BooleanType Boolean{};
inline constexpr LengthType<TypeKind::string> String{};
inline constexpr LengthType<TypeKind::string> Unicode{};
inline constexpr LengthType<TypeKind::text> Text{};
inline constexpr LengthType<TypeKind::text> UnicodeText{};
inline constexpr PrecisionType<TypeKind::float_> Float{};
inline constexpr PrecisionType<TypeKind::double_> Double{};
inline constexpr PrecisionType<TypeKind::numeric> Numeric{};
inline constexpr PlainType<TypeKind::date> Date{};
inline constexpr ZonedType<TypeKind::datetime> DateTime{};
inline constexpr PlainType<TypeKind::interval> Interval{};
inline constexpr LengthType<TypeKind::large_binary> LargeBinary{};
/// A time of day. Named in upper case because `Time` is the C++ type of its values.
inline constexpr ZonedType<TypeKind::time> TIME{};
/// Named in upper case because `Uuid` is the C++ type of its values.
inline constexpr PlainType<TypeKind::uuid> UUID{};
/// Named in upper case because `Json` is the C++ type of its values.
inline constexpr PlainType<TypeKind::json> JSON{};

// The upper-case types: rendered as they are on every database.
inline constexpr PlainType<TypeKind::small_integer, "SMALLINT"> SMALLINT{};
inline constexpr PlainType<TypeKind::integer, "INTEGER"> INTEGER{};
inline constexpr PlainType<TypeKind::big_integer, "BIGINT"> BIGINT{};
inline constexpr PlainType<TypeKind::boolean, "BOOLEAN"> BOOLEAN{};
inline constexpr LengthType<TypeKind::string, "VARCHAR"> VARCHAR{};
inline constexpr LengthType<TypeKind::string, "NVARCHAR"> NVARCHAR{};
inline constexpr LengthType<TypeKind::string, "CHAR"> CHAR{};
inline constexpr LengthType<TypeKind::text, "TEXT"> TEXT{};
inline constexpr LengthType<TypeKind::text, "CLOB"> CLOB{};
inline constexpr PrecisionType<TypeKind::float_, "FLOAT"> FLOAT{};
inline constexpr PrecisionType<TypeKind::float_, "REAL"> REAL{};
inline constexpr PrecisionType<TypeKind::double_, "DOUBLE"> DOUBLE{};
inline constexpr PrecisionType<TypeKind::numeric, "NUMERIC"> NUMERIC{};
inline constexpr PrecisionType<TypeKind::numeric, "DECIMAL"> DECIMAL{};
inline constexpr PlainType<TypeKind::date, "DATE"> DATE{};
inline constexpr ZonedType<TypeKind::datetime, "DATETIME"> DATETIME{};
inline constexpr ZonedType<TypeKind::timestamp, "TIMESTAMP"> TIMESTAMP{};
inline constexpr LengthType<TypeKind::large_binary, "BLOB"> BLOB{};
inline constexpr LengthType<TypeKind::large_binary, "BINARY"> BINARY{};
inline constexpr LengthType<TypeKind::large_binary, "VARBINARY"> VARBINARY{};

/// An array of another type; `ARRAY(Integer)` makes it.
template <class Item>
struct ArrayType {
    Item item;
    int dimensions = 0;

    [[nodiscard]] SqlType sql_type() const { return detail::array_type(item.sql_type(), dimensions); }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<ArrayType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};
struct ArrayMaker {
    template <SqlTypeObject Item>
    constexpr auto operator()(Item item, int dimensions = 0) const noexcept {
        return ArrayType<Item>{item, dimensions};
    }
};
/// An array, where the database has them: `ARRAY(Integer)`, `ARRAY(String(20), 2)` for one of arrays. Its C++ type is
/// `std::vector`.
inline constexpr ArrayMaker ARRAY{};

/// A type that only one database has, by its name: `custom_type<"tsvector">`.
template <FixedString Name>
inline constexpr PlainType<TypeKind::custom, Name> custom_type{};

}  // namespace aludel
