#pragma once
// A statement's text for one dialect, with what is needed to run it.
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel {

class Dialect;

/// One parameter of the text, in the order of the text.
struct BindSlot {
    static constexpr std::uint32_t no_bind = UINT32_MAX;
    std::uint32_t bind =
        0;  ///< index into the binds that `StatementCache::find` collected; `no_bind`: `constant` is the value
    std::uint32_t offset = 0;  ///< where its marker stands in `CompiledStatement::skeleton`
    std::string name;          ///< `name_1`; for columns of INSERT and UPDATE the column's name
    SqlType type;
    Value constant;
    std::size_t width = 0;  ///< not 0: the elements of an IN (`width` > 1: tuples)
    bool required = false;  ///< the value is given when the statement runs
    bool negated = false;   ///< the elements of a NOT IN
    bool assigned = false;  ///< a column is set to it
    std::string cast{};     ///< the type that each element of an IN says behind its marker; empty: none
};

/// One column of the rows that the statement returns.
struct ResultColumn {
    std::string name;
    SqlType type;
    NodeRef node;  ///< the expression that it comes from; null for textual SQL
};

enum class StatementKind : std::uint8_t { select, insert, update, delete_, text };

/// What the compiler made of a statement. Immutable; shared between threads.
class CompiledStatement : public RefCounted {
  public:
    StatementKind kind = StatementKind::select;
    const Dialect* dialect = nullptr;  ///< whose SQL it is
    /// What is sent, if nothing in it expands; else what is printed (`IN (__[POSTCOMPILE_name_1])`).
    std::string text;
    /// The text without parameter markers; filled only if something expands.
    std::string skeleton;
    std::vector<BindSlot> slots;
    std::vector<ResultColumn> columns;  ///< empty for statements without rows
    std::vector<std::string> warnings;  ///< what is rarely meant, found with `from_linting`
    bool expanding = false;
    bool returns_rows = false;
    std::chrono::steady_clock::time_point generated_at{};
    std::chrono::steady_clock::duration generation{};
};
using CompiledPtr = Ref<const CompiledStatement>;

struct CompileOptions {
    bool literal_binds = false;  ///< values as literals in the text; what has no literal form is a CompileError
    bool bare_columns = false;   ///< columns without their table: in CHECK, in indexes, in defaults
    bool from_linting = false;   ///< look for SELECTs of FROM elements that nothing joins: `warnings`
};

/// Renders a statement (or an expression alone). CompileError if the dialect cannot say it.
CompiledPtr compile(const NodeRef& statement, const Dialect& dialect, CompileOptions options = {});

/// The text of a statement or expression, with named parameters and standard SQL.
std::string to_string(const NodeRef& node);
std::string to_string(const NodeRef& node, const Dialect& dialect, CompileOptions options = {});

/// The values of a statement's parameters as `{name: value}` would list them: named parameters and their values, in
/// text order.
struct NamedValue {
    std::string name;
    Value value;
};
std::vector<NamedValue> parameters_of(const NodeRef& statement, const Dialect& dialect);

}  // namespace aludel
