// The order of a flush: a topological sort in levels, ties broken by name, as SQLAlchemy does it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aludel::detail {

/// What decides between actions of one level. The texts must outlive the order.
struct FlushSortKey {
    std::string_view kind;
    std::string_view name;
    bool is_delete = false;
    friend auto operator<=>(const FlushSortKey&, const FlushSortKey&) = default;
};

/// Orders actions so that each comes after those that it depends on: level by level (all actions without an unmet
/// dependency first), in a level by sort key, then by age. `soft` dependencies are given up where they close a cycle.
/// The cost grows with the number of actions and dependencies, whatever their shape.
class FlushOrder {
  public:
    enum class Strength : unsigned char { soft, hard };
    using Level = std::vector<std::size_t>;

    /// Returns the number by which the action is known.
    std::size_t add(FlushSortKey key);
    /// Something that is no action and takes no level: what comes after it comes after everything before it.
    std::size_t add_milestone();
    void require(std::size_t before, std::size_t after, Strength strength = Strength::hard);

    struct Result {
        std::vector<Level> levels;
        Level cycle;  ///< not empty: these actions wait for each other, and the levels are not complete
    };
    [[nodiscard]] Result sorted() const;
    /// For each action whether it waits for itself, directly or through others.
    [[nodiscard]] std::vector<bool> on_cycles() const;

  private:
    struct SqlNode {
        FlushSortKey key;
        bool is_milestone = false;
    };
    struct Edge {
        std::size_t before, after;
        Strength strength;
    };
    class Sorting;

    std::vector<SqlNode> nodes_;
    std::vector<Edge> edges_;
};

}  // namespace aludel::detail
