#include "orm/load_tree.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

const RelationshipLoad* LoadNode::find(const Relationship& relationship) const noexcept {
    for (const RelationshipLoad& each : relationships) {
        if (each.relationship == &relationship) {
            return &each;
        }
    }
    return nullptr;
}

RelationshipLoad& LoadNode::at(const Relationship& relationship) {
    for (RelationshipLoad& each : relationships) {
        if (each.relationship == &relationship) {
            return each;
        }
    }
    RelationshipLoad load;
    load.relationship = &relationship;
    relationships.push_back(std::move(load));
    return relationships.back();
}

bool LoadNode::defers(const Attribute& attribute) const {
    for (const auto& [named, way] : columns) {
        if (named == &attribute) {
            return way == ColumnWay::defer;
        }
    }
    if (attribute.is_deferred() &&
        std::find(groups.begin(), groups.end(), attribute.deferred_group()) != groups.end()) {
        return false;
    }
    if (load_only) {
        return true;
    }
    return every_column ? *every_column == ColumnWay::defer : attribute.is_deferred();
}

bool is_deferred(const LoadNode* options, const Attribute& attribute) {
    if (attribute.column().primary_key()) {
        return false;
    }
    return options == nullptr ? attribute.is_deferred() : options->defers(attribute);
}

namespace {

LoadWay way_of(LazyStrategy strategy) {
    switch (strategy) {
        case LazyStrategy::joined: return LoadWay::joined;
        case LazyStrategy::subquery: return LoadWay::subquery;
        case LazyStrategy::selectin: return LoadWay::selectin;
        case LazyStrategy::immediate: return LoadWay::immediate;
        case LazyStrategy::batch: return LoadWay::batch;
        case LazyStrategy::raise: return LoadWay::raise;
        case LazyStrategy::raise_on_sql: return LoadWay::raise_on_sql;
        case LazyStrategy::noload: return LoadWay::noload;
        case LazyStrategy::select:
        case LazyStrategy::dynamic: break;
    }
    return LoadWay::select;
}

}  // namespace

ChosenLoad choose_load(const LoadNode* options, const EveryLoad& every, const Relationship& relationship) {
    ChosenLoad chosen;
    chosen.option = options == nullptr ? nullptr : options->find(relationship);
    if (chosen.option != nullptr && chosen.option->way != LoadWay::unchanged) {
        chosen.way = chosen.option->way;
    } else if (relationship.is_dynamic()) {
        chosen.way = LoadWay::select;
    } else if (options != nullptr && options->every_relationship) {
        chosen.way = *options->every_relationship;
    } else {
        chosen.way = every.relationships.value_or(way_of(relationship.lazy()));
    }
    return chosen;
}

bool LoadPath::contains(const Mapper& other) const noexcept {
    return mapper == &other || (before && before->contains(other));
}

int LoadPath::length() const noexcept { return before ? 1 + before->length() : 0; }

bool leads_in_circles(const LoadPath& path, const Relationship& relationship) {
    if (relationship.join_depth() > 0) {
        return path.length() + 1 > relationship.join_depth();
    }
    return path.contains(relationship.target());
}

// ---- binding options to a query

namespace {

class OptionBinder {
  public:
    explicit OptionBinder(std::span<const QueryElement> elements) : elements_(elements), roots_(elements.size()) {}

    void bind(const LoadStep& step);
    BoundOptions take() { return {{roots_.begin(), roots_.end()}, every_}; }

  private:
    [[nodiscard]] LoadNode& root_for(const Mapper* mapper, const NodeRef& from, const std::string& name);
    void bind_relationship(const LoadStep& step);
    void bind_columns(LoadNode* node, const Mapper* mapper, const LoadStep& step);
    void bind_every(const LoadStep& step);
    [[nodiscard]] bool has_entity() const {
        return std::any_of(elements_.begin(), elements_.end(), [](const auto& each) { return each.mapper != nullptr; });
    }

    std::span<const QueryElement> elements_;
    std::vector<Ref<LoadNode>> roots_;
    EveryLoad every_;
};

bool is_same_element(const NodeRef& element, const NodeRef& from) {
    if (!from || from->kind() == NodeKind::table) {
        return element->kind() == NodeKind::table;
    }
    return element.get() == from.get();
}

LoadNode& made(Ref<LoadNode>& node) {
    if (!node) {
        node = make_ref<LoadNode>();
    }
    return *node;
}

LoadNode& OptionBinder::root_for(const Mapper* mapper, const NodeRef& from, const std::string& name) {
    std::string known;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        const QueryElement& element = elements_[i];
        if (element.mapper == nullptr) {
            continue;
        }
        if (element.mapper == mapper && is_same_element(element.node, from)) {
            return made(roots_[i]);
        }
        if (known.empty()) {
            known = fmt::format("{}->{}", element.mapper->class_name(), element.mapper->table().name());
        }
    }
    if (!has_entity()) {
        throw ArgumentError(
            fmt::format("Query has only expression-based entities, which do not apply to property \"{}\"", name));
    }
    throw ArgumentError(
        fmt::format("Mapped attribute \"{}\" does not apply to any of the root entities in this query, e.g. mapped "
                    "class {}. Please specify the full path from one of the root entities to the target attribute.",
                    name, known));
}

