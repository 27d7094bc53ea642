#pragma once
// The nodes of SQL expressions and statements: immutable trees, shared freely between threads.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/base/ref.hpp>
#include <aludel/sql/expr/operator.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/value.hpp>

namespace aludel {

class TableInfo;
class ColumnInfo;

enum class NodeKind : std::uint8_t {
    // expressions
    column,
    bind,
    null,
    true_,
    false_,
    text,
    literal_column,
    unary,
    binary,
    list,
    tuple,
    function,
    cast,
    extract,
    case_,
    label,
    label_reference,
    over,
    filter,
    within_group,
    array,
    slice,
    ordered_argument,
    excluded,
    scalar_select,
    // what rows come from
    table,
    alias,
    subquery,
    cte,
    join,
    row_source,
    // statements
    select,
    compound,
    insert,
    update,
    delete_,
};

class SqlNode;
/// A counted reference to a node; null where a clause is missing.
using NodeRef = Ref<const SqlNode>;

/// One node of an expression or a statement.
///
/// A node never changes. Its structural hash does not depend on the values of binds, nor on which anonymous alias is
/// meant, so that two runs of the same query have the same hash whatever values they carry.
class SqlNode : public RefCounted {
  public:
    NodeKind kind() const noexcept { return kind_; }
    Operator op() const noexcept { return op_; }
    const SqlType& type() const noexcept { return type_; }
    std::uint64_t structural_hash() const noexcept { return hash_; }
    /// The operands in their canonical order. Missing ones are null.
    std::span<const NodeRef> children() const noexcept { return children_; }
    /// There are bind parameters in this tree.
    bool has_binds() const noexcept { return has_binds_; }
    /// There are nodes in this tree whose identity matters (anonymous aliases, labels), so that equality is a
    /// bijection.
    bool has_identity() const noexcept { return has_identity_; }
    /// There are bind parameters in this tree whose value is read when the statement runs.
    bool has_late_values() const noexcept { return has_late_values_; }
    /// What NOT of this expression is, where that is another expression; null: nothing special.
    virtual NodeRef own_negation() const;
    /// Equal apart from kind, operator, type and children, which the caller compares.
    virtual bool same_local(const SqlNode& other) const noexcept;

  protected:
    SqlNode(NodeKind kind, Operator op, const SqlType& type) noexcept : type_(type), kind_(kind), op_(op) {}
    /// The last step of every constructor: names the children and computes the hash from them and `local_hash`.
    void seal(const NodeRef* children, std::size_t count, std::uint64_t local_hash) noexcept;
    void mark_binds() noexcept { has_binds_ = true; }
    void mark_identity() noexcept { has_identity_ = true; }
    void mark_late_values() noexcept { has_late_values_ = true; }

  private:
    SqlType type_;
    std::span<const NodeRef> children_;
    std::uint64_t hash_ = 0;
    NodeKind kind_;
    Operator op_;
    bool has_binds_ = false;
    bool has_identity_ = false;
    bool has_late_values_ = false;
};

/// One end of a window's frame.
struct FrameBound {
    enum class Kind : std::uint8_t { unbounded, current_row, offset } kind = Kind::unbounded;
    std::int64_t offset = 0;  ///< negative: before the current row
    bool operator==(const FrameBound&) const = default;
};

/// The frame of a window: ROWS or RANGE BETWEEN start AND end.
struct WindowFrame {
    enum class Unit : std::uint8_t { none, rows, range } unit = Unit::none;
    FrameBound start, end;
    bool operator==(const WindowFrame&) const = default;
};

/// Words that stand in a statement as they are, on every dialect or on one.
struct StatementWords {
    std::string text;
    std::string dialect;  ///< empty: on every one
    bool operator==(const StatementWords&) const = default;
};

/// A column that a FROM element names itself.
struct SourceColumn {
    std::string name;
    SqlType type;
    bool operator==(const SourceColumn&) const = default;
};

/// Rows that come from no table: VALUES with its cells, row by row, or the call of a function.
struct RowSourceDraft {
    std::string name;  ///< empty: made by the compiler
    std::vector<SourceColumn> columns;
    std::vector<NodeRef> cells;  ///< of VALUES
    NodeRef function;            ///< null: VALUES
    bool with_ordinality = false;
    bool lateral = false;
    bool names_columns = false;  ///< `AS name(a, b)`; VALUES always does
    bool types_columns = false;  ///< `AS name(a INTEGER, b VARCHAR)`
};

/// The node of a table's column; it keeps the table alive.
NodeRef column_node(const ColumnInfo& column);
/// A table's FROM element.
NodeRef table_node(const TableInfo& table);
/// The column `info` of `from`, an alias of its table.
NodeRef column_of(const NodeRef& from, const ColumnInfo& info);
/// The column called `name` of an alias or a subquery. InvalidRequestError when there is none.
NodeRef column_of(const NodeRef& from, std::string_view name);
/// The column of the subquery `from` that stands for `source`, one of the expressions that it selects (a column of a
/// table matches whichever node says so). InvalidRequestError when the subquery does not select it.
NodeRef column_standing_for(const NodeRef& from, const SqlNode& source);

}  // namespace aludel
