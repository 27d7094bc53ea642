#include "aludel/types/sql_type.hpp"

#include <functional>

namespace aludel {

std::size_t SqlType::hash() const noexcept {
    std::size_t seed = static_cast<std::size_t>(kind) * 2 + (timezone ? 1 : 0);
    const auto mix = [&seed](std::size_t value) { seed ^= value + 0x9E3779B97F4A7C15u + (seed << 6) + (seed >> 2); };
    mix(static_cast<std::size_t>(length));
    mix(static_cast<std::size_t>(precision));
    mix(static_cast<std::size_t>(scale));
    mix(std::hash<const void*>{}(names));
    mix(std::hash<std::string_view>{}(name_view()));
    mix(std::hash<const void*>{}(details));
    return seed;
}

}  // namespace aludel