[[noreturn]] void throw_broken_path(const std::string& name, const Mapper& mapper) {
    throw ArgumentError(fmt::format("Attribute \"{}\" does not link from element \"mapped class {}->{}\".", name,
                                    mapper.class_name(), mapper.table().name()));
}

void OptionBinder::bind_relationship(const LoadStep& step) {
    LoadNode* node = nullptr;
    const Relationship* relationship = nullptr;
    RelationshipLoad* load = nullptr;
    for (const RelationshipRef& ref : step.path) {
        const Relationship& next = relationship_at(*ref.owner, ref.offset);
        if (relationship == nullptr) {
            node = &root_for(ref.owner, ref.owner_element, next.full_name());
        } else {
            if (&relationship->target() != ref.owner) {
                throw_broken_path(next.full_name(), relationship->target());
            }
            node = &made(load->behind);
        }
        relationship = &next;
        load = &node->at(next);
    }
    if (step.every || step.columns_way != ColumnWay::none) {
        bind_columns(&made(load->behind), &relationship->target(), step);
        return;
    }
    if (relationship->is_dynamic() && step.way != LoadWay::select && step.way != LoadWay::unchanged) {
        throw InvalidRequestError(fmt::format(
            "'{}' does not support object population - eager loading cannot be applied.", relationship->full_name()));
    }
    if (step.way != LoadWay::unchanged) {
        load->way = step.way;
        load->innerjoin = step.innerjoin;
        load->element = step.alias ? step.alias : step.path.back().target_element;
        load->criteria = step.path.back().criteria;
    }
}

void OptionBinder::bind_columns(LoadNode* node, const Mapper* mapper, const LoadStep& step) {
    if (step.every && step.columns_way == ColumnWay::none) {
        node->every_relationship = step.way;
        return;
    }
    if (step.every) {
        node->every_column = step.columns_way;
        return;
    }
    if (step.columns_way == ColumnWay::undefer_group) {
        node->groups.push_back(step.group);
        return;
    }
    for (const NodeRef& column : step.columns) {
        const ColumnInfo* info = column->kind() == NodeKind::column ? as<ColumnNode>(*column).info() : nullptr;
        if (info == nullptr) {
            throw ArgumentError(
                "defer, undefer and load_only take columns of mapped classes, such as col<&User::name>");
        }
        if (mapper != nullptr && &info->table() != &mapper->table()) {
            throw_broken_path(info->full_name(), *mapper);
        }
        LoadNode* target = node;
        const Mapper* of = mapper;
        if (target == nullptr) {
            const NodeRef& from = as<ColumnNode>(*column).from();
            for (const QueryElement& element : elements_) {
                if (element.mapper != nullptr && &element.mapper->table() == &info->table()) of = element.mapper;
            }
            target = &root_for(of, from, info->full_name());
        }
        const bool only = step.columns_way == ColumnWay::load_only;
        target->load_only = target->load_only || only;
        const auto& attribute = of->attribute_of(*info);
        std::erase_if(target->columns, [&](const auto& each) { return each.first == &attribute; });
        target->columns.emplace_back(&attribute, only ? ColumnWay::undefer : step.columns_way);
    }
}

/// "*" without a path: for the query as a whole, or for the columns of its entities.
void OptionBinder::bind_every(const LoadStep& step) {
    if (step.columns_way == ColumnWay::none) {
        every_.relationships = step.way;
        return;
    }
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        if (elements_[i].mapper != nullptr) {
            bind_columns(&made(roots_[i]), elements_[i].mapper, step);
        }
    }
}

void OptionBinder::bind(const LoadStep& step) {
    if (!step.path.empty()) {
        bind_relationship(step);
    } else if (step.every || step.columns_way == ColumnWay::undefer_group) {
        bind_every(step);
    } else {
        bind_columns(nullptr, nullptr, step);
    }
}

}  // namespace

BoundOptions bind_options(const std::vector<LoadOption>& options, std::span<const QueryElement> elements) {
    OptionBinder binder(elements);
    for (const LoadOption& option : options) {
        for (const LoadStep& step : option.steps()) {
            binder.bind(step);
        }
    }
    return binder.take();
}

}  // namespace aludel::detail
