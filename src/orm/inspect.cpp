#include <aludel/orm/inspect.hpp>

#include "orm/change_log.hpp"
#include "orm/history.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

namespace {

bool is_in_memory(const ObjectHeader& header, const Attribute& attribute) noexcept {
    const AttributeLink& link = attribute.link(header);
    return link.is_set() && !header.is_expired() && !link.is_expired();
}

}  // namespace

AttributeHistory<Value> history_of_column(const ObjectHeader& header, std::uint32_t offset) {
    AttributeHistory<Value> history;
    const Attribute& attribute = header.mapper->attribute_at(offset);
    const AttributeLink& link = attribute.link(header);
    if (!is_in_memory(header, attribute) && !link.is_modified()) {
        return history;
    }
    if (!has_row(header)) {
        history.added.push_back(attribute.value_of(header));
    } else if (!has_net_change(header, attribute)) {
        history.unchanged.push_back(attribute.value_of(header));
    } else {
        if (!link.has_expression()) history.added.push_back(attribute.value_of(header));
        const Value* before = header.changes == nullptr ? nullptr : header.changes->committed(attribute.index());
        if (before != nullptr) history.deleted.push_back(*before);
    }
    return history;
}

AttributeHistory<ObjectHeader*> history_of_related(ObjectHeader& header, std::uint32_t offset) {
    History history = history_of(header, relationship_at(*header.mapper, offset), Passive::no_initialize);
    return {std::move(history.added), std::move(history.unchanged), std::move(history.deleted)};
}

std::optional<std::vector<Value>> identity_of_object(const ObjectHeader& header) {
    return has_row(header) ? std::optional(committed_key(header)) : std::nullopt;
}

bool object_is_modified(const ObjectHeader& header) { return has_changes(header); }

std::vector<std::string> unloaded_names(const ObjectHeader& header) {
    std::vector<std::string> names;
    for (const Attribute& attribute : header.mapper->attributes()) {
        if (!is_in_memory(header, attribute)) names.emplace_back(attribute.name());
    }
    for (const Relationship& relationship : relationships_of(*header.mapper)) {
        if (!is_loaded(header, relationship)) names.emplace_back(relationship.name());
    }
    return names;
}

void make_object_transient(ObjectHeader& header) {
    const Hold keep(header);
    if (header.session != nullptr) {
        header.session->expunge_alone(header);
    }
    drop_changes(header);
    drop_parents(header);
    header.state = ObjectState::transient;
    header.row_is_gone = false;
    header.some_expired = false;
    for (const Attribute& attribute : header.mapper->attributes()) {
        AttributeLink& link = attribute.link(header);
        if (link.is_expired()) link.mark_unset();
    }
}

void make_object_detached(ObjectHeader& header) {
    const auto has_key = [&] {
        for (const Attribute* attribute : header.mapper->primary_key()) {
            if (!is_in_memory(header, *attribute)) return false;
        }
        return true;
    };
    if (header.session != nullptr || header.state != ObjectState::transient || !has_key()) {
        throw InvalidRequestError(fmt::format(
            "make_transient_to_detached({}) takes a new object that is in no session and has its whole primary key",
            describe_object(header)));
    }
    header.state = ObjectState::detached;
    for (const Attribute& attribute : header.mapper->attributes()) {
        AttributeLink& link = attribute.link(header);
        if (attribute.column().primary_key()) {
            link.mark_loaded();
        } else {
            link.mark_expired();
            header.some_expired = true;
        }
    }
    unload_relationships(header);
}

}  // namespace aludel::detail
