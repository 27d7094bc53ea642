#pragma once
// Which FROM elements of a SELECT no condition joins with the others: their product is rarely meant.
#include <cstddef>
#include <vector>

#include <aludel/sql/expr/node.hpp>

namespace aludel::detail {

/// Groups FROM elements by the joins and comparisons that name two of them.
class FromLinter {
  public:
    /// An item of a FROM list: a join brings its two sides and its condition.
    void add_from(const SqlNode& from);
    /// A part of WHERE or ON: every comparison in it joins what its operands refer to.
    void add_criterion(const SqlNode& criterion);

    /// The elements that nothing joins with the first one, in the order in which they were added.
    std::vector<const SqlNode*> apart_from_first();
    /// Null if there is none.
    const SqlNode* first() const noexcept { return froms_.empty() ? nullptr : froms_.front(); }

  private:
    std::size_t group_of(const SqlNode& element);
    void join(const std::vector<const SqlNode*>& left, const std::vector<const SqlNode*>& right);

    struct Member {
        const void* identity;
        std::size_t next;  // another member of the group; itself: the one that stands for the group
    };
    std::vector<const SqlNode*> froms_;
    std::vector<Member> members_;
};

}  // namespace aludel::detail
