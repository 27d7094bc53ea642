// The options of a column. Each is a structural literal type: the same value may stand in `Mapped<int, primary_key>`
// and in `Column{"id", Integer, primary_key}`.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "aludel/base/fixed_string.hpp"
#include "aludel/sql/schema/column_draft.hpp"
#include "aludel/types/traits.hpp"

namespace aludel {

// ---- flags

struct PrimaryKeyOption {
    void apply_to(ColumnDraft& draft) const { draft.primary_key = true; }
};
/// The column is part of the primary key; it is then NOT NULL.
inline constexpr PrimaryKeyOption primary_key{};

struct UniqueOption {
    void apply_to(ColumnDraft& draft) const { draft.unique = true; }
};
/// A UNIQUE constraint over this column alone; together with `indexed`, a unique index instead.
inline constexpr UniqueOption unique{};

struct IndexOption {
    void apply_to(ColumnDraft& draft) const { draft.index = true; }
};
/// An index over this column alone, named `ix_<table>_<column>` unless a naming convention says otherwise. (Not called
/// `index`, which would be ambiguous with POSIX's function after `using namespace aludel`.)
inline constexpr IndexOption indexed{};

struct NullableOption {
    bool allowed;
    void apply_to(ColumnDraft& draft) const;
};
/// NULL is allowed, whatever the C++ type says.
inline constexpr NullableOption nullable{true};
/// NOT NULL, whatever the C++ type says.
inline constexpr NullableOption not_null{false};

struct AutoincrementOption {
    Autoincrement mode;
    void apply_to(ColumnDraft& draft) const { draft.autoincrement = mode; }
};
/// The database numbers this primary key column. A single integer primary key does so without being told; a column of a
/// composite key only with this option. SQLite numbers INTEGER primary keys only, so a wider integer that is numbered
/// is written INTEGER there; SQLite's INTEGER holds 64 bits.
inline constexpr AutoincrementOption autoincrement{Autoincrement::always};
/// The program gives the key itself.
inline constexpr AutoincrementOption no_autoincrement{Autoincrement::never};

/// The type of a C++ type, as `Mapped<T>` has it: `Column{"color", type_of<Color>}`.
template <class T>
struct TypeOf {
    static_assert(Storable<T>, "aludel: this C++ type cannot be stored in a column; write a TypeDecorator for it");
    SqlType sql_type() const { return SqlTraits<T>::sql_type(); }
};
template <class T>
inline constexpr TypeOf<T> type_of{};

// ---- options with text

namespace detail {

/// A text with a meaning; `Meaning` names the option.
template <class Meaning, std::size_t N>
struct TextOption {
    FixedString<N> text;
    constexpr std::string_view view() const { return text.view(); }
    void apply_to(ColumnDraft& draft) const
        requires requires { Meaning::set(draft, std::string_view{}); }
    {
        Meaning::set(draft, view());
    }
    void apply_to(ForeignKeyRules& rules) const
        requires requires { Meaning::set(rules, std::string_view{}); }
    {
        Meaning::set(rules, view());
    }
};

struct NameMeaning {
    static void set(ColumnDraft& draft, std::string_view text) { draft.name = text; }
    static void set(ForeignKeyRules& rules, std::string_view text) { rules.name = text; }
};
struct CommentMeaning {
    static void set(ColumnDraft& draft, std::string_view text) { draft.comment = text; }
};
struct DocMeaning {
    static void set(ColumnDraft& draft, std::string_view text) { draft.doc = text; }
};
struct OnDeleteMeaning {
    static void set(ForeignKeyRules& rules, std::string_view text) { rules.ondelete = text; }
};
struct InitiallyMeaning {
    static void set(ForeignKeyRules& rules, std::string_view text) { rules.initially = text; }
};
struct MatchMeaning {
    static void set(ForeignKeyRules& rules, std::string_view text) { rules.match = text; }
};

/// Options behind each other, as a structural type (std::tuple is none).
template <class... Options>
struct OptionList {
    void apply_to(auto&) const {}
};
template <class First, class... Rest>
struct OptionList<First, Rest...> {
    First first;
    OptionList<Rest...> rest;
    void apply_to(auto& draft) const {
        first.apply_to(draft);
        rest.apply_to(draft);
    }
};
consteval OptionList<> option_list() { return {}; }
template <class First, class... Rest>
consteval OptionList<First, Rest...> option_list(First first, Rest... rest) {
    return {first, option_list(rest...)};
}

template <class T>
concept ForeignKeyOption = requires(const T& option, ForeignKeyRules& rules) { option.apply_to(rules); };

/// True for "table.column" and "schema.table.column": the target of a foreign key.
constexpr bool is_foreign_key_target(std::string_view target) {
    const auto dot = target.rfind('.');
    return dot != std::string_view::npos && dot != 0 && dot + 1 != target.size();
}

void add_foreign_key(ColumnDraft& draft, std::string_view target, ForeignKeyRules rules);
void add_check(ColumnDraft& draft, std::string_view sql, std::string name);

}  // namespace detail

/// On a column: its name in the database, if that is not the member's. In a foreign key or another constraint: its
/// name. Write `aludel::name(...)` in a class that has a member called `name`.
template <std::size_t N>
consteval auto name(const char (&text)[N]) {
    return detail::TextOption<detail::NameMeaning, N>{FixedString<N>(text)};
}
/// A comment that is stored in the database, where it can store one.
template <std::size_t N>
consteval auto comment(const char (&text)[N]) {
    return detail::TextOption<detail::CommentMeaning, N>{FixedString<N>(text)};
}
/// A description for the reader of the program; it never reaches the database.
template <std::size_t N>
consteval auto doc(const char (&text)[N]) {
    return detail::TextOption<detail::DocMeaning, N>{FixedString<N>(text)};
}

// ---- foreign keys

/// What happens to the rows that refer to a deleted row: "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION".
template <std::size_t N>
consteval auto ondelete(const char (&action)[N]) {
    return detail::TextOption<detail::OnDeleteMeaning, N>{FixedString<N>(action)};
}
/// When a deferrable constraint is checked: "DEFERRED" (at commit) or "IMMEDIATE".
template <std::size_t N>
consteval auto initially(const char (&when)[N]) {
    return detail::TextOption<detail::InitiallyMeaning, N>{FixedString<N>(when)};
}
/// The MATCH clause of a foreign key: "FULL", "PARTIAL", "SIMPLE".
template <std::size_t N>
consteval auto match_clause(const char (&clause)[N]) {
    return detail::TextOption<detail::MatchMeaning, N>{FixedString<N>(clause)};
}

struct DeferrableOption {
    bool allowed;
    void apply_to(ForeignKeyRules& rules) const;
};
/// The constraint may be checked at commit.
inline constexpr DeferrableOption deferrable{true};
inline constexpr DeferrableOption not_deferrable{false};

struct UseAlterOption {
    void apply_to(ForeignKeyRules& rules) const { rules.use_alter = true; }
};
/// The foreign key is added by ALTER TABLE after all tables exist, where the database can; for tables that refer to
/// each other.
inline constexpr UseAlterOption use_alter{};

/// The column refers to a column of another table: `ForeignKey("user.id", ondelete("CASCADE"))`.
///
/// The target is text and is looked up in the table's MetaData when it is needed, so that tables may be declared in any
/// order. A target without a dot does not compile in `Mapped<...>` and is an ArgumentError in `Column{...}`.
template <std::size_t N, class... Options>
struct ForeignKey {
    FixedString<N> target;
    detail::OptionList<Options...> options;

