#include <aludel/sql/compile/detail/type_name.hpp>

#include "aludel/base/error.hpp"
#include "aludel/types/enum_names.hpp"

namespace aludel::detail {

namespace {

std::string with_length(std::string_view name, int length) {
    return length ? std::string(name) + '(' + std::to_string(length) + ')' : std::string(name);
}

std::string with_precision(std::string_view name, const SqlType& type) {
    if (!type.scale) return with_length(name, type.precision);
    return std::string(name) + '(' + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ')';
}

std::string with_zone(std::string_view name, const SqlType& type, const TypeNames& names) {
    if (!names.timestamps_have_zones) return std::string(name);
    return std::string(name) + (type.timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

std::string varchar(std::string_view name, int length, const TypeNames& names) {
    const bool needs_length = name == "VARCHAR" || name == "NVARCHAR" || name == "VARBINARY";
    if (needs_length && names.varchar_needs_length && !length)
        throw CompileError(std::string(name) + " requires a length on dialect " + std::string(names.database) +
                           "; write " + (name == "VARBINARY" ? "VARBINARY(255)" : "String(255)") +
                           ", or a type without limit: " + (name == "VARBINARY" ? "LargeBinary" : "Text"));
    return with_length(name == "NVARCHAR" && names.national_keyword ? "NATIONAL VARCHAR" : name, length);
}

std::string enum_text(const SqlType& type, const TypeNames& names) {
    if (!type.names || !names.enum_list) return varchar("VARCHAR", type.length, names);
    std::string list;
    for (const auto& entry : type.names->entries()) {
        list += list.empty() ? "'" : ",'";
        for (const char c : entry.name) list += c == '\'' ? std::string("''") : std::string(1, c);
        list += '\'';
    }
    return "ENUM(" + list + ')';
}

std::string verbatim_text(const SqlType& type, const TypeNames& names) {
    const auto name = type.name_view();
    switch (type.kind) {
        case TypeKind::boolean: return std::string(names.boolean);
        case TypeKind::string: return varchar(name, type.length, names);
        case TypeKind::large_binary:
            return name == "BLOB" && !names.blob_has_length ? std::string(name) : varchar(name, type.length, names);
        case TypeKind::text: return with_length(name, type.length);
        case TypeKind::numeric: return with_precision(name, type);
        case TypeKind::double_: return std::string(names.double_precision);
        case TypeKind::float_:
            return name == "FLOAT" && names.float_has_precision ? with_length(name, type.precision) : std::string(name);
        case TypeKind::time:
        case TypeKind::timestamp: return with_zone(name, type, names);
        default: return std::string(name);
    }
}

std::string datetime_text(const SqlType& type, const TypeNames& names) {
    return names.timestamps_have_zones ? with_zone("TIMESTAMP", type, names) : std::string(names.datetime);
}

}  // namespace

std::string type_text(const SqlType& type, const TypeNames& names) {
    if (type.verbatim()) return verbatim_text(type, names);
    switch (type.kind) {
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::boolean: return std::string(names.boolean);
        case TypeKind::string: return varchar("VARCHAR", type.length, names);
        case TypeKind::text: return with_length("TEXT", type.length);
        case TypeKind::float_: return with_length("FLOAT", names.float_has_precision ? type.precision : 0);
        case TypeKind::double_: return std::string(names.double_precision);
        case TypeKind::numeric: return with_precision("NUMERIC", type);
        case TypeKind::date: return "DATE";
        case TypeKind::time: return with_zone("TIME", type, names);
        case TypeKind::datetime: return datetime_text(type, names);
        case TypeKind::timestamp: return with_zone("TIMESTAMP", type, names);
        case TypeKind::interval: return std::string(names.interval);
        case TypeKind::large_binary: return with_length(names.large_binary, names.blob_has_length ? type.length : 0);
        case TypeKind::uuid: return std::string(names.uuid);
        case TypeKind::json: return std::string(names.json);
        case TypeKind::enum_: return enum_text(type, names);
        case TypeKind::null:
        case TypeKind::custom: break;
    }
    throw CompileError("Can't generate DDL for a column without type; give it one, such as Integer or String(50)");
}

}  // namespace aludel::detail
