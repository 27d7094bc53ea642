// Relationships as parts of queries.
#pragma once

#include <aludel/orm/columns.hpp>
#include <aludel/orm/detail/attribute_by_name.hpp>
#include <aludel/orm/detail/relationship_ref.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

namespace detail {

template <class A>
struct IsArgument : std::false_type {};
template <FixedString Name, class V>
struct IsArgument<Arg<Name, V>> : std::true_type {};

template <auto Member, class Owner = owner_of<Member>>
RelationshipRef resolve_relationship() {
    return {&mapper<Owner>(), offset_of(Member), {}, {}, {}};
}

/// One criterion of `any()` and `has()`: an expression, or `"name"_a = value` for an attribute of the other class.
template <class Target, class A>
NodeRef related_criterion(const RelationshipRef& relationship, const A& argument) {
    if constexpr (IsArgument<A>::value) {
        return equality<Target>(attribute_column(criteria_element(relationship), mapper<Target>(), A::name.view()),
                                argument);
    } else {
        return criterion(argument);
    }
}

}  // namespace detail

/// A relationship in a query: `rel<&User::addresses>`, or of an alias `alias[&User::addresses]`.
///
/// `Owner` is the class that has the member, `Member` the member's type. What compares with an object reads the
/// object's values when the statement runs. Source: the operators of SQLAlchemy's relationship attributes.
template <class Owner, class Member>
class RelExpr {
  public:
    using owner = Owner;
    using target = typename Member::target;
    static constexpr bool is_collection = Member::is_collection;

    /// For constants: the member is found at run time.
    explicit constexpr RelExpr(detail::RelationshipRef (*resolve)()) noexcept : resolve_(resolve) {}
    RelExpr(const detail::RelationshipRef& relationship, NodeRef alias)
        : mapper_(relationship.owner), offset_(relationship.offset), owner_(std::move(alias)) {}

    /// EXISTS of a related object that meets the criteria, of a collection: `any(col<…> == …)`, `any("name"_a = "x")`.
    template <class... Criteria>
    [[nodiscard]] Expr any(const Criteria&... criteria) const {
        static_assert(is_collection, "aludel: 'any()' not implemented for scalar attributes. Use has()");
        if constexpr (is_collection) {
            return exists(criteria...);
        } else {
            return {};
        }
    }
    /// EXISTS of the related object if it meets the criteria, of a single reference.
    template <class... Criteria>
    [[nodiscard]] Expr has(const Criteria&... criteria) const {
        static_assert(!is_collection, "aludel: 'has()' not implemented for collections. Use any()");
        if constexpr (!is_collection) {
            return exists(criteria...);
        } else {
            return {};
        }
    }
    /// The collection has this object.
    template <class Object>
    [[nodiscard]] Expr contains(const Object& object) const {
        static_assert(is_collection, "aludel: 'contains' not implemented for scalar attributes. Use ==");
        if constexpr (is_collection && check_object<Object>()) {
            return Expr(detail::has_member(ref(), detail::header_of<target>(object)));
        } else {
            return {};
        }
    }

    /// The related object is this one; nullptr: there is none.
    template <class Object>
    Expr operator==(const Object& object) const {
        if constexpr (check_comparison<Object>()) {
            return Expr(detail::is_related_to(ref(), header_of(object)));
        } else {
            return {};
        }
    }
    template <class Object>
    Expr operator!=(const Object& object) const {
        if constexpr (check_comparison<Object>()) {
            return Expr(detail::is_not_related_to(ref(), header_of(object)));
        } else {
            return {};
        }
    }

