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

/// A column of a table, an alias or a subquery; without FROM element it is a bare name.
class ColumnNode final : public SqlNode {
  public:
    /// A column of a table or of an alias of one. The FROM element keeps the column's table alive.
    ColumnNode(NodeRef from, const ColumnInfo& info);
    /// A named column of whatever `from` is (null: nothing).
    ColumnNode(NodeRef from, std::string name, const SqlType& type);
    /// The column of a subquery that stands for its item `source`; `anonymous`: its name is made by the compiler from
    /// `name`.
    ColumnNode(NodeRef from, NodeRef source, std::size_t position, std::string name, bool anonymous);

    const NodeRef& from() const noexcept { return from_; }
    /// What the subquery selects under this name; null for columns of tables.
    const NodeRef& source() const noexcept { return source_; }
    const ColumnInfo* info() const noexcept { return info_; }
    const std::string& name() const noexcept { return *name_; }
    bool anonymous() const noexcept { return anonymous_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    NodeRef from_, source_;
    const ColumnInfo* info_ = nullptr;
    std::size_t position_ = 0;
    std::string own_name_;
    const std::string* name_;
    bool anonymous_ = false;
};

/// Where the value of a bind comes from when it is not known before the statement runs.
class LateValue : public RefCounted {
  public:
    /// The value as it is now. Throws what says why there is none.
    virtual const Value& read() const = 0;
};

/// A value that travels beside the text.
class BindNode final : public SqlNode {
  public:
    /// `seed`: the first part of the generated name (`x` of `x_1`), usually the column that it is compared with.
    BindNode(Value value, std::string seed, const SqlType& type);
    struct Named {};
    /// A parameter with a name of its own; `required`: its value is given when the statement runs.
    BindNode(Named, std::string name, Value value, bool required, const SqlType& type);
    struct Expanding {};
    /// The elements of an IN; `width` > 1: tuples, whose parts follow each other.
    BindNode(Expanding, std::vector<Value> values, std::size_t width, std::string seed, const SqlType& type);
    struct Literal {};
    /// A value that stands in the text as a literal, and so is a part of the statement's structure.
    BindNode(Literal, Value value, const SqlType& type);
    struct Late {};
    /// The value is read from `source` each time the statement runs.
    BindNode(Late, Ref<const LateValue> source, std::string seed, const SqlType& type);

    /// Throws what a late value throws that cannot be read.
    const Value& value() const { return late_ ? late_->read() : value_; }
    bool is_late() const noexcept { return static_cast<bool>(late_); }
    const std::vector<Value>& values() const noexcept { return values_; }
    const std::string& key() const noexcept { return key_; }
    std::size_t width() const noexcept { return width_; }
    /// The compiler makes the name unique: `x_1`.
    bool unique() const noexcept { return unique_; }
    bool required() const noexcept { return required_; }
    bool literal() const noexcept { return literal_; }
    bool expanding() const noexcept { return width_ != 0; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    Value value_;
    std::vector<Value> values_;
    Ref<const LateValue> late_;
    std::string key_;
    std::size_t width_ = 0;
    bool unique_ = true;
    bool required_ = false;
    bool literal_ = false;
};

/// NULL, true, false.
class ConstantNode final : public SqlNode {
  public:
    explicit ConstantNode(NodeKind kind);
};

/// NOT x, -x, x DESC, DISTINCT x, EXISTS (…), x COLLATE name, ANY (x).
class UnaryNode final : public SqlNode {
  public:
    UnaryNode(Operator op, NodeRef element, const SqlType& type, std::string name = {});
    const NodeRef& element() const noexcept { return element_; }
    const std::string& name() const noexcept { return name_; }  ///< the collation
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    NodeRef element_;
    std::string name_;
};

/// left op right.
class BinaryNode final : public SqlNode {
  public:
    /// `text`: the operator's own text for `custom`, the escape character for the LIKE family, the flags of regular
    /// expressions, what follows the pattern of a full text search, SYMMETRIC.
    BinaryNode(Operator op, NodeRef left, NodeRef right, const SqlType& type, std::string text = {},
               int precedence = 0);
    const NodeRef& left() const noexcept { return operands_[0]; }
    const NodeRef& right() const noexcept { return operands_[1]; }
    const std::string& text() const noexcept { return text_; }
    int precedence() const noexcept { return precedence_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    NodeRef operands_[2];
    std::string text_;
    int precedence_;
};

/// a AND b AND c, a OR b, a list with commas; `tuple`: (a, b); `case_`: value, condition, result, …, else; `array`:
/// ARRAY[a, b]; `slice`: from:to; `ordered_argument`: a ORDER BY b, c; `within_group`: function WITHIN GROUP (ORDER BY
/// a, b); `excluded`: a column of the row that an INSERT could not write.
class ListNode : public SqlNode {
  public:
    ListNode(NodeKind kind, Operator op, std::vector<NodeRef> items, const SqlType& type);
    std::span<const NodeRef> items() const noexcept { return children(); }

