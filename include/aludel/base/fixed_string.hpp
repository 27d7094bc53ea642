#pragma once

#include <cstddef>
#include <string_view>

namespace aludel {

/// A string literal that can be a template argument: `template <FixedString Name> …`.
/// `N` counts the terminating zero, so that `data` is also a C string.
template <std::size_t N>
struct FixedString {
    char data[N]{};

    // NOLINTNEXTLINE(google-explicit-constructor): a literal becomes a template argument by itself.
    consteval FixedString(const char (&text)[N]) {
        for (std::size_t i = 0; i < N; ++i) data[i] = text[i];
    }

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N - 1; }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {data, N - 1}; }
    [[nodiscard]] constexpr const char* c_str() const noexcept { return data; }

    friend constexpr bool operator==(const FixedString&, const FixedString&) = default;
};

/// Literals of different length differ.
template <std::size_t N, std::size_t M>
    requires(N != M)
constexpr bool operator==(const FixedString<N>&, const FixedString<M>&) noexcept {
    return false;
}

}  // namespace aludel
