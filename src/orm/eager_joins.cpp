#include "orm/eager_joins.hpp"

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <utility>

namespace aludel::detail {

namespace {

NodeRef operand_node(const JoinOperand& operand, const ColumnOfSide& column) {
    return operand.column == nullptr ? operand.literal : column(operand.side, *operand.column);
}

}  // namespace

NodeRef join_condition(const std::vector<JoinComparison>& comparisons, const ColumnOfSide& column,
                       const std::vector<NodeRef>& criteria) {
    std::vector<NodeRef> parts;
    parts.reserve(comparisons.size() + criteria.size());
    for (const JoinComparison& each : comparisons) {
        parts.push_back(compare(each.op, operand_node(each.left, column), Operand(operand_node(each.right, column))));
    }
    parts.insert(parts.end(), criteria.begin(), criteria.end());
    return conjunction(Operator::and_, std::move(parts));
}

JoinTree::JoinTree(NodeRef from, const EntityPlan* entity) : from_(std::move(from)), entity_(entity) {}

NodeRef JoinTree::node() const { return is_join() ? join_of(left_->node(), right_->node(), on_, outer_) : from_; }

JoinTree JoinTree::joined(JoinTree right, NodeRef on, bool outer) const {
    JoinTree join({}, nullptr);
    join.left_ = std::make_shared<const JoinTree>(*this);
    join.right_ = std::make_shared<const JoinTree>(std::move(right));
    join.on_ = std::move(on);
    join.outer_ = outer;
    return join;
}

JoinTree JoinTree::grouped(const JoinTree& join, const EntityPlan* entity) { return JoinTree(join.node(), entity); }

JoinTree JoinTree::grafted(const JoinTree& left, const NodeRef& on) const {
    return is_join() ? left_->grafted(left, on).joined(*right_, on_, outer_) : left.joined(*this, on, false);
}

std::shared_ptr<const JoinTree> JoinTree::try_splice(const EntityPlan* entity,
                                                     const std::function<JoinTree(const JoinTree&)>& extend) const {
    if (!is_join()) {
        return entity_ == entity ? std::make_shared<const JoinTree>(extend(*this)) : nullptr;
    }
    if (const auto right = right_->try_splice(entity, extend)) {
        // Inner joins need no parentheses.
        return std::make_shared<const JoinTree>(outer_ ? left_->joined(*right, on_, true)
                                                       : right->grafted(*left_, on_));
    }
    if (const auto left = left_->try_splice(entity, extend)) {
        return std::make_shared<const JoinTree>(left->joined(*right_, on_, outer_));
    }
    return nullptr;
}

JoinTree JoinTree::spliced(const EntityPlan* entity, const std::function<JoinTree(const JoinTree&)>& extend) const {
    const auto found = try_splice(entity, extend);
    return found ? *found : extend(*this);
}

}  // namespace aludel::detail
