#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/storage_format.hpp>
#include <aludel/types/value.hpp>

#include <aludel/sql/compile/detail/literal.hpp>
#include "dialects/catalogs.hpp"
#include "dialects/ddl_clauses.hpp"
#include "dialects/existence.hpp"
#include "dialects/message_parts.hpp"
#include "dialects/reserved_words.hpp"
#include "dialects/server_version.hpp"
#include "dialects/statement_text.hpp"
#include "dialects/type_names.hpp"

namespace aludel::dialects {

namespace {

DialectTraits sqlite_traits() {
    DialectTraits traits;
    traits.param_style = ParamStyle::qmark;
    traits.limit_form = LimitForm::both;
    traits.lock_form = LockForm::none;
    traits.native_boolean = false;
    traits.boolean_words = false;
    traits.values_in_tuple_in = true;
    traits.alter_constraints = false;
    traits.native_decimal = false;
    traits.multi_table_form = MultiTableForm::from_clause;
    traits.delete_from_many = false;
    traits.insert_returning = true;
    traits.update_returning = true;
    traits.delete_returning = true;
    traits.on_conflict = true;
    traits.conflict_needs_where = true;
    traits.json_form = JsonForm::quoted_extract;
    traits.ddl = sqlite_ddl_traits();
    return traits;
}

DialectTraits sqlite_traits(const ServerVersion& library) {
    if (!library.at_least(3, 15)) throw_too_old("SQLite", library, "3.15");
    DialectTraits traits = sqlite_traits();
    traits.insert_returning = traits.update_returning = traits.delete_returning = library.at_least(3, 35);
    traits.on_conflict = library.at_least(3, 24);
    traits.window_functions = library.at_least(3, 25);
    if (!library.at_least(3, 33)) traits.multi_table_form = MultiTableForm::none;
    return traits;
}

constexpr struct {
    std::string_view field, format;
} extract_formats[] = {
    {"month", "%m"}, {"day", "%d"},    {"year", "%Y"},  {"second", "%S"}, {"hour", "%H"},
    {"doy", "%j"},   {"minute", "%M"}, {"epoch", "%s"}, {"dow", "%w"},    {"week", "%W"},
};

[[noreturn]] void throw_does_not_fit(const Value& value, const char* why) {
    throw DataError("The value " + value.repr_shortened() + " cannot be stored in SQLite: " + why);
}

// A double keeps 15 significant decimal digits; more would come back as another number.
Value decimal_to_real(const Value& value) {
    int digits = 0, zeros = 0;
    bool started = false;
    for (const char c : value.as_text()) {
        if (c == 'e' || c == 'E') break;
        if (c < '0' || c > '9') continue;
        started |= c != '0';
        if (!started) continue;
        if (c == '0') {
            ++zeros;
        } else {
            digits += zeros + 1;
            zeros = 0;
        }
    }
    if (digits > 15)
        throw_does_not_fit(value,
                           "it has no decimals, and a floating point number keeps 15 digits; store such numbers as "
                           "text or as scaled integers");
    const double real = std::strtod(value.as_text().c_str(), nullptr);
    if (!std::isfinite(real)) throw_does_not_fit(value, "it is out of the range of floating point numbers");
    return Value::of(real);
}

// SQLite has no JSON type: a column called JSON turns text that is a number into that number, which is the same
// document as long as the number fits.
void require_exact_number(const Value& json) {
    const std::string& text = json.as_text();
    const bool is_integer = text.find_first_not_of("-0123456789") == std::string::npos;
    std::int64_t number = 0;
    if (is_integer && std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{})
        throw_does_not_fit(json, "a document that is a bare integer has 64 bits with a sign; put it into an array");
}

class SQLite final : public Dialect {
  public:
    explicit SQLite(const DialectTraits& used = sqlite_traits()) : Dialect("sqlite", used, sqlite_reserved_words) {}

    const Dialect& for_server(std::string_view text) const override {
        const ServerVersion server = parse_server_version(text);
        if (!server.known()) return *this;
        const auto used = sqlite_traits(server);
        if (used.insert_returning) return *this;  // what the usual traits say
        return variant_of<SQLite>(std::tuple(used.on_conflict, used.multi_table_form, used.window_functions), used);
    }

    std::string type_name(const SqlType& type) const override { return sqlite_type_name(type); }

    const DdlHooks& ddl_hooks() const override { return sqlite_ddl_hooks(); }
    const Catalog* catalog() const noexcept override { return &sqlite_catalog(); }

    std::vector<std::string> has_table_statements(std::string_view table, std::string_view schema) const override {
        return sqlite_has_table(*this, table, schema);
    }

    std::string literal(const Value& value, const SqlType& type) const override {
        if (value.kind() == ValueKind::bytes) return "X'" + detail::hexadecimal(value.as_text()) + "'";
        return Dialect::literal(value, type);
    }

    std::string regexp_match(std::string_view left, std::string_view right, bool negated,
                             std::string_view flags) const override {
        if (!flags.empty())
            throw CompileError("sqlite dialect does not support flags of regular expressions; write (?" +
                               std::string(flags) + ") in front of the pattern, if the function REGEXP knows it");
        return std::string(left).append(negated ? " NOT REGEXP " : " REGEXP ").append(right);
    }

