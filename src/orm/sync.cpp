#include "orm/sync.hpp"

#include "orm/change_log.hpp"
#include "orm/row_draft.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

struct Carried {
    const Attribute& source;
    const Attribute& target;
};

/// Which attribute of a pair has the key, and which one copies it.
Carried direction_of(const ColumnPair& pair, const Relationship& relationship) {
    return relationship.direction() == Direction::many_to_one ? Carried{*pair.target, *pair.owner}
                                                              : Carried{*pair.owner, *pair.target};
}

bool has_same(const ObjectHeader& object, const Attribute& attribute, const Value& value) {
    const AttributeLink& link = attribute.link(object);
    return link.is_set() && !link.is_expired() && !link.has_expression() && !object.is_expired() &&
           attribute.value_of(object) == value;
}

/// The member has no room for NULL.
void store_impossible_null(ObjectHeader& object, const Attribute& attribute) {
    AttributeLink& link = attribute.link(object);
    if (object.state == ObjectState::pending) {
        link.mark_unset();
    } else {
        changes_of(object).set_expression(attribute.index(), null_of_reference());
        link.mark_expression();
    }
}

/// The row has another key already: the object follows it.
void follow_cascade(SessionState& session, ObjectHeader& object, const Attribute& attribute, const Value& value) {
    const std::vector<Value> before = committed_key(object);
    attribute.load(object, Cell::of(value), DecodeContext{});
    if (object.changes != nullptr) object.changes->forget(attribute.index());
    if (committed_key(object) != before) rekey(session, object, before);
}

}  // namespace

Value synced_value(SessionState& session, ObjectHeader& source, const Attribute& attribute) {
    if (source.is_expired() || attribute.link(source).is_expired()) {
        load_expired(session, source);
    }
    return attribute.value_of(source);
}

void store_change(ObjectHeader& object, const Attribute& attribute, const Value& value) {
    if (has_same(object, attribute, value)) {
        return;
    }
    AttributeLink& link = attribute.link(object);
    before_change(link);
    if (value.is_null() && !attribute.nullable()) {
        store_impossible_null(object, attribute);
        return;
    }
    attribute.load(object, Cell::of(value), DecodeContext{});
    link.mark_modified();
}

void copy_key(SessionState& session, ObjectHeader& source, ObjectHeader& target, const Relationship& relationship,
              bool by_database) {
    for (const ColumnPair& pair : relationship.pairs()) {
        const Carried carried = direction_of(pair, relationship);
        const Value value = synced_value(session, source, carried.source);
        const bool is_cascaded = by_database && target.state == ObjectState::persistent &&
                                 carried.source.column().primary_key() && carried.target.column().primary_key();
        if (is_cascaded) {
            follow_cascade(session, target, carried.target, value);
        } else {
            store_change(target, carried.target, value);
        }
    }
}

void blank_key(SessionState& session, ObjectHeader& target, const Relationship& relationship) {
    for (const ColumnPair& pair : relationship.pairs()) {
        const Attribute& attribute = direction_of(pair, relationship).target;
        const bool is_known = attribute.link(target).is_set();
        if (attribute.column().primary_key() && is_known && !synced_value(session, target, attribute).is_null()) {
            throw FlushError(
                fmt::format("Dependency rule tried to blank-out primary key column '{}' on instance '{}': {} was given "
                            "up, and the row cannot be without it. Delete the object instead, or let the relationship "
                            "do that with cascade(\"all, delete-orphan\")",
                            attribute.column().full_name(), describe_object(target), relationship.full_name()));
        }
        store_change(target, attribute, Value::null());
    }
}

bool key_has_changed(const ObjectHeader& object, std::span<const Attribute* const> attributes) {
    return object.changes != nullptr &&
           std::any_of(attributes.begin(), attributes.end(), [&](const Attribute* attribute) {
               return object.changes->committed(attribute->index()) != nullptr && has_net_change(object, *attribute);
           });
}

}  // namespace aludel::detail
