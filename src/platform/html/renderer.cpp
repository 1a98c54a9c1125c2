#include "platform/html/renderer.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/html/inline_text.hpp"

namespace torv::markdown {

namespace {

template <class T>
void add_once(std::vector<T>& list, const T& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// Looking through a list for each of thousands of names is not linear; nobody needs so many.
constexpr std::size_t kMaxNoted = 200;
constexpr std::size_t kMaxTags = 20;  ///< those behind are links only

template <class T>
void note(std::vector<T>& list, const T& value) {
    if (list.size() < kMaxNoted) add_once(list, value);
}

}  // namespace

/// True when no more may be written; what is open is still closed.
bool Renderer::full() {
    if (out_.text().size() < kMaxHtmlBytes) return false;
    result_.cut = true;
    return true;
}

void Renderer::text(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
        case MD_TEXT_NORMAL:
        case MD_TEXT_HTML:
        case MD_TEXT_LATEXMATH: pending_ += text; return;
        case MD_TEXT_NULLCHAR: pending_ += "\uFFFD"; return;
        case MD_TEXT_BR:
        case MD_TEXT_SOFTBR: line_break(); return;
        case MD_TEXT_ENTITY: {
            const std::string decoded = decode_entity(text);
            pending_ += decoded.empty() ? text : std::string_view(decoded);
            return;
        }
        case MD_TEXT_CODE:
            flush();
            words(text);
            return;
    }
}

void Renderer::line_break() {
    flush();
    if (pictures_ > 0) {
        alt_ += ' ';
    } else if (!full()) {
        put(out_, "<br>\n");
        result_.text += '\n';
    }
}

/// Parts the lines of the plain text.
void Renderer::end_of_line() {
    if (!result_.text.empty() && result_.text.back() != '\n') result_.text += '\n';
}

void Renderer::words(std::string_view text) {
    if (pictures_ > 0) {
        alt_ += text;
    } else if (!full()) {
        put(out_, "{}", text);
        result_.text += text;
    }
}

void Renderer::flush() {
    if (pending_.empty()) return;
    const std::string run = std::move(pending_);
    pending_.clear();
    Tokens tokens(run);
    for (Token token; tokens.next(token);) {
        switch (token.kind) {
            case TokenKind::Words: words(token.raw); break;
            case TokenKind::Emoji: words(token.value); break;
            case TokenKind::Mention: mention(token.raw, token.value); break;
            case TokenKind::Tag: tag(token.raw, token.value); break;
        }
    }
}

void Renderer::mention(std::string_view raw, const std::string& handle) {
    const bool known =
        !in_link_ && pictures_ == 0 && options_.is_member && options_.is_member(handle);
    if (!known || full()) return words(raw);
    put(out_, R"(<a class="mention" href="/m/{}">{}</a>)", handle, raw);
    result_.text += raw;
    note(result_.mentions, handle);
}

void Renderer::tag(std::string_view raw, const std::string& tag) {
    if (!options_.tags || in_link_ || pictures_ > 0 || full()) return words(raw);
    put(out_, R"(<a class="tag" href="/tags/{}">{}</a>)", tag, raw);
    result_.text += raw;
    if (result_.tags.size() < kMaxTags) add_once(result_.tags, tag);
}

void Renderer::note_link(std::string_view href) {
    if (href.starts_with("http://") || href.starts_with("https://"))
        note(result_.links, std::string(href));
    if (const auto upload = upload_in(href)) note(result_.uploads, *upload);
}

Rendered Renderer::finish() {
    flush();
    result_.html = out_.take();
    result_.text = trimmed(result_.text);
    return std::move(result_);
}

std::optional<UploadId> upload_in(std::string_view path) {
    constexpr std::string_view folder = "/files/";
    if (!path.starts_with(folder)) return std::nullopt;
    path.remove_prefix(folder.size());
    const std::size_t slash = path.find('/');
    if (slash == path.npos || slash + 1 == path.size()) return std::nullopt;
    return UploadId::parse(path.substr(0, slash));
}

}  // namespace torv::markdown
