#include "orm/row_draft.hpp"

#include "orm/change_log.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

/// What the object itself says for a column; false if it says nothing, so that a default applies.
bool take_given(RowDraft& row, const Attribute& attribute) {
    const AttributeLink& link = attribute.link(*row.object);
    if (link.has_expression()) {
        NodeRef expression = row.object->changes ? row.object->changes->expression(attribute.index()) : NodeRef{};
        if (!expression) {
            expression = make_ref<ConstantNode>(NodeKind::null);
        }
        row.given.push_back({&attribute, Value::null(), std::move(expression)});
        row.has_expression = true;
        return true;
    }
    if (!link.is_set()) {
        return false;
    }
    Value value = attribute.value_of(*row.object);
    if (value.is_null()) {
        return false;
    }
    row.given.push_back({&attribute, std::move(value), {}});
    return true;
}

void take_default(RowDraft& row, const Attribute& attribute, const ColumnDefault& source) {
    if (source.is_expression()) {
        row.defaulted.push_back({&attribute, Value::null(), source.sql()});
    } else {
        row.defaulted.push_back({&attribute, source.value(), {}});
    }
}

void take_missing(RowDraft& row, const Attribute& attribute) {
    const ColumnInfo& column = attribute.column();
    if (column.primary_key()) {
        row.has_key = false;
    }
    if (column.insert_default()) {
        take_default(row, attribute, column.insert_default());
    } else if (column.primary_key()) {
        if (!column.is_autoincrement() && !column.server_default()) {
            throw FlushError(
                fmt::format("Instance {} has a NULL identity key: column '{}' is a part of the primary key, got no "
                            "value, and nothing generates one. Assign {} before the flush, or give the column an "
                            "insert_default(…)",
                            describe_object(*row.object), column.full_name(), attribute.name()));
        }
    } else if (!column.server_default() && !column.computed()) {
        row.given.push_back({&attribute, Value::null(), {}});
    }
}

}  // namespace

RowDraft draft_insert(ObjectHeader& object) {
    RowDraft row{&object, {}, {}};
    for (const Attribute& attribute : object.mapper->attributes()) {
        if (!take_given(row, attribute)) {
            take_missing(row, attribute);
        }
    }
    return row;
}

RowDraft draft_update(ObjectHeader& object) {
    RowDraft row{&object, {}, {}};
    for (const Attribute& attribute : object.mapper->attributes()) {
        if (!has_net_change(object, attribute)) {
            continue;
        }
        if (attribute.link(object).has_expression()) {
            take_given(row, attribute);
        } else {
            row.given.push_back({&attribute, attribute.value_of(object), {}});
        }
    }
    if (row.given.empty()) {
        return row;
    }
    for (const Attribute& attribute : object.mapper->attributes()) {
        const bool is_given = std::any_of(row.given.begin(), row.given.end(),
                                          [&](const Cargo& cargo) { return cargo.attribute == &attribute; });
        if (!is_given && attribute.column().onupdate()) {
            take_default(row, attribute, attribute.column().onupdate());
        }
    }
    return row;
}

bool same_shape(const RowDraft& a, const RowDraft& b) {
    return std::equal(a.given.begin(), a.given.end(), b.given.begin(), b.given.end(),
                      [](const Cargo& x, const Cargo& y) { return x.attribute == y.attribute; });
}

std::vector<const Cargo*> all_cargo(const RowDraft& row) {
    std::vector<const Cargo*> all;
    for (const Cargo& cargo : row.given) all.push_back(&cargo);
    for (const Cargo& cargo : row.defaulted) all.push_back(&cargo);
    std::sort(all.begin(), all.end(),
              [](const Cargo* a, const Cargo* b) { return a->attribute->index() < b->attribute->index(); });
    return all;
}

}  // namespace aludel::detail
