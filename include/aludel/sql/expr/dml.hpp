#pragma once
// insert(table), update(table), delete_(table).
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <aludel/sql/expr/argument.hpp>
#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/sql/expr/select.hpp>

namespace aludel {

namespace detail {

/// A column, by node or by name, and what it is set to.
struct Setting {
    NodeRef column;
    std::string name;
    Operand value;
};

inline Setting setting(const Assignment& assignment) { return {assignment.column, {}, assignment.value}; }
template <FixedString Name, class V>
Setting setting(const Arg<Name, V>& argument) {
    if constexpr (is_expression<V>)
        return {{}, std::string(Name.view()), Operand(argument.value.node())};
    else
        return {{}, std::string(Name.view()), Operand(encode_as<literal_type_t<V>>(argument.value))};
}

}  // namespace detail

/// What a column is set to: an assignment (`x = 5`) or `"name"_a = value`.
class SetValue {
  public:
    SetValue(const Assignment& assignment)
        : setting_(detail::setting(assignment)) {}  // NOLINT(google-explicit-constructor): it stands for one
    template <FixedString Name, class V>
    SetValue(const Arg<Name, V>& argument)
        : setting_(detail::setting(argument)) {}  // NOLINT(google-explicit-constructor): it stands for one
    const detail::Setting& setting() const noexcept { return setting_; }

  private:
    detail::Setting setting_;
};

/// What an index is made of: a column by its name, or an expression.
class IndexElement {
  public:
    IndexElement(const char* column) : name_(column) {}  // NOLINT(google-explicit-constructor): it stands for one
    IndexElement(std::string column)
        : name_(std::move(column)) {}  // NOLINT(google-explicit-constructor): it stands for one
    template <class T>
    IndexElement(const ColumnExpr<T>& expression)
        : node_(expression.node()) {}  // NOLINT(google-explicit-constructor): it stands for one
    const std::string& name() const noexcept { return name_; }
    const NodeRef& node() const noexcept { return node_; }

  private:
    std::string name_;
    NodeRef node_;
};

/// Which rows an ON CONFLICT is about; with neither of the two, any row that the INSERT cannot write.
struct ConflictTarget {
    std::vector<IndexElement> index_elements{};  ///< the columns of a unique index
    Expr index_where{};                          ///< the condition of a partial index
    std::string constraint{};                    ///< or the name of a constraint
};

/// What ON CONFLICT DO UPDATE says.
struct ConflictUpdate {
    std::vector<IndexElement> index_elements{};  ///< the columns of a unique index
    Expr index_where{};                          ///< the condition of a partial index
    std::string constraint{};                    ///< or the name of a constraint
    std::vector<SetValue> set_{};  ///< what the row that is there is set to; `excluded(column)` is the new row's value
    Expr where{};                  ///< which rows are set; the others stay as they are
};

/// INSERT as a value. Columns that are left out take their insert defaults: SQL is written into the statement, values
/// are bound, functions of the program are called each time when the statement is executed.
class Insert : public TypedStatement<> {
  public:
    explicit Insert(const TableInfo& table);

    /// The values of the row: assignments or `"name"_a = value`. CompileError for a column that the table does not
    /// have.
    template <class... S>
    Insert values(const S&... settings) const {
        return with_values({detail::setting(settings)...}, false);
    }
    /// One more row of a multi-row INSERT, with the same columns as the first.
    template <class... S>
    Insert add_row(const S&... settings) const {
        return with_values({detail::setting(settings)...}, true);
    }
    /// INSERT … SELECT into these columns.
    template <class S>
    Insert from_select(std::vector<std::string> columns, const S& select) const {
        return with_select(std::move(columns), select.node());
    }
    /// RETURNING: the result has these columns of each new row. CompileError, when it is compiled, for a database that
    /// does not have it.
    template <class... E>
    Insert returning(const E&... expressions) const {
        Insert copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }
    /// ON CONFLICT DO NOTHING: rows that are there already are left out. CompileError, when it is compiled, on MySQL,
    /// which has `prefix_with("IGNORE")`.
    Insert on_conflict_do_nothing(const ConflictTarget& target = {}) const;
    /// ON CONFLICT DO UPDATE: rows that are there already are changed instead: `on_conflict_do_update({.index_elements
    /// =
    /// {"id"}, .set_ = {name = excluded(name)}})`. Written in the order of the table's columns. ArgumentError without
    /// `set_`, without target, or with both an index and a constraint; CompileError, when it is compiled, on MySQL.
    Insert on_conflict_do_update(const ConflictUpdate& update) const;
    /// ON DUPLICATE KEY UPDATE, which MySQL has for the same: `on_duplicate_key_update(x = inserted(x))`. Written in
    /// the order of the table's columns. CompileError, when it is compiled, on other databases.
    template <class... S>
    Insert on_duplicate_key_update(const S&... settings) const {
        return with_duplicate_key({detail::setting(settings)...}, false);
    }
    /// The same, written in the order given: each assignment sees those before it.
    template <class... S>
    Insert ordered_on_duplicate_key_update(const S&... settings) const {
        return with_duplicate_key({detail::setting(settings)...}, true);
    }
    /// Words behind INSERT, such as "IGNORE"; on every database, or only on `dialect`.
    Insert prefix_with(std::string words, std::string dialect = {}) const;
    /// WITH … in front, for a common table expression that nothing in the statement names.
    Insert add_cte(const FromElement& cte) const;
    /// As a common table expression, with the columns of `returning`; on databases that have it.
    FromElement cte(std::string name = {}) const { return FromElement(cte_of(node(), std::move(name))); }

