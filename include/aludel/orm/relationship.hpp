// Relationships between mapped classes.
#pragma once

#include <aludel/base/fixed_string.hpp>
#include <aludel/orm/detail/object_header.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace aludel {

class Mapper;
template <class... Row>
class Query;

namespace detail {

struct MappedAccess;
struct RelationshipDescription;

template <class Meaning, std::size_t N>
struct RelationshipOption {
    FixedString<N> text;
    [[nodiscard]] constexpr std::string_view view() const { return text.view(); }
};

struct SecondaryMeaning;
struct BackPopulatesMeaning;
struct PrimaryJoinMeaning;
struct SecondaryJoinMeaning;

template <class Option>
inline constexpr bool is_relationship_option = false;
template <class Meaning, std::size_t N>
inline constexpr bool is_relationship_option<RelationshipOption<Meaning, N>> = true;

/// The text of the option with this meaning, or an empty one.
template <class Meaning, auto... Options>
constexpr std::string_view relationship_text() {
    std::string_view found;
    const auto look = [&]<class M, std::size_t N>(const RelationshipOption<M, N>& option) {
        if constexpr (std::same_as<M, Meaning>) {
            found = option.view();
        }
    };
    (look(Options), ...);
    return found;
}

}  // namespace detail

/// The association table of a many-to-many relationship, by name.
template <std::size_t N>
consteval auto secondary(const char (&table)[N]) {
    return detail::RelationshipOption<detail::SecondaryMeaning, N>{FixedString<N>(table)};
}
/// The member of the other class that is the same relationship, seen from there.
template <std::size_t N>
consteval auto back_populates(const char (&member)[N]) {
    return detail::RelationshipOption<detail::BackPopulatesMeaning, N>{FixedString<N>(member)};
}
/// How the class's table joins the association table: `"staff.id == staff_up_obj.down_staff_id"`; several conditions
/// are joined by `&&`.
template <std::size_t N>
consteval auto primaryjoin(const char (&condition)[N]) {
    return detail::RelationshipOption<detail::PrimaryJoinMeaning, N>{FixedString<N>(condition)};
}
/// How the association table joins the other class's table.
template <std::size_t N>
consteval auto secondaryjoin(const char (&condition)[N]) {
    return detail::RelationshipOption<detail::SecondaryJoinMeaning, N>{FixedString<N>(condition)};
}

/// A many-to-many relationship that is a query and never loads as a whole (SQLAlchemy's `lazy="dynamic"`):
/// `Dynamic<Tag, secondary("post_tag")> tags;`. It is read with `all()` and `filter(…)`. When the object is deleted,
/// its rows of the association table are deleted first; one SELECT finds them.
///
/// The joins come from the foreign keys of the association table, or from `primaryjoin` and `secondaryjoin`; of two
/// sides that name each other with `back_populates`, one is enough.
template <class T, auto... Options>
class Dynamic {
  public:
    using target = T;
    static_assert((detail::is_relationship_option<std::remove_cvref_t<decltype(Options)>> && ...),
                  "aludel: this is not an option of a relationship; it takes secondary(\"…\"), back_populates(\"…\"), "
                  "primaryjoin(\"…\") and secondaryjoin(\"…\")");

    Dynamic() = default;
    Dynamic(const Dynamic&) noexcept {}
    Dynamic& operator=(const Dynamic&) noexcept { return *this; }
    ~Dynamic() = default;

    /// The query for the related objects; emits nothing yet. @throws DetachedInstanceError for an object without
    /// session.
    [[nodiscard]] Query<T> query() const;
    /// The related objects: one SELECT.
    [[nodiscard]] auto all() const { return query().all(); }
    /// The query, narrowed.
    template <class... Criteria>
    [[nodiscard]] Query<T> filter(const Criteria&... criteria) const {
        return query().filter(criteria...);
    }
    /// The number of related objects: one SELECT.
    [[nodiscard]] auto count() const { return query().count(); }

  private:
    friend detail::MappedAccess;
    detail::AttributeLink link_;
};

}  // namespace aludel
