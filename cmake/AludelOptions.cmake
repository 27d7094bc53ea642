# What holds for every target of this build: the compiler cache, sanitizers, warnings.

if(PROJECT_IS_TOP_LEVEL)
    set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

    if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
        set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
    endif()

    if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
        find_program(ALUDEL_CCACHE ccache)
        mark_as_advanced(ALUDEL_CCACHE)
        if(ALUDEL_CCACHE)
            set(CMAKE_CXX_COMPILER_LAUNCHER "${ALUDEL_CCACHE}")
        endif()
    endif()
endif()

if(ALUDEL_SANITIZE)
    string(REPLACE ";" "," aludel_sanitizers "${ALUDEL_SANITIZE}")
    add_compile_options(-fsanitize=${aludel_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${aludel_sanitizers})
    if(ALUDEL_UBSAN_TRAP AND aludel_sanitizers MATCHES "undefined")
        # A sentence for each check, with the relocations of its parts, makes programs three times as large; they start and
        # link as much slower. AddressSanitizer reports the trap with the stack instead (ASAN_OPTIONS=handle_sigill=1).
        add_compile_options(-fsanitize-undefined-trap-on-error)
    endif()
endif()

if(ALUDEL_LTO)
    include(CheckIPOSupported)
    check_ipo_supported(LANGUAGES CXX)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

# The warnings that aludel's own code is held to. They are private: a user's targets keep their own.
function(aludel_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion)
    # What is said of names that a file shares with others holds only where each is compiled by itself.
    if(NOT CMAKE_UNITY_BUILD)
        target_compile_options(${target} PRIVATE -Wshadow)
    elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # g++ 12 sees an overlap in `"x" + std::string` where there is none, as soon as it optimises (GCC bug 105651).
        target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
    if(ALUDEL_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()
