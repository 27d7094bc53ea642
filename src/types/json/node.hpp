#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/types/json.hpp"

namespace aludel::detail {

/// Everything but null, which is the absence of a node.
enum class JsonKind : std::uint8_t { boolean, integer, unsigned_integer, real, string, array, object };

/// One value of a JSON document. Shared by the `Json`s that hold it; written only by a single owner.
class JsonNode : public RefCounted {
  public:
    explicit JsonNode(JsonKind kind_of_node) noexcept : kind(kind_of_node) {}

    JsonKind kind;
    std::int64_t number = 0;  ///< boolean, integer, the bits of unsigned_integer
    double real = 0;
    std::string text;
    std::vector<Json> elements;
    std::vector<Json::Member> members;

    [[nodiscard]] const Json* find(std::string_view key) const noexcept;
    [[nodiscard]] Json* find(std::string_view key) noexcept {
        return const_cast<Json*>(std::as_const(*this).find(key));
    }

    [[nodiscard]] static const JsonNode* of(const Json& value) noexcept { return value.node(); }
    [[nodiscard]] static Json wrap(Ref<JsonNode> node) noexcept { return Json(Ref<RefCounted>(std::move(node))); }
    /// Keys that occur twice keep the first place and the last value.
    static void merge_duplicates(std::vector<Json::Member>& members);
};

/// DataError for what the parser refuses.
[[nodiscard]] Json parse_json(std::string_view text);
void write_json(std::string& out, const Json& value);
/// "an array", for messages.
[[nodiscard]] std::string_view describe_json(const Json& value) noexcept;
/// DataError for text that is no UTF-8, which JSON cannot hold.
void check_utf8(std::string_view text);

/// Deeper documents are refused, so that no document can exhaust the stack.
inline constexpr std::size_t greatest_json_depth = 500;

}  // namespace aludel::detail
