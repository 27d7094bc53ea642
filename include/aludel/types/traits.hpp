#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "aludel/types/cell.hpp"
#include "aludel/types/decode.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/sql_type.hpp"
#include "aludel/types/value.hpp"

namespace aludel {

/// How a C++ type is kept in a database. Specialised here for numbers, strings, enumerations and `std::optional`, and
/// beside their classes for Bytes, dates, Decimal, Uuid and Json. For a type of your own write a `TypeDecorator`.
///
/// A specialisation has
///  - `static constexpr bool supported = true`, and `nullable`: whether it has a place for NULL;
///  - `static SqlType sql_type()`: the type of a column that says nothing else;
///  - `static Value encode(const T&)`: throws DataError or LookupError for a value that no database can keep;
///  - `static T decode(const Cell&, const DecodeContext&)`: strict. Nothing is truncated, rounded or guessed; what does
///    not fit is a DataError that names the column.
template <class T>
struct SqlTraits {
    static constexpr bool supported = false;
};

/// A type of your own, kept as another one:
/// `template <> struct aludel::TypeDecorator<Money> { using impl = std::int64_t;`
/// `    static impl process_bind_param(const Money&); static Money process_result_value(const impl&); };`
/// NULL is handled by `std::optional<Money>`. `static constexpr auto type = Numeric(10, 2)` names another column type.
template <class T>
struct TypeDecorator;

/// The C++ types that columns, parameters and results can have.
template <class T>
concept Storable = SqlTraits<T>::supported;

/// What stands for a value of another type in expressions, as a mapped attribute stands for its value, says so by a
/// specialisation with `type` and `static const type& get(const U&)`.
template <class U>
struct PlainValue {
    using type = U;
    static const U& get(const U& value) noexcept { return value; }
};

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct WithoutOptional {
    using type = T;
};
template <class T>
struct WithoutOptional<std::optional<T>> {
    using type = T;
};

template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                    std::same_as<T, char16_t> || std::same_as<T, char32_t>;
template <class T>
concept IntegerNumber = std::integral<T> && !std::same_as<T, bool> && !Character<T>;
template <class T>
concept FloatNumber = std::same_as<T, float> || std::same_as<T, double>;
template <class T>
concept Number = IntegerNumber<T> || FloatNumber<T>;

template <class T>
concept Decorated = requires { typename TypeDecorator<T>::impl; };

template <class T>
constexpr const char* integer_name() noexcept {
    constexpr bool is_signed = std::is_signed_v<T>;
    switch (sizeof(T)) {
        case 1: return is_signed ? "std::int8_t" : "std::uint8_t";
        case 2: return is_signed ? "std::int16_t" : "std::uint16_t";
        case 4: return is_signed ? "int" : "unsigned";
        default: return is_signed ? "std::int64_t" : "std::uint64_t";
    }
}

template <class T>
inline constexpr IntegerLimits integer_limits{static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                                              static_cast<std::uint64_t>(std::numeric_limits<T>::max()),
                                              integer_name<T>()};

/// Compares as a SQL integer: also what only an unsigned column holds.
template <IntegerNumber T>
constexpr TypeKind integer_kind() noexcept {
    constexpr int bits = std::numeric_limits<T>::digits;
    return bits <= 15 ? TypeKind::small_integer : bits <= 31 ? TypeKind::integer : TypeKind::big_integer;
}

}  // namespace detail

/// `T`, or the `T` of a `std::optional<T>`.
template <class T>
using without_optional_t = typename detail::WithoutOptional<T>::type;

template <>
struct SqlTraits<bool> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::boolean}; }
    static Value encode(bool value) noexcept { return Value::of(value); }
    static bool decode(const Cell& cell, const DecodeContext& context) {
        if (cell.kind == ValueKind::boolean) return cell.integer != 0;
        return detail::decode_bool_slowly(cell, context);
    }
};

