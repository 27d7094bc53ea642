#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

namespace aludel::test {

inline std::string text_of_file(const std::string& path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// By the name behind `begin`: what stands between the end of that line and the next `end`, without the indentation
/// that its first line has.
inline std::map<std::string, std::string> samples_between(const std::string& text, std::string_view begin,
                                                          std::string_view end) {
    std::map<std::string, std::string> found;
    for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
        const auto name_at = at + begin.size();
        const auto name_end = text.find_first_of(" \n", name_at);
        const auto first = text.find('\n', name_end) + 1;
        const auto last = text.find(end, first);
        const auto indent = text.find_first_not_of(' ', first) - first;
        std::istringstream lines{text.substr(first, last - first)};
        std::string sample;
        for (std::string line; std::getline(lines, line);) {
            sample += line.size() > indent ? line.substr(indent) : "";
            sample += '\n';
        }
        found[text.substr(name_at, name_end - name_at)] = sample;
    }
    return found;
}

/// The blocks of C++ of a page, by the names in the comments before them.
inline std::map<std::string, std::string> samples_of_page(const std::string& path) {
    auto samples = samples_between(text_of_file(path), "<!-- sample: ", "\n```\n");
    for (auto& [name, text] : samples) {
        const std::string fence = "```cpp\n";
        text.erase(0, text.rfind(fence, 0) == 0 ? fence.size() : text.size());
    }
    return samples;
}

/// What stands in a test between `// sample: <name>` and `// end`.
inline std::map<std::string, std::string> samples_of_test(const std::string& path) {
    return samples_between(text_of_file(path), "// sample: ", "    // end");
}

}  // namespace aludel::test
