// How two classes join: found from foreign keys, or from the texts of a relationship's options.
#pragma once

#include "orm/relationship.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::detail {

/// What `Relationship` says about columns.
struct Joins {
    Direction direction = Direction::one_to_many;
    const TableInfo* secondary = nullptr;
    std::vector<ColumnPair> pairs;
    std::vector<AssociationPair> owner_pairs, target_pairs;
    std::vector<JoinComparison> primaryjoin, secondaryjoin;
    /// A class with itself, and nothing says which end is which: the member's type decided.
    bool is_guess = false;

    /// The same seen from the other class.
    [[nodiscard]] Joins swapped() const;
    /// The same columns in the same roles, and no further conditions.
    [[nodiscard]] bool same_as(const Joins& other) const;
};

/// A relationship as it was written, with its two classes.
struct JoinRequest {
    const Mapper& owner;
    const Mapper& target;
    const RelationshipDescription& description;

    [[nodiscard]] std::string full_name() const;
    [[nodiscard]] std::string_view text(RelationshipText meaning) const noexcept {
        return description.options.text(meaning);
    }
    [[nodiscard]] bool is_self_referential() const noexcept { return &owner == &target; }
    /// Nothing is said about how the classes join: neither a join nor which columns are meant.
    [[nodiscard]] bool says_no_join() const noexcept;
};

/// The joins that the options and the tables say, without a look at the other side.
/// @throws ArgumentError, NoForeignKeysError, AmbiguousForeignKeysError that say what to write.
Joins find_joins(const JoinRequest& request);

/// The value of one column refers to the other's by a foreign key.
bool refers_to(const ColumnInfo& column, const ColumnInfo& other);

// ---- texts of options

/// `left op right` as it stands in a text; a literal is always the right operand.
struct WrittenComparison {
    const ColumnInfo* left = nullptr;
    Operator op = Operator::eq;
    const ColumnInfo* right = nullptr;  // null: `literal`
    NodeRef literal;
};

/// The comparisons of `primaryjoin("…")` or `secondaryjoin("…")`; `secondary` is null or takes part.
/// @throws ArgumentError that quotes the text and says what to write.
std::vector<WrittenComparison> parse_join(const JoinRequest& request, std::string_view text,
                                          const TableInfo* secondary);
/// The columns of `foreign_keys("…")` or `remote_side("…")`.
std::vector<const ColumnInfo*> parse_columns(const JoinRequest& request, std::string_view option, std::string_view text,
                                             const TableInfo* secondary);
/// The columns of `order_by("…")`, each with whether it is descending.
std::vector<std::pair<const ColumnInfo*, bool>> parse_order(const JoinRequest& request, const TableInfo* secondary);

}  // namespace aludel::detail
