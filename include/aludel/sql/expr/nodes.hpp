#pragma once
// The kinds of nodes that expressions and FROM elements are made of. Programs build them through functions; who walks a
// tree includes this.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <aludel/sql/expr/node.hpp>

namespace aludel {

namespace detail {

/// `node` as the class that its kind says it is.
template <class Kind>
const Kind& as(const SqlNode& node) noexcept {
    return static_cast<const Kind&>(node);
}

}  // namespace detail

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
    BindNode(Value&& value, std::string&& seed, const SqlType& type);
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
    BinaryNode(Operator op, NodeRef left, NodeRef right, const SqlType& type, std::string&& text = {},
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

}  // namespace aludel
