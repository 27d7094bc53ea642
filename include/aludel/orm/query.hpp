// Queries over mapped classes and their columns.
#pragma once

#include <aludel/orm/detail/attribute_by_name.hpp>
#include <aludel/orm/detail/primary_key.hpp>
#include <aludel/orm/detail/query_arguments.hpp>
#include <aludel/orm/load_options.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/orm/query_stream.hpp>
#include <aludel/orm/rel.hpp>
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

}  // namespace detail

/// A query over classes and columns: `session.query<User>().filter(col<&User::name> == "ed").all()`.
///
/// A value: each method returns another query, copies are cheap, and nothing reaches the database before the rows are
/// asked for. Called on a temporary, or on `std::move(query)`, a step changes it in place; a query that was moved from
/// throws InvalidRequestError. A class in the parameters gives a `Ptr` of it in the row, anything else is a value;
/// several make a tuple. Before it runs, the session flushes (autoflush). Rows of one class come without duplicates.
/// Source: SQLAlchemy 1.4's `Query`, whose SQL it emits.
template <class... R>
class Query {
  public:
    using row = typename detail::RowOf<R...>::type;
    using First = std::tuple_element_t<0, std::tuple<R...>>;

    explicit Query(detail::QueryCore core) : core_(std::move(core)) {}
    Query(const Query&) = default;
    Query(Query&&) noexcept = default;
    Query& operator=(const Query&) = default;
    Query& operator=(Query&&) noexcept = default;
    [[gnu::noinline]] ~Query() = default;

    /// WHERE; several criteria, and several calls, are joined by AND.
    template <class... Criteria>
    [[gnu::noinline]] Query filter(const Criteria&... criteria) const& {
        return Query(*this, &detail::QueryCore::filter, detail::ExprViews{detail::as_criterion(criteria)...});
    }
    template <class... Criteria>
    [[gnu::noinline]] Query filter(const Criteria&... criteria) && {
        return Query(std::move(*this), &detail::QueryCore::filter,
                     detail::ExprViews{detail::as_criterion(criteria)...});
    }
    /// WHERE attribute = value, for attributes of the query's first class: `filter_by("name"_a = "ed")`. After a join
    /// say which class is meant: `filter_by<Address>(…)`. @throws InvalidRequestError if a join left that open.
    template <FixedString... Names, class... V>
    Query filter_by(const Arg<Names, V>&... arguments) const {
        static_assert(detail::HasTableName<First>,
                      "aludel: filter_by() needs a query whose first element is a class; use filter(col<…> == …)");
        if constexpr (detail::HasTableName<First>) {
            return equal<First>(core_.filtered_element(mapper<First>(), true), arguments...);
        } else {
            return *this;
        }
    }
    /// The same for attributes of a class that the query was joined to, or returns.
    template <class T, FixedString... Names, class... V>
    Query filter_by(const Arg<Names, V>&... arguments) const {
        static_assert(detail::check_mapped_class<T>());
        return equal<T>(core_.filtered_element(mapper<T>(), false), arguments...);
    }
    /// WHERE the rows are related to this object: `with_parent(jack, rel<&User::addresses>)`.
    template <class T, class Relationship>
    Query with_parent(const Ptr<T>& parent, const Relationship& relationship) const {
        if constexpr (std::is_convertible_v<const Relationship&, std::string_view>) {
            return Query(*this, &detail::QueryCore::with_parent_named, parent.header(), std::string_view(relationship));
        } else {
            constexpr bool fits = detail::AnyRelExpr<Relationship>;
            static_assert(fits,
                          "aludel: with_parent() takes an object and one of its relationships, rel<…> or its name");
            if constexpr (fits) {
                static_assert(std::is_same_v<typename Relationship::owner, T>,
                              "aludel: this relationship belongs to another class than the parent object");
                return Query(*this, &detail::QueryCore::with_parent, parent.header(), relationship.ref());
            } else {
                return *this;
            }
        }
    }

