# aludel::aludel: every layer and every enabled driver, with the drivers registered before main().

set(ALUDEL_DRIVER_DECLARATIONS "")
set(ALUDEL_DRIVER_CALLS "")
set(aludel_driver_targets)
foreach(driver IN LISTS ALUDEL_DRIVERS)
    string(APPEND ALUDEL_DRIVER_DECLARATIONS "void register_${driver}();\n")
    string(APPEND ALUDEL_DRIVER_CALLS "    aludel::driver::register_${driver}();\n")
    list(APPEND aludel_driver_targets aludel_driver_${driver})
endforeach()

configure_file("${PROJECT_SOURCE_DIR}/cmake/builtin_drivers.cpp.in" "${PROJECT_BINARY_DIR}/generated/builtin_drivers.cpp" @ONLY)

# Static even when the layers are shared, so that the object lands in the program; otherwise a linker that drops the shared
# libraries that nobody calls (--as-needed) would drop the drivers.
add_library(aludel_builtin STATIC "${PROJECT_BINARY_DIR}/generated/builtin_drivers.cpp")
add_library(aludel::builtin ALIAS aludel_builtin)
target_link_libraries(aludel_builtin PRIVATE ${aludel_driver_targets})
target_compile_features(aludel_builtin PRIVATE cxx_std_20)
set_target_properties(aludel_builtin PROPERTIES EXPORT_NAME builtin POSITION_INDEPENDENT_CODE ON)
aludel_warnings(aludel_builtin)

# A static library gives only the objects that somebody asks for. Nobody asks for this one, so the linker is told to.
if(APPLE)
    set(ALUDEL_BUILTIN_SYMBOL "_aludel_builtin_drivers")
else()
    set(ALUDEL_BUILTIN_SYMBOL "aludel_builtin_drivers")
endif()
target_link_options(aludel_builtin INTERFACE "LINKER:-u,${ALUDEL_BUILTIN_SYMBOL}")

add_library(aludel_aludel INTERFACE)
add_library(aludel::aludel ALIAS aludel_aludel)
target_link_libraries(aludel_aludel INTERFACE aludel_orm aludel_builtin ${aludel_driver_targets})
set_target_properties(aludel_aludel PROPERTIES EXPORT_NAME aludel)

set_property(GLOBAL APPEND PROPERTY ALUDEL_INSTALLED_TARGETS aludel_builtin aludel_aludel)
