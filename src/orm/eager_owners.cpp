#include "orm/eager_owners.hpp"

#include "orm/change_log.hpp"
#include "orm/links.hpp"
#include "orm/row_key.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

std::vector<const Attribute*> local_attributes(const Relationship& relationship) {
    std::vector<const Attribute*> attributes;
    if (relationship.secondary() != nullptr) {
        for (const AssociationPair& pair : relationship.owner_pairs()) attributes.push_back(pair.attribute);
    } else {
        for (const ColumnPair& pair : relationship.pairs()) attributes.push_back(pair.owner);
    }
    return attributes;
}

std::vector<Value> committed_values(const ObjectHeader& header, const std::vector<const Attribute*>& attributes) {
    std::vector<Value> values;
    values.reserve(attributes.size());
    for (const Attribute* attribute : attributes) values.push_back(committed_value(header, *attribute));
    return values;
}

bool are_in_memory(const ObjectHeader& header, const std::vector<const Attribute*>& attributes) {
    return !header.is_expired() && std::all_of(attributes.begin(), attributes.end(), [&](const Attribute* attribute) {
        return !attribute->link(header).is_expired();
    });
}

std::vector<Value> as_attributes_have(const std::vector<const Attribute*>& attributes,
                                      const std::vector<Value>& values) {
    std::vector<Value> read;
    read.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        read.push_back(values[i].is_null() ? Value::null()
                                           : attributes[i]->decode(Cell::of(values[i]), DecodeContext{}));
    }
    return read;
}

bool FoundByKey::add(const std::vector<Value>& key, ObjectHeader& object) {
    Found& found = found_[key_of(key)];
    if (!found.known.emplace(&object, true).second) {
        return false;
    }
    found.objects.push_back(&object);
    return true;
}

void FoundByKey::give(SessionState& session, const Relationship& relationship, const EagerReader::Owner& owner,
                      const std::vector<Value>& key) const {
    if (!owner.wanted || is_loaded(*owner.header, relationship)) {
        return;
    }
    const auto found = found_.find(key_of(key));
    const std::vector<ObjectHeader*> none;
    const std::vector<ObjectHeader*>& objects = found == found_.end() ? none : found->second.objects;
    if (relationship.is_collection()) {
        set_loaded(*owner.header, relationship, objects);
        return;
    }
    if (objects.size() > 1) {
        session.warn(fmt::format("Multiple rows returned with uselist=False for eagerly-loaded attribute '{}'",
                                 relationship.full_name()));
    }
    set_loaded(*owner.header, relationship, objects.empty() ? nullptr : objects.front());
}

}  // namespace aludel::detail