    /// JOIN a class: `join<Address>()` by the foreign keys, `join<Address>(col<…> == col<…>)`, or along a relationship
    /// `join<Address>(rel<&User::addresses>)`.
    template <class T, class... On>
        requires(sizeof...(On) <= 1)
    Query join(const On&... on) const& {
        return Query(*this, &detail::QueryCore::join, detail::join_to(entity<T>, on...));
    }
    template <class T, class... On>
        requires(sizeof...(On) <= 1)
    Query join(const On&... on) && {
        return Query(std::move(*this), &detail::QueryCore::join, detail::join_to(entity<T>, on...));
    }
    /// JOIN along a relationship `join(rel<&User::addresses>)`, or by its name; an alias, a subquery or a table, by the
    /// foreign keys or with a condition or a relationship: `join(alias, rel<&User::addresses>)`. The same relationship
    /// joined twice is one JOIN.
    template <class Target, class... On>
        requires(sizeof...(On) <= 1)
    Query join(const Target& target, const On&... on) const& {
        return Query(*this, &detail::QueryCore::join, detail::join_to(target, on...));
    }
    template <class Target, class... On>
        requires(sizeof...(On) <= 1)
    Query join(const Target& target, const On&... on) && {
        return Query(std::move(*this), &detail::QueryCore::join, detail::join_to(target, on...));
    }
    /// LEFT OUTER JOIN, as `join`. An object that is missing is a null handle; take columns as `optional(col<…>)`.
    template <class T, class... On>
        requires(sizeof...(On) <= 1)
    Query outerjoin(const On&... on) const& {
        return Query(*this, &detail::QueryCore::join, detail::outer(detail::join_to(entity<T>, on...)));
    }
    template <class T, class... On>
        requires(sizeof...(On) <= 1)
    Query outerjoin(const On&... on) && {
        return Query(std::move(*this), &detail::QueryCore::join, detail::outer(detail::join_to(entity<T>, on...)));
    }
    template <class Target, class... On>
        requires(sizeof...(On) <= 1)
    Query outerjoin(const Target& target, const On&... on) const& {
        return Query(*this, &detail::QueryCore::join, detail::outer(detail::join_to(target, on...)));
    }
    template <class Target, class... On>
        requires(sizeof...(On) <= 1)
    Query outerjoin(const Target& target, const On&... on) && {
        return Query(std::move(*this), &detail::QueryCore::join, detail::outer(detail::join_to(target, on...)));
    }
    /// FULL OUTER JOIN, as `join`: what is missing on either side is NULL.
    template <class T, class... On>
        requires(sizeof...(On) <= 1)
    Query full_join(const On&... on) const {
        return Query(*this, &detail::QueryCore::join, detail::full(detail::join_to(entity<T>, on...)));
    }
    template <class Target, class... On>
        requires(sizeof...(On) <= 1)
    Query full_join(const Target& target, const On&... on) const {
        return Query(*this, &detail::QueryCore::join, detail::full(detail::join_to(target, on...)));
    }
    /// FROM: what joins begin with, where the columns do not say it: a class (`entity<User>`), an alias, a subquery, a
    /// table.
    template <class From>
    Query select_from(const From& from) const {
        return Query(*this, &detail::QueryCore::select_from, detail::from_element(from));
    }
    /// `filter_by` and joins by name are about the query's first class again.
    Query reset_joinpoint() const { return Query(*this, &detail::QueryCore::reset_joinpoint); }

