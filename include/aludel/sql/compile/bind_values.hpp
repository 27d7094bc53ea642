#pragma once
// From a compiled statement and its values to what is sent.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/types/cell.hpp>

namespace aludel {

/// What is sent: text and values as the database stores them. It views the values of the statement's tree, and keeps
/// what was given by name or had to be converted.
struct BoundStatement {
    std::string expanded;  ///< the text, where it is not the compiled one: with the elements of an IN, or rewritten
    std::vector<Cell> values;
    std::vector<Value> kept;  ///< what `values` view and nobody else owns
    NodeRef statement;        ///< keeps the tree
    /// Empties it; the memory stays.
    void clear() noexcept;
    std::string_view text(const CompiledStatement& compiled) const noexcept {
        return expanded.empty() ? std::string_view(compiled.text) : std::string_view(expanded);
    }
};

/// One value as the database stores it. DataError that names the parameter and the statement when it does not fit.
Value stored_value(const Value& value, const BindSlot& slot, const CompiledStatement& compiled, const Dialect& dialect);

/// A parameter without a value. @throws StatementError (cd3x)
[[noreturn]] void throw_missing_parameter(const BindSlot& slot, const CompiledStatement& compiled);

/// The values of a prepared statement's slots, through `Dialect::to_storage`, in place of what `bound` held.
/// `parameters` give or replace values by name. StatementError (cd3x) when a required one is missing; DataError when a
/// value does not fit.
void bind_values(const PreparedStatement& prepared, const Dialect& dialect, std::span<const ParameterValue> parameters,
                 BoundStatement& bound);
/// The same of a value for each slot, in their order; what needs no conversion is viewed where it is.
void bind_in_order(const PreparedStatement& prepared, const Dialect& dialect, std::span<const Cell> values,
                   BoundStatement& bound);
BoundStatement bind_values(const PreparedStatement& prepared, const Dialect& dialect,
                           std::span<const ParameterValue> parameters = {});

}  // namespace aludel
