// What a query is made of.
#pragma once

#include "orm/relationship.hpp"

#include <aludel/orm/load_options.hpp>
#include <aludel/orm/mapper.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/orm/session_core.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <boost/container/small_vector.hpp>

#include <memory>
#include <vector>

namespace aludel::detail {

/// A class or its alias that was joined along a relationship: doing the same again changes nothing.
struct JoinedPath {
    NodeRef left, right;
    const Relationship* relationship;
};

/// Most queries have few of each, which need no room of their own.
using QueryElements = boost::container::small_vector<QueryElement, 2>;
using JoinedPaths = boost::container::small_vector<JoinedPath, 1>;

struct QueryParts : RefCounted {
    std::weak_ptr<SessionCore> session;
    bool was_bound = false;  // tells a query whose session is gone from one that never had any
    QueryElements elements;
    SelectDraft draft;
    SynchronizeSession synchronize = SynchronizeSession::evaluate;
    bool populate_existing = false;
    bool enable_eagerloads = true;
    std::vector<LoadOption> options;  // in the order in which they were given
    // Classes and aliases, and other elements (no mapper), that joins and select_from brought.
    QueryElements joined, selected_from;
    JoinedPaths paths;
    std::string shard;        // of a sharded session: the one that the query runs on; empty: as its chooser says
    bool joins_count = true;  // false after reset_joinpoint: `filter_by` looks at the first class
};

using ShardTokens = boost::container::small_vector<ShardToken, 1>;
/// The shards that the query runs on; one 0 in a session without shards.
ShardTokens shards_of(const QueryParts& parts, SessionCore& session);

/// The FROM elements are the same: one alias, or one table.
bool same_element(const NodeRef& a, const NodeRef& b) noexcept;
/// The attributes of a class in the order in which a query selects them: deferred ones first, as SQLAlchemy does.
std::vector<const Attribute*> selected_attributes(const Mapper& mapper);
/// What stands in the SELECT list for an element: of a class its columns, in the order of its attributes.
NodeRef columns_of_element(const QueryElement& element);

/// How many columns of the row an element takes.
std::size_t width_of(const QueryElement& element);

/// The number of rows that the UPDATE changed; objects in memory follow as `parts.synchronize` says.
std::int64_t bulk_update(SessionCore& session, const QueryParts& parts, const std::vector<Assignment>& assignments);
std::int64_t bulk_delete(SessionCore& session, const QueryParts& parts);

}  // namespace aludel::detail
