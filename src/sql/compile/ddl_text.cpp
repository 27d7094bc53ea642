#include "sql/compile/ddl_text.hpp"

#include <algorithm>
#include <boost/uuid/detail/md5.hpp>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/compiled.hpp"
#include "aludel/sql/compile/detail/bare_expression.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/sql/expr/nodes.hpp"
#include "aludel/types/type_details.hpp"

namespace aludel::detail {

namespace {

/// The last two bytes of a digest: Boost hands it out as four words, from 1.86 on as sixteen bytes.
template <class Digest>
unsigned last_two_bytes(const Digest& digest) {
    if constexpr (sizeof digest[0] == 1)
        return digest[14] * 256U + digest[15];
    else
        return digest[3] & 0xffffU;
}

/// The last four hexadecimal digits of the MD5 of `text`.
std::string checksum(std::string_view text) {
    boost::uuids::detail::md5 hash;
    hash.process_bytes(text.data(), text.size());
    boost::uuids::detail::md5::digest_type digest;
    hash.get_digest(digest);
    std::string digits;
    for (unsigned shift = 16; shift != 0; shift -= 4)
        digits += "0123456789abcdef"[last_two_bytes(digest) >> (shift - 4) & 15U];
    return digits;
}

std::string upper(std::string_view text) {
    std::string made(text);
    for (auto& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return made;
}

bool begins_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::size_t count_characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), &begins_character));
}

/// The whole characters at the beginning that have no more than so many bytes.
std::string_view first_bytes(std::string_view text, std::size_t count) noexcept {
    while (count < text.size() && count > 0 && !begins_character(text[count])) --count;
    return text.substr(0, count);
}

std::string_view first_characters(std::string_view text, std::size_t count) noexcept {
    std::size_t bytes = 0;
    while (bytes < text.size() && (!begins_character(text[bytes]) || count-- != 0)) ++bytes;
    return text.substr(0, bytes);
}

void check_length(std::string_view name, std::size_t length, std::size_t limit) {
    if (length <= limit) return;
    throw IdentifierError("Identifier '" + std::string(name) + "' exceeds maximum length of " + std::to_string(limit) +
                          " characters; choose a shorter name");
}

}  // namespace

std::string quoted_name(std::string_view name, const Dialect& dialect) {
    check_length(name, name.size(), dialect.traits().max_identifier_length);
    return dialect.quote(name);
}

std::string constraint_name_text(std::string_view name, bool was_given, const Dialect& dialect) {
    const auto& traits = dialect.traits();
    // A limit of its own counts characters, that of all names bytes.
    const bool counts_characters = traits.ddl.max_constraint_name_length != 0;
    const auto limit = counts_characters ? traits.ddl.max_constraint_name_length : traits.max_identifier_length;
    const auto length = counts_characters ? count_characters(name) : name.size();
    if (was_given) check_length(name, length, limit);
    if (length <= limit) return dialect.quote(name);
    const auto kept = counts_characters ? first_characters(name, limit - 8) : first_bytes(name, limit - 8);
    return dialect.quote(std::string(kept) + '_' + checksum(name));
}

std::string table_text(const TableInfo& table, const Dialect& dialect) {
    const auto name = quoted_name(table.name(), dialect);
    return table.schema().empty() ? name : quoted_name(table.schema(), dialect) + '.' + name;
}

SqlType type_here(const SqlType& type, const Dialect& dialect) {
    return type_on(type, dialect.name(), dialect.traits().flavour);
}

std::string column_list(const std::vector<const ColumnInfo*>& columns, const Dialect& dialect) {
    std::string text;
    for (const auto* column : columns) text += (text.empty() ? "" : ", ") + dialect.quote(column->name());
    return text;
}

std::string expression_text(const NodeRef& node, const Dialect& dialect) {
    if (node->kind() == NodeKind::text && node->children().empty()) return as<NamedNode>(*node).name();
    return to_string(node, dialect, {.literal_binds = true, .bare_columns = true});
}

std::string bare_expression(const NodeRef& node, const Dialect& dialect) { return expression_text(node, dialect); }

std::string checked_phrase(std::string_view phrase, std::string_view where,
                           std::initializer_list<std::string_view> allowed) {
    auto text = upper(phrase);
    if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) return text;
    std::string list;
    for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + std::string(one);
    throw CompileError("Unexpected SQL phrase '" + std::string(phrase) + "' for " + std::string(where) +
                       "; it must be one of " + list);
}

}  // namespace aludel::detail
