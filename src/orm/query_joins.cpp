// JOIN, FROM and `with_parent` of queries.
#include "orm/query_parts.hpp"
#include "orm/relationship_criteria.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

bool same_element(const NodeRef& a, const NodeRef& b) noexcept {
    const bool are_tables = a && b && a->kind() == NodeKind::table && b->kind() == NodeKind::table;
    return a == b || (are_tables && &as<TableNode>(*a).table() == &as<TableNode>(*b).table());
}

std::vector<const Attribute*> selected_attributes(const Mapper& mapper) {
    std::vector<const Attribute*> selected;
    for (const bool deferred : {true, false}) {
        for (const Attribute& attribute : mapper.attributes()) {
            if (attribute.is_deferred() == deferred) selected.push_back(&attribute);
        }
    }
    return selected;
}

NodeRef columns_of_element(const QueryElement& element) {
    const bool is_subquery = element.node->kind() == NodeKind::subquery || element.node->kind() == NodeKind::cte;
    if (element.mapper == nullptr || (!is_subquery && !element.mapper->has_deferred())) {
        return element.node;
    }
    // A subquery may select more than the class's columns, and in another order.
    std::vector<NodeRef> columns;
    for (const Attribute* attribute : selected_attributes(*element.mapper)) {
        columns.push_back(column_in(element.node, attribute->column()));
    }
    return comma_list(std::move(columns));
}

namespace {

/// The class that joins by name, `filter_by` and `with_parent` are about when nothing was joined.
const QueryElement& first_entity(const QueryParts& parts, std::string_view method) {
    for (const auto* elements : {&parts.selected_from, &parts.elements}) {
        const auto found =
            std::find_if(elements->begin(), elements->end(), [](const QueryElement& e) { return e.mapper != nullptr; });
        if (found != elements->end()) {
            return *found;
        }
    }
    throw InvalidRequestError(fmt::format(
        "Query.{}() needs a query with a class in it, such as session.query<User>(), or select_from()", method));
}

RelationshipRef named_relationship(const QueryElement& owner, std::string_view name) {
    const Relationship& relationship = relationship_named(*owner.mapper, name);
    const bool is_table = owner.node->kind() == NodeKind::table;
    return {owner.mapper, relationship.description().offset, is_table ? NodeRef{} : owner.node, {}, {}};
}

NodeRef with_criteria(NodeRef condition, const RelationshipRef& ref, const Mapper& target, const NodeRef& element) {
    if (ref.criteria.empty()) return condition;
    std::vector<NodeRef> all{std::move(condition)};
    for (const NodeRef& criterion : ref.criteria) {
        all.push_back(with_columns_of(criterion, target.selectable(), element));
    }
    return conjunction(Operator::and_, std::move(all));
}

NodeRef all_of(std::vector<NodeRef> criteria) { return conjunction(Operator::and_, std::move(criteria)); }

/// Adds the steps of a join along a relationship. An association table is joined under another name, so that it may be
/// joined again: inside of an outer join together with the target, else before it.
void add_steps_along(const Relationship& relationship, const RelationshipRef& ref, const NodeRef& target,
                     const QueryJoin& join, std::vector<JoinStep>& steps) {
    JoinElements elements{owner_element_of(ref), target, {}};
    const auto with_more = [&](NodeRef condition) {
        return with_criteria(std::move(condition), ref, relationship.target(), target);
    };
    if (relationship.secondary() == nullptr) {
        NodeRef condition = with_more(whole_condition(relationship, elements));
        steps.push_back({target, std::move(condition), join.outer, join.full, std::move(elements.owner)});
        return;
    }
    elements.association = alias_of(table_node(*relationship.secondary()));
    const NodeRef first = all_of(join_criteria(relationship.primaryjoin(), elements));
    const NodeRef second = with_more(all_of(join_criteria(relationship.secondaryjoin(), elements)));
    if (join.outer || join.full) {
        steps.push_back({join_of(elements.association, target, second), first, join.outer, join.full, elements.owner});
        return;
    }
    steps.push_back({elements.association, first, false, false, elements.owner});
    steps.push_back({target, second, false, false, elements.association});
}

/// The table that an element stands for; null: a subquery, which tells itself what it selects.
const TableInfo* table_behind(const NodeRef& element) {
    switch (element->kind()) {
        case NodeKind::table: return &as<TableNode>(*element).table();
        case NodeKind::alias: return table_behind(as<AliasNode>(*element).element());
        default: return nullptr;
    }
}

void check_target(const Relationship& relationship, const QueryJoin& join, const NodeRef& owner,
                  const NodeRef& target) {
    if (join.mapper != nullptr && join.mapper != &relationship.target()) {
        throw InvalidRequestError(
            fmt::format("Join target {} does not correspond to the right side of join condition {}, which leads to {}",
                        join.mapper->class_name(), relationship.full_name(), relationship.target().class_name()));
    }
    const TableInfo* table = table_behind(target);
    if (table != nullptr && table != &relationship.target().table()) {
        throw InvalidRequestError(
            fmt::format("Selectable '{}' is not derived from '{}', to which relationship {} leads", table->key(),
                        relationship.target().table().key(), relationship.full_name()));
    }
    if (same_element(owner, target)) {
        const std::string_view name = relationship.target().class_name();
        throw InvalidRequestError(
            fmt::format("Can't construct a join from mapped class {0}->{1} to mapped class {0}->{1}, they are the same "
                        "entity; join an alias: auto other = aliased<{0}>(); query.join(other, rel<…>)",
                        name, relationship.target().table().name()));
    }
}

void join_along(QueryParts& parts, const QueryJoin& join, const RelationshipRef& ref) {
    const Relationship& relationship = relationship_of(ref);
    const NodeRef owner = owner_element_of(ref);
    const NodeRef target = join.target ? join.target : criteria_element(ref);
    check_target(relationship, join, owner, target);
    const auto is_same = [&](const JoinedPath& path) {
        return path.relationship == &relationship && same_element(path.left, owner) && same_element(path.right, target);
    };
    parts.joined.push_back({&relationship.target(), target});
    parts.joins_count = true;
    if (std::any_of(parts.paths.begin(), parts.paths.end(), is_same)) {
        return;
    }
    parts.paths.push_back({owner, target, &relationship});
    add_steps_along(relationship, ref, target, join, parts.draft.joins);
}

ObjectHeader& parent_of(ObjectHeader* parent) {
    if (parent == nullptr) {
        throw ArgumentError("with_parent() needs an object, and the handle is null");
    }
    return *parent;
}

}  // namespace

