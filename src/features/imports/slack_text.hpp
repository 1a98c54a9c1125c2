#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace torv::imports::slack {

/// What the conversion needs to know of the archive.
struct Names {
    std::function<std::string(std::string_view user_id)> handle;  ///< "" when unknown
    std::function<std::string(std::string_view channel_id, std::string_view name)>
        channel;  ///< address of the space, "" when unknown
};

struct Converted {
    std::string markdown;
    std::vector<std::string> unknown_emoji;
    std::vector<std::string> unknown_people;
};

/// Slack's markup as Markdown: *bold*, _italic_, ~struck~, code, quotes, lists as they are,
/// <@U…|name>, <#C…|name>, <!here>, <!date^…|text>, <url|label>, &amp; &lt; &gt;. Text that only
/// looks like Markdown stays text. Code stays as it is. Linear in the length.
Converted to_markdown(std::string_view text, const Names& names);

/// "clap::skin-tone-3" → "👏🏼"; "" when it is no emoji that we know.
std::string emoji_of(std::string_view name);

}  // namespace torv::imports::slack
