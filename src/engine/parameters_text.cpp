#include "engine/parameters_text.hpp"

#include <fmt/format.h>

namespace aludel::detail {

namespace {

constexpr std::size_t shown_rows = 10;
constexpr std::size_t shown_last = 2;

}  // namespace

std::string parameters_text(std::span<const Cell> values) {
    std::string text = "(";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) text += ", ";
        text += values[i].to_value().repr_shortened();
    }
    text += values.size() == 1 ? ",)" : ")";
    return text;
}

std::string parameter_rows_text(std::span<const Cell> values, std::size_t width, std::size_t row_count) {
    const auto row = [&](std::size_t index) { return parameters_text(values.subspan(index * width, width)); };
    if (row_count == 1) return row(0);
    const bool all = row_count <= shown_rows;
    const std::size_t head = all ? row_count : shown_rows - shown_last;
    std::string text = "(";
    for (std::size_t i = 0; i < head; ++i) {
        if (i != 0) text += ", ";
        text += row(i);
    }
    if (!all) {
        // The blanks on both sides are doubled: SQLAlchemy joins the parts with another one.
        text += fmt::format("  ... displaying {} of {} total bound parameter sets ...  ", shown_rows, row_count);
        text += row(row_count - 2) + ", " + row(row_count - 1);
    }
    return text + ")";
}

}  // namespace aludel::detail
