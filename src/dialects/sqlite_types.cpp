#include <aludel/sql/compile/detail/type_name.hpp>
#include "aludel/types/type_details.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

std::string sqlite_type_name(const SqlType& type) {
    static constexpr detail::TypeNames names{
        .database = "sqlite",
        .double_precision =
            "FLOAT",  // the name that SQLAlchemy gives floating point; any name with FLOA or DOUB is REAL
    };
    return detail::type_text(type_on(type, names.database), names);
}

DdlTraits sqlite_ddl_traits() {
    DdlTraits traits;
    traits.numbering = NumberingForm::rowid;
    traits.default_in_parentheses = true;
    traits.null_before_computed = true;
    traits.create_schema = false;
    traits.foreign_keys_within_schema = true;
    traits.index_has_schema = true;
    traits.defer_foreign_keys = "PRAGMA defer_foreign_keys = ON";
    return traits;
}

}  // namespace aludel::dialects
