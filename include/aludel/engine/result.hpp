#pragma once

#include <aludel/engine/row.hpp>
#include <aludel/engine/row_cursor.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

/// What all results do, whatever the types of their rows.
class ResultCore {
  public:
    ResultCore();
    explicit ResultCore(RowCursor cursor);
    ResultCore(ResultCore&&) noexcept;
    ResultCore& operator=(ResultCore&&) noexcept;
    ~ResultCore();

    bool fetch() { return cursor_.next(); }
    std::span<const Cell> cells() const noexcept { return cursor_.row(); }
    DecodeContext context(std::size_t index) const noexcept;
    const RowKeys& keys() const noexcept { return keys_; }
    RowCursor& cursor() noexcept { return cursor_; }
    const RowCursor& cursor() const noexcept { return cursor_; }
    /// @throws ArgumentError unless the rows have so many columns.
    void require_columns(std::size_t count) const;
    [[noreturn]] static void fail_no_row();
    [[noreturn]] static void fail_many_rows(bool none_would_do);

    std::vector<Value> primary_key;

  private:
    RowCursor cursor_;
    RowKeys keys_;
};

/// `std::optional<T>`, once.
template <class T>
using Optional = std::optional<without_optional_t<T>>;

template <class T>
T read_cell(ResultCore& core, std::size_t index) {
    const Cell& cell = core.cells()[index];
    if constexpr (std::is_same_v<T, Value>)
        return cell.to_value();
    else if constexpr (std::is_same_v<T, std::optional<Value>>)
        return cell.is_null() ? std::nullopt : T{cell.to_value()};
    else
        return SqlTraits<T>::decode(cell, core.context(index));
}

/// How rows of type `Row` are made of cells.
struct DynamicRow {
    using type = Row;
    static constexpr std::size_t columns = 0;
    static Row read(ResultCore& core);
};
template <class... T>
struct TypedRow {
    using type = std::tuple<T...>;
    static constexpr std::size_t columns = sizeof...(T);
    static type read(ResultCore& core) { return read(core, std::index_sequence_for<T...>{}); }
    template <std::size_t... I>
    static type read(ResultCore& core, std::index_sequence<I...>) {
        return type{read_cell<T>(core, I)...};
    }
};
template <class T>
struct TypedRow<T> {
    using type = T;
    static constexpr std::size_t columns = 1;
    static type read(ResultCore& core) { return read_cell<T>(core, 0); }
};

}  // namespace detail

/// The ways to read rows, for `CursorResult` and `Result<T…>`. Rows are read from the database as they are asked for.
template <class Shape>
class Rows {
  public:
    using row_type = typename Shape::type;

    /// An input iterator: each row is made when it is reached, once.
    class Iterator {
      public:
        using value_type = row_type;
        using difference_type = std::ptrdiff_t;
        using reference = row_type&;
        using pointer = row_type*;
        using iterator_category = std::input_iterator_tag;

        Iterator() = default;
        explicit Iterator(Rows& rows) : rows_(&rows) { ++*this; }
        row_type& operator*() const { return *rows_->current_; }
        row_type* operator->() const { return &*rows_->current_; }
        Iterator& operator++() {
            rows_->current_ = rows_->fetchone();
            if (!rows_->current_) rows_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& it, std::default_sentinel_t) noexcept { return !it.rows_; }

      private:
        Rows* rows_ = nullptr;
    };

    Iterator begin() { return Iterator{*this}; }
    std::default_sentinel_t end() const noexcept { return {}; }

    /// The next row, or nothing at the end.
    std::optional<row_type> fetchone() {
        if (!core_.fetch()) return std::nullopt;
        return read();
    }

    /// Up to `count` rows.
    std::vector<row_type> fetchmany(std::size_t count) {
        std::vector<row_type> rows;
        while (rows.size() < count && core_.fetch()) rows.push_back(read());
        return rows;
    }

    /// All rows that are left.
    std::vector<row_type> all() {
        std::vector<row_type> rows;
        while (core_.fetch()) rows.push_back(read());
        return rows;
    }

