#pragma once
// How the structural hashes of nodes are put together.
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <aludel/sql/expr/node.hpp>

namespace aludel::detail {

inline std::uint64_t mix(std::uint64_t seed, std::uint64_t value) noexcept {
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    seed *= 0xbf58476d1ce4e5b9ULL;
    return seed ^ (seed >> 29);
}

inline std::uint64_t hash_of(std::string_view text) noexcept { return std::hash<std::string_view>{}(text); }

inline std::uint64_t words_hash(std::uint64_t seed, const std::vector<StatementWords>& words) {
    for (const StatementWords& each : words) seed = mix(mix(seed, hash_of(each.text)), hash_of(each.dialect));
    return words.empty() ? seed : mix(seed, words.size());
}

}  // namespace aludel::detail
