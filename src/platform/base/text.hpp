#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace torv {

/// True when `text` is well-formed UTF-8 without surrogates or NUL.
bool is_utf8(std::string_view text);
/// Number of code points in well-formed UTF-8.
std::size_t code_points(std::string_view text);
/// The longest prefix of at most `max` code points, never cutting a code point.
std::string_view first_code_points(std::string_view text, std::size_t max);
/// Without white space (ASCII and U+00A0, U+200B…) at both ends.
std::string_view trimmed(std::string_view text);
/// Split at every `separator`; keeps empty parts.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string ascii_lower(std::string_view text);
/// For URLs: "Ærø & Ørsted" → "aeroe-oersted"; letters of da, sv, nl, de are spelled out, others
/// dropped; at most 60 bytes; may be empty.
std::string slugify(std::string_view text);
bool is_slug(std::string_view text);  ///< [a-z0-9]+(-[a-z0-9]+)*, at most 60 bytes

/// Whole text as a number, else nothing. No sign but '-', no spaces.
template <class Number>
std::optional<Number> parse_int(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return number;
}

std::string percent_encode(
    std::string_view text);  ///< everything but unreserved characters (RFC 3986)
std::optional<std::string> percent_decode(std::string_view text);  ///< nothing on bad escapes
std::string hex(std::string_view bytes);
std::string base64url(std::string_view bytes);  ///< without padding
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace torv
