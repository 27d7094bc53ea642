#pragma once
// What only PostgreSQL has: types, and options of tables, indexes and constraints. The other databases pass over the
// options; a type of PostgreSQL's is a CompileError there.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <aludel/dialects/vendor_type.hpp>
#include <aludel/sql/schema/dialect_options.hpp>
#include <aludel/types/array.hpp>
#include <aludel/types/range.hpp>

namespace aludel::postgresql {

template <TypeKind Kind, FixedString Name>
using Type = dialects::VendorType<"postgresql", Kind, Name>;

/// JSON in PostgreSQL's binary form, which has more operators and can be indexed. Its C++ type is `Json`.
inline constexpr Type<TypeKind::json, "JSONB"> JSONB{};
inline constexpr Type<TypeKind::large_binary, "BYTEA"> BYTEA{};
inline constexpr PlainType<TypeKind::double_, "DOUBLE PRECISION"> DOUBLE_PRECISION{};

// The C++ type of these is `std::string`, as PostgreSQL prints them.
inline constexpr Type<TypeKind::custom, "INET"> INET{};
inline constexpr Type<TypeKind::custom, "CIDR"> CIDR{};
inline constexpr Type<TypeKind::custom, "MACADDR"> MACADDR{};
inline constexpr Type<TypeKind::custom, "MACADDR8"> MACADDR8{};
/// Prints with the currency of the server's locale; Numeric is the better type for money.
inline constexpr Type<TypeKind::custom, "MONEY"> MONEY{};
inline constexpr Type<TypeKind::custom, "REGCLASS"> REGCLASS{};
inline constexpr Type<TypeKind::custom, "TSVECTOR"> TSVECTOR{};
inline constexpr Type<TypeKind::custom, "TSQUERY"> TSQUERY{};
/// Of the extension citext: text that compares without case.
inline constexpr Type<TypeKind::text, "CITEXT"> CITEXT{};
/// Of the extension hstore: keys with texts, `"a"=>"1", "b"=>NULL`.
inline constexpr Type<TypeKind::custom, "HSTORE"> HSTORE{};
/// `BIT(3)`: bits as text, "101".
inline constexpr Type<TypeKind::bit, "BIT"> BIT{};
inline constexpr Type<TypeKind::bit, "BIT VARYING"> BIT_VARYING{};
/// The number of an object of the database: std::int64_t.
inline constexpr Type<TypeKind::big_integer, "OID"> OID{};

// Ranges and several of them: `Range<T>` and `MultiRange<T>`.
inline constexpr Type<TypeKind::range, "INT4RANGE"> INT4RANGE{};
inline constexpr Type<TypeKind::range, "INT8RANGE"> INT8RANGE{};
inline constexpr Type<TypeKind::range, "NUMRANGE"> NUMRANGE{};
inline constexpr Type<TypeKind::range, "DATERANGE"> DATERANGE{};
inline constexpr Type<TypeKind::range, "TSRANGE"> TSRANGE{};
inline constexpr Type<TypeKind::range, "TSTZRANGE"> TSTZRANGE{};
inline constexpr Type<TypeKind::multirange, "INT4MULTIRANGE"> INT4MULTIRANGE{};
inline constexpr Type<TypeKind::multirange, "INT8MULTIRANGE"> INT8MULTIRANGE{};
inline constexpr Type<TypeKind::multirange, "NUMMULTIRANGE"> NUMMULTIRANGE{};
inline constexpr Type<TypeKind::multirange, "DATEMULTIRANGE"> DATEMULTIRANGE{};
inline constexpr Type<TypeKind::multirange, "TSMULTIRANGE"> TSMULTIRANGE{};
inline constexpr Type<TypeKind::multirange, "TSTZMULTIRANGE"> TSTZMULTIRANGE{};

/// `INTERVAL`, `INTERVAL(3)` for so many digits of the second, `INTERVAL("YEAR TO MONTH")`.
template <std::size_t N>
struct IntervalType {
    FixedString<N> fields;
    int precision = 0;

