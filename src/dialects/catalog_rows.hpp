// What the catalogues have in common: rows of text.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::dialects {

using CatalogRow = std::vector<std::optional<std::string>>;
using CatalogRows = std::vector<CatalogRow>;

/// The text of a column; empty for NULL.
inline std::string text_at(const CatalogRow& row, std::size_t index) {
    return index < row.size() ? row[index].value_or("") : "";
}

/// A truth value, in any of the ways in which databases write one.
inline bool is_true(const CatalogRow& row, std::size_t index) {
    const auto text = text_at(row, index);
    return text == "1" || text == "t" || text == "true" || text == "YES";
}

/// A number; 0 for NULL and for what is none.
inline std::int64_t number_at(const CatalogRow& row, std::size_t index) {
    const auto text = text_at(row, index);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

inline std::vector<std::string> first_column(const CatalogRows& rows) {
    std::vector<std::string> values;
    values.reserve(rows.size());
    for (const auto& row : rows) values.push_back(text_at(row, 0));
    return values;
}

/// The item of this name at the end of a list, added if it is another one: rows come sorted by the name of the
/// constraint that they are part of.
template <class Item>
Item& last_named(std::vector<Item>& items, const std::string& name, std::string Item::* member) {
    if (items.empty() || items.back().*member != name) items.emplace_back().*member = name;
    return items.back();
}

}  // namespace aludel::dialects
