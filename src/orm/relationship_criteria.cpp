#include "orm/relationship_criteria.hpp"

#include "orm/region.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/expr/statement.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

namespace aludel::detail {

namespace {

constexpr SqlType boolean_type{.kind = TypeKind::boolean};

/// An attribute of an object as a parameter. The object lives as long as the expression.
class AttributeOfObject final : public LateValue {
  public:
    AttributeOfObject(const Attribute& attribute, ObjectHeader& object) : attribute_(&attribute), object_(object) {}

    const Value& read() const override {
        ObjectHeader& object = *object_;
        const AttributeLink& link = attribute_->link(object);
        const bool is_expired = object.is_expired() || (object.some_expired && link.is_expired());
        if (object.state == ObjectState::persistent && (is_expired || !link.is_set())) {
            load_attribute(link);
        }
        if (!attribute_->link(object).is_set()) {
            throw InvalidRequestError(
                fmt::format("Can't resolve value for column {} on object {}; no value has been set for this column",
                            attribute_->column().full_name(), describe_object(object)));
        }
        value_ = attribute_->value_of(object);
        if (value_.is_null() && object.session != nullptr) {
            object.session->state().warn(fmt::format(
                "Got None for value of column {}; this is unsupported for a relationship comparison and will not "
                "currently produce an IS comparison; compare with nullptr for that",
                attribute_->column().full_name()));
        }
        return value_;
    }

