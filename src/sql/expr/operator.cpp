#include <aludel/sql/expr/operator.hpp>

namespace aludel::detail {

namespace {

constexpr int smallest = -100;
constexpr int highest = 100;

struct Facts {
    Operator op;
    int precedence;
    Operator negation;
    bool comparison;
    std::string_view text;
};

// Precedence and texts are SQLAlchemy's. The text-matching helpers have none of their own there: they group whatever
// they take, and whatever takes them groups them.
constexpr Facts facts[] = {
    {Operator::none, smallest, Operator::none, false, ""},
    {Operator::eq, 5, Operator::ne, true, " = "},
    {Operator::ne, 5, Operator::eq, true, " != "},
    {Operator::lt, 5, Operator::ge, true, " < "},
    {Operator::le, 5, Operator::gt, true, " <= "},
    {Operator::gt, 5, Operator::le, true, " > "},
    {Operator::ge, 5, Operator::lt, true, " >= "},
    {Operator::is, 5, Operator::is_not, true, " IS "},
    {Operator::is_not, 5, Operator::is, true, " IS NOT "},
    {Operator::is_distinct_from, 5, Operator::is_not_distinct_from, true, " IS DISTINCT FROM "},
    {Operator::is_not_distinct_from, 5, Operator::is_distinct_from, true, " IS NOT DISTINCT FROM "},
    {Operator::like, 5, Operator::not_like, true, " LIKE "},
    {Operator::not_like, 5, Operator::like, true, " NOT LIKE "},
    {Operator::ilike, 5, Operator::not_ilike, true, " ILIKE "},
    {Operator::not_ilike, 5, Operator::ilike, true, " NOT ILIKE "},
    {Operator::startswith, smallest, Operator::not_startswith, true, ""},
    {Operator::not_startswith, smallest, Operator::startswith, true, ""},
    {Operator::endswith, smallest, Operator::not_endswith, true, ""},
    {Operator::not_endswith, smallest, Operator::endswith, true, ""},
    {Operator::contains, smallest, Operator::not_contains, true, ""},
    {Operator::not_contains, smallest, Operator::contains, true, ""},
    {Operator::in, 5, Operator::not_in, true, " IN "},
    {Operator::not_in, 5, Operator::in, true, " NOT IN "},
    {Operator::between, 5, Operator::not_between, true, " BETWEEN "},
    {Operator::not_between, 5, Operator::between, true, " NOT BETWEEN "},
    {Operator::match, 5, Operator::not_match, true, " MATCH "},
    {Operator::not_match, 5, Operator::match, true, " NOT MATCH "},
    {Operator::regexp_match, 5, Operator::not_regexp_match, true, ""},
    {Operator::not_regexp_match, 5, Operator::regexp_match, true, ""},
    {Operator::array_contains, 5, Operator::none, true, " @> "},
    {Operator::array_contained_by, 5, Operator::none, true, " <@ "},
    {Operator::array_overlap, 5, Operator::none, true, " && "},
    {Operator::add, 7, Operator::none, false, " + "},
    {Operator::sub, 7, Operator::none, false, " - "},
    {Operator::mul, 8, Operator::none, false, " * "},
    {Operator::div, 8, Operator::none, false, " / "},
    {Operator::mod, 8, Operator::none, false, " % "},
    {Operator::neg, 8, Operator::none, false, "-"},
    {Operator::concat, 6, Operator::none, false, " || "},
    {Operator::regexp_replace, 5, Operator::none, false, ""},
    {Operator::custom, 0, Operator::none, false, ""},
    {Operator::getitem, 15, Operator::none, false, ""},
    {Operator::json_item, 15, Operator::none, false, " -> "},
    {Operator::json_path_item, 15, Operator::none, false, " #> "},
    {Operator::json_text, 15, Operator::none, false, " ->> "},
    {Operator::json_path_text, 15, Operator::none, false, " #>> "},
    {Operator::json_has_key, 15, Operator::none, false, " ? "},
    {Operator::json_has_all, 15, Operator::none, false, " ?& "},
    {Operator::json_has_any, 15, Operator::none, false, " ?| "},
    {Operator::json_contains, 15, Operator::none, false, " @> "},
    {Operator::json_contained_by, 15, Operator::none, false, " <@ "},
    {Operator::and_, 3, Operator::none, false, " AND "},
    {Operator::or_, 2, Operator::none, false, " OR "},
    {Operator::not_, 5, Operator::none, false, "NOT "},
    {Operator::is_true, 5, Operator::is_false, false, ""},
    {Operator::is_false, 5, Operator::is_true, false, "NOT "},
    {Operator::exists, 0, Operator::none, false, "EXISTS "},
    {Operator::asc, 3, Operator::none, false, " ASC"},
    {Operator::desc, 3, Operator::none, false, " DESC"},
    {Operator::nulls_first, highest, Operator::none, false, " NULLS FIRST"},
    {Operator::nulls_last, highest, Operator::none, false, " NULLS LAST"},
    {Operator::distinct, 5, Operator::none, false, "DISTINCT "},
    {Operator::collate, 4, Operator::none, false, " COLLATE "},
    {Operator::any, 15, Operator::none, false, "ANY "},
    {Operator::all, 15, Operator::none, false, "ALL "},
    {Operator::comma, -1, Operator::none, false, ", "},
    {Operator::as, -1, Operator::none, false, " AS "},
    {Operator::filter, 6, Operator::none, false, ""},
    {Operator::as_boolean, -10, Operator::none, false, ""},
    {Operator::largest, highest, Operator::none, false, ""},
};

constexpr bool in_order() {
    for (unsigned i = 0; i < sizeof(facts) / sizeof(facts[0]); ++i)
        if (static_cast<unsigned>(facts[i].op) != i) return false;
    return true;
}
static_assert(in_order());

const Facts& of(Operator op) noexcept { return facts[static_cast<unsigned>(op)]; }

}  // namespace

int precedence(Operator op) noexcept { return of(op).precedence; }

bool is_associative(Operator op) noexcept {
    switch (op) {
        case Operator::add:
        case Operator::mul:
        case Operator::concat:
        case Operator::getitem:
        case Operator::json_item:
        case Operator::json_path_item:
        case Operator::and_:
        case Operator::or_: return true;
        default: return false;
    }
}

bool needs_group(Operator op, Operator against) noexcept {
    if (op == against && is_associative(op)) return false;
    const int limit = precedence(against);
    return precedence(op) <= (limit == smallest ? highest : limit);
}

Operator negation(Operator op) noexcept { return of(op).negation; }

Operator mirror(Operator op) noexcept {
    switch (op) {
        case Operator::lt: return Operator::gt;
        case Operator::le: return Operator::ge;
        case Operator::gt: return Operator::lt;
        case Operator::ge: return Operator::le;
        default: return op;
    }
}

bool is_comparison(Operator op) noexcept { return of(op).comparison; }

std::string_view operator_text(Operator op) noexcept { return of(op).text; }

}  // namespace aludel::detail
