// Every code of an error in src/ and include/ has its section in docs/errors.md, and every section there is the code of
// an error in the sources: the default of a class, or a literal that is handed to a constructor. Every section has an
// example and says what to do, and every link inside of the page leads to a section.

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
std::map<std::string, std::string> search_codes() {
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

const std::map<std::string, std::string>& codes_in_sources() {
    static const std::map<std::string, std::string> codes = search_codes();
    return codes;
}

/// What src/ and include/ hold, without the declarations of the classes themselves.
std::string all_sources() {
    std::string text;
    for (const char* folder : {"src", "include"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.is_regular_file() && entry.path().filename() != "error.hpp") text += read(entry.path());
    }
    return text;
}

std::set<std::string> sections() {
    static const std::regex heading(R"(\n## ([a-z0-9]+)\n)");
    const std::string text = read(root / "docs" / "errors.md");
    std::set<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), heading), end; it != end; ++it) names.insert((*it)[1]);
    return names;
}

TEST(ErrorPagesTest, error_codes_in_sources_are_found) {
    const auto& codes = codes_in_sources();
    EXPECT_GT(codes.size(), 40u);
    EXPECT_TRUE(codes.contains("gkpj"));
    EXPECT_TRUE(codes.contains("nullval"));
}

TEST(ErrorPagesTest, error_code_each_has_a_section) {
    const std::set<std::string> pages = sections();
    for (const auto& [code, file] : codes_in_sources())
        EXPECT_TRUE(pages.contains(code)) << "docs/errors.md has no section '## " << code << "', used in " << file;
}

TEST(ErrorPagesTest, error_section_each_is_a_code_of_the_sources) {
    const auto& codes = codes_in_sources();
    for (const std::string& section : sections())
        EXPECT_TRUE(codes.contains(section)) << "no error in src/ or include/ has the code of '## " << section << "'";
}

TEST(ErrorPagesTest, error_class_each_is_thrown_or_a_base_of_one) {
    static const std::regex declaration(R"(\nclass (\w+) : public (\w+) \{)");
    const std::string header = read(root / "include" / "aludel" / "base" / "error.hpp");
    std::set<std::string> classes, bases;
    for (std::sregex_iterator it(header.begin(), header.end(), declaration), end; it != end; ++it) {
        classes.insert((*it)[1]);
        bases.insert((*it)[2]);
    }
    EXPECT_GT(classes.size(), 25u);
    const std::string thrown = all_sources();
    for (const std::string& name : classes)
        EXPECT_TRUE(bases.contains(name) || thrown.find("throw " + name + "(") != std::string::npos)
            << name << " is thrown nowhere";
}

TEST(ErrorPagesTest, error_page_links_lead_to_sections) {
    static const std::regex link(R"(\]\(#([a-z0-9]+)\))");
    const std::string text = read(root / "docs" / "errors.md");
    const std::set<std::string> pages = sections();
    for (std::sregex_iterator it(text.begin(), text.end(), link), end; it != end; ++it)
        EXPECT_TRUE(pages.contains((*it)[1])) << (*it)[1];
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
