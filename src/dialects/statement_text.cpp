#include "dialects/statement_text.hpp"

#include <algorithm>
#include <span>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/types/json.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/value.hpp>

namespace aludel::dialects {

namespace {

// The steps of a path: an index or a key each.
template <class Index, class Key>
void each_step(const Value& place, Index index, Key key) {
    if (place.kind() == ValueKind::integer) return index(place.as_integer());
    if (place.kind() == ValueKind::text) return key(place.as_text());
    const Json path = Json::parse(place.as_text());
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Json step = path.at(i);
        if (step.is_integer())
            index(step.as_integer());
        else
            key(step.as_string());
    }
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
}

// An item of an array in its text form.
void append_item(std::string& out, std::string_view text) {
    if (out.size() > 1) out += ',';
    const bool plain = !text.empty() && text.find_first_of("{}\",\\ \t\r\n\v\f") == std::string_view::npos &&
                       !(text.size() == 4 && (text.front() == 'n' || text.front() == 'N'));  // NULL
    if (plain) {
        out += text;
        return;
    }
    out += '"';
    append_escaped(out, text);
    out += '"';
}

// Databases compare keys as the document writes them, with its escapes.
std::string json_path_step(const std::string& key) { return '.' + Json(key).dump(); }

std::string words_between(std::string_view left, std::string_view word, std::string_view right) {
    return std::string(left).append(word).append(right);
}

// `(?i)` in front of the pattern.
std::string flagged_pattern(const std::string& flags, std::string_view pattern) {
    return "CONCAT('(?', " + flags + ", ')', " + std::string(pattern) + ")";
}

}  // namespace

bool is_json_path(const SqlType& type) noexcept {
    return type.kind == TypeKind::custom && type.name_view() == aludel::detail::json_path_type.name_view();
}

std::string sqlite_json_path(const Value& place) {
    std::string path = "$";
    each_step(
        place,
        [&](std::int64_t index) {
            path += index < 0 ? "[#" + std::to_string(index) + "]" : "[" + std::to_string(index) + "]";
        },
        [&](const std::string& key) {
            if (key.find('"') != std::string::npos)
                throw DataError("The JSON key " + Value::text(key).repr() +
                                " cannot stand in a path of SQLite: it has no way to write a quotation mark there");
            path += json_path_step(key);
        });
    return path;
}

std::string mysql_json_path(const Value& place, std::string_view flavour) {
    std::string path = "$";
    each_step(
        place,
        [&](std::int64_t index) {
            path += index >= 0    ? "[" + std::to_string(index) + "]"
                    : index == -1 ? std::string("[last]")
                                  : "[last" + std::to_string(index + 1) + "]";
        },
        [&](const std::string& key) {
            // It takes the sign for that of an index, in quotation marks too, and finds nothing.
            if (flavour == "mariadb" && key.starts_with('-'))
                throw DataError(
                    "The key '" + key +
                    "' cannot be looked up in a document by MariaDB: it finds no key that begins with '-'. Read "
                    "the whole document, or give the key another name");
            path += json_path_step(key);
        });
    return path;
}

Value postgresql_json_path(Value place) {
    if (place.kind() != ValueKind::json) return place;
    std::string items = "{";
    each_step(
        place, [&](std::int64_t index) { append_item(items, std::to_string(index)); },
        [&](const std::string& key) { append_item(items, key); });
    return Value::text(items + "}");
}

std::string mysql_match(std::string_view left, std::string_view right, std::string_view mode) {
    std::string words = mode.empty() ? " IN BOOLEAN MODE" : mode == "plain" ? "" : " " + std::string(mode);
    return "MATCH (" + std::string(left).append(") AGAINST (").append(right).append(words).append(")");
}

std::string mysql_regexp_match(std::string_view left, std::string_view right, bool negated, const std::string& flags,
                               bool functions) {
    const std::string_view word = negated ? " NOT REGEXP " : " REGEXP ";
    if (flags.empty()) return words_between(left, word, right);
    if (!functions) return words_between(left, word, flagged_pattern(flags, right));
    return (negated ? "NOT REGEXP_LIKE(" : "REGEXP_LIKE(") + words_between(left, ", ", right) + ", " + flags + ")";
}

std::string mysql_regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                                 const std::string& flags, bool functions) {
    const bool in_pattern = !flags.empty() && !functions;
    std::string call = "REGEXP_REPLACE(" +
                       words_between(text, ", ", in_pattern ? flagged_pattern(flags, pattern) : std::string(pattern));
    call.append(", ").append(replacement);
    if (!flags.empty() && functions) call += ", " + flags;
    return call + ")";
}

std::string postgresql_regexp_match(std::string_view left, std::string_view right, bool negated, std::string_view flags,
                                    const std::string& literal) {
    const std::string_view word = negated ? " !~ " : " ~ ";
    if (flags.empty()) return words_between(left, word, right);
    if (flags == "i") return words_between(left, negated ? " !~* " : " ~* ", right);
    return words_between(left, word, flagged_pattern(literal, right));
}

bool takes_anything(std::string_view function) noexcept {
    static constexpr std::string_view names[] = {
        "array_agg",
        "array_append",
        "array_fill",
        "array_position",
        "array_prepend",
        "array_remove",
        "array_replace",
        "concat",
        "concat_ws",
        "count",
        "format",
        "json_agg",
        "json_build_array",
        "json_build_object",
        "json_object_agg",
        "jsonb_agg",
        "jsonb_build_array",
        "jsonb_build_object",
        "jsonb_object_agg",
        "max",
        "min",
        "num_nonnulls",
        "num_nulls",
        "pg_typeof",
        "quote_literal",
        "quote_nullable",
        "to_json",
        "to_jsonb",
    };
    return std::find(std::begin(names), std::end(names), function) != std::end(names);
}

}  // namespace aludel::dialects
