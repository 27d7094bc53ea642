// How a query is run: its final SELECT with what is loaded eagerly, and where in a row each object stands.
#pragma once

#include "orm/load_tree.hpp"

#include <aludel/base/ref.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace aludel::detail {

struct EntityPlan;

/// A relationship whose objects stand in the same row.
struct JoinedPlan {
    const Relationship* relationship;
    std::unique_ptr<EntityPlan> entity;
};

/// A relationship that is loaded when the rows have been read.
struct AfterPlan {
    const Relationship* relationship;
    LoadWay way;
    const RelationshipLoad* option;  // of the entity's options, or null
    bool is_in_circles = false;      // of `immediate`: classes that lead to each other
};

/// How the objects of one class are read out of a row, and what is loaded with them.
struct EntityPlan {
    const Mapper* mapper = nullptr;
    NodeRef from;
    Ref<const LoadNode> options;  // null: nothing is said
    EveryLoad every;
    Ref<const LoadPath> path;              // from where the first query began
    Ref<const LoadPath> local;             // from where this query begins
    std::vector<const Relationship*> way;  // from the entity of the query that a subquery load repeats
    NodeRef origin;                        // the FROM element of that entity

    std::size_t first = 0;            // where the columns begin, if all are there in the order of the table
    std::vector<std::int32_t> cells;  // else the place of each attribute in the row; -1: it is deferred
    std::vector<JoinedPlan> joined;
    std::vector<AfterPlan> after;
    std::vector<const Relationship*> absent;  // are empty
    bool keeps_siblings = false;
    bool is_joined = false;  // by the plan, to what the query itself selects

    [[nodiscard]] bool is_plain() const noexcept {
        return joined.empty() && after.empty() && absent.empty() && !keeps_siblings && !options && !every.relationships;
    }
};

/// An entity or an expression of a query in its rows.
struct ElementPlan {
    std::unique_ptr<EntityPlan> entity;  // null: an expression
    std::size_t column = 0;
};

/// What a query consists of when it runs.
struct PlanRequest {
    std::vector<QueryElement> elements;
    SelectDraft draft;
    BoundOptions options;
    Ref<const LoadPath> path;                    // of the first class among the elements; null: the query begins here
    const Relationship* back = nullptr;          // of a lazy load: the way back to the owner, which is in memory
    std::shared_ptr<const PlanRequest> repeats;  // of a subquery load: the query that it repeats
    std::vector<const Relationship*> way;        // the way from there
    NodeRef origin;
    bool joins_eagerly = true;
    bool refreshes = false;  // one object that is known: nothing is loaded for many at once
    bool keeps_siblings = false;
};

struct QueryPlan {
    NodeRef statement;
    std::vector<ElementPlan> elements;
    std::shared_ptr<const PlanRequest> repeated;  // what subquery loads repeat
    bool joins_collections = false;               // an object may come in several rows
    bool loads_afterwards = false;
    bool loads_by_subquery = false;
    bool refreshes = false;  // as the request says
};

/// Whether objects of the class bring something along, or leave columns out, without any option.
bool needs_plan(const Mapper& mapper) noexcept;
/// The plan of a query without anything special, whose SELECT is its draft.
QueryPlan plain_plan(std::span<const QueryElement> elements, NodeRef statement);
QueryPlan make_plan(PlanRequest request);

/// The column of an attribute, of whatever FROM element an entity stands for.
NodeRef entity_column(const NodeRef& from, const ColumnInfo& column);
/// Expressions of an ORDER BY that a SELECT of `columns` does not have yet: an outer one could not order by them.
std::vector<NodeRef> missing_order(const std::vector<NodeRef>& order_by, const std::vector<NodeRef>& columns);
/// The FROM elements that the classes and columns of a query name.
void add_element_froms(std::span<const QueryElement> elements, std::vector<NodeRef>& froms);

}  // namespace aludel::detail
