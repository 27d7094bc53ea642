#pragma once
// The operators of SQL expressions, and what decides about parentheses: precedence, associativity, negation.
#include <cstdint>
#include <string_view>

namespace aludel {

/// What an expression node does with its operands.
enum class Operator : std::uint8_t {
    none,
    // comparisons
    eq,
    ne,
    lt,
    le,
    gt,
    ge,
    is,
    is_not,
    is_distinct_from,
    is_not_distinct_from,
    like,
    not_like,
    ilike,
    not_ilike,
    startswith,
    not_startswith,
    endswith,
    not_endswith,
    contains,
    not_contains,
    in,
    not_in,
    between,
    not_between,
    match,
    not_match,
    regexp_match,
    not_regexp_match,
    array_contains,
    array_contained_by,
    array_overlap,
    // arithmetic and text
    add,
    sub,
    mul,
    div,
    mod,
    neg,
    concat,
    regexp_replace,
    custom,
    // parts of documents and arrays
    getitem,
    json_item,
    json_path_item,
    json_text,
    json_path_text,
    json_has_key,
    json_has_all,
    json_has_any,
    json_contains,
    json_contained_by,
    // booleans
    and_,
    or_,
    not_,
    is_true,
    is_false,
    exists,
    // modifiers
    asc,
    desc,
    nulls_first,
    nulls_last,
    distinct,
    collate,
    any,
    all,
    // positions in a statement that an operand may stand in
    comma,
    as,
    filter,
    as_boolean,
    largest,
};

namespace detail {

/// How tightly an operator binds; higher is tighter.
int precedence(Operator op) noexcept;
/// `(a op b) op c` needs no parentheses.
bool is_associative(Operator op) noexcept;
/// An expression of `op` needs parentheses as an operand of `against`.
bool needs_group(Operator op, Operator against) noexcept;
/// The operator that means the opposite; `none` if there is no such.
Operator negation(Operator op) noexcept;
/// `a op b` is `b mirrored a`.
Operator mirror(Operator op) noexcept;
/// =, !=, <, <=, >, >=, IS, LIKE, IN and their like.
bool is_comparison(Operator op) noexcept;
/// ` = `, ` AND `, `NOT `: the text between or before the operands.
std::string_view operator_text(Operator op) noexcept;

}  // namespace detail
}  // namespace aludel
