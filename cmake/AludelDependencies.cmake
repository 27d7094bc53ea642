# What the compiled code of aludel is built on. None of it appears in a public header. The imported targets are GLOBAL: a
# project that adds aludel by add_subdirectory links them, too, when aludel is static.

set(ALUDEL_BOOST_MINIMUM 1.81)

find_package(Threads REQUIRED GLOBAL)
find_package(Boost ${ALUDEL_BOOST_MINIMUM} REQUIRED COMPONENTS url json GLOBAL)
find_package(fmt REQUIRED GLOBAL)

# A project that brings its own SQLite defines the target first.
if(ALUDEL_SQLITE AND NOT TARGET SQLite::SQLite3)
    find_package(SQLite3 3.35 REQUIRED GLOBAL)
endif()

if(ALUDEL_TESTS)
    find_package(GTest REQUIRED)
endif()

if(ALUDEL_BENCH)
    find_package(benchmark REQUIRED)
endif()
