// The order of a flush: a topological sort in levels, ties broken by name, as SQLAlchemy does it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

/// Orders actions so that each comes after those that it depends on: level by level (all actions without an unmet
/// dependency first), in a level by sort key. `soft` dependencies are given up where they close a cycle; a cycle of
/// `hard` ones cannot be, and the rest then follows by sort key.
class FlushOrder {
  public:
    /// Returns the number by which the action is known.
    std::size_t add(std::string sort_key);
    enum class Strength : unsigned char { soft, hard };
    void require(std::size_t before, std::size_t after, Strength strength);
    /// The numbers of the actions, first to last.
    [[nodiscard]] std::vector<std::size_t> sorted() const;

  private:
    struct Edge {
        std::size_t before, after;
        Strength strength;
    };
    [[nodiscard]] bool is_free(std::size_t action, const std::vector<bool>& waiting, Strength at_least) const;

    std::vector<std::string> sort_keys_;
    std::vector<Edge> edges_;
};

}  // namespace aludel::detail
