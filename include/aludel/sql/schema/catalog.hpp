// How a dialect reads its database's catalogue. Users have `Inspector`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/schema/executor.hpp"
#include "aludel/sql/schema/reflection.hpp"

namespace aludel {

/// A schema and a name in it. An empty schema is the connection's default one.
struct QualifiedName {
    std::string_view schema{};
    std::string_view name{};
};

/// The queries that a database answers about itself, and what their answers mean. Each function sends a few queries
/// through the executor. A table that does not exist has empty answers: `Inspector` asks for it first.
///
/// Source: the reflection part of SQLAlchemy's dialects, whose results these are.
class Catalog {
  public:
    virtual ~Catalog() = default;

    virtual std::string default_schema(SchemaExecutor& database) const = 0;
    virtual std::vector<std::string> schema_names(SchemaExecutor& database) const = 0;
    // Sorted by name.
    virtual std::vector<std::string> table_names(SchemaExecutor& database, std::string_view schema) const = 0;
    virtual std::vector<std::string> view_names(SchemaExecutor& database, std::string_view schema) const = 0;
    virtual std::vector<std::string> temporary_table_names(SchemaExecutor& database) const = 0;
    virtual std::vector<std::string> temporary_view_names(SchemaExecutor& database) const = 0;
    /// Empty where the database has none.
    virtual std::vector<std::string> sequence_names(SchemaExecutor& database, std::string_view schema) const = 0;
    virtual std::optional<std::string> view_definition(SchemaExecutor& database, QualifiedName view) const = 0;

    /// In the order of the table. Views have columns, too.
    virtual std::vector<ReflectedColumn> columns(SchemaExecutor& database, QualifiedName table) const = 0;
    virtual ReflectedPrimaryKey primary_key(SchemaExecutor& database, QualifiedName table) const = 0;
    virtual std::vector<ReflectedForeignKey> foreign_keys(SchemaExecutor& database, QualifiedName table) const = 0;
    virtual std::vector<ReflectedUnique> unique_constraints(SchemaExecutor& database, QualifiedName table) const = 0;
    virtual std::vector<ReflectedCheck> check_constraints(SchemaExecutor& database, QualifiedName table) const = 0;
    virtual std::vector<ReflectedIndex> indexes(SchemaExecutor& database, QualifiedName table) const = 0;
    /// Nothing where the table has none, or the database keeps none.
    virtual std::optional<std::string> table_comment(SchemaExecutor& database, QualifiedName table) const = 0;
    /// What only this database knows of a table, as far as it is not as usual.
    virtual DialectOptions table_options(SchemaExecutor& database, QualifiedName table) const = 0;
};

}  // namespace aludel
