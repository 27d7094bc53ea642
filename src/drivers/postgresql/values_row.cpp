#include "drivers/postgresql/values_row.hpp"

#include <aludel/base/ascii.hpp>

#include <algorithm>

namespace aludel::driver::postgresql {

namespace {

// Without quotation marks and parentheses there are no texts, names in quotes or calls in which a `$1` means something
// else.
bool is_plain(char c) noexcept {
    return ascii::is_digit(c) || ascii::is_letter(c) || std::string_view("$:, _").find(c) != std::string_view::npos;
}

std::size_t end_of_number(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && ascii::is_digit(text[at])) ++at;
    return at;
}

}  // namespace

std::optional<ValuesRow> ValuesRow::find(std::string_view sql) noexcept {
    constexpr std::string_view opening = ") VALUES (";
    constexpr std::string_view closing = ") RETURNING ";
    if (!sql.starts_with("INSERT INTO ")) return std::nullopt;
    const std::size_t opened = sql.find(opening);
    if (opened == std::string_view::npos) return std::nullopt;
    const std::size_t begin = opened + opening.size() - 1;
    const std::size_t end = sql.find(closing, begin);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = sql.substr(begin + 1, end - begin - 1);
    if (inside.find('$') == std::string_view::npos || !std::all_of(inside.begin(), inside.end(), is_plain))
        return std::nullopt;
    const ValuesRow found{sql.substr(0, begin), sql.substr(begin, end + 1 - begin), sql.substr(end + 1)};
    if (found.head.find('$') != std::string_view::npos || found.tail.find('$') != std::string_view::npos)
        return std::nullopt;
    return found;
}

std::string ValuesRow::repeated(std::size_t rows, std::size_t width) const {
    std::string text(head);
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) text += ", ";
        for (std::size_t at = 0; at < row.size();) {
            if (row[at] != '$') {
                text += row[at++];
                continue;
            }
            const std::size_t end = end_of_number(row, at + 1);
            std::size_t number = 0;
            for (const char digit : row.substr(at + 1, end - at - 1)) {
                number = number * 10 + static_cast<std::size_t>(digit - '0');
            }
            text += '$' + std::to_string(i * width + number);
            at = end;
        }
    }
    return text.append(tail);
}

}  // namespace aludel::driver::postgresql
