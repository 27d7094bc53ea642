#pragma once
// Pieces of statements that one database writes in its own way.
#include <aludel/types/value.hpp>

#include <string>
#include <string_view>

namespace aludel {

class Value;
struct SqlType;

}  // namespace aludel

namespace aludel::dialects {

/// A place in a JSON document: an index or a key, or (a JSON value) a list of them.
bool is_json_path(const SqlType& type) noexcept;

/// Every database keeps these as they are, whatever the column's type: NULL, integers, text and bytes.
constexpr bool is_kept_by_all(ValueKind kind) noexcept {
    return kind == ValueKind::null || kind == ValueKind::integer || kind == ValueKind::text || kind == ValueKind::bytes;
}
/// `$."a"[1]`. DataError for a key that cannot be written so.
std::string sqlite_json_path(const Value& place);
/// `$."a"[1]`, where an index counts from the end when it is negative.
/// `flavour`: the server's. DataError for a key that it would not find.
std::string mysql_json_path(const Value& place, std::string_view flavour);
/// An index or a key as it is, a list as `{a,1}`.
Value postgresql_json_path(Value place);

/// MATCH … AGAINST.
std::string mysql_match(std::string_view left, std::string_view right, std::string_view mode);
/// `flags`: a string literal, or empty; `functions`: REGEXP_LIKE takes them, else they stand in the pattern.
std::string mysql_regexp_match(std::string_view left, std::string_view right, bool negated, const std::string& flags,
                               bool functions);
std::string mysql_regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                                 const std::string& flags, bool functions);

/// `literal`: the flags as a string literal.
std::string postgresql_regexp_match(std::string_view left, std::string_view right, bool negated, std::string_view flags,
                                    const std::string& literal);
/// The function takes arguments of any type, so that the server cannot find out the type of a parameter.
bool takes_anything(std::string_view function) noexcept;

}  // namespace aludel::dialects
