#include "aludel/types/type_details.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include "aludel/base/error.hpp"
#include "aludel/types/enum_names.hpp"

namespace aludel {

namespace {

/// What types are made of, for ever: types are copied freely, and some are used by objects that outlive `main`.
struct Interned {
    std::mutex mutex;
    std::deque<TypeDetails> details;
    std::deque<std::string> texts;
    std::deque<EnumNames> words;
};

Interned& interned() {
    static Interned* const all = new Interned;
    return *all;
}

template <class T, class Same, class Make>
const T& found_or_made(std::deque<T>& all, Same same, Make make) {
    const std::lock_guard lock(interned().mutex);
    for (const T& one : all)
        if (same(one)) return one;
    return all.emplace_back(make());
}

bool has_words(const EnumNames& names, std::string_view type_name, const std::vector<std::string>& words) {
    if (names.type_name() != type_name || names.entries().size() != words.size()) return false;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (names.entries()[i].name != words[i]) return false;
    return true;
}

}  // namespace

const TypeDetails* intern_details(TypeDetails details) {
    return &found_or_made(
        interned().details, [&](const TypeDetails& one) { return one == details; }, [&] { return std::move(details); });
}

const char* intern_text(std::string_view text) {
    return found_or_made(
               interned().texts, [&](const std::string& one) { return one == text; }, [&] { return std::string(text); })
        .c_str();
}

const EnumNames* intern_words(std::string_view type_name, const std::vector<std::string>& words) {
    return &found_or_made(
        interned().words, [&](const EnumNames& one) { return has_words(one, type_name, words); },
        [&] {
            std::vector<EnumNames::Entry> entries;
            entries.reserve(words.size());
            for (const auto& word : words) entries.push_back({word, static_cast<std::int64_t>(entries.size())});
            return EnumNames(std::string(type_name), std::move(entries));
        });
}

const TypeDetails& details_of(const SqlType& type) noexcept {
    // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): a program without memory for this ends
    static const TypeDetails* const none = new TypeDetails;
    return type.details ? *type.details : *none;
}

SqlType settled_type(SqlType written, const SqlType& inferred) noexcept {
    const bool is_time = written.kind == TypeKind::datetime || written.kind == TypeKind::time ||
                         written.kind == TypeKind::interval || written.kind == TypeKind::timestamp;
    if (is_time && !written.verbatim() && written.precision == 0 && written.kind == inferred.kind) {
        written.precision = inferred.precision;
        written.inferred = true;
    }
    return written;
}

SqlType type_on(const SqlType& type, std::string_view dialect, std::string_view flavour) {
    if (!type.details || type.details->variants.empty()) return type;
    for (const std::string_view wanted : {flavour, dialect})
        for (const auto& variant : type.details->variants)
            if (!wanted.empty() && variant.dialect == wanted) return variant.type;
    return type;
}

namespace detail {

SqlType add_variant(SqlType base, const SqlType& other, std::string_view dialect) {
    return with_details(base, [&](TypeDetails& details) {
        for (const auto& variant : details.variants)
            if (variant.dialect == dialect)
                throw ArgumentError("Dialect '" + std::string(dialect) +
                                    "' is already present in the mapping for this variant of a type; name each "
                                    "database once");
        details.variants.push_back({std::string(dialect), other});
    });
}

SqlType add_collation(SqlType base, std::string_view collation) {
    return with_details(base, [&](TypeDetails& details) { details.collation = collation; });
}

SqlType array_type(const SqlType& item, int dimensions) {
    if (item.kind == TypeKind::array)
        throw ArgumentError(
            "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype: write "
            "ARRAY(basetype, 2)");
    TypeDetails details;
    details.item = item;
    details.dimensions = dimensions;
    return {.kind = TypeKind::array, .details = intern_details(std::move(details))};
}

SqlType checked_boolean(std::string_view constraint_name) {
    TypeDetails details;
    details.create_constraint = true;
    details.constraint_name = constraint_name;
    return {.kind = TypeKind::boolean, .details = intern_details(std::move(details))};
}

SqlType add_dimension(const SqlType& array) {
    return with_details(array, [](TypeDetails& details) { details.dimensions = std::max(details.dimensions, 1) + 1; });
}

}  // namespace detail

}  // namespace aludel