    consteval ForeignKey(const char (&text)[N], Options... rules)
        : target(text), options(detail::option_list(rules...)) {
        static_assert((detail::ForeignKeyOption<Options> && ...),
                      "aludel: this is not an option of a foreign key; it takes ondelete(\"...\"), onupdate(\"...\"), "
                      "name(\"...\"), "
                      "deferrable, initially(\"...\"), match_clause(\"...\") or use_alter");
    }

    constexpr bool has_dot() const { return detail::is_foreign_key_target(target.view()); }

    void apply_to(ColumnDraft& draft) const {
        ForeignKeyRules rules;
        options.apply_to(rules);
        detail::add_foreign_key(draft, target.view(), std::move(rules));
    }
};
template <std::size_t N, class... Options>
ForeignKey(const char (&)[N], Options...) -> ForeignKey<N, Options...>;

/// A CHECK that stands with the column: `check("price > 0")`, `check("price > 0", name("positive_price"))`. Raw SQL.
template <std::size_t N, std::size_t M>
struct CheckOption {
    FixedString<N> sql;
    FixedString<M> constraint_name;
    void apply_to(ColumnDraft& draft) const {
        detail::add_check(draft, sql.view(), std::string(constraint_name.view()));
    }
};
template <std::size_t N>
consteval auto check(const char (&sql)[N]) {
    return CheckOption<N, 1>{FixedString<N>(sql), FixedString<1>("")};
}
template <std::size_t N, std::size_t M>
consteval auto check(const char (&sql)[N], detail::TextOption<detail::NameMeaning, M> constraint) {
    return CheckOption<N, M>{FixedString<N>(sql), constraint.text};
}

// ---- defaults

/// SQL text that is written as it stands, in a place that needs a template argument:
/// `server_default(raw_sql("now()"))`.
template <std::size_t N>
struct RawSql {
    FixedString<N> sql;
    /// The text as an expression.
    NodeRef node() const;
};
template <std::size_t N>
consteval auto raw_sql(const char (&sql)[N]) {
    return RawSql<N>{FixedString<N>(sql)};
}

namespace detail {

ColumnDefault text_default(std::string_view text);
NodeRef raw_sql_node(std::string_view sql);

template <class T>
concept SqlExpression = requires(const T& value) {
    { value.node() } -> std::convertible_to<NodeRef>;
};

/// What `insert_default(value)` means.
template <class T>
ColumnDefault make_default(const T& value) {
    if constexpr (SqlExpression<T>)
        return ColumnDefault::expression(value.node());
    else if constexpr (std::is_invocable_v<const T&>)
        return ColumnDefault::callable([value] { return encode_as<literal_type_t<decltype(value())>>(value()); });
    else
        return ColumnDefault::constant(encode_as<literal_type_t<T>>(value));
}
template <std::size_t N>
ColumnDefault make_default(const FixedString<N>& value) {
    return text_default(value.view());
}

/// A double in a template argument.
struct DoubleBits {
    std::uint64_t bits;
};
ColumnDefault make_default(const DoubleBits& value);

/// A captureless lambda, by its type: closures are not structural, and g++ 12 takes no function pointers inside of
/// template arguments.
template <class Closure>
struct ClosureCall {
    auto operator()() const { return Closure{}(); }
};
/// A function, as a template argument of its own.
template <auto Function>
struct FunctionCall {
    auto operator()() const { return Function(); }
};

/// How a default is kept so that it may stand in a template argument. Clang before 18 takes no floating point there.
template <class T>
constexpr auto stored_default([[maybe_unused]] T value) {
    if constexpr (std::is_floating_point_v<T>)
        return DoubleBits{std::bit_cast<std::uint64_t>(static_cast<double>(value))};
    else if constexpr (std::is_empty_v<T> && std::is_default_constructible_v<T> && std::is_invocable_v<const T&> &&
                       !SqlExpression<T>)
        return ClosureCall<T>{};
    else
        return value;
}

}  // namespace detail

/// Where a default goes: into INSERT, into UPDATE, or into the table's definition.
enum class DefaultPlace : std::uint8_t { insert, update, server };

template <DefaultPlace Place, class T>
struct DefaultOption {
    T value;
    void apply_to(ColumnDraft& draft) const {
        auto made = detail::make_default(value);
        if constexpr (Place == DefaultPlace::insert)
            draft.insert_default = std::move(made);
        else if constexpr (Place == DefaultPlace::update)
            draft.onupdate = std::move(made);
        else
            draft.server_default = std::move(made);
    }
};

/// The value of an INSERT that leaves the column out (SQLAlchemy's `default=`): a constant, an SQL function such as
/// `func::current_timestamp()`, which is written into the statement, or a function without arguments, which is called
/// per row.
template <class T>
constexpr auto insert_default(T value) {
    auto stored = detail::stored_default(std::move(value));
    return DefaultOption<DefaultPlace::insert, decltype(stored)>{std::move(stored)};
}
template <std::size_t N>
consteval auto insert_default(const char (&text)[N]) {
    return DefaultOption<DefaultPlace::insert, FixedString<N>>{FixedString<N>(text)};
}

/// `insert_default<make_code>()`: the function `make_code` is called per row. In a header, a lambda would be another
/// type in each translation unit; a function is not.
template <auto Function>
    requires std::is_invocable_v<decltype(Function)>
consteval auto insert_default() {
    return DefaultOption<DefaultPlace::insert, detail::FunctionCall<Function>>{};
}

/// The value of an UPDATE that leaves the column out: as `insert_default`. Inside a ForeignKey, the text is the action
/// when the key of the row that is referred to changes: `ForeignKey("user.id", onupdate("CASCADE"))`.
template <class T>
constexpr auto onupdate(T value) {
    auto stored = detail::stored_default(std::move(value));
    return DefaultOption<DefaultPlace::update, decltype(stored)>{std::move(stored)};
}
template <auto Function>
    requires std::is_invocable_v<decltype(Function)>
consteval auto onupdate() {
    return DefaultOption<DefaultPlace::update, detail::FunctionCall<Function>>{};
}
template <std::size_t N>
struct OnUpdateText {
    FixedString<N> text;
    void apply_to(ColumnDraft& draft) const { draft.onupdate = detail::text_default(text.view()); }
    void apply_to(ForeignKeyRules& rules) const { rules.onupdate = text.view(); }
};
template <std::size_t N>
consteval auto onupdate(const char (&text)[N]) {
    return OnUpdateText<N>{FixedString<N>(text)};
}

/// The DEFAULT of the column in the database: text becomes an SQL string literal, a number is written as it stands, SQL
/// comes from a function (`server_default(func::now())`) or from `raw_sql("...")`. A function of the program cannot be
/// one.
template <class T>
constexpr auto server_default(T value) {
    static_assert(
        detail::SqlExpression<T> || !std::is_invocable_v<const T&>,
        "aludel: a server default is text, a number or SQL; the database cannot call a function of this program, use "
        "insert_default(...) instead");
    auto stored = detail::stored_default(std::move(value));
    return DefaultOption<DefaultPlace::server, decltype(stored)>{std::move(stored)};
}
template <std::size_t N>
consteval auto server_default(const char (&text)[N]) {
    return DefaultOption<DefaultPlace::server, FixedString<N>>{FixedString<N>(text)};
}

/// A column that the database computes: `computed("price * amount")`, `computed("...", persisted)`.
struct PersistedOption {
    bool stored;
};
inline constexpr PersistedOption persisted{true};
inline constexpr PersistedOption not_persisted{false};
template <std::size_t N>
struct ComputedOption {
    FixedString<N> sql;
    int mode;  // -1: not said, 0: VIRTUAL, 1: STORED
    void apply_to(ColumnDraft& draft) const {
        draft.computed =
            ComputedDraft{std::string(sql.view()), mode < 0 ? std::nullopt : std::optional<bool>(mode == 1)};
    }
};
template <std::size_t N>
consteval auto computed(const char (&sql)[N]) {
    return ComputedOption<N>{FixedString<N>(sql), -1};
}
template <std::size_t N>
consteval auto computed(const char (&sql)[N], PersistedOption mode) {
    return ComputedOption<N>{FixedString<N>(sql), mode.stored ? 1 : 0};
}

template <std::size_t N>
NodeRef RawSql<N>::node() const {
    return detail::raw_sql_node(sql.view());
}

// ---- checks at compile time

/// False for a ForeignKey whose target has no dot; true for every other option.
template <class Option>
constexpr bool has_dot(const Option& option) {
    if constexpr (requires { option.has_dot(); })
        return option.has_dot();
    else
        return true;
}

/// For `Mapped<T, Options...>`: one readable sentence if an option is none or its value makes no sense. Always true.
template <auto Option>
consteval bool check_column_option() {
    using Type = std::remove_cvref_t<decltype(Option)>;
    static_assert(
        ColumnOption<Type>,
        "aludel: this is not a column option; a column takes a type (Integer, String(20), ...), primary_key, unique, "
        "indexed, nullable, not_null, autoincrement, ForeignKey(\"table.column\"), insert_default(...), onupdate(...), "
        "server_default(...), check(\"...\"), name(\"...\"), comment(\"...\") or doc(\"...\")");
    static_assert(has_dot(Option),
                  "aludel: the target of ForeignKey(\"...\") has no dot; write it as \"table.column\" or "
                  "\"schema.table.column\"");
    return true;
}

}  // namespace aludel
