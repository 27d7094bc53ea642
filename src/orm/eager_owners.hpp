// Objects that wait for the objects of a relationship, by the values that lead from the one to the other.
#pragma once

#include "orm/eager_reader.hpp"

#include <aludel/types/value.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <span>
#include <string>
#include <vector>

namespace aludel::detail {

/// The attributes of the owner whose values choose the related rows.
std::vector<const Attribute*> local_attributes(const Relationship& relationship);
/// Their values in the owner's row.
std::vector<Value> committed_values(const ObjectHeader& header, const std::vector<const Attribute*>& attributes);
/// Their values are in memory.
bool are_in_memory(const ObjectHeader& header, const std::vector<const Attribute*>& attributes);

/// What rows gave for each owner.
class FoundByKey {
  public:
    /// Another object for the owners with these values; false if it was there already.
    bool add(const std::vector<Value>& key, ObjectHeader& object);
    /// Becomes the value of the relationship, unless the owner has one already.
    void give(SessionState& session, const Relationship& relationship, const EagerReader::Owner& owner,
              const std::vector<Value>& key) const;

  private:
    struct Found {
        std::vector<ObjectHeader*> objects;
        boost::unordered_flat_map<const ObjectHeader*, bool> known;
    };
    boost::unordered_flat_map<std::string, Found> found_;
};

/// Reads `values` of a row as the attributes understand them.
std::vector<Value> as_attributes_have(const std::vector<const Attribute*>& attributes,
                                      const std::vector<Value>& values);

}  // namespace aludel::detail