template <detail::IntegerNumber T>
struct SqlTraits<T> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = detail::integer_kind<T>()}; }
    static Value encode(T value) noexcept {
        if constexpr (sizeof(T) < sizeof(int))
            return Value::of(static_cast<int>(value));
        else
            return Value::of(value);
    }
    static T decode(const Cell& cell, const DecodeContext& context) {
        if (cell.kind == ValueKind::integer && std::in_range<T>(cell.integer)) [[likely]]
            return static_cast<T>(cell.integer);
        return static_cast<T>(detail::decode_integer_slowly(cell, context, detail::integer_limits<T>));
    }
};

template <>
struct SqlTraits<double> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::double_}; }
    static Value encode(double value) noexcept { return Value::of(value); }
    static double decode(const Cell& cell, const DecodeContext& context) {
        if (cell.kind == ValueKind::real) [[likely]]
            return cell.real;
        return detail::decode_double_slowly(cell, context);
    }
};

template <>
struct SqlTraits<float> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::float_}; }
    static Value encode(float value) noexcept { return Value::of(static_cast<double>(value)); }
    static float decode(const Cell& cell, const DecodeContext& context) { return detail::decode_float(cell, context); }
};

/// Text in UTF-8. aludel does not look into it: what the database hands out is what was stored, zero bytes included.
template <>
struct SqlTraits<std::string> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::string, .inferred = true}; }
    static Value encode(std::string value) noexcept { return Value::text(std::move(value)); }
    static std::string decode(const Cell& cell, const DecodeContext& context) {
        if (cell.kind == ValueKind::text) [[likely]]
            return std::string(cell.data, cell.size);
        detail::throw_wrong_kind(cell, context, "text");
    }
};

/// Kept by the enumerator's name, as SQLAlchemy does.
template <class E>
    requires(std::is_enum_v<E> && !detail::Decorated<E>)
struct SqlTraits<E> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static SqlType sql_type() {
        const EnumNames& names = enum_names<E>();
        return {.kind = TypeKind::enum_, .length = names.longest(), .names = &names};
    }
    static Value encode(E value) { return Value::text(enum_names<E>().name_of(static_cast<std::int64_t>(value))); }
    static E decode(const Cell& cell, const DecodeContext& context) {
        return static_cast<E>(enum_names<E>().decode(cell, context));
    }
};

template <class T>
    requires detail::Decorated<T>
struct SqlTraits<T> {
    using Decorator = TypeDecorator<T>;
    using Impl = typename Decorator::impl;
    static_assert(Storable<Impl>, "aludel: `impl` of a TypeDecorator must be a type that aludel can store");

    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static SqlType sql_type() {
        if constexpr (requires { Decorator::type.sql_type(); })
            return Decorator::type.sql_type();
        else
            return SqlTraits<Impl>::sql_type();
    }
    static Value encode(const T& value) { return SqlTraits<Impl>::encode(Decorator::process_bind_param(value)); }
    static T decode(const Cell& cell, const DecodeContext& context) {
        return Decorator::process_result_value(SqlTraits<Impl>::decode(cell, context));
    }
};

/// NULL is `std::nullopt`.
template <class T>
    requires Storable<T>
struct SqlTraits<std::optional<T>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = true;
    static constexpr SqlType sql_type() { return SqlTraits<T>::sql_type(); }
    static Value encode(const std::optional<T>& value) { return value ? SqlTraits<T>::encode(*value) : Value::null(); }
    static std::optional<T> decode(const Cell& cell, const DecodeContext& context) {
        if (cell.kind == ValueKind::null) return std::nullopt;
        return SqlTraits<T>::decode(cell, context);
    }
};

namespace detail {

template <class U>
struct LiteralType {
    using type = typename PlainValue<U>::type;
};
template <class U>
    requires(std::is_convertible_v<const U&, std::string_view> && !std::same_as<U, std::string> &&
             !std::same_as<U, std::nullptr_t>)
struct LiteralType<U> {
    using type = std::string;
};

}  // namespace detail

