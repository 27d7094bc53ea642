#include "orm/row_draft.hpp"

#include "orm/change_log.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

/// An expression, or NULL by intent, that the object has in place of a value.
NodeRef given_expression(const ObjectHeader& object, const Attribute& attribute) {
    NodeRef expression = object.changes ? object.changes->expression(attribute.index()) : NodeRef{};
    return expression ? expression : make_ref<ConstantNode>(NodeKind::null);
}

bool take_expression(RowDraft& row, const Attribute& attribute) {
    NodeRef expression = given_expression(*row.object, attribute);
    if (expression.get() == null_of_reference().get()) {
        row.put_null(attribute);
        return true;
    }
    row.put_expression(attribute, std::move(expression), false);
    row.has_expression = true;
    return true;
}

/// A key that SQL computes is known afterwards only where the database reports the key of the last row.
bool take_key_expression(RowDraft& row, const Attribute& attribute) {
    if (given_expression(*row.object, attribute)->kind() == NodeKind::null) {
        return false;  // the same as not given
    }
    if (!attribute.column().is_autoincrement() || row.object->state == ObjectState::persistent) {
        throw FlushError(
            fmt::format("Instance {}: an SQL expression cannot be assigned to '{}', a part of the primary key: "
                        "the database would not say which key it made. Assign a value",
                        describe_object(*row.object), attribute.column().full_name()));
    }
    row.has_key = false;
    return take_expression(row, attribute);
}

/// What the object itself says for a column; false if it says nothing, so that a default applies.
bool take_given(RowDraft& row, const Attribute& attribute) {
    const AttributeLink& link = attribute.link(*row.object);
    if (link.has_expression()) {
        return attribute.column().primary_key() ? take_key_expression(row, attribute) : take_expression(row, attribute);
    }
    if (!link.is_set()) {
        return false;
    }
    row.put_held(attribute);
    if (row.cargo().back().value.is_null()) {
        row.take_back();
        return false;
    }
    return true;
}

void take_default(RowDraft& row, const Attribute& attribute, const ColumnDefault& source) {
    if (source.is_expression()) {
        row.put_expression(attribute, source.sql(), true);
    } else {
        row.put_made(attribute, source.value(), true);
    }
}

void require_generated_key(const RowDraft& row, const Attribute& attribute) {
    const ColumnInfo& column = attribute.column();
    if (!column.is_autoincrement()) {
        throw FlushError(fmt::format(
            "Instance {} has a NULL identity key: column '{}' is a part of the primary key, got no value, and "
            "nothing generates one. Assign {} before the flush, or give the column an insert_default(…)",
            describe_object(*row.object), column.full_name(), attribute.name()));
    }
}

void require_known_key(const RowDraft& row, const Attribute& attribute) {
    const ColumnInfo& column = attribute.column();
    if (column.primary_key() && column.insert_default().is_expression()) {
        throw FlushError(
            fmt::format("Instance {}: the default of column '{}' is SQL, and a part of the primary key: the "
                        "database would not say which key it made. Use a function of the program as "
                        "insert_default(…), or assign {} before the flush",
                        describe_object(*row.object), column.full_name(), attribute.name()));
    }
}

void take_missing(RowDraft& row, const Attribute& attribute) {
    const ColumnInfo& column = attribute.column();
    row.has_key = row.has_key && !column.primary_key();
    if (column.insert_default()) {
        require_known_key(row, attribute);
        take_default(row, attribute, column.insert_default());
    } else if (NodeRef next = column.sequence_default()) {
        row.put_expression(attribute, std::move(next), true);
    } else if (column.primary_key()) {
        require_generated_key(row, attribute);
    } else if (!column.server_default() && !column.computed() && !column.identity()) {
        row.put_null(attribute);
    }
}

/// What the object says, or what the column's onupdate says.
void take_change(RowDraft& row, const Attribute& attribute, bool has_changed) {
    if (!has_changed) {
        if (attribute.column().onupdate()) take_default(row, attribute, attribute.column().onupdate());
    } else if (attribute.link(*row.object).has_expression()) {
        take_given(row, attribute);
    } else {
        row.put_held(attribute);
    }
}

