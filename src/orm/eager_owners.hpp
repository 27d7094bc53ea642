// Objects that wait for the objects of a relationship, by the values that lead from the one to the other.
#pragma once

#include "orm/eager_load.hpp"

#include <aludel/types/value.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

/// The attributes of the owner whose values choose the related rows.
std::vector<const Attribute*> local_attributes(const Relationship& relationship);
/// Their values in the owner's row.
std::vector<Value> committed_values(const ObjectHeader& header, const std::vector<const Attribute*>& attributes);
/// Their values are in memory.
bool are_in_memory(const ObjectHeader& header, const std::vector<const Attribute*>& attributes);

/// What rows gave for each owner.
class FoundByKey final : public RelatedSink {
  public:
    /// By the values of the owners' attributes; a row has one column for each of `row_attributes`, which are what its
    /// values are to be read as.
    FoundByKey(std::vector<const Attribute*> owner_attributes, std::vector<const Attribute*> row_attributes);

    /// From now on only what leads to these owners is expected, instead of everything.
    void expect_only(std::span<const EagerReader::Owner> owners);
    bool expects(const Cell* key) override;
    /// Another object for the owners that have the values; what is there already is not added again.
    void take(ObjectHeader& object) override;
    /// Becomes the value of the relationship, unless the owner has one already.
    void give(SessionState& session, const Relationship& relationship, const EagerReader::Owner& owner);

  private:
    static constexpr std::uint32_t none = UINT32_MAX;
    /// The objects of one key, as a chain through `entries_`.
    struct Found {
        std::uint32_t first = none, last = none, count = 0;
    };
    struct Entry {
        ObjectHeader* object;
        std::uint32_t following = none;
    };
    /// Null: nobody waits for it.
    template <class Map>
    [[nodiscard]] Found* place_in(Map& map, const typename Map::key_type& key);
    [[nodiscard]] bool contains(const Found& found, const ObjectHeader& object);
    [[nodiscard]] Found find(const ObjectHeader& owner) const;

    std::vector<const Attribute*> owner_attributes_, row_attributes_;
    bool is_integer_;  // the key is one integer, which every type reads as it is
    std::vector<Entry> entries_;
    boost::unordered_flat_map<std::int64_t, Found> by_integer_;  // of keys that are one integer
    boost::unordered_flat_map<std::string, Found> by_text_;
    /// The members of long chains, by the chains' first entries.
    boost::unordered_flat_set<std::pair<std::uint32_t, const ObjectHeader*>> members_;
    bool takes_all_ = true;
    Found* expected_ = nullptr;  // what the last row leads to
    std::vector<ObjectHeader*> given_;
};

}  // namespace aludel::detail
