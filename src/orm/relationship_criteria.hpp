// Criteria over relationships, for queries.
#pragma once

#include "orm/relationship.hpp"

#include <aludel/orm/detail/relationship_ref.hpp>

#include <vector>

namespace aludel::detail {

const Relationship& relationship_of(const RelationshipRef& ref);
/// The FROM element of the owner: the alias, or the class's table.
NodeRef owner_element_of(const RelationshipRef& ref);

/// The target's rows that are related to one object: the owner's columns are values, read when the statement runs.
/// `association` is an element for the association table; null: the table itself.
std::vector<NodeRef> related_to_owner(const Relationship& relationship, ObjectHeader& owner, const NodeRef& target,
                                      const NodeRef& association);

/// A bind whose value is an attribute of an object, as it is when the statement runs.
NodeRef late_attribute(const Attribute& attribute, ObjectHeader& object, std::string seed = "param");

}  // namespace aludel::detail
