// The data definition language as text; no connection is needed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/schema/table.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

class Dialect;

/// CREATE TABLE with its constraints. Foreign keys with `use_alter` are left out where the database has ALTER TABLE.
/// Throws CompileError if the dialect cannot say it (a VARCHAR without length on MySQL, an ON DELETE that is none),
/// NoReferencedTableError or NoReferencedColumnError for a foreign key to what is not there.
std::string create_table_sql(const TableInfo& table, const Dialect& dialect);
/// The same with these foreign keys only.
std::string create_table_sql(const TableInfo& table, const Dialect& dialect,
                             const std::vector<const ForeignKeyInfo*>& foreign_keys);
std::string create_table_sql(const Table& table, const Dialect& dialect);

std::string drop_table_sql(const TableInfo& table, const Dialect& dialect);

/// CREATE INDEX. Throws CompileError for an index without name.
std::string create_index_sql(const IndexInfo& index, const Dialect& dialect);
std::string drop_index_sql(const IndexInfo& index, const Dialect& dialect);

/// ALTER TABLE ... ADD the constraint.
std::string add_constraint_sql(const ConstraintInfo& constraint, const Dialect& dialect);
/// ALTER TABLE ... DROP the constraint. Throws CompileError for one without name.
std::string drop_constraint_sql(const ConstraintInfo& constraint, const Dialect& dialect);

/// CREATE SEQUENCE. CompileError where there are no sequences.
std::string create_sequence_sql(const SequenceDraft& sequence, const Dialect& dialect);
std::string drop_sequence_sql(const SequenceDraft& sequence, const Dialect& dialect);

/// Whether what stands in a schema is dropped with it.
enum class Cascade : unsigned char { no, yes };
/// CREATE SCHEMA. CompileError where a schema is none that a statement creates.
std::string create_schema_sql(std::string_view name, const Dialect& dialect);
std::string drop_schema_sql(std::string_view name, const Dialect& dialect, Cascade cascade = Cascade::no);

/// An enumeration that is a type of its own, with the statements about it.
struct TypeStatement {
    SqlType type;
    std::string sql;
};
/// What must be executed before CREATE TABLE, with the types, so that one can ask which of them exist.
std::vector<TypeStatement> create_type_statements(const TableInfo& table, const Dialect& dialect);
/// What must be executed after the tables are dropped, with the types.
std::vector<TypeStatement> drop_type_statements(const std::vector<const TableInfo*>& tables, const Dialect& dialect);

/// What must be executed before CREATE TABLE: the enumeration types of its columns, where the database has such types.
std::vector<std::string> create_types_sql(const TableInfo& table, const Dialect& dialect);
/// What must be executed after the tables are dropped.
std::vector<std::string> drop_types_sql(const std::vector<const TableInfo*>& tables, const Dialect& dialect);
/// COMMENT ON ..., one statement each, where comments are not part of CREATE TABLE.
std::vector<std::string> comment_sql(const TableInfo& table, const Dialect& dialect);

/// One column as it stands in CREATE TABLE and in ALTER TABLE ... ADD: name, type, default, NOT NULL.
std::string column_definition_sql(const ColumnInfo& column, const Dialect& dialect);

}  // namespace aludel
