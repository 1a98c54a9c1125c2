#include "features/imports/text_rescue.hpp"

#include <array>
#include <cstdint>

#include "platform/base/text.hpp"

namespace torv::imports {
namespace {

void append(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// 0x80–0x9F of Windows-1252; the rest is Latin-1. Source: WHATWG Encoding, index windows-1252.
constexpr std::array<std::uint16_t, 32> kWestern{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string from_western(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append(out, byte >= 0x80 && byte < 0xA0 ? kWestern[byte - 0x80] : byte);
    }
    return out;
}

std::string from_utf16(std::string_view bytes, bool little) {
    const auto unit = [&](std::size_t i) -> std::uint32_t {
        const auto a = static_cast<unsigned char>(bytes[i]),
                   b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(little ? a | (b << 8) : (a << 8) | b);
    };
    std::string out;
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
        std::uint32_t c = unit(i);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000)
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), i += 2;
        }
        append(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
    return out;
}

/// Value of "\uXXXX" at `at`, or -1.
int unicode_escape(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
    int value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
    return error == std::errc{} && end == text.data() + at + 6 ? value : -1;
}

bool mend_surrogates(std::string& text) {
    if (text.find("\\u") == std::string::npos) return false;
    bool mended = false;
    for (std::size_t i = text.find('\\'); i != std::string::npos && i + 1 < text.size();
         i = text.find('\\', i)) {
        const int value = unicode_escape(text, i);
        if (value < 0xD800 || value >= 0xE000) {
            i += value < 0 ? 2 : 6;
            continue;
        }
        const int next = value < 0xDC00 ? unicode_escape(text, i + 6) : -1;
        if (next >= 0xDC00 && next < 0xE000) {
            i += 12;
            continue;
        }
        text.replace(i, 6, "\\ufffd");
        mended = true;
        i += 6;
    }
    return mended;
}

}  // namespace

Rescue rescue(std::string& text) {
    Rescue done = Rescue::None;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    } else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        text = from_utf16(text, text[0] == '\xFF');
        done = Rescue::Encoding;
    }
    if (!is_utf8(text) && text.find('\0') == std::string::npos) {
        text = from_western(text);
        done = Rescue::Encoding;
    }
    if (mend_surrogates(text)) done = Rescue::Surrogates;
    return done;
}

}  // namespace torv::imports
