#include "orm/eager_subquery.hpp"

#include "orm/eager_joins.hpp"
#include "orm/eager_load.hpp"
#include "orm/eager_owners.hpp"

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/identity.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

/// Several objects may have the same values unless they are a whole primary key.
bool are_whole_key(const Mapper& mapper, const std::vector<const Attribute*>& attributes) {
    const auto key = mapper.primary_key();
    return std::all_of(key.begin(), key.end(), [&](const Attribute* part) {
        return std::find(attributes.begin(), attributes.end(), part) != attributes.end();
    });
}

/// The first query again, reduced to the columns that lead to the related objects.
NodeRef repeated_query(const PlanRequest& repeated, const NodeRef& origin, const Relationship& first) {
    SelectDraft draft = repeated.draft;
    resolve_joins(draft);
    draft.label_style = LabelStyle::table_column;
    if (draft.from.empty()) {
        add_element_froms(repeated.elements, draft.from);
    }
    const auto attributes = local_attributes(first);
    draft.columns.clear();
    for (const Attribute* attribute : attributes) {
        draft.columns.push_back(entity_column(origin, attribute->column()));
    }
    draft.distinct = draft.distinct || !are_whole_key(first.owner(), attributes);
    if (!draft.limit && !draft.offset) {
        draft.order_by.clear();
    }
    if (draft.distinct) {
        for (NodeRef& item : missing_order(draft.order_by, draft.columns)) {
            draft.columns.push_back(std::move(item));
        }
    }
    return subquery_of(freeze(std::move(draft)));
}

/// The relationships from the first query's objects to those that are loaded, joined one behind the other.
struct Chain {
    JoinTree joins;
    std::vector<NodeRef> key_columns;
    NodeRef association;
};

Chain chain_of(const std::vector<const Relationship*>& way, const NodeRef& repeated, const NodeRef& origin,
               const std::vector<NodeRef>& criteria) {
    Chain chain{JoinTree(repeated, nullptr), {}, {}};
    NodeRef owner;  // null: the repeated query itself
    const auto owner_column = [&](const ColumnInfo& column) {
        return owner ? column_of(owner, column) : column_standing_for(repeated, *entity_column(origin, column));
    };
    for (std::size_t i = 0; i < way.size(); ++i) {
        const Relationship& relationship = *way[i];
        const bool is_last = i + 1 == way.size();
        const NodeRef& table = relationship.target().selectable();
        const NodeRef target = is_last ? table : alias_of(table);
        chain.association =
            relationship.secondary() == nullptr ? NodeRef{} : alias_of(table_node(*relationship.secondary()));
        const ColumnOfSide column = [&](JoinSide side, const ColumnInfo& info) {
            if (side == JoinSide::owner) return owner_column(info);
            return column_of(side == JoinSide::target ? target : chain.association, info);
        };
        if (is_last) {
            for (const Attribute* attribute : local_attributes(relationship)) {
                chain.key_columns.push_back(owner_column(attribute->column()));
            }
        }
        const std::vector<NodeRef> more = is_last ? criteria : std::vector<NodeRef>{};
        if (chain.association) {
            chain.joins = chain.joins
                              .joined(JoinTree(chain.association, nullptr),
                                      join_condition(relationship.primaryjoin(), column), false)
                              .joined(JoinTree(target, nullptr),
                                      join_condition(relationship.secondaryjoin(), column, more), false);
        } else {
            chain.joins = chain.joins.joined(JoinTree(target, nullptr),
                                             join_condition(relationship.primaryjoin(), column, more), false);
        }
        owner = target;
    }
    return chain;
}

/// The SELECT of the related objects with the values that lead to them.
PlanRequest request_for(const EntityPlan& plan, const AfterPlan& after,
                        const std::shared_ptr<const PlanRequest>& repeated) {
    const Relationship& relationship = *after.relationship;
    PlanRequest request;
    request.way = plan.way;
    request.way.push_back(&relationship);
    const NodeRef inner = repeated_query(*repeated, plan.origin, *request.way.front());
    const Chain chain = chain_of(request.way, inner, plan.origin,
                                 after.option == nullptr ? std::vector<NodeRef>{} : after.option->criteria);
    const NodeRef& target = relationship.target().selectable();
    request.draft.label_style = LabelStyle::table_column;
    request.draft.from = {chain.joins.node()};
    request.draft.order_by = relationship.order_by(target, chain.association);
    request.elements.push_back({&relationship.target(), target});
    for (const NodeRef& column : chain.key_columns) request.elements.push_back({nullptr, column});
    request.options.roots.resize(request.elements.size());
    if (after.option != nullptr) request.options.roots.front() = after.option->behind;
    request.options.every = plan.every;
    request.path = make_ref<const LoadPath>(relationship.target(), plan.path);
    request.repeats = repeated;
    request.origin = plan.origin;
    request.keeps_siblings = plan.keeps_siblings;
    return request;
}

}  // namespace

void load_by_subquery(LoadRun& run, const EntityPlan& plan, const AfterPlan& after,
                      const std::shared_ptr<const PlanRequest>& repeated, std::span<const EagerReader::Owner> owners) {
    const Relationship& relationship = *after.relationship;
    LoadedRows loaded(run.session, make_plan(request_for(plan, after, repeated)), run.populate_existing, true);
    RowCursor rows = run.session.core.read(loaded.plan().statement, {}, Reading::at_once);
    const auto attributes = local_attributes(relationship);
    FoundByKey found(attributes, attributes);
    loaded.read_related(rows, 0, 1, found);
    for (const EagerReader::Owner& owner : owners) {
        found.give(run.session, relationship, owner);
    }
}

}  // namespace aludel::detail
