// The joins of joined eager loading, and the conditions of relationships between any FROM elements.
#pragma once

#include "orm/relationship.hpp"

#include <aludel/sql/expr/node.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace aludel::detail {

struct EntityPlan;

/// Gives the column of a side of a relationship in a statement.
using ColumnOfSide = std::function<NodeRef(JoinSide, const ColumnInfo&)>;
/// The comparisons as one condition; further criteria are joined to it.
NodeRef join_condition(const std::vector<JoinComparison>& comparisons, const ColumnOfSide& column,
                       const std::vector<NodeRef>& criteria = {});

/// Joins on the way to being built, as a value.
class JoinTree {
  public:
    /// A FROM element that stands for an entity, or (null) for none in particular.
    JoinTree(NodeRef from, const EntityPlan* entity);

    [[nodiscard]] bool is_join() const noexcept { return left_ != nullptr; }
    [[nodiscard]] NodeRef node() const;
    [[nodiscard]] JoinTree joined(JoinTree right, NodeRef on, bool outer) const;
    /// An outer join that stays together: `left LEFT OUTER JOIN (association JOIN target)`.
    [[nodiscard]] static JoinTree grouped(const JoinTree& join, const EntityPlan* entity);
    /// With `extend` applied to the part that stands for `entity`: an inner join that belongs inside of an outer one.
    [[nodiscard]] JoinTree spliced(const EntityPlan* entity,
                                   const std::function<JoinTree(const JoinTree&)>& extend) const;

  private:
    [[nodiscard]] std::shared_ptr<const JoinTree> try_splice(
        const EntityPlan* entity, const std::function<JoinTree(const JoinTree&)>& extend) const;
    [[nodiscard]] JoinTree grafted(const JoinTree& left, const NodeRef& on) const;

    NodeRef from_;
    const EntityPlan* entity_;
    std::shared_ptr<const JoinTree> left_, right_;
    NodeRef on_;
    bool outer_ = false;
};

}  // namespace aludel::detail
