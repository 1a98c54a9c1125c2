#include "platform/html/html.hpp"

#include <array>

#include "platform/base/text.hpp"

namespace torv::html {

namespace {

using detail::PlaceKind;

constexpr auto kUrlPartAsIs = [] {
    std::array<bool, 256> as_is{};
    for (const unsigned char c :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@"))
        as_is[c] = true;
    return as_is;
}();

void append_url_part(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    // A segment of dots alone would be read as a way up the path.
    if (text == "." || text == "..") {
        for (std::size_t i = 0; i < text.size(); ++i) out += "%2E";
        return;
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kUrlPartAsIs[byte]) out += c;
        else out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
}

void append_attribute(std::string& out, const Attribute& attribute) {
    if (attribute.shown == Attribute::Shown::No) {
        out.pop_back();  // the space before it, which the literal must have
        return;
    }
    out += attribute.name;
    if (attribute.shown == Attribute::Shown::NameOnly) return;
    out += "=\"";
    escape(out, attribute.value);
    out += '"';
}

void append(std::string& out, PlaceKind kind, const Arg& arg) {
    switch (kind) {
        case PlaceKind::TextAreaStart:
            if (arg.text().starts_with('\n')) out += '\n';
            [[fallthrough]];
        case PlaceKind::Text:
            if (arg.is_markup()) out += arg.text();
            else escape(out, arg.text());
            return;
        case PlaceKind::Quoted: escape(out, arg.text()); return;
        case PlaceKind::UrlStart:
            escape(out, is_safe_url(arg.text()) ? arg.text() : kBlockedUrl);
            return;
        case PlaceKind::UrlPart: append_url_part(out, arg.text()); return;
        case PlaceKind::Attribute: append_attribute(out, *arg.attribute()); return;
    }
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

std::string_view entity(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        default: return "&#39;";
    }
}

constexpr auto kEscaped = [] {
    std::array<bool, 256> marked{};
    for (const unsigned char c : {'&', '<', '>', '"', '\''}) marked[c] = true;
    return marked;
}();

}  // namespace

void detail::Writer::write(Out& out, std::string_view literal, std::span<const Place> places,
                           std::span<const Arg> args) {
    std::string& text = out.text_;
    std::size_t from = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        text.append(literal, from, places[i].at - from);
        append(text, places[i].kind, args[i]);
        from = places[i].at + 2;
    }
    text.append(literal, from, literal.npos);
}

void escape(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!kEscaped[static_cast<unsigned char>(text[i])]) continue;
        out.append(text, from, i - from);
        out += entity(text[i]);
        from = i + 1;
    }
    out.append(text, from, text.npos);
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    escape(out, text);
    return out;
}

bool is_safe_url(std::string_view url) {
    for (const char c : url)
        if (is_control(c) || c == '\\') return false;
    // Browsers drop spaces in front; whoever has them there means something by it.
    if (url.starts_with(' ') || url.starts_with("//")) return false;
    const std::size_t end = url.find_first_of(":/?#");
    if (end == url.npos || url[end] != ':') return true;
    const std::string scheme = ascii_lower(url.substr(0, end));
    if (scheme == "http" || scheme == "https") return url.substr(end).starts_with("://");
    return scheme == "mailto" || scheme == "tel";
}

}  // namespace torv::html
