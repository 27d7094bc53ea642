# What an installed aludel consists of: headers, libraries, the CMake package with its components, the pkg-config file.

include(CMakePackageConfigHelpers)

get_property(aludel_installed GLOBAL PROPERTY ALUDEL_INSTALLED_TARGETS)
set(aludel_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/aludel")

install(
    TARGETS ${aludel_installed}
    EXPORT aludelTargets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/aludel" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# -- the CMake package
install(EXPORT aludelTargets NAMESPACE aludel:: DESTINATION "${aludel_package_dir}")
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/aludelConfig.cmake.in" "${PROJECT_BINARY_DIR}/generated/aludelConfig.cmake"
                              INSTALL_DESTINATION "${aludel_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/aludelConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/generated/aludelConfig.cmake" "${PROJECT_BINARY_DIR}/generated/aludelConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/FindMariaDB.cmake"
        DESTINATION "${aludel_package_dir}")

# -- pkg-config: the same libraries in the order that a static link needs, highest layer first
set(ALUDEL_PC_LIBS "-Wl,-u,${ALUDEL_BUILTIN_SYMBOL}")
foreach(target IN ITEMS aludel_orm aludel_builtin ${aludel_driver_targets} aludel_engine aludel_dialects aludel_sql aludel_types aludel_base)
    string(APPEND ALUDEL_PC_LIBS " -l${target}")
endforeach()

set(ALUDEL_PC_DEPENDENCIES "-lboost_url -lboost_json -lfmt -pthread")
set(aludel_pc_sqlite "-lsqlite3")
set(aludel_pc_postgresql "-lpq")
set(aludel_pc_mysql "-lmariadb")
foreach(driver IN LISTS ALUDEL_DRIVERS)
    string(PREPEND ALUDEL_PC_DEPENDENCIES "${aludel_pc_${driver}} ")
endforeach()
# A static library's dependencies are its user's: they are named in Libs, so that no --static has to be remembered.
if(BUILD_SHARED_LIBS)
    set(ALUDEL_PC_LIBS_PRIVATE "${ALUDEL_PC_DEPENDENCIES}")
else()
    string(APPEND ALUDEL_PC_LIBS " ${ALUDEL_PC_DEPENDENCIES}")
endif()
file(RELATIVE_PATH ALUDEL_PC_PREFIX "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" ALUDEL_PC_PREFIX "${ALUDEL_PC_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/aludel.pc.in" "${PROJECT_BINARY_DIR}/generated/aludel.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/generated/aludel.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
