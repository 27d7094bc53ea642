#include "orm/entity_loader.hpp"

#include "orm/change_log.hpp"

#include <aludel/sql/compile/compiled.hpp>

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
    : session_(&session),
      mapper_(&mapper),
      known_(&session.identities.table(mapper)),
      first_column_(first_column),
      populate_existing_(populate_existing) {}

bool EntityLoader::key_is_null(const Cell* cells) const {
    for (const Attribute* attribute : mapper_->primary_key()) {
        if (cells[attribute->index()].is_null()) {
            return true;
        }
    }
    return false;
}

ObjectHeader* EntityLoader::find(const Cell* cells, const DecodeContext& context, IdentityKey& key) const {
    const auto attributes = mapper_->primary_key();
    const Cell& first = cells[attributes.front()->index()];
    if (mapper_->has_integer_key() && first.kind == ValueKind::integer) {
        key = IdentityKey(first.integer);
        return known_->find(first.integer);
    }
    std::vector<Value> values;
    for (const Attribute* attribute : attributes) {
        DecodeContext of_key = context;
        of_key.index = first_column_ + attribute->index();
        values.push_back(attribute->decode(cells[attribute->index()], of_key));
    }
    key = IdentityKey(*mapper_, values);
    return known_->find(key);
}

void EntityLoader::load_all(ObjectHeader& header, const Cell* cells, const DecodeContext& context) const {
    DecodeContext moving = context;
    moving.index = first_column_;
    mapper_->ops().load(header.object(), cells, moving);
}

ObjectHeader* EntityLoader::load_new(const Cell* cells, const DecodeContext& context, const IdentityKey& key) {
    ObjectHeader* header = mapper_->create();
    try {
        load_all(*header, cells, context);
        attach(*session_, *header, ObjectState::persistent);
    } catch (...) {
        mapper_->destroy(header);
        throw;
    }
    known_->put(key, *header);
    return header;
}

void EntityLoader::load_known(ObjectHeader& header, const Cell* cells, const DecodeContext& context) const {
    if (header.is_expired() || populate_existing_) {
        drop_changes(header);
        forget_dirty(*session_, header);
        try {
            load_all(header, cells, context);
        } catch (...) {
            expire_object(header);  // what was overwritten already is not the object's any more
            throw;
        }
        header.generation = session_->generation;
        header.some_expired = false;
        return;
    }
    for (const Attribute& attribute : mapper_->attributes()) {
        if (attribute.link(header).is_expired()) {
            DecodeContext of_attribute = context;
            of_attribute.index = first_column_ + attribute.index();
            attribute.load(header, cells[attribute.index()], of_attribute);
        }
    }
    header.some_expired = false;
}

ObjectHeader* EntityLoader::load(std::span<const Cell> row, const DecodeContext& context) {
    const Cell* cells = row.data() + first_column_;
    if (key_is_null(cells)) {
        return nullptr;
    }
    IdentityKey key;
    ObjectHeader* header = find(cells, context, key);
    if (header == nullptr) {
        return load_new(cells, context, key);
    }
    if (header->is_expired() || header->some_expired || populate_existing_) {
        load_known(*header, cells, context);
    }
    return header;
}

}  // namespace aludel::detail
