#include "aludel/types/enum_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "aludel/base/error.hpp"

namespace aludel {

namespace {

/// What stands between `opening` and the bracket that closes it, or all that follows.
std::string_view between(std::string_view text, std::string_view opening) {
    const std::size_t start = text.find(opening);
    return start == text.npos ? text : text.substr(start + opening.size());
}

bool opens(char c) { return c == '(' || c == '<' || c == '{' || c == '['; }
bool closes(char c) { return c == ')' || c == '>' || c == '}' || c == ']'; }

/// The part up to the next comma, semicolon or closing bracket that belongs to no bracket inside of it.
std::string_view next_item(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (depth == 0 && (text[i] == ',' || text[i] == ';' || closes(text[i]))) return text.substr(0, i);
        depth += opens(text[i]) ? 1 : closes(text[i]) ? -1 : 0;
    }
    return text;
}

/// Behind the last `::`.
std::string_view unqualified(std::string_view name) {
    const std::size_t colon = name.rfind("::");
    return colon == name.npos ? name : name.substr(colon + 2);
}

/// Compilers print a value without enumerator as a cast: `(Color)7`, `(ns::Color)-7`.
bool is_cast(std::string_view item) {
    const std::size_t close = item.rfind(')');
    return close != item.npos && item.find_first_not_of("-0123456789", close + 1) == item.npos;
}

std::string_view printed_type(std::string_view print) { return unqualified(next_item(between(print, "E = "))); }

}  // namespace

EnumNames::EnumNames(std::string type_name, std::vector<Entry> entries)
    : type_name_(std::move(type_name)), entries_(std::move(entries)) {
    for (const Entry& entry : entries_) longest_ = std::max(longest_, static_cast<int>(entry.name.size()));
}

std::string EnumNames::list() const {
    std::string text;
    for (const Entry& entry : entries_) text += (text.empty() ? "" : ", ") + entry.name;
    return text;
}

const std::string* EnumNames::find_name(std::int64_t value) const noexcept {
    for (const Entry& entry : entries_)
        if (entry.value == value) return &entry.name;
    return nullptr;
}

const EnumNames::Entry* EnumNames::find_value(std::string_view name) const noexcept {
    for (const Entry& entry : entries_)
        if (entry.name == name) return &entry;
    return nullptr;
}

const std::string& EnumNames::name_of(std::int64_t value) const {
    if (const std::string* name = find_name(value)) return *name;
    throw LookupError(
        fmt::format("{} is not the value of an enumerator of {}. Defined names: {}. Values outside of -128 to "
                    "127 need an EnumRange or EnumNamesOf.",
                    value, type_name_, list()));
}

std::int64_t EnumNames::decode(const Cell& cell, const DecodeContext& context) const {
    if (cell.kind != ValueKind::text)
        detail::throw_wrong_kind(cell, context, "the name of an enumerator of " + type_name_);
    if (const Entry* entry = find_value(cell.text())) return entry->value;
    throw LookupError(fmt::format("{} holds {}, which is not among the enumerators of {}. Defined names: {}.",
                                  detail::describe_source(context), cell.to_value().repr_shortened(80), type_name_,
                                  list()));
}

namespace detail {

EnumNames parse_enum_names(std::string_view type_print, std::string_view value_print, std::int64_t first,
                           std::size_t count) {
    std::vector<EnumNames::Entry> entries;
    std::string_view rest = between(value_print, "Values = ").substr(1);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view item = next_item(rest);
        if (!is_cast(item)) entries.push_back({std::string(unqualified(item)), first + static_cast<std::int64_t>(i)});
        rest.remove_prefix(std::min(item.size() + 2, rest.size()));
    }
    return make_enum_names(type_print, std::move(entries));
}

EnumNames make_enum_names(std::string_view type_print, std::vector<EnumNames::Entry> entries) {
    return EnumNames(std::string(printed_type(type_print)), std::move(entries));
}

}  // namespace detail

}  // namespace aludel
