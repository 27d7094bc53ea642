#include "orm/flush_order.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace aludel::detail {

std::size_t FlushOrder::add(FlushSortKey key) {
    nodes_.push_back({key, false});
    return nodes_.size() - 1;
}

std::size_t FlushOrder::add_milestone() {
    nodes_.push_back({{}, true});
    return nodes_.size() - 1;
}

void FlushOrder::require(std::size_t before, std::size_t after, Strength strength) {
    if (before != after || strength == Strength::hard) {
        edges_.push_back({before, after, strength});
    }
}

/// The state of one sort: for each node how many dependencies are unmet.
class FlushOrder::Sorting {
  public:
    explicit Sorting(const FlushOrder& order)
        : order_(order), waits_(order.nodes_.size()), first_edge_(order.nodes_.size() + 1) {
        for (const Edge& edge : order_.edges_) {
            ++first_edge_[edge.before + 1];
            ++wait_of(edge);
        }
        for (std::size_t i = 1; i < first_edge_.size(); ++i) first_edge_[i] += first_edge_[i - 1];
        edges_.resize(order_.edges_.size());
        auto next = first_edge_;
        for (const Edge& edge : order_.edges_) edges_[next[edge.before]++] = edge;
    }

    Result run() {
        Result result;
        for (std::size_t node = 0; node < waits_.size(); ++node) {
            if (is_free(node)) release(node);
        }
        while (released_ < waits_.size() || !next_.empty()) {
            if (next_.empty() && !give_up_a_soft_one()) {
                result.cycle = find_cycle();
                return result;
            }
            result.levels.push_back(take_level());
        }
        std::erase_if(result.levels, [](const Level& level) { return level.empty(); });
        return result;
    }

    [[nodiscard]] bool is_left(std::size_t node) const { return !waits_[node].is_released; }

  private:
    struct Waits {
        std::uint32_t hard = 0, soft = 0;
        bool is_released = false;
    };

    std::uint32_t& wait_of(const Edge& edge) {
        Waits& waits = waits_[edge.after];
        return edge.strength == Strength::hard ? waits.hard : waits.soft;
    }
    [[nodiscard]] bool is_free(std::size_t node) const {
        return waits_[node].hard == 0 && waits_[node].soft == 0 && !waits_[node].is_released;
    }

    /// The node may come next. A milestone is passed at once.
    void release(std::size_t start) {
        std::vector<std::size_t> left{start};
        while (!left.empty()) {
            const std::size_t node = left.back();
            left.pop_back();
            if (std::exchange(waits_[node].is_released, true)) continue;
            ++released_;
            if (order_.nodes_[node].is_milestone) {
                finish(node, left);
            } else {
                next_.push_back(node);
            }
        }
    }

    void finish(std::size_t node, std::vector<std::size_t>& freed) {
        for (std::size_t i = first_edge_[node]; i < first_edge_[node + 1]; ++i) {
            --wait_of(edges_[i]);
            if (is_free(edges_[i].after)) freed.push_back(edges_[i].after);
        }
    }

    Level take_level() {
        Level level = std::exchange(next_, {});
        std::sort(level.begin(), level.end(), [&](auto a, auto b) { return comes_first(a, b); });
        std::vector<std::size_t> freed;
        for (const std::size_t node : level) finish(node, freed);
        for (const std::size_t node : freed) release(node);
        return level;
    }

    [[nodiscard]] bool comes_first(std::size_t a, std::size_t b) const {
        return std::tie(order_.nodes_[a].key, a) < std::tie(order_.nodes_[b].key, b);
    }

    bool give_up_a_soft_one() {
        std::size_t best = waits_.size();
        for (std::size_t node = 0; node < waits_.size(); ++node) {
            const bool may_go = !waits_[node].is_released && waits_[node].hard == 0;
            if (may_go && (best == waits_.size() || comes_first(node, best))) best = node;
        }
        if (best == waits_.size()) return false;
        release(best);
        return true;
    }

    /// Each node that is left waits for another one that is left: following these leads into a cycle.
    [[nodiscard]] Level find_cycle() const {
        std::vector<std::size_t> waits_for(waits_.size(), waits_.size());
        for (const Edge& edge : order_.edges_) {
            if (edge.strength == Strength::hard && is_left(edge.before)) waits_for[edge.after] = edge.before;
        }
        std::size_t node = 0;
        while (!is_left(node)) ++node;
        std::vector<bool> is_seen(waits_.size());
        while (!is_seen[node]) {
            is_seen[node] = true;
            node = waits_for[node];
        }
        Level cycle;
        const std::size_t start = node;
        do {
            if (!order_.nodes_[node].is_milestone) cycle.push_back(node);
            node = waits_for[node];
        } while (node != start);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
    }

    const FlushOrder& order_;
    std::vector<Waits> waits_;
    std::vector<std::size_t> first_edge_;  // of each node in `edges_`
    std::vector<Edge> edges_;              // by the node that they leave
    Level next_;
    std::size_t released_ = 0;
};

FlushOrder::Result FlushOrder::sorted() const { return Sorting(*this).run(); }

std::vector<bool> FlushOrder::on_cycles() const {
    std::vector<std::vector<std::size_t>> followers(nodes_.size());
    for (const Edge& edge : edges_) {
        if (edge.strength == Strength::hard) followers[edge.before].push_back(edge.after);
    }
    std::vector<bool> found(nodes_.size());
    for (std::size_t start = 0; start < nodes_.size(); ++start) {
        std::vector<bool> is_reached(nodes_.size());
        std::vector<std::size_t> left{start};
        while (!left.empty() && !is_reached[start]) {
            const std::size_t node = left.back();
            left.pop_back();
            for (const std::size_t follower : followers[node]) {
                if (is_reached[follower]) continue;
                is_reached[follower] = true;
                left.push_back(follower);
            }
        }
        found[start] = is_reached[start];
    }
    return found;
}

}  // namespace aludel::detail
