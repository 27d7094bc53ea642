// A column of a table, and the way to write one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/sql/schema/column_draft.hpp"
#include "aludel/sql/schema/options.hpp"

namespace aludel {

class TableInfo;
class ForeignKeyInfo;

/// A column that belongs to a table. Its address is the column's identity and stays valid as long as its table.
/// Does not change after the table is built, except that a column without type takes the type of its foreign key's
/// target when both tables are in one MetaData. Read by any thread.
class ColumnInfo {
  public:
    ColumnInfo(const TableInfo& table, ColumnDraft draft, std::size_t position);
    ColumnInfo(const ColumnInfo&) = delete;
    ColumnInfo& operator=(const ColumnInfo&) = delete;

    const TableInfo& table() const noexcept { return *table_; }
    const std::string& name() const noexcept { return draft_.name; }
    /// The place in the table, from 0.
    std::size_t position() const noexcept { return position_; }
    /// Kind `null` while the type is not known.
    const SqlType& type() const noexcept { return draft_.type; }
    bool nullable() const noexcept { return nullable_; }
    bool primary_key() const noexcept { return draft_.primary_key; }
    bool unique() const noexcept { return draft_.unique; }
    bool index() const noexcept { return draft_.index; }
    /// What was written; whether the database numbers the column is `is_autoincrement()`.
    Autoincrement autoincrement() const noexcept { return draft_.autoincrement; }
    /// True for the column of its table that the database numbers (`TableInfo::autoincrement_column()`).
    bool is_autoincrement() const noexcept;
    const ColumnDefault& insert_default() const noexcept { return draft_.insert_default; }
    const ColumnDefault& onupdate() const noexcept { return draft_.onupdate; }
    const ColumnDefault& server_default() const noexcept { return draft_.server_default; }
    /// Set for a column that the database computes.
    const std::optional<ComputedDraft>& computed() const noexcept { return draft_.computed; }
    /// Set for a column that the database numbers by itself, where it has such columns.
    const std::optional<Identity>& identity() const noexcept { return draft_.identity; }
    /// Set for a column whose default is the next number of a sequence, where the database has sequences.
    const std::optional<SequenceDraft>& sequence() const noexcept { return draft_.sequence; }
    /// The next number of the sequence, for an INSERT that leaves the column out; null for a column without one, with a
    /// default of its own, or whose sequence is optional.
    NodeRef sequence_default() const;
    /// What only one database knows.
    const DialectOptions& options() const noexcept { return draft_.options; }
    const std::vector<ColumnCheckDraft>& checks() const noexcept { return draft_.checks; }
    const std::string& comment() const noexcept { return draft_.comment; }
    const std::string& doc() const noexcept { return draft_.doc; }
    /// The foreign keys that this column is part of, simple and composite.
    const std::vector<const ForeignKeyInfo*>& foreign_keys() const noexcept { return foreign_keys_; }
    /// "table.column", for messages.
    std::string full_name() const;

  private:
    friend class TableInfo;
    const TableInfo* table_;
    std::size_t position_;
    bool nullable_;
    ColumnDraft draft_;
    std::vector<const ForeignKeyInfo*> foreign_keys_;
};

/// A column as one writes it: `Column{"author_id", Integer, ForeignKey("user.id"), not_null}`. Options may stand in any
/// order. An option that is none does not compile; an option whose value makes no sense is an ArgumentError.
class Column {
  public:
    template <class... Options>
    explicit Column(std::string_view column_name, const Options&... options) {
        draft_.name = column_name;
        (apply(options, draft_), ...);
    }

    const ColumnDraft& draft() const& noexcept { return draft_; }
    ColumnDraft draft() && noexcept;

  private:
    ColumnDraft draft_;
};

}  // namespace aludel
