#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "platform/base/ids.hpp"
#include "platform/html/markup.hpp"

/// Markup that cannot be made unsafe. Literals are read while compiling; every `{}` is escaped for
/// the place it stands in, and a place that cannot be made safe does not compile:
///
///     put(out, R"(<a class="name" href="/m/{}">{}</a>)", member.handle, member.name);
///     put(out, R"(<input type="checkbox" name="news" {}>)", html::flag("checked", wanted));
namespace torv::html {

namespace detail {
struct Writer;
}

/// Markup being written.
class Out {
public:
    const std::string& text() const { return text_; }
    std::string take() { return std::move(text_); }
    bool empty() const { return text_.empty(); }
    void reserve(std::size_t bytes) { text_.reserve(bytes); }

private:
    friend struct detail::Writer;
    std::string text_;
};

/// Markup that goes out as it is; only in text, not in attributes. Borrows.
class Safe {
public:
    explicit Safe(const Out& out) : text_(out.text()) {}
    /// For markup that `put` or markdown::render made earlier and that was kept as text: a post's
    /// HTML in the database, PageOptions::aside. Never for anything else.
    static Safe kept(std::string_view markup) { return Safe(markup); }
    std::string_view text() const { return text_; }

private:
    explicit Safe(std::string_view markup) : text_(markup) {}
    std::string_view text_;
};

/// A whole attribute inside a tag, or nothing. Made by `flag` and `attr`.
class Attribute {
public:
    std::string_view name;
    std::string value;
    enum class Shown { No, NameOnly, WithValue } shown = Shown::No;
};

/// `<input {}>` with flag("checked", yes) gives `<input checked>` or `<input>`.
inline Attribute flag(AttributeName name, bool on) {
    return {name.text, {}, on ? Attribute::Shown::NameOnly : Attribute::Shown::No};
}
/// `<a {}>` with attr("aria-current", "page", yes): the attribute, or nothing.
inline Attribute attr(AttributeName name, std::string_view value, bool shown = true) {
    return {name.text, std::string(value),
            shown ? Attribute::Shown::WithValue : Attribute::Shown::No};
}
inline Attribute attr(AttributeName name, std::int64_t value, bool shown = true) {
    return attr(name, std::to_string(value), shown);
}
/// The attribute when there is a value.
template <std::same_as<std::optional<std::string>> Value>
Attribute attr(AttributeName name, const Value& value) {
    return attr(name, value ? *value : std::string{}, value.has_value());
}

/// One argument of `put`: text, a whole number, an Id, Safe or an Attribute. Borrows.
class Arg {
public:
    Arg(std::string_view text) : text_(text) {}
    Arg(const std::string& text) : text_(text) {}
    Arg(const char* text) : text_(text) {}
    Arg(Safe markup) : text_(markup.text()), markup_(true) {}
    Arg(const Attribute& attribute) : attribute_(&attribute) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool> && !std::same_as<Number, char>)
    Arg(Number number) {
        const auto [end, error] =
            std::to_chars(digits_.data(), digits_.data() + digits_.size(), number);
        length_ = static_cast<std::uint8_t>(end - digits_.data());
    }
    template <class Tag>
    Arg(Id<Tag> id) : Arg(id.value) {}
    Arg(bool) = delete;
    Arg(char) = delete;

    std::string_view text() const {
        return length_ ? std::string_view(digits_.data(), length_) : text_;
    }
    const Attribute* attribute() const { return attribute_; }
    bool is_markup() const { return markup_; }

private:
    std::string_view text_;
    const Attribute* attribute_ = nullptr;
    std::array<char, 20> digits_;
    std::uint8_t length_ = 0;
    bool markup_ = false;
};

namespace detail {

template <class A>
constexpr ArgumentKind kind_of() {
    if constexpr (std::is_same_v<A, Safe>) return ArgumentKind::Safe;
    else if constexpr (std::is_same_v<A, Attribute>) return ArgumentKind::Attribute;
    else return ArgumentKind::Plain;
}

struct Writer {
    static void write(Out& out, std::string_view literal, std::span<const Place> places,
                      std::span<const Arg> args);
    static void write(Out& out, std::string_view markup) { out.text_ += markup; }
};

}  // namespace detail

/// A literal that was read while compiling, with one `{}` for every argument.
template <class... A>
class Markup {
public:
    template <std::size_t Size>
    consteval Markup(const char (&literal)[Size]) : text_(literal, Size - 1) {
        constexpr std::array<detail::ArgumentKind, sizeof...(A) + 1> kinds{
            detail::kind_of<std::remove_cvref_t<A>>()..., detail::ArgumentKind::Plain};
        detail::Parser parser(text_, std::span(places_.data(), sizeof...(A)),
                              std::span(kinds.data(), sizeof...(A)));
        parser.run();
    }
    std::string_view text() const { return text_; }
    std::span<const detail::Place> places() const { return {places_.data(), sizeof...(A)}; }

private:
    std::string_view text_;
    std::array<detail::Place, sizeof...(A) + 1> places_{};
};

/// Writes the literal with its arguments.
template <class... A>
void put(Out& out, Markup<std::type_identity_t<A>...> markup, const A&... args) {
    if constexpr (sizeof...(A) == 0) {
        detail::Writer::write(out, markup.text());
    } else {
        const Arg list[] = {Arg(args)...};
        detail::Writer::write(out, markup.text(), markup.places(), list);
    }
}
inline void put(Out& out, Safe markup) { detail::Writer::write(out, markup.text()); }

/// Text for a place in text or in a quoted attribute.
void escape(std::string& out, std::string_view text);
std::string escaped(std::string_view text);
/// A relative address of this host, or http, https, mailto, tel. Refuses every other scheme,
/// `//host`, backslashes and control characters: browsers read those as something else.
bool is_safe_url(std::string_view url);
/// What an unsafe address becomes.
inline constexpr std::string_view kBlockedUrl = "#blocked";

}  // namespace torv::html
