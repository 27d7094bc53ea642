// What creating and dropping tables needs from a database. The engine implements it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel {

class Dialect;

/// A connection inside a transaction, as far as the schema needs one.
class SchemaExecutor {
  public:
    virtual ~SchemaExecutor() = default;
    virtual const Dialect& dialect() const = 0;
    /// Executes one statement of the data definition language.
    virtual void execute(std::string_view ddl) = 0;
    /// Executes a query without parameters and says whether it has a row.
    virtual bool has_row(std::string_view query) = 0;
    /// Executes a query without parameters and gives all its rows as text: numbers in decimal, booleans as 0 and 1,
    /// NULL as nothing.
    virtual std::vector<std::vector<std::optional<std::string>>> rows(std::string_view query) = 0;
};

/// An engine or a connection: something that tables can be created in.
class SchemaTarget {
  public:
    using Work = std::function<void(SchemaExecutor&)>;

    virtual ~SchemaTarget() = default;
    /// Runs `work` in a transaction: an engine takes a connection, begins, and commits at the end, or rolls back and
    /// lets the exception through; a connection works in the transaction it is in.
    virtual void run_schema(const Work& work) const = 0;
};

}  // namespace aludel
