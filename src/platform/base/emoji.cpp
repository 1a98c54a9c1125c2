#include "platform/base/emoji.hpp"

#include <cstdint>

namespace torv {

namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
constexpr std::size_t kBytesMax = 64;

std::u32string code_points_of(std::string_view text) {
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        char32_t point = more == 0 ? lead : lead & (0x3F >> more);
        for (int i = 1; i <= more && at + i < text.size(); ++i)
            point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
        points += point;
        at += more + 1;
    }
    return points;
}

bool is_tone(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }
bool is_region(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }
bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }

/// Pictographs of Unicode's emoji-data: the blocks as a whole, some single characters.
bool is_pictograph(char32_t c) {
    if (is_tone(c) || is_region(c)) return false;
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x1F000 && c <= 0x1F2FF) ||
           (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2300 && c <= 0x23FF) ||
           (c >= 0x2B05 && c <= 0x2B55) || (c >= 0x2190 && c <= 0x21AA) ||
           (c >= 0x25AA && c <= 0x25FE) || (c >= 0x2934 && c <= 0x2935) || c == 0x3030 ||
           c == 0x303D || c == 0x3297 || c == 0x3299 || c == 0xA9 || c == 0xAE || c == 0x203C ||
           c == 0x2049 || c == 0x2122 || c == 0x2139 || c == 0x24C2;
}

/// One pictograph with what changes its look, from `at` on; the place after it, or `at` when there
/// is none.
std::size_t element(const std::u32string& points, std::size_t at) {
    if (at >= points.size() || !is_pictograph(points[at])) return at;
    ++at;
    if (at < points.size() && points[at] == kEmojiStyle) ++at;
    if (at < points.size() && is_tone(points[at])) ++at;
    while (at < points.size() && is_tag(points[at])) ++at;
    return at;
}

bool is_keycap(const std::u32string& p) {
    const bool key = !p.empty() && ((p[0] >= U'0' && p[0] <= U'9') || p[0] == U'#' || p[0] == U'*');
    return key && p.back() == kKeycap && (p.size() == 2 || (p.size() == 3 && p[1] == kEmojiStyle));
}

}  // namespace

bool is_emoji(std::string_view text) {
    if (text.empty() || text.size() > kBytesMax) return false;
    const std::u32string points = code_points_of(text);
    if (is_keycap(points)) return true;
    if (points.size() == 2 && is_region(points[0]) && is_region(points[1])) return true;
    std::size_t at = element(points, 0);
    if (at == 0) return false;
    while (at < points.size() && points[at] == kJoiner) {
        const std::size_t next = element(points, at + 1);
        if (next == at + 1) return false;
        at = next;
    }
    return at == points.size();
}

std::string normal_emoji(std::string_view emoji) {
    // Older signs (❤, ☀) are text unless the style sign follows; people type both.
    const std::u32string points = code_points_of(emoji);
    const bool old_sign = points.size() == 1 && points[0] < 0x1F000;
    static constexpr std::u32string_view kColoured =
        U"\u2705\u2728\u274C\u274E\u2753\u2754\u2755\u2757\u2795\u2796\u2797\u27B0\u27BF\u2B50"
        U"\u2B55\u26A1\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD"
        U"\u231A\u231B\u23E9\u23EA\u23EB\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u267F\u2693"
        U"\u26A0\u26AA\u26AB\u2B1B\u2B1C\u270A\u270B";
    if (!old_sign || kColoured.find(points[0]) != kColoured.npos) return std::string(emoji);
    return std::string(emoji) + "\xEF\xB8\x8F";
}

}  // namespace torv
