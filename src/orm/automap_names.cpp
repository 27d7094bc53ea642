#include "orm/automap_names.hpp"
#include <aludel/base/ascii.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace aludel::detail {

namespace {

// Sorted. With the words that the models use, and `name`, which is one of aludel's options.
constexpr std::string_view taken_words[] = {
    "alignas",     "alignof",      "and",        "and_eq",    "asm",        "auto",         "bitand",
    "bitor",       "bool",         "break",      "case",      "catch",      "char",         "char16_t",
    "char32_t",    "char8_t",      "class",      "co_await",  "co_return",  "co_yield",     "compl",
    "concept",     "const",        "const_cast", "consteval", "constexpr",  "constinit",    "continue",
    "decltype",    "default",      "delete",     "do",        "double",     "dynamic_cast", "else",
    "enum",        "explicit",     "export",     "extern",    "false",      "float",        "for",
    "friend",      "goto",         "if",         "inline",    "int",        "long",         "mutable",
    "namespace",   "new",          "noexcept",   "not",       "not_eq",     "nullptr",      "operator",
    "or",          "or_eq",        "private",    "protected", "public",     "register",     "reinterpret_cast",
    "requires",    "return",       "short",      "signed",    "sizeof",     "static",       "static_assert",
    "static_cast", "std",          "struct",     "switch",    "table_args", "table_name",   "template",
    "this",        "thread_local", "throw",      "true",      "try",        "typedef",      "typeid",
    "typename",    "union",        "unsigned",   "using",     "virtual",    "void",         "volatile",
    "wchar_t",     "while",        "xor",        "xor_eq",
};

bool is_taken(std::string_view name) {
    return std::find(std::begin(taken_words), std::end(taken_words), name) != std::end(taken_words);
}

}  // namespace

std::string camel_case(std::string_view name) {
    std::string text;
    bool starts = true;
    for (const char c : name) {
        if (ascii::is_letter(c) || ascii::is_digit(c)) text += starts ? ascii::upper(c) : c;
        starts = !ascii::is_letter(c) && !ascii::is_digit(c);
    }
    return text;
}

std::string identifier(std::string_view name) {
    std::string text;
    for (const char c : name) text += ascii::is_letter(c) || ascii::is_digit(c) ? c : '_';
    // Two underscores, and one in front, are the implementation's.
    while (text.find("__") != std::string::npos) text.erase(text.find("__"), 1);
    if (text.empty() || text == "_" || ascii::is_digit(text.front()) || text.front() == '_') text.insert(0, "x");
    if (is_taken(text)) text += '_';
    return text;
}

std::string free_identifier(std::string_view name, std::set<std::string>& taken) {
    const std::string wanted = identifier(name);
    std::string text = wanted;
    for (int number = 2; !taken.insert(text).second; ++number)
        text = fmt::format("{}{}{}", wanted, wanted.ends_with('_') ? "" : "_", number);
    return text;
}

std::string cpp_literal(std::string_view text) {
    std::string literal = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            literal += {'\\', c};
        else if (c == '\n')
            literal += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20)
            literal += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        else
            literal += c;
    }
    return literal + '"';
}

}  // namespace aludel::detail
