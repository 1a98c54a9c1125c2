# Third-party libraries by short name. Which module may use which is said in src/libraries.txt.

find_package(PkgConfig REQUIRED)

# short name → pkg-config modules; empty for libraries made of headers only.
set(TORV_PKG_pq libpq)
set(TORV_PKG_sodium libsodium)
set(TORV_PKG_md4c md4c)
set(TORV_PKG_icu icu-uc icu-i18n)
set(TORV_PKG_curl libcurl)
set(TORV_PKG_openssl libcrypto)
set(TORV_PKG_zip libzip)
set(TORV_PKG_archive libarchive)
set(TORV_PKG_simdjson simdjson)
set(TORV_PKG_qrencode libqrencode)
set(TORV_PKG_ical libical)
set(TORV_PKG_brotli libbrotlienc libbrotlidec)
set(TORV_PKG_zlib zlib)
set(TORV_PKG_libxml2 libxml-2.0)
set(TORV_PKG_seccomp libseccomp)
set(TORV_PKG_vips vips-cpp)
set(TORV_HEADER_ONLY boost tomlplusplus cli11 doctest)

# SQLite as it ships inside better-sqlite3, compiled by us (docs/decisions/0002).
function(torv_add_sqlite)
    set(dir ${CMAKE_SOURCE_DIR}/node_modules/better-sqlite3/deps/sqlite3)
    if(NOT EXISTS ${dir}/sqlite3.c)
        message(FATAL_ERROR "SQLite's source is missing: run bin/deps")
    endif()
    add_library(torv_sqlite3 STATIC ${dir}/sqlite3.c)
    target_include_directories(torv_sqlite3 SYSTEM PUBLIC ${dir})
    target_link_libraries(torv_sqlite3 PUBLIC Threads::Threads m)
    target_compile_options(torv_sqlite3 PRIVATE -O2 -w -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
    target_compile_definitions(
        torv_sqlite3
        PUBLIC SQLITE_OMIT_LOAD_EXTENSION
        PRIVATE
            SQLITE_THREADSAFE=2 # one connection per thread, no mutex inside
            SQLITE_DEFAULT_MEMSTATUS=0 # a global mutex on each allocation otherwise
            SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 # FULL: an acknowledged post survives a power cut
            SQLITE_DQS=0
            SQLITE_ENABLE_CARRAY # lists of ids are bound as they are, not written and read as JSON
            SQLITE_ENABLE_FTS5
            SQLITE_ENABLE_STAT4
            SQLITE_ENABLE_DBSTAT_VTAB
            SQLITE_ENABLE_COLUMN_METADATA
            SQLITE_ENABLE_MATH_FUNCTIONS
            SQLITE_LIKE_DOESNT_MATCH_BLOBS
            SQLITE_MAX_EXPR_DEPTH=1000
            SQLITE_OMIT_DEPRECATED
            SQLITE_OMIT_SHARED_CACHE
            SQLITE_TEMP_STORE=2
            SQLITE_USE_ALLOCA
            HAVE_USLEEP=1
            HAVE_PREAD=1 # one system call for a page instead of two
            HAVE_PWRITE=1
            HAVE_LOCALTIME_R=1
            HAVE_FDATASYNC=1
    )
endfunction()

function(torv_add_stemmer)
    find_library(TORV_STEMMER stemmer REQUIRED)
    add_library(torv_stemmer INTERFACE)
    target_link_libraries(torv_stemmer INTERFACE ${TORV_STEMMER})
endfunction()

# The target of a library by its short name, made when first asked for.
function(torv_library name out)
    if(name IN_LIST TORV_HEADER_ONLY)
        set(${out} "" PARENT_SCOPE)
        return()
    endif()
    if(NOT TARGET torv_${name})
        if(name STREQUAL "sqlite3")
            torv_add_sqlite()
        elseif(name STREQUAL "stemmer")
            torv_add_stemmer()
        elseif(DEFINED TORV_PKG_${name})
            pkg_check_modules(TORV_LIB_${name} REQUIRED IMPORTED_TARGET GLOBAL ${TORV_PKG_${name}})
            add_library(torv_${name} INTERFACE)
            target_link_libraries(torv_${name} INTERFACE PkgConfig::TORV_LIB_${name})
        else()
            message(FATAL_ERROR "src/libraries.txt names '${name}', which cmake/Libraries.cmake does not know")
        endif()
    endif()
    set(${out} torv_${name} PARENT_SCOPE)
endfunction()
