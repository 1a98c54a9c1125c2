#include "platform/html/kept.hpp"

#include <array>
#include <utility>

#include "platform/base/text.hpp"

namespace torv::html {

namespace {

struct Entity {
    std::string_view written;
    char sign;
};
constexpr std::array<Entity, 5> kEntities{
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};

/// The sign that an entity at the beginning of `text` stands for, and how long the entity is.
std::pair<char, std::size_t> sign_at(std::string_view text) {
    for (const Entity& entity : kEntities)
        if (text.starts_with(entity.written)) return {entity.sign, entity.written.size()};
    return {text.front(), 1};
}

}  // namespace

std::string words_of(std::string_view markup, std::size_t max) {
    const std::size_t enough = max * 4;  // bytes of a code point
    std::string words;
    for (std::size_t at = 0; at < markup.size() && words.size() < enough;) {
        if (markup[at] == '<') {
            const std::size_t end = markup.find('>', at);
            if (end == markup.npos) break;
            at = end + 1;
            continue;
        }
        const auto [sign, length] = sign_at(markup.substr(at));
        words += sign;
        at += length;
    }
    return std::string(trimmed(first_code_points(words, max)));
}

std::string with_base(std::string_view markup, std::string_view base) {
    constexpr std::array<std::string_view, 2> kAddresses{R"( href="/)", R"( src="/)"};
    std::string out;
    out.reserve(markup.size() + markup.size() / 8);
    std::size_t from = 0;
    for (std::size_t at = markup.find(' '); at != markup.npos; at = markup.find(' ', at + 1)) {
        for (const std::string_view address : kAddresses) {
            if (!markup.substr(at).starts_with(address)) continue;
            const std::size_t path = at + address.size() - 1;
            out.append(markup, from, path - from);
            escape(out, base);
            from = path;
        }
    }
    out.append(markup, from, markup.npos);
    return out;
}

std::string first_picture(std::string_view markup) {
    constexpr std::string_view kPicture = R"(<img src="/)";
    const std::size_t at = markup.find(kPicture);
    if (at == markup.npos) return {};
    const std::size_t path = at + kPicture.size() - 1;
    const std::size_t end = markup.find('"', path);
    if (end == markup.npos) return {};
    return words_of(markup.substr(path, end - path), end - path);
}

void put_data(Out& out, std::string_view json) {
    std::string data = R"(<script type="application/ld+json">)";
    // A < stands only inside strings of JSON; written like this, none ends the element.
    for (const char sign : json) {
        if (sign == '<') data += "\\u003c";
        else data += sign;
    }
    data += "</script>";
    put(out, Safe::kept(data));
}

void links_leave_frame(Out& out) { put(out, Safe::kept(R"(<base target="_blank">)")); }

}  // namespace torv::html