    /// How relationships and columns are loaded: `options(joinedload(rel<&User::addresses>))`.
    template <std::same_as<LoadOption>... Options>
    Query options(const Options&... options) const& {
        return Query(*this, &detail::QueryCore::options, std::initializer_list<LoadOption>{options...});
    }
    template <std::same_as<LoadOption>... Options>
    Query options(const Options&... options) && {
        return Query(std::move(*this), &detail::QueryCore::options, std::initializer_list<LoadOption>{options...});
    }
    /// Without what the model's `lazy("joined")` and the like, and options, would add to the statement.
    Query enable_eagerloads(bool on) const { return Query(*this, &detail::QueryCore::enable_eagerloads, on); }
    /// Other classes, columns and expressions from the same rows.
    template <class... A>
    auto with_entities(const A&... arguments) const {
        return Query<typename detail::QueryArgument<A>::type...>(
            with_elements({detail::QueryArgument<A>::element(arguments)...}, false));
    }
    /// More columns and expressions, behind those that are there.
    template <class... A>
    auto add_columns(const A&... arguments) const {
        return Query<R..., typename detail::QueryArgument<A>::type...>(
            with_elements({detail::QueryArgument<A>::element(arguments)...}, true));
    }
    /// One more class or alias.
    template <class A>
    auto add_entity(const A& argument) const {
        return add_columns(argument);
    }
    /// ORDER BY columns, expressions, or labels by name.
    template <class... Columns>
    [[gnu::noinline]] Query order_by(const Columns&... columns) const& {
        return Query(*this, &detail::QueryCore::order_by, detail::ExprViews{detail::as_order(columns)...});
    }
    template <class... Columns>
    [[gnu::noinline]] Query order_by(const Columns&... columns) && {
        return Query(std::move(*this), &detail::QueryCore::order_by, detail::ExprViews{detail::as_order(columns)...});
    }
    /// GROUP BY columns, expressions, or labels by name: one row per group.
    template <class... Columns>
    [[gnu::noinline]] Query group_by(const Columns&... columns) const {
        return Query(*this, &detail::QueryCore::group_by, detail::ExprViews{detail::as_order(columns)...});
    }
    /// HAVING: criteria for the groups, such as `func::count() > 1`; several are joined by AND.
    template <class... Criteria>
    [[gnu::noinline]] Query having(const Criteria&... criteria) const {
        return Query(*this, &detail::QueryCore::having, detail::ExprViews{detail::as_criterion(criteria)...});
    }
    /// LIMIT; another call replaces it. @throws ArgumentError for a negative number.
    [[gnu::noinline]] Query limit(std::int64_t rows) const& { return Query(*this, &detail::QueryCore::limit, rows); }
    [[gnu::noinline]] Query limit(std::int64_t rows) && {
        return Query(std::move(*this), &detail::QueryCore::limit, rows);
    }
    /// OFFSET: how many rows to leave out; another call replaces it. @throws ArgumentError for a negative number.
    [[gnu::noinline]] Query offset(std::int64_t rows) const& { return Query(*this, &detail::QueryCore::offset, rows); }
    [[gnu::noinline]] Query offset(std::int64_t rows) && {
        return Query(std::move(*this), &detail::QueryCore::offset, rows);
    }
    /// The rows from `start` up to, but without, `stop`.
    Query slice(std::int64_t start, std::int64_t stop) const {
        return Query(*this, &detail::QueryCore::slice, start, stop);
    }
    /// SELECT DISTINCT: the database leaves equal rows out.
    Query distinct() const { return Query(*this, &detail::QueryCore::distinct); }
    /// Rows overwrite what objects in memory have, changes included.
    Query populate_existing() const { return Query(*this, &detail::QueryCore::populate_existing); }
    /// How `update` and `delete_` tell the objects in memory.
    Query synchronize_session(SynchronizeSession how) const {
        return Query(*this, &detail::QueryCore::synchronize_session, how);
    }
    /// In a sharded session: runs on this shard only, whatever `execute_chooser` says.
    Query set_shard(std::string_view shard) const { return Query(*this, &detail::QueryCore::set_shard, shard); }
    /// The same query on another session.
    Query with_session(Session& session) const;

    /// All rows: one SELECT.
    [[gnu::noinline]] std::vector<row> all() const& {
        std::vector<row> found;
        core_.read_all(&found, &Query::append);
        return found;
    }
    [[gnu::noinline]] std::vector<row> all() && {
        std::vector<row> found;
        std::move(core_).read_all(&found, &Query::append);
        return found;
    }
    /// All rows, as an aggregate whose members are found by name among the columns and labels.
    template <class Aggregate>
    std::vector<Aggregate> all() const {
        return collect(stream_as<Aggregate>());
    }
    /// The first row, or nothing: LIMIT 1.
    auto first() const { return maybe(limit(1).rows().next()); }
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
    auto stream() const { return rows(detail::Delivery::stream); }
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

