# The fuzzers: each tests/fuzz/NAME.cpp becomes fuzz-NAME, a libFuzzer program under AddressSanitizer and
# UndefinedBehaviorSanitizer. They share one library of what reads strangers' bytes, and need nothing else of
# Torv. bin/fuzz builds and runs them.

set(fuzzed
    platform/base/*.cpp
    platform/json/*.cpp
    platform/html/*.cpp
    platform/i18n/*.cpp
    platform/http/head.cpp
    platform/http/http.cpp
    platform/live/said.cpp
    platform/live/stream.cpp
    platform/web/form.cpp
    platform/web/spooled.cpp
    features/imports/slack_archive.cpp
    features/imports/slack_blocks.cpp
    features/imports/slack_text.cpp
    features/imports/text_rescue.cpp
    features/imports/zip.cpp
)
list(TRANSFORM fuzzed PREPEND ${CMAKE_SOURCE_DIR}/src/)
file(GLOB sources CONFIGURE_DEPENDS ${fuzzed})
list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")

set(watched -fsanitize=address,undefined -fno-sanitize-recover=undefined)
add_library(torv_fuzzed STATIC ${sources})
target_compile_options(torv_fuzzed PUBLIC -O1 -g1 -fsanitize=fuzzer-no-link ${watched})
target_link_libraries(torv_fuzzed PUBLIC torv_strict)
target_include_directories(torv_fuzzed PUBLIC ${CMAKE_SOURCE_DIR})
foreach(library simdjson md4c icu zip)
    torv_library(${library} linked)
    target_link_libraries(torv_fuzzed PUBLIC ${linked})
endforeach()

file(GLOB programs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.cpp)
foreach(program IN LISTS programs)
    cmake_path(GET program STEM name)
    add_executable(fuzz-${name} ${program})
    target_link_options(fuzz-${name} PRIVATE -fsanitize=fuzzer ${watched})
    target_link_libraries(fuzz-${name} PRIVATE torv_fuzzed)
endforeach()
