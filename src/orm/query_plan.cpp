#include "orm/query_plan.hpp"

#include "orm/eager_joins.hpp"

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/identity.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace aludel::detail {

namespace {

/// Marks a place among the columns that stand behind those of the query itself, until their number is known.
constexpr std::int32_t secondary_mark = 1 << 30;

bool is_eager(std::string_view lazy) noexcept {
    return !lazy.empty() && lazy != "select" && lazy != "raise" && lazy != "raise_on_sql";
}

bool limits_rows(const SelectDraft& draft) {
    return draft.limit || draft.offset || draft.distinct || !draft.distinct_on.empty() || !draft.group_by.empty();
}

/// What a join is made of, until the FROM list is known.
struct EagerJoin {
    std::size_t element;  // of the query
    const EntityPlan* owner;
    const EntityPlan* target;
    const Relationship* relationship;
    const RelationshipLoad* option;
    NodeRef association;
    bool inner;
    bool is_behind_outer;  // an outer join leads to the owner
    bool owner_is_element;
};

class PlanBuilder {
  public:
    explicit PlanBuilder(PlanRequest request) : request_(std::move(request)) {}

    QueryPlan build();

  private:
    std::unique_ptr<EntityPlan> root(std::size_t element);
    void add_entity(EntityPlan& entity, std::size_t element, bool secondary, bool behind_outer);
    void add_relationship(EntityPlan& entity, const Relationship& relationship, std::size_t element, bool behind_outer);
    void add_joined(EntityPlan& entity, const Relationship& relationship, const ChosenLoad& chosen, std::size_t element,
                    bool behind_outer);
    void add_contained(EntityPlan& entity, const Relationship& relationship, const RelationshipLoad& option,
                       std::size_t element, bool behind_outer);
    void add_after(EntityPlan& entity, const Relationship& relationship, const ChosenLoad& chosen) const;
    std::unique_ptr<EntityPlan> behind(const EntityPlan& owner, const Relationship& relationship,
                                       const RelationshipLoad* option) const;
    void add_columns(EntityPlan& entity, bool secondary);
    std::int32_t place(const NodeRef& column, bool secondary);
    void add_join_columns();

    NodeRef simple_statement();
    NodeRef wrapped_statement();
    JoinTree attached(const JoinTree& tree, const EagerJoin& join, const ColumnOfSide& column) const;
    ColumnOfSide columns_of_join(const EagerJoin& join, const NodeRef& wrapped) const;
    void append_order(std::vector<NodeRef>& order_by) const;
    void settle(EntityPlan& entity) const;

    PlanRequest request_;
    QueryPlan plan_;
    std::vector<NodeRef> primary_, secondary_;
    boost::unordered_flat_map<std::string, std::int32_t> places_;
    std::vector<EagerJoin> joins_;
    std::size_t extra_ = 0;  // columns that only the ORDER BY of an outer SELECT needs
    bool has_collections_ = false;
};

// ---- entities

std::unique_ptr<EntityPlan> PlanBuilder::root(std::size_t element) {
    const QueryElement& what = request_.elements[element];
    auto entity = std::make_unique<EntityPlan>();
    entity->mapper = what.mapper;
    entity->from = what.node;
    entity->options = request_.options.roots.empty() ? nullptr : request_.options.roots[element];
    entity->every = request_.options.every;
    entity->path = request_.path ? request_.path : make_ref<const LoadPath>(*what.mapper, Ref<const LoadPath>());
    entity->local = make_ref<const LoadPath>(*what.mapper, Ref<const LoadPath>());
    entity->way = request_.way;
    entity->origin = request_.origin ? request_.origin : what.node;
    return entity;
}

std::unique_ptr<EntityPlan> PlanBuilder::behind(const EntityPlan& owner, const Relationship& relationship,
                                                const RelationshipLoad* option) const {
    auto entity = std::make_unique<EntityPlan>();
    entity->mapper = &relationship.target();
    if (option != nullptr) {
        entity->options = option->behind;
    }
    entity->every = owner.every;
    entity->path = make_ref<const LoadPath>(relationship.target(), owner.path);
    entity->local = make_ref<const LoadPath>(relationship.target(), owner.local);
    entity->way = owner.way;
    entity->way.push_back(&relationship);
    entity->origin = owner.origin;
    return entity;
}

void PlanBuilder::add_entity(EntityPlan& entity, std::size_t element, bool secondary, bool behind_outer) {
    entity.keeps_siblings = request_.keeps_siblings;
    entity.is_joined = secondary;
    if (!entity.mapper->relationships().empty()) {
        for (const Relationship& relationship : relationships_of(*entity.mapper)) {
            add_relationship(entity, relationship, element, behind_outer);
        }
    }
    add_columns(entity, secondary);
}

void PlanBuilder::add_relationship(EntityPlan& entity, const Relationship& relationship, std::size_t element,
                                   bool behind_outer) {
    ChosenLoad chosen =
        &relationship == request_.back ? ChosenLoad{} : choose_load(entity.options.get(), entity.every, relationship);
    const bool is_for_many =
        chosen.way == LoadWay::selectin || chosen.way == LoadWay::subquery || chosen.way == LoadWay::table;
    if (request_.refreshes && is_for_many) {
        chosen.way = LoadWay::immediate;
    }
    if (chosen.way == LoadWay::contains_eager && (request_.refreshes || request_.path)) {
        chosen.way = LoadWay::select;  // there is no join of the user's to read from
    }
    switch (chosen.way) {
        case LoadWay::joined: add_joined(entity, relationship, chosen, element, behind_outer); break;
        case LoadWay::contains_eager: add_contained(entity, relationship, *chosen.option, element, behind_outer); break;
        case LoadWay::subquery:
        case LoadWay::selectin:
        case LoadWay::table:
        case LoadWay::immediate: add_after(entity, relationship, chosen); break;
        case LoadWay::noload: entity.absent.push_back(&relationship); break;
        case LoadWay::batch: entity.keeps_siblings = true; break;
        case LoadWay::unchanged:
        case LoadWay::select:
        case LoadWay::raise:
        case LoadWay::raise_on_sql: break;
    }
}

bool is_explicit(const ChosenLoad& chosen) {
    return chosen.option != nullptr && chosen.option->way != LoadWay::unchanged;
}

void PlanBuilder::add_joined(EntityPlan& entity, const Relationship& relationship, const ChosenLoad& chosen,
                             std::size_t element, bool behind_outer) {
    if (!request_.joins_eagerly) {
        return;
    }
    has_collections_ = has_collections_ || relationship.is_collection();
    if (!is_explicit(chosen) && leads_in_circles(*entity.local, relationship)) {
        return;
    }
    auto target = behind(entity, relationship, chosen.option);
    target->from = alias_of(relationship.target().selectable());
    EagerJoin join{};
    join.element = element;
    join.owner = &entity;
    join.target = target.get();
    join.relationship = &relationship;
    join.option = chosen.option;
    if (relationship.secondary() != nullptr) {
        join.association = alias_of(table_node(*relationship.secondary()));
    }
    join.inner = is_explicit(chosen) ? chosen.option->innerjoin || relationship.innerjoin() : relationship.innerjoin();
    join.is_behind_outer = behind_outer || !join.inner;
    join.owner_is_element = plan_.elements[element].entity.get() == &entity;
    joins_.push_back(join);
    plan_.joins_collections = plan_.joins_collections || relationship.is_collection();
    add_entity(*target, element, true, join.is_behind_outer);
    entity.joined.push_back({&relationship, std::move(target)});
}

void PlanBuilder::add_contained(EntityPlan& entity, const Relationship& relationship, const RelationshipLoad& option,
                                std::size_t element, bool behind_outer) {
    if (!request_.joins_eagerly) {
        return;
    }
    has_collections_ = has_collections_ || relationship.is_collection();
    plan_.joins_collections = plan_.joins_collections || relationship.is_collection();
    auto target = behind(entity, relationship, &option);
    target->from = option.element ? option.element : relationship.target().selectable();
    add_entity(*target, element, false, behind_outer);
    entity.joined.push_back({&relationship, std::move(target)});
}

void PlanBuilder::add_after(EntityPlan& entity, const Relationship& relationship, const ChosenLoad& chosen) const {
    const bool in_circles = !is_explicit(chosen) && leads_in_circles(*entity.path, relationship);
    const bool is_immediate = chosen.way == LoadWay::immediate;
    if ((in_circles && !is_immediate) || (chosen.way == LoadWay::subquery && !request_.joins_eagerly)) {
        return;
    }
    entity.after.push_back({&relationship, chosen.way, chosen.option, in_circles});
}

// ---- columns

std::int32_t PlanBuilder::place(const NodeRef& column, bool secondary) {
    std::vector<NodeRef>& columns = secondary ? secondary_ : primary_;
    const auto next = static_cast<std::int32_t>(columns.size()) | (secondary ? secondary_mark : 0);
    const auto [known, is_new] = places_.emplace(identity_of(*column), next);
    if (is_new) {
        columns.push_back(column);
    }
    return known->second;
}

void PlanBuilder::add_columns(EntityPlan& entity, bool secondary) {
    const auto attributes = entity.mapper->attributes();
    entity.cells.assign(attributes.size(), -1);
    // A refresh reads what the class says, whatever the first query left out.
    const LoadNode* options = request_.refreshes && !secondary ? nullptr : entity.options.get();
    for (const bool deferrable : {true, false}) {  // what is deferred by the class stands first where it is loaded
        for (const Attribute& attribute : attributes) {
            if (attribute.is_deferred() == deferrable && !is_deferred(options, attribute)) {
                entity.cells[attribute.index()] = place(entity_column(entity.from, attribute.column()), secondary);
            }
        }
    }
}

/// A join to an entity of the query needs the entity's columns in a SELECT around it, deferred or not.
void PlanBuilder::add_join_columns() {
    for (const EagerJoin& join : joins_) {
        if (!join.owner_is_element) {
            continue;
        }
        for (const JoinComparison& each : join.relationship->primaryjoin()) {
            for (const JoinOperand* operand : {&each.left, &each.right}) {
                if (operand->column != nullptr && operand->side == JoinSide::owner) {
                    place(entity_column(join.owner->from, *operand->column), false);
                }
            }
        }
    }
}

// ---- the statement

ColumnOfSide PlanBuilder::columns_of_join(const EagerJoin& join, const NodeRef& wrapped) const {
    return [&join, wrapped](JoinSide side, const ColumnInfo& column) -> NodeRef {
        if (side == JoinSide::target) return column_of(join.target->from, column);
        if (side == JoinSide::association) return column_of(join.association, column);
        const NodeRef own = entity_column(join.owner->from, column);
        return wrapped && !join.owner->is_joined ? column_standing_for(wrapped, *own) : own;
    };
}

/// The criteria are written over the target's table; here its alias stands for it.
std::vector<NodeRef> adapted_criteria(const EagerJoin& join) {
    std::vector<NodeRef> adapted;
    if (join.option == nullptr || join.option->way != LoadWay::joined) {
        return adapted;
    }
    const NodeRef& table = join.relationship->target().selectable();
    for (const NodeRef& criterion : join.option->criteria) {
        adapted.push_back(with_columns_of(criterion, table, join.target->from));
    }
    return adapted;
}

JoinTree PlanBuilder::attached(const JoinTree& tree, const EagerJoin& join, const ColumnOfSide& column) const {
    const Relationship& relationship = *join.relationship;
    const std::vector<NodeRef> criteria = adapted_criteria(join);
    const auto extended = [&](const JoinTree& left, bool outer) {
        const JoinTree target(join.target->from, join.target);
        if (!join.association) {
            return left.joined(target, join_condition(relationship.primaryjoin(), column, criteria), outer);
        }
        const NodeRef first = join_condition(relationship.primaryjoin(), column);
        const NodeRef second = join_condition(relationship.secondaryjoin(), column, criteria);
        const JoinTree association(join.association, nullptr);
        return outer
                   ? left.joined(JoinTree::grouped(association.joined(target, second, false), join.target), first, true)
                   : left.joined(association, first, false).joined(target, second, false);
    };
    if (join.is_behind_outer && join.inner) {
        return tree.spliced(join.owner, [&](const JoinTree& part) { return extended(part, false); });
    }
    return extended(tree, !join.inner);
}

void PlanBuilder::append_order(std::vector<NodeRef>& order_by) const {
    for (const EagerJoin& join : joins_) {
        for (NodeRef& item : join.relationship->order_by(join.target->from, join.association)) {
            order_by.push_back(std::move(item));
        }
    }
}

bool holds(const SqlNode& from, const SqlNode& element) {
    if (from_identity(from) == from_identity(element)) {
        return true;
    }
    return from.kind() == NodeKind::join &&
           (holds(*as<JoinNode>(from).left(), element) || holds(*as<JoinNode>(from).right(), element));
}

/// The FROM element that an entity of the query stands in: a join, or the entity's own.
NodeRef taken_from(std::vector<NodeRef>& froms, const NodeRef& element) {
    const auto found =
        std::find_if(froms.begin(), froms.end(), [&](const NodeRef& from) { return holds(*from, *element); });
    if (found == froms.end()) {
        return element;
    }
    NodeRef from = *found;
    froms.erase(found);
    return from;
}

NodeRef PlanBuilder::simple_statement() {
    SelectDraft draft = request_.draft;
    resolve_joins(draft);
    struct Tree {
        NodeRef begin;
        JoinTree joins;
    };
    std::vector<Tree> trees;
    for (const EagerJoin& join : joins_) {
        const EntityPlan& element = *plan_.elements[join.element].entity;
        auto tree = std::find_if(trees.begin(), trees.end(),
                                 [&](const Tree& each) { return holds(*each.begin, *element.from); });
        if (tree == trees.end()) {
            NodeRef begin = taken_from(draft.from, element.from);
            trees.push_back({begin, JoinTree(begin, &element)});
            tree = trees.end() - 1;
        }
        tree->joins = attached(tree->joins, join, columns_of_join(join, {}));
    }
    for (const Tree& tree : trees) {
        draft.from.push_back(tree.joins.node());
    }
    append_order(draft.order_by);
    draft.columns = primary_;
    draft.columns.insert(draft.columns.end(), secondary_.begin(), secondary_.end());
    return freeze(std::move(draft));
}

NodeRef adapted_order(const NodeRef& item, const NodeRef& wrapped) {
    switch (item->op()) {
        case Operator::asc:
        case Operator::desc:
        case Operator::nulls_first:
        case Operator::nulls_last: return modified(item->op(), adapted_order(as<UnaryNode>(*item).element(), wrapped));
        default: break;
    }
    if (item->kind() == NodeKind::label_reference || item->kind() == NodeKind::text) {
        return item;
    }
    return column_standing_for(wrapped, *item);
}

/// LIMIT and its like count the rows of the query: the joins go round a subquery.
NodeRef PlanBuilder::wrapped_statement() {
    SelectDraft inner = request_.draft;
    resolve_joins(inner);
    inner.columns = primary_;
    for (NodeRef& item : missing_order(inner.order_by, primary_)) {
        inner.columns.push_back(std::move(item));
        ++extra_;
    }
    SelectDraft outer;
    outer.label_style = inner.label_style;
    if (inner.lock.of.empty()) {
        outer.lock = inner.lock;
    }
    const std::vector<NodeRef> order_by = inner.order_by;
    const NodeRef wrapped = subquery_of(freeze(std::move(inner)));
    JoinTree tree(wrapped, joins_.front().owner);
    for (const EagerJoin& join : joins_) {
        tree = attached(tree, join, columns_of_join(join, wrapped));
    }
    outer.from = {tree.node()};
    outer.columns = {wrapped};
    outer.columns.insert(outer.columns.end(), secondary_.begin(), secondary_.end());
    for (const NodeRef& item : order_by) {
        outer.order_by.push_back(adapted_order(item, wrapped));
    }
    append_order(outer.order_by);
    return freeze(std::move(outer));
}

/// Places behind the query's own columns become places in the row.
void PlanBuilder::settle(EntityPlan& entity) const {
    const auto own = static_cast<std::int32_t>(primary_.size() + extra_);
    bool in_order = true;
    for (std::size_t i = 0; i < entity.cells.size(); ++i) {
        std::int32_t& cell = entity.cells[i];
        if (cell >= secondary_mark) {
            cell = (cell & ~secondary_mark) + own;
        }
        in_order = in_order && cell >= 0 && cell == entity.cells.front() + static_cast<std::int32_t>(i);
    }
    if (in_order) {
        entity.first = static_cast<std::size_t>(entity.cells.front());
        entity.cells.clear();
    }
    for (const JoinedPlan& joined : entity.joined) {
        settle(*joined.entity);
    }
}

bool has_after(const EntityPlan& entity, bool by_subquery) {
    const auto counts = [&](const AfterPlan& after) { return !by_subquery || after.way == LoadWay::subquery; };
    return std::any_of(entity.after.begin(), entity.after.end(), counts) ||
           std::any_of(entity.joined.begin(), entity.joined.end(),
                       [&](const JoinedPlan& joined) { return has_after(*joined.entity, by_subquery); });
}

QueryPlan PlanBuilder::build() {
    plan_.elements.resize(request_.elements.size());
    for (std::size_t i = 0; i < request_.elements.size(); ++i) {
        const QueryElement& element = request_.elements[i];
        ElementPlan& planned = plan_.elements[i];
        if (element.mapper != nullptr) {
            planned.entity = root(i);
            add_entity(*planned.entity, i, false, false);
        } else {
            planned.column = primary_.size();
            places_.emplace(identity_of(*element.node), static_cast<std::int32_t>(primary_.size()));
            primary_.push_back(element.node);
        }
    }
    add_join_columns();
    const bool wraps = has_collections_ && !joins_.empty() && limits_rows(request_.draft);
    plan_.statement = wraps ? wrapped_statement() : simple_statement();
    for (const ElementPlan& element : plan_.elements) {
        if (element.entity) {
            settle(*element.entity);
            plan_.loads_afterwards = plan_.loads_afterwards || has_after(*element.entity, false);
            plan_.loads_by_subquery = plan_.loads_by_subquery || has_after(*element.entity, true);
        }
    }
    plan_.refreshes = request_.refreshes;
    plan_.repeated = request_.repeats;
    if (plan_.loads_by_subquery && !plan_.repeated) {
        plan_.repeated = std::make_shared<const PlanRequest>(std::move(request_));
    }
    return std::move(plan_);
}

}  // namespace

bool needs_plan(const Mapper& mapper) noexcept {
    const auto relationships = mapper.relationships();
    return mapper.has_deferred() ||
           std::any_of(relationships.begin(), relationships.end(), [](const RelationshipDescription& each) {
               return is_eager(each.options.text(RelationshipText::lazy));
           });
}

QueryPlan plain_plan(std::span<const QueryElement> elements, NodeRef statement) {
    QueryPlan plan;
    plan.statement = std::move(statement);
    plan.elements.resize(elements.size());
    std::size_t column = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        plan.elements[i].column = column;
        if (elements[i].mapper == nullptr) {
            ++column;
            continue;
        }
        auto entity = std::make_unique<EntityPlan>();
        entity->mapper = elements[i].mapper;
        entity->from = elements[i].node;
        entity->first = column;
        column += elements[i].mapper->attributes().size();
        plan.elements[i].entity = std::move(entity);
    }
    return plan;
}

