#include "platform/html/inline_text.hpp"

#include <algorithm>
#include <utility>

#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"

namespace torv::markdown {

namespace {

constexpr std::size_t kHandleMin = 2, kHandleMax = 30, kTagMaxBytes = 60, kEmojiNameMax = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
/// Part of a word: nothing special begins directly after it.
bool is_word(char c) { return is_digit(c) || is_ascii_letter(c) || c == '_' || is_beyond_ascii(c); }
bool is_handle_char(char c) { return is_digit(c) || is_ascii_letter(c) || c == '-' || c == '_'; }
bool is_tag_char(char c) { return is_word(c) || c == '-'; }
bool is_emoji_char(char c) { return is_handle_char(c) || c == '+'; }

/// Length of what follows `from` and consists of such characters, at most `max`.
std::size_t run(std::string_view text, std::size_t from, std::size_t max, bool (*belongs)(char)) {
    std::size_t length = 0;
    while (length < max && from + length < text.size() && belongs(text[from + length])) ++length;
    return length;
}

/// Punctuation at its end belongs to the sentence, not to the name.
std::size_t without_end(std::string_view text, std::size_t from, std::size_t length) {
    while (length > 0 && (text[from + length - 1] == '-' || text[from + length - 1] == '_'))
        --length;
    return length;
}

/// In sequence: the first code point, its skin tone, the rest without a variation selector.
std::string with_skin_tone(std::string_view emoji, char tone) {
    const std::string_view first = first_code_points(emoji, 1);
    std::string_view rest = emoji.substr(first.size());
    if (rest.starts_with("\uFE0F")) rest.remove_prefix(3);
    std::string out(first);
    // U+1F3FB is the lightest and Slack's number 2.
    out += "\xF0\x9F\x8F";
    out += static_cast<char>(0xBB + (tone - '2'));
    return out += rest;
}

constexpr std::string_view kEmojiNames =
#include "platform/html/emoji_names.inc"
    ;

/// The line of a name by binary search over the sorted text.
std::string_view emoji_line(std::string_view name) {
    std::size_t low = 0, high = kEmojiNames.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const std::size_t before =
            middle == 0 ? kEmojiNames.npos : kEmojiNames.rfind('\n', middle - 1);
        const std::size_t start = before == kEmojiNames.npos ? 0 : before + 1;
        const std::size_t end = kEmojiNames.find('\n', start);
        const std::string_view line = kEmojiNames.substr(start, end - start);
        const std::string_view found = line.substr(0, line.find(' '));
        if (found == name) return line.substr(name.size() + 1);
        if (found < name) low = end + 1;
        else high = start;
    }
    return {};
}

}  // namespace

std::string emoji(std::string_view name) {
    constexpr std::string_view tone_mark = "::skin-tone-";
    char tone = 0;
    if (const std::size_t at = name.find(tone_mark); at != name.npos) {
        const std::string_view number = name.substr(at + tone_mark.size());
        if (number.size() != 1 || number[0] < '2' || number[0] > '6') return {};
        tone = number[0];
        name = name.substr(0, at);
    }
    std::string_view line = emoji_line(name);
    const bool has_tones = line.size() > 1 && line.ends_with('*');
    if (has_tones) line.remove_suffix(1);
    return tone && has_tones ? with_skin_tone(line, tone) : std::string(line);
}

bool Tokens::next(Token& token) {
    if (at_ >= text_.size()) return false;
    const std::size_t start = at_;
    if (special_at(at_, token)) {
        at_ += token.raw.size();
        return true;
    }
    Token after;
    do ++at_;
    while (at_ < text_.size() && !special_at(at_, after));
    token = {TokenKind::Words, text_.substr(start, at_ - start), {}};
    return true;
}

bool Tokens::special_at(std::size_t at, Token& token) const {
    const char c = text_[at];
    if (c != '@' && c != '#' && c != ':') return false;
    if (at > 0 && is_word(text_[at - 1]) && !(c == ':' && is_beyond_ascii(text_[at - 1])))
        return false;
    if (c == '@') return mention_at(at, token);
    return c == '#' ? tag_at(at, token) : emoji_at(at, token);
}

bool Tokens::mention_at(std::size_t at, Token& token) const {
    std::size_t length = run(text_, at + 1, kHandleMax + 1, is_handle_char);
    if (length > kHandleMax) return false;
    length = without_end(text_, at + 1, length);
    if (length < kHandleMin || !(is_digit(text_[at + 1]) || is_ascii_letter(text_[at + 1])))
        return false;
    token = {TokenKind::Mention, text_.substr(at, length + 1),
             ascii_lower(text_.substr(at + 1, length))};
    return true;
}

bool Tokens::tag_at(std::size_t at, Token& token) const {
    std::size_t length = run(text_, at + 1, kTagMaxBytes + 1, is_tag_char);
    if (length > kTagMaxBytes) return false;
    length = without_end(text_, at + 1, length);
    const std::string_view tag = text_.substr(at + 1, length);
    // "#1" is a number in a list, not a subject.
    if (tag.empty() || tag[0] == '-' || tag[0] == '_' ||
        std::all_of(tag.begin(), tag.end(), is_digit))
        return false;
    token = {TokenKind::Tag, text_.substr(at, length + 1), lower(tag)};
    return true;
}

bool Tokens::emoji_at(std::size_t at, Token& token) const {
    std::size_t length = run(text_, at + 1, kEmojiNameMax, is_emoji_char);
    constexpr std::string_view tone_mark = "::skin-tone-";
    if (length > 0 && text_.substr(at + 1 + length).starts_with(tone_mark))
        length += tone_mark.size() + 1;
    const std::size_t end = at + 1 + length;
    if (length == 0 || end >= text_.size() || text_[end] != ':') return false;
    std::string sign = emoji(text_.substr(at + 1, length));
    if (sign.empty()) return false;
    token = {TokenKind::Emoji, text_.substr(at, length + 2), std::move(sign)};
    return true;
}

std::vector<std::string> possible_mentions(std::string_view source) {
    std::vector<std::string> handles;
    Tokens tokens(source.substr(0, kMaxSourceBytes));
    for (Token token; tokens.next(token);)
        if (token.kind == TokenKind::Mention) handles.push_back(std::move(token.value));
    std::sort(handles.begin(), handles.end());
    handles.erase(std::unique(handles.begin(), handles.end()), handles.end());
    return handles;
}

std::string lower(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80 || i + 1 == text.size()) {
            out += lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + 32) : text[i];
            continue;
        }
        const auto next = static_cast<unsigned char>(text[i + 1]);
        // À–Þ without ×: the small letters stand 32 further on.
        if (lead == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
            out += text[i];
            out += static_cast<char>(next + 32);
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string excerpt(std::string_view text, std::size_t max) {
    std::string line;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (space && (line.empty() || line.back() == ' ')) continue;
        line += space ? ' ' : c;
        if (line.size() > max * 4 + 8) break;
    }
    const std::string_view whole = trimmed(line);
    const std::string_view part = first_code_points(whole, max);
    if (part.size() == whole.size()) return std::string(whole);
    const std::size_t space = part.rfind(' ');
    // A single long word is cut where it must be.
    const std::size_t end = space == part.npos || space < part.size() / 2 ? part.size() : space;
    return std::string(trimmed(part.substr(0, end))) + "…";
}

}  // namespace torv::markdown
