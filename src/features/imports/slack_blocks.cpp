#include "features/imports/slack_blocks.hpp"

#include "platform/base/text.hpp"

namespace torv::imports::slack {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

/// The style's sign around each line; spaces at its ends stay outside, as Slack's markup wants.
std::string styled_line(std::string_view line, const json::Value& style) {
    const auto inside = trimmed(line);
    if (inside.empty()) return std::string(line);
    const auto start = static_cast<std::size_t>(inside.data() - line.data());
    std::string text = escaped(inside);
    const auto wrap = [&](std::string_view name, char sign) {
        if (style[name].boolean().value_or(false)) text = sign + text + sign;
    };
    if (style["code"].boolean().value_or(false)) text = "`" + text + "`";
    wrap("italic", '_');
    wrap("bold", '*');
    wrap("strike", '~');
    return std::string(line.substr(0, start)) + text +
           std::string(line.substr(start + inside.size()));
}

std::string styled(std::string_view text, const json::Value& style) {
    std::string out;
    bool first = true;
    for (const auto line : split(text, '\n')) {
        if (!first) out += '\n';
        out += styled_line(line, style);
        first = false;
    }
    return out;
}

std::string link(std::string_view url, std::string_view label) {
    if (label.empty()) return "<" + escaped(url) + ">";
    return "<" + escaped(url) + "|" + escaped(label) + ">";
}

std::string emoji(const json::Value& element) {
    std::string name = element["name"].string_or("");
    if (const auto tone = element["skin_tone"].integer())
        name += "::skin-tone-" + std::to_string(*tone);
    return ":" + name + ":";
}

std::string inline_element(const json::Value& element) {
    const std::string type = element["type"].string_or("");
    if (type == "link") return link(element["url"].string_or(""), element["text"].string_or(""));
    if (type == "user") return "<@" + element["user_id"].string_or("") + ">";
    if (type == "channel") return "<#" + element["channel_id"].string_or("") + ">";
    if (type == "usergroup") return "<!subteam^" + element["usergroup_id"].string_or("") + ">";
    if (type == "broadcast") return "<!" + element["range"].string_or("") + ">";
    if (type == "emoji") return emoji(element);
    if (type == "color") return escaped(element["value"].string_or(""));
    if (type == "date") return escaped(element["fallback"].string_or(""));
    return styled(element["text"].string_or(""), element["style"]);
}

std::string inline_text(const json::Value& holder) {
    std::string out;
    for (const auto& element : holder["elements"].items()) out += inline_element(element);
    return out;
}

std::string block_quote(std::string_view text) {
    std::string out;
    for (const auto line : split(text, '\n')) out += "&gt; " + std::string(line) + "\n";
    return out;
}

std::string list(const json::Value& part) {
    const bool ordered = part["style"].string_or("") == "ordered";
    const std::string indent(static_cast<std::size_t>(part["indent"].integer().value_or(0) & 7) * 4,
                             ' ');
    std::int64_t number = part["offset"].integer().value_or(0);
    std::string out;
    for (const auto& item : part["elements"].items())
        out +=
            indent + (ordered ? std::to_string(++number) + ". " : "- ") + inline_text(item) + "\n";
    return out;
}

std::string rich_part(const json::Value& part) {
    const std::string type = part["type"].string_or("");
    if (type == "rich_text_list") return list(part);
    if (type == "rich_text_quote") return block_quote(inline_text(part)) + "\n";
    if (type == "rich_text_preformatted") return "```\n" + inline_text(part) + "\n```\n";
    return inline_text(part) + "\n";
}

std::string text_object(const json::Value& text) {
    const std::string content = text["text"].string_or("");
    return text["type"].string_or("") == "mrkdwn" ? content : escaped(content);
}

std::string block_text(const json::Value& block) {
    const std::string type = block["type"].string_or("");
    std::string out;
    if (type == "rich_text") {
        for (const auto& part : block["elements"].items()) out += rich_part(part);
    } else if (type == "header") {
        out = "*" + text_object(block["text"]) + "*\n";
    } else if (type == "image" || type == "video") {
        out = link(block["image_url"].string_or(block["title_url"].string_or("")),
                   block["alt_text"].string_or("")) +
              "\n";
    } else {
        out = text_object(block["text"]) + "\n";
        for (const auto& field : block["fields"].items()) out += "- " + text_object(field) + "\n";
        for (const auto& element : block["elements"].items())
            out += text_object(element["text"].is_object() ? element["text"] : element) + " ";
    }
    return out;
}

void add_line(std::string& out, const std::string& text) {
    if (!trimmed(text).empty()) out += (out.empty() ? "" : "\n") + text;
}

}  // namespace

std::string text_of_blocks(const json::Value& blocks) {
    std::string out;
    for (const auto& block : blocks.items())
        if (block.is_object()) out += block_text(block);
    return std::string(trimmed(out));
}

std::string text_of_attachment(const json::Value& a) {
    std::string inside;
    const std::string title = a["title"].string_or(""), address = a["title_link"].string_or("");
    if (!title.empty())
        add_line(inside, address.empty() ? "*" + title + "*" : "<" + address + "|" + title + ">");
    add_line(inside, a["text"].string_or(""));
    for (const auto& field : a["fields"].items())
        add_line(inside, "*" + field["title"].string_or("") + "*: " + field["value"].string_or(""));
    if (inside.empty()) inside = text_of_blocks(a["blocks"]);
    if (inside.empty()) inside = a["fallback"].string_or(a["image_url"].string_or(""));
    std::string out = a["pretext"].string_or("");
    if (!inside.empty()) add_line(out, std::string(trimmed(block_quote(inside))));
    return out;
}

}  // namespace torv::imports::slack
