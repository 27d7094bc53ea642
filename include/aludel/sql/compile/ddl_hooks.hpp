// What a database adds to CREATE and DROP beyond its traits: the clauses that its own options ask for.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

class Dialect;

/// The clauses of one database. Each member writes what stands at one place, with the white space that it needs, or
/// nothing; the defaults write nothing. ArgumentError for an option that the dialect does not know, CompileError for
/// one whose value makes no sense.
class DdlHooks {
  public:
    DdlHooks() = default;
    DdlHooks(const DdlHooks&) = delete;
    DdlHooks& operator=(const DdlHooks&) = delete;
    virtual ~DdlHooks();

    /// Behind the parentheses of CREATE TABLE. The default is the comment, where the database has it there.
    virtual std::string after_table(const TableInfo& table, const Dialect& dialect) const;

    /// CREATE <here>INDEX: a kind of index.
    virtual std::string before_index(const IndexInfo& index) const;
    /// CREATE INDEX <here>name, DROP INDEX <here>name.
    virtual std::string before_index_name(const IndexInfo& index) const;
    /// ON t <here>(items).
    virtual std::string before_index_items(const IndexInfo& index, const Dialect& dialect) const;
    /// (a<here>, b): a length, a class of operators. `column`: its name; empty for an expression.
    virtual std::string after_index_item(const IndexInfo& index, std::string_view column) const;
    /// (items)<here>.
    virtual std::string after_index(const IndexInfo& index, const Dialect& dialect) const;

    /// UNIQUE <here>(a).
    virtual std::string before_unique_columns(const ConstraintInfo& constraint) const;
    /// Behind the body of a constraint, before and after DEFERRABLE.
    virtual std::string after_constraint(const ConstraintInfo& constraint, const Dialect& dialect) const;
    virtual std::string after_deferrability(const ConstraintInfo& constraint) const;

    /// NOT NULL<here>.
    virtual std::string after_not_null(const ColumnInfo& column) const;
    /// A primary key that stands with its column; empty: as a constraint of the table.
    virtual std::string inline_primary_key(const ColumnInfo& column) const;
    /// DEFAULT <here>: what an expression becomes as the default of a column of this type.
    virtual std::string default_expression(std::string text, const SqlType& type) const;

    /// Queries without parameters: what is asked for exists if one of them has a row. Empty: the database has none.
    virtual std::vector<std::string> has_sequence_statements(const SequenceDraft& sequence,
                                                             const Dialect& dialect) const;
    /// The same for the type that an enumeration is.
    virtual std::vector<std::string> has_type_statements(const SqlType& type, const Dialect& dialect) const;
};

/// ArgumentError for an option of this dialect whose name is not among `known`; `what` is its place: "Table".
void require_known_options(const DialectOptions& options, std::string_view dialect, std::string_view what,
                           std::initializer_list<std::string_view> known);

}  // namespace aludel
