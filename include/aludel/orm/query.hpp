// Queries over mapped classes and their columns.
#pragma once

#include <aludel/orm/columns.hpp>
#include <aludel/orm/detail/attribute_by_name.hpp>
#include <aludel/orm/detail/primary_key.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/sql/compile/compiled.hpp>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

class Session;

namespace detail {

std::ostream& print_text(std::ostream& out, const std::string& text);

template <class R>
struct RowElement {
    using type = R;
};
template <class R>
    requires HasTableName<R>
struct RowElement<R> {
    using type = Ptr<R>;
};
template <class R>
using row_element_t = typename RowElement<R>::type;

template <class... R>
struct RowOf {
    using type = std::tuple<row_element_t<R>...>;
};
template <class R>
struct RowOf<R> {
    using type = row_element_t<R>;
};

/// What an argument of `session.query(…)` adds to the rows: a class, or the value of an expression.
template <class A>
struct QueryArgument;
template <class T>
struct QueryArgument<Entity<T>> {
    using type = T;
    static QueryElement element(const Entity<T>&) { return {&mapper<T>(), table_node(mapper<T>().table())}; }
};
template <class T>
struct QueryArgument<Alias<T>> {
    using type = T;
    static QueryElement element(const Alias<T>& alias) { return {&mapper<T>(), alias.node()}; }
};
template <class A>
    requires is_expression<A>
struct QueryArgument<A> {
    using type = typename A::value_type;
    static QueryElement element(const A& expression) { return {nullptr, expression.node()}; }
};

template <class R>
QueryElement element_for() {
    return QueryArgument<Entity<R>>::element({});
}

template <class R>
row_element_t<R> read_element(QueryRun& run, std::size_t index) {
    if constexpr (HasTableName<R>) {
        return Ptr<R>(run.object(index));
    } else {
        return SqlTraits<R>::decode(run.cell(index), run.context(index));
    }
}

template <class A>
NodeRef order_node(const A& argument) {
    if constexpr (is_expression<A>) {
        return argument.node();
    } else {
        static_assert(std::is_convertible_v<const A&, std::string_view>,
                      "aludel: order_by() and group_by() take columns, expressions, and names of labels");
        return label_reference(argument);
    }
}

/// Reads one row into the members of an aggregate, found by name.
template <class Row>
class AggregateReader {
  public:
    explicit AggregateReader(const QueryCore& core) {
        for (const std::string_view name : names_of_members<Row>) {
            positions_.push_back(core.position_of(name, class_name<Row>()));
        }
    }
    Row read(QueryRun& run) const {
        Row row{};
        std::size_t next = 0;
        visit_members<member_count<Row>>(row, [&](auto&... members) { (read(members, run, positions_[next++]), ...); });
        return row;
    }

  private:
    template <class M>
    static void read(M& member, QueryRun& run, std::size_t position) {
        using Value = typename PlainValue<M>::type;
        static_assert(Storable<Value>, "aludel: a member of this aggregate has a type that no column can be read into");
        member = SqlTraits<Value>::decode(run.cell_at(position), run.context_at(position));
    }

    std::vector<std::size_t> positions_;
};

}  // namespace detail

/// The rows of a query as they come from the database, without keeping them: `for (auto& user : query.stream())`. Ends
/// with the session's transaction. An object lives on only as long as a handle to it does.
template <class Row, class Read>
class QueryStream {
  public:
    QueryStream(detail::QueryRun run, Read read) : run_(std::move(run)), read_(std::move(read)) {}

    /// An input iterator.
    class Iterator {
      public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(QueryStream& stream) : stream_(&stream) { ++*this; }
        Row& operator*() const { return *stream_->current_; }
        Row* operator->() const { return &*stream_->current_; }
        Iterator& operator++() {
            stream_->current_ = stream_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& it, std::default_sentinel_t) noexcept { return it.is_at_end(); }

      private:
        bool is_at_end() const noexcept { return !stream_->current_; }

        QueryStream* stream_;
    };

    /// Reads the first row.
    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const noexcept { return {}; }

    /// The next row, or nothing at the end.
    std::optional<Row> next() {
        current_.reset();
        try {
            return run_.next() ? std::optional<Row>(read_(run_)) : std::nullopt;
        } catch (StatementError& error) {
            run_.annotate(error);
            throw;
        }
    }

