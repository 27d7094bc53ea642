// Tables that are read from a live database instead of being written down.
#pragma once

#include <string>
#include <vector>

namespace aludel {

class SchemaTarget;

/// A table whose columns, keys, constraints and indexes are read from a database; `autoload_with(engine)` makes it.
struct AutoloadWith {
    const SchemaTarget* target = nullptr;
    /// Whether the tables that it refers to are read as well, and those that they refer to.
    bool resolve_fks = true;
};

/// In `Table{"users", metadata, autoload_with(engine)}`: reads the table when the Table is made. Columns that are given
/// beside it replace those of the same name, and stand behind the others when there is none.
///
/// Source: SQLAlchemy's `autoload_with`.
inline AutoloadWith autoload_with(const SchemaTarget& target, bool resolve_fks = true) {
    return {&target, resolve_fks};
}

/// What `MetaData::reflect` reads.
struct ReflectOptions {
    /// Empty: the connection's default schema.
    std::string schema{};
    /// The tables; empty: all. @see MetaData::reflect
    std::vector<std::string> only{};
    /// Views, too. They have no keys.
    bool views = false;
    /// Whether tables that are referred to but not asked for are read as well.
    bool resolve_fks = true;
};

}  // namespace aludel
