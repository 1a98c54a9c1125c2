#include "features/stackexchange/markup.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "platform/base/text.hpp"

namespace torv::stackexchange {

namespace {

constexpr int kDepthMax = 60;  // of elements in each other; deeper ones give their words
constexpr std::string_view kSigns = "\\`*_[]<>~|";

struct Closer {
    void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

std::string_view text_of(const xmlChar* text) {
    return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

std::string_view name_of(const xmlNode* node) {
    return node->type == XML_ELEMENT_NODE ? text_of(node->name) : std::string_view{};
}

std::string attribute(const xmlNode* node, const char* name) {
    std::string value;
    xmlChar* kept = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    value = text_of(kept);
    xmlFree(kept);
    return value;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_word(char c) { return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(c); }

/// The words of an element as they are, spaces and all.
std::string raw_text(const xmlNode* node, int depth = 0) {
    std::string text;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        return std::string(text_of(node->content));
    if (name_of(node) == "br") return "\n";
    for (const xmlNode* child = node->children; child && depth < kDepthMax; child = child->next)
        text += raw_text(child, depth + 1);
    return text;
}

std::string joined_spaces(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (!is_space(c)) out += c;
        else if (out.empty() || out.back() != ' ') out += ' ';
    return out;
}

std::size_t longest_run(std::string_view text, char sign) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) longest = std::max(longest, run = c == sign ? run + 1 : 0);
    return longest;
}

std::string inline_code(std::string_view text) {
    std::string code = joined_spaces(text);
    if (trimmed(code).empty()) return {};
    const std::string fence(longest_run(code, '`') + 1, '`');
    const bool pad = code.front() == '`' || code.back() == '`';
    return fence + (pad ? " " : "") + code + (pad ? " " : "") + fence;
}

std::string address_of(std::string_view typed) {
    std::string out;
    for (const char c : trimmed(typed)) {
        if (c == '<') out += "%3C";
        else if (c == '>') out += "%3E";
        else if (c == '\\') out += "%5C";
        else if (is_space(c)) out += "%20";
        else out += c;
    }
    return out.starts_with("//") ? "https:" + out : out;
}

/// What would be a list, a heading or a quote at the beginning of a line.
std::string guarded(std::string_view line) {
    std::size_t digits = 0;
    while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
    const bool numbered =
        digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
    if (numbered)
        return std::string(line.substr(0, digits)) + "\\" + std::string(line.substr(digits));
    const bool sign = !line.empty() && std::string_view("#+-=").find(line[0]) != line.npos;
    return (sign ? "\\" : "") + std::string(line);
}

std::string paragraph(std::string_view text) {
    std::string out;
    for (const auto line : split(trimmed(text), '\n'))
        out += (out.empty() ? "" : "\n") + guarded(trimmed(line));
    while (out.ends_with('\\') && !out.ends_with("\\\\")) out.pop_back();  // a break at the end
    return out;
}

std::string prefixed(std::string_view text, std::string_view first, std::string_view others) {
    std::string out;
    bool begun = false;
    for (const auto line : split(text, '\n')) {
        out += begun ? "\n" : "";
        out += line.empty() && begun ? trimmed(others) : begun ? others : first;
        out += line;
        begun = true;
    }
    return out;
}

std::string inline_of(const xmlNode* node, int depth);

std::string inlines(const xmlNode* node, int depth) {
    std::string out;
    for (const xmlNode* child = node->children; child; child = child->next) {
        const std::string more = inline_of(child, depth + 1);
        const bool again = !more.empty() && more[0] == ' ' && (out.empty() || is_space(out.back()));
        out += std::string_view(more).substr(again ? 1 : 0);
    }
    return out;
}

/// Signs stand next to the words they are for, spaces outside.
std::string around(std::string_view inner, std::string_view sign) {
    const auto words = trimmed(inner);
    if (words.empty()) return std::string(inner);
    const bool before = is_space(inner.front()), after = is_space(inner.back());
    return (before ? " " : "") + std::string(sign) + std::string(words) + std::string(sign) +
           (after ? " " : "");
}

std::string link(const xmlNode* node, int depth) {
    const std::string inner = inlines(node, depth), address = address_of(attribute(node, "href"));
    if (address.empty() || trimmed(inner).empty()) return inner;
    if (raw_text(node) == address && address.find("://") != address.npos)
        return "<" + address + ">";
    return "[" + inner + "](<" + address + ">)";
}

std::string picture(const xmlNode* node) {
    const std::string address = address_of(attribute(node, "src"));
    if (address.empty()) return {};
    return "![" + literal(joined_spaces(attribute(node, "alt"))) + "](<" + address + ">)";
}

std::string inline_of(const xmlNode* node, int depth) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        return literal(joined_spaces(text_of(node->content)));
    const auto name = name_of(node);
    if (name.empty() || name == "script" || name == "style") return {};
    if (depth > kDepthMax) return literal(joined_spaces(raw_text(node)));
    if (name == "br") return "\\\n";
    if (name == "img") return picture(node);
    if (name == "a") return link(node, depth);
    if (name == "code" || name == "kbd" || name == "tt") return inline_code(raw_text(node));
    if (name == "strong" || name == "b") return around(inlines(node, depth), "**");
    if (name == "em" || name == "i") return around(inlines(node, depth), "*");
    if (name == "del" || name == "s" || name == "strike") return around(inlines(node, depth), "~~");
    if (name == "sup") return "^" + inlines(node, depth);
    return inlines(node, depth);
}

/// The blocks of an element, in their order.
class Blocks {
public:
    explicit Blocks(int depth) : depth_(depth) {}

