#include "dialects/sql_tokens.hpp"
#include <aludel/base/ascii.hpp>

#include <algorithm>

namespace aludel::dialects {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
constexpr bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The end of what the quote at `from` opens; a doubled quote inside belongs to it.
std::size_t end_of_quoted(std::string_view sql, std::size_t from) {
    const char closing = sql[from] == '[' ? ']' : sql[from];
    std::size_t at = from + 1;
    while (at < sql.size()) {
        if (sql[at] != closing)
            ++at;
        else if (closing != ']' && at + 1 < sql.size() && sql[at + 1] == closing)
            at += 2;
        else
            return at + 1;
    }
    return sql.size();
}

std::size_t end_of_comment(std::string_view sql, std::size_t from) {
    const bool line = sql[from] == '-';
    const auto end = line ? sql.find('\n', from) : sql.find("*/", from + 2);
    return end == std::string_view::npos ? sql.size() : end + (line ? 1 : 2);
}

}  // namespace

bool SqlToken::is(std::string_view upper_case_word) const {
    return kind == Kind::word && std::equal(text.begin(), text.end(), upper_case_word.begin(), upper_case_word.end(),
                                            [](char a, char b) { return ascii::upper(a) == b; });
}

std::string SqlToken::unquoted() const {
    if ((kind != Kind::name && kind != Kind::string) || text.size() < 2) return std::string(text);
    const char closing = text.back();
    std::string plain;
    const auto inside = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        plain += inside[i];
        if (closing != ']' && inside[i] == closing) ++i;
    }
    return plain;
}

std::vector<SqlToken> sql_tokens(std::string_view sql) {
    std::vector<SqlToken> tokens;
    std::size_t at = 0;
    const auto take = [&](SqlToken::Kind kind, std::size_t end) {
        tokens.push_back({kind, sql.substr(at, end - at)});
        at = end;
    };
    while (at < sql.size()) {
        const char c = sql[at];
        if (is_space(c)) {
            ++at;
        } else if (sql.substr(at, 2) == "--" || sql.substr(at, 2) == "/*") {
            at = end_of_comment(sql, at);
        } else if (c == '\'') {
            take(SqlToken::Kind::string, end_of_quoted(sql, at));
        } else if (c == '"' || c == '`' || c == '[') {
            take(SqlToken::Kind::name, end_of_quoted(sql, at));
        } else if (is_word_char(c)) {
            std::size_t end = at;
            while (end < sql.size() && is_word_char(sql[end])) ++end;
            take(SqlToken::Kind::word, end);
        } else {
            take(SqlToken::Kind::other, at + 1);
        }
    }
    return tokens;
}

std::size_t behind_parenthesis(std::span<const SqlToken> tokens, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        if (tokens[i].is_mark('(')) ++depth;
        if (tokens[i].is_mark(')') && --depth == 0) return i + 1;
    }
    return tokens.size();
}

}  // namespace aludel::dialects