    /// The same relationship, leading to an alias of the other class: in `join`, `any` and `has`.
    [[nodiscard]] RelExpr of_type(const Alias<target>& alias) const {
        RelExpr other = *this;
        other.target_ = alias.node();
        return other;
    }
    /// The same relationship with more criteria in its join condition.
    template <class... Criteria>
    [[nodiscard]] RelExpr and_(const Criteria&... criteria) const {
        RelExpr other = *this;
        std::vector<NodeRef> all = ref().criteria;
        (all.push_back(detail::criterion(criteria)), ...);
        other.criteria_ = detail::tuple_node(std::move(all));
        return other;
    }
    /// There is no IN for relationships.
    template <class Objects>
    Expr in_(const Objects&) const {
        static_assert(!std::is_same_v<Objects, Objects>,
                      "aludel: in_() is not supported for relationships; for a many-to-one, use in_() on its foreign "
                      "key column");
        return {};
    }

    /// For the library's own use.
    [[nodiscard]] detail::RelationshipRef ref() const {
        detail::RelationshipRef found;
        if (resolve_ != nullptr) {
            found = resolve_();
        } else {
            found.owner = mapper_;
            found.offset = offset_;
        }
        found.owner_element = owner_;
        found.target_element = target_;
        if (criteria_) {
            found.criteria = detail::items_of(*criteria_);
        }
        return found;
    }

  private:
    template <class... Criteria>
    [[nodiscard]] Expr exists(const Criteria&... criteria) const {
        const detail::RelationshipRef relationship = ref();
        return Expr(
            detail::related_exists(relationship, {detail::related_criterion<target>(relationship, criteria)...}));
    }
    template <class Object>
    static consteval bool check_object() {
        constexpr bool fits = std::is_convertible_v<const Object&, Ptr<target>>;
        static_assert(fits,
                      "aludel: this relationship leads to objects of another class; compare it with a handle "
                      "(Ptr<…>) of the class that it leads to");
        return fits;
    }
    template <class Object>
    static consteval bool check_comparison() {
        if constexpr (std::is_same_v<Object, std::nullptr_t>) {
            return true;
        } else {
            static_assert(!is_collection,
                          "aludel: Can't compare a collection to an object or collection; use contains() to test for "
                          "membership");
            if constexpr (!is_collection) {
                return check_object<Object>();
            } else {
                return false;
            }
        }
    }
    template <class Object>
    static detail::ObjectHeader* header_of(const Object& object) {
        if constexpr (std::is_same_v<Object, std::nullptr_t>) {
            return nullptr;
        } else {
            return Ptr<target>(object).header();
        }
    }

    detail::RelationshipRef (*resolve_)() = nullptr;
    const Mapper* mapper_ = nullptr;
    std::uint32_t offset_ = 0;
    NodeRef owner_, target_, criteria_;
};

namespace detail {

template <class Owner, class M>
struct RelationshipOf {
    static_assert(IsRelationship<M>,
                  "aludel: this member is no relationship; only One<…>, Many<…>, Set<…>, Keyed<…> and Dynamic<…> are, "
                  "for a column write col<&Class::member>");
    using type = int;
};
template <class Owner, IsRelationship M>
struct RelationshipOf<Owner, M> {
    using type = RelExpr<Owner, M>;
};

template <class R>
struct IsRelExpr : std::false_type {};
template <class Owner, class M>
struct IsRelExpr<RelExpr<Owner, M>> : std::true_type {};
template <class R>
concept AnyRelExpr = IsRelExpr<R>::value;

}  // namespace detail

/// The relationship of a member: `query.join(rel<&User::addresses>)`, `rel<&Address::user> == ed`. A constant; it finds
/// its tables when it is first used.
template <auto Member, class Owner = detail::owner_of<Member>>
inline constexpr typename detail::RelationshipOf<Owner, detail::member_type<Member>>::type rel{
    &detail::resolve_relationship<Member, Owner>};

template <class T>
template <class M, class C>
auto Alias<T>::relationship(M C::* member) const {
    return RelExpr<T, M>(detail::RelationshipRef{&mapper<T>(), detail::offset_of(member), {}, {}, {}}, node());
}

}  // namespace aludel
