// What a query does, without the types of its rows: the compiled side of `Query`.
#pragma once

#include <aludel/base/owned.hpp>
#include <aludel/base/ref.hpp>
#include <aludel/engine/row_cursor.hpp>
#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/detail/relationship_ref.hpp>
#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/types/decode.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel {

class LoadOption;
class Mapper;
class SessionCore;

/// How a criteria UPDATE or DELETE tells the objects in the session.
enum class SynchronizeSession : std::uint8_t {
    evaluate,  ///< by applying the criteria to the objects in memory; what cannot be evaluated is an error
    fetch,     ///< by one more SELECT of the keys, before the statement
    none,      ///< not at all: the objects keep their old values until they expire
};

namespace detail {

struct QueryParts;
struct QueryRunState;

/// One thing that a query returns: an object of a class, or the value of an expression.
struct QueryElement {
    const Mapper* mapper = nullptr;  // null: an expression
    NodeRef node;                    // the class's FROM element, or the expression
};

/// What `join` was given: a target, a condition, or a relationship that says both.
struct QueryJoin {
    const Mapper* mapper = nullptr;  // of a class or its alias
    NodeRef target;                  // null: the relationship's class
    std::optional<RelationshipRef> relationship;
    std::string name;  // of a relationship of the query's first class
    NodeRef on;        // null: the relationship, or the foreign keys
    bool outer = false, full = false;
};

/// How the rows of a query are wanted.
enum class Delivery : std::uint8_t {
    objects,  ///< all of them, without duplicates
    stream,   ///< one after the other, as they come
    cells     ///< the values of the columns; nothing is loaded with them
};

/// The rows of a query that runs.
class QueryRun {
  public:
    explicit QueryRun(std::unique_ptr<QueryRunState> state) noexcept;
    QueryRun(QueryRun&&) noexcept;
    QueryRun& operator=(QueryRun&&) noexcept;
    ~QueryRun();

    /// Moves to the next row; of a query for one class, to the next object that was not seen before.
    bool next();
    /// How many rows to make room for; 0 where that shows only at their end.
    std::size_t row_count() const noexcept;
    /// The object of an element of the current row; null where the row has none. Give it a handle before `next`.
    ObjectHeader* object(std::size_t element);
    /// The cell of an element that is an expression.
    const Cell& cell(std::size_t element) const {
        return row_ != nullptr ? row_[columns_[element]] : kept_cell(element);
    }
    DecodeContext context(std::size_t element) const noexcept { return context_at(columns_[element]); }
    /// By the position in the row.
    const Cell& cell_at(std::size_t column) const noexcept { return row_[column]; }
    DecodeContext context_at(std::size_t column) const noexcept {
        DecodeContext context = source_;
        context.index = column;
        return context;
    }
    /// Tells an error which statement it came from.
    void annotate(StatementError& error) const;

  private:
    bool next_here();
    const Cell& kept_cell(std::size_t element) const;

    Owned<QueryRunState> state_;
    const Cell* row_ = nullptr;               // as the cursor has it; null: what it said is kept with the objects
    const std::uint32_t* columns_ = nullptr;  // the elements' places in the row
    DecodeContext source_;
};

/// A query as a value: copies are cheap, and share what they say until one of them changes. A step changes this query
/// only: in place if it has no copies.
class QueryCore {
  public:
    QueryCore(SessionCore* session, std::initializer_list<QueryElement> elements);
    // Not inline: each query of a program is a chain of copies.
    QueryCore(const QueryCore&) noexcept;
    QueryCore(QueryCore&&) noexcept;
    QueryCore& operator=(const QueryCore&) noexcept;
    QueryCore& operator=(QueryCore&&) noexcept;
    ~QueryCore();

