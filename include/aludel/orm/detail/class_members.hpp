// One way to walk over the members of a mapped class, whether they are reflected or listed.
#pragma once

#include <aludel/orm/detail/reflect.hpp>
#include <aludel/orm/mapped.hpp>
#include <aludel/orm/members.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace aludel::detail {

template <class T>
concept ListsItsMembers = requires { typename T::mapped; };

template <class T>
concept HasTableName = requires {
    { T::table_name } -> std::convertible_to<std::string_view>;
};

template <class List>
struct MemberList;

template <auto... Pointers>
struct MemberList<Members<Pointers...>> {
    template <class T, class Visit>
    static void visit(T& object, Visit&& visit) {
        (visit(object.*Pointers, member_name<Pointers>), ...);
    }

  private:
    template <class C, class M>
    static M type_of(M C::*);

  public:
    template <template <class> class Predicate>
    static constexpr bool any = (Predicate<std::remove_cvref_t<decltype(MemberList::type_of(Pointers))>>::value || ...);
    template <template <class> class Predicate>
    static constexpr int count =
        (0 + ... + Predicate<std::remove_cvref_t<decltype(MemberList::type_of(Pointers))>>::value);
};

template <class T, class Visit, std::size_t... I>
void visit_reflected(T& object, Visit& visit, std::index_sequence<I...>) {
    visit_members<member_count<std::remove_const_t<T>>>(
        object, [&](auto&... members) { (visit(members, names_of_members<std::remove_const_t<T>>[I]), ...); });
}

/// Calls `visit(member, name)` for each member of `object`, in the order of declaration or of the list.
template <class T, class Visit>
void for_each_member(T& object, Visit&& visit) {
    using Class = std::remove_const_t<T>;
    if constexpr (ListsItsMembers<Class>) {
        MemberList<typename Class::mapped>::visit(object, visit);
    } else {
        visit_reflected(object, visit, std::make_index_sequence<member_count<Class>>{});
    }
}

template <class M>
struct IsPrimaryKey : std::false_type {};
template <class T, auto... Options>
struct IsPrimaryKey<Mapped<T, Options...>>
    : std::bool_constant<(std::is_same_v<std::remove_cvref_t<decltype(Options)>, PrimaryKeyOption> || ...)> {};

template <class T>
consteval bool has_primary_key() {
    if constexpr (ListsItsMembers<T>) {
        return MemberList<typename T::mapped>::template any<IsPrimaryKey>;
    } else {
        return visit_members<member_count<T>>(Sample<T>::storage.object, []<class... M>(M&...) {
            return (IsPrimaryKey<std::remove_cv_t<M>>::value || ...);
        });
    }
}

struct VersionIdOption;

template <class M>
struct IsVersion : std::false_type {};
template <class T, auto... Options>
struct IsVersion<Mapped<T, Options...>>
    : std::bool_constant<(std::is_same_v<std::remove_cvref_t<decltype(Options)>, VersionIdOption> || ...)> {};

template <class T>
consteval int count_of_versions() {
    if constexpr (ListsItsMembers<T>) {
        return MemberList<typename T::mapped>::template count<IsVersion>;
    } else {
        return visit_members<member_count<T>>(Sample<T>::storage.object, []<class... M>(M&...) {
            return (0 + ... + int{IsVersion<std::remove_cv_t<M>>::value});
        });
    }
}

/// One readable sentence for a class that cannot be mapped. Always true.
template <class T>
consteval bool check_mapped_class() {
    static_assert(HasTableName<T>,
                  "aludel: this class is not mapped; give it `static constexpr auto table_name = \"…\";`");
    if constexpr (HasTableName<T>) {
        static_assert(
            ListsItsMembers<T> || std::is_aggregate_v<T>,
            "aludel: this class is no aggregate; list its attributes with `using mapped = Members<&Class::id, …>;`");
        if constexpr (ListsItsMembers<T> || std::is_aggregate_v<T>) {
            static_assert(has_primary_key<T>(),
                          "aludel: this class has no primary key; mark a column with `Mapped<…, primary_key>`");
            static_assert(count_of_versions<T>() <= 1,
                          "aludel: this class has several columns with version_id; a row has one version");
        }
    }
    return true;
}

/// The class to which a member pointer belongs, and the member's type.
template <class Pointer>
struct MemberPointer;
template <class C, class M>
struct MemberPointer<M C::*> {
    using owner = C;
    using type = M;
};

/// Where a member stands in its class, in bytes.
template <class C, class M>
std::uint32_t offset_of(M C::* member) {
    const auto& object = Sample<C>::storage.object;
    return static_cast<std::uint32_t>(reinterpret_cast<const std::byte*>(&(object.*member)) -
                                      reinterpret_cast<const std::byte*>(&object));
}

template <class T>
consteval std::string_view class_spelling() {
    return __PRETTY_FUNCTION__;
}

/// The name of a class without its namespaces.
template <class T>
consteval std::string_view class_name() {
    std::string_view text = class_spelling<T>();
    if (const auto aliases = text.find("; std::string_view"); aliases != std::string_view::npos) {
        text = text.substr(0, aliases);
    }
    const auto begin = text.find("T = ") + 4;
    auto name = text.substr(begin, text.find_last_of(']') == std::string_view::npos ? std::string_view::npos
                                                                                    : text.find_last_of(']') - begin);
    const auto arguments = name.find('<');
    const auto colons = name.substr(0, arguments).rfind("::");
    return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

}  // namespace aludel::detail
