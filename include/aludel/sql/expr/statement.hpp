#pragma once
// The plain drafts that statements are made from.
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
    bool active = false;
    bool read = false;          ///< FOR SHARE: others may read the rows under a lock, too, but not change them
    bool key_share = false;     ///< a weaker lock, that leaves the rows' keys alone: FOR NO KEY UPDATE, FOR KEY SHARE
    bool nowait = false;        ///< an error instead of waiting for a row that is locked
    bool skip_locked = false;   ///< without the rows that are locked
    std::vector<NodeRef> of{};  ///< the tables whose rows are locked; empty: all
};

/// Words beside a table in FROM, such as an index to use.
struct TableHint {
    NodeRef from;
    StatementWords words;  ///< `%(name)s` stands for the table's name
};

/// What `cte` may say besides its name.
struct CteOptions {
    bool recursive = false;  ///< it reads itself: `select(…).cte("tree", {.recursive = true})`
};

/// What `fetch` may say besides the number of rows.
struct FetchOptions {
    bool with_ties = false;  ///< and those rows that are equal to the last one in the order
    bool percent = false;    ///< the number is a percentage of all rows
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
    std::vector<StatementWords> prefixes;         ///< words behind SELECT
    std::vector<StatementWords> suffixes;         ///< words at the end
    std::vector<StatementWords> statement_hints;  ///< words before the lock
    std::vector<TableHint> hints;
    std::vector<NodeRef> ctes;  ///< common table expressions that nothing in the statement names
    NodeRef limit, offset;
    NodeRef fetch;  ///< FETCH FIRST … ROWS, instead of a LIMIT
    bool with_ties = false;
    bool percent = false;
    RowLock lock;
    LabelStyle label_style = LabelStyle::disambiguate;
    bool distinct = false;
    bool auto_correlate = true;
};

enum class CompoundKind : std::uint8_t { union_, union_all, intersect, intersect_all, except, except_all };

/// The parts of a UNION, INTERSECT or EXCEPT.
struct CompoundDraft {
    CompoundKind kind = CompoundKind::union_;
    std::vector<NodeRef> selects;
    std::vector<NodeRef> group_by, order_by;
    NodeRef limit, offset;
};

/// What an INSERT does when the row is there already.
enum class UpsertKind : std::uint8_t {
    none,
    do_nothing,     ///< ON CONFLICT … DO NOTHING
    do_update,      ///< ON CONFLICT … DO UPDATE SET …
    duplicate_key,  ///< ON DUPLICATE KEY UPDATE …
};

/// The clause of an INSERT about rows that are there already.
struct UpsertDraft {
    UpsertKind kind = UpsertKind::none;
    std::string constraint;               ///< the name of the constraint that the row may hurt
    std::vector<NodeRef> index_elements;  ///< or the columns and expressions of its index
    NodeRef index_where;                  ///< of a partial index
    std::vector<const ColumnInfo*> columns;
    std::vector<NodeRef> values;  ///< one per column
    NodeRef where;                ///< which rows are updated
};

/// The parts of an INSERT.
struct InsertDraft {
    NodeRef table;
    std::vector<const ColumnInfo*> columns;
    /// Row after row, one node per column: binds (`parameter_for`), SQL expressions. Empty without `select`: DEFAULT
    /// VALUES.
    std::vector<NodeRef> values;
    NodeRef select;                          ///< INSERT … SELECT
    std::vector<NodeRef> returning;          ///< CompileError on dialects without it
    UpsertDraft upsert{};                    ///< CompileError on dialects without it
    std::vector<StatementWords> prefixes{};  ///< words behind INSERT
    std::vector<NodeRef> ctes{};
};

/// The parts of an UPDATE.
struct UpdateDraft {
    NodeRef table;
    std::vector<const ColumnInfo*> columns;  ///< written in the table's order, unless `ordered`
    std::vector<NodeRef> values;             ///< one per column
    std::vector<NodeRef> where;
    std::vector<NodeRef> returning;
    bool ordered = false;
    std::vector<StatementWords> prefixes{};  ///< words behind UPDATE
    std::int64_t limit = -1;  ///< at most so many rows; negative: all. CompileError on dialects without it
    bool only = false;        ///< not the tables that inherit from it; for dialects with inheritance
    std::vector<NodeRef> ctes{};
};

/// The parts of a DELETE.
struct DeleteDraft {
    NodeRef table;
    std::vector<NodeRef> where;
    std::vector<NodeRef> returning;
    std::vector<StatementWords> prefixes{};  ///< words behind DELETE
    std::int64_t limit = -1;                 ///< as in `UpdateDraft`
    bool only = false;                       ///< as in `UpdateDraft`
    std::vector<NodeRef> ctes{};
};

/// The statement of a draft. Errors in it (a join without a condition, …) are thrown here: ArgumentError,
/// InvalidRequestError.
NodeRef freeze(SelectDraft&& draft);
NodeRef freeze(const SelectDraft& draft);
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
/// The subquery that sees the FROM elements before it.
NodeRef lateral_of(NodeRef select, std::string name = {});
/// A recursive common table expression with its second part: `cte UNION other`. ArgumentError if `cte` is none.
NodeRef completed_cte(const NodeRef& cte, CompoundKind kind, NodeRef other);
/// The common table expression with words before or behind its parentheses. ArgumentError if `cte` is none.
NodeRef cte_with_words(const NodeRef& cte, StatementWords words, bool behind);
/// table AS name TABLESAMPLE sample [REPEATABLE (seed)].
NodeRef sample_of(NodeRef table, NodeRef sample, std::string name = {}, NodeRef seed = {});
/// Rows of values or of a function.
NodeRef row_source_of(RowSourceDraft draft);
/// `left JOIN right ON condition`; without condition it comes from the foreign keys: InvalidRequestError (the sentences
/// of NoForeignKeysError and AmbiguousForeignKeysError) if there is none or more than one.
NodeRef join_of(NodeRef left, NodeRef right, NodeRef on = {}, bool outer = false, bool full = false);

}  // namespace aludel