    std::string of(const xmlNode* node) {
        for (const xmlNode* child = node->children; child; child = child->next) take(child);
        flush();
        std::string out;
        for (const auto& block : blocks_) out += (out.empty() ? "" : "\n\n") + block;
        return out;
    }

private:
    void take(const xmlNode* node) {
        const auto name = name_of(node);
        if (name == "hr") return add("---");
        if (name == "pre") return add(fenced(raw_text(node)));
        if (name == "ul" || name == "ol") return add(list(node, name == "ol"), name == "ul");
        if (name == "blockquote") return add(prefixed(inside(node), "> ", "> "));
        if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
            return add(heading(node, static_cast<std::size_t>(name[1] - '0')));
        const bool box = name == "p" || name == "div" || name == "table" || name == "tr" ||
                         name == "dl" || name == "dd" || name == "dt" || name == "li";
        if (box && depth_ < kDepthMax) return add(inside(node));
        const std::string more = inline_of(node, depth_);
        const bool again =
            !more.empty() && more[0] == ' ' && (run_.empty() || is_space(run_.back()));
        run_ += std::string_view(more).substr(again ? 1 : 0);
    }

    std::string inside(const xmlNode* node) const {
        return depth_ < kDepthMax ? Blocks(depth_ + 1).of(node)
                                  : paragraph(literal(joined_spaces(raw_text(node))));
    }

    void add(std::string block, bool bullets = false) {
        flush();
        if (trimmed(block).empty()) return;
        // Two lists in a row would be one.
        if (bullets && after_bullets_)
            for (std::size_t at = 0; at != block.npos; at = block.find("\n- ", at + 1))
                block[at == 0 ? 0 : at + 1] = '*';
        after_bullets_ = bullets && !after_bullets_;
        blocks_.push_back(std::move(block));
    }

    void flush() {
        std::string text = paragraph(run_);
        run_.clear();
        if (text.empty()) return;
        after_bullets_ = false;
        blocks_.push_back(std::move(text));
    }

    static std::string fenced(std::string_view code) {
        while (code.ends_with('\n')) code.remove_suffix(1);
        const std::string fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
        return fence + "\n" + std::string(code) + "\n" + fence;
    }

    std::string heading(const xmlNode* node, std::size_t level) const {
        std::string text = inlines(node, depth_);
        for (auto at = text.find("\\\n"); at != text.npos; at = text.find("\\\n"))
            text.replace(at, 2, " ");
        const auto words = trimmed(text);
        return words.empty() ? std::string{} : std::string(level, '#') + " " + std::string(words);
    }

    std::string list(const xmlNode* node, bool numbered) const {
        const auto start = parse_int<int>(attribute(node, "start")).value_or(1);
        int number = std::clamp(start, 0, 999'999'999);
        std::string out;
        bool loose = false;
        std::vector<std::string> items;
        for (const xmlNode* child = node->children; child; child = child->next) {
            if (name_of(child).empty()) continue;
            const std::string mark = numbered ? std::to_string(number++) + ". " : "- ";
            const std::string text = inside(child);
            loose = loose || text.find("\n\n") != text.npos;
            items.push_back(prefixed(text, mark, std::string(mark.size(), ' ')));
        }
        for (const auto& item : items) out += (out.empty() ? "" : loose ? "\n\n" : "\n") + item;
        return out;
    }

    int depth_;
    std::string run_;  ///< words that are no block yet
    std::vector<std::string> blocks_;
    bool after_bullets_ = false;
};

/// An address in the text is left as it is: signs in it are its own.
bool begins_address(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

}  // namespace

std::string literal(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool word_begins = at == 0 || !is_word(text[at - 1]);
        const char next = at + 1 < text.size() ? text[at + 1] : ' ';
        if (c == 'h' && word_begins && begins_address(text.substr(at))) {
            while (at < text.size() && !is_space(text[at]) && text[at] != '<') out += text[at++];
            --at;
            continue;
        }
        const bool sign = kSigns.find(c) != kSigns.npos || (c == '!' && next == '[');
        const bool entity = c == '&' && (is_word(next) || next == '#');
        const bool tag = c == '#' && word_begins && is_word(next);
        if (sign || entity || tag) out += '\\';
        out += c;
    }
    return out;
}

std::string to_markdown(std::string_view html) {
    if (trimmed(html).empty() || html.size() > 8u << 20) return {};
    const std::unique_ptr<xmlDoc, Closer> doc(htmlReadMemory(
        html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
        HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER));
    const xmlNode* root = doc ? xmlDocGetRootElement(doc.get()) : nullptr;
    if (!root) return {};
    for (const xmlNode* child = root->children; child; child = child->next)
        if (name_of(child) == "body") return Blocks(0).of(child);
    return Blocks(0).of(root);
}

}  // namespace torv::stackexchange
