#include "sql/compile/structure.hpp"

#include <algorithm>

namespace aludel::detail {

namespace {

std::uint32_t first_place(std::vector<const SqlNode*>& seen, const SqlNode& node) {
    const auto found = std::find(seen.begin(), seen.end(), &node);
    const auto place = static_cast<std::uint32_t>(found - seen.begin());
    if (found == seen.end()) seen.push_back(&node);
    return place;
}

// Aliases, subqueries and CTEs are entered once, however many columns refer to them.
bool entered_once(const SqlNode& node) {
    return node.kind() == NodeKind::alias || node.kind() == NodeKind::subquery || node.kind() == NodeKind::cte ||
           node.kind() == NodeKind::row_source;
}
bool has_own_identity(const SqlNode& node) { return entered_once(node) || node.kind() == NodeKind::label; }

struct Collector {
    Structure& out;
    std::vector<const SqlNode*> seen;

    void walk(const SqlNode* node) {
        if (!node || !(node->has_binds() || node->has_identity())) return;
        if (node->kind() == NodeKind::bind) {
            out.binds.push_back(&as<BindNode>(*node));
            return;
        }
        if (has_own_identity(*node)) {
            const bool fresh = std::find(seen.begin(), seen.end(), node) == seen.end();
            const std::uint32_t place = first_place(seen, *node);
            out.identities.push_back(place);
            if (!fresh && entered_once(*node)) return;
        }
        for (const NodeRef& child : node->children()) walk(child.get());
    }
};

struct Comparison {
    const Structure& structure;
    std::vector<const BindNode*>& binds;
    std::size_t identity = 0;
    std::vector<const SqlNode*> seen;

    bool same(const SqlNode* known, const SqlNode* other) {
        if (!known || !other) return known == other;
        if (known == other && !known->has_binds() && !known->has_identity()) return true;
        if (known->structural_hash() != other->structural_hash() || known->kind() != other->kind() ||
            known->op() != other->op() || known->children().size() != other->children().size() ||
            !(known->type() == other->type()) || !known->same_local(*other))
            return false;
        if (other->kind() == NodeKind::bind) {
            binds.push_back(&as<BindNode>(*other));
            return true;
        }
        if (has_own_identity(*other)) {
            const bool fresh = std::find(seen.begin(), seen.end(), other) == seen.end();
            const std::uint32_t place = first_place(seen, *other);
            if (identity >= structure.identities.size() || structure.identities[identity] != place) return false;
            ++identity;
            if (!fresh && entered_once(*other)) return true;
        }
        for (std::size_t i = 0; i < other->children().size(); ++i)
            if (!same(known->children()[i].get(), other->children()[i].get())) return false;
        return true;
    }
};

}  // namespace

Structure Structure::of(const SqlNode& root) {
    Structure structure;
    Collector collector{structure, {}};
    collector.walk(&root);
    for (const BindNode* bind : structure.binds) {
        const auto first = std::find(structure.binds.begin(), structure.binds.end(), bind);
        structure.shared.push_back(static_cast<std::uint32_t>(first - structure.binds.begin()));
    }
    return structure;
}

bool matches(const SqlNode& known, const Structure& structure, const SqlNode& candidate,
             std::vector<const BindNode*>& binds) {
    Comparison comparison{structure, binds, 0, {}};
    if (!comparison.same(&known, &candidate) || comparison.identity != structure.identities.size() ||
        binds.size() != structure.binds.size())
        return false;
    // a bind that the known tree uses twice is one value there, and must be one here; and the other way round, for its
    // name
    for (std::size_t i = 0; i < binds.size(); ++i) {
        const std::uint32_t first = structure.shared[i];
        if (first != i ? binds[first] != binds[i] : false) return false;
    }
    return true;
}

}  // namespace aludel::detail
