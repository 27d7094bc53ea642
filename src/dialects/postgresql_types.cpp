#include <aludel/sql/compile/detail/type_name.hpp>
#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/enum_names.hpp"
#include "aludel/types/type_details.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

namespace {

constexpr struct {
    TypeKind item;
    bool timezone;
    std::string_view range, multirange;
} range_names[] = {
    {TypeKind::integer, false, "INT4RANGE", "INT4MULTIRANGE"},
    {TypeKind::big_integer, false, "INT8RANGE", "INT8MULTIRANGE"},
    {TypeKind::numeric, false, "NUMRANGE", "NUMMULTIRANGE"},
    {TypeKind::date, false, "DATERANGE", "DATEMULTIRANGE"},
    {TypeKind::datetime, false, "TSRANGE", "TSMULTIRANGE"},
    {TypeKind::datetime, true, "TSTZRANGE", "TSTZMULTIRANGE"},
    {TypeKind::timestamp, false, "TSRANGE", "TSMULTIRANGE"},
    {TypeKind::timestamp, true, "TSTZRANGE", "TSTZMULTIRANGE"},
};

std::string range_type_name(const SqlType& type) {
    const auto& item = details_of(type).item;
    for (const auto& known : range_names)
        if (known.item == item.kind && known.timezone == item.timezone)
            return std::string(type.kind == TypeKind::range ? known.range : known.multirange);
    throw CompileError(
        "postgresql has ranges of int, std::int64_t, Decimal, dates, date-times and instants; none of this type");
}

std::string named(const SqlType& type);

constexpr detail::TypeNames names{
    .database = "postgresql",
    .interval = "INTERVAL",
    .large_binary = "BYTEA",
    .uuid = "UUID",
    .timestamps_have_zones = true,
    .second_digits = true,
    .float_has_precision = true,
    .arrays = true,
    .item_name = named,
};

std::string named(const SqlType& type) { return postgresql_type_name(postgresql(), type); }

}  // namespace

std::string postgresql_enum_name(const SqlType& type) {
    auto name = details_of(type).type_name;
    if (!name.empty()) return name;
    name = type.names->type_name();
    for (auto& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (name.empty())
        throw CompileError(
            "An enumeration of words needs a name on postgresql, where it is a type of its own; write "
            "Enum(\"a\", \"b\", name(\"letters\"))");
    return name;
}

std::string postgresql_type_name(const Dialect& dialect, const SqlType& given) {
    const SqlType type = type_on(given, names.database);
    if (!type.verbatim()) {
        if (type.kind == TypeKind::enum_ && type.names && details_of(type).native)
            return dialect.quote_qualified(details_of(type).type_schema, postgresql_enum_name(type));
        if (type.kind == TypeKind::range || type.kind == TypeKind::multirange) return range_type_name(type);
    }
    return detail::type_text(type, names);
}

DdlTraits postgresql_ddl_traits() {
    DdlTraits traits;
    traits.numbering = NumberingForm::serial;
    traits.index_grouping = IndexGrouping::operators;
    traits.sequences = SequenceForm::text;
    traits.identity_columns = true;
    traits.enumeration_types = true;
    traits.computed_is_stored = true;
    return traits;
}

}  // namespace aludel::dialects
