// A relationship as the library works with it: resolved against the tables, with its other side.
#pragma once

#include <aludel/orm/detail/related.hpp>
#include <aludel/orm/mapper.hpp>
#include <aludel/sql/expr/node.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

enum class Direction : std::uint8_t { one_to_many, many_to_one, many_to_many };

enum class LazyStrategy : std::uint8_t {
    select,
    joined,
    subquery,
    selectin,
    immediate,
    batch,
    raise,
    raise_on_sql,
    noload,
    dynamic,
};

enum class CascadeKind : std::uint8_t {
    save_update = 1,
    merge = 2,
    delete_ = 4,
    delete_orphan = 8,
    refresh_expire = 16,
    expunge = 32,
};

enum class PassiveDeletes : std::uint8_t { off, on, all };

/// One column whose value is the same on both sides: the owner's attribute and the target's. Which of them is the copy
/// depends on the direction: the target's for one-to-many, the owner's for many-to-one.
struct ColumnPair {
    const Attribute* owner;
    const Attribute* target;
    bool operator==(const ColumnPair&) const = default;
};

/// A column of a mapped class and the column of the association table that refers to it.
struct AssociationPair {
    const Attribute* attribute;
    const ColumnInfo* association;
    bool operator==(const AssociationPair&) const = default;
};

/// Where a column of a join condition stands.
enum class JoinSide : std::uint8_t { owner, target, association };

/// One side of one comparison: a column, or (column null) a literal.
struct JoinOperand {
    JoinSide side = JoinSide::owner;
    const ColumnInfo* column = nullptr;
    NodeRef literal;
};

/// `left op right`, in the order in which it is written in SQL.
struct JoinComparison {
    JoinOperand left;
    Operator op = Operator::eq;
    JoinOperand right;
};

/// The FROM elements that stand for the sides of a relationship in one statement.
struct JoinElements {
    NodeRef owner;
    NodeRef target;
    NodeRef association;  // null without `secondary`
};

/// Built from its description when first needed, then only read, by any thread.
class Relationship {
  public:
    Relationship(const Mapper& owner, const RelationshipDescription& description, std::size_t index);

    [[nodiscard]] std::string_view name() const noexcept { return description_->name; }
    /// "User.addresses", for messages and for the order of a flush.
    [[nodiscard]] std::string full_name() const;
    [[nodiscard]] const Mapper& owner() const noexcept { return *owner_; }
    [[nodiscard]] const Mapper& target() const noexcept { return *target_; }
    /// The place among the owner's relationships.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    [[nodiscard]] const RelationshipDescription& description() const noexcept { return *description_; }
    [[nodiscard]] RelationshipShape shape() const noexcept { return description_->shape; }
    [[nodiscard]] bool is_collection() const noexcept { return shape() != RelationshipShape::one; }
    [[nodiscard]] bool is_dynamic() const noexcept { return shape() == RelationshipShape::dynamic; }

    [[nodiscard]] Direction direction() const noexcept { return direction_; }
    [[nodiscard]] bool is_self_referential() const noexcept { return owner_ == target_; }
    /// Without `secondary`: the foreign key's columns.
    [[nodiscard]] const std::vector<ColumnPair>& pairs() const noexcept { return pairs_; }
    /// The association table, or null.
    [[nodiscard]] const TableInfo* secondary() const noexcept { return secondary_; }
    [[nodiscard]] const std::vector<AssociationPair>& owner_pairs() const noexcept { return owner_pairs_; }
    [[nodiscard]] const std::vector<AssociationPair>& target_pairs() const noexcept { return target_pairs_; }
    /// The comparisons of the join of owner (and association table), and of association table and target.
    [[nodiscard]] const std::vector<JoinComparison>& primaryjoin() const noexcept { return primaryjoin_; }
    [[nodiscard]] const std::vector<JoinComparison>& secondaryjoin() const noexcept { return secondaryjoin_; }
    /// Both as one condition over the classes' tables; null with an association table.
    [[nodiscard]] const NodeRef& condition() const noexcept { return condition_; }
    /// The owner's attributes that choose the related rows, in the order in which the joins name them.
    [[nodiscard]] const std::vector<const Attribute*>& owner_attributes() const noexcept { return owner_attributes_; }
    /// Many-to-one by the target's primary key: the object may be found in the identity map.
    [[nodiscard]] bool uses_get() const noexcept { return uses_get_; }

