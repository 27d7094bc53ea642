// Reading single objects: by primary key, and what of an object is expired.
#include "orm/change_log.hpp"
#include "orm/entity_loader.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

std::vector<ParameterValue> key_parameters(const Mapper& mapper, std::span<const Value> key) {
    std::vector<ParameterValue> parameters;
    parameters.reserve(key.size());
    for (std::size_t i = 0; i < key.size(); ++i) {
        parameters.push_back({mapper.key_parameter(i), &key[i]});
    }
    return parameters;
}

std::vector<const Attribute*> expired_attributes(const ObjectHeader& header) {
    std::vector<const Attribute*> expired;
    for (const Attribute& attribute : header.mapper->attributes()) {
        if (attribute.link(header).is_expired()) {
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

void load_whole(SessionState& session, ObjectHeader& header) {
    const Hold keep(header);
    if (load_by_key(session, *header.mapper, committed_key(header)) != &header) {
        throw_row_gone(header);
    }
}

/// Reads the attributes that are marked as expired one by one.
void load_attributes(SessionState& session, ObjectHeader& header, LabelStyle labels) {
    const auto attributes = expired_attributes(header);
    if (attributes.empty()) {
        return;
    }
    const auto key = committed_key(header);
    RowCursor rows = session.core.connection().run(select_attributes(*header.mapper, attributes, labels),
                                                   key_parameters(*header.mapper, key));
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
    header.some_expired = false;
    if (committed_key(header) != key) {  // equal to the database, but not to the letter
        rekey(session, header, key);
    }
}

}  // namespace

ObjectHeader* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key) {
    const auto parameters = key_parameters(mapper, key);
    const auto& statement = session.shaped_statement({&mapper, u"s"}, [&] { return mapper.select_by_key(); });
    RowCursor rows = session.core.connection().run(statement, parameters);
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

std::vector<Hold> load_all(SessionState& session, const NodeRef& select, const Mapper& mapper) {
    RowCursor rows = session.core.connection().run(select);
    EntityLoader loader(session, mapper, 0, false);
    std::vector<Hold> objects;
    while (rows.next()) {
        objects.emplace_back(*loader.load(rows.row(), decode_context(*rows.compiled())));
    }
    return objects;
}

void load_expired(SessionState& session, ObjectHeader& header) {
    if (header.is_expired()) {
        load_whole(session, header);
    } else {
        load_attributes(session, header, LabelStyle::table_column);
    }
}

void refresh_expired(SessionState& session, ObjectHeader& header) {
    spread_expiry(header);
    load_attributes(session, header, LabelStyle::disambiguate);
}

}  // namespace aludel::detail
