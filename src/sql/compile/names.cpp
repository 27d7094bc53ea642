// The names that the compiler makes: anonymous aliases and labels, parameters.
#include <algorithm>
#include <charconv>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include "sql/compile/renderer.hpp"

namespace aludel::detail {

// Puts `seed_N` where a name has a mark.
std::string Renderer::resolve(std::string_view name) {
    std::string out;
    while (true) {
        const std::size_t start = name.find(name_mark);
        out.append(name.substr(0, start));
        if (start == std::string_view::npos) return out;
        const std::size_t end = name.find(name_mark, start + 1);
        const std::string_view key = name.substr(start + 1, end - start - 1);
        name.remove_prefix(end + 1);
        auto found = anonymous_.find(key);
        if (found == anonymous_.end()) {
            const std::string seed(key.substr(key.find(' ') + 1));
            const int number = ++counters_[seed];
            found = anonymous_.emplace(std::string(key), seed + '_' + std::to_string(number)).first;
        }
        out += found->second;
    }
}

// A name that the compiler may cut: with a number in hexadecimal behind it.
std::string Renderer::generated_name(std::string_view name, bool cut) {
    std::string full = resolve(name);
    const std::size_t limit = dialect_.traits().max_identifier_length;
    if (!cut || limit <= 6 || full.size() <= limit - 6) return full;
    const auto found = cut_names_.find(full);
    if (found != cut_names_.end()) return found->second;
    char digits[16];
    const auto number = std::to_chars(digits, digits + sizeof digits, cut_names_.size() + 1, 16);
    std::size_t keep = limit - 6;
    while (keep > 0 && (static_cast<unsigned char>(full[keep]) & 0xC0U) == 0x80U) --keep;  // not inside a character
    std::string shortened = full.substr(0, keep) + '_' + std::string(digits, number.ptr);
    return cut_names_.emplace(std::move(full), std::move(shortened)).first->second;
}

std::string Renderer::bind_name(const BindNode& node) {
    const std::string name =
        node.unique() ? generated_name(anonymous_name(identity_of(node), node.key()), true) : node.key();
    const auto [known, fresh] = bind_names_.emplace(name, &node);
    if (!fresh && known->second != &node && (known->second->unique() || node.unique()))
        throw CompileError("Bind parameter '" + name + "' conflicts with unique bind parameter of the same name");
    if (!written_columns_ && !node.unique() &&
        std::find(reserved_names_.begin(), reserved_names_.end(), name) != reserved_names_.end() &&
        known->second != &node)
        throw CompileError(
            "bindparam() name '" + name +
            "' is reserved for automatic usage in the VALUES or SET clause of this insert/update statement. Please use "
            "a "
            "name other than column name when using bindparam() with insert() or update() (for example, 'b_" +
            name + "').");
    return name;
}

std::string Renderer::mark(Placeholder placeholder) {
    placeholders_.push_back(std::move(placeholder));
    return placeholder_mark(placeholders_.size() - 1);
}

}  // namespace aludel::detail
