#include "platform/base/text.hpp"

#include <algorithm>
#include <array>

namespace torv {
namespace {

/// Length of the well-formed sequence at the start of `text`, 0 when there is none.
std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return lead == 0 ? 0 : 1;
    std::size_t length = 0;
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF) length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4) length = 4;
    else return 0;
    if (lead == 0xE0) lowest = 0xA0;   // no overlong forms
    if (lead == 0xED) highest = 0x9F;  // no surrogates
    if (lead == 0xF0) lowest = 0x90;
    if (lead == 0xF4) highest = 0x8F;  // nothing above U+10FFFF
    if (text.size() < length || byte(1) < lowest || byte(1) > highest) return 0;
    for (std::size_t i = 2; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    return length;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

constexpr std::array<std::string_view, 24> kSpaces{
    " ",      "\t",     "\n",     "\r",     "\v",     "\f",     "\u00A0", "\u2000",
    "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200A", "\u200B", "\u2028", "\u2029", "\u202F", "\u3000", "\uFEFF"};

/// Most texts begin and end so: no need to look through all kinds of space.
bool is_sign(char c) { return c > ' ' && c < 0x7F; }

std::string_view leading_space(std::string_view text) {
    if (!text.empty() && is_sign(text.front())) return {};
    for (const std::string_view space : kSpaces)
        if (text.starts_with(space)) return space;
    return {};
}

std::string_view trailing_space(std::string_view text) {
    if (!text.empty() && is_sign(text.back())) return {};
    for (const std::string_view space : kSpaces)
        if (text.ends_with(space)) return space;
    return {};
}

/// How U+00C0 … U+00FF are spelled in a slug; those of the two halves differ in case only.
constexpr std::array<std::string_view, 32> kLatin{
    "a", "a", "a", "a", "ae", "aa", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o",  "oe", "",  "oe", "u", "u", "u", "ue", "y", "th", "ss"};

/// The letters for the sequence at the start of `text`; empty for what has none.
std::string_view spelled(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead != 0xC3 || text.size() < 2) return {};
    const unsigned second = static_cast<unsigned char>(text[1]) & 0x3FU;
    if (second == 0x3F) return "y";  // ÿ, where ß stands in the upper half
    return kLatin.at(second & 0x1FU);
}

constexpr std::size_t kSlugMax = 60;

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kHexUpper = "0123456789ABCDEF";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_ascii_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += is_continuation(c) ? 0 : 1;
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t max) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_continuation(text[i])) continue;
        if (count == max) return text.substr(0, i);
        ++count;
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    for (auto space = leading_space(text); !space.empty(); space = leading_space(text))
        text.remove_prefix(space.size());
    for (auto space = trailing_space(text); !space.empty(); space = trailing_space(text))
        text.remove_suffix(space.size());
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string slugify(std::string_view text) {
    std::string slug;
    bool gap = false;
    const auto add = [&](std::string_view letters) {
        if (gap && !slug.empty()) slug += '-';
        gap = false;
        slug += letters;
    };
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, sequence(text));
        if (is_ascii_alnum(text[0])) add(ascii_lower(text.substr(0, 1)));
        else if (const std::string_view letters = spelled(text); !letters.empty()) add(letters);
        else gap = true;
        text.remove_prefix(length);
    }
    if (slug.size() <= kSlugMax) return slug;
    slug.resize(kSlugMax);
    while (slug.ends_with('-')) slug.pop_back();
    return slug;
}

bool is_slug(std::string_view text) {
    if (text.empty() || text.size() > kSlugMax || text.front() == '-' || text.back() == '-')
        return false;
    char before = 0;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && (c != '-' || before == '-')) return false;
        before = c;
    }
    return true;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_ascii_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHexUpper[byte >> 4];
        out += kHexUpper[byte & 15];
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
    return out;
}

std::string base64url(std::string_view bytes) {
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        for (held += 8; held >= 6; held -= 6) out += kBase64[(bits >> (held - 6)) & 63];
    }
    if (held > 0) out += kBase64[(bits << (6 - held)) & 63];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t value = kBase64.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6) | static_cast<unsigned>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>((bits >> held) & 255);
    }
    // The bits left over must be zero, or two texts would mean the same bytes.
    if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
    return out;
}

}  // namespace torv
