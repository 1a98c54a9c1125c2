#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The compile-time half of html.hpp: reads a literal and decides how each `{}` is escaped. What it
/// refuses ends as a compile error whose text is the literal after `throw`.
namespace torv::html {

namespace detail {

/// How a `{}` is escaped.
enum class PlaceKind : std::uint8_t {
    Text,
    TextAreaStart,  ///< directly after <textarea>, where HTML drops one line end
    Quoted,         ///< in a quoted attribute
    UrlStart,       ///< a whole URL, or its beginning: checked and escaped
    UrlPart,        ///< after the beginning of a URL: percent-encoded
    Attribute,      ///< a whole attribute
};

struct Place {
    std::uint32_t at = 0;
    PlaceKind kind = PlaceKind::Text;
};

enum class ArgumentKind : std::uint8_t { Plain, Safe, Attribute };

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_name_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}

template <class... Names>
constexpr bool is_one_of(std::string_view name, Names... names) {
    return ((name == names) || ...);
}

/// Attributes whose value is an address.
constexpr bool is_url_attribute(std::string_view name) {
    return is_one_of(name, "href", "src", "action", "formaction", "poster", "cite", "data",
                     "xlink:href", "ping", "manifest", "background", "srcset", "imagesrcset",
                     "longdesc");
}

/// Attributes that must not appear, or hold nothing variable.
constexpr void refuse_attribute(std::string_view name) {
    if (name.empty()) throw "an attribute needs a name";
    for (const char c : name)
        if (c >= 'A' && c <= 'Z') throw "attribute names are lower case";
    if (name.size() > 2 && name.starts_with("on"))
        throw "no on… attributes: write a custom element";
    if (name == "style") throw "no style attributes: write a class";
    if (name == "srcdoc" || name == "http-equiv") throw "srcdoc and http-equiv are not for us";
}

/// Elements whose content browsers do not read as markup, in ways escaping does not cover.
constexpr void refuse_element(std::string_view name) {
    for (const char c : name)
        if (c >= 'A' && c <= 'Z') throw "element names are lower case";
    if (is_one_of(name, "style", "iframe", "xmp", "plaintext", "noembed", "noframes", "noscript",
                  "object", "embed", "base"))
        throw "this element has no place in our markup";
}

/// Walks a literal once.
class Parser {
public:
    constexpr Parser(std::string_view text, std::span<Place> places,
                     std::span<const ArgumentKind> kinds)
        : text_(text), places_(places), kinds_(kinds) {}

    constexpr void run() {
        while (at_ < text_.size()) {
            if (text_[at_] == '<') tag();
            else if (place_here()) text_place();
            else ++at_;
        }
        if (count_ != places_.size()) throw "fewer {} than arguments";
    }

private:
    constexpr bool place_here() const {
        return at_ + 1 < text_.size() && text_[at_] == '{' && text_[at_ + 1] == '}';
    }
    constexpr char here() const {
        if (at_ >= text_.size()) throw "a fragment ends outside of tags";
        return text_[at_];
    }
    constexpr void add(PlaceKind kind) {
        if (count_ == places_.size()) throw "more {} than arguments";
        const ArgumentKind argument = kinds_[count_];
        const bool in_text = kind == PlaceKind::Text || kind == PlaceKind::TextAreaStart;
        if (argument == ArgumentKind::Safe && !in_text) throw "Safe markup stands in text only";
        if ((argument == ArgumentKind::Attribute) != (kind == PlaceKind::Attribute))
            throw "a {} inside a tag takes html::flag or html::attr, and they stand only there";
        places_[count_++] = {static_cast<std::uint32_t>(at_), kind};
        at_ += 2;
    }
    constexpr void text_place() {
        add(after_textarea_ == at_ && at_ != 0 ? PlaceKind::TextAreaStart : PlaceKind::Text);
    }

