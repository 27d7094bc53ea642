#include "aludel/dialects/vendor_type.hpp"

#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/dialects/mysql.hpp"
#include "aludel/types/enum_names.hpp"

namespace aludel::dialects::detail {

SqlType vendor_type(SqlType type, std::string_view database) {
    return with_details(type, [&](TypeDetails& details) { details.only_on = database; });
}

}  // namespace aludel::dialects::detail

namespace aludel::mysql::detail {

SqlType words_type(TypeKind kind, const char* name, TypeDetails details) {
    for (std::size_t i = 0; i < details.words.size(); ++i) {
        const auto end = details.words.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(details.words.begin(), end, details.words[i]) != end)
            throw ArgumentError("The type " + std::string(name) + " has the word '" + details.words[i] +
                                "' twice; leave one out");
        if (kind == TypeKind::set && details.words[i].find(',') != std::string::npos)
            throw ArgumentError("The word '" + details.words[i] +
                                "' of a SET holds a comma, which stands between the words of its values");
    }
    SqlType type;
    type.kind = kind;
    type.name = name;
    for (const auto& word : details.words) type.length += static_cast<int>(word.size()) + 1;
    type.details = intern_details(std::move(details));
    return dialects::detail::vendor_type(type, "mysql");
}

}  // namespace aludel::mysql::detail