    /// As a FROM element: `(SELECT …) AS name`; an empty name is made by the compiler (`anon_1`). Its columns are
    /// `subquery.c(col<…>)`, always optional.
    [[nodiscard]] Subquery subquery(std::string name = {}) const {
        return Subquery(subquery_of(core_.inner_statement(), std::move(name)));
    }
    /// As a value in another statement: the first column of its only row.
    [[nodiscard]] auto scalar_subquery() const {
        static_assert(sizeof...(R) == 1 && !detail::HasTableName<First>,
                      "aludel: scalar_subquery() needs a query for one column or expression");
        return ColumnExpr<std::optional<without_optional_t<First>>>(detail::scalar_node(core_.inner_statement()));
    }
    /// The value of `scalar_subquery()` under a name.
    [[nodiscard]] auto label(std::string_view name) const { return scalar_subquery().label(name); }
    /// Which FROM elements come from the enclosing statement; otherwise all that fit do.
    template <class... From>
    Query correlate(const From&... from) const {
        return Query(*this, &detail::QueryCore::correlate,
                     std::initializer_list<NodeRef>{detail::from_element(from).node...});
    }

    /// The SELECT, for use in other statements.
    NodeRef node() const { return core_.statement(); }
    /// The SQL, with markers in place of the values.
    std::string str() const { return core_.text(); }
    friend std::ostream& operator<<(std::ostream& out, const Query& query) {
        return detail::print_text(out, query.str());
    }

  private:
    /// A query after one more step.
    template <class... Parameters, class... Arguments>
    Query(const Query& before, void (detail::QueryCore::*step)(Parameters...), const Arguments&... arguments)
        : core_(before.core_) {
        (core_.*step)(arguments...);
    }
    /// In place: what throws leaves `before` as it was.
    template <class... Parameters, class... Arguments>
    Query(Query&& before, void (detail::QueryCore::*step)(Parameters...), const Arguments&... arguments)
        : core_(((before.core_.*step)(arguments...), std::move(before.core_))) {}

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

    detail::QueryCore with_elements(std::initializer_list<detail::QueryElement> elements, bool keep_present) const {
        detail::QueryCore changed = core_;
        changed.with_elements(elements, keep_present);
        return changed;
    }
    template <class T, FixedString... Names, class... V>
    Query equal(const NodeRef& element, const Arg<Names, V>&... arguments) const {
        return Query(*this, &detail::QueryCore::filter,
                     detail::ExprViews{AnyExpr(detail::equality<T>(
                         detail::attribute_column(element, mapper<T>(), Names.view()), arguments))...});
    }
    template <std::size_t... I>
    static row read(detail::QueryRun& run, std::index_sequence<I...>) {
        return row{detail::read_element<R>(run, I)...};
    }
    static void append(void* rows, detail::QueryRun& run) {
        auto& found = *static_cast<std::vector<row>*>(rows);
        if (found.empty()) found.reserve(run.row_count());
        found.push_back(read(run, std::index_sequence_for<R...>{}));
    }
    auto rows(detail::Delivery how = detail::Delivery::objects) const {
        return make_stream<row>(how, [](detail::QueryRun& run) { return read(run, std::index_sequence_for<R...>{}); });
    }
    template <class Row, class Read>
    auto make_stream(detail::Delivery how, Read read_row) const {
        return QueryStream<Row, Read>(core_.run(how), std::move(read_row));
    }
    template <class Aggregate>
    auto stream_as() const {
        return make_stream<Aggregate>(detail::Delivery::cells, [reader = detail::AggregateReader<Aggregate>(core_)](
                                                                   detail::QueryRun& run) { return reader.read(run); });
    }
    template <class Stream>
    static auto collect(Stream stream) {
        return std::move(stream).all();
    }
    std::optional<row> only(bool none_would_do) const {
        auto found_rows = rows();
        auto found = found_rows.next();
        if (found && found_rows.next()) {
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
