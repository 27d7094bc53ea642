# What the compiled code of aludel is built on. None of it appears in a public header. The imported targets are GLOBAL: a
# project that adds aludel by add_subdirectory links them, too, when aludel is static.

set(ALUDEL_BOOST_MINIMUM 1.81)

find_package(Threads REQUIRED GLOBAL)
find_package(Boost ${ALUDEL_BOOST_MINIMUM} REQUIRED COMPONENTS url json GLOBAL)
find_package(fmt REQUIRED GLOBAL)

# The drivers of this build, which are also the components of the package.
set(ALUDEL_DRIVERS)

# A project that brings its own SQLite defines the target first.
if(ALUDEL_SQLITE)
    if(NOT TARGET SQLite::SQLite3)
        find_package(SQLite3 3.35 REQUIRED GLOBAL)
    endif()
    list(APPEND ALUDEL_DRIVERS sqlite)
endif()

# aludel_client(<option> <driver> <package> <target> <Debian package>): the client library of a driver. With AUTO the driver
# is left out, and said to be, where the library is missing; with ON its absence ends the configuration.
macro(aludel_client option driver package target debian)
    if(${option} AND NOT TARGET ${target})
        find_package(${package} QUIET GLOBAL)
    endif()
    if(NOT ${option})
        # not wanted
    elseif(TARGET ${target})
        list(APPEND ALUDEL_DRIVERS ${driver})
    elseif("${${option}}" STREQUAL "AUTO")
        message(STATUS "aludel: without the ${driver} driver, since its client library was not found (Debian: ${debian})")
    else()
        message(FATAL_ERROR "${option}=ON, but the client library of the ${driver} driver was not found. Install it (Debian: "
                            "${debian}), or configure with -D${option}=OFF.")
    endif()
endmacro()
aludel_client(ALUDEL_POSTGRESQL postgresql PostgreSQL PostgreSQL::PostgreSQL libpq-dev)
aludel_client(ALUDEL_MYSQL mysql MariaDB MariaDB::MariaDB libmariadb-dev)

if(ALUDEL_TESTS)
    find_package(GTest REQUIRED)
endif()

if(ALUDEL_BENCH)
    find_package(benchmark REQUIRED)
endif()
