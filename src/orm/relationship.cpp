#include "orm/relationship.hpp"

#include "orm/relationship_resolver.hpp"
#include "orm/resolved_relationships.hpp"

#include <aludel/base/error.hpp>
#include <aludel/base/warning.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <mutex>

namespace aludel::detail {

Relationship::Relationship(const Mapper& owner, const RelationshipDescription& description, std::size_t index)
    : owner_(&owner), description_(&description), index_(index) {}

std::string Relationship::full_name() const { return fmt::format("{}.{}", owner_->class_name(), name()); }

std::vector<NodeRef> Relationship::order_by(const NodeRef& target, const NodeRef& association) const {
    std::vector<NodeRef> items;
    items.reserve(order_by_.size());
    for (const OrderItem& item : order_by_) {
        const bool of_association = &item.column->table() == secondary_;
        NodeRef column = !of_association ? column_in(target, *item.column)
                         : association   ? column_of(association, *item.column)
                                         : column_node(*item.column);
        items.push_back(item.descending ? modified(Operator::desc, std::move(column)) : std::move(column));
    }
    return items;
}

// ---- looking up

namespace {

void resolve(const Mapper& mapper) {
    // A class is described when its mapper is first asked for, which may happen inside of another resolution.
    static std::recursive_mutex resolving;
    std::unique_lock lock(resolving);
    RelationshipResolver resolver;
    resolver.add(mapper);
    resolver.resolve();
    resolver.publish();
    const std::vector<std::string> conflicts = resolver.conflicts();
    lock.unlock();  // whoever handles warnings may use the classes
    for (const std::string& conflict : conflicts) warn(conflict);
}

}  // namespace

std::span<const Relationship> relationships_of(const Mapper& mapper) {
    ResolvedRelationships& resolved = mapper.resolved();
    if (!resolved.is_done.load(std::memory_order_acquire)) {
        resolve(mapper);
    }
    return resolved.all;
}

const Relationship& relationship_named(const Mapper& mapper, std::string_view name) {
    std::string known;
    for (const Relationship& each : relationships_of(mapper)) {
        if (each.name() == name) {
            return each;
        }
        known += fmt::format("{}{}", known.empty() ? "" : ", ", each.name());
    }
    throw InvalidRequestError(fmt::format("Class {} has no relationship '{}'; {}", mapper.class_name(), name,
                                          known.empty() ? "it has none" : "it has: " + known));
}

const Relationship& relationship_with_link(const AttributeLink& link) {
    const ObjectHeader& header = link.header();
    const auto* begin = static_cast<const std::byte*>(header.object());
    const auto offset = static_cast<std::uint32_t>(reinterpret_cast<const std::byte*>(&link) - begin);
    const auto relationships = relationships_of(*header.mapper);
    const Relationship* found = relationships.data();
    while (found->description().link_offset != offset) {
        ++found;
    }
    return *found;
}

const Relationship& relationship_at(const Mapper& mapper, std::uint32_t offset) {
    for (const Relationship& each : relationships_of(mapper)) {
        if (each.description().offset == offset) {
            return each;
        }
    }
    throw InvalidRequestError(
        fmt::format("The member at byte {} of class {} is no mapped relationship; list it in `using mapped = "
                    "Members<…>`",
                    offset, mapper.class_name()));
}

const Relationship* first_delete_orphan(const Mapper& target) noexcept {
    return target.resolved().delete_orphans.load(std::memory_order_acquire);
}

const Relationship* next_delete_orphan(const Relationship& relationship) noexcept {
    return relationship.next_delete_orphan_;
}

// ---- as SQL

namespace {

/// The nodes of the sides; `owner_values` is given where the owner is one object.
struct Sides {
    JoinElements elements;
    const Mapper* owner = nullptr;
    const ObjectHeader* owner_values = nullptr;

    [[nodiscard]] NodeRef node(const JoinOperand& operand) const {
        if (operand.column == nullptr) {
            return operand.literal;
        }
        switch (operand.side) {
            case JoinSide::target: return column_in(elements.target, *operand.column);
            case JoinSide::association: return column_in(elements.association, *operand.column);
            case JoinSide::owner: break;
        }
        if (owner_values == nullptr) {
            return column_in(elements.owner, *operand.column);
        }
        const Attribute& attribute = owner->attribute_of(*operand.column);
        return make_ref<BindNode>(attribute.value_of(*owner_values), "param", operand.column->type());
    }

    void append(const std::vector<JoinComparison>& comparisons, std::vector<NodeRef>& to) const {
        for (const JoinComparison& each : comparisons) {
            to.push_back(compare(each.op, node(each.left), Operand(node(each.right))));
        }
    }
};

}  // namespace

std::vector<NodeRef> join_criteria(const std::vector<JoinComparison>& comparisons, const JoinElements& elements) {
    std::vector<NodeRef> criteria;
    Sides{elements}.append(comparisons, criteria);
    return criteria;
}

std::vector<NodeRef> join_criteria_for(const Relationship& relationship, const ObjectHeader& owner,
                                       const NodeRef& target, const NodeRef& association) {
    const Sides sides{{{}, target, association}, &relationship.owner(), &owner};
    std::vector<NodeRef> criteria;
    sides.append(relationship.primaryjoin(), criteria);
    sides.append(relationship.secondaryjoin(), criteria);
    return criteria;
}

NodeRef whole_condition(const Relationship& relationship, const JoinElements& elements) {
    const bool is_of_tables =
        elements.owner == relationship.owner().selectable() && elements.target == relationship.target().selectable();
    if (is_of_tables && relationship.condition()) {
        return relationship.condition();
    }
    std::vector<NodeRef> criteria;
    const Sides sides{elements};
    sides.append(relationship.primaryjoin(), criteria);
    sides.append(relationship.secondaryjoin(), criteria);
    return conjunction(Operator::and_, std::move(criteria));
}

}  // namespace aludel::detail
