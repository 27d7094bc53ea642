# aludel_layer(<name> FOLDER <folder> [LINKS <layers>] [PRIVATE <third party>])
#
# One link target per layer: aludel_<name>, used as aludel::<name>. A layer may include only what it links; tools/lint
# checks the includes against the same list.
function(aludel_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "LINKS;PRIVATE")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${arg_FOLDER}/*.cpp")
    set(target aludel_${name})

    add_library(${target} ${sources})
    add_library(aludel::${name} ALIAS ${target})
    target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE})
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(
        ${target}
        PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
        PRIVATE "${PROJECT_SOURCE_DIR}/src")
    aludel_warnings(${target})
    aludel_quiet_designated_initialisers(${target})
    aludel_library_properties(${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
    set_property(GLOBAL APPEND PROPERTY ALUDEL_INSTALLED_TARGETS ${target})
endfunction()

# `User{.name = "ed"}` leaves fields out on purpose: the compilers are told so in the code that uses aludel.
function(aludel_quiet_designated_initialisers target)
    set(is_gnu_like "$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>")
    set(knows_designated "$<AND:$<COMPILE_LANG_AND_ID:CXX,Clang>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,19>>")
    target_compile_options(${target} PUBLIC $<${is_gnu_like}:-Wno-missing-field-initializers>
                                            $<${knows_designated}:-Wno-missing-designated-field-initializers>)
endfunction()

# The libraries of one build find each other: an installed shared one looks beside itself.
function(aludel_library_properties target)
    set_target_properties(
        ${target}
        PROPERTIES VERSION ${PROJECT_VERSION}
                   SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
                   POSITION_INDEPENDENT_CODE ON)
    if(APPLE)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "@loader_path")
    else()
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "\$ORIGIN")
    endif()
endfunction()
