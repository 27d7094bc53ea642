#include "orm/automap_types.hpp"

#include "orm/automap_names.hpp"

#include <aludel/types/enum_names.hpp>
#include <aludel/types/type_details.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

namespace aludel::detail {

namespace {

std::string with_length(std::string_view name, int length) {
    return length > 0 ? fmt::format("{}({})", name, length) : std::string(name);
}

std::string with_precision(std::string_view name, const SqlType& type) {
    if (type.precision == 0) return std::string(name);
    return type.scale == 0 ? fmt::format("{}({})", name, type.precision)
                           : fmt::format("{}({}, {})", name, type.precision, type.scale);
}

// CHAR has its own name; the others that hold text of a length are String.
std::string string_option(const SqlType& type) {
    const auto name = type.name_view();
    return with_length(name == "CHAR" || name == "NVARCHAR" ? name : std::string_view("String"), type.length);
}

// `Enum("a", "b", name("letters"))`, of the words that the database knows.
CppType of_words(const SqlType& type) {
    std::vector<std::string> items;
    if (type.names)
        for (const auto& entry : type.names->entries()) items.push_back(cpp_literal(entry.name));
    for (const auto& word : details_of(type).words) items.push_back(cpp_literal(word));
    if (!details_of(type).type_name.empty())
        items.push_back(fmt::format("aludel::name({})", cpp_literal(details_of(type).type_name)));
    return {"std::string", fmt::format("Enum({})", fmt::join(items, ", "))};
}

CppType of_custom(const SqlType& type) {
    return {"std::string", fmt::format("custom_type<{}>", cpp_literal(type.name ? type.name : "TEXT"))};
}

}  // namespace

// Table: one line for each kind of type.
CppType cpp_type_of(const SqlType& type) {
    switch (type.kind) {
        case TypeKind::small_integer: return {"std::int16_t"};
        case TypeKind::integer: return {"int"};
        case TypeKind::big_integer: return {"std::int64_t"};
        case TypeKind::boolean: return {"bool"};
        case TypeKind::string: return {"std::string", string_option(type)};
        case TypeKind::text: return {"std::string", with_length("Text", type.length)};
        case TypeKind::float_: return {"double", with_precision("Float", type)};
        case TypeKind::double_: return {"double"};
        case TypeKind::numeric: return {"Decimal", with_precision("Numeric", type)};
        case TypeKind::date: return {"std::chrono::year_month_day"};
        case TypeKind::time: return {"Time"};
        case TypeKind::datetime:
        case TypeKind::timestamp:
            if (type.timezone) return {"std::chrono::sys_time<std::chrono::microseconds>"};
            return {"std::chrono::local_time<std::chrono::microseconds>"};
        case TypeKind::interval: return {"std::chrono::microseconds"};
        case TypeKind::large_binary: return {"Bytes", with_length("LargeBinary", type.length)};
        case TypeKind::uuid: return {"Uuid"};
        case TypeKind::json: return {"Json"};
        case TypeKind::enum_: return of_words(type);
        case TypeKind::null: return {"std::string", "Text"};
        default: return of_custom(type);
    }
}

std::string table_type_of(const SqlType& type) {
    const auto cpp = cpp_type_of(type);
    return cpp.option.empty() ? fmt::format("type_of<{}>", cpp.name) : cpp.option;
}

}  // namespace aludel::detail
