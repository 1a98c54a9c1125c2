#include <charconv>
#include <cstdint>

#include "platform/html/inline_text.hpp"

namespace torv::markdown {

namespace {

struct Entity {
    std::string_view name, text;
};

/// Those that people write, and those with which a scheme could be hidden.
constexpr Entity kEntities[] = {
    {"amp", "&"},       {"lt", "<"},       {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", "\u00A0"}, {"copy", "©"},     {"reg", "®"},    {"trade", "™"},  {"hellip", "…"},
    {"mdash", "—"},     {"ndash", "–"},    {"laquo", "«"},  {"raquo", "»"},  {"ldquo", "“"},
    {"rdquo", "”"},     {"lsquo", "‘"},    {"rsquo", "’"},  {"bdquo", "„"},  {"sbquo", "‚"},
    {"euro", "€"},      {"pound", "£"},    {"deg", "°"},    {"middot", "·"}, {"times", "×"},
    {"rarr", "→"},      {"larr", "←"},     {"aelig", "æ"},  {"oslash", "ø"}, {"aring", "å"},
    {"AElig", "Æ"},     {"Oslash", "Ø"},   {"Aring", "Å"},  {"auml", "ä"},   {"ouml", "ö"},
    {"uuml", "ü"},      {"Auml", "Ä"},     {"Ouml", "Ö"},   {"Uuml", "Ü"},   {"szlig", "ß"},
    {"eacute", "é"},    {"egrave", "è"},   {"euml", "ë"},   {"iuml", "ï"},   {"colon", ":"},
    {"Tab", "\t"},      {"NewLine", "\n"}, {"lpar", "("},   {"rpar", ")"},   {"sol", "/"},
    {"bsol", "\\"},     {"num", "#"},      {"commat", "@"}, {"period", "."}, {"excl", "!"},
    {"quest", "?"},     {"equals", "="},   {"lbrace", "{"}, {"rbrace", "}"}, {"ast", "*"},
    {"lowbar", "_"},    {"grave", "`"},    {"percnt", "%"}, {"semi", ";"},   {"comma", ","},
};

std::string utf8(std::uint32_t point) {
    // NUL, surrogates and what lies beyond Unicode are no characters.
    if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return "\uFFFD";
    std::string out;
    if (point < 0x80) return out += static_cast<char>(point);
    if (point < 0x800) {
        out += static_cast<char>(0xC0 | (point >> 6));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | (point >> 12));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (point >> 18));
        out += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    }
    return out += static_cast<char>(0x80 | (point & 0x3F));
}

}  // namespace

std::string decode_entity(std::string_view entity) {
    if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') return {};
    const std::string_view name = entity.substr(1, entity.size() - 2);
    if (name[0] != '#') {
        for (const Entity& known : kEntities)
            if (known.name == name) return std::string(known.text);
        return {};
    }
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t point = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), point, hexadecimal ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size()) return "\uFFFD";
    return utf8(point);
}

}  // namespace torv::markdown