QueryPlan make_plan(PlanRequest request) { return PlanBuilder(std::move(request)).build(); }

NodeRef entity_column(const NodeRef& from, const ColumnInfo& column) {
    const SqlNode* element = from.get();
    while (element->kind() == NodeKind::alias) {
        element = as<AliasNode>(*element).element().get();
    }
    return element->kind() == NodeKind::table ? column_of(from, column)
                                              : column_standing_for(from, *column_node(column));
}

std::vector<NodeRef> missing_order(const std::vector<NodeRef>& order_by, const std::vector<NodeRef>& columns) {
    std::vector<NodeRef> missing;
    const auto is_in = [](const std::vector<NodeRef>& all, const NodeRef& item) {
        return std::any_of(all.begin(), all.end(), [&](const NodeRef& each) {
            return each == item || identity_of(*each) == identity_of(*item) ||
                   (each->kind() == NodeKind::label && item->kind() == NodeKind::label &&
                    as<NamedNode>(*each).name() == as<NamedNode>(*item).name());
        });
    };
    for (NodeRef item : order_by) {
        while (item->op() == Operator::asc || item->op() == Operator::desc || item->op() == Operator::nulls_first ||
               item->op() == Operator::nulls_last) {
            item = as<UnaryNode>(*item).element();
        }
        const bool is_expression = item->kind() != NodeKind::label_reference && item->kind() != NodeKind::text;
        if (is_expression && !is_in(columns, item) && !is_in(missing, item)) {
            missing.push_back(std::move(item));
        }
    }
    return missing;
}

void add_element_froms(std::span<const QueryElement> elements, std::vector<NodeRef>& froms) {
    for (const QueryElement& element : elements) {
        NodeRef from = element.mapper != nullptr                  ? element.node
                       : element.node->kind() == NodeKind::column ? as<ColumnNode>(*element.node).from()
                                                                  : NodeRef{};
        const bool known =
            std::any_of(froms.begin(), froms.end(), [&](const NodeRef& each) { return from && holds(*each, *from); });
        if (from && !known) {
            froms.push_back(std::move(from));
        }
    }
}

}  // namespace aludel::detail
