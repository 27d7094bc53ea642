// What differs between databases in CREATE, ALTER and DROP, as data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace aludel {

/// How a table says that the database numbers its primary key.
enum class NumberingForm : std::uint8_t {
    none,       ///< by its type alone
    rowid,      ///< the type must be INTEGER, whatever the width
    serial,     ///< SERIAL, BIGSERIAL, SMALLSERIAL instead of the type
    attribute,  ///< AUTO_INCREMENT behind the type
};

/// Which expressions stand in parentheses of their own in CREATE INDEX.
enum class IndexGrouping : std::uint8_t { none, operators, expressions };

/// The data definition language of a database. The defaults are those of standard SQL.
struct DdlTraits {
    NumberingForm numbering = NumberingForm::none;
    IndexGrouping index_grouping = IndexGrouping::none;
    std::size_t max_constraint_name_length = 0;  ///< of constraints and indexes; 0: as other names
    bool enumeration_types = false;              ///< CREATE TYPE color AS ENUM (...) before the table
    bool default_in_parentheses = false;         ///< DEFAULT (expression)
    bool null_before_default = false;            ///< x INTEGER NOT NULL DEFAULT 1
    bool explicit_null_timestamp = false;     ///< a nullable TIMESTAMP says NULL, since it would be NOT NULL otherwise
    bool null_before_computed = false;        ///< x INTEGER NOT NULL GENERATED ALWAYS AS (...)
    bool computed_is_stored = false;          ///< STORED is the only form, and must be said
    bool foreign_keys_within_schema = false;  ///< no foreign key leaves its schema; the target is written without it
    bool index_has_schema = false;            ///< CREATE INDEX schema.ix ON t, instead of CREATE INDEX ix ON schema.t
    bool drop_index_names_table = false;      ///< DROP INDEX ix ON t
    bool drop_by_kind = false;                ///< DROP FOREIGN KEY x, DROP INDEX x, instead of DROP CONSTRAINT x
    /// Lets tables that refer to each other be dropped one by one, until the transaction ends; for databases without
    /// ALTER TABLE.
    std::string_view defer_foreign_keys{};
    bool match_clause = true;  ///< MATCH FULL on foreign keys
};

}  // namespace aludel
