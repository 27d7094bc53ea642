#pragma once
// Walks over trees: collecting their binds in a fixed order, and comparing two trees up to values and anonymous
// identity.
#include <cstdint>
#include <vector>

#include <aludel/sql/expr/nodes.hpp>

namespace aludel::detail {

/// What a cached statement remembers of its tree, beside the tree.
struct Structure {
    std::vector<const BindNode*> binds;     ///< in the order of the walk; one that occurs twice stands twice
    std::vector<std::uint32_t> identities;  ///< for each node with identity: where it was met first
    std::vector<std::uint32_t> shared;      ///< for each bind: where it was met first

    static Structure of(const SqlNode& root);
};

/// The trees have the same structure: then one text fits both. Appends the binds of `candidate` to `binds`.
bool matches(const SqlNode& known, const Structure& structure, const SqlNode& candidate,
             std::vector<const BindNode*>& binds);

}  // namespace aludel::detail
