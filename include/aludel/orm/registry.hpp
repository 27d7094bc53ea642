// The mapped classes of a program, named once.
#pragma once

#include <aludel/orm/detail/attribute_by_name.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/sql/schema/metadata.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {

/// Adds the tables of the classes, in this order.
void register_mappers(MetaData& metadata, std::span<const Mapper* const> mappers);

template <class... Classes>
consteval bool have_different_tables() {
    const std::array<std::string_view, sizeof...(Classes)> names{std::string_view(Classes::table_name)...};
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (names[i] == names[j]) {
                return false;
            }
        }
    }
    return true;
}

/// What is wrong with a `back_populates("…")`.
enum class BackPopulates : std::uint8_t {
    fits,
    names_no_member,
    names_no_relationship,
    leads_elsewhere,
    names_another
};

template <class M>
inline constexpr RelationshipOptions options_of_type{};
template <template <class, auto...> class M, class T, auto... Options>
inline constexpr RelationshipOptions options_of_type<M<T, Options...>> = relationship_options<Options...>();

template <class T, std::size_t I>
using member_at = std::remove_const_t<typename AttributeTypes<T>::template member<I>>;

/// `Other` is the member that the relationship `Mine` of `T`, called `name`, names.
template <class T, class Other>
consteval BackPopulates judge_other_side(std::string_view name) {
    if constexpr (!IsRelationship<Other>) {
        return BackPopulates::names_no_relationship;
    } else if constexpr (!std::is_same_v<typename Other::target, T>) {
        return BackPopulates::leads_elsewhere;
    } else {
        const std::string_view back = options_of_type<Other>.text(RelationshipText::back_populates);
        return back.empty() || back == name ? BackPopulates::fits : BackPopulates::names_another;
    }
}

template <class T, std::size_t I>
consteval BackPopulates judge_back_populates() {
    using Mine = member_at<T, I>;
    if constexpr (IsRelationship<Mine>) {
        using Target = typename Mine::target;
        constexpr std::string_view other = options_of_type<Mine>.text(RelationshipText::back_populates);
        constexpr std::size_t position = other.empty() ? 0 : position_of_attribute<Target>(other);
        if constexpr (other.empty()) {
            return BackPopulates::fits;
        } else if constexpr (position == AttributeTypes<Target>::names.size()) {
            return BackPopulates::names_no_member;
        } else {
            return judge_other_side<T, member_at<Target, position>>(AttributeTypes<T>::names[I]);
        }
    } else {
        return BackPopulates::fits;
    }
}

template <class T, class... Classes, std::size_t... I>
consteval bool targets_are_among(std::index_sequence<I...>) {
    const auto is_among = []<class M>(std::type_identity<M>) {
        if constexpr (IsRelationship<M>) {
            return (std::is_same_v<typename M::target, Classes> || ...);
        } else {
            return true;
        }
    };
    return (is_among(std::type_identity<member_at<T, I>>{}) && ...);
}

/// One readable sentence for a relationship that cannot be right. Always true.
template <class T, class... Classes>
consteval bool check_relationships() {
    using Members = std::make_index_sequence<AttributeTypes<T>::names.size()>;
    constexpr bool known = targets_are_among<T, Classes...>(Members{});
    static_assert(known, "aludel: a relationship leads to a class that this Registry does not name");
    if constexpr (known) {
        []<std::size_t... I>(std::index_sequence<I...>) {
            static_assert(((judge_back_populates<T, I>() != BackPopulates::names_no_member) && ...),
                          "aludel: back_populates(\"…\") names a member that the other class does not have");
            static_assert(((judge_back_populates<T, I>() != BackPopulates::names_no_relationship) && ...),
                          "aludel: back_populates(\"…\") names a member of the other class that is no relationship");
            static_assert(((judge_back_populates<T, I>() != BackPopulates::leads_elsewhere) && ...),
                          "aludel: back_populates(\"…\") names a relationship that does not lead back to this class");
            static_assert(((judge_back_populates<T, I>() != BackPopulates::names_another) && ...),
                          "aludel: back_populates(\"…\") names a relationship whose own back_populates names another "
                          "member");
        }(Members{});
    }
    return true;
}

}  // namespace detail

/// Every mapped class of a program, named once: `using Base = Registry<User, Address>;`. The order is that in which
/// their tables are created, as far as their foreign keys leave it open.
template <class... Classes>
struct Registry {
    /// The tables of the classes; association tables and others are added to it. Filled at the first call, thread-safe.
    /// @throws ArgumentError if a class is in two registries.
    static MetaData& metadata() {
        static_assert((detail::check_mapped_class<Classes>() && ...));
        static_assert(detail::have_different_tables<Classes...>(),
                      "aludel: two classes of this Registry have the same table_name");
        static_assert((detail::check_relationships<Classes, Classes...>() && ...));
        static MetaData& filled = fill();
        return filled;
    }

  private:
    static MetaData& fill() {
        static MetaData instance;
        const std::array<const Mapper*, sizeof...(Classes)> mappers{&mapper<Classes>()...};
        detail::register_mappers(instance, mappers);
        return instance;
    }
};

}  // namespace aludel