    void with_session(SessionCore* session);
    void filter(ExprViews criteria);
    void order_by(ExprViews columns);
    void filter_all(const std::vector<NodeRef>& criteria);
    /// Instead of the order that there is.
    void order_by_all(const std::vector<NodeRef>& columns);
    void group_by(ExprViews columns);
    void having(ExprViews criteria);
    void limit(std::int64_t rows);
    void offset(std::int64_t rows);
    void slice(std::int64_t start, std::int64_t stop);
    void distinct();
    void populate_existing();
    void synchronize_session(SynchronizeSession how);
    /// JOIN. @throws InvalidRequestError for a join of an element with itself, or to another class than the
    /// relationship's.
    void join(const QueryJoin& join);
    /// FROM an element, before those that the query's columns name.
    void select_from(const QueryElement& from);
    /// `filter_by` and joins by name are about the query's first class again.
    void reset_joinpoint();
    /// The rows that one object is related to.
    void with_parent(ObjectHeader* parent, const RelationshipRef& relationship);
    void with_parent_named(ObjectHeader* parent, std::string_view relationship);
    void set_shard(std::string_view shard);
    void correlate(std::initializer_list<NodeRef> from);
    void options(std::initializer_list<LoadOption> options);
    void enable_eagerloads(bool on);
    /// Other columns, the rest as it is.
    void with_elements(std::initializer_list<QueryElement> elements, bool keep_present);
    /// The element of a class that `filter_by` is about: the last one that was joined, if it is of this class, else the
    /// first of it. `is_first`: the class was not said. @throws InvalidRequestError if it is not in the query, or if it
    /// was not said and something of another class was joined.
    [[nodiscard]] NodeRef filtered_element(const Mapper& mapper, bool is_first) const;

    [[nodiscard]] NodeRef statement() const;
    /// The SELECT as part of another statement: its columns have their own names.
    [[nodiscard]] NodeRef inner_statement() const;
    [[nodiscard]] std::string text() const;
    /// The SELECT that `run` emits, with what is loaded eagerly.
    [[nodiscard]] NodeRef loading_statement() const;
    /// The names of the columns of a row: attributes and labels.
    [[nodiscard]] std::vector<std::string> keys() const;
    /// The position of a column in the row. @throws NoSuchColumnError that lists the columns.
    [[nodiscard]] std::size_t position_of(std::string_view key, std::string_view row_class) const;

    [[nodiscard]] QueryRun run(Delivery how = Delivery::objects) const;
    /// Runs, and lets `append` add each row to `rows`.
    void read_all(void* rows, void (*append)(void* rows, QueryRun& run)) const&;
    /// The same for a query that nobody asks again: it gives its parts away.
    void read_all(void* rows, void (*append)(void* rows, QueryRun& run)) &&;
    [[nodiscard]] std::int64_t count() const;
    [[nodiscard]] Expr exists() const;
    [[nodiscard]] std::int64_t update(const std::vector<Assignment>& assignments) const;
    [[nodiscard]] std::int64_t remove() const;
    [[nodiscard]] ObjectHeader* get(std::span<const Value> key) const;

    [[noreturn]] static void throw_no_row();
    [[noreturn]] static void throw_many_rows(bool none_would_do);

  private:
    /// @throws InvalidRequestError for a query that was moved from.
    QueryParts& parts() const;
    /// The parts to change: no other query sees them.
    QueryParts& own();
    void require_no_limit(std::string_view method) const;
    [[nodiscard]] NodeRef last_statement() const;
    [[nodiscard]] QueryRun run_on(std::shared_ptr<SessionCore> session, std::span<const ShardToken> shards,
                                  Delivery how, Reading reading, bool is_last = false) const;
    [[nodiscard]] QueryRun run(Delivery how, Reading reading, bool is_last = false) const;
    friend class QueryRun;
    std::shared_ptr<SessionCore> session() const;

    Ref<QueryParts> parts_;
};

class AttributeLink;

/// The query that a dynamic relationship of an object stands for. @throws DetachedInstanceError
QueryCore related_query(const AttributeLink& link);
/// What was appended to a dynamic relationship of an object without row; nothing: the object has a row, and the query
/// tells.
std::optional<std::vector<ObjectHeader*>> related_without_row(const AttributeLink& link);

}  // namespace detail
}  // namespace aludel