    /// The statement. Without values: the defaults alone.
    NodeRef node() const;
    /// The statement for rows that are given when it runs, by these column names (executemany).
    NodeRef node_for(std::span<const std::string_view> parameters) const;
    /// The statement with all columns of the table as parameters: what it prints without values.
    NodeRef node_for_all() const;

  private:
    Insert with_values(std::vector<detail::Setting> settings, bool another_row) const;
    Insert with_duplicate_key(const std::vector<detail::Setting>& settings, bool ordered) const;
    Insert with_conflict(UpsertDraft upsert, const std::vector<IndexElement>& elements) const;
    UpsertDraft settings_of(UpsertKind kind, const std::vector<detail::Setting>& settings, bool ordered) const;
    InsertDraft draft() const;
    Insert with_select(std::vector<std::string> columns, NodeRef select) const;
    NodeRef build(std::vector<std::vector<detail::Setting>> rows) const;

    NodeRef table_;
    std::vector<std::vector<detail::Setting>> rows_;
    std::vector<std::string> select_columns_;
    NodeRef select_;
    std::vector<NodeRef> returning_, ctes_;
    UpsertDraft upsert_;
    std::vector<StatementWords> prefixes_;
};

/// UPDATE as a value. Columns with an onupdate default that are not set take it.
class Update : public TypedStatement<> {
  public:
    explicit Update(const TableInfo& table);

    /// What is set; written in the order of the table's columns.
    template <class... S>
    Update values(const S&... settings) const {
        return with_values({detail::setting(settings)...}, false);
    }
    /// The same, written in the order given.
    template <class... S>
    Update ordered_values(const S&... settings) const {
        return with_values({detail::setting(settings)...}, true);
    }
    /// WHERE: which rows; more criteria are joined by AND. Without any, the statement changes every row of the table.
    template <class... E>
    Update where(const E&... criteria) const {
        Update copy = *this;
        (copy.where_.push_back(detail::criterion(criteria)), ...);
        return copy;
    }
    /// RETURNING, on databases that have it (CompileError on others): the result has these columns of each row that was
    /// changed.
    template <class... E>
    Update returning(const E&... expressions) const {
        Update copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }
    /// Words behind UPDATE; on every database, or only on `dialect`.
    Update prefix_with(std::string words, std::string dialect = {}) const;
    /// At most so many rows, on databases with LIMIT in UPDATE (MySQL); CompileError, when it is compiled, on others.
    Update limit(std::int64_t rows) const;
    /// UPDATE ONLY: without the tables that inherit from it, where there are such.
    Update only() const;
    /// WITH … in front, for a common table expression that nothing in the statement names.
    Update add_cte(const FromElement& cte) const;
    /// As a common table expression, with the columns of `returning`; on databases that have it.
    FromElement cte(std::string name = {}) const { return FromElement(cte_of(node(), std::move(name))); }
    /// The statement as a node of the expression tree. CompileError, when it is compiled, for a column of another
    /// table.
    NodeRef node() const;
    /// The statement that sets these columns to what is given when it runs.
    NodeRef node_for(std::span<const std::string_view> parameters) const;

  private:
    Update with_values(std::vector<detail::Setting> settings, bool ordered) const;

    NodeRef table_;
    std::vector<detail::Setting> settings_;
    std::vector<NodeRef> where_, returning_, ctes_;
    std::vector<StatementWords> prefixes_;
    std::int64_t limit_ = -1;
    bool ordered_ = false;
    bool only_ = false;
};

/// DELETE as a value.
class Delete : public TypedStatement<> {
  public:
    explicit Delete(const TableInfo& table);

    /// WHERE: which rows; more criteria are joined by AND. Without any, the statement deletes every row of the table.
    template <class... E>
    Delete where(const E&... criteria) const {
        Delete copy = *this;
        (copy.where_.push_back(detail::criterion(criteria)), ...);
        return copy;
    }
    /// RETURNING, on databases that have it (CompileError on others): the result has these columns of each row that was
    /// deleted.
    template <class... E>
    Delete returning(const E&... expressions) const {
        Delete copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }
    /// Words behind DELETE; on every database, or only on `dialect`.
    Delete prefix_with(std::string words, std::string dialect = {}) const;
    /// At most so many rows, on databases with LIMIT in DELETE (MySQL); CompileError, when it is compiled, on others.
    Delete limit(std::int64_t rows) const;
    /// DELETE FROM ONLY: without the tables that inherit from it, where there are such.
    Delete only() const;
    /// WITH … in front, for a common table expression that nothing in the statement names.
    Delete add_cte(const FromElement& cte) const;
    /// As a common table expression, with the columns of `returning`; on databases that have it.
    FromElement cte(std::string name = {}) const { return FromElement(cte_of(node(), std::move(name))); }
    /// The statement as a node of the expression tree.
    NodeRef node() const;

  private:
    NodeRef table_;
    std::vector<NodeRef> where_, returning_, ctes_;
    std::vector<StatementWords> prefixes_;
    std::int64_t limit_ = -1;
    bool only_ = false;
};

/// INSERT INTO a table, or the table of a class: `insert(entity<User>).values("name"_a = "ed")`. Runs when it is
/// executed; the result tells the primary key of the new row.
template <class Table>
Insert insert(const Table& table) {
    return Insert(table.info());
}
/// UPDATE of a table, or of the table of a class: `update(entity<User>).where(…).values(…)`. Objects in memory are not
/// told; `Query::update` does that.
template <class Table>
Update update(const Table& table) {
    return Update(table.info());
}
/// DELETE FROM a table, or the table of a class: `delete_(entity<User>).where(…)`. Objects in memory are not told;
/// `Query::delete_` does that.
template <class Table>
Delete delete_(const Table& table) {
    return Delete(table.info());
}

}  // namespace aludel
