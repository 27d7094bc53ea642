// What a query is made of.
#pragma once

#include <aludel/orm/mapper.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/orm/session_core.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <memory>
#include <vector>

namespace aludel::detail {

struct QueryParts {
    std::weak_ptr<SessionCore> session;
    bool was_bound = false;  // tells a query whose session is gone from one that never had any
    std::vector<QueryElement> elements;
    SelectDraft draft;
    SynchronizeSession synchronize = SynchronizeSession::evaluate;
    bool populate_existing = false;
};

/// How many columns of the row an element takes.
std::size_t width_of(const QueryElement& element);

/// The number of rows that the UPDATE changed; objects in memory follow as `parts.synchronize` says.
std::int64_t bulk_update(SessionCore& session, const QueryParts& parts, const std::vector<Assignment>& assignments);
std::int64_t bulk_delete(SessionCore& session, const QueryParts& parts);

}  // namespace aludel::detail
