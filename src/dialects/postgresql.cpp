#include <cstring>
#include <tuple>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/types/sql_type.hpp>
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

DialectTraits postgresql_traits() {
    DialectTraits traits;
    traits.param_style = ParamStyle::numeric;
    traits.max_identifier_length = 63;
    traits.limit_form = LimitForm::limit_all;
    traits.lock_form = LockForm::for_update;
    traits.multi_table_form = MultiTableForm::from_clause;
    traits.insert_returning = true;
    traits.update_returning = true;
    traits.delete_returning = true;
    traits.native_ilike = true;
    traits.distinct_on = true;
    traits.implicit_returning = true;
    traits.on_conflict = true;
    traits.conflict_constraint = true;
    traits.table_inheritance = true;
    traits.key_locks = true;
    traits.lock_of = true;
    traits.fetch_in_parentheses = true;
    traits.array_items = true;
    traits.hint_form = HintForm::only;
    traits.json_form = JsonForm::arrows;
    traits.comment_statements = true;
    traits.native_enum = true;
    traits.native_uuid = true;
    traits.two_phase = true;
    traits.ddl = postgresql_ddl_traits();
    return traits;
}

// What speaks PostgreSQL's protocol counts its versions in its own way.
DialectTraits postgresql_traits(const ServerVersion& server) {
    DialectTraits traits = postgresql_traits();
    traits.flavour = server.flavour;
    if (server.flavour == "cockroachdb") {
        traits.transactional_ddl = false;  // a schema changes behind the transaction
        traits.two_phase = false;
        return traits;
    }
    if (!server.at_least(9, 5)) throw_too_old("PostgreSQL", server, "9.5");
    traits.ddl.identity_columns = server.at_least(10);
    return traits;
}

// The classes of SQLSTATE.
constexpr struct {
    std::string_view state;
    ErrorClass error;
} state_classes[] = {
    {"08", ErrorClass::operational}, {"0A", ErrorClass::not_supported}, {"20", ErrorClass::programming},
    {"21", ErrorClass::programming}, {"22", ErrorClass::data},          {"23", ErrorClass::integrity},
    {"24", ErrorClass::internal},    {"25", ErrorClass::internal},      {"26", ErrorClass::operational},
    {"27", ErrorClass::operational}, {"28", ErrorClass::operational},   {"2B", ErrorClass::internal},
    {"2D", ErrorClass::internal},    {"2F", ErrorClass::internal},      {"34", ErrorClass::operational},
    {"38", ErrorClass::internal},    {"39", ErrorClass::internal},      {"3B", ErrorClass::internal},
    {"3D", ErrorClass::programming}, {"3F", ErrorClass::programming},   {"40", ErrorClass::operational},
    {"42", ErrorClass::programming}, {"44", ErrorClass::programming},   {"53", ErrorClass::operational},
    {"54", ErrorClass::operational}, {"55", ErrorClass::operational},   {"57", ErrorClass::operational},
    {"58", ErrorClass::operational}, {"F0", ErrorClass::internal},      {"HV", ErrorClass::operational},
    {"P0", ErrorClass::internal},    {"XX", ErrorClass::internal},
};

constexpr std::string_view lost_connection[] = {
    "terminating connection",
    "closed the connection",
    "connection not open",
    "could not receive data from server",
    "could not send data to server",
    "connection already closed",
    "SSL connection has been closed unexpectedly",
    "SSL SYSCALL error",
    "connection has been closed unexpectedly",
};

bool lost(const FailureReport& report) {
    if (report.sqlstate.substr(0, 2) == "08" || report.sqlstate == "57P01" || report.sqlstate == "57P02" ||
        report.sqlstate == "57P03")
        return true;
    if (!report.sqlstate.empty()) return false;
    for (const std::string_view sign : lost_connection)
        if (report.message.find(sign) != std::string_view::npos) return true;
    return false;
}

class PostgreSQL final : public Dialect {
  public:
    explicit PostgreSQL(const DialectTraits& used = postgresql_traits())
        : Dialect("postgresql", used, postgresql_reserved_words) {}

    const Dialect& for_server(std::string_view text) const override {
        const ServerVersion server = parse_server_version(text);
        if (!server.known()) return *this;
        const auto used = postgresql_traits(server);
        return variant_of<PostgreSQL>(
            std::tuple(used.flavour, used.ddl.identity_columns, used.transactional_ddl, used.two_phase), used);
    }
    bool is_called(std::string_view called) const override {
        return Dialect::is_called(called) || (!called.empty() && called == traits().flavour);
    }

    std::string type_name(const SqlType& type) const override { return postgresql_type_name(*this, type); }

