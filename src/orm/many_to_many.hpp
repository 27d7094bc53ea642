// How a many-to-many relationship joins: found from the foreign keys of its association table, or from its options.
#pragma once

#include <aludel/orm/mapper.hpp>
#include <aludel/sql/expr/node.hpp>

#include <vector>

namespace aludel::detail {

/// A column of a mapped class and the column of the association table that refers to it.
struct AssociationPair {
    const Attribute* attribute;
    const ColumnInfo* association;
};

struct ManyToMany {
    const TableInfo* association;
    std::vector<AssociationPair> owner;
    std::vector<AssociationPair> target;
};

/// @throws ArgumentError, AmbiguousForeignKeysError, NoForeignKeysError, NoSuchTableError that say what to write.
ManyToMany resolve_many_to_many(const Mapper& owner, const RelationshipDescription& relationship);

/// `? = association.owner_id AND target.id = association.target_id`: what chooses the related objects of one owner.
std::vector<NodeRef> related_criteria(const ManyToMany& joins, const ObjectHeader& owner);

/// The values that an object has in its columns of the association table.
std::vector<Value> association_values(const std::vector<AssociationPair>& pairs, const ObjectHeader& header);

}  // namespace aludel::detail
