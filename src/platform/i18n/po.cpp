#include "platform/i18n/po.hpp"

#include <stdexcept>

#include "platform/base/text.hpp"

namespace torv::i18n {

namespace {

class PoParser {
public:
    explicit PoParser(std::string_view text) : text_(text) {}

    std::vector<PoEntry> run() {
        for (std::string_view line : split(text_, '\n')) {
            ++line_;
            line = trimmed(line);
            if (line.empty() || line[0] == '#') continue;
            read(line);
        }
        finish();
        return std::move(entries_);
    }

private:
    [[noreturn]] void refuse(const char* what) const {
        throw std::runtime_error("line " + std::to_string(line_) + ": " + what);
    }

    void read(std::string_view line) {
        if (line[0] == '"') {
            if (!into_) refuse("text without a keyword");
            *into_ += unquoted(line);
            return;
        }
        const std::size_t space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        const std::string text = unquoted(space == line.npos ? "" : trimmed(line.substr(space)));
        if (word == "msgctxt" || (word == "msgid" && has_text_)) finish();
        if (word == "msgctxt") {
            context_ = text;
            into_ = &context_;
        } else if (word == "msgid") {
            entry_.line = line_;
            entry_.key = text;
            into_ = &entry_.key;
        } else if (word == "msgid_plural") {
            entry_.plural = true;
            plural_ = text;
            into_ = &plural_;
        } else if (word == "msgstr" ||
                   word == "msgstr[" + std::to_string(entry_.texts.size()) + "]") {
            has_text_ = true;
            into_ = &entry_.texts.emplace_back(text);
        } else {
            refuse("not a line of a .po file");
        }
    }

    void finish() {
        if (has_text_ && !entry_.key.empty()) entries_.push_back(std::move(entry_));
        entry_ = {};
        into_ = nullptr;
        has_text_ = false;
    }

    std::string unquoted(std::string_view quoted) const {
        if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"')
            refuse("text in quotes expected");
        std::string text;
        quoted = quoted.substr(1, quoted.size() - 2);
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            if (quoted[i] == '"') refuse("a quote inside text is written \\\"");
            if (quoted[i] != '\\') {
                text += quoted[i];
                continue;
            }
            if (++i == quoted.size()) refuse("a lone backslash");
            switch (quoted[i]) {
                case 'n': text += '\n'; break;
                case 't': text += '\t'; break;
                case '"': text += '"'; break;
                case '\\': text += '\\'; break;
                default: refuse("unknown escape");
            }
        }
        return text;
    }

    std::string_view text_;
    int line_ = 0;
    std::vector<PoEntry> entries_;
    PoEntry entry_;
    std::string context_, plural_;
    std::string* into_ = nullptr;  // where a line that goes on is added; points into this object
    bool has_text_ = false;
};

}  // namespace

std::vector<PoEntry> parse_po(std::string_view text) { return PoParser(text).run(); }

}  // namespace torv::i18n
