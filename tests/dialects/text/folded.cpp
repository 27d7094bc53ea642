#include "dialects/text/text_case.hpp"

#include <sstream>

namespace text_cases {

std::string folded(const std::string& text) {
    std::istringstream stream(text);
    std::string result, word;
    while (stream >> word) result += (result.empty() ? "" : " ") + word;
    return result;
}

}  // namespace text_cases
