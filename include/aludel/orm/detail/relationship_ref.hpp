// A relationship as a query names it, without the types of the classes.
#pragma once

#include <aludel/orm/detail/object_header.hpp>
#include <aludel/sql/expr/node.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace aludel {

class Mapper;

namespace detail {

/// What `rel<&User::addresses>` says at run time, with what was added to it.
struct RelationshipRef {
    const Mapper* owner = nullptr;
    std::uint32_t offset = 0;       // of the member in the class
    NodeRef owner_element;          // of `alias[&User::addresses]`: the alias; null: the class's table
    NodeRef target_element;         // of `.of_type(alias)`: the alias; null: the class's table, or an alias of it
    std::vector<NodeRef> criteria;  // of `.and_(…)`: joined to the condition of the relationship
};

/// What a list consists of.
std::vector<NodeRef> items_of(const SqlNode& list);
/// EXISTS (SELECT 1 FROM target WHERE the two are related AND criteria): `any()` and `has()`. The criteria are over the
/// class's table, or over `target_element` where there is one.
NodeRef related_exists(const RelationshipRef& relationship, std::vector<NodeRef> criteria);
/// `relationship == object`, or (null) `IS NULL` and `NOT EXISTS`. Values are read when the statement runs.
NodeRef is_related_to(const RelationshipRef& relationship, ObjectHeader* object);
NodeRef is_not_related_to(const RelationshipRef& relationship, ObjectHeader* object);
/// The collection has the object.
NodeRef has_member(const RelationshipRef& relationship, ObjectHeader& object);
/// The column of an attribute, by the member's name, of an element that stands for the class: its table, an alias, a
/// subquery. @throws InvalidRequestError that lists the attributes.
NodeRef attribute_column(const NodeRef& element, const Mapper& mapper, std::string_view attribute);
/// The same by the member's place in the class.
NodeRef attribute_column(const NodeRef& element, const Mapper& mapper, std::uint32_t offset);
/// What `criteria` of `any()` and `has()` are over: the alias of `.of_type(…)`, or the class's table.
NodeRef criteria_element(const RelationshipRef& relationship);

}  // namespace detail
}  // namespace aludel
