// Options that only one database knows, namespaced by its dialect; the others pass over them.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/base/fixed_string.hpp"
#include "aludel/sql/expr/node.hpp"

namespace aludel {

/// One option of a table, an index, a column or a constraint, for one dialect; SQLAlchemy's keyword `<dialect>_engine`
/// is its option "engine". The functions of `aludel/dialects/<name>.hpp` make them. A name that the dialect does not
/// know is an ArgumentError when it writes the text.
struct DialectOption {
    using Parts = std::vector<std::pair<std::string, std::string>>;

    std::string dialect{};
    std::string name{};
    std::string text{};  ///< the value; a number as its digits, a flag as "1" or "0"
    Parts parts{};       ///< of an option that says something of each column, or is a list of names
    NodeRef sql{};       ///< of an option that is a condition

    [[nodiscard]] bool is_set() const noexcept { return text != "0"; }
    const DialectOption& option() const noexcept { return *this; }
    void apply_to(auto& draft) const { draft.options.add(*this); }
};

/// Any option, by the name of its dialect and its own, for those that no function makes.
inline DialectOption dialect_option(std::string_view dialect, std::string_view name, std::string_view text) {
    return {.dialect = std::string(dialect), .name = std::string(name), .text = std::string(text)};
}

/// The options of one thing, in the order in which they were written; a later one replaces an earlier one of its name.
class DialectOptions {
  public:
    void add(DialectOption option);
    /// Null where there is none.
    [[nodiscard]] const DialectOption* find(std::string_view dialect, std::string_view name) const noexcept;
    /// The text of an option; empty where there is none.
    [[nodiscard]] const std::string& text(std::string_view dialect, std::string_view name) const noexcept;
    /// Whether the option is there and not switched off.
    [[nodiscard]] bool has(std::string_view dialect, std::string_view name) const noexcept;
    [[nodiscard]] const std::vector<DialectOption>& all() const noexcept { return all_; }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

    friend bool operator==(const DialectOptions& a, const DialectOptions& b) = delete;

  private:
    std::vector<DialectOption> all_;
};

/// An option with a text, which may be a template argument: of a column in `Mapped<...>`.
template <FixedString Dialect, FixedString Name, std::size_t N>
struct DialectText {
    FixedString<N> text;

    [[nodiscard]] DialectOption option() const {
        return {
            .dialect = std::string(Dialect.view()), .name = std::string(Name.view()), .text = std::string(text.view())};
    }
    void apply_to(auto& draft) const { draft.options.add(option()); }
};

/// An option that is on or off, which may be a template argument: `flag`, `flag(false)`.
template <FixedString Dialect, FixedString Name>
struct DialectFlag {
    bool on = true;

    constexpr DialectFlag operator()(bool value) const noexcept { return {value}; }
    [[nodiscard]] DialectOption option() const {
        return {.dialect = std::string(Dialect.view()), .name = std::string(Name.view()), .text = on ? "1" : "0"};
    }
    void apply_to(auto& draft) const { draft.options.add(option()); }
};

namespace detail {

template <class T>
concept DialectOptionItem = requires(const T& item) {
    { item.option() } -> std::convertible_to<DialectOption>;
};

}  // namespace detail

}  // namespace aludel
