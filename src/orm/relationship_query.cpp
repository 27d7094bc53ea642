// Dynamic relationships as queries.
#include "orm/links.hpp"
#include "orm/relationship_criteria.hpp"
#include "orm/session_state.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/orm/session_core.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

namespace aludel::detail {

namespace {

/// The object has a row, after an autoflush if it waits for one.
bool has_row_by_now(ObjectHeader& owner) {
    if (owner.session != nullptr) {
        owner.session->autoflush();
    }
    return owner.state == ObjectState::persistent || owner.state == ObjectState::detached ||
           owner.state == ObjectState::deleted;
}

}  // namespace

QueryCore related_query(const AttributeLink& link) {
    if (!link.is_managed()) {
        throw DetachedInstanceError(
            "A dynamic relationship is a query, and its object is a plain value that no session knows; make a managed "
            "object of it with make() or session.add() first");
    }
    ObjectHeader& owner = link.header();
    const Relationship& relationship = relationship_with_link(link);
    if (owner.session == nullptr) {
        throw DetachedInstanceError(fmt::format(
            "Parent instance {} is not bound to a Session; lazy load operation of attribute '{}' cannot proceed: a "
            "dynamic relationship is a query, add the object to a session with add() first",
            describe_object(owner), relationship.name()));
    }
    const NodeRef& target = relationship.target().selectable();
    QueryCore query(owner.session, {{&relationship.target(), target}});
    query.filter_all(related_to_owner(relationship, owner, target, {}));
    if (owner.shard != 0) query.set_shard(shard_id(owner.shard));
    query.order_by_all(relationship.order_by(target));
    return query;
}

std::optional<std::vector<ObjectHeader*>> related_without_row(const AttributeLink& link) {
    if (!link.is_managed() || has_row_by_now(link.header())) {
        return std::nullopt;
    }
    ObjectHeader& owner = link.header();
    const CollectionBase& members = Links::many(owner, relationship_with_link(link).description());
    const Collection* state = Links::state(members);
    return state == nullptr ? std::vector<ObjectHeader*>{} : state->queued_in.items();
}

}  // namespace aludel::detail
