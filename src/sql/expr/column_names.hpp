#pragma once
// How the columns of a SELECT are named, as SQLAlchemy names them.
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/expr/identity.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>

namespace aludel::detail {

// A name that the compiler completes: between two `name_mark`s stand an identity and a seed; the compiler puts `seed_N`
// there, counting per seed in the order in which it meets them.
inline constexpr char name_mark = '\x02';

/// One column of a SELECT list with its names.
struct ColumnName {
    NodeRef node;
    std::string required;    ///< must be rendered as `AS required`; empty: need not
    std::string fallback;    ///< the label when one has to be rendered nevertheless
    bool generated = false;  ///< the label is cut to the dialect's length
};

/// The names of a SELECT's columns. `for_rendering`: the same column twice gets a label of its own.
std::vector<ColumnName> name_columns(const SelectDraft& select, bool for_rendering);

/// The names of the columns that a SELECT, a UNION or what a statement returns has; none for another node.
std::vector<ColumnName> names_of(const SqlNode& statement, bool for_rendering);

/// The SELECT that gives a subquery, a CTE or a compound its columns; null if there is none.
const SelectNode* naming_select(const SqlNode& statement) noexcept;

std::string anonymous_name(std::string_view identity, std::string_view seed);
/// The name of a FROM element, anonymous or not. Empty for what has none.
std::string from_name(const SqlNode& from);
/// The column's name as others see it, possibly anonymous.
std::string column_name(const ColumnNode& column);
bool is_anonymous(std::string_view name) noexcept;

}  // namespace aludel::detail
