#include <aludel/sql/compile/detail/type_name.hpp>
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/enum_names.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

namespace {

/// An enumeration is a type of its own, named as the C++ one in lower case.
std::string enum_type_name(const Dialect& dialect, const EnumNames& names) {
    auto name = names.type_name();
    for (auto& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return dialect.quote(name);
}

}  // namespace

std::string postgresql_type_name(const Dialect& dialect, const SqlType& type) {
    static constexpr detail::TypeNames names{
        .database = "postgresql",
        .interval = "INTERVAL",
        .large_binary = "BYTEA",
        .uuid = "UUID",
        .timestamps_have_zones = true,
        .float_has_precision = true,
    };
    if (type.kind == TypeKind::enum_ && type.names && !type.verbatim()) return enum_type_name(dialect, *type.names);
    return detail::type_text(type, names);
}

DdlTraits postgresql_ddl_traits() {
    DdlTraits traits;
    traits.numbering = NumberingForm::serial;
    traits.index_grouping = IndexGrouping::operators;
    traits.enumeration_types = true;
    traits.computed_is_stored = true;
    return traits;
}

}  // namespace aludel::dialects
