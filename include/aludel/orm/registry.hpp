// The mapped classes of a program, named once.
#pragma once

#include <aludel/orm/mapping.hpp>
#include <aludel/sql/schema/metadata.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

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

template <class M, class... Classes>
struct TargetIsAmong : std::true_type {};
template <class T, auto... Options, class... Classes>
struct TargetIsAmong<Dynamic<T, Options...>, Classes...> : std::bool_constant<(std::is_same_v<T, Classes> || ...)> {};

template <class T, class... Classes>
consteval bool targets_are_among() {
    if constexpr (ListsItsMembers<T>) {
        return true;
    } else {
        return visit_members<member_count<T>>(Sample<T>::storage.object, []<class... M>(M&...) {
            return (TargetIsAmong<std::remove_cv_t<M>, Classes...>::value && ...);
        });
    }
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
        static_assert((detail::targets_are_among<Classes, Classes...>() && ...),
                      "aludel: a relationship leads to a class that this Registry does not name");
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
