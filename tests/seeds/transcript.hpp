// The statements that a program must emit, as a file lists them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace notes {

/// The lines of tests/seeds/<name> without its headings: each statement, and its parameters behind four spaces.
inline std::vector<std::string> transcript(const std::string& name) {
    std::ifstream file{std::string(ALUDEL_TEST_SOURCE_DIR "/") + name};
    if (!file) throw std::runtime_error("cannot read tests/seeds/" + name);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("-- ")) lines.push_back(line);
    }
    return lines;
}

namespace detail {

/// `    ((1, 2), (1, 1))` with its rows in order.
inline std::string with_sorted_rows(const std::string& parameters) {
    const std::string begin = "    ((", end = "))", between = "), (";
    if (!parameters.starts_with(begin) || !parameters.ends_with(end)) return parameters;
    std::vector<std::string> rows{""};
    const std::string inner = parameters.substr(begin.size(), parameters.size() - begin.size() - end.size());
    for (std::size_t at = 0; at < inner.size();) {
        if (inner.compare(at, between.size(), between) == 0) {
            rows.emplace_back();
            at += between.size();
        } else {
            rows.back() += inner[at++];
        }
    }
    std::sort(rows.begin(), rows.end());
    std::string sorted = begin + rows[0];
    for (std::size_t i = 1; i < rows.size(); ++i) sorted += between + rows[i];
    return sorted + end;
}

inline bool is_existence_check(const std::string& line) {
    return line.starts_with("PRAGMA ") && line.find(".table_info(") != std::string::npos;
}

}  // namespace detail

/// The lines with what SQLAlchemy itself leaves open in one order: the rows of one INSERT into an association table,
/// and the tables in a series of existence checks.
inline std::vector<std::string> comparable(std::vector<std::string> lines,
                                           const std::vector<std::string>& association_tables) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const auto& table : association_tables) {
            if (lines[i].starts_with("INSERT INTO " + table + " ") && i + 1 < lines.size())
                lines[i + 1] = detail::with_sorted_rows(lines[i + 1]);
        }
        if (!detail::is_existence_check(lines[i])) continue;
        std::vector<std::string> checks;  // each followed by its empty parameters
        const std::size_t first = i;
        for (; i + 1 < lines.size() && detail::is_existence_check(lines[i]); i += 2) checks.push_back(lines[i]);
        std::sort(checks.begin(), checks.end());
        for (std::size_t j = 0; j < checks.size(); ++j) lines[first + 2 * j] = checks[j];
        --i;
    }
    return lines;
}

}  // namespace notes
