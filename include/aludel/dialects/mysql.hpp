#pragma once
// What only MySQL and MariaDB have: types, and options of tables and indexes. The other databases pass over the
// options; a type of MySQL's is a CompileError there.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <aludel/dialects/vendor_type.hpp>
#include <aludel/sql/schema/dialect_options.hpp>

namespace aludel::mysql {

// ---- what a type may say

struct UnsignedOption {
    void apply_to(TypeDetails& details) const { details.is_unsigned = true; }
};
/// Numbers without sign.
inline constexpr UnsignedOption unsigned_{};
struct ZerofillOption {
    void apply_to(TypeDetails& details) const { details.zerofill = true; }
};
/// Numbers shown with leading zeros.
inline constexpr ZerofillOption zerofill{};
struct BinaryOption {
    void apply_to(TypeDetails& details) const { details.binary = true; }
};
/// Text that is compared byte by byte.
inline constexpr BinaryOption binary{};

template <std::size_t N>
struct CharsetOption {
    FixedString<N> name;
    void apply_to(TypeDetails& details) const { details.charset = name.view(); }
};
/// The character set of a text type: `charset("utf8mb4")`.
template <std::size_t N>
consteval auto charset(const char (&name)[N]) {
    return CharsetOption<N>{FixedString<N>(name)};
}

namespace detail {

template <std::size_t N>
void apply_type_option(const CollationOption<N>& option, TypeDetails& details) {
    details.collation = option.name.view();
}
template <class Option>
void apply_type_option(const Option& option, TypeDetails& details) {
    option.apply_to(details);
}
/// The words of a SET or an ENUM among its options.
template <std::size_t N>
void apply_type_option(const FixedString<N>& word, TypeDetails& details) {
    details.words.emplace_back(word.view());
}
template <class... Options>
void apply_type_option(const aludel::detail::OptionList<Options...>& list, TypeDetails& details) {
    if constexpr (sizeof...(Options) != 0) {
        apply_type_option(list.first, details);
        apply_type_option(list.rest, details);
    }
}
[[nodiscard]] SqlType words_type(TypeKind kind, const char* name, TypeDetails details);

}  // namespace detail

/// A type of MySQL's with its numbers (display width or length; precision and scale; digits of the second) and its
/// options.
template <TypeKind Kind, FixedString Name, class... Options>
struct Type {
    int first = 0;
    int second = 0;
    aludel::detail::OptionList<Options...> options{};

    template <class... More>
    [[nodiscard]] consteval auto operator()(int number, More... more) const {
        return with(number, 0, more...);
    }
    template <class... More>
    [[nodiscard]] consteval auto operator()(int digits, int decimals, More... more) const {
        return with(digits, decimals, more...);
    }
    template <class... More>
        requires(!std::convertible_to<More, int> && ...)
    [[nodiscard]] consteval auto operator()(More... more) const {
        return with(0, 0, more...);
    }
    [[nodiscard]] SqlType sql_type() const {
        constexpr bool is_number = Kind == TypeKind::numeric || Kind == TypeKind::float_ || Kind == TypeKind::double_;
        constexpr bool is_time = Kind == TypeKind::time || Kind == TypeKind::datetime || Kind == TypeKind::timestamp;
        SqlType type{.kind = Kind, .name = Name.data};
        (is_number || is_time ? type.precision : type.length) = first;
        type.scale = second;
        type = with_details(type, [this](TypeDetails& details) { detail::apply_type_option(options, details); });
        return dialects::detail::vendor_type(type, "mysql");
    }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<Type, Other, N>{*this, other, FixedString<N>(dialect)};
    }

  private:
    template <class... More>
    [[nodiscard]] static consteval auto with(int first_number, int second_number, More... more) {
        return Type<Kind, Name, More...>{first_number, second_number, aludel::detail::option_list(more...)};
    }
};

inline constexpr Type<TypeKind::small_integer, "TINYINT"> TINYINT{};
inline constexpr Type<TypeKind::small_integer, "SMALLINT"> SMALLINT{};
inline constexpr Type<TypeKind::integer, "MEDIUMINT"> MEDIUMINT{};
inline constexpr Type<TypeKind::integer, "INTEGER"> INTEGER{};
inline constexpr Type<TypeKind::big_integer, "BIGINT"> BIGINT{};
inline constexpr Type<TypeKind::numeric, "DECIMAL"> DECIMAL{};
inline constexpr Type<TypeKind::numeric, "NUMERIC"> NUMERIC{};
inline constexpr Type<TypeKind::float_, "FLOAT"> FLOAT{};
inline constexpr Type<TypeKind::double_, "DOUBLE"> DOUBLE{};
inline constexpr Type<TypeKind::double_, "REAL"> REAL{};
inline constexpr Type<TypeKind::small_integer, "YEAR"> YEAR{};
/// Bits, read and written as bytes with the first bits first.
inline constexpr Type<TypeKind::bit, "BIT"> BIT{};

