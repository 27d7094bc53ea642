// A table as data: what the DDL, the compiler and the mapper read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/base/ref.hpp"
#include "aludel/sql/schema/column.hpp"
#include "aludel/sql/schema/constraint.hpp"

namespace aludel {

class MetaData;
class TableInfo;

enum class ConstraintKind : std::uint8_t { primary, foreign, uniqueness, condition };

/// A constraint of a table. Lives as long as its table.
class ConstraintInfo {
  public:
    ConstraintInfo(ConstraintKind kind, const TableInfo& table, ForeignKeyRules rules,
                   std::vector<const ColumnInfo*> columns);
    virtual ~ConstraintInfo() = default;
    ConstraintInfo(const ConstraintInfo&) = delete;
    ConstraintInfo& operator=(const ConstraintInfo&) = delete;

    ConstraintKind kind() const noexcept { return kind_; }
    const TableInfo& table() const noexcept { return *table_; }
    /// The name that was given; empty if none was. What the DDL writes follows the naming convention:
    /// `constraint_name()`.
    const std::string& name() const noexcept { return rules_.name; }
    const std::vector<const ColumnInfo*>& columns() const noexcept { return columns_; }
    const std::optional<bool>& deferrable() const noexcept { return rules_.deferrable; }
    const std::string& initially() const noexcept { return rules_.initially; }
    /// What only one database knows.
    const DialectOptions& options() const noexcept { return rules_.options; }

  protected:
    friend class TableInfo;
    ConstraintKind kind_;
    const TableInfo* table_;
    ForeignKeyRules rules_;
    std::vector<const ColumnInfo*> columns_;
};

/// A foreign key, of one column or several. Its targets are names, looked up in the MetaData of the table when asked
/// for.
class ForeignKeyInfo : public ConstraintInfo {
  public:
    ForeignKeyInfo(const TableInfo& table, ForeignKeyRules rules, std::vector<const ColumnInfo*> columns,
                   std::vector<std::string> targets);

    const std::string& ondelete() const noexcept { return rules_.ondelete; }
    const std::string& onupdate() const noexcept { return rules_.onupdate; }
    const std::string& match() const noexcept { return rules_.match; }
    bool use_alter() const noexcept { return rules_.use_alter; }
    /// As written: "table.column".
    const std::vector<std::string>& targets() const noexcept { return targets_; }
    /// "table" or "schema.table": the key of the table referred to.
    std::string_view target_table_key() const noexcept;
    /// The name of the column that `columns()[index]` refers to.
    std::string_view target_column_name(std::size_t index) const noexcept;

    /// The table referred to, or null if it is not in the MetaData (yet).
    const TableInfo* find_referred_table() const;
    /// The table referred to. Throws NoReferencedTableError if the MetaData has none of that name.
    const TableInfo& referred_table() const;
    /// The column that `columns()[index]` refers to. Throws NoReferencedTableError or NoReferencedColumnError.
    const ColumnInfo& referred_column(std::size_t index) const;

  private:
    std::vector<std::string> targets_;
};

/// A CHECK of the table. (The checks of a column are `ColumnInfo::checks()`.)
class CheckInfo : public ConstraintInfo {
  public:
    CheckInfo(const TableInfo& table, ForeignKeyRules rules, NodeRef sql);
    const NodeRef& sql() const noexcept { return sql_; }

  private:
    NodeRef sql_;
};

/// An index of a table.
class IndexInfo {
  public:
    struct Item {
        const ColumnInfo* column = nullptr;  ///< null for an expression
        bool descending = false;
        NodeRef expression;
        NullsOrder nulls = NullsOrder::usual;
    };
    IndexInfo(const TableInfo& table, std::string name, bool is_unique, std::vector<Item> items,
              DialectOptions options = {});
    IndexInfo(const IndexInfo&) = delete;
    IndexInfo& operator=(const IndexInfo&) = delete;

    const TableInfo& table() const noexcept { return *table_; }
    /// The name that was given, or the one of the naming convention.
    std::string name() const;
    /// The name was given.
    bool is_named() const noexcept { return !name_.empty(); }
    bool unique() const noexcept { return unique_; }
    const std::vector<Item>& items() const noexcept { return items_; }
    /// What only one database knows.
    const DialectOptions& options() const noexcept { return options_; }

