#include "differential/comparison.hpp"

#include <algorithm>
#include <cstddef>

namespace differential {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// `    ((1, 2), (1, 1))` with its rows in order.
std::string ordered_rows(const std::string& parameters) {
    const std::string begin = "    ((", end = "))", between = "), (";
    if (!parameters.starts_with(begin) || !parameters.ends_with(end)) return parameters;
    std::vector<std::string> rows;
    for (std::size_t at = begin.size(); at < parameters.size();) {
        const std::size_t next = std::min(parameters.find(between, at), parameters.size() - end.size());
        rows.push_back(parameters.substr(at, next - at));
        at = next + (next + end.size() == parameters.size() ? end.size() : between.size());
    }
    std::sort(rows.begin(), rows.end());
    std::string ordered = begin + rows[0];
    for (std::size_t i = 1; i < rows.size(); ++i) ordered += between + rows[i];
    return ordered + end;
}

bool writes_to(const std::string& statement, const std::string& table) {
    return statement.starts_with("INSERT INTO " + table + " ") || statement.starts_with("DELETE FROM " + table + " ");
}

}  // namespace

std::vector<std::string> with_ordered_rows(std::vector<std::string> record, const std::vector<std::string>& tables) {
    for (std::size_t i = 0; i + 1 < record.size(); ++i) {
        for (const auto& table : tables) {
            if (writes_to(record[i], table)) record[i + 1] = ordered_rows(record[i + 1]);
        }
    }
    return record;
}

std::vector<std::string> with_differences(std::vector<std::string> record, const std::vector<Difference>& differences,
                                          std::string& complaint) {
    for (const auto& difference : differences) {
        const auto theirs = lines_of(difference.sqlalchemy), ours = lines_of(difference.aludel);
        const auto found = std::search(record.begin(), record.end(), theirs.begin(), theirs.end());
        if (theirs.empty() || found == record.end()) {
            complaint +=
                "\na difference is stated that is not there: " + difference.sqlalchemy + " (" + difference.why + ")";
            continue;
        }
        const auto after = record.erase(found, found + static_cast<std::ptrdiff_t>(theirs.size()));
        record.insert(after, ours.begin(), ours.end());
    }
    return record;
}

std::string side_by_side(const std::vector<std::string>& first, const std::vector<std::string>& second) {
    // Lengths of the longest common subsequences of the rests.
    std::vector<std::vector<std::size_t>> common(first.size() + 1, std::vector<std::size_t>(second.size() + 1, 0));
    for (std::size_t i = first.size(); i-- > 0;) {
        for (std::size_t j = second.size(); j-- > 0;) {
            common[i][j] =
                first[i] == second[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
        }
    }
    std::string text;
    std::size_t i = 0, j = 0;
    while (i < first.size() || j < second.size()) {
        if (i < first.size() && j < second.size() && first[i] == second[j]) {
            text += "  " + first[i] + "\n";
            ++i, ++j;
        } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
            text += "- " + first[i++] + "\n";
        } else {
            text += "+ " + second[j++] + "\n";
        }
    }
    return text;
}

}  // namespace differential
