// Asking a database what is in it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/schema/executor.hpp"
#include "aludel/sql/schema/reflection.hpp"

namespace aludel {

namespace detail {
struct InspectorCache;
}  // namespace detail

/// Reads what a live database has: `inspect(engine).get_columns("users")`.
///
/// Each question is a few queries, in a transaction of its own when the target is an engine, in the connection's when
/// it is a connection. Answers are remembered until `clear_cache`. A schema that is left out is the connection's
/// default one. A table that does not exist is a NoSuchTableError that lists those that do. The engine or connection
/// must outlive its inspector. For one thread.
///
/// Source: SQLAlchemy's `Inspector`.
class Inspector {
  public:
    /// Reaches the database with the first question. A dialect that cannot read its catalogue is then a
    /// NotSupportedError.
    explicit Inspector(const SchemaTarget& target);
    Inspector(Inspector&&) noexcept;
    Inspector& operator=(Inspector&&) noexcept;
    ~Inspector();

    std::string default_schema_name();
    std::vector<std::string> get_schema_names();
    std::vector<std::string> get_table_names(std::string_view schema = {});
    /// The same so that each comes after the tables that its foreign keys refer to. Tables that refer to each other in
    /// a circle stand at the end, sorted by name.
    std::vector<std::string> get_sorted_table_names(std::string_view schema = {});
    std::vector<std::string> get_view_names(std::string_view schema = {});
    std::vector<std::string> get_temp_table_names();
    std::vector<std::string> get_temp_view_names();
    std::vector<std::string> get_sequence_names(std::string_view schema = {});
    /// The SELECT behind a view, or the whole CREATE VIEW where the database keeps that. @throws NoSuchTableError.
    std::string get_view_definition(std::string_view view, std::string_view schema = {});

    /// Whether a table or a view of that name exists. Not remembered.
    bool has_table(std::string_view table, std::string_view schema = {});
    bool has_index(std::string_view table, std::string_view index, std::string_view schema = {});
    bool has_sequence(std::string_view sequence, std::string_view schema = {});
    bool has_schema(std::string_view schema);

    std::vector<ReflectedColumn> get_columns(std::string_view table, std::string_view schema = {});
    ReflectedPrimaryKey get_pk_constraint(std::string_view table, std::string_view schema = {});
    std::vector<ReflectedForeignKey> get_foreign_keys(std::string_view table, std::string_view schema = {});
    std::vector<ReflectedUnique> get_unique_constraints(std::string_view table, std::string_view schema = {});
    std::vector<ReflectedCheck> get_check_constraints(std::string_view table, std::string_view schema = {});
    std::vector<ReflectedIndex> get_indexes(std::string_view table, std::string_view schema = {});
    /// Empty where there is none.
    std::string get_table_comment(std::string_view table, std::string_view schema = {});
    /// What only this database knows of the table, as the options of `Table` say it: `mysql_engine`,
    /// `sqlite_with_rowid`, `postgresql_partition_by`.
    DialectOptions get_table_options(std::string_view table, std::string_view schema = {});

    /// Forgets what was read.
    void clear_cache();

  private:
    const SchemaTarget* target_;
    std::unique_ptr<detail::InspectorCache> cache_;
};

/// An inspector of the database behind an engine or a connection.
inline Inspector inspect(const SchemaTarget& target) { return Inspector(target); }

}  // namespace aludel
