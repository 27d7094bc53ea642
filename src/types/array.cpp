#include "aludel/types/array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "aludel/base/error.hpp"

namespace aludel::detail {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_null_word(std::string_view text) {
    constexpr std::string_view word = "NULL";
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

bool needs_quotes(std::string_view text) {
    return text.empty() || is_null_word(text) || std::any_of(text.begin(), text.end(), [](char c) {
               return is_space(c) || std::string_view("{},\"\\").find(c) != std::string_view::npos;
           });
}

}  // namespace

void ArrayWriter::separate() {
    if (counts_.empty()) return;
    if (counts_.back()++ != 0) text_ += ',';
}

void ArrayWriter::open() {
    separate();
    text_ += '{';
    counts_.push_back(0);
    lengths_.resize(std::max(lengths_.size(), counts_.size()), 0);
}

void ArrayWriter::item(const Value& value) {
    separate();
    const std::string text = item_text(value);
    if (value.is_null() || !needs_quotes(text)) {
        text_ += text;
        return;
    }
    text_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
    }
    text_ += '"';
}

void ArrayWriter::close() {
    text_ += '}';
    const std::size_t depth = counts_.size();
    const std::size_t count = counts_.back();
    counts_.pop_back();
    if (depth > 1 && count == 0)
        throw DataError(
            "An array of empty arrays cannot be stored: a database keeps it as an array without items. It "
            "was not sent to the database.",
            "valrange");
    std::size_t& length = lengths_[depth - 1];
    if (length != 0 && length != count)
        throw DataError(fmt::format("An array of arrays that have {} and {} items cannot be stored: all must have the "
                                    "same number of items. It was not sent to the database.",
                                    length, count),
                        "valrange");
    length = count;
}

Value ArrayWriter::value() && { return Value::text(std::move(text_)); }

ArrayReader::ArrayReader(const Cell& cell, const DecodeContext& context) : cell_(cell), context_(context) {
    if (cell.kind != ValueKind::text) throw_wrong_kind(cell, context, "an array ({1,2})");
    rest_ = cell.text();
    if (!rest_.starts_with('[')) return;
    const std::size_t end = rest_.find('=');  // [2:3]={…}
    if (end == std::string_view::npos) fail();
    rest_.remove_prefix(end + 1);
}

void ArrayReader::fail() const { throw_bad_text(cell_, context_, "an array of the dimensions of its C++ type"); }

void ArrayReader::open() {
    if (!rest_.starts_with('{')) fail();
    rest_.remove_prefix(1);
    first_ = true;
}

bool ArrayReader::more() {
    if (rest_.starts_with('}')) {
        rest_.remove_prefix(1);
        first_ = false;
        return false;
    }
    if (!first_) {
        if (!rest_.starts_with(',')) fail();
        rest_.remove_prefix(1);
    }
    first_ = false;
    return true;
}

void ArrayReader::read_item() {
    item_.clear();
    quoted_ = rest_.starts_with('"');
    std::size_t at = quoted_ ? 1 : 0;
    const std::string_view ends = quoted_ ? "\"" : ",}";
    for (;; ++at) {
        if (at == rest_.size()) fail();
        if (ends.find(rest_[at]) != std::string_view::npos) break;
        if (!quoted_ && (rest_[at] == '{' || rest_[at] == '"')) fail();
        if (rest_[at] == '\\') ++at;
        if (at == rest_.size()) fail();
        item_ += rest_[at];
    }
    if (!quoted_ && item_.empty()) fail();
    rest_.remove_prefix(quoted_ ? at + 1 : at);
}

Cell ArrayReader::item(TypeKind kind) {
    read_item();
    if (!quoted_ && is_null_word(item_)) return Cell::null();
    return item_cell(item_, kind, storage_);
}

void ArrayReader::finish() const {
    if (!rest_.empty()) fail();
}

}  // namespace aludel::detail
