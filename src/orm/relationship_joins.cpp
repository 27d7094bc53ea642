#include "orm/relationship_joins.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/schema/metadata.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace aludel::detail {

namespace {

constexpr std::string_view undetermined =
    "Could not determine join condition between parent/child tables on relationship";

using Columns = std::vector<const ColumnInfo*>;

bool holds(const Columns& columns, const ColumnInfo* column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// `referred = referring`, by one foreign key.
struct Reference {
    const ColumnInfo* referred;
    const ColumnInfo* referring;
    bool operator==(const Reference&) const = default;
};
using References = std::vector<Reference>;

/// The foreign keys of `from` that lead to `to`; with `foreign_keys("…")` those of just these columns. Each in the
/// order of its columns in the table. Keys that say the same count once.
std::vector<References> keys_between(const TableInfo& from, const TableInfo& to, const Columns& meant) {
    std::vector<References> keys;
    for (const ForeignKeyInfo& key : from.foreign_keys()) {
        if (key.find_referred_table() != &to) {
            continue;
        }
        References references;
        for (std::size_t i = 0; i < key.columns().size(); ++i) {
            references.push_back({&key.referred_column(i), key.columns()[i]});
        }
        const bool is_meant = std::all_of(references.begin(), references.end(),
                                          [&](const Reference& each) { return holds(meant, each.referring); });
        std::sort(references.begin(), references.end(), [](const Reference& a, const Reference& b) {
            return a.referring->position() < b.referring->position();
        });
        if ((meant.empty() || is_meant) && std::find(keys.begin(), keys.end(), references) == keys.end()) {
            keys.push_back(std::move(references));
        }
    }
    return keys;
}

/// The side of the other class, or of the owner, that a column of a join without association table belongs to.
class JoinFinder {
  public:
    explicit JoinFinder(const JoinRequest& request) : request_(request) {}

    Joins find();

  private:
    [[nodiscard]] bool is_one() const noexcept { return request_.description.shape == RelationshipShape::one; }
    void read_secondary();
    void read_columns();

    void join_tables();
    void join_written();
    void join_association();
    std::vector<JoinComparison> association_side(RelationshipText meaning, JoinSide side,
                                                 std::vector<AssociationPair>& pairs);
    [[nodiscard]] JoinComparison association_comparison(const WrittenComparison& written, JoinSide side) const;
    [[nodiscard]] JoinSide association_side_of(const ColumnInfo& column, JoinSide mapped) const;

    /// Where the foreign column of a comparison stands.
    [[nodiscard]] JoinSide foreign_side(const ColumnInfo& foreign, const ColumnInfo& other);
    [[nodiscard]] const ColumnInfo* foreign_of(const WrittenComparison& written) const;
    void add_pair(const ColumnInfo& foreign, const ColumnInfo& other, JoinSide side);
    void set_direction(JoinSide foreign);
    void check_written();

    [[noreturn]] void no_keys() const;
    [[noreturn]] void several_keys(const std::vector<References>& keys) const;
    [[noreturn]] void no_association_keys() const;
    [[noreturn]] void several_association_keys() const;

    const JoinRequest& request_;
    Columns foreign_, remote_;
    Joins joins_;
    std::optional<JoinSide> foreign_stands_;
    bool has_foreign_ = false;
};

// ---- without an association table

JoinSide JoinFinder::foreign_side(const ColumnInfo& foreign, const ColumnInfo& other) {
    if (!request_.is_self_referential()) {
        return &foreign.table() == &request_.owner.table() ? JoinSide::owner : JoinSide::target;
    }
    if (!remote_.empty()) {
        const bool both = holds(remote_, &foreign) && holds(remote_, &other);
        return holds(remote_, &foreign) && !(both && is_one()) ? JoinSide::target : JoinSide::owner;
    }
    joins_.is_guess = true;
    return is_one() ? JoinSide::owner : JoinSide::target;
}

void JoinFinder::add_pair(const ColumnInfo& foreign, const ColumnInfo& other, JoinSide side) {
    const bool owner_refers = side == JoinSide::owner;
    joins_.pairs.push_back({&request_.owner.attribute_of(owner_refers ? foreign : other),
                            &request_.target.attribute_of(owner_refers ? other : foreign)});
}

JoinSide opposite(JoinSide side) { return side == JoinSide::owner ? JoinSide::target : JoinSide::owner; }

void JoinFinder::set_direction(JoinSide foreign) {
    if (foreign_stands_ && *foreign_stands_ != foreign) {
        throw ArgumentError(
            fmt::format("Can't determine relationship direction for relationship '{}' - foreign key columns within the "
                        "join condition are present in both the parent and the child's mapped tables. Write "
                        "foreign_keys(\"…\") with the columns that refer to the other class",
                        request_.full_name()));
    }
    foreign_stands_ = foreign;
    joins_.direction = foreign == JoinSide::owner ? Direction::many_to_one : Direction::one_to_many;
}

void JoinFinder::join_tables() {
    const TableInfo& owner = request_.owner.table();
    const TableInfo& target = request_.target.table();
    std::vector<References> keys = keys_between(target, owner, foreign_);
    if (&owner != &target) {
        for (References& key : keys_between(owner, target, foreign_)) {
            keys.push_back(std::move(key));
        }
    }
    if (keys.empty()) {
        no_keys();
    }
    if (keys.size() > 1) {
        several_keys(keys);
    }
    for (const Reference& each : keys.front()) {
        const JoinSide side = foreign_side(*each.referring, *each.referred);
        joins_.primaryjoin.push_back({{opposite(side), each.referred, {}}, Operator::eq, {side, each.referring, {}}});
        add_pair(*each.referring, *each.referred, side);
        set_direction(side);
    }
}

const ColumnInfo* JoinFinder::foreign_of(const WrittenComparison& written) const {
    if (!foreign_.empty()) {
        if (holds(foreign_, written.right)) return written.right;
        return holds(foreign_, written.left) ? written.left : nullptr;
    }
    if (refers_to(*written.left, *written.right)) return written.left;
    if (refers_to(*written.right, *written.left)) return written.right;
    return nullptr;
}

void JoinFinder::join_written() {
    for (const WrittenComparison& written :
         parse_join(request_, request_.text(RelationshipText::primaryjoin), nullptr)) {
        const auto side_of_table = [&](const ColumnInfo& column) {
            const bool is_target =
                request_.is_self_referential() ? holds(remote_, &column) : &column.table() == &request_.target.table();
            return is_target ? JoinSide::target : JoinSide::owner;
        };
        if (written.right == nullptr) {
            joins_.primaryjoin.push_back({{side_of_table(*written.left), written.left, {}},
                                          written.op,
                                          {JoinSide::owner, nullptr, written.literal}});
            continue;
        }
        const ColumnInfo* foreign = foreign_of(written);
        JoinSide left = side_of_table(*written.left);
        JoinSide right = side_of_table(*written.right);
        if (foreign != nullptr) {
            const bool left_is_foreign = foreign == written.left && written.left != written.right;
            const JoinSide side = foreign_side(*foreign, left_is_foreign ? *written.right : *written.left);
            left = left_is_foreign ? side : request_.is_self_referential() ? opposite(side) : left;
            right = left_is_foreign ? (request_.is_self_referential() ? opposite(side) : right) : side;
            has_foreign_ = true;
            if (left != right && written.left != written.right) {
                set_direction(side);
            }
            if (left != right && written.op == Operator::eq) {
                add_pair(*foreign, left_is_foreign ? *written.right : *written.left, side);
            }
        }
        joins_.primaryjoin.push_back({{left, written.left, {}}, written.op, {right, written.right, {}}});
    }
    check_written();
}

void JoinFinder::check_written() {
    const std::string_view text = request_.text(RelationshipText::primaryjoin);
    if (!has_foreign_ || !foreign_stands_) {
        throw ArgumentError(fmt::format(
            "Could not locate any relevant foreign key columns for primary join condition '{}' on relationship {}. "
            "Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or write "
            "foreign_keys(\"…\") with the columns that refer to the other class",
            text, request_.full_name()));
    }
    if (joins_.pairs.empty() && !request_.description.options.has(RelationshipFlag::viewonly)) {
        throw ArgumentError(fmt::format(
            "Could not locate any simple equality expressions involving locally mapped foreign key columns for primary "
            "join condition '{}' on relationship {}. To allow comparison operators other than '==', the relationship "
            "can be marked as viewonly",
            text, request_.full_name()));
    }
}

// ---- with an association table

void JoinFinder::read_secondary() {
    const std::string_view name = request_.text(RelationshipText::secondary);
    if (name.empty()) {
        if (!request_.text(RelationshipText::secondaryjoin).empty()) {
            throw ArgumentError(fmt::format(
                "Property {} specified with secondary join condition but no secondary argument; write secondary(\"…\") "
                "with the name of the association table",
                request_.full_name()));
        }
        return;
    }
    joins_.secondary = &request_.owner.table().metadata()->table(name);
}

JoinSide JoinFinder::association_side_of(const ColumnInfo& column, JoinSide mapped) const {
    if (&column.table() == joins_.secondary) return JoinSide::association;
    if (request_.is_self_referential()) return mapped;
    return &column.table() == &request_.owner.table() ? JoinSide::owner : JoinSide::target;
}

JoinComparison JoinFinder::association_comparison(const WrittenComparison& written, JoinSide side) const {
    JoinComparison comparison{{association_side_of(*written.left, side), written.left, {}}, written.op, {}};
    if (written.right == nullptr) {
        comparison.right.literal = written.literal;
    } else {
        comparison.right = {association_side_of(*written.right, side), written.right, {}};
    }
    return comparison;
}

std::vector<JoinComparison> JoinFinder::association_side(RelationshipText meaning, JoinSide side,
                                                         std::vector<AssociationPair>& pairs) {
    const Mapper& mapper = side == JoinSide::owner ? request_.owner : request_.target;
    std::vector<JoinComparison> comparisons;
    if (const std::string_view text = request_.text(meaning); !text.empty()) {
        for (const WrittenComparison& written : parse_join(request_, text, joins_.secondary)) {
            comparisons.push_back(association_comparison(written, side));
        }
    } else {
        const auto keys = keys_between(*joins_.secondary, mapper.table(), foreign_);
        if (keys.empty()) {
            no_association_keys();
        }
        if (keys.size() > 1) {
            several_association_keys();
        }
        for (const Reference& each : keys.front()) {
            comparisons.push_back(
                {{side, each.referred, {}}, Operator::eq, {JoinSide::association, each.referring, {}}});
        }
    }
    for (const JoinComparison& each : comparisons) {
        if (each.op != Operator::eq || each.right.column == nullptr) continue;
        const bool on_left = each.left.side == JoinSide::association;
        const JoinOperand& mapped = on_left ? each.right : each.left;
        const JoinOperand& association = on_left ? each.left : each.right;
        if (mapped.side == side && association.side == JoinSide::association) {
            pairs.push_back({&mapper.attribute_of(*mapped.column), association.column});
        }
    }
    if (pairs.empty()) {
        throw ArgumentError(fmt::format(
            "Could not locate any relevant foreign key columns for {} join condition '{}' on relationship {}; compare "
            "a column of {} with one of {}",
            side == JoinSide::owner ? "primary" : "secondary", request_.text(meaning), request_.full_name(),
            mapper.table().key(), joins_.secondary->key()));
    }
    return comparisons;
}

void JoinFinder::join_association() {
    joins_.direction = Direction::many_to_many;
    joins_.secondaryjoin = association_side(RelationshipText::secondaryjoin, JoinSide::target, joins_.target_pairs);
    joins_.primaryjoin = association_side(RelationshipText::primaryjoin, JoinSide::owner, joins_.owner_pairs);
}

// ----

void JoinFinder::read_columns() {
    const auto read = [&](std::string_view option, RelationshipText meaning) {
        const std::string_view text = request_.text(meaning);
        return text.empty() ? Columns{} : parse_columns(request_, option, text, joins_.secondary);
    };
    foreign_ = read("foreign_keys", RelationshipText::foreign_keys);
    remote_ = read("remote_side", RelationshipText::remote_side);
}

Joins JoinFinder::find() {
    if (request_.owner.table().metadata() == nullptr) {
        throw InvalidRequestError(fmt::format(
            "Relationship {}: class {} belongs to no Registry; name it in `using Base = Registry<…>` and call "
            "Base::metadata() before it is used",
            request_.full_name(), request_.owner.class_name()));
    }
    read_secondary();
    read_columns();
    if (joins_.secondary != nullptr) {
        join_association();
    } else if (request_.text(RelationshipText::primaryjoin).empty()) {
        join_tables();
    } else {
        join_written();
    }
    return std::move(joins_);
}

void JoinFinder::no_keys() const {
    const std::string_view owner = request_.owner.table().key();
    throw NoForeignKeysError(fmt::format(
        "{} {} - there are no foreign keys linking these tables. Give a column of one of them a ForeignKey(\"{}.…\") "
        "or ForeignKey(\"{}.…\"), write primaryjoin(\"{}.column == {}.column\") with foreign_keys(\"…\"), or "
        "secondary(\"…\") for an association table",
        undetermined, request_.full_name(), owner, request_.target.table().key(), owner,
        request_.target.table().key()));
}

void JoinFinder::several_keys(const std::vector<References>& keys) const {
    std::string choices;
    for (const References& key : keys) {
        choices += choices.empty() ? "foreign_keys(\"" : " or foreign_keys(\"";
        for (const Reference& each : key) {
            choices += fmt::format("{}{}", &each == &key.front() ? "" : ", ", each.referring->full_name());
        }
        choices += "\")";
    }
    throw AmbiguousForeignKeysError(
        fmt::format("{} {} - there are multiple foreign key paths linking the tables. Specify the 'foreign_keys' "
                    "argument, providing a list of those columns which should be counted as containing a foreign key "
                    "reference to the parent table: {}",
                    undetermined, request_.full_name(), choices));
}

void JoinFinder::no_association_keys() const {
    throw NoForeignKeysError(
        fmt::format("{} {} - there are no foreign keys linking these tables via secondary table '{}'. Give its columns "
                    "ForeignKey(\"{}.…\") and ForeignKey(\"{}.…\"), or write primaryjoin(\"…\") and "
                    "secondaryjoin(\"…\")",
                    undetermined, request_.full_name(), joins_.secondary->name(), request_.owner.table().name(),
                    request_.target.table().name()));
}

void JoinFinder::several_association_keys() const {
    throw AmbiguousForeignKeysError(fmt::format(
        "{} {} - there are multiple foreign key paths linking the tables via secondary table '{}'. Write "
        "foreign_keys(\"…\") with the columns of the association table that are meant, or primaryjoin(\"…\") and "
        "secondaryjoin(\"…\")",
        undetermined, request_.full_name(), joins_.secondary->name()));
}

JoinOperand swapped(JoinOperand operand) {
    if (operand.column != nullptr && operand.side != JoinSide::association) {
        operand.side = opposite(operand.side);
    }
    return operand;
}

std::vector<JoinComparison> swapped(const std::vector<JoinComparison>& comparisons) {
    std::vector<JoinComparison> result;
    result.reserve(comparisons.size());
    for (const JoinComparison& each : comparisons) {
        result.push_back({swapped(each.left), each.op, swapped(each.right)});
    }
    return result;
}

template <class Pair>
bool same_pairs(const std::vector<Pair>& a, const std::vector<Pair>& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const Pair& pair) {
               return std::find(b.begin(), b.end(), pair) != b.end();
           });
}

}  // namespace

