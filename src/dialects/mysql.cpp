#include <algorithm>
#include <cmath>
#include <span>
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

DialectTraits mysql_traits() {
    DialectTraits traits;
    traits.param_style = ParamStyle::qmark;
    traits.quote = '`';
    traits.max_identifier_length = 255;
    traits.limit_form = LimitForm::comma;
    traits.lock_form = LockForm::for_update_or_lock_in_share_mode;
    traits.multi_table_form = MultiTableForm::table_list;
    traits.native_boolean = false;
    traits.empty_insert = false;
    traits.backslash_escapes = true;
    traits.nulls_order = false;
    traits.inner_join_word = true;
    traits.inline_comments = true;
    traits.native_enum = true;
    traits.transactional_ddl = false;
    traits.on_duplicate_key_update = true;
    traits.regexp_functions = true;
    traits.with_behind_insert = true;
    traits.limit_in_update = true;
    traits.where_without_from = " FROM DUAL";
    traits.hint_form = HintForm::behind;
    traits.json_form = JsonForm::extract;
    traits.float_casts = false;
    traits.two_phase = true;
    traits.ddl = mysql_ddl_traits();
    return traits;
}

DialectTraits mariadb_traits(const ServerVersion& server) {
    if (!server.at_least(10, 2)) throw_too_old("MariaDB", server, "10.2");
    DialectTraits traits = mysql_traits();
    traits.flavour = "mariadb";
    traits.insert_returning = traits.many_keys_by_returning = server.at_least(10, 5);
    traits.delete_returning = true;
    traits.skip_locked = server.at_least(10, 6);
    traits.float_casts = server.at_least(10, 4, 5);
    traits.json_casts = false;
    traits.frame_parameters = false;
    traits.regexp_functions = false;
    if (server.at_least(10, 3)) traits.ddl.sequences = SequenceForm::name;
    traits.ddl.drop_check_by_kind = false;
    traits.comments_of_sixteen_bits = true;
    return traits;
}

DialectTraits mysql_traits_of(const ServerVersion& server) {
    if (!server.at_least(5, 7)) throw_too_old("MySQL", server, "5.7");
    DialectTraits traits = mysql_traits();
    traits.flavour = server.flavour;
    const bool is_eight = server.at_least(8) || server.flavour == "tidb";
    traits.window_functions = is_eight;
    traits.skip_locked = server.at_least(8) && server.flavour.empty();
    traits.lock_of = is_eight;
    traits.regexp_functions = is_eight;
    traits.enforces_checks = server.at_least(8, 0, 16);
    traits.float_casts = server.at_least(8, 0, 17);
    return traits;
}

// The server's error numbers, by the class that Python's drivers give them.
constexpr int integrity_errors[] = {1048, 1062, 1215, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 1761, 1762, 3819, 4025};
constexpr int data_errors[] = {1171, 1230, 1263, 1264, 1265, 1292, 1366, 1367, 1406, 1411, 1690};
constexpr int programming_errors[] = {1007, 1008, 1054, 1064, 1065, 1102, 1103,
                                      1110, 1111, 1112, 1113, 1146, 1149, 1305};
constexpr int not_supported_errors[] = {1178, 1196, 1235, 1286, 1289};

ErrorClass class_of(int code) {
    const auto is_in = [code](std::span<const int> codes) {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    if (is_in(integrity_errors)) return ErrorClass::integrity;
    if (is_in(data_errors)) return ErrorClass::data;
    if (is_in(programming_errors)) return ErrorClass::programming;
    if (is_in(not_supported_errors)) return ErrorClass::not_supported;
    return code != 0 && code < 1000 ? ErrorClass::internal : ErrorClass::operational;
}

// A transaction that was in the way of others, and would not be if it ran again.
bool lost_against_another(int code) {
    switch (code) {
        case 1020:               // record has changed since it was read
        case 1205:               // lock wait timeout
        case 1213:               // deadlock; Galera: the certification of a commit failed
        case 8022:               // TiDB: the commit may be retried
        case 8028:               // TiDB: the schema changed
        case 9007: return true;  // TiDB: write conflict
        default: return false;
    }
}

bool lost(int code) {
    switch (code) {
        case 1053:
        case 1927:
        case 2006:
        case 2013:
        case 2014:
        case 2045:
        case 2055:
        case 4031: return true;
        default: return false;
    }
}

class MySQL final : public Dialect {
  public:
    explicit MySQL(const DialectTraits& used = mysql_traits()) : Dialect("mysql", used, mysql_reserved_words) {}

    const Dialect& for_server(std::string_view version) const override;

    std::string type_name(const SqlType& type) const override { return mysql_type_name(type, traits().flavour); }
    std::string cast_type_name(const SqlType& type) const override;

    const DdlHooks& ddl_hooks() const override { return mysql_ddl_hooks(); }
    const Catalog* catalog() const noexcept override { return &mysql_catalog(); }

    std::vector<std::string> has_table_statements(std::string_view table, std::string_view schema) const override {
        return mysql_has_table(*this, table, schema);
    }

    std::string literal(const Value& value, const SqlType& type) const override {
        if (value.kind() == ValueKind::bytes) return "X'" + detail::hexadecimal(value.as_text()) + "'";
        return Dialect::literal(value, type);
    }

    bool is_called(std::string_view called) const override {
        return called == "mysql" || called == "mariadb" || (!called.empty() && called == traits().flavour);
    }

    std::string match(std::string_view left, std::string_view right, std::string_view mode,
                      std::string_view) const override {
        return mysql_match(left, right, mode);
    }
    std::string regexp_match(std::string_view left, std::string_view right, bool negated,
                             std::string_view flags) const override {
        return mysql_regexp_match(left, right, negated, flags.empty() ? "" : string_literal(flags),
                                  traits().regexp_functions);
    }
    std::string regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                               std::string_view flags) const override {
        return mysql_regexp_replace(text, pattern, replacement, flags.empty() ? "" : string_literal(flags),
                                    traits().regexp_functions);
    }
    std::string concat(std::string_view left, std::string_view right) const override {
        return "concat(" + std::string(left).append(", ").append(right).append(")");
    }
    std::string is_distinct_from(std::string_view left, std::string_view right, bool negated) const override {
        std::string same = std::string(left).append(" <=> ").append(right);
        return negated ? same : "NOT (" + same + ")";
    }
    std::string function(std::string_view name, std::span<const std::string> arguments) const override {
        if (name == "random") return "rand" + detail::argument_list(arguments);
        if (name == "sysdate") return "SYSDATE()";
        return Dialect::function(name, arguments);
    }
    std::string extract(std::string_view field, std::string_view expression) const override {
        return Dialect::extract(field == "milliseconds" ? "millisecond" : field, expression);
    }

    Value to_storage(Value value, const SqlType& type) const override;
    bool stores_as_is(const Cell& value, const SqlType& type) const override {
        return is_kept_by_all(value.kind) && !is_json_path(type);
    }
    void check_assigned(const Value& value, const SqlType& type) const override {
        mysql_check_fraction(value, type, traits().flavour);
    }
    Diagnosis classify(const FailureReport& report) const override;
};

