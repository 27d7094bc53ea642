#include "types/json/node.hpp"
#include "types/python_text.hpp"

namespace aludel::detail {

namespace {

void append_unit(std::string& out, char32_t unit) {
    out += "\\u";
    append_hex(out, unit, 4);
}

const char* json_escape(char32_t c) noexcept {
    switch (c) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        case '\f': return "\\f";
        case '\b': return "\\b";
        default: return nullptr;
    }
}

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (const char* escape = json_escape(c)) {
            out += escape;
        } else if (c >= 0x20 && c < 0x7F) {
            out += static_cast<char>(c);
        } else if (c < 0x10000) {
            append_unit(out, c);
        } else {
            append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
            append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
    out += '"';
}

void write_value(std::string& out, const Json& value, std::size_t depth);

void write_array(std::string& out, const JsonNode& node, std::size_t depth) {
    out += '[';
    const char* separator = "";
    for (const Json& element : node.elements) {
        out += separator;
        write_value(out, element, depth);
        separator = ", ";
    }
    out += ']';
}

void write_object(std::string& out, const JsonNode& node, std::size_t depth) {
    out += '{';
    const char* separator = "";
    for (const auto& [key, value] : node.members) {
        out += separator;
        write_string(out, key);
        out += ": ";
        write_value(out, value, depth);
        separator = ", ";
    }
    out += '}';
}

void write_value(std::string& out, const Json& value, std::size_t depth) {
    const JsonNode* node = JsonNode::of(value);
    if (node == nullptr) {
        out += "null";
        return;
    }
    if (depth > greatest_json_depth) throw_not_encodable("JSON nested deeper than 500 levels", "a document");
    switch (node->kind) {
        case JsonKind::boolean: out += node->number != 0 ? "true" : "false"; break;
        case JsonKind::integer: out += std::to_string(node->number); break;
        case JsonKind::unsigned_integer: out += std::to_string(static_cast<std::uint64_t>(node->number)); break;
        case JsonKind::real: out += python_float(node->real); break;
        case JsonKind::string: write_string(out, node->text); break;
        case JsonKind::array: write_array(out, *node, depth + 1); break;
        case JsonKind::object: write_object(out, *node, depth + 1); break;
    }
}

}  // namespace

void write_json(std::string& out, const Json& value) { write_value(out, value, 0); }

}  // namespace aludel::detail