    [[nodiscard]] constexpr IntervalType operator()(int digits) const noexcept { return {fields, digits}; }
    template <std::size_t M>
    consteval auto operator()(const char (&named)[M]) const noexcept {
        return IntervalType<M>{FixedString<M>(named), precision};
    }
    [[nodiscard]] SqlType sql_type() const {
        const SqlType type{.kind = TypeKind::interval, .precision = precision, .name = "INTERVAL"};
        return dialects::detail::vendor_type(
            with_details(type, [this](TypeDetails& details) { details.fields = fields.view(); }), "postgresql");
    }
};
inline constexpr IntervalType<1> INTERVAL{FixedString<1>("")};

}  // namespace aludel::postgresql

namespace aludel {

namespace detail {

/// Names, as an option's parts.
[[nodiscard]] inline DialectOption postgresql_names(std::string_view option,
                                                    std::initializer_list<std::string_view> list) {
    DialectOption made{.dialect = "postgresql", .name = std::string(option)};
    for (const auto one : list) made.parts.emplace_back(one, "");
    return made;
}
using TextPairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;
[[nodiscard]] inline DialectOption postgresql_pairs(std::string_view option, TextPairs list) {
    DialectOption made{.dialect = "postgresql", .name = std::string(option)};
    for (const auto& [one, value] : list) made.parts.emplace_back(one, value);
    return made;
}

}  // namespace detail

// ---- indexes

/// CREATE INDEX CONCURRENTLY: without a lock on writers. Not inside of a transaction.
inline constexpr DialectFlag<"postgresql", "concurrently"> postgresql_concurrently{};
/// The kind of an index: "btree", "hash", "gist", "gin", "brin". Of a table: its access method.
template <std::size_t N>
consteval auto postgresql_using(const char (&method)[N]) {
    return DialectText<"postgresql", "using", N>{FixedString<N>(method)};
}
/// The class of operators of columns: `postgresql_ops({{"data", "jsonb_path_ops"}})`.
[[nodiscard]] inline DialectOption postgresql_ops(detail::TextPairs classes) {
    return detail::postgresql_pairs("ops", classes);
}
/// Columns that the index carries without ordering by them: `postgresql_include({"name"})`.
[[nodiscard]] inline DialectOption postgresql_include(std::initializer_list<std::string_view> columns) {
    return detail::postgresql_names("include", columns);
}
/// A partial index: `postgresql_where(table.c("x") > 5)`.
template <class E>
[[nodiscard]] DialectOption postgresql_where(const E& condition) {
    return {.dialect = "postgresql", .name = "where", .sql = condition.node()};
}
/// Storage parameters of an index or a table: `postgresql_with({{"fillfactor", "50"}})`.
[[nodiscard]] inline DialectOption postgresql_with(detail::TextPairs parameters) {
    return detail::postgresql_pairs("with", parameters);
}
/// Two NULLs are the same value, in a unique index or a UniqueConstraint. PostgreSQL 15 and later.
inline constexpr DialectFlag<"postgresql", "nulls_not_distinct"> postgresql_nulls_not_distinct{};

// ---- tables

/// Of a table or an index: where its files are.
template <std::size_t N>
consteval auto postgresql_tablespace(const char (&space)[N]) {
    return DialectText<"postgresql", "tablespace", N>{FixedString<N>(space)};
}
/// A table divided into partitions: `postgresql_partition_by("RANGE (created)")`. Raw SQL.
template <std::size_t N>
consteval auto postgresql_partition_by(const char (&rule)[N]) {
    return DialectText<"postgresql", "partition_by", N>{FixedString<N>(rule)};
}
/// The tables whose columns this one has as well: `postgresql_inherits({"parent"})`.
[[nodiscard]] inline DialectOption postgresql_inherits(std::initializer_list<std::string_view> parents) {
    return detail::postgresql_names("inherits", parents);
}
/// What a temporary table does at commit: "PRESERVE ROWS", "DELETE ROWS", "DROP".
template <std::size_t N>
consteval auto postgresql_on_commit(const char (&action)[N]) {
    return DialectText<"postgresql", "on_commit", N>{FixedString<N>(action)};
}
inline constexpr DialectFlag<"postgresql", "with_oids"> postgresql_with_oids{};

// ---- constraints

/// Of a foreign key or a CHECK: rows that exist are not looked at until VALIDATE CONSTRAINT.
inline constexpr DialectFlag<"postgresql", "not_valid"> postgresql_not_valid{};

}  // namespace aludel
