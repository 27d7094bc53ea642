// Brings a database in line with the files of Debian's package iso-codes.
#pragma once
#include "models.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What an import did with the records of one class.
struct Tally {
    std::int64_t added = 0, changed = 0, unchanged = 0, removed = 0;
    bool operator==(const Tally&) const = default;
};

/// Hears how far an import is: `done` of `all` records of one kind.
using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t all)>;

/// Reads the JSON files in `folder` and adds, changes and removes rows until the database says the same. One
/// transaction; it is for the caller to commit. What is the same already is not written.
std::vector<std::pair<std::string, Tally>> import_folder(Session& session, const std::string& folder,
                                                         const Progress& progress);
