#include "orm/load_context.hpp"

namespace aludel::detail {

void LoadContext::add_sibling(ObjectHeader& header) {
    if (places.emplace(&header, static_cast<std::uint32_t>(siblings.size())).second) {
        siblings.push_back(&header);
    }
}

void LoadContext::remove_sibling(const ObjectHeader& header) noexcept {
    const auto place = places.find(&header);
    if (place != places.end()) {
        siblings[place->second] = nullptr;
        places.erase(place);
    }
}

void set_load_context(ObjectHeader& header, const Ref<LoadContext>& context) {
    if (header.load_context == context.get()) {
        return;
    }
    drop_load_context(header);
    if (context) {
        context->add_ref();
        header.load_context = context.get();
        if (context->keeps_siblings) {
            context->add_sibling(header);
        }
    }
}

void drop_load_context(ObjectHeader& header) noexcept {
    if (LoadContext* context = header.load_context) {
        if (context->keeps_siblings) {
            context->remove_sibling(header);
        }
        header.load_context = nullptr;
        context->release();
    }
}

void forget_siblings(std::span<ObjectHeader* const> doomed) {
    for (ObjectHeader* header : doomed) {
        LoadContext* context = header->load_context;
        if (context == nullptr || !context->keeps_siblings) {
            continue;
        }
        if (!context->alone) {
            context->alone = make_ref<LoadContext>();
            context->alone->options = context->options;
            context->alone->every = context->every;
            context->alone->path = context->path;
        }
        set_load_context(*header, Ref<LoadContext>(context->alone));
    }
}

std::uint32_t note_lazy_load(ObjectHeader& header, const Relationship& relationship) {
    LoadContext* context = header.load_context;
    if (context == nullptr || !context->keeps_siblings) {
        return 1;
    }
    for (auto& [place, count] : context->lazy_loads) {
        if (place == relationship.index()) {
            return ++count;
        }
    }
    context->lazy_loads.emplace_back(relationship.index(), 1);
    return 1;
}

LazyStrategy strategy_for(const ObjectHeader& header, const Relationship& relationship) {
    const LoadContext* context = header.load_context;
    const ChosenLoad chosen = context == nullptr ? choose_load(nullptr, {}, relationship)
                                                 : choose_load(context->options.get(), context->every, relationship);
    switch (chosen.way) {
        case LoadWay::joined: return LazyStrategy::joined;
        case LoadWay::subquery: return LazyStrategy::subquery;
        case LoadWay::selectin:
        case LoadWay::table: return LazyStrategy::selectin;
        case LoadWay::immediate: return LazyStrategy::immediate;
        case LoadWay::batch: return LazyStrategy::batch;
        case LoadWay::raise: return LazyStrategy::raise;
        case LoadWay::raise_on_sql: return LazyStrategy::raise_on_sql;
        case LoadWay::noload: return LazyStrategy::noload;
        case LoadWay::unchanged:
        case LoadWay::select:
        case LoadWay::contains_eager: break;
    }
    return relationship.is_dynamic() ? LazyStrategy::dynamic : LazyStrategy::select;
}

namespace {

const RelationshipLoad* option_for(const ObjectHeader& header, const Relationship& relationship) {
    const LoadContext* context = header.load_context;
    return context == nullptr || !context->options ? nullptr : context->options->find(relationship);
}

}  // namespace

Ref<const LoadNode> options_behind(const ObjectHeader& header, const Relationship& relationship) {
    const RelationshipLoad* option = option_for(header, relationship);
    return option == nullptr ? Ref<const LoadNode>() : Ref<const LoadNode>(option->behind);
}

std::vector<NodeRef> criteria_for(const ObjectHeader& header, const Relationship& relationship) {
    const RelationshipLoad* option = option_for(header, relationship);
    return option == nullptr || option->way == LoadWay::contains_eager ? std::vector<NodeRef>{} : option->criteria;
}

Ref<const LoadPath> path_behind(const ObjectHeader& header, const Relationship& relationship) {
    Ref<const LoadPath> owner = header.load_context == nullptr ? nullptr : header.load_context->path;
    if (!owner) {
        owner = make_ref<const LoadPath>(relationship.owner(), Ref<const LoadPath>());
    }
    return make_ref<const LoadPath>(relationship.target(), std::move(owner));
}

}  // namespace aludel::detail