  private:
    std::vector<NodeRef> items_;
};

/// A criterion whose opposite is not NOT of it: `contains(object)` over an association table.
class NegatableNode final : public ListNode {
  public:
    /// The items are joined by AND.
    NegatableNode(std::vector<NodeRef> items, NodeRef opposite);
    NodeRef own_negation() const override { return opposite_; }

  private:
    NodeRef opposite_;
};

/// name(arguments). `name` may hold dots.
class FunctionNode final : public SqlNode {
  public:
    FunctionNode(std::string name, std::vector<NodeRef> arguments, const SqlType& type);
    const std::string& name() const noexcept { return name_; }
    std::span<const NodeRef> arguments() const noexcept { return children(); }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    std::string name_;
    std::vector<NodeRef> arguments_;
};

/// A node with a name or a text and operands: text("…"), literal columns, EXTRACT(name FROM x), CAST (its type says to
/// what), a label, a reference to a label by its text.
class NamedNode final : public SqlNode {
  public:
    NamedNode(NodeKind kind, std::string name, std::vector<NodeRef> parts, const SqlType& type);
    const std::string& name() const noexcept { return name_; }
    const NodeRef& element() const noexcept { return children().front(); }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    std::string name_;
    std::vector<NodeRef> parts_;
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

/// function OVER (PARTITION BY … ORDER BY …).
class OverNode final : public SqlNode {
  public:
    OverNode(NodeRef function, std::vector<NodeRef> partition_by, std::vector<NodeRef> order_by, WindowFrame frame);
    const NodeRef& function() const noexcept { return children()[0]; }
    std::span<const NodeRef> partition_by() const noexcept;
    std::span<const NodeRef> order_by() const noexcept;
    const WindowFrame& frame() const noexcept { return frame_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    std::vector<NodeRef> parts_;
    std::size_t partitions_;
    WindowFrame frame_;
};

/// A table as a FROM element. Two nodes of one table mean the same FROM element.
class TableNode final : public SqlNode {
  public:
    explicit TableNode(const TableInfo& table);
    ~TableNode() override;
    const TableInfo& table() const noexcept { return *table_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    const TableInfo* table_;
    Ref<const RefCounted> owner_;
};

/// Words that stand in a statement as they are, on every dialect or on one.
struct StatementWords {
    std::string text;
    std::string dialect;  ///< empty: on every one
    bool operator==(const StatementWords&) const = default;
};

/// What an alias, a subquery or a common table expression is beyond its name.
struct AliasTraits {
    bool recursive = false;  ///< a common table expression that reads itself
    bool lateral = false;    ///< a subquery that sees the FROM elements before it
    NodeRef restates;        ///< the first part of a recursive common table expression, which this one completes
    NodeRef sample, seed;    ///< TABLESAMPLE sample REPEATABLE (seed)
    std::vector<StatementWords> prefixes, suffixes;  ///< around the parentheses of a common table expression
};

/// A FROM element under another name: an alias of a table, a subquery, a common table expression.
class AliasNode final : public SqlNode {
  public:
    /// An empty name is made by the compiler: `users_1`, `anon_1`.
    AliasNode(NodeKind kind, NodeRef element, std::string name, bool recursive = false);
    AliasNode(NodeKind kind, NodeRef element, std::string name, AliasTraits traits);
    const NodeRef& element() const noexcept { return parts_[0]; }
    const std::string& name() const noexcept { return name_; }
    bool recursive() const noexcept { return traits_.recursive; }
    const AliasTraits& traits() const noexcept { return traits_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    NodeRef parts_[4];
    std::string name_;
    AliasTraits traits_;
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

/// (VALUES (1, 'a'), (2, 'b')) AS name (x, y); function(…) AS name.
class RowSourceNode final : public SqlNode {
  public:
    explicit RowSourceNode(RowSourceDraft draft);
    const RowSourceDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    RowSourceDraft parts_;
    std::vector<NodeRef> flat_;
};

/// left JOIN right ON condition.
class JoinNode final : public SqlNode {
  public:
    JoinNode(NodeRef left, NodeRef right, NodeRef on, bool outer, bool full);
    const NodeRef& left() const noexcept { return parts_[0]; }
    const NodeRef& right() const noexcept { return parts_[1]; }
    const NodeRef& on() const noexcept { return parts_[2]; }
    bool outer() const noexcept { return outer_; }
    bool full() const noexcept { return full_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    NodeRef parts_[3];
    bool outer_, full_;
};

namespace detail {

/// `node` as the class that its kind says it is.
template <class Kind>
const Kind& as(const SqlNode& node) noexcept {
    return static_cast<const Kind&>(node);
}

}  // namespace detail

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
