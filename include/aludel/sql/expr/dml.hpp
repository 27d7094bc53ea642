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
    /// RETURNING, on databases that have it.
    template <class... E>
    Insert returning(const E&... expressions) const {
        Insert copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }

    /// The statement. Without values: the defaults alone.
    NodeRef node() const;
    /// The statement for rows that are given when it runs, by these column names (executemany).
    NodeRef node_for(std::span<const std::string_view> parameters) const;
    /// The statement with all columns of the table as parameters: what it prints without values.
    NodeRef node_for_all() const;

  private:
    Insert with_values(std::vector<detail::Setting> settings, bool another_row) const;
    Insert with_select(std::vector<std::string> columns, NodeRef select) const;
    NodeRef build(std::vector<std::vector<detail::Setting>> rows) const;

    NodeRef table_;
    std::vector<std::vector<detail::Setting>> rows_;
    std::vector<std::string> select_columns_;
    NodeRef select_;
    std::vector<NodeRef> returning_;
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
    /// RETURNING, on databases that have it: the result has these columns of each row that was changed.
    template <class... E>
    Update returning(const E&... expressions) const {
        Update copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }
    /// The statement as a node of the expression tree. CompileError, when it is compiled, for a column of another
    /// table.
    NodeRef node() const;
    /// The statement that sets these columns to what is given when it runs.
    NodeRef node_for(std::span<const std::string_view> parameters) const;

  private:
    Update with_values(std::vector<detail::Setting> settings, bool ordered) const;

    NodeRef table_;
    std::vector<detail::Setting> settings_;
    std::vector<NodeRef> where_, returning_;
    bool ordered_ = false;
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
    /// RETURNING, on databases that have it: the result has these columns of each row that was deleted.
    template <class... E>
    Delete returning(const E&... expressions) const {
        Delete copy = *this;
        (copy.returning_.push_back(detail::select_item(expressions)), ...);
        return copy;
    }
    /// The statement as a node of the expression tree.
    NodeRef node() const;

  private:
    NodeRef table_;
    std::vector<NodeRef> where_, returning_;
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
