#include <aludel/sql/compile/detail/type_name.hpp>
#include "aludel/base/error.hpp"
#include "aludel/types/type_details.hpp"
#include "aludel/types/value.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

std::string mysql_type_name(const SqlType& type, std::string_view flavour) {
    static constexpr aludel::detail::TypeNames names{
        .database = "mysql",
        .boolean = "BOOL",
        .double_precision = "DOUBLE",  // FLOAT has 32 bits
        .second_digits = true,
        .varchar_needs_length = true,
        .float_has_precision = true,
        .blob_has_length = true,
        .national_keyword = true,
        .enum_list = true,
        .backslash_escapes = true,
        .plain_collation = true,
    };
    return aludel::detail::type_text(type_on(type, names.database, flavour), names);
}

void mysql_check_fraction(const Value& value, const SqlType& given, std::string_view flavour) {
    const bool is_count = value.kind() == ValueKind::time || value.kind() == ValueKind::datetime ||
                          value.kind() == ValueKind::timestamp || value.kind() == ValueKind::interval;
    if (!is_count) return;
    const SqlType type = type_on(given, "mysql", flavour);
    const bool is_time = type.kind == TypeKind::time || type.kind == TypeKind::datetime ||
                         type.kind == TypeKind::timestamp || type.kind == TypeKind::interval;
    if (!is_time || type.precision >= 6) return;
    std::int64_t unit = 1'000'000;
    for (int digit = 0; digit < type.precision; ++digit) unit /= 10;
    if (value.as_integer() % unit == 0) return;
    throw DataError("The value " + value.repr() + " cannot be stored in a " + mysql_type_name(type, flavour) +
                    " of MySQL: it keeps " + std::to_string(type.precision) +
                    " digits behind the second, and would drop the others without a word; write DateTime(6) (or "
                    "TIME(6)), or let the C++ type say it");
}

DdlTraits mysql_ddl_traits() {
    DdlTraits traits;
    traits.numbering = NumberingForm::attribute;
    traits.index_grouping = IndexGrouping::expressions;
    traits.max_constraint_name_length = 64;
    traits.null_before_default = true;
    traits.explicit_null_timestamp = true;
    traits.drop_index_names_table = true;
    traits.drop_by_kind = true;
    traits.drop_check_by_kind = true;
    traits.match_clause = false;
    return traits;
}

}  // namespace aludel::dialects