  private:
    const TableInfo* table_;
    std::string name_;
    bool unique_;
    std::vector<Item> items_;
    DialectOptions options_;
};

/// A table: made empty, filled with columns and constraints, then added to a MetaData and from then on only read.
///
/// Shared by its handles, its MetaData and the expressions that mention it; columns, constraints and indexes keep their
/// addresses. Building is for one thread; reading for any.
class TableInfo final : public RefCounted {
  public:
    explicit TableInfo(std::string name, std::string schema = {});
    ~TableInfo() override;

    // ---- building

    /// Adds a column behind the others. Throws ArgumentError if the name is empty or taken.
    ColumnInfo& add_column(ColumnDraft draft);
    /// These name columns that must be there already (ArgumentError otherwise).
    void add(const UniqueConstraint& constraint);
    void add(const PrimaryKeyConstraint& constraint);
    void add(const ForeignKeyConstraint& constraint);
    void add(const CheckConstraint& constraint);
    void add(const Index& index);
    void add(DialectOption option) { options_.add(std::move(option)); }
    template <detail::DialectOptionItem T>
    void add(const T& item) {
        add(DialectOption(item.option()));
    }
    void set_comment(std::string comment) { comment_ = std::move(comment); }

    // ---- reading

    /// A number that no other table of the process has or will have.
    std::uint64_t id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }
    /// Empty: the database's default schema (or the one of the MetaData).
    const std::string& schema() const noexcept { return schema_; }
    /// "name" or "schema.name": what foreign keys and `MetaData::find` call it.
    const std::string& key() const noexcept { return key_; }
    const std::string& comment() const noexcept { return comment_; }
    /// What only one database knows.
    const DialectOptions& options() const noexcept { return options_; }
    /// The MetaData that the table belongs to; null before it is added and after the MetaData is gone.
    MetaData* metadata() const noexcept { return metadata_; }

    const std::deque<ColumnInfo>& columns() const noexcept { return columns_; }
    /// By its name, or null.
    const ColumnInfo* find_column(std::string_view name) const noexcept;
    /// By its name. Throws NoSuchColumnError that lists the columns.
    const ColumnInfo& column(std::string_view name) const;
    /// The columns of the primary key in its order; empty if the table has none.
    const std::vector<const ColumnInfo*>& primary_key() const noexcept;
    const ConstraintInfo& primary_key_constraint() const noexcept { return primary_key_; }
    /// The primary key was written as a PrimaryKeyConstraint, so that the order of its columns is meant.
    bool has_explicit_primary_key() const noexcept { return explicit_primary_key_; }
    /// The column that the database numbers, or null.
    const ColumnInfo* autoincrement_column() const noexcept;
    /// Foreign keys, unique and check constraints in the order in which the DDL writes them.
    std::vector<const ConstraintInfo*> constraints() const;
    const std::deque<ForeignKeyInfo>& foreign_keys() const noexcept { return foreign_keys_; }
    const std::deque<ConstraintInfo>& unique_constraints() const noexcept { return uniques_; }
    const std::deque<CheckInfo>& check_constraints() const noexcept { return checks_; }
    const std::deque<IndexInfo>& indexes() const noexcept { return indexes_; }

  private:
    friend class MetaData;
    std::vector<const ColumnInfo*> columns_named(const std::vector<std::string>& names, std::string_view what) const;
    void check_primary_key_numbering() const;
    void add_foreign_key(ForeignKeyRules rules, std::vector<const ColumnInfo*> columns,
                         std::vector<std::string> targets, bool with_column);
    void require_unfrozen(std::string_view what) const;
    bool settle_types();

    std::uint64_t id_;
    std::string name_;
    std::string schema_;
    std::string key_;
    std::string comment_;
    DialectOptions options_;
    MetaData* metadata_ = nullptr;
    std::deque<ColumnInfo> columns_;
    ConstraintInfo primary_key_;
    bool explicit_primary_key_ = false;
    std::deque<ForeignKeyInfo> foreign_keys_;
    std::deque<ConstraintInfo> uniques_;
    std::deque<CheckInfo> checks_;
    std::deque<IndexInfo> indexes_;
    std::vector<const ConstraintInfo*> table_level_;   // written as items of the table
    std::vector<const ConstraintInfo*> column_level_;  // from the options of columns; the DDL writes them last
};

/// The name that the DDL writes for a constraint: the given one, or the one of the MetaData's naming convention, or
/// empty.
std::string constraint_name(const ConstraintInfo& constraint);

}  // namespace aludel