    std::string is_distinct_from(std::string_view left, std::string_view right, bool negated) const override {
        return std::string(left).append(negated ? " IS " : " IS NOT ").append(right);
    }

    std::string empty_set(std::size_t columns, bool) const override {
        std::string ones = "1";
        for (std::size_t i = 1; i < columns; ++i) ones += ", 1";
        return "SELECT " + ones + " FROM (SELECT " + ones + ") WHERE 1!=1";
    }

    std::string function(std::string_view name, std::span<const std::string> arguments) const override {
        if (name == "now") return "CURRENT_TIMESTAMP";
        if (name == "localtimestamp") return "DATETIME(CURRENT_TIMESTAMP, \"localtime\")";
        if (name == "char_length") return "length" + detail::argument_list(arguments);
        return Dialect::function(name, arguments);
    }

    std::string extract(std::string_view field, std::string_view expression) const override {
        for (const auto& known : extract_formats)
            if (known.field == field)
                return "CAST(STRFTIME('" +
                       std::string(known.format).append("', ").append(expression).append(") AS INTEGER)");
        throw CompileError(std::string(field) + " is not a valid extract argument.");
    }

    Value to_storage(Value value, const SqlType& type) const override;
    bool stores_as_is(const Cell& value, const SqlType& type) const override {
        return is_kept_by_all(value.kind) && !is_json_path(type);
    }
    Diagnosis classify(const FailureReport& report) const override;
};

Value SQLite::to_storage(Value value, const SqlType& type) const {
    if (is_json_path(type)) return Value::text(sqlite_json_path(value));
    switch (value.kind()) {
        case ValueKind::null:
        case ValueKind::integer:
        case ValueKind::text:
        case ValueKind::bytes: return value;
        case ValueKind::boolean: return Value::of(value.as_bool() ? 1 : 0);
        case ValueKind::unsigned_integer:
            throw_does_not_fit(value, "its integers have 64 bits with a sign, up to 9223372036854775807");
        case ValueKind::real:
            if (std::isnan(value.as_real())) throw_does_not_fit(value, "it would become NULL; store NULL, or text");
            return value;
        case ValueKind::date: return Value::text(format_date(value.as_integer()));
        case ValueKind::time: return Value::text(format_time(value.as_integer()));
        case ValueKind::datetime:
        case ValueKind::timestamp: return Value::text(format_datetime(value.as_integer()));
        case ValueKind::interval: return Value::text(format_interval(value.as_integer()));
        case ValueKind::decimal: return decimal_to_real(value);
        case ValueKind::uuid: return Value::text(format_uuid_hex(value.as_text()));
        case ValueKind::json: require_exact_number(value); return Value::text(std::move(value).as_text());
    }
    return value;
}

// "UNIQUE constraint failed: user.name, user.email"
void name_constraint(std::string_view message, Diagnosis& diagnosis) {
    const std::size_t colon = message.find("constraint failed: ");
    const std::string_view rest = colon == std::string_view::npos ? std::string_view() : message.substr(colon + 19);
    if (rest.empty()) return;
    if (message.substr(0, 5) == "CHECK" || rest.find('.') == std::string_view::npos || rest.substr(0, 6) == "index ") {
        diagnosis.constraint = rest.substr(0, 6) == "index " ? unquoted(rest.substr(6)) : std::string(rest);
        return;
    }
    std::size_t start = 0;
    while (start < rest.size()) {
        const std::size_t comma = std::min(rest.find(", ", start), rest.size());
        const std::string_view item = rest.substr(start, comma - start);
        const std::size_t dot = item.find('.');
        if (dot != std::string_view::npos) {
            diagnosis.table = item.substr(0, dot);
            diagnosis.columns.emplace_back(item.substr(dot + 1));
        }
        start = comma + 2;
    }
}

Diagnosis SQLite::classify(const FailureReport& report) const {
    Diagnosis diagnosis;
    const int primary = (report.code != 0 ? report.code : report.extended_code) & 0xff;
    switch (primary) {
        case 2:  // internal
        case 12: diagnosis.error = ErrorClass::internal; break;
        case 11:  // corrupt
        case 23:  // authorisation
        case 26: diagnosis.error = ErrorClass::database; break;
        case 18: diagnosis.error = ErrorClass::data; break;         // too big
        case 19:                                                    // constraint
        case 20: diagnosis.error = ErrorClass::integrity; break;    // a text in an INTEGER PRIMARY KEY
        case 21: diagnosis.error = ErrorClass::programming; break;  // misuse
        case 25: diagnosis.error = ErrorClass::interface_; break;   // no such parameter
        default: diagnosis.error = primary >= 1 && primary <= 17 ? ErrorClass::operational : ErrorClass::database;
    }
    if (primary == 7) diagnosis.error = ErrorClass::database;  // out of memory
    diagnosis.retryable = primary == 5 || primary == 6;        // locked by another connection
    if (primary == 19) name_constraint(report.message, diagnosis);
    return diagnosis;
}

}  // namespace

const Dialect& sqlite() {
    static const SQLite dialect;
    return dialect;
}

}  // namespace aludel::dialects
