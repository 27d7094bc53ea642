#include "aludel/sql/schema/enum_type.hpp"

#include <algorithm>

#include "aludel/base/error.hpp"

namespace aludel::detail {

namespace {

void check_words(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i)
        if (std::find(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), words[i]) !=
            words.begin() + static_cast<std::ptrdiff_t>(i))
            throw ArgumentError("An Enum has the word '" + words[i] + "' twice; leave one out");
}

}  // namespace

SqlType EnumDraft::type(const EnumNames* names) const {
    check_words(words);
    const EnumNames* used = names ? names : intern_words(details.type_name, words);
    if (length != 0 && length < used->longest())
        throw ArgumentError("The length of an Enum, " + std::to_string(length) +
                            ", is less than that of its longest word, " + std::to_string(used->longest()) +
                            "; give it more, or leave it out");
    SqlType made;
    made.kind = TypeKind::enum_;
    made.length = length != 0 ? length : used->longest();
    made.names = used;
    if (!(details == TypeDetails())) made.details = intern_details(details);
    return made;
}

}  // namespace aludel::detail
