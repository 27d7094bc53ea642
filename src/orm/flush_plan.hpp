// What a flush has to do, as actions that depend on each other.
#pragma once

#include "orm/flush_order.hpp"
#include "orm/session_state.hpp"

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

class Dependency;

enum class FlushStep : std::uint8_t {
    save_all,         ///< INSERT and UPDATE the objects of a class
    delete_all,       ///< DELETE the objects of a class
    process_all,      ///< what a relationship writes for all objects of its class
    post_update_all,  ///< the UPDATEs of relationships with post_update
    // the same for single objects, where classes depend on each other in a cycle
    save_one,
    delete_one,
    process_one,
};

struct FlushAction {
    FlushStep step;
    const Mapper* mapper = nullptr;
    Dependency* dependency = nullptr;
    ObjectHeader* object = nullptr;
    bool is_delete = false;
    friend bool operator==(const FlushAction&, const FlushAction&) = default;
};

inline std::size_t hash_value(const FlushAction& action) noexcept {
    std::size_t seed = boost::hash_value(static_cast<unsigned>(action.step) * 2U + (action.is_delete ? 1U : 0U));
    boost::hash_combine(seed, static_cast<const void*>(action.mapper));
    boost::hash_combine(seed, static_cast<const void*>(action.dependency));
    boost::hash_combine(seed, static_cast<const void*>(action.object));
    return seed;
}

/// Source: the topological part of SQLAlchemy's unit of work.
class FlushPlan {
  public:
    using Action = std::size_t;
    using Strength = FlushOrder::Strength;
    static constexpr Action none = std::numeric_limits<Action>::max();

    /// The number of the action, which is added if it is new.
    Action action(const FlushAction& action);
    Action save_all(const Mapper& mapper) { return action({FlushStep::save_all, &mapper}); }
    Action delete_all(const Mapper& mapper) { return action({FlushStep::delete_all, &mapper}); }
    Action post_update_all(const Mapper& mapper, bool is_delete) {
        return action({FlushStep::post_update_all, &mapper, nullptr, nullptr, is_delete});
    }
    Action process_all(Dependency& dependency, bool is_delete) {
        return action({FlushStep::process_all, nullptr, &dependency, nullptr, is_delete});
    }
    Action save_one(ObjectHeader& object) { return action({FlushStep::save_one, object.mapper, nullptr, &object}); }
    Action delete_one(ObjectHeader& object) { return action({FlushStep::delete_one, object.mapper, nullptr, &object}); }
    Action process_one(Dependency& dependency, ObjectHeader& object, bool is_delete) {
        return action({FlushStep::process_one, nullptr, &dependency, &object, is_delete});
    }

    /// Does nothing if one of the two is `none`.
    void require(Action before, Action after, Strength strength = Strength::hard);
    /// The action is not done: others do its work.
    void disable(Action action) { is_disabled_[action] = true; }
    [[nodiscard]] bool is_on_cycle(Action action) const { return action < is_on_cycle_.size() && is_on_cycle_[action]; }

    [[nodiscard]] const FlushAction& operator[](Action action) const { return actions_[action]; }
    [[nodiscard]] std::size_t size() const noexcept { return actions_.size(); }

    /// Finds the actions that depend on each other in cycles; false if there are none.
    bool find_cycles();
    /// The action, which is on a cycle, is done object by object; this is one of them.
    void split(Action all, Action one) { parts_.emplace_back(all, one); }
    /// The actions, level by level. @throws CircularDependencyError that names those that depend on each other.
    [[nodiscard]] std::vector<std::vector<FlushAction>> levels() const;

  private:
    struct Edge {
        Action before, after;
        Strength strength;
    };
    [[nodiscard]] FlushSortKey sort_key(const FlushAction& action) const;
    [[noreturn]] void throw_circular(const FlushOrder::Level& cycle, const std::vector<Action>& action_of) const;
    [[nodiscard]] std::string describe(const FlushAction& action) const;

    std::vector<FlushAction> actions_;
    std::vector<bool> is_disabled_, is_on_cycle_;
    boost::unordered_flat_map<FlushAction, Action, boost::hash<FlushAction>> numbers_;
    std::vector<Edge> edges_;
    std::vector<std::pair<Action, Action>> parts_;
};

}  // namespace aludel::detail
