// The options of relationships: `Many<Address, back_populates("user"), order_by("id")>`.
#pragma once

#include <aludel/base/fixed_string.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace aludel {

namespace detail {

/// What an option with a text means.
enum class RelationshipText : std::uint8_t {
    secondary,
    back_populates,
    primaryjoin,
    secondaryjoin,
    order_by,
    foreign_keys,
    remote_side,
    cascade,
    lazy,
    attribute_key,
    overlaps,
    count
};

template <RelationshipText Meaning, std::size_t N>
struct RelationshipTextOption {
    FixedString<N> text;
};

/// What an option without a text means, each a bit.
enum class RelationshipFlag : std::uint16_t {
    viewonly = 1,
    post_update = 2,
    single_parent = 4,
    innerjoin = 8,
    passive_deletes = 16,
    passive_deletes_all = 32,
    passive_updates_off = 64,
    uselist_on = 128,
    uselist_off = 256,
};

struct RelationshipFlagOption {
    RelationshipFlag flag;
};

/// `passive_deletes`, and `passive_deletes("all")`.
struct PassiveDeletesOption : RelationshipFlagOption {
    template <std::size_t N>
    consteval RelationshipFlagOption operator()(const char (&extent)[N]) const {
        return std::string_view(extent, N - 1) == "all" ? RelationshipFlagOption{RelationshipFlag::passive_deletes_all}
                                                        : throw "aludel: passive_deletes(…) takes \"all\"";
    }
};

struct JoinDepthOption {
    int depth;
};

/// All options of one relationship.
struct RelationshipOptions {
    std::string_view texts[static_cast<std::size_t>(RelationshipText::count)] = {"", "", "", "", "", "",
                                                                                 "", "", "", "", ""};
    std::uint16_t flags = 0;
    int join_depth = 0;  // 0: not given
    bool has_cascade = false;

    [[nodiscard]] constexpr std::string_view text(RelationshipText meaning) const noexcept {
        return texts[static_cast<std::size_t>(meaning)];
    }
    [[nodiscard]] constexpr bool has(RelationshipFlag flag) const noexcept {
        return (flags & static_cast<std::uint16_t>(flag)) != 0;
    }

    template <RelationshipText Meaning, std::size_t N>
    constexpr void take(const RelationshipTextOption<Meaning, N>& option) {
        texts[static_cast<std::size_t>(Meaning)] = option.text.view();
        has_cascade = has_cascade || Meaning == RelationshipText::cascade;
    }
    constexpr void take(const RelationshipFlagOption& option) { flags |= static_cast<std::uint16_t>(option.flag); }
    constexpr void take(const JoinDepthOption& option) { join_depth = option.depth; }
};

template <class Option>
concept IsRelationshipOption = requires(RelationshipOptions& options, const Option& option) { options.take(option); };

/// The options of a relationship; texts are kept by the template arguments, which live as long as the program.
template <auto... Options>
constexpr RelationshipOptions relationship_options() {
    RelationshipOptions all;
    (all.take(Options), ...);
    return all;
}

constexpr bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known) {
    for (const std::string_view each : known) {
        if (word == each) return true;
    }
    return false;
}

/// Whether each word of a cascade is known.
constexpr bool is_cascade(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i != text.size() && text[i] != ',' && text[i] != ' ') continue;
        if (i != begin && !is_one_of(text.substr(begin, i - begin), {"save-update", "merge", "delete", "delete-orphan",
                                                                     "refresh-expire", "expunge", "all", "none"})) {
            return false;
        }
        begin = i + 1;
    }
    return true;
}

constexpr bool is_lazy_strategy(std::string_view text) {
    return is_one_of(text, {"", "select", "joined", "subquery", "selectin", "immediate", "raise", "raise_on_sql",
                            "noload", "batch"});
}

/// One readable sentence for options that cannot be right. Always true.
template <bool IsCollection, auto... Options>
consteval bool check_relationship_options() {
    static_assert((IsRelationshipOption<std::remove_cvref_t<decltype(Options)>> && ...),
                  "aludel: this is not an option of a relationship; see aludel/orm/relationship_options.hpp for them: "
                  "back_populates(\"…\"), secondary(\"…\"), order_by(\"…\"), cascade(\"…\"), lazy(\"…\") and others");
    if constexpr ((IsRelationshipOption<std::remove_cvref_t<decltype(Options)>> && ...)) {
        constexpr RelationshipOptions all = relationship_options<Options...>();
        static_assert(
            is_cascade(all.text(RelationshipText::cascade)),
            "aludel: cascade(\"…\") takes save-update, merge, delete, delete-orphan, refresh-expire, expunge, "
            "all and none, with commas between them");
        static_assert(is_lazy_strategy(all.text(RelationshipText::lazy)),
                      "aludel: lazy(\"…\") takes select, joined, subquery, selectin, immediate, raise, raise_on_sql, "
                      "noload or batch; for a dynamic relationship write Dynamic<…>");
        static_assert(!(IsCollection && all.has(RelationshipFlag::uselist_off)),
                      "aludel: uselist(false) contradicts a collection; write One<…>");
        static_assert(!(!IsCollection && all.has(RelationshipFlag::uselist_on)),
                      "aludel: uselist(true) contradicts One<…>; write Many<…>");
    }
    return true;
}

}  // namespace detail

