#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"

/// What members write, as safe HTML: CommonMark, tables, strikethrough, task lists, bare links,
/// `@handle`,
/// `#tag`, `:emoji:`. A line end is a line end. Raw HTML is shown as text, pictures come from our
/// own files only. Linear in its input, whatever the input.
namespace torv::markdown {

/// Grows when the same source gives other HTML; kept with every post.
inline constexpr int kRendererVersion = 3;
/// More source than this is cut (callers refuse it before, with a message).
inline constexpr std::size_t kMaxSourceBytes = 64 * 1024;
/// Deeper nesting is flattened.
inline constexpr int kMaxDepth = 20;
/// Where more HTML would be written, the rest is left out.
inline constexpr std::size_t kMaxHtmlBytes = 512 * 1024;

/// What is known of a picture in our files; without it a picture is shown without size.
struct Picture {
    int width = 0;  ///< pixels as shown
    int height = 0;
    std::string small;  ///< path of the variant for the page: "/files/7/960.webp"
};

struct Options {
    /// True for a handle (lower case, without @) that a member has; others stay text. None: no
    /// mentions.
    std::function<bool(std::string_view handle)> is_member = {};
    /// The picture behind /files/{id}/…; nullopt makes it a link.
    std::function<std::optional<Picture>(UploadId)> picture = {};
    bool tags = false;  ///< #tag becomes a link to its page
    /// The level under the page's own headings: 3 below a post's author, 2 below a page's title.
    int first_heading = 3;
};

struct Rendered {
    std::string html;  ///< safe
    std::string text;  ///< plain, blocks parted by line ends: for search and excerpts
    std::vector<std::string> mentions;  ///< handles of members, each once, in order
    std::vector<std::string> tags;      ///< the first 20; without #, lower case, each once
    std::vector<std::string> links;     ///< http(s) addresses, each once
    std::vector<UploadId> uploads;      ///< files of ours that it shows or links to, each once
    bool cut = false;                   ///< source or result was larger than allowed
};

Rendered render(std::string_view source, const Options& options = {});

/// Handles that may be mentioned in the source, each once, lower case: to look them all up in one
/// query before `render`.
std::vector<std::string> possible_mentions(std::string_view source);

/// The first `max` code points of plain text, cut at a word and ended with "…".
std::string excerpt(std::string_view text, std::size_t max);

/// The emoji of a short name, without colons: "tada" → "🎉"; names of Slack and GitHub, skin tones
/// as "wave::skin-tone-2". Empty when unknown.
std::string emoji(std::string_view name);

}  // namespace torv::markdown
