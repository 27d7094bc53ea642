#include "drivers/mysql/words.hpp"

#include <cctype>

namespace aludel::driver::mysql {

namespace {

// Where the comment that starts at `at` ends, or `at` when there is none.
std::size_t behind_comment(std::string_view sql, std::size_t at) {
    const auto past = [&](std::string_view end, std::size_t from) {
        const auto found = sql.find(end, from);
        return found == std::string_view::npos ? sql.size() : found + end.size();
    };
    if (sql.compare(at, 2, "--") == 0 || sql.compare(at, 1, "#") == 0) return past("\n", at);
    if (sql.compare(at, 2, "/*") == 0) return past("*/", at + 2);
    return at;
}

}  // namespace

std::string first_word(std::string_view sql) {
    std::size_t at = 0;
    for (;;) {
        at = sql.find_first_not_of(" \t\r\n\f\v;(", at);
        if (at == std::string_view::npos) return {};
        const std::size_t behind = behind_comment(sql, at);
        if (behind == at) break;
        at = behind;
    }
    std::string word;
    while (at < sql.size() && std::isalpha(static_cast<unsigned char>(sql[at])) != 0)
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(sql[at++])));
    return word;
}

std::string hexadecimal_literal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string literal = "X'";
    for (const char byte : bytes) {
        literal += digits[static_cast<unsigned char>(byte) >> 4];
        literal += digits[static_cast<unsigned char>(byte) & 15];
    }
    return literal += '\'';
}

}  // namespace aludel::driver::mysql
