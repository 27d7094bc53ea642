// What shows that all libraries did the same work.
#pragma once

#include "harness/records.hpp"

#include <concepts>
#include <cstdint>
#include <string_view>

namespace bench {

/// The sum of the hashes (FNV-1a) of rows, in whatever order they come.
class Checksum {
  public:
    template <class... Fields>
    void add_row(const Fields&... fields) {
        std::uint64_t hash = offset;
        (mix_field(hash, fields), ...);
        sum_ += hash;
    }
    [[nodiscard]] std::uint64_t value() const { return sum_; }

  private:
    static constexpr std::uint64_t offset = 14'695'981'039'346'656'037U;
    static constexpr std::uint64_t prime = 1'099'511'628'211U;
    static constexpr std::uint64_t end_of_field = 0xff;

    static void mix(std::uint64_t& hash, std::uint64_t value) { hash = (hash ^ value) * prime; }
    static void mix_field(std::uint64_t& hash, int value) { mix(hash, static_cast<std::uint64_t>(value)); }
    static void mix_field(std::uint64_t& hash, std::string_view text) {
        for (const char c : text) mix(hash, static_cast<unsigned char>(c));
        mix(hash, end_of_field);
    }

    std::uint64_t sum_ = 0;
};

/// For sums inside of what is timed: reads the text, in a few instructions.
inline std::uint64_t touch(std::string_view text) {
    return text.size() * 31 + static_cast<unsigned char>(text[text.size() / 2]);
}
inline std::uint64_t touch(int value) { return static_cast<std::uint64_t>(value); }

}  // namespace bench
