// Values of a row in a form that can be looked up.
#pragma once

#include <aludel/orm/detail/object_header.hpp>
#include <aludel/types/value.hpp>

#include <string>
#include <vector>

namespace aludel::detail {

/// Appends a value so that keys of equal values are equal, and no others.
void append_key(std::string& key, const Value& value);
void append_key(std::string& key, const ObjectHeader* object);
std::string key_of(const std::vector<Value>& values);

}  // namespace aludel::detail
