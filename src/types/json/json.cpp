#include "aludel/types/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "aludel/base/error.hpp"
#include "aludel/types/utf8.hpp"
#include "types/json/node.hpp"
#include "types/python_text.hpp"

namespace aludel {

using detail::JsonKind;
using detail::JsonNode;

namespace {

bool has_kind(const Json& value, JsonKind kind) noexcept {
    const JsonNode* node = JsonNode::of(value);
    return node != nullptr && node->kind == kind;
}

[[noreturn]] void throw_other_type(const Json& value, std::string_view wanted) {
    throw DataError(fmt::format("This JSON value is {}, not {}.", detail::describe_json(value), wanted), "jsontype");
}

bool equal_numbers(const JsonNode& a, const JsonNode& b) noexcept {
    const auto as_real = [](const JsonNode& node) noexcept -> double {
        if (node.kind == JsonKind::real) return node.real;
        return node.kind == JsonKind::integer ? static_cast<double>(node.number)
                                              : static_cast<double>(static_cast<std::uint64_t>(node.number));
    };
    if (a.kind == b.kind && a.kind != JsonKind::real) return a.number == b.number;
    if (a.kind != JsonKind::real && b.kind != JsonKind::real) return false;  // the unsigned one is greater
    return as_real(a) == as_real(b);
}

bool is_number_kind(JsonKind kind) noexcept {
    return kind == JsonKind::integer || kind == JsonKind::unsigned_integer || kind == JsonKind::real;
}

bool equal_objects(const JsonNode& a, const JsonNode& b) {
    return a.members.size() == b.members.size() && std::ranges::all_of(a.members, [&b](const Json::Member& member) {
               const Json* other = b.find(member.first);
               return other != nullptr && *other == member.second;
           });
}

bool equal_nodes(const JsonNode& a, const JsonNode& b) {
    if (is_number_kind(a.kind) && is_number_kind(b.kind)) return equal_numbers(a, b);
    if (a.kind != b.kind) return false;
    switch (a.kind) {
        case JsonKind::string: return a.text == b.text;
        case JsonKind::array: return a.elements == b.elements;
        case JsonKind::object: return equal_objects(a, b);
        default: return a.number == b.number;
    }
}

}  // namespace

namespace detail {

const Json* JsonNode::find(std::string_view key) const noexcept {
    const auto member = std::ranges::find_if(members, [key](const Json::Member& m) { return m.first == key; });
    return member == members.end() ? nullptr : &member->second;
}

void JsonNode::merge_duplicates(std::vector<Json::Member>& members) {
    std::unordered_map<std::string_view, std::size_t> first;
    first.reserve(members.size());
    std::vector<bool> doubled(members.size(), false);
    bool any = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto [place, is_new] = first.try_emplace(members[i].first, i);
        if (is_new) continue;
        members[place->second].second = members[i].second;
        doubled[i] = any = true;
    }
    if (!any) return;
    std::vector<Json::Member> kept;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (!doubled[i]) kept.push_back(std::move(members[i]));
    members = std::move(kept);
}

void check_utf8(std::string_view text) {
    const std::size_t at = utf8_prefix(text);
    if (at == text.size()) return;
    throw DataError(fmt::format("Text for JSON is not UTF-8: byte {} is {:#04x}.", at,
                                static_cast<unsigned>(static_cast<unsigned char>(text[at]))),
                    "valtext");
}

std::string_view describe_json(const Json& value) noexcept {
    const JsonNode* node = JsonNode::of(value);
    if (node == nullptr) return "null";
    switch (node->kind) {
        case JsonKind::boolean: return "a boolean";
        case JsonKind::integer:
        case JsonKind::unsigned_integer: return "an integer";
        case JsonKind::real: return "a real number";
        case JsonKind::string: return "a string";
        case JsonKind::array: return "an array";
        case JsonKind::object: return "an object";
    }
    return "unknown";
}

}  // namespace detail

Json::Json(Tag, bool value) {
    auto node = make_ref<JsonNode>(JsonKind::boolean);
    node->number = value ? 1 : 0;
    node_ = std::move(node);
}

Json::Json(double value) {
    if (!std::isfinite(value))
        detail::throw_not_encodable(detail::python_float(value), "JSON, which has no such number");
    auto node = make_ref<JsonNode>(JsonKind::real);
    node->real = value;
    node_ = std::move(node);
}

Json::Json(std::string_view text) {
    detail::check_utf8(text);
    auto node = make_ref<JsonNode>(JsonKind::string);
    node->text = text;
    node_ = std::move(node);
}

Json Json::signed_integer(std::int64_t value) {
    auto node = make_ref<JsonNode>(JsonKind::integer);
    node->number = value;
    return JsonNode::wrap(std::move(node));
}

Json Json::unsigned_integer(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return signed_integer(static_cast<std::int64_t>(value));
    auto node = make_ref<JsonNode>(JsonKind::unsigned_integer);
    node->number = static_cast<std::int64_t>(value);
    return JsonNode::wrap(std::move(node));
}

