// The handle of a table, and the way to write one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "aludel/base/ref.hpp"
#include "aludel/sql/expr/column_expr.hpp"
#include "aludel/sql/schema/autoload.hpp"
#include "aludel/sql/schema/column.hpp"
#include "aludel/sql/schema/constraint.hpp"
#include "aludel/sql/schema/metadata.hpp"
#include "aludel/sql/schema/table_info.hpp"

namespace aludel {

namespace detail {

struct TableItems;

/// Collects the items of a table, which may stand in any order: columns first, then what names them.
class TableBuilder {
  public:
    TableBuilder();
    ~TableBuilder();
    TableBuilder(const TableBuilder&) = delete;
    TableBuilder& operator=(const TableBuilder&) = delete;

    void add(const Column& item);
    void add(const UniqueConstraint& item);
    void add(const PrimaryKeyConstraint& item);
    void add(const ForeignKeyConstraint& item);
    void add(const CheckConstraint& item);
    void add(const Index& item);
    void add(const SchemaName& item);
    void add(const AutoloadWith& item);
    template <std::size_t N>
    void add(const TextOption<CommentMeaning, N>& item) {
        set_comment(item.view());
    }
    template <DialectOptionItem T>
    void add(const T& item) {
        add_option(item.option());
    }
    template <class T>
        requires(!DialectOptionItem<T>)
    void add(const T&) {
        static_assert(std::is_same_v<T, Column>,
                      "aludel: this is not an item of a table; a Table takes Column{...}, UniqueConstraint(...), "
                      "PrimaryKeyConstraint(...), ForeignKeyConstraint(...), CheckConstraint(...), Index(...), "
                      "schema(\"...\"), comment(\"...\") and autoload_with(engine)");
    }

    /// The finished table, in `metadata` with those that a table of `autoload_with` refers to.
    Ref<TableInfo> build(std::string_view name, MetaData& metadata);

  private:
    void set_comment(std::string_view text);
    void add_option(DialectOption option);

    TableItems* items_;
};

}  // namespace detail

/// A table of the database: `const Table post_tag{"post_tag", metadata, Column{"post_id", ForeignKey("post.id")},
/// ...}`.
///
/// A cheap handle; copies are the same table. The table lives as long as a handle, its MetaData or an expression over
/// it. May stand at namespace scope. Throws what `TableInfo::add_column` and `MetaData::add` throw.
class Table {
  public:
    template <class... Items>
    Table(std::string_view name, MetaData& metadata, const Items&... items) {
        detail::TableBuilder builder;
        (builder.add(items), ...);
        info_ = builder.build(name, metadata);
    }
    /// The handle of a table that exists.
    explicit Table(Ref<TableInfo> info) : info_(std::move(info)) {}
    explicit Table(const TableInfo& info);

    const TableInfo& info() const noexcept { return *info_; }
    const Ref<TableInfo>& ref() const noexcept { return info_; }
    const std::string& name() const noexcept { return info_->name(); }
    /// A column as an expression whose C++ type is not said: `table.c("id") == 1`. Throws NoSuchColumnError.
    ColumnExpr<Untyped> c(std::string_view column_name) const { return ColumnExpr<Untyped>(node(column_name)); }
    /// The same with its C++ type: `table.c<int>("id")`. Throws ArgumentError if the column's type is no such.
    template <class T>
    ColumnExpr<T> c(std::string_view column_name) const {
        return ColumnExpr<T>(node_as(column_name, SqlTraits<T>::sql_type()));
    }
    /// By its name. Throws NoSuchColumnError that lists the columns.
    const ColumnInfo& column(std::string_view column_name) const { return info_->column(column_name); }

    /// Creates this table and its indexes, unless it exists.
    void create(const SchemaTarget& target, CheckFirst check = CheckFirst::yes) const;
    /// Drops this table, if it exists.
    void drop(const SchemaTarget& target, CheckFirst check = CheckFirst::yes) const;

    friend bool operator==(const Table& a, const Table& b) noexcept { return a.info_.get() == b.info_.get(); }

  private:
    NodeRef node(std::string_view column_name) const;
    NodeRef node_as(std::string_view column_name, const SqlType& type) const;

    Ref<TableInfo> info_;
};

}  // namespace aludel