    /// The first row, or nothing; the rest is dropped.
    std::optional<row_type> first() {
        auto row = fetchone();
        close();
        return row;
    }

    /// The only row.
    /// @throws NoResultFound, MultipleResultsFound
    row_type one() {
        auto row = only(false);
        if (!row) detail::ResultCore::fail_no_row();
        return std::move(*row);
    }

    /// The only row, or nothing. @throws MultipleResultsFound
    std::optional<row_type> one_or_none() { return only(true); }

    /// The names of the columns.
    const std::vector<std::string>& keys() const noexcept { return *core_.keys(); }

    /// Drops the rest. Reading on is a ResourceClosedError.
    void close() noexcept { core_.cursor().close(); }

  protected:
    explicit Rows(detail::ResultCore core) : core_(std::move(core)) {}

    detail::ResultCore core_;

  private:
    row_type read() {
        try {
            return Shape::read(core_);
        } catch (StatementError& error) {
            core_.cursor().annotate(error);
            throw;
        }
    }
    std::optional<row_type> only(bool none_would_do) {
        auto row = fetchone();
        const bool more = row && core_.fetch();
        close();
        if (more) detail::ResultCore::fail_many_rows(none_would_do);
        return row;
    }

    std::optional<row_type> current_;
};

/// The rows of a statement whose types the compiler knows: one value, or a tuple of several. Belongs to its connection:
/// it ends with the transaction. Move-only.
template <class... T>
class Result final : public Rows<detail::TypedRow<T...>> {
    using Base = Rows<detail::TypedRow<T...>>;
    using First = std::tuple_element_t<0, std::tuple<T...>>;

  public:
    explicit Result(detail::ResultCore core) : Base(std::move(core)) {}

    /// The first column of the first row, or nothing; the rest is dropped.
    detail::Optional<First> scalar() {
        detail::Optional<First> value;
        if (this->core_.fetch()) value = detail::read_cell<detail::Optional<First>>(this->core_, 0);
        this->close();
        return value;
    }
    /// The first column of the only row. @throws NoResultFound, MultipleResultsFound
    First scalar_one() { return scalars().one(); }
    /// The rows reduced to their first column.
    Result<First> scalars() { return Result<First>{std::move(this->core_)}; }
};

/// The result of a statement of unknown shape: rows as `Row`, or what an INSERT, UPDATE or DELETE did. Belongs to its
/// connection: its rows end with the transaction. Move-only.
class CursorResult final : public Rows<detail::DynamicRow> {
  public:
    explicit CursorResult(detail::ResultCore core);

    bool returns_rows() const noexcept { return core_.cursor().returns_rows(); }

    /// Rows inserted, updated or deleted; -1 for a query.
    std::int64_t rowcount() const noexcept { return core_.cursor().rows_affected(); }
    /// The key that the database generated for the row inserted last; 0 where there is none.
    std::int64_t lastrowid() const noexcept { return core_.cursor().last_insert_id(); }
    /// After an INSERT of one row: the values of its primary key, in the order of the key's columns.
    /// @throws InvalidRequestError after another statement.
    const std::vector<Value>& inserted_primary_key() const;

    /// The rows with C++ types. @throws ArgumentError unless there are as many columns as types.
    template <class... T>
    Result<T...> as() {
        core_.require_columns(sizeof...(T));
        return Result<T...>{std::move(core_)};
    }

    /// The first column of the first row, or nothing when there is no row or it is NULL; the rest is dropped.
    template <class T = Value>
    detail::Optional<T> scalar() {
        return scalars<detail::Optional<T>>().scalar();
    }
    /// The first column of the only row. @throws NoResultFound, MultipleResultsFound
    template <class T = Value>
    T scalar_one() {
        return scalars<T>().one();
    }
    /// The first column of each row.
    template <class T = Value>
    Result<T> scalars() {
        return Result<T>{std::move(core_)};
    }

    detail::ResultCore release() && { return std::move(core_); }
};

}  // namespace aludel
