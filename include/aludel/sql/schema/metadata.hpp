// The tables of a program, and how they come into a database and out of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/base/owned.hpp"
#include "aludel/base/ref.hpp"
#include "aludel/sql/schema/autoload.hpp"
#include "aludel/sql/schema/executor.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

class Table;

/// Whether create_all and drop_all ask the database first which tables exist.
enum class CheckFirst : unsigned char { no, yes };

/// How constraints and indexes that have no name are called. Tokens as in SQLAlchemy: %(table_name)s,
/// %(column_0_name)s,
/// %(column_0N_name)s, %(column_0_N_name)s, %(column_0_label)s, %(referred_table_name)s, %(referred_column_0_name)s,
/// %(constraint_name)s. An empty pattern leaves the constraint without a name.
struct NamingConvention {
    std::string ix = "ix_%(column_0_label)s";
    std::string uq{};
    std::string ck{};
    std::string fk{};
    std::string pk{};
};

struct MetaDataOptions {
    std::string schema{};  ///< of tables that name none
    NamingConvention naming_convention{};
};

/// A set of tables that may refer to each other. A table belongs to one MetaData, which keeps it alive.
///
/// Filled by one thread (usually before `main`); read, also by create_all, from any thread afterwards.
class MetaData {
  public:
    MetaData();
    explicit MetaData(MetaDataOptions options);
    ~MetaData();
    MetaData(const MetaData&) = delete;
    MetaData& operator=(const MetaData&) = delete;

    /// Takes a finished table. Throws InvalidRequestError if the name is taken, ArgumentError if the table belongs to
    /// another MetaData; both leave everything as it was. Adding the same table twice does nothing.
    void add(Ref<TableInfo> table);

    /// Adds a sequence that no column has as its default; create_all creates it before the tables, drop_all drops it
    /// after them. A second one of its name replaces it. (The sequences of columns belong to their tables.)
    void add(SequenceDraft sequence);
    template <std::size_t N>
    void add(const Sequence<N>& sequence) {
        add(sequence.draft());
    }
    const std::vector<SequenceDraft>& sequences() const noexcept { return sequences_; }

    /// The tables in the order in which they were added.
    const std::vector<Ref<TableInfo>>& tables() const noexcept { return tables_; }
    /// The table of that name ("name" or "schema.name"), or null.
    const TableInfo* find(std::string_view key) const noexcept;
    /// The table of that name. Throws NoSuchTableError that lists the tables.
    const TableInfo& table(std::string_view key) const;
    bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }

    /// The tables so that each comes after the tables that it refers to; tables without dependency on each other keep
    /// the order in which they were added. Foreign keys with `use_alter` do not count. In a cycle of tables the foreign
    /// keys among them do not count either. Throws NoReferencedTableError for a foreign key to a table that is not
    /// here.
    std::vector<const TableInfo*> sorted_tables() const;

    /// Creates the tables and indexes that do not exist, in the order of their dependencies, in one transaction. What
    /// exists is not changed or compared. One or two queries per table to see whether it exists, then one statement per
    /// table and index; a cycle of foreign keys is closed by ALTER TABLE where the database can.
    void create_all(const SchemaTarget& target, CheckFirst check = CheckFirst::yes) const;
    /// The same for some of the tables.
    void create_all(const SchemaTarget& target, const std::vector<const TableInfo*>& tables,
                    CheckFirst check = CheckFirst::yes) const;
    /// Drops the tables that exist, in reverse order, in one transaction. Where tables refer to each other in a circle,
    /// their foreign keys are dropped first, which takes names: CircularDependencyError without them. SQLite, which
    /// cannot drop a foreign key, drops such tables in the order of `tables()` and checks the keys at the end of the
    /// transaction.
    void drop_all(const SchemaTarget& target, CheckFirst check = CheckFirst::yes) const;
    void drop_all(const SchemaTarget& target, const std::vector<const TableInfo*>& tables,
                  CheckFirst check = CheckFirst::yes) const;

    /// Reads the tables of a database that are not here yet, and with them those that they refer to. A name of `only`
    /// that the database does not have is an InvalidRequestError; what was read before it stays.
    void reflect(const SchemaTarget& source, const ReflectOptions& options = {});

    /// Forgets a table; the database is not asked. Handles of it stay valid. Does nothing if it is not here.
    void remove(const TableInfo& table);
    /// Forgets all tables.
    void clear();

    const std::string& schema() const noexcept { return options_.schema; }
    const NamingConvention& naming_convention() const noexcept { return options_.naming_convention; }

  private:
    struct TablesByKey;
    void settle_types();

    MetaDataOptions options_;
    std::vector<Ref<TableInfo>> tables_;
    std::vector<SequenceDraft> sequences_;
    detail::Owned<TablesByKey> by_key_;
};

}  // namespace aludel