QueryJoin outer(QueryJoin join) {
    join.outer = true;
    return join;
}

QueryJoin full(QueryJoin join) {
    join.outer = join.full = true;
    return join;
}

void QueryCore::join(const QueryJoin& join) {
    require_no_limit("join");
    QueryParts& parts = own();
    if (!join.name.empty()) {
        join_along(parts, join, named_relationship(first_entity(parts, "join"), join.name));
    } else if (join.relationship) {
        join_along(parts, join, *join.relationship);
    } else {
        parts.draft.joins.push_back({join.target, join.on, join.outer, join.full, {}});
        parts.joined.push_back({join.mapper, join.target});
        parts.joins_count = true;
    }
}

void QueryCore::select_from(const QueryElement& from) {
    QueryParts& parts = own();
    parts.draft.from.push_back(from.node);
    parts.selected_from.push_back(from);
}

void QueryCore::reset_joinpoint() { own().joins_count = false; }

void QueryCore::with_parent(ObjectHeader* parent, const RelationshipRef& ref) {
    const Relationship& relationship = relationship_of(ref);
    ObjectHeader& owner = parent_of(parent);
    if (owner.mapper != ref.owner) {
        throw ArgumentError(fmt::format("with_parent(): relationship {} belongs to {}, and the parent is a {}",
                                        relationship.full_name(), ref.owner->class_name(), owner.mapper->class_name()));
    }
    NodeRef target = relationship.target().selectable();
    for (const QueryElement& element : parts().elements) {
        if (element.mapper == &relationship.target()) {
            target = element.node;
            break;
        }
    }
    const TableInfo* secondary = relationship.secondary();
    const NodeRef association = secondary == nullptr ? NodeRef{} : alias_of(table_node(*secondary));
    filter_all({all_of(related_to_owner(relationship, owner, target, association))});
}

void QueryCore::with_parent_named(ObjectHeader* parent, std::string_view name) {
    const Mapper& owner = *parent_of(parent).mapper;
    with_parent(parent, {&owner, relationship_named(owner, name).description().offset, {}, {}, {}});
}

NodeRef QueryCore::filtered_element(const Mapper& mapper, bool is_first) const {
    const QueryParts& parts = this->parts();
    const QueryElement* last = parts.joins_count && !parts.joined.empty() ? &parts.joined.back() : nullptr;
    if (last != nullptr && last->mapper == &mapper) {
        return last->node;
    }
    if (is_first && last != nullptr) {
        const std::string_view name = last->mapper == nullptr ? "what was joined" : last->mapper->class_name();
        throw InvalidRequestError(fmt::format(
            "filter_by() after join() is about the last thing joined, {}, and not about {}; write filter_by<{}>(…), or "
            "filter_by<{}>(…), or call it before join()",
            name, mapper.class_name(), last->mapper == nullptr ? "Class" : name, mapper.class_name()));
    }
    for (const auto* elements : {&parts.elements, &parts.selected_from, &parts.joined}) {
        for (const QueryElement& element : *elements) {
            if (element.mapper == &mapper) {
                return element.node;
            }
        }
    }
    throw InvalidRequestError(
        fmt::format("filter_by<{0}>(): the query has no {0}; join it first", mapper.class_name()));
}

}  // namespace aludel::detail