const Dialect& MySQL::for_server(std::string_view text) const {
    const ServerVersion server = parse_server_version(text);
    if (!server.known()) return *this;
    const auto used = server.flavour == "mariadb" ? mariadb_traits(server) : mysql_traits_of(server);
    const auto key = std::tuple(used.flavour, used.enforces_checks, used.window_functions, used.skip_locked,
                                used.float_casts, used.insert_returning, used.ddl.sequences, used.regexp_functions);
    return variant_of<MySQL>(key, used);
}

std::string MySQL::cast_type_name(const SqlType& type) const {
    switch (type.kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "SIGNED INTEGER";
        case TypeKind::timestamp: return "DATETIME";
        case TypeKind::string:
        case TypeKind::text: return type.length != 0 ? "CHAR(" + std::to_string(type.length) + ")" : "CHAR";
        case TypeKind::large_binary: return "BINARY";
        case TypeKind::float_:
        case TypeKind::double_: return traits().float_casts ? mysql_type_name(type) : "";
        case TypeKind::json: return traits().json_casts ? "JSON" : "";
        case TypeKind::numeric: {
            std::string name = mysql_type_name(type);
            if (name.starts_with("NUMERIC")) name.replace(0, 7, "DECIMAL");
            return name;
        }
        case TypeKind::date:
        case TypeKind::time:
        case TypeKind::datetime: return mysql_type_name(type);
        default: return {};
    }
}

Value MySQL::to_storage(Value value, const SqlType& type) const {
    if (is_json_path(type)) return Value::text(mysql_json_path(value, traits().flavour));
    switch (value.kind()) {
        case ValueKind::boolean: return Value::of(value.as_bool() ? 1 : 0);
        case ValueKind::real:
            if (!std::isfinite(value.as_real()))
                throw DataError("The value " + value.repr() +
                                " cannot be stored in MySQL: it has neither NaN nor infinities");
            return value;
        case ValueKind::interval: return Value::text(format_interval(value.as_integer()));
        case ValueKind::uuid: return Value::text(format_uuid_hex(value.as_text()));
        default: return value;
    }
}

// Duplicate entry 'ed' for key 'user.name'; … CONSTRAINT `fk` FOREIGN KEY (`user_id`) …; Column 'name' cannot be null
Diagnosis MySQL::classify(const FailureReport& report) const {
    Diagnosis diagnosis;
    diagnosis.error = class_of(report.code);
    diagnosis.disconnect = lost(report.code);
    diagnosis.retryable = lost_against_another(report.code);
    if (diagnosis.error != ErrorClass::integrity) return diagnosis;
    std::string_view key = between(report.message, "for key '", "'");
    if (!key.empty()) {
        const std::size_t dot = key.find('.');
        if (dot != std::string_view::npos) {
            diagnosis.table = key.substr(0, dot);
            key.remove_prefix(dot + 1);
        }
        diagnosis.constraint = key;
        return diagnosis;
    }
    diagnosis.constraint = between(report.message, "CONSTRAINT `", "`");
    if (diagnosis.constraint.empty()) diagnosis.constraint = between(report.message, "constraint '", "'");
    diagnosis.columns = split_names(between(report.message, "FOREIGN KEY (", ")"));
    const std::string_view column = between(report.message, "Column '", "'");
    if (!column.empty()) diagnosis.columns.emplace_back(column);
    return diagnosis;
}

}  // namespace

const Dialect& mysql() {
    static const MySQL dialect;
    return dialect;
}

const Dialect& mariadb() { return mysql().for_server("10.11.0-MariaDB"); }

}  // namespace aludel::dialects
