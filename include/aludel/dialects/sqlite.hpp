#pragma once
// What only SQLite has: options of tables, columns and indexes. The other databases pass over them.
#include <aludel/sql/schema/dialect_options.hpp>

namespace aludel {

// ---- tables

/// The key of a deleted row is never given again: AUTOINCREMENT. Of a table with a single integer key.
inline constexpr DialectFlag<"sqlite", "autoincrement"> sqlite_autoincrement{};
/// `sqlite_with_rowid(false)`: a table WITHOUT ROWID, kept in the order of its primary key.
inline constexpr DialectFlag<"sqlite", "with_rowid"> sqlite_with_rowid{};
/// A STRICT table, whose columns take values of their type only; its types are INT, INTEGER, REAL, TEXT, BLOB, ANY.
/// SQLite 3.37 and later.
inline constexpr DialectFlag<"sqlite", "strict"> sqlite_strict{};

// ---- indexes

/// A partial index: `Index("ix", "x", sqlite_where(table.c("x") > 5))`.
template <class E>
[[nodiscard]] DialectOption sqlite_where(const E& condition) {
    return {.dialect = "sqlite", .name = "where", .sql = condition.node()};
}

// ---- conflicts: what a row that breaks a constraint does, "ROLLBACK", "ABORT", "FAIL", "IGNORE" or "REPLACE"

/// Of a constraint of the table.
template <std::size_t N>
consteval auto sqlite_on_conflict(const char (&action)[N]) {
    return DialectText<"sqlite", "on_conflict", N>{FixedString<N>(action)};
}
/// Of a column that is NOT NULL, the primary key, or unique.
template <std::size_t N>
consteval auto sqlite_on_conflict_not_null(const char (&action)[N]) {
    return DialectText<"sqlite", "on_conflict_not_null", N>{FixedString<N>(action)};
}
template <std::size_t N>
consteval auto sqlite_on_conflict_primary_key(const char (&action)[N]) {
    return DialectText<"sqlite", "on_conflict_primary_key", N>{FixedString<N>(action)};
}
template <std::size_t N>
consteval auto sqlite_on_conflict_unique(const char (&action)[N]) {
    return DialectText<"sqlite", "on_conflict_unique", N>{FixedString<N>(action)};
}

}  // namespace aludel