/// The type under which a C++ value enters an expression: `std::string` for literals and views, the value's own for
/// what stands for one.
template <class U>
using literal_type_t = typename detail::LiteralType<std::remove_cvref_t<std::decay_t<U>>>::type;

namespace detail {

/// `T` and `P` without optional; `P` a literal type.
template <class T, class P>
constexpr bool assignable_plain() noexcept {
    if constexpr (std::same_as<T, P>)
        return true;
    else if constexpr (IntegerNumber<T>)
        return IntegerNumber<P>;
    else if constexpr (FloatNumber<T>)
        return Number<P>;
    else if constexpr (std::same_as<T, bool> || std::is_enum_v<T> || std::same_as<T, std::string>)
        return false;
    else
        return std::is_convertible_v<const P&, T>;
}

template <class T, class U>
constexpr bool assignable_value() noexcept {
    using P = literal_type_t<U>;
    if constexpr (std::same_as<P, std::nullopt_t> || std::same_as<P, std::nullptr_t>)
        return is_optional<T>;
    else
        return (is_optional<T> || !is_optional<P>) && assignable_plain<without_optional_t<T>, without_optional_t<P>>();
}

template <class T, class U>
constexpr bool comparable_values() noexcept {
    using A = without_optional_t<T>;
    using B = without_optional_t<literal_type_t<U>>;
    return (Number<A> && Number<B>) || assignable_plain<A, B>() || assignable_plain<B, A>();
}

}  // namespace detail

/// Whether a column of type `T` may be set to a `U`: the same type, a smaller number, what converts without loss.
template <class T, class U>
inline constexpr bool assignable = detail::assignable_value<T, U>();

/// Whether a column of type `T` may be compared with a `U`: what is assignable either way, and any two numbers. NULL is
/// none of this: see `is_()`.
template <class T, class U>
inline constexpr bool comparable = detail::comparable_values<T, U>();

namespace detail {

/// The literal type's value of `value`.
template <class U>
decltype(auto) plain_value(const U& value) {
    if constexpr (std::is_convertible_v<const U&, std::string_view> && !std::same_as<U, std::string>)
        return std::string(std::string_view(value));
    else
        return PlainValue<U>::get(value);
}

}  // namespace detail

/// The value that is bound when a `U` meets a column of type `T` in a comparison. Numbers keep their own type, so that
/// a comparison with what the column cannot hold is false instead of an error.
template <class T, class U>
Value encode_as(const U& value) {
    using P = literal_type_t<U>;
    using A = without_optional_t<T>;
    if constexpr (std::same_as<P, std::nullopt_t> || std::same_as<P, std::nullptr_t>) {
        return Value::null();
    } else if constexpr (detail::is_optional<P>) {
        const P& plain = detail::plain_value(value);
        return plain ? encode_as<A>(*plain) : Value::null();
    } else if constexpr (std::same_as<A, float> && std::same_as<P, double>) {
        return SqlTraits<float>::encode(detail::narrow_to_float(detail::plain_value(value)));
    } else if constexpr (std::same_as<A, P> || (detail::Number<A> && detail::Number<P>) ||
                         !detail::assignable_plain<A, P>()) {
        return SqlTraits<P>::encode(detail::plain_value(value));
    } else {
        return SqlTraits<A>::encode(static_cast<A>(detail::plain_value(value)));
    }
}

/// The value that is bound when a column of type `T` is set to a `U`: as `encode_as`, and DataError for an integer that
/// `T` does not hold.
template <class T, class U>
Value encode_assigned(const U& value) {
    using P = literal_type_t<U>;
    using A = without_optional_t<T>;
    if constexpr (detail::IntegerNumber<A> && detail::IntegerNumber<P>) {
        const P plain = detail::plain_value(value);
        if (!std::in_range<A>(plain))
            detail::throw_not_encodable(Value::of(plain).repr(), detail::integer_limits<A>.type);
    }
    return encode_as<T>(value);
}

}  // namespace aludel
