#include "aludel/types/sql_type.hpp"

#include <functional>

namespace aludel {

std::size_t SqlType::hash() const noexcept {
    std::size_t seed = static_cast<std::size_t>(kind) * 2 + (timezone ? 1 : 0);
    const auto mix = [&seed](std::size_t value) { seed ^= value + 0x9E3779B97F4A7C15u + (seed << 6) + (seed >> 2); };
    mix(static_cast<std::size_t>(length) << 32 | static_cast<std::uint32_t>(precision * 64 + scale));
    if (names != nullptr) mix(std::hash<const void*>{}(names));
    if (name != nullptr) mix(std::hash<std::string_view>{}(name_view()));
    if (details != nullptr) mix(std::hash<const void*>{}(details));
    return seed;
}

}  // namespace aludel
