#include <aludel/sql/compile/detail/type_name.hpp>

#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"

namespace aludel::detail {

namespace {

std::string with_length(std::string_view name, int length) {
    return length ? std::string(name) + '(' + std::to_string(length) + ')' : std::string(name);
}

std::string with_precision(std::string_view name, const SqlType& type) {
    if (!type.scale) return with_length(name, type.precision);
    return std::string(name) + '(' + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ')';
}

/// A type of times. The digits that its C++ type has matter only where the database keeps none by itself.
std::string time_text(std::string_view name, const SqlType& type, const TypeNames& names) {
    if (!names.second_digits) return std::string(name);
    if (!names.timestamps_have_zones) return with_length(name, type.precision);
    return with_length(name, type.inferred ? 0 : type.precision) +
           (type.timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

std::string numbered(const std::string& text, const SqlType& type) {
    const auto& details = details_of(type);
    return text + (details.is_unsigned ? " UNSIGNED" : "") + (details.zerofill ? " ZEROFILL" : "");
}

/// A name that stands in a type without quotes.
const std::string& plain_name(const std::string& name, std::string_view what) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (!plain)
        throw CompileError("The " + std::string(what) + " '" + name + "' is no name of letters, digits, _ and -");
    return name;
}

std::string quoted_collation(const std::string& name) {
    std::string text = " COLLATE \"";
    for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

/// Character set and collation behind a type of text.
std::string text_attributes(std::string text, const SqlType& type, const TypeNames& names) {
    const auto& details = details_of(type);
    if (!details.charset.empty()) text += " CHARACTER SET " + plain_name(details.charset, "character set");
    if (details.collation.empty()) return details.binary ? text + " BINARY" : text;
    return text + (names.plain_collation ? " COLLATE " + plain_name(details.collation, "collation")
                                         : quoted_collation(details.collation));
}

std::string varchar(std::string_view name, const SqlType& type, const TypeNames& names) {
    const bool needs_length = name == "VARCHAR" || name == "NVARCHAR" || name == "VARBINARY";
    if (needs_length && names.varchar_needs_length && !type.length && type.inferred) return "TEXT";
    if (needs_length && names.varchar_needs_length && !type.length)
        throw CompileError(std::string(name) + " requires a length on dialect " + std::string(names.database) +
                           "; write " + (name == "VARBINARY" ? "VARBINARY(255)" : "String(255)") +
                           ", or a type without limit: " + (name == "VARBINARY" ? "LargeBinary" : "Text"));
    const bool national = names.national_keyword && (name == "NVARCHAR" || name == "NCHAR");
    if (national) name.remove_prefix(1);
    return text_attributes((national ? "NATIONAL " : "") + with_length(name, type.length), type, names);
}

std::string word_list(const std::vector<std::string>& words, const TypeNames& names) {
    std::string list;
    for (const auto& word : words) {
        list += list.empty() ? "'" : ",'";
        for (const char c : word) {
            if (c == '\'' || (c == '\\' && names.backslash_escapes)) list += c;
            list += c;
        }
        list += '\'';
    }
    return list;
}

std::string enum_text(const SqlType& type, const TypeNames& names) {
    if (!type.names || !names.enum_list || !details_of(type).native) return varchar("VARCHAR", type, names);
    std::vector<std::string> words;
    for (const auto& entry : type.names->entries()) words.push_back(entry.name);
    return text_attributes("ENUM(" + word_list(words, names) + ')', type, names);
}

std::string array_text(const SqlType& type, const TypeNames& names) {
    if (!names.arrays)
        throw CompileError("There are no arrays on " + std::string(names.database) +
                           "; store JSON, or rows of a table of their own");
    const auto& details = details_of(type);
    std::string brackets;
    for (int i = 0; i < std::max(details.dimensions, 1); ++i) brackets += "[]";
    std::string item = names.item_name ? names.item_name(details.item) : type_text(details.item, names);
    const std::size_t collation = std::min(item.find(" COLLATE "), item.size());
    return item.insert(collation, brackets);
}

std::string interval_text(const SqlType& type) {
    const auto& fields = details_of(type).fields;
    std::string text(type.name_view());
    if (!fields.empty()) text += ' ' + fields;
    return type.precision ? text + " (" + std::to_string(type.precision) + ')' : text;
}

std::string verbatim_text(const SqlType& type, const TypeNames& names) {
    const auto name = type.name_view();
    switch (type.kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return numbered(with_length(name, type.length), type);
        case TypeKind::boolean: return std::string(names.boolean);
        case TypeKind::string: return varchar(name, type, names);
        case TypeKind::large_binary:
            return name == "BLOB" && !names.blob_has_length ? std::string(name) : varchar(name, type, names);
        case TypeKind::text: return text_attributes(with_length(name, type.length), type, names);
        case TypeKind::numeric: return numbered(with_precision(name, type), type);
        case TypeKind::double_:
            return numbered(type.scale ? with_precision(name, type) : std::string(names.double_precision), type);
        case TypeKind::float_:
            if (type.scale) return numbered(with_precision(name, type), type);
            return numbered(
                name == "FLOAT" && names.float_has_precision ? with_length(name, type.precision) : std::string(name),
                type);
        case TypeKind::time:
        case TypeKind::timestamp: return time_text(name, type, names);
        case TypeKind::datetime: return names.second_digits ? with_length(name, type.precision) : std::string(name);
        case TypeKind::interval: return interval_text(type);
        case TypeKind::set:
        case TypeKind::enum_:
            return text_attributes(std::string(name) + '(' + word_list(details_of(type).words, names) + ')', type,
                                   names);
        case TypeKind::bit: return with_length(name, type.length);
        default: return std::string(name);
    }
}

void require_database(const SqlType& type, const TypeNames& names) {
    const auto& only_on = details_of(type).only_on;
    if (only_on.empty() || only_on == names.database) return;
    throw CompileError("Compiler for " + std::string(names.database) + " can't render the type " +
                       std::string(type.name_view()) + ", which only " + only_on +
                       " has; name another type for this database with with_variant(...)");
}

}  // namespace

std::string type_text(const SqlType& type, const TypeNames& names) {
    require_database(type, names);
    if (type.verbatim()) return verbatim_text(type, names);
    switch (type.kind) {
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::boolean: return std::string(names.boolean);
        case TypeKind::string: return varchar("VARCHAR", type, names);
        case TypeKind::text: return text_attributes(with_length("TEXT", type.length), type, names);
        case TypeKind::float_: return with_length("FLOAT", names.float_has_precision ? type.precision : 0);
        case TypeKind::double_: return std::string(names.double_precision);
        case TypeKind::numeric: return with_precision("NUMERIC", type);
        case TypeKind::date: return "DATE";
        case TypeKind::time: return time_text("TIME", type, names);
        case TypeKind::datetime:
            return time_text(names.timestamps_have_zones ? "TIMESTAMP" : names.datetime, type, names);
        case TypeKind::timestamp: return time_text("TIMESTAMP", type, names);
        case TypeKind::interval:
            return names.interval == names.datetime ? time_text(names.interval, type, names)
                                                    : std::string(names.interval);
        case TypeKind::large_binary: return with_length(names.large_binary, names.blob_has_length ? type.length : 0);
        case TypeKind::uuid: return std::string(names.uuid);
        case TypeKind::json: return std::string(names.json);
        case TypeKind::enum_: return enum_text(type, names);
        case TypeKind::array: return array_text(type, names);
        case TypeKind::range:
        case TypeKind::multirange:
            throw CompileError("There are no ranges on " + std::string(names.database) +
                               "; store the lower and the upper bound in columns of their own");
        case TypeKind::null:
        case TypeKind::set:
        case TypeKind::bit:
        case TypeKind::custom: break;
    }
    throw CompileError("Can't generate DDL for a column without type; give it one, such as Integer or String(50)");
}

}  // namespace aludel::detail
