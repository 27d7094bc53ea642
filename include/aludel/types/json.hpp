#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "aludel/base/ref.hpp"
#include "aludel/types/traits.hpp"

namespace aludel {

namespace detail {
class JsonNode;
}  // namespace detail

/// A JSON value. Copies share it; changing one copies what it changes, so that the others keep what they had.
///
/// Integers keep 64 bits, signed or unsigned, other numbers are doubles, objects keep the order of their keys. The null
/// of JSON is a value: a column's NULL is `std::optional<Json>` without one.
class Json {
  public:
    using Member = std::pair<std::string, Json>;

    Json() noexcept = default;  ///< null
    Json(std::nullptr_t) noexcept {}
    Json(std::same_as<bool> auto value) : Json(Tag{}, value) {}
    template <detail::IntegerNumber T>
    Json(T value) : Json(integer(value)) {}
    /// DataError for infinity and NaN, which JSON does not have.
    Json(double value);
    Json(const char* text) : Json(std::string_view(text)) {}
    Json(std::string_view text);
    Json(const std::string& text) : Json(std::string_view(text)) {}

    [[nodiscard]] static Json array(std::vector<Json> elements = {});
    /// A key that occurs twice has the later value.
    [[nodiscard]] static Json object(std::vector<Member> members = {});
    /// DataError, with the position, for text that is no JSON and for integers of more than 64 bits.
    [[nodiscard]] static Json parse(std::string_view text);

    [[nodiscard]] bool is_null() const noexcept { return !node_; }
    [[nodiscard]] bool is_bool() const noexcept;
    [[nodiscard]] bool is_integer() const noexcept;
    [[nodiscard]] bool is_number() const noexcept;
    [[nodiscard]] bool is_string() const noexcept;
    [[nodiscard]] bool is_array() const noexcept;
    [[nodiscard]] bool is_object() const noexcept;

    // Each is a DataError that says what is there instead, when it is another type or does not fit.
    [[nodiscard]] bool as_bool() const;
    [[nodiscard]] std::int64_t as_integer() const;
    [[nodiscard]] double as_double() const;
    [[nodiscard]] const std::string& as_string() const;

    /// Of an array or object; 0 otherwise.
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] bool contains(std::string_view key) const noexcept;
    /// DataError for what is not there.
    [[nodiscard]] Json at(std::size_t index) const;
    [[nodiscard]] Json at(std::string_view key) const;
    /// Null for what is not there.
    [[nodiscard]] Json get(std::string_view key) const noexcept;
    [[nodiscard]] std::vector<std::string> keys() const;

    /// Sets a member; null becomes an object first. DataError for another type.
    void set(std::string_view key, Json value);
    /// Adds an element; null becomes an array first. DataError for another type.
    void push_back(Json value);
    /// True when there was one.
    bool erase(std::string_view key);

    /// The text that is stored: `{"a": [1, 2.0, null]}`, ASCII only, with the separators of Python's `json.dumps`.
    [[nodiscard]] std::string dump() const;

    /// Equal values; objects whatever the order of their keys, and 1 equals 1.0.
    friend bool operator==(const Json& left, const Json& right);

  private:
    friend class detail::JsonNode;
    struct Tag {};
    Json(Tag, bool value);
    explicit Json(Ref<RefCounted> node) noexcept : node_(std::move(node)) {}
    static Json signed_integer(std::int64_t value);
    static Json unsigned_integer(std::uint64_t value);
    template <class T>
    static Json integer(T value) {
        if constexpr (std::is_signed_v<T>)
            return signed_integer(value);
        else
            return unsigned_integer(value);
    }
    detail::JsonNode& own_node();
    [[nodiscard]] const detail::JsonNode* node() const noexcept;

    Ref<RefCounted> node_;  // a JsonNode, or nothing for null
};

template <>
struct SqlTraits<Json> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static constexpr SqlType sql_type() noexcept { return {.kind = TypeKind::json}; }
    static Value encode(const Json& value) { return Value::json(value.dump()); }
    static Json decode(const Cell& cell, const DecodeContext& context);
};

}  // namespace aludel
