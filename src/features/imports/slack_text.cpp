#include "features/imports/slack_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"

namespace torv::imports::slack {

namespace {

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 4) == "&lt;") out += '<', i += 4;
        else if (text.substr(i, 4) == "&gt;") out += '>', i += 4;
        else if (text.substr(i, 5) == "&amp;") out += '&', i += 5;
        else out += text[i++];
    }
    return out;
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Characters that Markdown would read as its own where the writer meant themselves.
std::string literal(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '\\' || c == '<' ||
            c == '>')
            out += '\\';
        if (c == '&') out += "&amp;";
        else out += c;
    }
    return out;
}

class Converter {
public:
    Converter(std::string_view text, const Names& names) : text_(text), names_(names) {}

    Converted run() {
        while (at_ < text_.size()) step();
        return std::move(done_);
    }

private:
    std::string& out() { return done_.markdown; }
    bool at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }

    /// The next of these characters, if it is near. What was looked through before is not looked
    /// through again: that would take thousands of times the length.
    std::size_t find_near(std::string_view characters) {
        std::size_t& looked = looked_[static_cast<unsigned char>(characters.front())];
        const std::size_t end = std::min(text_.size(), at_ + 1 + kNear);
        for (std::size_t i = std::max(at_ + 1, looked); i < end; ++i) {
            looked = i;
            for (const char c : characters)
                if (text_[i] == c) return i;
        }
        looked = std::max(looked, end);
        return std::string_view::npos;
    }

    void step() {
        if (text_.substr(at_, 3) == "```") return fence();
        const char c = text_[at_];
        if (c == '`') return code();
        if (c == '<') return angle();
        if (c == '*' && styled('*', "**")) return;
        if (c == '_' && styled('_', "*")) return;
        if (c == '~' && styled('~', "~~")) return;
        if (at_line_start() && text_.substr(at_, 4) == "&gt;") return quote();
        if (c == '&') return entity();
        if (c == ':' && emoji()) return;
        if (at_line_start() && line_mark()) return;
        plain();
    }

    void fence() {
        const auto end = text_.find("```", at_ + 3);
        const auto body =
            text_.substr(at_ + 3, end == std::string_view::npos ? end : end - at_ - 3);
        if (!out().empty() && !out().ends_with('\n')) out() += '\n';
        std::string code = code_text(body);
        while (code.starts_with('\n')) code.erase(0, 1);
        out() += "````\n" + code + (code.ends_with('\n') ? "" : "\n") + "````\n";
        at_ = end == std::string_view::npos ? text_.size() : end + 3;
    }

    void code() {
        const auto end = find_near("`\n");
        if (end == std::string_view::npos || text_[end] == '\n' || end == at_ + 1) return plain();
        out() += "`" + code_text(text_.substr(at_ + 1, end - at_ - 1)) + "`";
        at_ = end + 1;
    }

    /// Inside code, links are shown as what they point to.
    static std::string code_text(std::string_view body) {
        std::string out;
        const auto last = body.rfind('>');
        const std::size_t closed = last == std::string_view::npos ? 0 : last;
        for (std::size_t i = 0; i < body.size();) {
            const bool opens = body[i] == '<' && i < closed;
            const auto close = opens ? body.find('>', i) : std::string_view::npos;
            if (close == std::string_view::npos) {
                out += body[i++];
                continue;
            }
            const auto inside = body.substr(i + 1, close - i - 1);
            const auto bar = inside.find('|');
            out += bar == std::string_view::npos ? inside : inside.substr(bar + 1);
            i = close + 1;
        }
        return unescaped(out);
    }

    /// <…>: a person, a channel, a call to all, a date, a link.
    void angle() {
        const auto close = find_near(">\n");
        if (close == std::string_view::npos || text_[close] == '\n') return plain();
        const auto inside = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        const auto bar = inside.find('|');
        const auto target = inside.substr(0, bar);
        const auto label =
            bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
        if (target.starts_with('@')) return person(target.substr(1), label);
        if (target.starts_with('#')) return channel(target.substr(1), label);
        if (target.starts_with('!')) return call(target.substr(1), label);
        link(target, label);
    }

    void person(std::string_view id, std::string_view label) {
        const std::string handle = names_.handle(id);
        if (!handle.empty()) {
            if (!out().empty() && is_word(out().back())) out() += ' ';
            out() += "@" + handle;
            return;
        }
        done_.unknown_people.emplace_back(id);
        out() += "@" + literal(unescaped(label.empty() ? id : label));
    }

    void channel(std::string_view id, std::string_view label) {
        const std::string address = names_.channel(id, label);
        const std::string shown = "#" + literal(unescaped(label.empty() ? id : label));
        out() += address.empty() ? shown : "[" + shown + "](" + address + ")";
    }

    void call(std::string_view what, std::string_view label) {
        if (!label.empty()) out() += literal(unescaped(label));
        else out() += "@" + literal(what.substr(0, what.find('^')));
    }

    void link(std::string_view target, std::string_view label) {
        std::string url = unescaped(target);
        std::replace(url.begin(), url.end(), ' ', '+');
        const bool known =
            url.starts_with("http://") || url.starts_with("https://") || url.starts_with("mailto:");
        if (!known) {
            out() += literal(unescaped(label.empty() ? target : label));
        } else if (label.empty() || label == target) {
            out() += "<" + url + ">";
        } else {
            for (std::size_t i = url.find_first_of("()<>"); i != std::string::npos;
                 i = url.find_first_of("()<>", i + 3))
                url.replace(i, 1, percent_encode(url.substr(i, 1)));
            out() += "[" + literal(unescaped(label)) + "](" + url + ")";
        }
    }

    /// `*bold*` stands between words and on one line; anything else is an asterisk.
    bool styled(char mark, std::string_view markdown) {
        if (at_ > 0 && is_word(text_[at_ - 1])) return false;
        const auto end = find_near(std::string_view(&mark, 1));
        if (end == std::string_view::npos || end == at_ + 1) return false;
        const auto inside = text_.substr(at_ + 1, end - at_ - 1);
        if (inside.find('\n') != std::string_view::npos || inside.front() == ' ' ||
            inside.back() == ' ')
            return false;
        if (end + 1 < text_.size() && is_word(text_[end + 1])) return false;
        if (depth_ >= 3) return false;
        Converter inner(inside, names_);
        inner.depth_ = depth_ + 1;
        Converted part = inner.run();
        out() += std::string(markdown) + part.markdown + std::string(markdown);
        std::move(part.unknown_emoji.begin(), part.unknown_emoji.end(),
                  std::back_inserter(done_.unknown_emoji));
        std::move(part.unknown_people.begin(), part.unknown_people.end(),
                  std::back_inserter(done_.unknown_people));
        at_ = end + 1;
        return true;
    }

    void quote() {
        while (text_.substr(at_, 4) == "&gt;") at_ += 4;
        out() += "> ";
        if (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    void entity() {
        for (const std::string_view name : {"&amp;", "&lt;", "&gt;"})
            if (text_.substr(at_, name.size()) == name) {
                const std::string one = unescaped(name);
                // Before letters an ampersand would begin a name of Markdown's own.
                out() += one == "&" ? "&amp;" : "\\" + one;
                at_ += name.size();
                return;
            }
        plain();
    }

    bool emoji() {
        const auto end = find_near(": \n");
        if (end == std::string_view::npos || text_[end] != ':' || end == at_ + 1) return false;
        auto name = text_.substr(at_ + 1, end - at_ - 1);
        std::size_t after = end + 1;
        if (text_.substr(after, 10) == ":skin-tone") {
            const auto tone = text_.find(':', after + 1);
            if (tone != std::string_view::npos && tone - after < 14) {
                name = text_.substr(at_ + 1, tone - at_ - 1);
                after = tone + 1;
            }
        }
        const std::string found = emoji_of(name);
        if (found.empty()) {
            const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
                return is_word(c) || c == '_' || c == '-' || c == '+';
            });
            const bool number =
                std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (letters && !number && (at_ == 0 || !is_word(text_[at_ - 1])))
                done_.unknown_emoji.emplace_back(name);
            return false;
        }
        out() += found;
        at_ = after;
        return true;
    }

    /// Things that begin a line and would become headings or rules.
    bool line_mark() {
        if (text_[at_] != '#' && text_[at_] != '=' && text_.substr(at_, 3) != "---" &&
            text_.substr(at_, 1) != "+")
            return false;
        out() += '\\';
        out() += text_[at_++];
        return true;
    }

    void plain() {
        const char c = text_[at_++];
        if (c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '\\' || c == '<' ||
            c == '>' || c == '|') {
            // Inside a word an underscore is just that.
            const bool inside = c == '_' && at_ >= 2 && is_word(text_[at_ - 2]) &&
                                at_ < text_.size() && is_word(text_[at_]);
            if (!inside) out() += '\\';
        }
        // A line of a message is a line: Markdown would join it to the one before.
        if (c == '\n' && at_ < text_.size() && text_[at_] != '\n' && !out().empty() &&
            !out().ends_with('\n'))
            out() += "  ";
        out() += c;
    }

    static constexpr std::size_t kNear = 2000;  ///< bytes; longer than any address

    std::string_view text_;
    const Names& names_;
    std::size_t at_ = 0;
    /// By the first of the characters: none of them stands between `at_` and here.
    std::array<std::size_t, 128> looked_{};
    int depth_ = 0;
    Converted done_;
};

}  // namespace

std::string emoji_of(std::string_view name) {
    if (const auto found = markdown::emoji(name); !found.empty()) return std::string(found);
    const auto tone = name.find("::skin-tone-");
    if (tone == std::string_view::npos) return {};
    return std::string(markdown::emoji(name.substr(0, tone)));
}

Converted to_markdown(std::string_view text, const Names& names) {
    return Converter(text, names).run();
}

}  // namespace torv::imports::slack
