// Every code that aludel can throw has its section in docs/errors.md, and every section is one that can be thrown.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = fs::path(ALUDEL_TEST_SOURCE_DIR) / ".." / "..";

std::string read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The arguments between the bracket at `open` and the one that closes it.
std::vector<std::string> arguments(const std::string& text, std::size_t open) {
    std::vector<std::string> list(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            list.back() += text.substr(i++, 2);
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (!quoted && std::string("({[").find(c) != std::string::npos && depth++ == 0) continue;
        if (!quoted && std::string(")}]").find(c) != std::string::npos && --depth == 0) return list;
        if (!quoted && c == ',' && depth == 1)
            list.emplace_back();
        else
            list.back() += c;
    }
    return list;
}

/// Code -> a file that uses it: default codes of the classes, and literals handed to an error's constructor.
std::map<std::string, std::string> codes_in_sources() {
    static const std::regex constructor(R"((?:Error|Found)\s*(?:\w+\s*)?[({])");
    static const std::regex literal(R"re(^\s*(?:std::string_view code = )?"([a-z0-9]+)"\s*$)re");
    std::map<std::string, std::string> codes;
    for (const char* folder : {"src", "include"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const std::string text = read(entry.path());
            for (std::sregex_iterator it(text.begin(), text.end(), constructor), end; it != end; ++it) {
                const auto open = static_cast<std::size_t>(it->position() + it->length() - 1);
                const std::vector<std::string> list = arguments(text, open);
                std::smatch match;
                if (list.size() > 1 && std::regex_match(list[1], match, literal))
                    codes[match[1]] = entry.path().filename();
            }
        }
    }
    return codes;
}

std::set<std::string> sections() {
    static const std::regex heading(R"(\n## ([a-z0-9]+)\n)");
    const std::string text = read(root / "docs" / "errors.md");
    std::set<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), heading), end; it != end; ++it) names.insert((*it)[1]);
    return names;
}

TEST(ErrorPagesTest, error_codes_in_sources_are_found) {
    const auto codes = codes_in_sources();
    EXPECT_GT(codes.size(), 40u);
    EXPECT_TRUE(codes.contains("gkpj"));
    EXPECT_TRUE(codes.contains("nullval"));
}

TEST(ErrorPagesTest, error_code_each_has_a_section) {
    const std::set<std::string> pages = sections();
    for (const auto& [code, file] : codes_in_sources())
        EXPECT_TRUE(pages.contains(code)) << "docs/errors.md has no section '## " << code << "', used in " << file;
}

TEST(ErrorPagesTest, error_section_each_says_what_to_do) {
    const std::string text = read(root / "docs" / "errors.md");
    for (const std::string& code : sections()) {
        const std::size_t start = text.find("\n## " + code + "\n");
        const std::string body = text.substr(start + 1, text.find("\n## ", start + 1) - start - 1);
        EXPECT_NE(body.find("**What to do.**"), std::string::npos) << code;
        EXPECT_NE(body.find("```"), std::string::npos) << code << " has no example";
    }
}

}  // namespace
