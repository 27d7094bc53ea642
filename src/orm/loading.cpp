// Reading single objects: by primary key, and what of an object is expired.
#include "orm/change_log.hpp"
#include "orm/eager_load.hpp"
#include "orm/entity_loader.hpp"
#include "orm/listeners.hpp"
#include "orm/session_state.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>
#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

using KeyParameters = boost::container::small_vector<ParameterValue, 4>;

KeyParameters key_parameters(const Mapper& mapper, std::span<const Value> key) {
    KeyParameters parameters;
    for (std::size_t i = 0; i < key.size(); ++i) {
        parameters.push_back({mapper.key_parameter(i), &key[i]});
    }
    return parameters;
}

/// What is expired; deferred columns are left to their own SELECT.
std::vector<const Attribute*> expired_attributes(const ObjectHeader& header) {
    std::vector<const Attribute*> expired;
    for (const Attribute& attribute : header.mapper->attributes()) {
        const AttributeLink& link = attribute.link(header);
        if (link.is_expired() && !link.is_deferred() && !attribute.is_deferred()) {
            expired.push_back(&attribute);
        }
    }
    return expired;
}

NodeRef select_attributes(const Mapper& mapper, const std::vector<const Attribute*>& attributes, LabelStyle labels) {
    SelectDraft draft;
    draft.label_style = labels;
    for (const Attribute* attribute : attributes) {
        draft.columns.push_back(column_node(attribute->column()));
    }
    draft.where = mapper.key_criteria();
    return freeze(std::move(draft));
}

[[noreturn]] void throw_row_gone(const ObjectHeader& header) {
    throw ObjectDeletedError(
        fmt::format("Instance '{}' has been deleted, or its row is otherwise not present.", describe_object(header)));
}

/// Reads these attributes.
void load_attributes(SessionState& session, ObjectHeader& header, const std::vector<const Attribute*>& attributes,
                     LabelStyle labels) {
    if (attributes.empty()) {
        return;
    }
    const auto key = committed_key(header);
    RowCursor rows =
        session.core.read(select_attributes(*header.mapper, attributes, labels), key_parameters(*header.mapper, key));
    if (!rows.next()) {
        throw_row_gone(header);
    }
    try {
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            attributes[i]->load(header, rows.row()[i], decode_context(*rows.compiled(), i));
        }
    } catch (StatementError& error) {
        rows.annotate(error);
        throw;
    }
    const auto all = header.mapper->attributes();
    header.some_expired =
        std::any_of(all.begin(), all.end(), [&](const Attribute& each) { return each.link(header).is_expired(); });
    if (committed_key(header) != key) {  // equal to the database, but not to the letter
        rekey(session, header, key);
    }
    fire(session, ObjectEvent::refresh, header);
}

ObjectHeader* load_row(SessionState& session, const Mapper& mapper, std::span<const Value> key) {
    boost::container::small_vector<Cell, 4> values;
    for (const Value& part : key) values.push_back(Cell::of(part));
    RowCursor rows = session.core.read(session.select_by_key(mapper), values);
    if (!rows.next()) {
        return nullptr;
    }
    try {
        return EntityLoader(session, mapper, 0, false).load(rows.row(), decode_context(*rows.compiled()));
    } catch (StatementError& error) {
        rows.annotate(error);
        throw;
    }
}

/// A deferred column, with those of its group.
void load_deferred(SessionState& session, ObjectHeader& header, const Attribute& attribute) {
    std::vector<const Attribute*> attributes;
    for (const Attribute& each : header.mapper->attributes()) {
        const bool is_of_group = !attribute.deferred_group().empty() &&
                                 each.deferred_group() == attribute.deferred_group() && each.link(header).is_expired();
        if (&each == &attribute || is_of_group) {
            attributes.push_back(&each);
        }
    }
    load_attributes(session, header, attributes, LabelStyle::table_column);
}

