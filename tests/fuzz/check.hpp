#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// For fuzzers: what must hold whatever the bytes are. Ends the program, so that the input is kept.
#define HOLDS(condition)                                                         \
    do {                                                                         \
        if (!(condition)) {                                                      \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                        \
        }                                                                        \
    } while (false)

namespace torv::fuzz {

/// Takes one line, without its end, off the front: fuzzers whose input has parts.
inline std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

}  // namespace torv::fuzz
