#include <aludel/sql/compile/dialect.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/value.hpp>

#include <aludel/sql/compile/detail/literal.hpp>
#include <aludel/sql/compile/detail/type_name.hpp>
#include "sql/compile/ddl_text.hpp"
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

// Statements print whatever they hold.
DialectTraits default_traits() {
    DialectTraits traits;
    traits.multi_table_form = MultiTableForm::from_clause;
    traits.insert_returning = true;
    traits.update_returning = true;
    traits.delete_returning = true;
    traits.on_conflict = true;
    traits.conflict_constraint = true;
    traits.on_duplicate_key_update = true;
    traits.limit_in_update = true;
    traits.table_inheritance = true;
    traits.array_items = true;
    traits.hint_form = HintForm::bracketed;
    return traits;
}

class DefaultDialect final : public Dialect {
  public:
    DefaultDialect() : Dialect("default", default_traits(), detail::reserved_words) {}
    std::string type_name(const SqlType& type) const override { return detail::type_text(type, detail::TypeNames{}); }
    Diagnosis classify(const FailureReport&) const override { return {}; }

    std::string regexp_match(std::string_view left, std::string_view right, bool negated,
                             std::string_view) const override {
        return std::string(left).append(negated ? " <not regexp> " : " <regexp> ").append(right);
    }
    std::string regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                               std::string_view) const override {
        return "<regexp replace>(" +
               std::string(text).append(", ").append(pattern).append(", ").append(replacement).append(")");
    }
};

}  // namespace

Dialect::~Dialect() = default;

const Dialect& Dialect::for_server(std::string_view) const { return *this; }
const Catalog* Dialect::catalog() const noexcept { return nullptr; }

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

bool Dialect::is_called(std::string_view name) const { return name == name_; }

std::string Dialect::match(std::string_view left, std::string_view right, std::string_view, std::string_view) const {
    return std::string(left).append(" MATCH ").append(right);
}

std::string Dialect::regexp_match(std::string_view, std::string_view, bool, std::string_view) const {
    throw CompileError(std::string(name_) + " dialect does not support regular expressions");
}

std::string Dialect::regexp_replace(std::string_view, std::string_view, std::string_view, std::string_view) const {
    throw CompileError(std::string(name_) + " dialect does not support regular expression replacements");
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

std::string Dialect::function(std::string_view name, std::span<const std::string> arguments) const {
    if (name == "next_value" && arguments.size() == 1) return detail::next_value_text(arguments[0], *this);
    for (const auto& word : word_functions)
        if (word.name == name)
            return std::string(word.text) + (arguments.empty() ? "" : detail::argument_list(arguments));
    if (name == "cube") return "CUBE" + detail::argument_list(arguments);
    if (name == "rollup") return "ROLLUP" + detail::argument_list(arguments);
    if (name == "grouping_sets") return "GROUPING SETS" + detail::argument_list(arguments);
    return {};
}

std::string Dialect::parameter_cast(const SqlType&, std::string_view) const { return {}; }

std::string Dialect::extract(std::string_view field, std::string_view expression) const {
    return "EXTRACT(" + std::string(field).append(" FROM ").append(expression).append(")");
}

Value Dialect::to_storage(Value value, const SqlType&) const { return value; }
bool Dialect::stores_as_is(const Cell&, const SqlType&) const { return false; }
void Dialect::check_assigned(const Value&, const SqlType&) const {}

const Dialect& default_dialect() {
    static const DefaultDialect dialect;
    return dialect;
}

}  // namespace aludel
