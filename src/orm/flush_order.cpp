#include "orm/flush_order.hpp"

#include <algorithm>
#include <numeric>

namespace aludel::detail {

std::size_t FlushOrder::add(std::string sort_key) {
    sort_keys_.push_back(std::move(sort_key));
    return sort_keys_.size() - 1;
}

void FlushOrder::require(std::size_t before, std::size_t after, Strength strength) {
    if (before != after) {
        edges_.push_back({before, after, strength});
    }
}

bool FlushOrder::is_free(std::size_t action, const std::vector<bool>& waiting, Strength at_least) const {
    return std::none_of(edges_.begin(), edges_.end(), [&](const Edge& edge) {
        return edge.after == action && waiting[edge.before] && edge.strength >= at_least;
    });
}

std::vector<std::size_t> FlushOrder::sorted() const {
    std::vector<std::size_t> left(sort_keys_.size());
    std::iota(left.begin(), left.end(), std::size_t{0});
    std::sort(left.begin(), left.end(),
              [&](auto a, auto b) { return sort_keys_[a] == sort_keys_[b] ? a < b : sort_keys_[a] < sort_keys_[b]; });
    std::vector<bool> waiting(sort_keys_.size(), true);
    std::vector<std::size_t> result;
    while (!left.empty()) {
        std::vector<std::size_t> level;
        for (const std::size_t action : left) {
            if (is_free(action, waiting, Strength::soft)) level.push_back(action);
        }
        if (level.empty()) {
            const auto next = std::find_if(left.begin(), left.end(),
                                           [&](auto action) { return is_free(action, waiting, Strength::hard); });
            level.push_back(next == left.end() ? left.front() : *next);
        }
        for (const std::size_t action : level) {
            waiting[action] = false;
            result.push_back(action);
        }
        std::erase_if(left, [&](auto action) { return !waiting[action]; });
    }
    return result;
}

}  // namespace aludel::detail
