#include <cmath>

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/storage_format.hpp>
#include <aludel/types/value.hpp>

#include "dialects/existence.hpp"
#include "dialects/message_parts.hpp"
#include "dialects/reserved_words.hpp"
#include "dialects/type_names.hpp"
#include "sql/compile/literal.hpp"

namespace aludel::dialects {

namespace {

DialectTraits mysql_traits() {
    DialectTraits traits;
    traits.param_style           = ParamStyle::qmark;
    traits.quote                 = '`';
    traits.max_identifier_length = 255;
    traits.limit_form            = LimitForm::comma;
    traits.lock_form             = LockForm::for_update_or_lock_in_share_mode;
    traits.multi_table_form      = MultiTableForm::table_list;
    traits.native_boolean        = false;
    traits.empty_insert          = false;
    traits.backslash_escapes     = true;
    traits.inline_comments       = true;
    traits.native_enum           = true;
    traits.transactional_ddl     = false;
    traits.ddl.numbering               = NumberingForm::attribute;
    traits.ddl.index_grouping          = IndexGrouping::expressions;
    traits.ddl.null_before_default     = true;
    traits.ddl.explicit_null_timestamp = true;
    traits.ddl.drop_index_names_table  = true;
    traits.ddl.drop_by_kind            = true;
    traits.ddl.match_clause            = false;
    return traits;
}

ErrorClass class_of(int code) {
    switch (code) {
        case 1048: case 1062: case 1215: case 1216: case 1217: case 1364: case 1451: case 1452: case 1557: case 1586: case 1761: case 1762:
        case 3819: case 4025: return ErrorClass::integrity;
        case 1230: case 1171: case 1263: case 1264: case 1265: case 1292: case 1366: case 1367: case 1406: case 1411: case 1690:
            return ErrorClass::data;
        case 1007: case 1008: case 1054: case 1064: case 1065: case 1102: case 1103: case 1110: case 1111: case 1112: case 1113:
        case 1146: case 1149: case 1305: return ErrorClass::programming;
        case 1178: case 1196: case 1235: case 1286: case 1289: return ErrorClass::not_supported;
        default: return code != 0 && code < 1000 ? ErrorClass::internal : ErrorClass::operational;
    }
}

bool lost(int code) {
    switch (code) {
        case 1053: case 1927: case 2006: case 2013: case 2014: case 2045: case 2055: case 4031: return true;
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

    Value     to_storage(Value value, const SqlType& type) const override;
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
                throw DataError("The value " + value.repr() + " cannot be stored in MySQL: it has neither NaN nor infinities");
            return value;
        case ValueKind::interval: return Value::text(format_interval(value.as_integer()));
        case ValueKind::uuid: return Value::text(format_uuid_hex(value.as_text()));
        default: return value;
    }
}

// Duplicate entry 'ed' for key 'user.name'; … CONSTRAINT `fk` FOREIGN KEY (`user_id`) …; Column 'name' cannot be null
Diagnosis MySQL::classify(const FailureReport& report) const {
    Diagnosis diagnosis;
    diagnosis.error      = class_of(report.code);
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