    /// The same relationship as the other class declares it, or null.
    [[nodiscard]] const Relationship* reverse() const noexcept { return reverse_; }
    [[nodiscard]] bool cascades(CascadeKind kind) const noexcept {
        return (cascades_ & static_cast<std::uint8_t>(kind)) != 0;
    }
    [[nodiscard]] LazyStrategy lazy() const noexcept { return lazy_; }
    [[nodiscard]] bool viewonly() const noexcept { return description_->options.has(RelationshipFlag::viewonly); }
    [[nodiscard]] bool post_update() const noexcept { return description_->options.has(RelationshipFlag::post_update); }
    [[nodiscard]] bool single_parent() const noexcept {
        return description_->options.has(RelationshipFlag::single_parent);
    }
    [[nodiscard]] bool innerjoin() const noexcept { return description_->options.has(RelationshipFlag::innerjoin); }
    [[nodiscard]] PassiveDeletes passive_deletes() const noexcept { return passive_deletes_; }
    [[nodiscard]] bool passive_updates() const noexcept {
        return !description_->options.has(RelationshipFlag::passive_updates_off);
    }
    [[nodiscard]] int join_depth() const noexcept { return description_->options.join_depth; }
    /// `order_by("…")` as columns of `target`, the FROM element that stands for the target's table, and of
    /// `association`, which stands for the association table (null: the table itself).
    [[nodiscard]] std::vector<NodeRef> order_by(const NodeRef& target, const NodeRef& association = {}) const;
    /// Of a keyed collection: the attribute of the target that is the key.
    [[nodiscard]] const Attribute* key_attribute() const noexcept { return key_attribute_; }

  private:
    friend class RelationshipResolver;  // relationship_resolver.cpp fills in what follows
    friend const Relationship* next_delete_orphan(const Relationship& relationship) noexcept;

    struct OrderItem {
        const ColumnInfo* column;
        bool descending;
    };

    const Mapper* owner_;
    const RelationshipDescription* description_;
    std::size_t index_;
    const Mapper* target_ = nullptr;
    Direction direction_ = Direction::one_to_many;
    std::vector<ColumnPair> pairs_;
    const TableInfo* secondary_ = nullptr;
    std::vector<AssociationPair> owner_pairs_, target_pairs_;
    std::vector<JoinComparison> primaryjoin_, secondaryjoin_;
    NodeRef condition_;
    std::vector<const Attribute*> owner_attributes_;
    bool uses_get_ = false;
    const Relationship* reverse_ = nullptr;
    std::uint8_t cascades_ = 0;
    LazyStrategy lazy_ = LazyStrategy::select;
    PassiveDeletes passive_deletes_ = PassiveDeletes::off;
    std::vector<OrderItem> order_by_;
    const Attribute* key_attribute_ = nullptr;
    const Relationship* next_delete_orphan_ = nullptr;
};

/// The relationships of a class, in the order of declaration; resolves them, and those of every class that they lead
/// to, at the first call. Thread-safe.
/// @throws ArgumentError, NoForeignKeysError, AmbiguousForeignKeysError, … that say what to write.
std::span<const Relationship> relationships_of(const Mapper& mapper);

/// By the member's name. @throws InvalidRequestError that lists the relationships.
const Relationship& relationship_named(const Mapper& mapper, std::string_view name);
/// By the link inside of one of its objects.
const Relationship& relationship_with_link(const AttributeLink& link);
/// By the place of the member in the class, as `rel<&Class::member>` knows it.
const Relationship& relationship_at(const Mapper& mapper, std::uint32_t offset);

/// The relationships with delete-orphan that lead to a class, as a list: of those classes that were used already. What
/// was never used has no objects that could be parents.
const Relationship* first_delete_orphan(const Mapper& target) noexcept;
const Relationship* next_delete_orphan(const Relationship& relationship) noexcept;

/// The comparisons as SQL over these FROM elements.
std::vector<NodeRef> join_criteria(const std::vector<JoinComparison>& comparisons, const JoinElements& elements);
/// The same, with the owner's columns replaced by values: `? = addresses.user_id`.
std::vector<NodeRef> join_criteria_for(const Relationship& relationship, const ObjectHeader& owner,
                                       const NodeRef& target, const NodeRef& association);
/// primaryjoin and secondaryjoin as one condition: what `JOIN … ON` says without an association table, and what the
/// WHERE of an EXISTS says.
NodeRef whole_condition(const Relationship& relationship, const JoinElements& elements);

}  // namespace aludel::detail
