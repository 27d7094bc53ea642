#include "orm/eager_owners.hpp"

#include "orm/change_log.hpp"
#include "orm/links.hpp"
#include "orm/row_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

namespace {

constexpr std::uint32_t longest_searched_chain = 16;

/// A value of a row as the attribute understands it.
Value as_attribute_has(const Attribute& attribute, const Cell& cell) {
    return cell.is_null() ? Value::null() : attribute.decode(cell, DecodeContext{});
}

}  // namespace

bool FoundByKey::contains(const Found& found, const ObjectHeader& object) {
    if (found.count > longest_searched_chain) {
        return !members_.emplace(found.first, &object).second;
    }
    bool is_known = false;
    for (std::uint32_t place = found.first; place != none && !is_known; place = entries_[place].following) {
        is_known = entries_[place].object == &object;
    }
    if (!is_known && found.count == longest_searched_chain) {  // from now on the chain is too long to be searched
        for (std::uint32_t place = found.first; place != none; place = entries_[place].following) {
            members_.emplace(found.first, entries_[place].object);
        }
        members_.emplace(found.first, &object);
    }
    return is_known;
}

FoundByKey::FoundByKey(std::vector<const Attribute*> owner_attributes, std::vector<const Attribute*> row_attributes)
    : owner_attributes_(std::move(owner_attributes)),
      row_attributes_(std::move(row_attributes)),
      is_integer_(row_attributes_.size() == 1 && row_attributes_.front()->column().type().is_integer()) {}

template <class Map>
FoundByKey::Found* FoundByKey::place_in(Map& map, const typename Map::key_type& key) {
    if (takes_all_) return &map[key];
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

bool FoundByKey::expects(const Cell* key) {
    if (is_integer_ && key->kind == ValueKind::integer) {
        expected_ = place_in(by_integer_, key->integer);
        return expected_ != nullptr;
    }
    std::vector<Value> values;
    values.reserve(row_attributes_.size());
    for (std::size_t i = 0; i < row_attributes_.size(); ++i) {
        values.push_back(as_attribute_has(*row_attributes_[i], key[i]));
    }
    expected_ = place_in(by_text_, key_of(values));
    return expected_ != nullptr;
}

void FoundByKey::expect_only(std::span<const EagerReader::Owner> owners) {
    by_integer_.reserve(owners.size());
    for (const EagerReader::Owner& owner : owners) {
        const auto values = committed_values(*owner.header, owner_attributes_);
        const bool has_null =
            std::any_of(values.begin(), values.end(), [](const Value& each) { return each.is_null(); });
        if (has_null) continue;
        if (is_integer_ && values.front().kind() == ValueKind::integer) {
            by_integer_[values.front().as_integer()];
        } else {
            by_text_[key_of(values)];
        }
    }
    takes_all_ = false;
}

void FoundByKey::take(ObjectHeader& object) {
    Found& found = *expected_;
    if (contains(found, object)) {
        return;
    }
    const auto place = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({&object});
    (found.first == none ? found.first : entries_[found.last].following) = place;
    found.last = place;
    ++found.count;
}

FoundByKey::Found FoundByKey::find(const ObjectHeader& owner) const {
    if (is_integer_) {
        const Value key = committed_value(owner, *owner_attributes_.front());
        if (key.kind() == ValueKind::integer) {
            const auto found = by_integer_.find(key.as_integer());
            return found == by_integer_.end() ? Found{} : found->second;
        }
    }
    const auto found = by_text_.find(key_of(committed_values(owner, owner_attributes_)));
    return found == by_text_.end() ? Found{} : found->second;
}

void FoundByKey::give(SessionState& session, const Relationship& relationship, const EagerReader::Owner& owner) {
    if (!owner.wanted || is_loaded(*owner.header, relationship)) {
        return;
    }
    const Found found = find(*owner.header);
    given_.clear();
    for (std::uint32_t place = found.first; place != none; place = entries_[place].following) {
        given_.push_back(entries_[place].object);
    }
    if (relationship.is_collection()) {
        set_loaded(*owner.header, relationship, given_);
        return;
    }
    if (given_.size() > 1) {
        session.warn(fmt::format("Multiple rows returned with uselist=False for eagerly-loaded attribute '{}'",
                                 relationship.full_name()));
    }
    set_loaded(*owner.header, relationship, given_.empty() ? nullptr : given_.front());
}

}  // namespace aludel::detail
