// Memory that is nobody's at the moment: AddressSanitizer sees who uses it all the same.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define ALUDEL_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ALUDEL_ADDRESS_SANITIZER 1
#endif
#endif
#ifdef ALUDEL_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace aludel::detail {

inline void forbid([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t size) noexcept {
#ifdef ALUDEL_ADDRESS_SANITIZER
    ASAN_POISON_MEMORY_REGION(memory, size);
#endif
}

inline void allow([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t size) noexcept {
#ifdef ALUDEL_ADDRESS_SANITIZER
    ASAN_UNPOISON_MEMORY_REGION(memory, size);
#endif
}

}  // namespace aludel::detail
