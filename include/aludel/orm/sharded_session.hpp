// A session over several databases of the same shape.
#pragma once

#include <aludel/orm/session.hpp>
#include <aludel/types/traits.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

/// One of the databases among which the rows are divided.
struct Shard {
    std::string id;
    Engine engine;
};

/// What a query looks for, for the choice of its shards.
class ShardQuery {
  public:
    ShardQuery(const Mapper* mapper, std::span<const NodeRef> criteria) noexcept
        : mapper_(mapper), criteria_(criteria) {}

    /// Whether the query is for objects of this class, first of all.
    template <class T>
    [[nodiscard]] bool is_for() const {
        return mapper_ == &mapper<T>();
    }
    /// The values to which the criteria restrict a column, by `==` or `in_`; nothing if they do not:
    /// `query.values_of(col<&Report::continent>)`.
    template <class T>
    [[nodiscard]] std::optional<std::vector<T>> values_of(const ColumnExpr<T>& column) const {
        const auto values = values_of_node(column.node());
        if (!values) return std::nullopt;
        std::vector<T> typed;
        for (const Value& value : *values) typed.push_back(SqlTraits<T>::decode(Cell::of(value), DecodeContext{}));
        return typed;
    }
    /// The same without types.
    [[nodiscard]] std::optional<std::vector<Value>> values_of_node(const NodeRef& column) const;

  private:
    const Mapper* mapper_;
    std::span<const NodeRef> criteria_;
};

/// A primary key that is looked for, for the choice of the shards where its row may be.
class ShardKey {
  public:
    ShardKey(const Mapper& mapper, std::span<const Value> values) noexcept : mapper_(&mapper), values_(values) {}

    /// Whether it is a key of this class.
    template <class T>
    [[nodiscard]] bool is_for() const {
        return mapper_ == &mapper<T>();
    }
    /// The parts of the key, in the order of the columns.
    [[nodiscard]] std::span<const Value> values() const noexcept { return values_; }

  private:
    const Mapper* mapper_;
    std::span<const Value> values_;
};

/// How a sharded session finds its way. What the functions return are ids of `shards`.
struct ShardingOptions {
    std::vector<Shard> shards;
    /// Where a new object's row goes: called once for each, in the flush that writes it. Attributes and relationships
    /// may be read; `object.as<Report>()` is the object as a `Report`, or null.
    std::function<std::string(const AnyPtr& object)> shard_chooser;
    /// Where the row of a primary key may be, in the order in which they are asked; empty: everywhere.
    std::function<std::vector<std::string>(const ShardKey& key)> id_chooser = {};
    /// Where the rows of a query, an UPDATE or a DELETE may be; empty: everywhere.
    std::function<std::vector<std::string>(const ShardQuery& query)> execute_chooser = {};
};

/// A session whose classes have their rows on several databases: each row on one of them, its shard. The user's
/// functions say which.
///
/// An object remembers its shard, and so does its identity: rows of two shards with the same key are two objects. What
/// belongs to an object (its row, its relationships) is read and written on its shard. Queries run on the shards that
/// `execute_chooser` names, one after the other, and give the rows of the first, then those of the second: an order, a
/// limit and an offset hold for each shard by itself. `count()`, `update()` and `delete_()` give the sum. There is one
/// transaction for each shard that the session has come to; `commit()` commits them one after the other, or in two
/// phases with `SessionOptions::twophase`. Source: SQLAlchemy's `horizontal_shard`.
class ShardedSession : public Session {
  public:
    /// @throws ArgumentError without shards, for two of the same id, and without a `shard_chooser`.
    explicit ShardedSession(ShardingOptions sharding, SessionOptions options = {});

    /// Runs a statement of the expression language, or text, on one shard, after a flush. (`execute` does not know
    /// where.) @throws InvalidRequestError for an id that is none.
    template <class Statement, class... Arguments>
    auto execute_on(std::string_view shard, const Statement& statement, const Arguments&... arguments) {
        core().autoflush();
        return connection_to(shard).execute(statement, arguments...);
    }
    /// The connection of the session's transaction on one shard.
    Connection& connection_to(std::string_view shard);
};

namespace detail {
std::string shard_of(const ObjectHeader& header);
}  // namespace detail

/// The id of the shard that the object's row is on; empty: none yet, or its session has no shards.
template <class T>
[[nodiscard]] std::string shard_of(const Ptr<T>& object) {
    return detail::shard_of(detail::header_of(object));
}

}  // namespace aludel
