#include "sql/compile/from_linter.hpp"

#include <algorithm>
#include <iterator>

#include <aludel/sql/expr/identity.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/compile/renderer.hpp"
#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

/// A query inside of an expression is linted by itself.
bool is_query(const SqlNode& node) {
    return node.kind() == NodeKind::scalar_select || node.kind() == NodeKind::select ||
           node.kind() == NodeKind::compound;
}

std::vector<const SqlNode*> elements_of(const SqlNode& node) {
    std::vector<const SqlNode*> elements;
    append_from_elements(&node, elements);
    return elements;
}

}  // namespace

void FromLinter::add_from(const SqlNode& from) {
    if (from.kind() != NodeKind::join) {
        froms_.push_back(&from);
        return;
    }
    const auto& sides = as<JoinNode>(from);
    add_from(*sides.left());
    add_from(*sides.right());
    join(elements_of(*sides.left()), elements_of(*sides.right()));
    add_criterion(*sides.on());
}

void FromLinter::add_criterion(const SqlNode& criterion) {
    if (is_query(criterion)) return;
    if (criterion.kind() == NodeKind::binary && is_comparison(criterion.op())) {
        const auto& comparison = as<BinaryNode>(criterion);
        join(elements_of(*comparison.left()), elements_of(*comparison.right()));
    }
    for (const NodeRef& child : criterion.children())
        if (child) add_criterion(*child);
}

std::size_t FromLinter::group_of(const SqlNode& element) {
    const void* identity = from_identity(element);
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const Member& member) { return member.identity == identity; });
    auto place = static_cast<std::size_t>(found - members_.begin());
    if (found == members_.end()) members_.push_back({identity, place});
    while (members_[place].next != place) place = members_[place].next;
    return place;
}

void FromLinter::join(const std::vector<const SqlNode*>& left, const std::vector<const SqlNode*>& right) {
    if (left.empty() || right.empty()) return;
    const std::size_t group = group_of(*left.front());
    for (const auto* side : {&left, &right})
        for (const SqlNode* element : *side) members_[group_of(*element)].next = group;
}

std::vector<const SqlNode*> FromLinter::apart_from_first() {
    std::vector<const SqlNode*> apart;
    if (froms_.empty()) return apart;
    const std::size_t group = group_of(*froms_.front());
    std::copy_if(froms_.begin(), froms_.end(), std::back_inserter(apart),
                 [&](const SqlNode* from) { return group_of(*from) != group; });
    return apart;
}

std::string Renderer::quoted_from(const SqlNode& from) {
    if (from.kind() == NodeKind::table) return '"' + as<TableNode>(from).table().key() + '"';
    const std::string name = from_name(from);
    return '"' + generated_name(name, is_anonymous(name)) + '"';
}

void Renderer::lint(const std::vector<const SqlNode*>& froms, const SelectDraft& select) {
    if (!options_.from_linting) return;
    FromLinter linter;
    for (const SqlNode* from : froms) linter.add_from(*from);
    for (const NodeRef& criterion : select.where) linter.add_criterion(*criterion);
    std::string names;
    for (const SqlNode* from : linter.apart_from_first()) names += (names.empty() ? "" : ", ") + quoted_from(*from);
    if (names.empty()) return;
    warnings_.push_back("SELECT statement has a cartesian product between FROM element(s) " + names +
                        " and FROM element " + quoted_from(*linter.first()) +
                        ". Apply join condition(s) between each element to resolve.");
}

}  // namespace aludel::detail
