#include "injection/hostile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aludel::test {

namespace {

using namespace std::string_view_literals;

// What ends a literal or a name, begins a comment or a parameter, or is read differently by somebody on the way.
constexpr std::array fragments_of_all{
    // quotes, and what is around them
    "'"sv,
    "''"sv,
    "\""sv,
    "\"\""sv,
    "`"sv,
    "``"sv,
    "\\"sv,
    "\\\\"sv,
    "\\'"sv,
    "\\\""sv,
    "\\`"sv,
    "[x]"sv,
    "]"sv,
    "' OR '1'='1"sv,
    "'); DELETE FROM canary; --"sv,
    "\"; DROP TABLE canary; --"sv,
    "`; DROP TABLE canary; #"sv,
    "\\'; DROP TABLE canary; --"sv,
    "); DROP TABLE canary; --"sv,
    "x' UNION SELECT word FROM canary --"sv,
    // comments, ends of statements
    ";"sv,
    "--"sv,
    "-- \n"sv,
    "#"sv,
    "/*"sv,
    "*/"sv,
    "/* */"sv,
    "/*!50000 DROP TABLE canary */"sv,
    "/*+ x */"sv,
    // parameters and formats
    "?"sv,
    "??"sv,
    "?1"sv,
    "$1"sv,
    "$$"sv,
    "$x$"sv,
    "$1$"sv,
    ":x"sv,
    ":name"sv,
    ":1"sv,
    "::text"sv,
    "\\:x"sv,
    "@x"sv,
    "@@version"sv,
    "%"sv,
    "%%"sv,
    "%s"sv,
    "%(x)s"sv,
    "%n"sv,
    "{x}"sv,
    "{{x}}"sv,
    "{"sv,
    "}"sv,
    "{fn now()}"sv,
    "${x}"sv,
    "POSTCOMPILE"sv,
    "__[POSTCOMPILE_x]"sv,
    "(:x)"sv,
    // escapes of literals, documents, arrays, paths, COPY and LIKE
    "\\u0027"sv,
    "\\x27"sv,
    "\\047"sv,
    "U&'\\0027'"sv,
    "E'\\''"sv,
    "x'27'"sv,
    "0x27"sv,
    "char(39)"sv,
    "\\N"sv,
    "\\."sv,
    "\n\\.\n"sv,
    "\\t"sv,
    "_"sv,
    "/"sv,
    "!"sv,
    "^"sv,
    ","sv,
    "{\"a\",NULL}"sv,
    "$.x"sv,
    "\".\""sv,
    "[0]"sv,
    "*"sv,
    "~"sv,
    // words
    "NULL"sv,
    "null"sv,
    "select"sv,
    "TRUE"sv,
    "order by"sv,
    "default"sv,
    "sqlite_x"sv,
    "pg_x"sv,
    "a.b"sv,
    "A"sv,
    "0"sv,
    // white space and control characters
    " "sv,
    "  "sv,
    "\n"sv,
    "\r"sv,
    "\r\n"sv,
    "\t"sv,
    "\v"sv,
    "\f"sv,
    "\x01"sv,
    "\x08"sv,
    "\x1a"sv,
    "\x1b[31m"sv,
    "\x7f"sv,
    "\xc2\xa0"sv,
    "\xe2\x80\x83"sv,
    "\xe2\x80\xa8"sv,
    "\xe2\x80\x8b"sv,
    // what looks like a quote, other directions, combining marks, beyond 16 bits, a byte order mark
    "\xca\xbc"sv,
    "\xe2\x80\x99"sv,
    "\xef\xbc\x87"sv,
    "\xef\xbc\x82"sv,
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"sv,
    "\xe2\x80\xae"
    "abc"sv,
    "e\xcc\x81"sv,
    "Z\xcd\x91\xcd\xab"sv,
    "\xc3\x9f"sv,
    "\xc4\xb0"sv,
    "\xe4\xb8\xad\xe6\x96\x87"sv,
    "\xf0\x9f\x98\x80"sv,
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"sv,
    "\xef\xbb\xbf"sv,
    "\xef\xbf\xbe"sv,
    "\xf4\x8f\xbf\xbf"sv,
    // harmless ones, so that the others stand inside of something
    "a"sv,
    "name"sv,
    "x1"sv,
    "word"sv,
    ""sv,
};

// What is no text: halves of characters, which swallow a quote where bytes are read as GBK; overlong quotes;
// surrogates.
constexpr std::array no_text{
    "\0"sv,    "a\0b"sv,       "\0' OR 1=1"sv,   "\xbf\x5c"sv,         "\xbf\x5c'"sv,
    "\xbf'"sv, "\xbf\"; --"sv, "\xc0\xa7"sv,     "\xe0\x80\xa7"sv,     "\xed\xa0\x80"sv,
    "\xff"sv,  "\xfe\xff"sv,   "\xf0\x9f\x98"sv, "\xf5\x80\x80\x80"sv, "\x80"sv,
    "\xe5'"sv,
};

/// The character at `at`: its bytes, or 0 if there is none.
std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0U) != 0x80) return 0;
    const unsigned second = byte(1);
    if (first == 0xe0 && second < 0xa0) return 0;
    if (first == 0xed && second > 0x9f) return 0;
    if (first == 0xf0 && second < 0x90) return 0;
    if (first == 0xf4 && second > 0x8f) return 0;
    return length;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool ends_in_space(std::string_view text) { return " \t\n\v\f\r"sv.find(text.back()) != std::string_view::npos; }

}  // namespace

bool beyond_sixteen_bits(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
}

bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

bool fits_as_text(Backend backend, std::string_view text) noexcept {
    if (!has(backend, Capability::nul_in_text) && text.find('\0') != std::string_view::npos) return false;
    return has(backend, Capability::any_bytes_in_text) || is_utf8(text);
}

bool fits_as_name(Backend backend, std::string_view name) noexcept {
    if (name.empty() || name.find('\0') != std::string_view::npos || !is_utf8(name)) return false;
    switch (backend) {
        case Backend::sqlite: return !name.starts_with("sqlite_");
        case Backend::postgresql: return name.size() <= 63;
        case Backend::mariadb: return characters(name) <= 64 && !ends_in_space(name) && !beyond_sixteen_bits(name);
    }
    return false;
}

std::string printed(std::string_view text) {
    constexpr std::size_t longest = 300;
    std::string out;
    for (const char c : text.substr(0, longest)) {
        if (c >= ' ' && c <= '~' && c != '\\')
            out += c;
        else
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    if (text.size() > longest) out += fmt::format("… ({} bytes)", text.size());
    return out;
}

std::string Hostile::fragments(std::size_t most) {
    std::string made;
    const std::size_t count = 1 + pick(most);
    for (std::size_t i = 0; i < count; ++i) {
        if (pick(20) == 0)
            made += no_text[pick(no_text.size())];
        else
            made += fragments_of_all[pick(fragments_of_all.size())];
    }
    return made;
}

std::string Hostile::value() {
    constexpr std::size_t much = 20'000;  // SQLite's LIKE takes patterns of 50,000 bytes, and escapes double
    std::string made = fragments(5);
    if (!made.empty() && pick(25) == 0)
        while (made.size() < much) made += made;
    return made.size() > 2 * much ? made.substr(0, much) : made;
}

std::string Hostile::name() {
    std::string made = fragments(4);
    if (pick(10) == 0) made += std::string(40 + pick(40), 'n');
    return made;
}

}  // namespace aludel::test