  private:
    detail::QueryRun run_;
    Read read_;
    std::optional<Row> current_;
};

/// A query over classes and columns: `session.query<User>().filter(col<&User::name> == "ed").all()`.
///
/// A value: each method returns another query, copies are cheap, and nothing reaches the database before the rows are
/// asked for. A class in the parameters gives a `Ptr` of it in the row, anything else is a value; several make a tuple.
/// Before it runs, the session flushes (autoflush). Rows of one class come without duplicates.
/// Source: SQLAlchemy 1.4's `Query`, whose SQL it emits.
template <class... R>
class Query {
  public:
    using row = typename detail::RowOf<R...>::type;
    using First = std::tuple_element_t<0, std::tuple<R...>>;

    explicit Query(detail::QueryCore core) : core_(std::move(core)) {}

    /// WHERE; several criteria, and several calls, are joined by AND.
    template <class... Criteria>
    Query filter(const Criteria&... criteria) const {
        return Query(core_.filter({detail::criterion(criteria)...}));
    }
    /// WHERE attribute = value, for attributes of the query's first class: `filter_by("name"_a = "ed")`.
    template <FixedString... Names, class... V>
    Query filter_by(const Arg<Names, V>&... arguments) const {
        static_assert(detail::HasTableName<First>,
                      "aludel: filter_by() needs a query whose first element is a class; use filter(col<…> == …)");
        if constexpr (detail::HasTableName<First>) {
            return Query(core_.filter({detail::equality<First>(core_.column_named(Names.view()), arguments)...}));
        } else {
            return *this;
        }
    }
    /// ORDER BY columns, expressions, or labels by name.
    template <class... Columns>
    Query order_by(const Columns&... columns) const {
        return Query(core_.order_by({detail::order_node(columns)...}));
    }
    /// GROUP BY columns, expressions, or labels by name: one row per group.
    template <class... Columns>
    Query group_by(const Columns&... columns) const {
        return Query(core_.group_by({detail::order_node(columns)...}));
    }
    /// HAVING: criteria for the groups, such as `func::count() > 1`; several are joined by AND.
    template <class... Criteria>
    Query having(const Criteria&... criteria) const {
        return Query(core_.having({detail::criterion(criteria)...}));
    }
    /// LIMIT; another call replaces it. @throws ArgumentError for a negative number.
    Query limit(std::int64_t rows) const { return Query(core_.limit(rows)); }
    /// OFFSET: how many rows to leave out; another call replaces it. @throws ArgumentError for a negative number.
    Query offset(std::int64_t rows) const { return Query(core_.offset(rows)); }
    /// The rows from `start` up to, but without, `stop`.
    Query slice(std::int64_t start, std::int64_t stop) const { return Query(core_.slice(start, stop)); }
    /// SELECT DISTINCT: the database leaves equal rows out.
    Query distinct() const { return Query(core_.distinct()); }
    /// Rows overwrite what objects in memory have, changes included.
    Query populate_existing() const { return Query(core_.populate_existing()); }
    /// How `update` and `delete_` tell the objects in memory.
    Query synchronize_session(SynchronizeSession how) const { return Query(core_.synchronize_session(how)); }
    /// The same query on another session.
    Query with_session(Session& session) const;

    /// All rows: one SELECT.
    std::vector<row> all() const { return collect(stream()); }
    /// All rows, as an aggregate whose members are found by name among the columns and labels.
    template <class Aggregate>
    std::vector<Aggregate> all() const {
        return collect(stream_as<Aggregate>());
    }
    /// The first row, or nothing: LIMIT 1.
    auto first() const { return maybe(Query(core_.limit(1)).stream().next()); }
    /// The only row. No LIMIT is emitted. @throws NoResultFound, MultipleResultsFound
    row one() const {
        auto found = only(false);
        if (!found) {
            detail::QueryCore::throw_no_row();
        }
        return std::move(*found);
    }
    /// The only row, or nothing. @throws MultipleResultsFound
    auto one_or_none() const { return maybe(only(true)); }
    /// The first element of the only row, or nothing. @throws MultipleResultsFound
    auto scalar() const {
        auto found = only(false);
        if constexpr (sizeof...(R) == 1) {
            return flattened(std::move(found));
        } else {
            using Element = detail::row_element_t<First>;
            return flattened(found ? std::optional<Element>(std::get<0>(std::move(*found))) : std::nullopt);
        }
    }
    /// The number of rows: one SELECT count(*) over the query.
    std::int64_t count() const { return core_.count(); }
    /// EXISTS (this query), as a criterion.
    Expr exists() const { return core_.exists(); }
    /// The object with this primary key, from memory where it is there. The query must have no criteria.
    template <class... Key>
    Ptr<First> get(const Key&... key) const {
        return Ptr<First>(core_.get(detail::encode_key<First>(key...)));
    }