Json Json::array(std::vector<Json> elements) {
    auto node = make_ref<JsonNode>(JsonKind::array);
    node->elements = std::move(elements);
    return JsonNode::wrap(std::move(node));
}

Json Json::object(std::vector<Member> members) {
    for (const Member& member : members) detail::check_utf8(member.first);
    auto node = make_ref<JsonNode>(JsonKind::object);
    node->members = std::move(members);
    JsonNode::merge_duplicates(node->members);
    return JsonNode::wrap(std::move(node));
}

Json Json::parse(std::string_view text) { return detail::parse_json(text); }

const JsonNode* Json::node() const noexcept { return static_cast<const JsonNode*>(node_.get()); }

JsonNode& Json::own_node() {
    if (!node_->unique()) node_ = make_ref<JsonNode>(*node());
    return static_cast<JsonNode&>(*node_);
}

bool Json::is_bool() const noexcept { return has_kind(*this, JsonKind::boolean); }
bool Json::is_string() const noexcept { return has_kind(*this, JsonKind::string); }
bool Json::is_array() const noexcept { return has_kind(*this, JsonKind::array); }
bool Json::is_object() const noexcept { return has_kind(*this, JsonKind::object); }
bool Json::is_number() const noexcept { return node() != nullptr && is_number_kind(node()->kind); }
bool Json::is_integer() const noexcept { return is_number() && node()->kind != JsonKind::real; }

bool Json::as_bool() const {
    if (!is_bool()) throw_other_type(*this, "a boolean");
    return node()->number != 0;
}

std::int64_t Json::as_integer() const {
    if (!has_kind(*this, JsonKind::integer)) throw_other_type(*this, "an integer of 64 bits with sign");
    return node()->number;
}

double Json::as_double() const {
    if (has_kind(*this, JsonKind::real)) return node()->real;
    if (!has_kind(*this, JsonKind::integer)) throw_other_type(*this, "a number that a double holds");
    return SqlTraits<double>::decode(Cell::from_integer(node()->number), {});
}

const std::string& Json::as_string() const {
    if (!is_string()) throw_other_type(*this, "a string");
    return node()->text;
}

std::size_t Json::size() const noexcept {
    return node() == nullptr ? 0 : std::max(node()->elements.size(), node()->members.size());
}

bool Json::contains(std::string_view key) const noexcept { return is_object() && node()->find(key) != nullptr; }

Json Json::at(std::size_t index) const {
    if (!is_array()) throw_other_type(*this, "an array");
    if (index >= size())
        throw DataError(fmt::format("This JSON array has {} elements; there is no [{}].", size(), index), "jsontype");
    return node()->elements[index];
}

Json Json::at(std::string_view key) const {
    if (!is_object()) throw_other_type(*this, "an object");
    if (const Json* value = node()->find(key)) return *value;
    throw DataError(fmt::format("This JSON object has no member {}.", detail::python_string(key)), "jsontype");
}

Json Json::get(std::string_view key) const noexcept {
    const Json* value = is_object() ? node()->find(key) : nullptr;
    return value != nullptr ? *value : Json();
}

std::vector<std::string> Json::keys() const {
    std::vector<std::string> names;
    if (is_object())
        for (const Member& member : node()->members) names.push_back(member.first);
    return names;
}

void Json::set(std::string_view key, Json value) {
    if (is_null()) *this = object();
    if (!is_object()) throw_other_type(*this, "an object");
    detail::check_utf8(key);
    JsonNode& own = own_node();
    if (Json* old = own.find(key))
        *old = std::move(value);
    else
        own.members.emplace_back(std::string(key), std::move(value));
}

void Json::push_back(Json value) {
    if (is_null()) *this = array();
    if (!is_array()) throw_other_type(*this, "an array");
    own_node().elements.push_back(std::move(value));
}

bool Json::erase(std::string_view key) {
    if (!contains(key)) return false;
    return std::erase_if(own_node().members, [key](const Member& member) { return member.first == key; }) != 0;
}

std::string Json::dump() const {
    std::string out;
    detail::write_json(out, *this);
    return out;
}

bool operator==(const Json& left, const Json& right) {
    if (left.node() == right.node()) return true;
    return left.node() != nullptr && right.node() != nullptr && equal_nodes(*left.node(), *right.node());
}

Json SqlTraits<Json>::decode(const Cell& cell, const DecodeContext& context) {
    // A database without a JSON type may keep a document that is a bare number as that number.
    if (cell.kind == ValueKind::integer) return Json(cell.integer);
    if (cell.kind == ValueKind::real) return Json(cell.real);
    if (cell.kind != ValueKind::text && cell.kind != ValueKind::json) detail::throw_wrong_kind(cell, context, "JSON");
    try {
        return Json::parse(cell.text());
    } catch (DataError& error) {
        error.add_detail(detail::describe_source(context));
        throw;
    }
}

}  // namespace aludel