/// The association table of a many-to-many relationship, by name.
template <std::size_t N>
consteval auto secondary(const char (&table)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::secondary, N>{FixedString<N>(table)};
}
/// The member of the other class that is the same relationship, seen from there. One side is enough.
template <std::size_t N>
consteval auto back_populates(const char (&member)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::back_populates, N>{FixedString<N>(member)};
}
/// How the class's table joins the other class's, or the association table: `"users.id == addresses.user_id"`;
/// conditions are joined by `&&`, and may compare with literals: `"addresses.kind == 'home'"`.
template <std::size_t N>
consteval auto primaryjoin(const char (&condition)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::primaryjoin, N>{FixedString<N>(condition)};
}
/// How the association table joins the other class's table.
template <std::size_t N>
consteval auto secondaryjoin(const char (&condition)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::secondaryjoin, N>{FixedString<N>(condition)};
}
/// The order in which the collection is loaded: attributes of the other class, `"name, id desc"`.
template <std::size_t N>
consteval auto order_by(const char (&attributes)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::order_by, N>{FixedString<N>(attributes)};
}
/// Which columns are the foreign keys of this relationship, where there are several between the tables: attributes of
/// either class, or `"table.column"`.
template <std::size_t N>
consteval auto foreign_keys(const char (&columns)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::foreign_keys, N>{FixedString<N>(columns)};
}
/// Which columns stand on the other object's side, where both are of one class: `remote_side("id")` makes a
/// self-reference many-to-one.
template <std::size_t N>
consteval auto remote_side(const char (&columns)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::remote_side, N>{FixedString<N>(columns)};
}
/// What the session does to related objects when it does it to this one: save-update, merge, delete, delete-orphan,
/// refresh-expire, expunge; `all` is all but delete-orphan. Without this option: `save-update, merge`.
template <std::size_t N>
consteval auto cascade(const char (&words)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::cascade, N>{FixedString<N>(words)};
}
/// When related objects are loaded: `select` at the first access (the default), `joined`, `subquery`, `selectin`,
/// `immediate` with the object, `batch` at the first access for all objects of the same result, `raise` and
/// `raise_on_sql` never, with an error, `noload` never, without one.
template <std::size_t N>
consteval auto lazy(const char (&strategy)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::lazy, N>{FixedString<N>(strategy)};
}
/// The attribute by which a `Keyed<…>` collection finds its objects.
template <std::size_t N>
consteval auto attribute_keyed(const char (&attribute)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::attribute_key, N>{FixedString<N>(attribute)};
}
/// Other relationships that write the same columns, by the names of their members, with commas between them: no warning
/// that they conflict with this one.
template <std::size_t N>
consteval auto overlaps(const char (&members)[N]) {
    return detail::RelationshipTextOption<detail::RelationshipText::overlaps, N>{FixedString<N>(members)};
}
/// How deep a `lazy("joined")` relationship of a class with itself is followed.
consteval auto join_depth(int depth) { return detail::JoinDepthOption{depth}; }

/// Read only: changes of the relationship in memory are never written.
inline constexpr detail::RelationshipFlagOption viewonly{detail::RelationshipFlag::viewonly};
/// Writes the foreign key with an UPDATE of its own, after the INSERTs and before the DELETEs: for rows that refer to
/// each other.
inline constexpr detail::RelationshipFlagOption post_update{detail::RelationshipFlag::post_update};
/// An object has one parent at most: needed for delete-orphan on the many-to-one or many-to-many side.
inline constexpr detail::RelationshipFlagOption single_parent{detail::RelationshipFlag::single_parent};
/// Joined eager loading uses JOIN instead of LEFT OUTER JOIN.
inline constexpr detail::RelationshipFlagOption innerjoin{detail::RelationshipFlag::innerjoin};
/// Objects that are not in memory are left to the database's ON DELETE; `passive_deletes("all")`: those in memory too.
inline constexpr detail::PassiveDeletesOption passive_deletes{{detail::RelationshipFlag::passive_deletes}};
/// `passive_updates(false)`: when a primary key changes, the session changes the foreign keys that refer to it; by
/// default the database's ON UPDATE CASCADE does.
consteval auto passive_updates(bool on) {
    return on ? detail::RelationshipFlagOption{}
              : detail::RelationshipFlagOption{detail::RelationshipFlag::passive_updates_off};
}
/// Whether the member is a collection, which its type says already; a contradiction does not compile.
consteval auto uselist(bool on) {
    return detail::RelationshipFlagOption{on ? detail::RelationshipFlag::uselist_on
                                             : detail::RelationshipFlag::uselist_off};
}

}  // namespace aludel
