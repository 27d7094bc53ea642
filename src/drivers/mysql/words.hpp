#pragma once

#include <string>
#include <string_view>

namespace aludel::driver::mysql {

/// The first word of a statement, in upper case, behind white space, comments and parentheses.
std::string first_word(std::string_view sql);

/// The text as a literal of the server: hexadecimal digits, which no setting of the session reads differently.
std::string hexadecimal_literal(std::string_view bytes);

}  // namespace aludel::driver::mysql
