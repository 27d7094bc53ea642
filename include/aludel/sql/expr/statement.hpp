#pragma once
// Statements as immutable nodes, and the plain drafts that they are made from.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <aludel/sql/expr/node.hpp>

namespace aludel {

/// How the columns of a SELECT are labelled.
enum class LabelStyle : std::uint8_t {
    disambiguate,  ///< bare names; the second `id` becomes `id_1`
    table_column,  ///< `users.id AS users_id`, as the ORM's queries do
    none,          ///< bare names, whatever happens
};

/// FOR UPDATE and its like; dialects without it leave it out.
struct RowLock {
    bool active = false, read = false, nowait = false, skip_locked = false;
    std::vector<NodeRef> of;
};

/// A step of `select().join(…)`: where it attaches is found when the draft is frozen.
struct JoinStep {
    NodeRef target;
    NodeRef on;  ///< null: from the foreign keys
    bool outer = false, full = false;
    NodeRef left;  ///< null: the FROM element that the condition or the foreign keys name
};

/// The parts of a SELECT. Fill it in, then `freeze` it; a draft may be frozen any number of times.
struct SelectDraft {
    /// Expressions, labels; a table, an alias or a subquery stands for all its columns, and so does a list node for its
    /// items.
    std::vector<NodeRef> columns;
    /// Tables, aliases, subqueries, joins beyond those that columns and criteria name.
    std::vector<NodeRef> from;
    std::vector<JoinStep> joins;
    std::vector<NodeRef> where;  ///< joined by AND
    std::vector<NodeRef> group_by;
    std::vector<NodeRef> having;  ///< joined by AND
    std::vector<NodeRef> order_by;
    std::vector<NodeRef> distinct_on;
    std::vector<NodeRef>
        correlate;  ///< FROM elements to take from the enclosing SELECT; empty with auto_correlate: all that fit
    std::vector<std::string> prefixes;  ///< words behind SELECT
    NodeRef limit, offset;
    RowLock lock;
    LabelStyle label_style = LabelStyle::disambiguate;
    bool distinct = false;
    bool auto_correlate = true;
};

/// SELECT.
class SelectNode final : public SqlNode {
  public:
    explicit SelectNode(SelectDraft draft);
    const SelectDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    SelectDraft parts_;
    std::vector<NodeRef> flat_;
    std::vector<std::uint32_t> sizes_;
};

enum class CompoundKind : std::uint8_t { union_, union_all, intersect, intersect_all, except, except_all };

/// The parts of a UNION, INTERSECT or EXCEPT.
struct CompoundDraft {
    CompoundKind kind = CompoundKind::union_;
    std::vector<NodeRef> selects;
    std::vector<NodeRef> group_by, order_by;
    NodeRef limit, offset;
};

/// SELECT … UNION SELECT …
class CompoundNode final : public SqlNode {
  public:
    explicit CompoundNode(CompoundDraft draft);
    const CompoundDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    CompoundDraft parts_;
    std::vector<NodeRef> flat_;
    std::vector<std::uint32_t> sizes_;
};

/// The parts of an INSERT.
struct InsertDraft {
    NodeRef table;
    std::vector<const ColumnInfo*> columns;
    /// Row after row, one node per column: binds (`parameter_for`), SQL expressions. Empty without `select`: DEFAULT
    /// VALUES.
    std::vector<NodeRef> values;
    NodeRef select;                  ///< INSERT … SELECT
    std::vector<NodeRef> returning;  ///< left out by dialects without it
};

class InsertNode final : public SqlNode {
  public:
    explicit InsertNode(InsertDraft draft);
    const InsertDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    InsertDraft parts_;
    std::vector<NodeRef> flat_;
    std::vector<std::uint32_t> sizes_;
};

/// The parts of an UPDATE.
struct UpdateDraft {
    NodeRef table;
    std::vector<const ColumnInfo*> columns;  ///< written in the table's order, unless `ordered`
    std::vector<NodeRef> values;             ///< one per column
    std::vector<NodeRef> where;
    std::vector<NodeRef> returning;
    bool ordered = false;
};

class UpdateNode final : public SqlNode {
  public:
    explicit UpdateNode(UpdateDraft draft);
    const UpdateDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    UpdateDraft parts_;
    std::vector<NodeRef> flat_;
    std::vector<std::uint32_t> sizes_;
};

/// The parts of a DELETE.
struct DeleteDraft {
    NodeRef table;
    std::vector<NodeRef> where;
    std::vector<NodeRef> returning;
};

class DeleteNode final : public SqlNode {
  public:
    explicit DeleteNode(DeleteDraft draft);
    const DeleteDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    DeleteDraft parts_;
    std::vector<NodeRef> flat_;
    std::vector<std::uint32_t> sizes_;
};

/// The statement of a draft. Errors in it (a join without a condition, …) are thrown here: ArgumentError,
/// InvalidRequestError.
NodeRef freeze(SelectDraft draft);
NodeRef freeze(CompoundDraft draft);
NodeRef freeze(InsertDraft draft);
NodeRef freeze(UpdateDraft draft);
NodeRef freeze(DeleteDraft draft);

/// A bind for a column of an INSERT or UPDATE with its value.
NodeRef parameter_for(const ColumnInfo& column, Value value);
/// The same without a value: it is given each time when the statement runs (executemany).
NodeRef parameter_for(const ColumnInfo& column);

/// Fresh FROM elements. An empty name is made by the compiler.
NodeRef alias_of(NodeRef table, std::string name = {});
NodeRef subquery_of(NodeRef select, std::string name = {});
NodeRef cte_of(NodeRef select, std::string name = {}, bool recursive = false);
/// `left JOIN right ON condition`; without condition it comes from the foreign keys: InvalidRequestError (the sentences
/// of NoForeignKeysError and AmbiguousForeignKeysError) if there is none or more than one.
NodeRef join_of(NodeRef left, NodeRef right, NodeRef on = {}, bool outer = false, bool full = false);

}  // namespace aludel
