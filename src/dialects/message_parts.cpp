#include "dialects/message_parts.hpp"

#include <algorithm>

namespace aludel::dialects {

std::string unquoted(std::string_view name) {
    const bool quoted = name.size() >= 2 && name.front() == name.back() &&
                        (name.front() == '"' || name.front() == '\'' || name.front() == '`');
    return std::string(quoted ? name.substr(1, name.size() - 2) : name);
}

std::string_view between(std::string_view message, std::string_view before, std::string_view end) {
    const std::size_t start = message.find(before);
    if (start == std::string_view::npos) return {};
    message.remove_prefix(start + before.size());
    return message.substr(0, message.find(end));
}

std::vector<std::string> split_names(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view name = list.substr(0, comma);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        names.push_back(unquoted(name));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return names;
}

}  // namespace aludel::dialects
