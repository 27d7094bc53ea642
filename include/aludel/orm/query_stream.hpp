// The rows of a query that runs, as C++ values.
#pragma once

#include <aludel/orm/detail/class_members.hpp>
#include <aludel/orm/ptr.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/types/traits.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

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

template <class R>
row_element_t<R> read_element(QueryRun& run, std::size_t index) {
    if constexpr (HasTableName<R>) {
        return Ptr<R>(run.object(index));
    } else if constexpr (std::is_same_v<R, Value>) {
        return run.cell(index).to_value();
    } else {
        return SqlTraits<R>::decode(run.cell(index), run.context(index));
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

    /// The rows that are left.
    std::vector<Row> all() && {
        std::vector<Row> rows;
        rows.reserve(run_.row_count());
        try {
            while (run_.next()) rows.push_back(read_(run_));
        } catch (StatementError& error) {
            run_.annotate(error);
            throw;
        }
        return rows;
    }

  private:
    detail::QueryRun run_;
    Read read_;
    std::optional<Row> current_;
};

}  // namespace aludel
