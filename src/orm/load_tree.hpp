// The options of a query as a tree: for each entity that it loads, how its relationships and columns are loaded.
#pragma once

#include "orm/relationship.hpp"

#include <aludel/base/ref.hpp>
#include <aludel/orm/load_options.hpp>
#include <aludel/orm/query_core.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

struct LoadNode;

/// What the options say about one relationship.
struct RelationshipLoad {
    const Relationship* relationship = nullptr;
    LoadWay way = LoadWay::unchanged;
    bool innerjoin = false;
    NodeRef element;                // of contains_eager: where the columns come from; null: the target's table
    std::vector<NodeRef> criteria;  // over the target's table
    Ref<LoadNode> behind;           // null: nothing is said about what is behind
};

/// What "*" says to a whole query, where nothing else is said.
struct EveryLoad {
    std::optional<LoadWay> relationships;
};

/// What the options say about one entity of a query, or about the objects behind a relationship.
struct LoadNode : RefCounted {
    std::vector<RelationshipLoad> relationships;
    std::optional<LoadWay> every_relationship;

    bool load_only = false;  // then columns that nothing is said about are deferred
    std::optional<ColumnWay> every_column;
    std::vector<std::pair<const Attribute*, ColumnWay>> columns;
    std::vector<std::string> groups;  // that undefer_group names

    [[nodiscard]] const RelationshipLoad* find(const Relationship& relationship) const noexcept;
    RelationshipLoad& at(const Relationship& relationship);
    /// The attribute is not in the rows.
    [[nodiscard]] bool defers(const Attribute& attribute) const;
};

/// The attribute is not in the rows, as the options say or else the class; `options` may be null.
bool is_deferred(const LoadNode* options, const Attribute& attribute);

/// How an entity's relationship is loaded, all things considered.
struct ChosenLoad {
    LoadWay way = LoadWay::select;
    const RelationshipLoad* option = nullptr;  // null: no option names the relationship
};
ChosenLoad choose_load(const LoadNode* options, const EveryLoad& every, const Relationship& relationship);

/// From the root of a query to an entity, along relationships: keeps classes that lead to each other from being loaded
/// in circles.
struct LoadPath : RefCounted {
    LoadPath(const Mapper& mapper_of, Ref<const LoadPath> before_of)
        : mapper(&mapper_of), before(std::move(before_of)) {}

    const Mapper* mapper;
    Ref<const LoadPath> before;

    [[nodiscard]] bool contains(const Mapper& other) const noexcept;
    /// The number of relationships on the way.
    [[nodiscard]] int length() const noexcept;
};

/// Whether a relationship that is loaded eagerly without an option for it must not be followed from the end of `path`.
bool leads_in_circles(const LoadPath& path, const Relationship& relationship);

/// The options of a query, each tree at its root.
struct BoundOptions {
    std::vector<Ref<const LoadNode>> roots;  // one for each element of the query, or null
    EveryLoad every;
};

/// @throws ArgumentError for a path that begins at no entity of the query, or breaks.
BoundOptions bind_options(const std::vector<LoadOption>& options, std::span<const QueryElement> elements);

}  // namespace aludel::detail