    /// The rows one after the other, unbuffered.
    auto stream() const {
        return make_stream<row>([](detail::QueryRun& run) { return read(run, std::index_sequence_for<R...>{}); });
    }
    /// Iterating runs the query and keeps all rows, so the body of the loop may flush and commit.
    auto begin() const { return Rows{std::make_shared<std::vector<row>>(all()), 0}; }
    std::default_sentinel_t end() const noexcept { return {}; }

    /// UPDATE of all rows that the criteria choose; the number of rows. `update(col<&User::name> = "ed")`.
    template <class... Assignments>
    std::int64_t update(const Assignments&... assignments) const {
        constexpr bool fits = (std::is_same_v<Assignments, Assignment> && ...);
        static_assert(fits, "aludel: update() takes assignments, such as update(col<&User::name> = \"ed\")");
        if constexpr (fits) {
            return core_.update({assignments...});
        } else {
            return 0;
        }
    }
    /// DELETE of all rows that the criteria choose; the number of rows. No cascades of the session.
    std::int64_t delete_() const { return core_.remove(); }

    /// The SELECT, for use in other statements.
    NodeRef node() const { return core_.statement(); }
    /// The SQL, with markers in place of the values.
    std::string str() const { return core_.text(); }
    friend std::ostream& operator<<(std::ostream& out, const Query& query) {
        return detail::print_text(out, query.str());
    }

  private:
    /// An iterator that owns the rows.
    struct Rows {
        using value_type = row;
        using difference_type = std::ptrdiff_t;
        row& operator*() const { return (*rows)[next]; }
        row* operator->() const { return &(*rows)[next]; }
        Rows& operator++() {
            ++next;
            return *this;
        }
        void operator++(int) { ++next; }
        friend bool operator==(const Rows& it, std::default_sentinel_t) noexcept { return it.next == it.rows->size(); }

        std::shared_ptr<std::vector<row>> rows;
        std::size_t next;
    };

    template <std::size_t... I>
    static row read(detail::QueryRun& run, std::index_sequence<I...>) {
        return row{detail::read_element<R>(run, I)...};
    }
    template <class Row, class Read>
    auto make_stream(Read read_row) const {
        return QueryStream<Row, Read>(core_.run(), std::move(read_row));
    }
    template <class Aggregate>
    auto stream_as() const {
        return make_stream<Aggregate>(
            [reader = detail::AggregateReader<Aggregate>(core_)](detail::QueryRun& run) { return reader.read(run); });
    }
    template <class Stream>
    static auto collect(Stream stream) {
        std::vector<typename Stream::Iterator::value_type> rows;
        while (auto found = stream.next()) {
            rows.push_back(std::move(*found));
        }
        return rows;
    }
    std::optional<row> only(bool none_would_do) const {
        auto rows = stream();
        auto found = rows.next();
        if (found && rows.next()) {
            detail::QueryCore::throw_many_rows(none_would_do);
        }
        return found;
    }
    /// A missing object is a null handle; a missing value an empty optional.
    template <class Element>
    static auto maybe(std::optional<Element> found) {
        if constexpr (sizeof...(R) == 1 && detail::HasTableName<First>) {
            return found ? std::move(*found) : Element();
        } else {
            return found;
        }
    }
    template <class Element>
    static auto flattened(std::optional<Element> found) {
        if constexpr (detail::IsPtr<Element>::value || detail::is_optional<Element>) {
            return found ? std::move(*found) : Element();
        } else {
            return found;
        }
    }

    detail::QueryCore core_;
};

}  // namespace aludel
