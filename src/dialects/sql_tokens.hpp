// The words, names and marks of a piece of SQL.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::dialects {

struct SqlToken {
    enum class Kind : unsigned char {
        word,    ///< a keyword, or a name without quotes
        name,    ///< a name in double quotes, back quotes or brackets
        string,  ///< a literal in single quotes
        other,   ///< a number's part, an operator, a parenthesis
    };
    Kind kind;
    std::string_view text;  ///< as written, in the text that was read

    bool is(std::string_view upper_case_word) const;
    bool is_mark(char c) const { return kind == Kind::other && text.size() == 1 && text.front() == c; }
    /// A name without its quotes.
    std::string unquoted() const;
};

/// The tokens of a text, without white space and comments. They are views of it.
std::vector<SqlToken> sql_tokens(std::string_view sql);

/// The index behind the parenthesis that closes the one at `open`; the number of tokens where none does.
std::size_t behind_parenthesis(std::span<const SqlToken> tokens, std::size_t open);

}  // namespace aludel::dialects
