// Strings that mean something to one database or another.
#pragma once

#include "support/databases.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace aludel::test {

/// Whether it is UTF-8 without overlong forms and surrogates.
bool is_utf8(std::string_view text) noexcept;
/// Whether it has characters of which four bytes of UTF-8 are made.
bool beyond_sixteen_bits(std::string_view text) noexcept;
/// Whether the database has to keep this as a text.
bool fits_as_text(Backend backend, std::string_view text) noexcept;
/// Whether the database has to accept this as a name.
bool fits_as_name(Backend backend, std::string_view name) noexcept;
/// With what cannot be printed as \x and two digits; long ones are shortened.
std::string printed(std::string_view text);

/// A source of hostile strings; the same ones for the same seed.
class Hostile {
  public:
    explicit Hostile(std::uint64_t seed) : random_(seed) {}

    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
    /// A few fragments behind each other; now and then a very long one.
    std::string value();
    /// The same with a length that most databases take, mostly.
    std::string name();

  private:
    std::string fragments(std::size_t most);

    std::mt19937_64 random_;
};

}  // namespace aludel::test