  private:
    const Attribute* attribute_;
    Hold object_;
    mutable Value value_;
};

NodeRef table_of(const TableInfo* table) { return table == nullptr ? NodeRef{} : table_node(*table); }

NodeRef column_at(const JoinOperand& operand, const JoinElements& elements) {
    if (operand.column == nullptr) {
        return operand.literal;
    }
    switch (operand.side) {
        case JoinSide::owner: return column_in(elements.owner, *operand.column);
        case JoinSide::target: return column_in(elements.target, *operand.column);
        case JoinSide::association: break;
    }
    return column_in(elements.association, *operand.column);
}

/// Where the inside of an EXISTS, and what it is compared with, come from.
struct ExistsElements {
    JoinElements elements;
    bool is_aliased = false;  // the class's table stands in the criteria for `elements.target`
};

ExistsElements exists_elements(const RelationshipRef& ref, const Relationship& relationship) {
    const NodeRef& target = relationship.target().selectable();
    ExistsElements result{{owner_element_of(ref), target, table_of(relationship.secondary())}};
    bool alias_association = static_cast<bool>(ref.owner_element);
    if (ref.target_element) {
        result.elements.target = ref.target_element;
        alias_association = true;
    } else if (relationship.is_self_referential() && !ref.owner_element) {
        result.elements.target = alias_of(target);
        result.is_aliased = alias_association = true;
    }
    if (alias_association && relationship.secondary() != nullptr) {
        result.elements.association = alias_of(result.elements.association);
    }
    return result;
}

/// The FROM elements that an expression names, without those inside of subqueries.
void append_named(const NodeRef& node, std::vector<NodeRef>& elements) {
    if (!node || node->kind() == NodeKind::scalar_select) {
        return;
    }
    if (node->kind() == NodeKind::column) {
        elements.push_back(as<ColumnNode>(*node).from());
        return;
    }
    for (const NodeRef& part : node->children()) {
        append_named(part, elements);
    }
}

/// EXISTS over the relationship's tables; whatever else its criteria name belongs to the statement around it.
NodeRef exists_over(const JoinElements& elements, std::vector<NodeRef> criteria) {
    SelectDraft draft;
    draft.label_style = LabelStyle::none;
    draft.columns = {literal_column_node("1", SqlType{.kind = TypeKind::integer})};
    const auto is_inside = [&](const NodeRef& element) {
        const auto same = [&](const NodeRef& other) {
            const bool tables = other && element->kind() == NodeKind::table && other->kind() == NodeKind::table;
            return element == other || (tables && &as<TableNode>(*element).table() == &as<TableNode>(*other).table());
        };
        return same(elements.target) || same(elements.association);
    };
    std::vector<NodeRef> named;
    for (const NodeRef& criterion : criteria) {
        append_named(criterion, named);
    }
    draft.correlate.push_back(elements.owner);
    for (const NodeRef& element : named) {
        if (element && !is_inside(element)) {
            draft.correlate.push_back(element);
        }
    }
    draft.auto_correlate = false;
    draft.where = std::move(criteria);
    draft.from = {elements.target};
    if (elements.association) {
        draft.from.push_back(elements.association);
    }
    return exists_node(freeze(std::move(draft)));
}

/// The relationship's columns with those of one side replaced by an object's values.
std::vector<NodeRef> compared_with(const Relationship& relationship, const JoinElements& elements, JoinSide side,
                                   ObjectHeader& object) {
    const Mapper& mapper = side == JoinSide::owner ? relationship.owner() : relationship.target();
    const auto node = [&](const JoinOperand& operand) {
        const bool is_value = operand.column != nullptr && operand.side == side;
        return is_value ? late_attribute(mapper.attribute_of(*operand.column), object) : column_at(operand, elements);
    };
    std::vector<NodeRef> criteria;
    for (const auto* join : {&relationship.primaryjoin(), &relationship.secondaryjoin()}) {
        for (const JoinComparison& each : *join) {
            criteria.push_back(compare(each.op, node(each.left), Operand(node(each.right))));
        }
    }
    return criteria;
}

/// A fresh alias of the association table, so that several such comparisons do not meet.
NodeRef association_alias(const Relationship& relationship) {
    return relationship.secondary() == nullptr ? NodeRef{} : alias_of(table_node(*relationship.secondary()));
}

void require_target(const Relationship& relationship, const ObjectHeader& object) {
    if (object.mapper != &relationship.target()) {
        throw ArgumentError(fmt::format("Relationship {} leads to {}, and is compared with an object of {}",
                                        relationship.full_name(), relationship.target().class_name(),
                                        object.mapper->class_name()));
    }
}

/// NOT EXISTS of the row with the object's primary key.
NodeRef no_such_row(const RelationshipRef& ref, const Relationship& relationship, ObjectHeader& object) {
    std::vector<NodeRef> key;
    const NodeRef element = criteria_element(ref);
    for (const Attribute* attribute : relationship.target().primary_key()) {
        const ColumnInfo& column = attribute->column();
        key.push_back(make_ref<BinaryNode>(Operator::eq, column_in(element, column),
                                           late_attribute(*attribute, object, column.name()), boolean_type));
    }
    return negate(related_exists(ref, std::move(key)));
}

/// `owner.fk IS NULL`, for each column.
NodeRef is_null(const RelationshipRef& ref, const Relationship& relationship) {
    std::vector<NodeRef> criteria;
    const NodeRef owner = owner_element_of(ref);
    for (const ColumnPair& pair : relationship.pairs()) {
        criteria.push_back(
            compare(Operator::eq, column_in(owner, pair.owner->column()), Operand(constant(NodeKind::null))));
    }
    return conjunction(Operator::and_, std::move(criteria));
}

}  // namespace

const Relationship& relationship_of(const RelationshipRef& ref) { return relationship_at(*ref.owner, ref.offset); }

NodeRef owner_element_of(const RelationshipRef& ref) {
    return ref.owner_element ? ref.owner_element : ref.owner->selectable();
}

std::vector<NodeRef> items_of(const SqlNode& list) { return {list.children().begin(), list.children().end()}; }

NodeRef criteria_element(const RelationshipRef& ref) {
    return ref.target_element ? ref.target_element : relationship_of(ref).target().selectable();
}

NodeRef attribute_column(const NodeRef& element, const Mapper& mapper, std::string_view attribute) {
    return column_in(element, mapper.attribute(attribute).column());
}

NodeRef attribute_column(const NodeRef& element, const Mapper& mapper, std::uint32_t offset) {
    return column_in(element, mapper.attribute_at(offset).column());
}

NodeRef late_attribute(const Attribute& attribute, ObjectHeader& object, std::string seed) {
    return make_ref<BindNode>(BindNode::Late{}, make_ref<AttributeOfObject>(attribute, object), std::move(seed),
                              attribute.column().type());
}

NodeRef related_exists(const RelationshipRef& ref, std::vector<NodeRef> criteria) {
    const Relationship& relationship = relationship_of(ref);
    const ExistsElements inside = exists_elements(ref, relationship);
    const JoinElements& elements = inside.elements;
    std::vector<NodeRef> all = join_criteria(relationship.primaryjoin(), elements);
    for (NodeRef& criterion : join_criteria(relationship.secondaryjoin(), elements)) {
        all.push_back(std::move(criterion));
    }
    criteria.insert(criteria.begin(), ref.criteria.begin(), ref.criteria.end());
    const NodeRef& target = relationship.target().selectable();
    for (NodeRef& criterion : criteria) {
        if (inside.is_aliased) {
            criterion = with_columns_of(criterion, target, elements.target);
        }
        if (elements.association && elements.association->kind() == NodeKind::alias) {
            criterion = with_columns_of(criterion, table_of(relationship.secondary()), elements.association);
        }
        all.push_back(std::move(criterion));
    }
    return exists_over(elements, std::move(all));
}

NodeRef has_member(const RelationshipRef& ref, ObjectHeader& object) {
    const Relationship& relationship = relationship_of(ref);
    require_target(relationship, object);
    const JoinElements elements{owner_element_of(ref), criteria_element(ref), association_alias(relationship)};
    std::vector<NodeRef> criteria = compared_with(relationship, elements, JoinSide::target, object);
    if (relationship.secondary() == nullptr) {
        return conjunction(Operator::and_, std::move(criteria));
    }
    return make_ref<NegatableNode>(std::move(criteria), no_such_row(ref, relationship, object));
}

NodeRef is_related_to(const RelationshipRef& ref, ObjectHeader* object) {
    const Relationship& relationship = relationship_of(ref);
    if (object != nullptr) {
        require_target(relationship, *object);
        const JoinElements elements{owner_element_of(ref), criteria_element(ref), association_alias(relationship)};
        return conjunction(Operator::and_, compared_with(relationship, elements, JoinSide::target, *object));
    }
    return relationship.direction() == Direction::many_to_one ? is_null(ref, relationship)
                                                              : negate(related_exists(ref, {}));
}

NodeRef is_not_related_to(const RelationshipRef& ref, ObjectHeader* object) {
    const Relationship& relationship = relationship_of(ref);
    if (object == nullptr) {
        return relationship.direction() == Direction::many_to_one ? negate(is_null(ref, relationship))
                                                                  : related_exists(ref, {});
    }
    require_target(relationship, *object);
    if (!relationship.uses_get()) {
        return no_such_row(ref, relationship, *object);
    }
    const NodeRef owner = owner_element_of(ref);
    std::vector<NodeRef> criteria;
    for (const ColumnPair& pair : relationship.pairs()) {
        const NodeRef column = column_in(owner, pair.owner->column());
        NodeRef value = late_attribute(*pair.target, *object, pair.owner->column().name());
        criteria.push_back(
            conjunction(Operator::or_, {make_ref<BinaryNode>(Operator::ne, column, std::move(value), boolean_type),
                                        compare(Operator::eq, column, Operand(constant(NodeKind::null)))}));
    }
    return conjunction(Operator::and_, std::move(criteria));
}

std::vector<NodeRef> related_to_owner(const Relationship& relationship, ObjectHeader& owner, const NodeRef& target,
                                      const NodeRef& association) {
    const JoinElements elements{{}, target, association ? association : table_of(relationship.secondary())};
    return compared_with(relationship, elements, JoinSide::owner, owner);
}

}  // namespace aludel::detail
