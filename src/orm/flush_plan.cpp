#include "orm/flush_plan.hpp"

#include "orm/dependency.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

FlushPlan::Action FlushPlan::action(const FlushAction& action) {
    const auto [place, is_new] = numbers_.try_emplace(action, actions_.size());
    if (is_new) {
        actions_.push_back(action);
        is_disabled_.push_back(false);
    }
    return place->second;
}

void FlushPlan::require(Action before, Action after, Strength strength) {
    if (before != none && after != none) {
        edges_.push_back({before, after, strength});
    }
}

/// SQLAlchemy's names of the kinds decide, which sorts the saving of single objects with what relationships do.
FlushSortKey FlushPlan::sort_key(const FlushAction& action) const {
    switch (action.step) {
        case FlushStep::save_all: return {"SaveUpdateAll", action.mapper->class_name()};
        case FlushStep::delete_all: return {"DeleteAll", action.mapper->class_name()};
        case FlushStep::process_all: return {"ProcessAll", action.dependency->sort_name(), action.is_delete};
        case FlushStep::post_update_all: return {"PostUpdateAll", action.mapper->class_name(), action.is_delete};
        case FlushStep::save_one: return {"ProcessState", action.mapper->class_name()};
        case FlushStep::delete_one: return {"DeleteState", action.mapper->class_name()};
        case FlushStep::process_one: return {"ProcessState", action.dependency->sort_name()};
    }
    return {};
}

bool FlushPlan::find_cycles() {
    FlushOrder order;
    for (const FlushAction& action : actions_) order.add(sort_key(action));
    for (const Edge& edge : edges_) {
        if (edge.strength == Strength::hard) order.require(edge.before, edge.after);
    }
    if (order.sorted().cycle.empty()) {
        return false;
    }
    is_on_cycle_ = order.on_cycles();
    return true;
}

std::vector<std::vector<FlushAction>> FlushPlan::levels() const {
    FlushOrder order;
    std::vector<Action> action_of;
    // Where an action is split, what depends on it depends on all of its parts.
    std::vector<std::size_t> begin_of(actions_.size()), end_of(actions_.size());
    for (Action action = 0; action < actions_.size(); ++action) {
        const bool is_split = is_on_cycle(action);
        begin_of[action] = is_split ? order.add_milestone() : order.add(sort_key(actions_[action]));
        end_of[action] = is_split ? order.add_milestone() : begin_of[action];
        action_of.resize(end_of[action] + 1, action);
    }
    for (const Edge& edge : edges_) {
        const bool is_replaced = is_on_cycle(edge.before) && is_on_cycle(edge.after);
        if (!is_replaced && !is_disabled_[edge.before] && !is_disabled_[edge.after]) {
            order.require(end_of[edge.before], begin_of[edge.after], edge.strength);
        }
    }
    for (const auto& [all, one] : parts_) {
        order.require(begin_of[all], begin_of[one]);
        order.require(end_of[one], end_of[all]);
    }
    const FlushOrder::Result sorted = order.sorted();
    if (!sorted.cycle.empty()) {
        throw_circular(sorted.cycle, action_of);
    }
    std::vector<std::vector<FlushAction>> levels;
    for (const auto& level : sorted.levels) {
        auto& actions = levels.emplace_back();
        for (const std::size_t node : level) {
            if (!is_disabled_[action_of[node]]) actions.push_back(actions_[action_of[node]]);
        }
    }
    return levels;
}

std::string FlushPlan::describe(const FlushAction& action) const {
    const auto with_object = [&](std::string_view kind) {
        return fmt::format("{}({})", kind, describe_object(*action.object));
    };
    switch (action.step) {
        case FlushStep::save_all: return fmt::format("SaveUpdateAll({})", action.mapper->class_name());
        case FlushStep::delete_all: return fmt::format("DeleteAll({})", action.mapper->class_name());
        case FlushStep::process_all:
            return fmt::format("ProcessAll({}, delete={})", action.dependency->relationship().full_name(),
                               action.is_delete);
        case FlushStep::post_update_all: return fmt::format("PostUpdateAll({})", action.mapper->class_name());
        case FlushStep::save_one: return with_object("SaveUpdateState");
        case FlushStep::delete_one: return with_object("DeleteState");
        case FlushStep::process_one:
            return fmt::format("ProcessState({}, {}, delete={})", action.dependency->relationship().full_name(),
                               describe_object(*action.object), action.is_delete);
    }
    return {};
}

void FlushPlan::throw_circular(const FlushOrder::Level& cycle, const std::vector<Action>& action_of) const {
    constexpr std::size_t most = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(cycle.size(), most); ++i) {
        names += fmt::format("{}{}", i == 0 ? "" : ", ", describe(actions_[action_of[cycle[i]]]));
    }
    throw CircularDependencyError(fmt::format(
        "Circular dependency detected. ({}{}) Each of these rows has to be written before the next one, and "
        "the last before the first. Give one of the relationships between them the option post_update: its "
        "foreign key is then written by an UPDATE of its own",
        names, cycle.size() > most ? ", …" : ""));
}

}  // namespace aludel::detail
