#include "orm/relationship_conflicts.hpp"

#include <aludel/sql/schema/table_info.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace aludel::detail {

namespace {

/// What a flush does for a relationship: the value of one column goes into another.
struct Copy {
    const Relationship* relationship;
    const ColumnInfo* from;
    const ColumnInfo* to;

    [[nodiscard]] std::string text() const {
        return fmt::format("'{}' (copies {} to {})", relationship->full_name(), from->full_name(), to->full_name());
    }
};

std::vector<Copy> copies_of(const Relationship& relationship) {
    std::vector<Copy> copies;
    if (relationship.viewonly()) {
        return copies;
    }
    for (const ColumnPair& pair : relationship.pairs()) {
        const bool is_one_to_many = relationship.direction() == Direction::one_to_many;
        const Attribute* from = is_one_to_many ? pair.owner : pair.target;
        const Attribute* to = is_one_to_many ? pair.target : pair.owner;
        copies.push_back({&relationship, &from->column(), &to->column()});
    }
    for (const auto* pairs : {&relationship.owner_pairs(), &relationship.target_pairs()}) {
        for (const AssociationPair& pair : *pairs) {
            copies.push_back({&relationship, &pair.attribute->column(), pair.association});
        }
    }
    return copies;
}

/// `overlaps("…")` of the relationship names the other.
bool is_silenced(const Relationship& relationship, const Relationship& other) {
    std::string_view words = relationship.description().options.text(RelationshipText::overlaps);
    while (!words.empty()) {
        const std::size_t begin = std::min(words.find_first_not_of(", "), words.size());
        words.remove_prefix(begin);
        const std::size_t end = std::min(words.find_first_of(", "), words.size());
        if (words.substr(0, end) == other.name() && end != 0) return true;
        words.remove_prefix(end);
    }
    return false;
}

bool in_conflict(const Relationship& relationship, const Relationship& other) {
    return &other != &relationship && relationship.reverse() != &other && !is_silenced(relationship, other) &&
           !is_silenced(other, relationship);
}

std::string joined(std::vector<std::string> parts, std::string_view separator) {
    std::sort(parts.begin(), parts.end());
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string describe_conflict(const Copy& copy, const std::vector<Copy>& others) {
    std::vector<std::string> texts, names;
    for (const Copy& other : others) {
        texts.push_back(other.text());
        names.emplace_back(other.relationship->name());
    }
    const std::string name = copy.relationship->full_name();
    return fmt::format(
        "relationship '{}' will copy column {} to column {}, which conflicts with relationship(s): {}. If this is not "
        "the intention, consider if these relationships should be linked with back_populates(\"…\"), or if viewonly "
        "should be applied to one or more if they are read-only. For the less common case that foreign key constraints "
        "are partially overlapping, foreign_keys(\"…\") can be used to say which columns should be written. To silence "
        "this warning, add the option overlaps(\"{}\") to the '{}' relationship.",
        name, copy.from->full_name(), copy.to->full_name(), joined(std::move(texts), ", "),
        joined(std::move(names), ","), name);
}

/// What was resolved so far writes into each column. Mappers live as long as the program.
boost::unordered_flat_map<const ColumnInfo*, std::vector<Copy>>& known_copies() {
    static auto& copies = *new boost::unordered_flat_map<const ColumnInfo*, std::vector<Copy>>;
    return copies;
}

}  // namespace

std::vector<std::string> find_conflicts(std::span<const Relationship> relationships) {
    std::vector<std::string> warnings;
    for (const Relationship& relationship : relationships) {
        for (const Copy& copy : copies_of(relationship)) {
            std::vector<Copy>& known = known_copies()[copy.to];
            std::vector<Copy> others;
            std::copy_if(known.begin(), known.end(), std::back_inserter(others),
                         [&](const Copy& other) { return in_conflict(relationship, *other.relationship); });
            if (!others.empty()) warnings.push_back(describe_conflict(copy, others));
            known.push_back(copy);
        }
    }
    return warnings;
}

}  // namespace aludel::detail