std::string JoinRequest::full_name() const { return fmt::format("{}.{}", owner.class_name(), description.name); }

bool JoinRequest::says_no_join() const noexcept {
    return text(RelationshipText::primaryjoin).empty() && text(RelationshipText::secondaryjoin).empty() &&
           text(RelationshipText::foreign_keys).empty() && text(RelationshipText::remote_side).empty();
}

Joins Joins::swapped() const {
    Joins other{direction, secondary, {}, target_pairs, owner_pairs, {}, {}, is_guess};
    for (const ColumnPair& pair : pairs) {
        other.pairs.push_back({pair.target, pair.owner});
    }
    if (direction == Direction::many_to_many) {
        other.primaryjoin = detail::swapped(secondaryjoin);
        other.secondaryjoin = detail::swapped(primaryjoin);
    } else {
        other.direction = direction == Direction::one_to_many ? Direction::many_to_one : Direction::one_to_many;
        other.primaryjoin = detail::swapped(primaryjoin);
    }
    return other;
}

bool Joins::same_as(const Joins& other) const {
    return direction == other.direction && secondary == other.secondary && same_pairs(pairs, other.pairs) &&
           same_pairs(owner_pairs, other.owner_pairs) && same_pairs(target_pairs, other.target_pairs) &&
           primaryjoin.size() == other.primaryjoin.size() && secondaryjoin.size() == other.secondaryjoin.size();
}

bool refers_to(const ColumnInfo& column, const ColumnInfo& other) {
    for (const ForeignKeyInfo* key : column.foreign_keys()) {
        const auto& columns = key->columns();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i] == &column && key->find_referred_table() == &other.table() &&
                key->target_column_name(i) == other.name()) {
                return true;
            }
        }
    }
    return false;
}

Joins find_joins(const JoinRequest& request) { return JoinFinder(request).find(); }

}  // namespace aludel::detail
