#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "aludel/base/fixed_string.hpp"

namespace aludel {

class EnumNames;

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
    custom,  ///< known by its name only
};

/// The description of a column's type at run time: what DDL, CAST and the conversion of parameters look at.
struct SqlType {
    TypeKind kind = TypeKind::null;
    bool timezone = false;  ///< an instant, kept as UTC
    int length = 0;         ///< 0: none given
    int precision = 0;      ///< 0: none given
    int scale = 0;
    const EnumNames* names = nullptr;  ///< the enumerators of enum_
    /// The type's own name when it is rendered as it is on every database: of the upper-case types (`"TEXT"`) and of
    /// custom ones; null for the generic types, which each dialect names. It lives as long as the program.
    const char* name = nullptr;

    [[nodiscard]] constexpr bool verbatim() const noexcept { return name != nullptr; }
    [[nodiscard]] constexpr std::string_view name_view() const noexcept {
        return name ? std::string_view(name) : std::string_view();
    }

    friend constexpr bool operator==(const SqlType& a, const SqlType& b) noexcept {
        return a.kind == b.kind && a.timezone == b.timezone && a.length == b.length && a.precision == b.precision &&
               a.scale == b.scale && a.names == b.names && a.name_view() == b.name_view();
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

/// A type without parameters.
template <TypeKind Kind, FixedString Name = "">
struct PlainType {
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .name = detail::verbatim_name<Name>()};
    }
};

/// A type that may take a length: `String`, `String(50)`.
template <TypeKind Kind, FixedString Name = "">
struct LengthType {
    int length = 0;

    constexpr LengthType operator()(int characters) const noexcept { return {characters}; }
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .length = length, .name = detail::verbatim_name<Name>()};
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
};

struct Timezone {};
/// `DateTime(with_timezone)`: an instant; PostgreSQL has a type for it, elsewhere it is kept as UTC.
inline constexpr Timezone with_timezone{};

/// A type that may know its time zone: `DateTime`, `DateTime(with_timezone)`.
template <TypeKind Kind, FixedString Name = "">
struct ZonedType {
    bool timezone = false;

    constexpr ZonedType operator()(Timezone) const noexcept { return {true}; }
    [[nodiscard]] constexpr SqlType sql_type() const noexcept {
        return {.kind = Kind, .timezone = timezone, .name = detail::verbatim_name<Name>()};
    }
};

// The generic types: each database has its name for them.
inline constexpr PlainType<TypeKind::small_integer> SmallInteger{};
inline constexpr PlainType<TypeKind::integer> Integer{};
inline constexpr PlainType<TypeKind::big_integer> BigInteger{};
inline constexpr PlainType<TypeKind::boolean> Boolean{};
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

/// A type that only one database has, by its name: `custom_type<"tsvector">`.
template <FixedString Name>
inline constexpr PlainType<TypeKind::custom, Name> custom_type{};

}  // namespace aludel
