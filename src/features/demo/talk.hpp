#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Talk as seeds/demo/*.talk has it; the form is told in seeds/demo/README.md.
namespace torv::demo {

struct Said {
    std::string by;
    std::chrono::minutes after{0};  ///< since the post before
    int answers = 0;                ///< number of a post in the topic, from 1; 0: none
    bool edited = false;
    bool deleted = false;
    bool accepted = false;  ///< the answer that helped
    bool today = false;     ///< said when the town is made, so that its people are told
    std::string text;
    std::vector<std::pair<std::string, std::string>> reactions;  ///< emoji, handle
};

struct Talk {
    std::string title;           ///< "-" in a chat
    int days = 0;                ///< ago
    std::chrono::minutes at{0};  ///< since midnight, UTC
    bool pinned = false;
    bool locked = false;
    std::vector<Said> posts;
};

/// Throws std::runtime_error with `name` and the line.
std::vector<Talk> read_talk(std::string_view name, std::string_view text);

}  // namespace torv::demo
