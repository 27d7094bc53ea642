// From a class to its mapper: everything that has to know the type.
#pragma once

#include <aludel/orm/deferred.hpp>
#include <aludel/orm/detail/class_members.hpp>
#include <aludel/orm/dynamic.hpp>
#include <aludel/orm/many.hpp>
#include <aludel/orm/mapped.hpp>
#include <aludel/orm/mapper.hpp>
#include <aludel/orm/one.hpp>
#include <aludel/orm/ptr.hpp>
#include <aludel/types/traits.hpp>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace aludel {

template <class T>
const Mapper& mapper();

namespace detail {

template <class T>
Cell view_of(const T& value, Value& made) {
    if constexpr (is_optional<T>) {
        return value ? view_of(*value, made) : Cell::null();
    } else if constexpr (std::same_as<T, std::string>) {
        return Cell::from_text(value);
    } else if constexpr (IntegerNumber<T> && std::is_signed_v<T>) {
        return Cell::from_integer(value);
    } else {
        made = SqlTraits<T>::encode(value);
        return Cell::of(made);
    }
}

template <class T>
void decode_into(T& value, const Cell& cell, const DecodeContext& context) {
    if constexpr (std::same_as<T, std::string>) {
        if (cell.kind == ValueKind::text) [[likely]] {
            value.assign(cell.data, cell.size);
            return;
        }
    }
    value = SqlTraits<T>::decode(cell, context);
}

template <class T>
inline constexpr AttributeOps attribute_ops{
    [](const void* value) { return SqlTraits<T>::encode(*static_cast<const T*>(value)); },
    [](const void* value, Value& made) { return view_of(*static_cast<const T*>(value), made); },
    [](void* value, const Cell& cell, const DecodeContext& context) {
        decode_into(*static_cast<T*>(value), cell, context);
    },
    [](const Cell& cell, const DecodeContext& context) {
        return SqlTraits<T>::encode(SqlTraits<T>::decode(cell, context));
    },
    [] { return SqlTraits<T>::sql_type(); },
    SqlTraits<T>::nullable,
};

template <class T>
const Mapper& mapper_of() {
    return mapper<T>();
}

template <class Base, class Part>
std::uint32_t distance(const Base& base, const Part& part) {
    return static_cast<std::uint32_t>(reinterpret_cast<const std::byte*>(&part) -
                                      reinterpret_cast<const std::byte*>(&base));
}

/// A member that is a relationship: `One`, a collection, `Dynamic`.
template <class M>
concept IsRelationship = std::derived_from<M, OneBase> || std::derived_from<M, CollectionBase>;

template <class M>
struct RelationshipMember : std::bool_constant<IsRelationship<M>> {};

template <class M>
inline constexpr RelationshipShape shape_of = M::shape;
template <class T, auto... Options>
inline constexpr RelationshipShape shape_of<One<T, Options...>> = RelationshipShape::one;

template <template <class, auto...> class M, class T, auto... Options>
RelationshipOptions options_of(const M<T, Options...>&) {
    return relationship_options<Options...>();
}

/// Lets an option of mapped members alone say what it means.
template <class V, auto Option, auto... All>
void describe_option(MemberDescription& member) {
    if constexpr (requires { Option.template describe_member<V, All...>(member); }) {
        Option.template describe_member<V, All...>(member);
    }
}

template <class T>
struct DescribeMember {
    const T& object;
    ClassDescription& into;

    template <class V, auto... Options>
    void operator()(const Mapped<V, Options...>& member, std::string_view name) {
        MemberDescription& description = into.add_member(
            name, distance(object, member), distance(object, MappedAccess::link(member)), attribute_ops<V>);
        (apply(Options, description.column), ...);
        (describe_deferral(Options, description), ...);
        (describe_option<V, Options, Options...>(description), ...);
    }
    template <IsRelationship M>
    void operator()(const M& member, std::string_view name) {
        RelationshipDescription description;
        description.name = name;
        description.offset = description.link_offset = distance(object, member);  // the link is its first member
        description.shape = shape_of<M>;
        description.target = &mapper_of<typename M::target>;
        description.options = options_of(member);
        into.add_relationship(description);
    }
    template <class Other>
    void operator()(const Other&, std::string_view) {}  // a member of the user's own, not stored
};

template <class T>
void load_object(void* memory, const Cell* cells, DecodeContext& context) {
    std::size_t index = 0;
    for_each_member(*static_cast<T*>(memory), [&]<class M>(M& member, std::string_view) {
        if constexpr (IsMapped<M>::value) {
            context.index += index == 0 ? 0 : 1;
            decode_into(MappedAccess::value(member), cells[index++], context);
            MappedAccess::link(member).mark_loaded();
        }
    });
}

/// Whether a class has members that are relationships.
template <class T>
consteval bool has_relationships() {
    if constexpr (ListsItsMembers<T>) {
        return MemberList<typename T::mapped>::template any<RelationshipMember>;
    } else {
        return visit_members<member_count<T>>(Sample<T>::storage.object, []<class... M>(M&...) {
            return (RelationshipMember<std::remove_cv_t<M>>::value || ...);
        });
    }
}

/// Relates an object, made from a plain value just now, to what the value held.
void adopt_relationships(ObjectHeader& header);

template <class T>
ClassDescription describe_class() {
    ClassDescription description;
    description.class_name = class_name<T>();
    description.table_name = T::table_name;
    if constexpr (requires {
                      { T::schema } -> std::convertible_to<std::string_view>;
                  }) {
        description.schema = T::schema;
    }
    description.ops = ClassOps{sizeof(T), [](void* memory) { ::new (memory) T(); },
                               [](void* object) noexcept { static_cast<T*>(object)->~T(); }, &load_object<T>};
    for_each_member(Sample<T>::storage.object, DescribeMember<T>{Sample<T>::storage.object, description});
    if constexpr (requires(TableInfo& table) { T::table_args().apply_to(table); }) {
        description.add_table_argument([](TableInfo& table) { T::table_args().apply_to(table); });
    }
    return description;
}

}  // namespace detail

/// The mapping of `T`: its table and attributes. Built at the first call, once per program; thread-safe.
/// @throws ArgumentError when the description contradicts itself.
template <class T>
const Mapper& mapper() {
    static_assert(detail::check_mapped_class<T>());
    static_assert(alignof(T) <= 16, "aludel: a mapped class with an alignment over 16 bytes is not supported");
    static const Mapper instance{detail::describe_class<T>()};
    return instance;
}

/// Moves a value into a managed object that no session knows yet (transient). The handle owns it.
template <class T>
    requires(!std::is_reference_v<T>)
[[nodiscard]] Ptr<T> make(T&& value) {
    static_assert(detail::check_mapped_class<T>());
    const Mapper& how = mapper<T>();
    detail::ObjectHeader* header = how.allocate();
    try {
        ::new (header->object()) T(std::forward<T>(value));
    } catch (...) {
        how.deallocate(header);
        throw;
    }
    how.adopt(*header);
    Ptr<T> handle(header);
    if constexpr (detail::HasTableName<T>) {
        if constexpr (detail::has_relationships<T>()) {
            detail::adopt_relationships(*header);
        }
    }
    return handle;
}
template <class T>
[[nodiscard]] Ptr<T> make(const T& value) {
    return make(T(value));
}

}  // namespace aludel
