#include "orm/identity_map.hpp"

#include "orm/change_log.hpp"

#include <memory>

namespace aludel::detail {

namespace {

/// Appends a value so that different keys never have the same encoding: kind, length, payload.
void encode(std::string& into, const Value& value) {
    const bool is_text = !value.as_text().empty();
    // 0.0 and -0.0 are one key, though not the same bits.
    const std::int64_t number =
        value.kind() == ValueKind::real ? Value::of(value.as_real() + 0.0).as_integer() : value.as_integer();
    const std::string text = is_text ? value.as_text() : std::to_string(number);
    into += static_cast<char>('0' + static_cast<int>(value.kind()));
    into += std::to_string(text.size());
    into += is_text ? '"' : '#';
    into += text;
}

}  // namespace

IdentityKey::IdentityKey(const Mapper& mapper, std::span<const Value> values) {
    if (mapper.has_integer_key() && values.size() == 1 && values.front().kind() == ValueKind::integer) {
        integer_ = values.front().as_integer();
        is_integer_ = true;
        return;
    }
    for (const Value& value : values) {
        encode(encoded_, value);
    }
}

IdentityKey IdentityKey::of(const ObjectHeader& header) {
    const auto key = header.mapper->primary_key();
    if (header.mapper->has_integer_key() && header.changes == nullptr) {
        Value made;
        const Cell cell = key.front()->cell_of(header, made);
        if (cell.kind == ValueKind::integer) return IdentityKey(cell.integer);
    }
    if (header.mapper->has_integer_key()) {
        const Value value = committed_value(header, *key.front());
        return IdentityKey(*header.mapper, {&value, 1});
    }
    std::vector<Value> values;
    values.reserve(key.size());
    for (const Attribute* attribute : key) {
        values.push_back(committed_value(header, *attribute));
    }
    return IdentityKey(*header.mapper, values);
}

ObjectHeader* IdentityTable::find(const IdentityKey& key) const noexcept {
    if (key.is_integer()) {
        return find(key.integer());
    }
    const auto found = by_encoding_.find(key.encoded());
    return found == by_encoding_.end() ? nullptr : found->second;
}

ObjectHeader* IdentityTable::find(std::int64_t key) const noexcept {
    const auto found = by_integer_.find(key);
    return found == by_integer_.end() ? nullptr : found->second;
}

void IdentityTable::put(const IdentityKey& key, ObjectHeader& header) {
    if (key.is_integer()) {
        by_integer_[key.integer()] = &header;
    } else {
        by_encoding_[key.encoded()] = &header;
    }
}

void IdentityTable::forget_place(std::int64_t key) noexcept {
    const auto found = by_integer_.find(key);
    if (found != by_integer_.end() && found->second == nullptr) by_integer_.erase(found);
}

void IdentityTable::erase(const IdentityKey& key, const ObjectHeader& header) noexcept {
    if (find(key) != &header) {  // its key in memory is not the one under which it came
        erase_if(by_integer_, [&](const auto& entry) { return entry.second == &header; });
        erase_if(by_encoding_, [&](const auto& entry) { return entry.second == &header; });
        return;
    }
    if (key.is_integer()) {
        by_integer_.erase(key.integer());
    } else {
        by_encoding_.erase(key.encoded());
    }
}

void IdentityTable::clear() noexcept {
    by_integer_.clear();
    by_encoding_.clear();
}

void IdentityMap::clear() noexcept {
    for (auto& [mapper, table] : tables_) table->clear();
    for (auto& [mapper, table] : sharded_) table->clear();
}

void IdentityMap::free_empty_room() noexcept {
    for (auto& [mapper, table] : tables_) table->room().free_empty_blocks();
    for (auto& [mapper, table] : sharded_) table->room().free_empty_blocks();
}

IdentityTable& IdentityMap::look_up(const Mapper& mapper, ShardToken shard) {
    auto& found = shard == 0 ? tables_[&mapper] : sharded_[{&mapper, shard}];
    if (!found) {
        found = std::make_unique<IdentityTable>();
    }
    if (shard == 0) {
        last_mapper_ = &mapper;
        last_table_ = found.get();
    }
    return *found;
}

ObjectHeader* IdentityMap::find(const Mapper& mapper, const IdentityKey& key) { return table(mapper).find(key); }

void IdentityMap::put(ObjectHeader& header) {
    table(*header.mapper, header.shard).put(IdentityKey::of(header), header);
}

void IdentityMap::erase(const ObjectHeader& header) noexcept { erase(header, IdentityKey::of(header)); }

void IdentityMap::erase(const ObjectHeader& header, const IdentityKey& key) noexcept {
    table(*header.mapper, header.shard).erase(key, header);
}

}  // namespace aludel::detail