    constexpr void tag() {
        ++at_;
        if (text_.substr(at_).starts_with("!--")) return comment();
        if (here() == '!') return declaration();
        const bool closing = here() == '/';
        if (closing) ++at_;
        const std::string_view name = element_name();
        refuse_element(name);
        attributes(closing);
        if (closing) return;
        if (name == "script" && !text_.substr(at_).starts_with("</script>"))
            throw "a script element has a src and no content";
        if (name == "textarea") after_textarea_ = at_;
    }
    constexpr void comment() {
        const std::size_t end = text_.find("-->", at_);
        if (end == text_.npos) throw "a comment ends in its fragment";
        if (text_.substr(at_, end - at_).find("{}") != text_.npos) throw "no {} in a comment";
        at_ = end + 3;
    }
    constexpr void declaration() {
        while (here() != '>') {
            if (place_here()) throw "no {} in a declaration";
            ++at_;
        }
        ++at_;
    }
    constexpr std::string_view element_name() {
        const std::size_t from = at_;
        if (!is_letter(here())) throw "a tag needs a name, and a plain < is written &lt;";
        while (is_name_char(here())) ++at_;
        if (!is_space(here()) && here() != '>' && here() != '/') throw "no {} in the name of a tag";
        return text_.substr(from, at_ - from);
    }
    constexpr void attributes(bool closing) {
        while (true) {
            const bool spaced = is_space(here());
            while (is_space(here())) ++at_;
            if (here() == '>') return void(++at_);
            if (here() == '/') {
                ++at_;
                if (here() != '>') throw "after / comes >";
                continue;
            }
            if (closing) throw "a closing tag has no attributes";
            if (!spaced) throw "attributes are parted by spaces";
            if (place_here()) add(PlaceKind::Attribute);
            else attribute();
        }
    }
    constexpr void attribute() {
        const std::size_t from = at_;
        while (is_name_char(here())) ++at_;
        const std::string_view name = text_.substr(from, at_ - from);
        refuse_attribute(name);
        if (is_space(here()) || here() == '>' || here() == '/') return;
        if (here() != '=') throw "no {} in the name of an attribute";
        ++at_;
        if (here() != '"' && here() != '\'') throw "attribute values are quoted";
        value(name, text_[at_++]);
    }
    constexpr void value(std::string_view name, char quote) {
        const bool url = is_url_attribute(name);
        const bool list = name == "srcset" || name == "imagesrcset";
        std::size_t start = at_;
        while (here() != quote) {
            if (list && (is_space(here()) || here() == ',')) start = at_ + 1;
            if (!place_here()) {
                ++at_;
            } else if (url) {
                refuse_scheme(text_.substr(start, at_ - start));
                if (at_ == start) url_start(quote);
                else add(PlaceKind::UrlPart);
            } else {
                add(PlaceKind::Quoted);
            }
        }
        ++at_;
    }
    /// After a `{}` that begins an address nothing may follow that would make a scheme of it.
    constexpr void url_start(char quote) {
        add(PlaceKind::UrlStart);
        const char next = here();
        if (next != quote && next != '/' && next != '?' && next != '#' && next != '&' &&
            !is_space(next))
            throw "after a {} that begins an address comes /, ?, #, & or the end";
    }
    /// What stands before a `{}` in an address has settled scheme and host already, so that no
    /// argument can.
    constexpr static void refuse_scheme(std::string_view before) {
        if (before.empty() || before.starts_with("{}") || before[0] == '#' || before[0] == '?')
            return;
        if (before.starts_with("//")) throw "an address before {} must not begin a host";
        if (before[0] == '/' || before.starts_with("mailto:") || before.starts_with("tel:")) return;
        if (!before.starts_with("https://") && !before.starts_with("http://"))
            throw "an address before {} begins with /, # or ?, or is https://host/";
        if (before.find('/', 8) == before.npos) throw "no {} in the host of an address";
    }

    std::string_view text_;
    std::span<Place> places_;
    std::span<const ArgumentKind> kinds_;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
    std::size_t after_textarea_ = 0;
};

}  // namespace detail

/// The name of an attribute that may be put in or left out: neither an address nor a script.
struct AttributeName {
    consteval AttributeName(const char* name) : text(name) {
        detail::refuse_attribute(text);
        if (detail::is_url_attribute(text)) throw "an address stands in quotes in the literal";
        for (const char c : text)
            if (!detail::is_name_char(c)) throw "not the name of an attribute";
    }
    std::string_view text;
};

}  // namespace torv::html
