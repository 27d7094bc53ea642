#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/sql/schema/table.hpp"

namespace aludel {

class Inspector;

namespace detail {

/// What was written in a table, until it is built.
struct TableItems {
    template <class T>
    using Items = std::vector<std::pair<int, T>>;

    Ref<TableInfo> build(std::string_view name, std::string_view default_schema);
    /// Reflects the tables that a table of `autoload_with` refers to and its MetaData does not have.
    void load_referred_tables(const TableInfo& table, MetaData& metadata) const;

    void load(std::string_view name);
    void load_columns(Inspector& inspector, std::string_view name);
    void load_indexes(Inspector& inspector, std::string_view name);
    void load_options(Inspector& inspector, std::string_view name);

    int order_ = 0;
    std::string schema_{};
    std::string comment_{};
    std::vector<DialectOption> options_{};
    std::vector<ColumnDraft> columns_{};
    Items<UniqueConstraint> uniques_{};
    Items<PrimaryKeyConstraint> primary_keys_{};
    Items<ForeignKeyConstraint> foreign_keys_{};
    Items<CheckConstraint> checks_{};
    Items<Index> indexes_{};
    std::optional<AutoloadWith> autoload_{};
};

}  // namespace detail
}  // namespace aludel
