#include <aludel/sql/compile/detail/type_name.hpp>
#include "dialects/type_names.hpp"

namespace aludel::dialects {

std::string mysql_type_name(const SqlType& type) {
    static constexpr detail::TypeNames names{
        .database = "mysql",
        .boolean = "BOOL",
        .double_precision = "DOUBLE",  // FLOAT has 32 bits
        .varchar_needs_length = true,
        .float_has_precision = true,
        .blob_has_length = true,
        .national_keyword = true,
        .enum_list = true,
    };
    return detail::type_text(type, names);
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
    traits.match_clause = false;
    return traits;
}

}  // namespace aludel::dialects
