#include "types/python_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "types/unprintable.hpp"

namespace aludel::detail {

namespace {

/// The digits of a number and where its point stands: 0.digits * 10^point.
std::string place_point(const std::string& digits, int point) {
    const int count = static_cast<int>(digits.size());
    if (point > 16 || point < -3) {
        std::string text = digits.substr(0, 1);
        if (count > 1) text += "." + digits.substr(1);
        const int exponent = point - 1;
        const std::string magnitude = std::to_string(std::abs(exponent));
        return text + (exponent < 0 ? "e-" : "e+") + (magnitude.size() < 2 ? "0" : "") + magnitude;
    }
    if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point >= count) return digits + std::string(static_cast<std::size_t>(point - count), '0') + ".0";
    return digits.substr(0, static_cast<std::size_t>(point)) + "." + digits.substr(static_cast<std::size_t>(point));
}

/// The escape of a character that has a short one, or null.
const char* python_escape(char32_t c) noexcept {
    switch (c) {
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: return nullptr;
    }
}

void append_escaped(std::string& out, char32_t c) {
    if (c < 0x100) {
        out += "\\x";
        append_hex(out, c, 2);
    } else if (c < 0x10000) {
        out += "\\u";
        append_hex(out, c, 4);
    } else {
        out += "\\U";
        append_hex(out, c, 8);
    }
}

/// Python prefers single quotes and takes double ones when only they spare the escapes.
char choose_quote(std::string_view text) noexcept {
    return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

}  // namespace

void append_hex(std::string& out, unsigned long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += "0123456789abcdef"[(value >> shift) & 0xF];
}

std::string python_float(double value) {
    if (std::isnan(value)) return "nan";
    const std::string sign = std::signbit(value) ? "-" : "";
    if (std::isinf(value)) return sign + "inf";
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value), std::chars_format::scientific)
            .ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t mark = text.find('e');
    std::string digits(text.substr(0, 1));
    if (mark > 2) digits += text.substr(2, mark - 2);
    int exponent = 0;
    const bool negative = text[mark + 1] == '-';
    std::from_chars(text.data() + mark + 2, end, exponent);
    return sign + place_point(digits, (negative ? -exponent : exponent) + 1);
}

char32_t next_code_point(std::string_view text, std::size_t& position) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(position);
    const int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    const auto broken = [&] { return ++position, char32_t{0xDC00} + first; };
    if (length == 0 || position + static_cast<std::size_t>(length) > text.size()) return broken();
    if (length == 1) return ++position, first;
    char32_t c = first & (0xFFu >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const unsigned char next = byte(position + static_cast<std::size_t>(i));
        if ((next & 0xC0) != 0x80) return broken();
        c = (c << 6) | (next & 0x3F);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return broken();
    position += static_cast<std::size_t>(length);
    return c;
}

std::string python_string(std::string_view text) {
    const char quote = choose_quote(text);
    std::string out(1, quote);
    out.reserve(text.size() + 2);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        const char32_t c = next_code_point(text, i);
        if (c == static_cast<char32_t>(quote))
            out.append({'\\', quote});
        else if (const char* escape = python_escape(c))
            out += escape;
        else if (is_printable(c))
            out += text.substr(start, i - start);
        else
            append_escaped(out, c);
    }
    return out + quote;
}

std::string python_bytes(std::string_view bytes) {
    const char quote = choose_quote(bytes);
    std::string out{'b', quote};
    out.reserve(bytes.size() + 3);
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        if (byte == quote)
            out.append({'\\', quote});
        else if (const char* escape = python_escape(c))
            out += escape;
        else if (c >= 0x20 && c < 0x7F)
            out += byte;
        else
            append_escaped(out, c);
    }
    return out + quote;
}

}  // namespace aludel::detail
