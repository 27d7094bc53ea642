#include <aludel/orm/load_options.hpp>

#include <aludel/base/error.hpp>

#include <fmt/format.h>

namespace aludel {

using detail::ColumnWay;
using detail::LoadStep;
using detail::LoadWay;
using detail::RelationshipRef;

namespace {

void require_star(std::string_view text) {
    if (text != "*") {
        throw ArgumentError(fmt::format(
            "A loader option takes relationships or columns, or \"*\" for all of them; \"{}\" is neither", text));
    }
}

}  // namespace

const std::vector<LoadStep>& LoadOption::steps() const noexcept {
    static const std::vector<LoadStep> none;
    return chain_ ? chain_->steps : none;
}

template <class Change>
LoadOption LoadOption::changed(Change change) const {
    auto chain = chain_ ? std::make_shared<Chain>(*chain_) : std::make_shared<Chain>();
    change(*chain);
    return LoadOption(std::shared_ptr<const Chain>(std::move(chain)));
}

LoadOption LoadOption::with(LoadWay way, RelationshipRef relationship) const {
    return changed([&](Chain& chain) {
        chain.path.push_back(std::move(relationship));
        LoadStep step;
        step.path = chain.path;
        step.way = way;
        chain.steps.push_back(std::move(step));
    });
}

LoadOption LoadOption::with_every(LoadWay way, std::string_view star) const {
    require_star(star);
    return changed([&](Chain& chain) {
        LoadStep step;
        step.path = chain.path;
        step.way = way;
        step.every = true;
        chain.steps.push_back(std::move(step));
    });
}

LoadOption LoadOption::with(ColumnWay way, std::vector<NodeRef> columns) const {
    return changed([&](Chain& chain) {
        LoadStep step;
        step.path = chain.path;
        step.columns_way = way;
        step.columns = std::move(columns);
        chain.steps.push_back(std::move(step));
    });
}

LoadOption LoadOption::with_every_column(ColumnWay way, std::string_view star) const {
    require_star(star);
    return changed([&](Chain& chain) {
        LoadStep step;
        step.path = chain.path;
        step.columns_way = way;
        step.every = true;
        chain.steps.push_back(std::move(step));
    });
}

LoadOption LoadOption::undefer_group(std::string_view group) const {
    return changed([&](Chain& chain) {
        LoadStep step;
        step.path = chain.path;
        step.columns_way = ColumnWay::undefer_group;
        step.group = group;
        chain.steps.push_back(std::move(step));
    });
}

LoadOption LoadOption::innerjoin() const {
    const auto& known = steps();
    if (known.empty() || known.back().way != LoadWay::joined) {
        throw ArgumentError("innerjoin() belongs behind a joinedload: joinedload(rel<…>).innerjoin()");
    }
    return changed([](Chain& chain) { chain.steps.back().innerjoin = true; });
}

LoadOption LoadOption::inner(const detail::RelationshipFlagOption& flag) const {
    if (flag.flag != detail::RelationshipFlag::innerjoin) {
        throw ArgumentError("The only option that a joinedload takes is innerjoin: joinedload(rel<…>, innerjoin)");
    }
    return innerjoin();
}

LoadOption LoadOption::from(NodeRef element) const {
    if (steps().back().way != LoadWay::contains_eager) {
        throw ArgumentError("Only contains_eager reads from an alias: contains_eager(rel<…>, alias)");
    }
    return changed([&](Chain& chain) { chain.steps.back().alias = std::move(element); });
}

LoadOption undefer_group(std::string_view group) { return LoadOption().undefer_group(group); }

}  // namespace aludel
