#include "aludel/sql/schema/dialect_options.hpp"

#include <algorithm>

namespace aludel {

void DialectOptions::add(DialectOption option) {
    std::erase_if(all_,
                  [&](const DialectOption& one) { return one.dialect == option.dialect && one.name == option.name; });
    all_.push_back(std::move(option));
}

const DialectOption* DialectOptions::find(std::string_view dialect, std::string_view name) const noexcept {
    for (const auto& option : all_)
        if (option.dialect == dialect && option.name == name) return &option;
    return nullptr;
}

const std::string& DialectOptions::text(std::string_view dialect, std::string_view name) const noexcept {
    static const std::string none;
    const auto* option = find(dialect, name);
    return option ? option->text : none;
}

bool DialectOptions::has(std::string_view dialect, std::string_view name) const noexcept {
    const auto* option = find(dialect, name);
    return option && option->is_set();
}

}  // namespace aludel
