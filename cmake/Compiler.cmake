# How our code is compiled. Every flag that is not self-evident says why it is here.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
set(CMAKE_C_FLAGS_DEV "-O2")
set(CMAKE_CXX_FLAGS_CHECK "-O0")
set(CMAKE_C_FLAGS_CHECK "-O0")

# Compiler cache. The paths inside objects are made relative, so that every checkout of the
# repository, wherever it lies, shares what another has compiled.
find_program(TORV_CCACHE ccache)
if(TORV_CCACHE)
    set(launcher
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${TORV_CCACHE}
    )
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# Warnings are errors where we have seen them all; a newer compiler must not keep people from building.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    set(TORV_WERROR OFF)
endif()

# What our own code (not third-party sources) must satisfy.
add_library(torv_strict INTERFACE)
target_compile_options(
    torv_strict
    INTERFACE
        -Wall
        -Wextra
        -Wshadow
        $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
        $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
        # C++20 lets a designated initialiser leave members at their defaults; that is how our structs are meant.
        -Wno-missing-field-initializers
        -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
        $<$<BOOL:${TORV_WERROR}>:-Werror>
        $<$<CXX_COMPILER_ID:GNU>:-fdiagnostics-color=always>
        # libstdc++ 12 itself uses what it declares deprecated, inside std::stable_sort.
        $<$<CXX_COMPILER_ID:Clang>:-fcolor-diagnostics;-Wno-deprecated-declarations>
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns falsely of these inside inlined library code (std::string, std::optional, std::variant).
    target_compile_options(
        torv_strict
        INTERFACE
            -Wno-maybe-uninitialized
            -Wno-restrict
            -Wno-stringop-overflow
            -Wno-stringop-overread
            -Wno-array-bounds
    )
endif()
target_include_directories(torv_strict INTERFACE ${CMAKE_SOURCE_DIR}/src)
find_package(Threads REQUIRED)
target_link_libraries(torv_strict INTERFACE Threads::Threads)

if(TORV_ASAN)
    add_link_options(-fsanitize=address)
endif()

# AddressSanitizer for everything but the few files that include Beast or Asio: instrumenting those
# takes minutes and gigabytes, and tests them less well than the rest of the suite does.
function(torv_instrument target)
    if(NOT TORV_ASAN)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
        if(NOT source MATCHES "\\.cpp$" OR NOT EXISTS "${source}")
            continue()
        endif()
        file(STRINGS "${source}" edge REGEX "^#include <boost/(beast|asio)")
        if(NOT edge)
            set_property(
                SOURCE "${source}" APPEND PROPERTY COMPILE_OPTIONS -fsanitize=address -fno-omit-frame-pointer
            )
        endif()
    endforeach()
endfunction()