inline constexpr Type<TypeKind::string, "VARCHAR"> VARCHAR{};
inline constexpr Type<TypeKind::string, "CHAR"> CHAR{};
inline constexpr Type<TypeKind::string, "NVARCHAR"> NVARCHAR{};
inline constexpr Type<TypeKind::string, "NCHAR"> NCHAR{};
inline constexpr Type<TypeKind::text, "TEXT"> TEXT{};
inline constexpr Type<TypeKind::text, "TINYTEXT"> TINYTEXT{};
inline constexpr Type<TypeKind::text, "MEDIUMTEXT"> MEDIUMTEXT{};
inline constexpr Type<TypeKind::text, "LONGTEXT"> LONGTEXT{};
inline constexpr Type<TypeKind::large_binary, "TINYBLOB"> TINYBLOB{};
inline constexpr Type<TypeKind::large_binary, "MEDIUMBLOB"> MEDIUMBLOB{};
inline constexpr Type<TypeKind::large_binary, "LONGBLOB"> LONGBLOB{};

/// `DATETIME(6)`: with so many digits of the second.
inline constexpr Type<TypeKind::datetime, "DATETIME"> DATETIME{};
inline constexpr Type<TypeKind::timestamp, "TIMESTAMP"> TIMESTAMP{};
inline constexpr Type<TypeKind::time, "TIME"> TIME{};

/// The type of a SET or an ENUM of words.
template <TypeKind Kind, FixedString Name, class... Options>
struct WordsType {
    aludel::detail::OptionList<Options...> options;
    [[nodiscard]] SqlType sql_type() const {
        TypeDetails details;
        detail::apply_type_option(options, details);
        return detail::words_type(Kind, Name.data, std::move(details));
    }
};

namespace detail {

template <std::size_t N>
consteval FixedString<N> type_item(const char (&word)[N]) {
    return FixedString<N>(word);
}
template <class T>
    requires(!std::is_array_v<T>)
consteval T type_item(const T& option) {
    return option;
}

}  // namespace detail

/// Text that is some of these words with commas between them: `SET("a", "b")`.
template <class... Items>
consteval auto SET(const Items&... items) {
    return WordsType<TypeKind::set, "SET", decltype(detail::type_item(items))...>{
        aludel::detail::option_list(detail::type_item(items)...)};
}
/// Text that is one of these words: `ENUM("a", "b", charset("utf8mb4"))`.
template <class... Items>
consteval auto ENUM(const Items&... items) {
    return WordsType<TypeKind::enum_, "ENUM", decltype(detail::type_item(items))...>{
        aludel::detail::option_list(detail::type_item(items)...)};
}

}  // namespace aludel::mysql

namespace aludel {

// ---- tables. Any other option of a table: `dialect_option("mysql", "key_block_size", "8")`.

/// The storage engine: "InnoDB".
template <std::size_t N>
consteval auto mysql_engine(const char (&engine)[N]) {
    return DialectText<"mysql", "engine", N>{FixedString<N>(engine)};
}
template <std::size_t N>
consteval auto mysql_charset(const char (&charset)[N]) {
    return DialectText<"mysql", "charset", N>{FixedString<N>(charset)};
}
template <std::size_t N>
consteval auto mysql_default_charset(const char (&charset)[N]) {
    return DialectText<"mysql", "default_charset", N>{FixedString<N>(charset)};
}
template <std::size_t N>
consteval auto mysql_collate(const char (&collation_name)[N]) {
    return DialectText<"mysql", "collate", N>{FixedString<N>(collation_name)};
}
/// The first number that AUTO_INCREMENT gives.
[[nodiscard]] inline DialectOption mysql_auto_increment(std::int64_t first) {
    return dialect_option("mysql", "auto_increment", std::to_string(first));
}
template <std::size_t N>
consteval auto mysql_row_format(const char (&format)[N]) {
    return DialectText<"mysql", "row_format", N>{FixedString<N>(format)};
}
/// A table divided into partitions: `mysql_partition_by("HASH(id)")`, with `mysql_partitions(4)`. Raw SQL.
template <std::size_t N>
consteval auto mysql_partition_by(const char (&rule)[N]) {
    return DialectText<"mysql", "partition_by", N>{FixedString<N>(rule)};
}
[[nodiscard]] inline DialectOption mysql_partitions(int count) {
    return dialect_option("mysql", "partitions", std::to_string(count));
}

// ---- indexes

/// "FULLTEXT" or "SPATIAL".
template <std::size_t N>
consteval auto mysql_prefix(const char (&kind)[N]) {
    return DialectText<"mysql", "prefix", N>{FixedString<N>(kind)};
}
/// The parser of a FULLTEXT index: "ngram".
template <std::size_t N>
consteval auto mysql_with_parser(const char (&parser)[N]) {
    return DialectText<"mysql", "with_parser", N>{FixedString<N>(parser)};
}
/// Of an index or a PrimaryKeyConstraint: "btree" or "hash".
template <std::size_t N>
consteval auto mysql_using(const char (&method)[N]) {
    return DialectText<"mysql", "using", N>{FixedString<N>(method)};
}
/// How much of each column the index holds, in characters or bytes.
[[nodiscard]] inline DialectOption mysql_length(int length) {
    return dialect_option("mysql", "length", std::to_string(length));
}
/// The same for some columns: `mysql_length({{"body", 100}})`.
[[nodiscard]] inline DialectOption mysql_length(std::initializer_list<std::pair<std::string_view, int>> lengths) {
    DialectOption made{.dialect = "mysql", .name = "length"};
    for (const auto& [column, length] : lengths) made.parts.emplace_back(column, std::to_string(length));
    return made;
}

}  // namespace aludel
