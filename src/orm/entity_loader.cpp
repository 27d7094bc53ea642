#include "orm/entity_loader.hpp"

#include "orm/change_log.hpp"
#include "orm/links.hpp"
#include "orm/listeners.hpp"

#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <vector>

namespace aludel::detail {

namespace {

std::string describe_column(const DecodeContext& context) {
    const auto& compiled = *static_cast<const CompiledStatement*>(context.source);
    if (context.index >= compiled.columns.size()) {
        return {};
    }
    const ResultColumn& column = compiled.columns[context.index];
    if (column.node && column.node->kind() == NodeKind::column) {
        if (const ColumnInfo* info = as<ColumnNode>(*column.node).info()) {
            return info->full_name();
        }
    }
    return column.name;
}

const SqlType* type_of_column(const DecodeContext& context) {
    const auto& compiled = *static_cast<const CompiledStatement*>(context.source);
    return context.index < compiled.columns.size() ? &compiled.columns[context.index].type : nullptr;
}

}  // namespace

DecodeContext decode_context(const CompiledStatement& compiled, std::size_t index) noexcept {
    return {&compiled, index, &describe_column, &type_of_column};
}

EntityLoader::EntityLoader(SessionState& session, const Mapper& mapper, std::size_t first_column,
                           bool populate_existing)
    : EntityLoader(session, mapper, first_column, {}, populate_existing) {}

EntityLoader::EntityLoader(SessionState& session, const Mapper& mapper, std::size_t first_column,
                           std::span<const std::int32_t> cells, bool populate_existing)
    : session_(&session),
      mapper_(&mapper),
      known_(&session.identities.table(mapper)),
      first_column_(first_column),
      cells_(cells),
      key_place_(place(*mapper.primary_key().front())),
      populate_existing_(populate_existing),
      is_listened_to_(!session.listeners.empty() && has_listeners(session, ObjectEvent::load, mapper)) {}

bool EntityLoader::key_is_null(std::span<const Cell> row) const {
    for (const Attribute* attribute : mapper_->primary_key()) {
        if (row[place(*attribute)].is_null()) {
            return true;
        }
    }
    return false;
}

IdentityKey EntityLoader::key_of(std::span<const Cell> row, const DecodeContext& context) const {
    std::vector<Value> values;
    for (const Attribute* attribute : mapper_->primary_key()) {
        DecodeContext of_key = context;
        of_key.index = place(*attribute);
        values.push_back(attribute->decode(row[of_key.index], of_key));
    }
    return IdentityKey(*mapper_, values);
}

void EntityLoader::load_all(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const {
    DecodeContext moving = context;
    if (cells_.empty()) {
        moving.index = first_column_;
        mapper_->ops().load(header.object(), row.data() + first_column_, moving);
        return;
    }
    for (const Attribute& attribute : mapper_->attributes()) {
        if (is_in_row(attribute)) {
            moving.index = place(attribute);
            attribute.load(header, row[moving.index], moving);
        } else {
            attribute.link(header).mark_deferred();
            header.some_expired = true;
        }
    }
}

ObjectHeader* EntityLoader::load_new(std::span<const Cell> row, const DecodeContext& context) {
    ObjectHeader* header = mapper_->create_in(known_->room());
    try {
        load_all(*header, row, context);
        attach(*session_, *header, ObjectState::persistent);
    } catch (...) {
        mapper_->destroy(header);
        throw;
    }
    return header;
}

ObjectHeader* EntityLoader::finish_new(ObjectHeader& header) {
    made_object_ = true;
    if (populated_ != nullptr) {
        populated_->insert(&header);
    }
    if (is_listened_to_) fire(*session_, ObjectEvent::load, header);
    return &header;
}

void EntityLoader::load_known(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const {
    drop_changes(header);
    forget_dirty(*session_, header);
    unload_relationships(header);
    header.some_expired = false;
    try {
        load_all(header, row, context);
    } catch (...) {
        expire_object(header);  // what was overwritten already is not the object's any more
        throw;
    }
    header.generation = session_->generation;
    fire(*session_, ObjectEvent::refresh, header);
}

/// Reads what is expired, or was never loaded, as far as the row has it.
void EntityLoader::load_missing(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) const {
    header.some_expired = false;
    DecodeContext of_attribute = context;
    for (const Attribute& attribute : mapper_->attributes()) {
        if (!attribute.link(header).is_expired()) {
            continue;
        }
        if (is_in_row(attribute)) {
            of_attribute.index = place(attribute);
            attribute.load(header, row[of_attribute.index], of_attribute);
        } else {
            header.some_expired = true;
        }
    }
}

ObjectHeader* EntityLoader::load_again(ObjectHeader& header, std::span<const Cell> row, const DecodeContext& context) {
    const bool populates = populate_existing_ && (populated_ == nullptr || populated_->insert(&header).second);
    if (header.is_expired() || populates) {
        load_known(header, row, context);
        refreshed_object_ = true;
    } else if (header.some_expired) {
        load_missing(header, row, context);
    }
    return &header;
}

/// One look-up for an object that is new, as most are.
ObjectHeader* EntityLoader::load_by_integer(std::int64_t key, std::span<const Cell> row, const DecodeContext& context) {
    ObjectHeader*& place = known_->place_of(key);
    if (place != nullptr) {
        return load_again(*place, row, context);
    }
    const std::size_t size = known_->size();
    ObjectHeader* header = nullptr;
    try {
        header = load_new(row, context);
    } catch (...) {
        known_->forget_place(key);
        throw;
    }
    if (known_->size() == size) {
        place = header;
    } else {  // a type of the user's own read other rows while it decoded this one
        known_->put(IdentityKey(key), *header);
    }
    return finish_new(*header);
}

ObjectHeader* EntityLoader::load(std::span<const Cell> row, const DecodeContext& context) {
    made_object_ = refreshed_object_ = false;
    const Cell& first = row[key_place_];
    if (mapper_->has_integer_key() && first.kind == ValueKind::integer) {
        return load_by_integer(first.integer, row, context);
    }
    if (key_is_null(row)) {
        return nullptr;
    }
    const IdentityKey key = key_of(row, context);
    if (ObjectHeader* header = known_->find(key)) {
        return load_again(*header, row, context);
    }
    ObjectHeader* header = load_new(row, context);
    known_->put(key, *header);
    return finish_new(*header);
}

}  // namespace aludel::detail