/// The first version, whatever the object says; false if the database makes it.
bool take_first_version(RowDraft& row, const Attribute& attribute) {
    auto first = row.object->mapper->next_version(nullptr);
    if (first) row.put_made(attribute, std::move(*first), true);
    return first.has_value();
}

/// The version behind the row's, unless the object says which.
void take_version(RowDraft& row, const Attribute& attribute, bool has_changed) {
    const Value before = committed_value(*row.object, attribute);
    auto next = has_changed ? std::nullopt : row.object->mapper->next_version(&before);
    if (next) {
        row.put_made(attribute, std::move(*next), true);
    } else {
        take_change(row, attribute, has_changed);
    }
}

}  // namespace

const NodeRef& null_of_reference() {
    static const NodeRef node = make_ref<ConstantNode>(NodeKind::null);
    return node;
}

void RowDraft::start(ObjectHeader& of) {
    object = &of;
    has_expression = false;
    has_key = true;
    cargo_.clear();
    changed.clear();
    if (!made_.empty()) made_.clear();
}

Cargo& RowDraft::next(const Attribute& attribute) {
    Cargo& cargo = cargo_.emplace_back();
    cargo.attribute = &attribute;
    return cargo;
}

void RowDraft::put_null(const Attribute& attribute) { next(attribute); }

void RowDraft::put_held(const Attribute& attribute) {
    Cargo& cargo = next(attribute);
    cargo.value = attribute.cell_of(*object, scratch_);
    const bool is_of_scratch = cargo.value.has_text() && cargo.value.data == scratch_.as_text().data();
    if (is_of_scratch) cargo.value = Cell::of(made_.emplace_back(std::move(scratch_)));
}

void RowDraft::put_made(const Attribute& attribute, Value value, bool is_default) {
    Cargo& cargo = next(attribute);
    cargo.value = Cell::of(made_.emplace_back(std::move(value)));
    cargo.is_default = is_default;
}

void RowDraft::put_expression(const Attribute& attribute, NodeRef expression, bool is_default) {
    Cargo& cargo = next(attribute);
    cargo.expression = std::move(expression);
    cargo.is_default = is_default;
}

void draft_insert(ObjectHeader& object, RowDraft& row) {
    row.start(object);
    for (const Attribute& attribute : object.mapper->attributes()) {
        const bool is_version = &attribute == object.mapper->version();
        if (!(is_version && take_first_version(row, attribute)) && !take_given(row, attribute)) {
            take_missing(row, attribute);
        }
    }
}

bool is_update_due(const ObjectHeader& object) {
    const auto attributes = object.mapper->attributes();
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const Attribute& attribute) { return has_net_change(object, attribute); });
}

bool is_update_due(const ObjectHeader& object, std::span<const Attribute* const> attributes) {
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const Attribute* attribute) { return has_net_change(object, *attribute); });
}

void draft_update(ObjectHeader& object, RowDraft& row) {
    row.start(object);
    const auto attributes = object.mapper->attributes();
    for (const Attribute& attribute : attributes) {
        if (has_net_change(object, attribute)) row.changed.push_back(&attribute);
    }
    if (row.changed.empty()) {
        return;
    }
    auto next = row.changed.begin();
    for (const Attribute& attribute : attributes) {
        const bool was_changed = next != row.changed.end() && *next == &attribute;
        if (was_changed) ++next;
        // A function of the user, which made a value for this row, may have changed the object.
        const bool has_changed = was_changed || (!row.made().empty() && has_net_change(object, attribute));
        if (&attribute == object.mapper->version()) {
            take_version(row, attribute, has_changed);
        } else {
            take_change(row, attribute, has_changed);
        }
    }
}

void draft_post_update(ObjectHeader& object, std::span<const Attribute* const> attributes, bool is_new, RowDraft& row) {
    row.start(object);
    const auto is_due = [&](const Attribute& attribute) {
        return std::find(attributes.begin(), attributes.end(), &attribute) != attributes.end() &&
               has_net_change(object, attribute);
    };
    if (is_update_due(object, attributes)) {
        for (const Attribute& attribute : object.mapper->attributes()) {
            if (&attribute == object.mapper->version() && !is_new) {
                take_version(row, attribute, has_net_change(object, attribute));
            } else {
                take_change(row, attribute, is_due(attribute));
            }
        }
    }
}

}  // namespace aludel::detail
