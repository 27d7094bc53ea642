#include "drivers/postgresql/parameter_scan.hpp"
#include <aludel/base/ascii.hpp>

#include <algorithm>
#include <charconv>

namespace aludel::driver::postgresql {

namespace {

constexpr bool starts_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// Walks over the tokens of a statement.
class Scanner {
  public:
    explicit Scanner(std::string_view sql) noexcept : sql_(sql) {}

    std::size_t greatest_parameter() noexcept {
        while (at_ < sql_.size()) step();
        return greatest_;
    }

  private:
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }

    void step() noexcept {
        const char c = peek();
        if (starts_name(c)) return name();
        if (c == '\'' || c == '"') return quoted(c, false);
        if (c == '$') return dollar();
        if (c == '-' && peek(1) == '-') return skip_behind("\n");
        if (c == '/' && peek(1) == '*') return comment();
        ++at_;
    }

    // A name may hold digits and dollar signs; E before a string means that it has backslashes.
    void name() noexcept {
        const bool escapes = (peek() == 'e' || peek() == 'E') && peek(1) == '\'';
        if (escapes) {
            ++at_;
            return quoted('\'', true);
        }
        while (starts_name(peek()) || ascii::is_digit(peek()) || peek() == '$') ++at_;
    }

    // A doubled quote ends one string and begins the next, which comes to the same.
    void quoted(char quote, bool escapes) noexcept {
        for (++at_; at_ < sql_.size() && peek() != quote; ++at_)
            if (escapes && peek() == '\\') ++at_;
        ++at_;
        if (escapes && peek() == quote) quoted(quote, true);
    }

    void dollar() noexcept {
        if (ascii::is_digit(peek(1))) return parameter();
        std::size_t end = 1;
        if (starts_name(peek(1)))
            while (starts_name(peek(end)) || ascii::is_digit(peek(end))) ++end;
        if (peek(end) != '$') {
            ++at_;
            return;
        }
        const auto tag = sql_.substr(at_, end + 1);
        at_ += tag.size();
        skip_behind(tag);
    }

    void parameter() noexcept {
        std::size_t number = 0;
        const char* start = sql_.data() + at_ + 1;
        const auto read = std::from_chars(start, sql_.data() + sql_.size(), number);
        if (read.ec == std::errc{}) greatest_ = std::max(greatest_, number);
        at_ += 1 + static_cast<std::size_t>(read.ptr - start);
    }

    void comment() noexcept {
        int depth = 0;
        do {
            const bool opens = peek() == '/' && peek(1) == '*';
            const bool closes = peek() == '*' && peek(1) == '/';
            depth += opens ? 1 : closes ? -1 : 0;
            at_ += opens || closes ? 2 : 1;
        } while (depth > 0 && at_ < sql_.size());
    }

    void skip_behind(std::string_view end) noexcept {
        const auto found = sql_.find(end, at_);
        at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::size_t greatest_ = 0;
};

}  // namespace

std::size_t count_parameters(std::string_view sql) noexcept { return Scanner{sql}.greatest_parameter(); }

}  // namespace aludel::driver::postgresql
