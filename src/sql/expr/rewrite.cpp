#include <aludel/sql/expr/rewrite.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>

#include <utility>

#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

// Nodes of one statement that stand in several places stay one node.
class Rewriter {
  public:
    explicit Rewriter(const Replacement& replacement) : replacement_(replacement) {}

    NodeRef operator()(const NodeRef& node) {
        if (!node) return node;
        if (NodeRef other = replacement_(node)) return other;
        switch (node->kind()) {
            case NodeKind::column:
            case NodeKind::bind:
            case NodeKind::null:
            case NodeKind::true_:
            case NodeKind::false_:
            case NodeKind::literal_column:
            case NodeKind::label_reference:
            case NodeKind::table:
            case NodeKind::alias:
            case NodeKind::subquery:
            case NodeKind::cte:
            case NodeKind::row_source:
            case NodeKind::excluded:
            case NodeKind::insert:
            case NodeKind::update:
            case NodeKind::delete_: return node;
            default: break;
        }
        for (const auto& [known, other] : done_)
            if (known == node) return other;
        NodeRef other = rebuilt(node);
        done_.emplace_back(node, other);
        return other;
    }

    std::vector<NodeRef> all(std::span<const NodeRef> nodes) {
        std::vector<NodeRef> others;
        others.reserve(nodes.size());
        for (const NodeRef& node : nodes) others.push_back((*this)(node));
        return others;
    }

    SelectDraft draft(const SelectDraft& old) {
        SelectDraft draft = old;
        for (std::vector<NodeRef>* clause : {&draft.columns, &draft.from, &draft.where, &draft.group_by, &draft.having,
                                             &draft.order_by, &draft.distinct_on, &draft.correlate})
            *clause = all(*clause);
        for (JoinStep& step : draft.joins) {
            step.target = (*this)(step.target);
            step.on = (*this)(step.on);
            step.left = (*this)(step.left);
        }
        for (TableHint& hint : draft.hints) hint.from = (*this)(hint.from);
        draft.limit = (*this)(draft.limit);
        draft.offset = (*this)(draft.offset);
        draft.fetch = (*this)(draft.fetch);
        return draft;
    }

  private:
    NodeRef rebuilt(const NodeRef& node) {
        const std::span<const NodeRef> children = node->children();
        const std::vector<NodeRef> others = all(children);
        bool same = true;
        for (std::size_t i = 0; i < others.size(); ++i) same = same && others[i] == children[i];
        return same ? node : made_of(*node, others);
    }

    // Table: a line per kind of node that has parts.
    NodeRef made_of(const SqlNode& node, std::vector<NodeRef> parts) {
        const SqlType& type = node.type();
        switch (node.kind()) {
            case NodeKind::unary: return make_ref<UnaryNode>(node.op(), parts[0], type, as<UnaryNode>(node).name());
            case NodeKind::binary: {
                const auto& old = as<BinaryNode>(node);
                return make_ref<BinaryNode>(node.op(), parts[0], parts[1], type, std::string(old.text()),
                                            old.precedence());
            }
            case NodeKind::list:
            case NodeKind::tuple:
            case NodeKind::case_:
            case NodeKind::filter:
            case NodeKind::within_group:
            case NodeKind::array:
            case NodeKind::slice:
            case NodeKind::ordered_argument:
            case NodeKind::scalar_select: return make_ref<ListNode>(node.kind(), node.op(), std::move(parts), type);
            case NodeKind::function:
                return make_ref<FunctionNode>(as<FunctionNode>(node).name(), std::move(parts), type);
            case NodeKind::text:
            case NodeKind::cast:
            case NodeKind::extract:
            case NodeKind::label:
                return make_ref<NamedNode>(node.kind(), as<NamedNode>(node).name(), std::move(parts), type);
            case NodeKind::over: return over(as<OverNode>(node), parts);
            case NodeKind::join: {
                const auto& old = as<JoinNode>(node);
                return make_ref<JoinNode>(parts[0], parts[1], parts[2], old.outer(), old.full());
            }
            case NodeKind::select: return freeze(draft(as<SelectNode>(node).parts()));
            case NodeKind::compound: return compound(as<CompoundNode>(node).parts());
            default: return NodeRef(&node);
        }
    }

    static NodeRef over(const OverNode& node, const std::vector<NodeRef>& parts) {
        const auto partitions = static_cast<std::ptrdiff_t>(node.partition_by().size());
        return make_ref<OverNode>(parts[0], std::vector<NodeRef>(parts.begin() + 1, parts.begin() + 1 + partitions),
                                  std::vector<NodeRef>(parts.begin() + 1 + partitions, parts.end()), node.frame());
    }
    NodeRef compound(CompoundDraft draft) {
        for (std::vector<NodeRef>* clause : {&draft.selects, &draft.group_by, &draft.order_by}) *clause = all(*clause);
        draft.limit = (*this)(draft.limit);
        draft.offset = (*this)(draft.offset);
        return freeze(std::move(draft));
    }

    const Replacement& replacement_;
    std::vector<std::pair<NodeRef, NodeRef>> done_;
};

}  // namespace

NodeRef rewritten(const NodeRef& node, const Replacement& replacement) { return Rewriter(replacement)(node); }

SelectDraft rewritten(const SelectDraft& draft, const Replacement& replacement) {
    return Rewriter(replacement).draft(draft);
}

NodeRef column_in(const NodeRef& element, const ColumnInfo& column) {
    if (element->kind() == NodeKind::subquery || element->kind() == NodeKind::cte)
        return column_standing_for(element, *column_node(column));
    return column_of(element, column);
}

NodeRef with_columns_of(const NodeRef& node, const NodeRef& from, const NodeRef& to) {
    return rewritten(node, [&](const NodeRef& part) -> NodeRef {
        if (part->kind() == NodeKind::column) {
            const auto& column = as<ColumnNode>(*part);
            const bool is_of = column.from() && from_identity(*column.from()) == from_identity(*from);
            return is_of && column.info() != nullptr ? column_in(to, *column.info()) : NodeRef{};
        }
        return from_identity(*part) == from_identity(*from) ? to : NodeRef{};
    });
}

NodeRef with_values_read(const NodeRef& node) {
    if (!node || !node->has_late_values()) return node;
    return rewritten(node, [](const NodeRef& part) -> NodeRef {
        if (!part->has_late_values()) return part;
        if (part->kind() != NodeKind::bind) return {};
        const auto& bind = as<BindNode>(*part);
        return make_ref<BindNode>(Value(bind.value()), std::string(bind.key()), bind.type());
    });
}

}  // namespace aludel::detail
