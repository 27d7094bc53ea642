// The constraints and indexes of a table as one writes them, beside its columns.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "aludel/sql/expr/node.hpp"
#include "aludel/sql/schema/column_draft.hpp"
#include "aludel/sql/schema/options.hpp"

namespace aludel {

namespace detail {

std::vector<std::string> strings_of(std::initializer_list<std::string_view> views);

/// What the constraints have in common. Options are the ones of foreign keys: name, deferrable, initially.
struct ConstraintDraft {
    ForeignKeyRules rules;
    std::vector<std::string> columns;

    template <class Item>
    void add(const Item& item) {
        if constexpr (std::is_convertible_v<const Item&, std::string_view>)
            columns.emplace_back(std::string_view(item));
        else if constexpr (requires { item.apply_to(rules); })
            item.apply_to(rules);
        else
            static_assert(std::is_convertible_v<const Item&, std::string_view>,
                          "aludel: a constraint takes names of columns and the options name(\"...\"), deferrable and "
                          "initially(\"...\")");
    }
};

}  // namespace detail

/// `UniqueConstraint("a", "b", name("uq_a_b"))`: no two rows have the same values in all these columns.
class UniqueConstraint {
  public:
    template <class... Items>
    explicit UniqueConstraint(const Items&... items) {
        (draft_.add(items), ...);
    }
    /// Of columns that only the running program knows.
    explicit UniqueConstraint(detail::ConstraintDraft draft);
    const detail::ConstraintDraft& draft() const noexcept { return draft_; }

  private:
    detail::ConstraintDraft draft_;
};

/// `PrimaryKeyConstraint("a", "b", name("pk_t"))`: these columns, in this order, are the primary key.
class PrimaryKeyConstraint {
  public:
    template <class... Items>
    explicit PrimaryKeyConstraint(const Items&... items) {
        (draft_.add(items), ...);
    }
    /// Of columns that only the running program knows.
    explicit PrimaryKeyConstraint(detail::ConstraintDraft draft);
    const detail::ConstraintDraft& draft() const noexcept { return draft_; }

  private:
    detail::ConstraintDraft draft_;
};

/// `ForeignKeyConstraint({"a", "b"}, {"t.x", "t.y"}, ondelete("CASCADE"))`: several columns refer to as many of one
/// other table.
class ForeignKeyConstraint {
  public:
    template <class... Options>
    ForeignKeyConstraint(std::initializer_list<std::string_view> columns,
                         std::initializer_list<std::string_view> targets, const Options&... options)
        : ForeignKeyConstraint(detail::strings_of(columns), detail::strings_of(targets), rules_of(options...)) {}
    /// Throws ArgumentError unless there are as many targets as columns, and at least one.
    ForeignKeyConstraint(std::vector<std::string> columns, std::vector<std::string> targets, ForeignKeyRules rules);

    const detail::ConstraintDraft& draft() const noexcept { return draft_; }
    const std::vector<std::string>& targets() const noexcept { return targets_; }

  private:
    template <class... Options>
    static ForeignKeyRules rules_of(const Options&... options) {
        ForeignKeyRules rules;
        (options.apply_to(rules), ...);
        return rules;
    }

    detail::ConstraintDraft draft_;
    std::vector<std::string> targets_;
};

/// `CheckConstraint("price > 0", name("positive"))`: raw SQL, or an expression over the table's columns.
class CheckConstraint {
  public:
    template <class... Options>
    explicit CheckConstraint(std::string_view sql, const Options&... options)
        : CheckConstraint(detail::raw_sql_node(sql), options...) {}
    template <class... Options>
    explicit CheckConstraint(NodeRef sql, const Options&... options) : sql_(std::move(sql)) {
        (draft_.add(options), ...);
    }
    template <detail::SqlExpression E, class... Options>
    explicit CheckConstraint(const E& expression, const Options&... options)
        : CheckConstraint(NodeRef(expression.node()), options...) {}

    /// With rules that only the running program knows.
    CheckConstraint(NodeRef sql, detail::ConstraintDraft draft);

    const detail::ConstraintDraft& draft() const noexcept { return draft_; }
    const NodeRef& sql() const noexcept { return sql_; }

  private:
    detail::ConstraintDraft draft_;
    NodeRef sql_;
};

/// A column of an index in falling order; `descending("...")` makes it.
struct DescendingColumn {
    std::string column;
};
/// `Index("ix_post_created", descending("created"))`.
inline DescendingColumn descending(std::string_view column) { return {std::string(column)}; }

/// Where an index has the rows whose column is NULL.
enum class NullsOrder : std::uint8_t {
    usual,  ///< where the database puts them by itself
    first,
    last,
};

/// `Index("ix_post_author", "author_id", "created", unique)`. An empty name is given by the naming convention:
/// `ix_<table>_<first column>`. Takes names of columns, `descending("...")`, expressions, and `unique`.
class Index {
  public:
    struct Item {
        std::string column;
        bool descending = false;
        NodeRef expression{};
        NullsOrder nulls = NullsOrder::usual;
    };

    template <class... Items>
    explicit Index(std::string_view index_name, const Items&... items) : name_(index_name) {
        (add(items), ...);
    }
    /// Of items that only the running program knows.
    Index(std::string index_name, bool is_unique, std::vector<Item> items, DialectOptions options = {});

    const std::string& name() const noexcept { return name_; }
    bool unique() const noexcept { return unique_; }
    const std::vector<Item>& items() const noexcept { return items_; }
    /// What only one database knows: its method, its parser.
    const DialectOptions& options() const noexcept { return options_; }

  private:
    void add(UniqueOption) { unique_ = true; }
    void add(const DescendingColumn& item) { add_item({item.column, true, {}}); }
    void add_item(Item item);
    template <class T>
    void add(const T& item) {
        if constexpr (std::is_convertible_v<const T&, std::string_view>)
            add_item({std::string(std::string_view(item)), false, {}});
        else if constexpr (detail::DialectOptionItem<T>)
            options_.add(item.option());
        else if constexpr (detail::SqlExpression<T>)
            add_item({{}, false, item.node()});
        else
            static_assert(detail::SqlExpression<T>,
                          "aludel: an index takes names of columns, descending(\"column\"), expressions, unique and "
                          "the options of one database, such as its method");
    }

    std::string name_;
    bool unique_ = false;
    std::vector<Item> items_;
    DialectOptions options_;
};

/// The schema of a table; `schema("...")` makes it.
struct SchemaName {
    std::string text;
};
/// The schema that a table lives in: `Table{"t", metadata, schema("accounts"), Column{...}}`.
inline SchemaName schema(std::string_view schema_name) { return {std::string(schema_name)}; }

}  // namespace aludel
