#include "aludel/types/utf8.hpp"

#include <cstdint>
#include <cstring>

#include "types/python_text.hpp"

namespace aludel {

namespace {

bool is_ascii_word(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return (word & 0x8080808080808080U) == 0;
}

}  // namespace

std::size_t utf8_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= sizeof(std::uint64_t) && is_ascii_word(text.data() + at)) {
            at += sizeof(std::uint64_t);
            continue;
        }
        const std::size_t start = at;
        const char32_t c = detail::next_code_point(text, at);
        if (c >= 0xDC80 && c < 0xE000) return start;
    }
    return at;
}

}  // namespace aludel
