#include <algorithm>
#include <cmath>
#include <span>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/storage_format.hpp>
#include <aludel/types/value.hpp>

#include <aludel/sql/compile/detail/literal.hpp>
#include "dialects/existence.hpp"
#include "dialects/message_parts.hpp"
#include "dialects/reserved_words.hpp"
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
    traits.inner_join_word = true;
    traits.inline_comments = true;
    traits.native_enum = true;
    traits.transactional_ddl = false;
    traits.ddl = mysql_ddl_traits();
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
    MySQL() : Dialect("mysql", mysql_traits(), mysql_reserved_words) {}

    std::string type_name(const SqlType& type) const override { return mysql_type_name(type); }
    std::string cast_type_name(const SqlType& type) const override;

    std::vector<std::string> has_table_statements(std::string_view table, std::string_view schema) const override {
        return mysql_has_table(*this, table, schema);
    }

    std::string literal(const Value& value, const SqlType& type) const override {
        if (value.kind() == ValueKind::bytes) return "X'" + detail::hexadecimal(value.as_text()) + "'";
        return Dialect::literal(value, type);
    }

    std::string match(std::string_view left, std::string_view right) const override {
        return "MATCH (" + std::string(left).append(") AGAINST (").append(right).append(" IN BOOLEAN MODE)");
    }
    std::string regexp_match(std::string_view left, std::string_view right, bool negated) const override {
        return std::string(left).append(negated ? " NOT REGEXP " : " REGEXP ").append(right);
    }
    std::string concat(std::string_view left, std::string_view right) const override {
        return "concat(" + std::string(left).append(", ").append(right).append(")");
    }
    std::string is_distinct_from(std::string_view left, std::string_view right, bool negated) const override {
        std::string same = std::string(left).append(" <=> ").append(right);
        return negated ? same : "NOT (" + same + ")";
    }
    std::string function(std::string_view name, std::string_view arguments) const override {
        if (name == "random") return "rand" + std::string(arguments);
        if (name == "sysdate") return "SYSDATE()";
        return Dialect::function(name, arguments);
    }
    std::string extract(std::string_view field, std::string_view expression) const override {
        return Dialect::extract(field == "milliseconds" ? "millisecond" : field, expression);
    }

    Value to_storage(Value value, const SqlType& type) const override;
    Diagnosis classify(const FailureReport& report) const override;
};

std::string MySQL::cast_type_name(const SqlType& type) const {
    switch (type.kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "SIGNED INTEGER";
        case TypeKind::timestamp: return "DATETIME";
        case TypeKind::string:
        case TypeKind::text: return type.length != 0 ? "CHAR(" + std::to_string(type.length) + ")" : "CHAR";
        case TypeKind::large_binary: return "BINARY";
        case TypeKind::json: return "JSON";
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

Value MySQL::to_storage(Value value, const SqlType&) const {
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

}  // namespace aludel::dialects