/// The row of one key, with all that the class or `options` load with it.
PlanRequest request_by_key(const Mapper& mapper, std::span<const Value> key) {
    PlanRequest request;
    request.elements.push_back({&mapper, mapper.selectable()});
    request.options.roots.resize(1);
    request.draft.label_style = LabelStyle::table_column;
    const auto parts = mapper.primary_key();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        request.draft.where.push_back(compare(Operator::eq, column_node(parts[i]->column()), Operand(key[i])));
    }
    return request;
}

/// All columns of an expired object again, and what is loaded eagerly with it.
void reload_with_plan(SessionState& session, ObjectHeader& header, LabelStyle labels) {
    PlanRequest request = request_by_key(*header.mapper, committed_key(header));
    request.draft.label_style = labels;
    request.refreshes = true;
    if (const LoadContext* context = header.load_context) {
        request.options.roots.front() = context->options;
        request.options.every = context->every;
        request.path = context->path;
        request.keeps_siblings = context->keeps_siblings;
    }
    const Hold keep(header);
    LoadedRows loaded(session, make_plan(std::move(request)), false, true);
    RowCursor rows = session.core.read(loaded.plan().statement);
    if (!loaded.read(rows, 0, true) || loaded.object(0, 0) != &header) {
        throw_row_gone(header);
    }
}

bool brings_more(const ObjectHeader& header) {
    const bool has_options = header.load_context != nullptr && header.load_context->options;
    return has_options || needs_plan(*header.mapper);
}

void load_whole(SessionState& session, ObjectHeader& header) {
    if (brings_more(header)) {
        reload_with_plan(session, header, LabelStyle::table_column);
        return;
    }
    const Hold keep(header);
    if (load_row(session, *header.mapper, committed_key(header)) != &header) {
        throw_row_gone(header);
    }
}

}  // namespace

ObjectHeader* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key) {
    if (!needs_plan(mapper)) {
        return load_row(session, mapper, key);
    }
    const auto found = load_planned(session, request_by_key(mapper, key), true);
    return found.empty() ? nullptr : found.front();
}

std::vector<Hold> load_all(SessionState& session, const NodeRef& select, const Mapper& mapper) {
    RowCursor rows = session.core.read(select);
    EntityLoader loader(session, mapper, 0, false);
    std::vector<Hold> objects;
    while (rows.next()) {
        objects.emplace_back(*loader.load(rows.row(), decode_context(*rows.compiled())));
    }
    return objects;
}

void load_expired(SessionState& session, ObjectHeader& header) {
    const ShardScope scope(session, header.shard);
    if (header.is_expired()) {
        load_whole(session, header);
    } else {
        load_attributes(session, header, expired_attributes(header), LabelStyle::table_column);
    }
}

void load_unloaded(SessionState& session, ObjectHeader& header, const AttributeLink& link) {
    const ShardScope scope(session, header.shard);
    const Attribute& attribute = header.mapper->attribute_with_link(link);
    if (attribute.is_deferred()) {
        spread_expiry(header);
    }
    if (!header.is_expired() && (link.is_deferred() || attribute.is_deferred())) {
        load_deferred(session, header, attribute);
    } else {
        load_expired(session, header);
    }
}

void load_version(SessionState& session, ObjectHeader& header) {
    const Attribute* version = header.mapper->version();
    if (version == nullptr || !(header.is_expired() || version->link(header).is_expired())) {
        return;
    }
    if (header.is_expired() || !version->link(header).is_deferred()) {
        load_expired(session, header);
    }
    load_version_alone(session, header);
}

void load_version_alone(SessionState& session, ObjectHeader& header) {
    const ShardScope scope(session, header.shard);
    const Attribute* version = header.mapper->version();
    if (version->link(header).is_expired()) {
        load_attributes(session, header, {version}, LabelStyle::table_column);
    }
}

void refresh_expired(SessionState& session, ObjectHeader& header) {
    const ShardScope scope(session, header.shard);
    if (header.is_expired() && brings_more(header)) {
        reload_with_plan(session, header, LabelStyle::disambiguate);
        return;
    }
    spread_expiry(header);
    load_attributes(session, header, expired_attributes(header), LabelStyle::disambiguate);
}

}  // namespace aludel::detail
