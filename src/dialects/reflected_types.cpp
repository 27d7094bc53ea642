#include "dialects/reflected_types.hpp"
#include <aludel/base/ascii.hpp>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>

namespace aludel::dialects {

namespace {

std::vector<int> numbers_in(std::string_view text) {
    std::vector<int> numbers;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at != end) {
        if (!ascii::is_digit(*at)) {
            ++at;
            continue;
        }
        int number = 0;
        at = std::from_chars(at, end, number).ptr;
        numbers.push_back(number);
    }
    return numbers;
}

void add_words(std::string& name, std::string_view text) {
    for (const char c : text) {
        if (c != ' ')
            name += ascii::upper(c);
        else if (!name.empty() && name.back() != ' ')
            name += ' ';
    }
}

}  // namespace

WrittenType take_type_apart(std::string_view written) {
    WrittenType type;
    const auto open = written.find('(');
    add_words(type.name, written.substr(0, open));
    if (open != std::string_view::npos) {
        const auto close = std::min(written.find(')', open), written.size());
        type.arguments = numbers_in(written.substr(open, close - open));
        if (close < written.size()) add_words(type.name, written.substr(close + 1));
    }
    while (!type.name.empty() && type.name.back() == ' ') type.name.pop_back();
    return type;
}

const SqlType* find_type(std::span<const NamedType> types, std::string_view name) {
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& known) { return known.name == name; });
    return found == types.end() ? nullptr : &found->type;
}

SqlType with_arguments(SqlType type, std::span<const int> arguments) {
    if (arguments.empty()) return type;
    switch (type.kind) {
        case TypeKind::float_:
        case TypeKind::double_:
        case TypeKind::numeric:
            type.precision = arguments[0];
            type.scale = arguments.size() > 1 ? arguments[1] : 0;
            break;
        case TypeKind::string:
        case TypeKind::text:
        case TypeKind::bit:
        case TypeKind::large_binary: type.length = arguments[0]; break;
        case TypeKind::time:
        case TypeKind::datetime:
        case TypeKind::timestamp: type.precision = arguments[0]; break;
        default: break;
    }
    return type;
}

SqlType type_by_name(std::string_view name) {
    static std::mutex mutex;
    static auto& names = *new std::set<std::string, std::less<>>;
    std::scoped_lock lock{mutex};
    return {.kind = TypeKind::custom, .name = names.emplace(name).first->c_str()};
}

}  // namespace aludel::dialects
