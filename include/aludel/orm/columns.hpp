// Attributes and entities as parts of queries.
#pragma once

#include <aludel/orm/detail/relationship_ref.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {

template <auto Member>
using owner_of = typename MemberPointer<decltype(Member)>::owner;
template <auto Member>
using member_type = typename MemberPointer<decltype(Member)>::type;

/// `Owner` makes what concerns a class of an unnamed namespace local to its file: g++ does not look into `Member`.
template <auto Member, class Owner = owner_of<Member>>
NodeRef resolve_column() {
    static const NodeRef node = column_node(mapper<Owner>().attribute_at(offset_of(Member)).column());
    return node;
}

template <class M>
struct ColumnOf {
    static_assert(IsMapped<M>::value, "aludel: this member is no Mapped<…>; only mapped members are columns");
    using type = int;
};
template <class T, auto... Options>
struct ColumnOf<Mapped<T, Options...>> {
    using type = T;
};

}  // namespace detail

/// The column of a mapped member: `col<&User::name> == "ed"`, `col<&User::name>.desc()`. A constant; it finds its
/// column when it is first used.
template <auto Member, class Owner = detail::owner_of<Member>>
inline constexpr ColumnExpr<typename detail::ColumnOf<detail::member_type<Member>>::type> col{
    &detail::resolve_column<Member, Owner>};

/// A whole object as one of several things to query: `session.query(entity<User>, func::count())`.
template <class T>
struct Entity {
    /// In statements of the expression language it is the class's table: `insert(entity<User>)`,
    /// `select(entity<User>)`.
    [[nodiscard]] const TableInfo& info() const { return mapper<T>().table(); }
};
template <class T>
inline constexpr Entity<T> entity{};

/// A class under another name in one query: `auto other = aliased<User>(); other[&User::name]`.
template <class T>
class Alias {
  public:
    explicit Alias(NodeRef from) : from_(std::move(from)) {}

    /// The alias's column of a member, or, of a member that is a relationship, the relationship from the alias.
    template <class M, class C>
    auto operator[](M C::* member) const {
        if constexpr (detail::IsRelationship<M>) {
            return relationship(member);
        } else {
            return ColumnExpr<typename detail::ColumnOf<M>::type>(
                detail::attribute_column(from_, mapper<T>(), detail::offset_of(member)));
        }
    }
    [[nodiscard]] const NodeRef& node() const noexcept { return from_; }

  private:
    template <class M, class C>
    auto relationship(M C::* member) const;  // in rel.hpp

    NodeRef from_;
};

/// Another FROM element of the class's table; an empty name is made by the compiler (`users_1`).
template <class T>
[[nodiscard]] Alias<T> aliased(std::string_view name = {}) {
    return Alias<T>(alias_of(mapper<T>().selectable(), std::string(name)));
}
/// The rows of a subquery as objects of the class: `aliased<Address>(query.subquery())`. The subquery must select all
/// columns of the class.
template <class T>
[[nodiscard]] Alias<T> aliased(const Subquery& subquery) {
    return Alias<T>(subquery.node());
}

}  // namespace aludel
