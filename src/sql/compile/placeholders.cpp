#include "sql/compile/placeholders.hpp"
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <charconv>

namespace aludel::detail {

namespace {

// A mark is `\x01 index \x01`; a real \x01 of the outside is `\x01 e \x01`.
constexpr char mark_char = '\x01';

// A parameter's name as it can stand behind a colon.
std::string plain_name(std::string name) {
    for (char& c : name) switch (c) {
            case '%': c = 'P'; break;
            case '(': c = 'A'; break;
            case ')': c = 'Z'; break;
            case ':': c = 'C'; break;
            case '[':
            case ']':
            case ' ': c = '_'; break;
            default: break;
        }
    return name;
}

std::string marker(const BindSlot& slot, std::size_t position, const Dialect& dialect) {
    if (slot.width != 0) return "__[POSTCOMPILE_" + slot.name + "]";
    switch (dialect.traits().param_style) {
        case ParamStyle::named: return ":" + plain_name(slot.name);
        case ParamStyle::qmark: return "?";
        case ParamStyle::numeric: return "$" + std::to_string(position + 1);
    }
    return "?";
}

}  // namespace

std::string protect(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        out += c;
        if (c == mark_char) out.append(1, 'e').append(1, mark_char);
    }
    return out;
}

std::string placeholder_mark(std::size_t index) { return mark_char + std::to_string(index) + mark_char; }

std::vector<const BindNode*> place(std::string_view marked, const std::vector<Placeholder>& placeholders,
                                   const Dialect& dialect, CompiledStatement& out) {
    std::vector<const BindNode*> binds;
    while (true) {
        const std::size_t start = marked.find(mark_char);
        out.text.append(marked.substr(0, start));
        out.skeleton.append(marked.substr(0, start));
        if (start == std::string_view::npos) break;
        const std::size_t end = marked.find(mark_char, start + 1);
        const std::string_view body = marked.substr(start + 1, end - start - 1);
        marked.remove_prefix(end + 1);
        if (body == "e") {
            out.text += mark_char;
            out.skeleton += mark_char;
            continue;
        }
        std::size_t index = 0;
        std::from_chars(body.data(), body.data() + body.size(), index);
        const Placeholder& placeholder = placeholders[index];
        BindSlot slot = placeholder.slot;
        slot.offset = static_cast<std::uint32_t>(out.skeleton.size());
        out.text += marker(slot, out.slots.size(), dialect);
        out.expanding |= slot.width != 0;
        out.slots.push_back(std::move(slot));
        binds.push_back(placeholder.bind);
    }
    if (!out.expanding) out.skeleton.clear();
    return binds;
}

}  // namespace aludel::detail