    const DdlHooks& ddl_hooks() const override { return postgresql_ddl_hooks(); }
    const Catalog* catalog() const noexcept override { return &postgresql_catalog(); }

    std::vector<std::string> has_table_statements(std::string_view table, std::string_view schema) const override {
        return postgresql_has_table(*this, table, schema);
    }

    std::string literal(const Value& value, const SqlType& type) const override {
        if (value.kind() == ValueKind::bytes) return "'\\x" + detail::hexadecimal(value.as_text()) + "'";
        return Dialect::literal(value, type);
    }

    std::string match(std::string_view left, std::string_view right, std::string_view,
                      std::string_view configuration) const override {
        std::string query = configuration.empty() ? std::string() : std::string(configuration) + ", ";
        return std::string(left).append(" @@ to_tsquery(").append(query).append(right).append(")");
    }
    std::string regexp_match(std::string_view left, std::string_view right, bool negated,
                             std::string_view flags) const override {
        return postgresql_regexp_match(left, right, negated, flags, flags.empty() ? "" : string_literal(flags));
    }
    std::string regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                               std::string_view flags) const override {
        std::vector<std::string> arguments{std::string(text), std::string(pattern), std::string(replacement)};
        if (!flags.empty()) arguments.push_back(string_literal(flags));
        return "REGEXP_REPLACE" + detail::argument_list(arguments);
    }
    std::string function(std::string_view name, std::span<const std::string> arguments) const override {
        if (name == "substring" && (arguments.size() == 2 || arguments.size() == 3))
            return "SUBSTRING(" + arguments[0] + " FROM " + arguments[1] +
                   (arguments.size() == 3 ? " FOR " + arguments[2] : "") + ")";
        return Dialect::function(name, arguments);
    }
    std::string parameter_cast(const SqlType& type, std::string_view function) const override {
        if (type.kind == TypeKind::array) return type_name(type);
        return type.is_string() && takes_anything(function) ? "VARCHAR" : "";
    }

    bool stores_as_is(const Cell& value, const SqlType& type) const override {
        return is_kept_by_all(value.kind) && !is_json_path(type) && value.text().find('\0') == std::string_view::npos;
    }
    Value to_storage(Value value, const SqlType& type) const override {
        if (is_json_path(type)) value = postgresql_json_path(std::move(value));
        const bool is_naive = (type.kind == TypeKind::datetime || type.kind == TypeKind::timestamp) && !type.timezone;
        if (value.kind() == ValueKind::timestamp && is_naive)
            return Value::datetime(value.as_integer());  // kept as UTC
        if (value.kind() == ValueKind::unsigned_integer && type.kind == TypeKind::numeric)
            return Value::decimal(std::to_string(value.as_unsigned()));
        if (value.kind() == ValueKind::unsigned_integer)
            throw DataError("The value " + value.repr() +
                            " cannot be stored in PostgreSQL: its integers have 64 bits with a sign; use Numeric(20)");
        if (value.kind() == ValueKind::text && value.as_text().find('\0') != std::string::npos)
            throw DataError("The value " + value.repr_shortened() +
                            " cannot be stored in PostgreSQL: its text cannot hold a NUL character");
        return value;
    }

    Diagnosis classify(const FailureReport& report) const override;
};

Diagnosis PostgreSQL::classify(const FailureReport& report) const {
    Diagnosis diagnosis;
    diagnosis.error = report.sqlstate.empty() ? ErrorClass::operational : ErrorClass::database;
    diagnosis.disconnect = lost(report);
    // Serialization failure (CockroachDB's "restart transaction", too) and deadlock; 40003 says of itself that the
    // outcome is not known.
    diagnosis.retryable = report.sqlstate == "40001" || report.sqlstate == "40P01";
    diagnosis.in_doubt = report.sqlstate == "40003";
    for (const auto& known : state_classes)
        if (report.sqlstate.substr(0, 2) == known.state) diagnosis.error = known.error;
    if (report.sqlstate == "57014") diagnosis.error = ErrorClass::operational;
    if (diagnosis.error != ErrorClass::integrity) return diagnosis;
    diagnosis.constraint = between(report.message, "constraint \"", "\"");
    diagnosis.table = between(report.message, "relation \"", "\"");
    if (diagnosis.table.empty()) diagnosis.table = between(report.message, "on table \"", "\"");
    const std::string_view null_column = between(report.message, "null value in column \"", "\"");
    if (!null_column.empty())
        diagnosis.columns.emplace_back(null_column);
    else
        diagnosis.columns = split_names(between(report.message, "Key (", ")"));
    return diagnosis;
}

}  // namespace

const Dialect& postgresql() {
    static const PostgreSQL dialect;
    return dialect;
}

}  // namespace aludel::dialects
