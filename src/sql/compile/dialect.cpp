#include <aludel/sql/compile/dialect.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/value.hpp>

#include <aludel/sql/compile/detail/literal.hpp>
#include <aludel/sql/compile/detail/type_name.hpp>
#include "sql/compile/reserved_words.hpp"

namespace aludel {

namespace {

bool is_plain_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

// Functions of standard SQL that are words without parentheses.
constexpr struct {
    std::string_view name, text;
} word_functions[] = {
    {"current_date", "CURRENT_DATE"},
    {"current_time", "CURRENT_TIME"},
    {"current_timestamp", "CURRENT_TIMESTAMP"},
    {"current_user", "CURRENT_USER"},
    {"localtime", "LOCALTIME"},
    {"localtimestamp", "LOCALTIMESTAMP"},
    {"session_user", "SESSION_USER"},
    {"user", "USER"},
};

class DefaultDialect final : public Dialect {
  public:
    DefaultDialect() : Dialect("default", {.multi_table_form = MultiTableForm::from_clause}, detail::reserved_words) {}
    std::string type_name(const SqlType& type) const override { return detail::type_text(type, detail::TypeNames{}); }
    Diagnosis classify(const FailureReport&) const override { return {}; }
};

}  // namespace

Dialect::~Dialect() = default;

bool Dialect::is_reserved(std::string_view lower_case_name) const {
    return std::binary_search(reserved_words_.begin(), reserved_words_.end(), lower_case_name);
}

bool Dialect::requires_quotes(std::string_view name) const {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9') || name.front() == '$') return true;
    return !std::all_of(name.begin(), name.end(), is_plain_char) || is_reserved(name);
}

std::string Dialect::quote_always(std::string_view name) const {
    if (name.empty()) throw CompileError("A name in SQL cannot be empty");
    if (name.find('\0') != std::string_view::npos)
        throw CompileError("A name in SQL cannot hold a NUL character: '" +
                           std::string(name.substr(0, name.find('\0'))) + "\\0…'");
    std::string out(1, traits_.quote);
    for (const char c : name) {
        if (c == traits_.quote) out += c;
        out += c;
    }
    return out + traits_.quote;
}

std::string Dialect::quote(std::string_view name) const {
    return requires_quotes(name) ? quote_always(name) : std::string(name);
}

std::string Dialect::quote_qualified(std::string_view schema, std::string_view name) const {
    return schema.empty() ? quote(name) : quote(schema) + "." + quote(name);
}

std::string Dialect::string_literal(std::string_view text) const {
    if (text.find('\0') != std::string_view::npos)
        throw CompileError("A string literal in SQL cannot hold a NUL character; bind the value instead");
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || (c == '\\' && traits_.backslash_escapes)) out += c;
        out += c;
    }
    return out + "'";
}

std::string Dialect::literal(const Value& value, const SqlType& type) const {
    return detail::literal_text(value, type, *this);
}

std::string Dialect::cast_type_name(const SqlType& type) const { return type_name(type); }

std::string Dialect::match(std::string_view left, std::string_view right) const {
    return std::string(left).append(" MATCH ").append(right);
}

std::string Dialect::regexp_match(std::string_view, std::string_view, bool) const {
    throw CompileError(std::string(name_) + " dialect does not support regular expressions");
}

std::string Dialect::ilike(std::string_view left, std::string_view right, bool negated) const {
    std::string text = traits_.native_ilike ? std::string(left) : "lower(" + std::string(left) + ")";
    if (traits_.native_ilike) return text.append(negated ? " NOT ILIKE " : " ILIKE ").append(right);
    return text.append(negated ? " NOT LIKE lower(" : " LIKE lower(").append(right).append(")");
}

std::string Dialect::concat(std::string_view left, std::string_view right) const {
    return std::string(left).append(" || ").append(right);
}

std::string Dialect::is_distinct_from(std::string_view left, std::string_view right, bool negated) const {
    return std::string(left).append(negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ").append(right);
}

std::string Dialect::empty_set(std::size_t columns, bool negated) const {
    std::string nulls = "NULL";
    for (std::size_t i = 1; i < columns; ++i) nulls += ", NULL";
    if (columns > 1) nulls = "(" + nulls + ")";
    return nulls + (negated ? ") OR (1 = 1" : ") AND (1 != 1");
}

std::string Dialect::function(std::string_view name, std::string_view arguments) const {
    for (const auto& word : word_functions)
        if (word.name == name)
            return arguments == "()" ? std::string(word.text) : std::string(word.text).append(arguments);
    if (name == "cube" || name == "rollup") return (name == "cube" ? "CUBE" : "ROLLUP") + std::string(arguments);
    if (name == "grouping_sets") return "GROUPING SETS" + std::string(arguments);
    return {};
}

std::string Dialect::extract(std::string_view field, std::string_view expression) const {
    return "EXTRACT(" + std::string(field).append(" FROM ").append(expression).append(")");
}

Value Dialect::to_storage(Value value, const SqlType&) const { return value; }

const Dialect& default_dialect() {
    static const DefaultDialect dialect;
    return dialect;
}

}  // namespace aludel
