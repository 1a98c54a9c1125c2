// Posts: whatever is written, the markup is small, balanced, and of few kinds.
#include "platform/html/markdown.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/text.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv;

constexpr std::array<std::string_view, 36> kTags{
    "p",          "br",  "hr",     "h1",         "h2",    "h3",   "h4",  "h5",     "h6",
    "blockquote", "ul",  "ol",     "li",         "pre",   "code", "em",  "strong", "del",
    "a",          "img", "table",  "thead",      "tbody", "tr",   "th",  "td",     "span",
    "input",      "div", "figure", "figcaption", "u",     "s",    "sup", "label",  "section"};

bool is_void(std::string_view tag) {
    return tag == "br" || tag == "hr" || tag == "img" || tag == "input";
}

/// Leads to another page, or is one of the few schemes; never to another host by a trick.
void check_address(std::string_view value) {
    HOLDS(!value.starts_with("//") && !value.starts_with("/\\") && !value.starts_with('\\'));
    for (const char c : value) HOLDS(static_cast<unsigned char>(c) >= 0x20);
    HOLDS(!value.starts_with(' '));
    const auto end = value.find_first_of(":/?#");
    if (end == std::string_view::npos || value[end] != ':') return;
    const std::string scheme = ascii_lower(value.substr(0, end));
    HOLDS(scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel");
}

/// Attributes are `name="value"`, one blank between; no handler, and links lead where people go.
void check_attributes(std::string_view rest) {
    while (!rest.empty()) {
        HOLDS(rest[0] == ' ');
        rest.remove_prefix(1);
        const auto end = rest.find_first_of("= ");
        const auto name = rest.substr(0, end);
        HOLDS(!name.empty() && !name.starts_with("on") && name != "style" && name != "srcdoc");
        for (const char c : name) HOLDS((c >= 'a' && c <= 'z') || c == '-');
        rest.remove_prefix(name.size());
        if (!rest.starts_with("=\"")) continue;  // a flag
        rest.remove_prefix(2);
        const auto quote = rest.find('"');
        HOLDS(quote != std::string_view::npos);
        const auto value = rest.substr(0, quote);
        if (name == "href" || name == "src") check_address(value);
        rest.remove_prefix(quote + 1);
    }
}

void check_markup(std::string_view html) {
    std::vector<std::string_view> open;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
        const auto end = html.find('>', at);
        HOLDS(end != std::string_view::npos);
        auto tag = html.substr(at + 1, end - at - 1);
        at = end;
        const bool closes = tag.starts_with('/');
        if (closes) tag.remove_prefix(1);
        const auto name = tag.substr(0, tag.find(' '));
        HOLDS(std::find(kTags.begin(), kTags.end(), name) != kTags.end());
        if (closes) {
            HOLDS(!open.empty() && open.back() == name);
            open.pop_back();
            continue;
        }
        check_attributes(tag.substr(name.size()));
        if (!is_void(name)) open.push_back(name);
    }
    HOLDS(open.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string source(reinterpret_cast<const char*>(bytes), size);
    if (!is_utf8(source)) return 0;  // requests with such text are refused before
    const markdown::Options options{
        .is_member = [](std::string_view handle) { return handle.size() % 2 == 0; },
        .picture = [](UploadId id) -> std::optional<markdown::Picture> {
            if (id.value % 2 == 0) return std::nullopt;
            return markdown::Picture{.width = 3, .height = 2, .small = "/files/7/960.webp"};
        },
        .tags = true};
    const auto rendered = markdown::render(source, options);
    HOLDS(rendered.html.size() <= markdown::kMaxHtmlBytes + 4096);
    HOLDS(is_utf8(rendered.html) && is_utf8(rendered.text));
    check_markup(rendered.html);
    HOLDS(is_utf8(markdown::excerpt(rendered.text, 80)));
    for (const auto& handle : markdown::possible_mentions(source)) HOLDS(!handle.empty());
    HOLDS(markdown::render(source, options).html == rendered.html);
    return 0;
}
