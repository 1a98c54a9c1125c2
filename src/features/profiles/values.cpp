#include "features/profiles/values.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/languages.hpp"
#include "platform/i18n/marks.hpp"
#include "platform/words/words.hpp"

namespace torv::profiles {

namespace {

constexpr std::size_t kMostOfMark = 120;

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; }

/// One space between words, none around.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : i18n::tidy(text)) {
        const char plain = is_space(c) ? ' ' : c;
        if (plain != ' ' || (!out.empty() && out.back() != ' ')) out += plain;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::vector<std::string> parts_of(Kind kind, std::string_view typed) {
    std::vector<std::string> parts;
    if (kind == Kind::Place) {
        parts.push_back(squeezed(typed));
        return parts;
    }
    std::string even(typed);
    std::ranges::replace_if(even, [](char c) { return c == ';' || c == '\n' || c == '\r'; }, ',');
    for (const auto part : split(even, ',')) parts.push_back(squeezed(part));
    return parts;
}

}  // namespace

std::string mark_of(Kind kind, std::string_view text) {
    const std::string clean = squeezed(text);
    std::string key;
    if (kind == Kind::Languages) key = i18n::language_called(clean);
    if (key.empty()) key = words::spelled_out(i18n::fold(clean));
    return std::to_string(static_cast<int>(kind)) + ":" +
           std::string(first_code_points(key, kMostOfMark));
}

Result<std::vector<Value>> values_from(Kind kind, std::string_view typed) {
    std::vector<Value> values;
    for (auto& part : parts_of(kind, typed)) {
        if (part.empty()) continue;
        if (code_points(part) > kMostLetters)
            return fail(Fault::Invalid, "profiles.too_long", kind_name(kind),
                        {{"most", std::to_string(kMostLetters)}});
        std::string mark = mark_of(kind, part);
        if (std::ranges::find(values, mark, &Value::mark) != values.end()) continue;
        values.push_back({.text = std::move(part), .mark = std::move(mark)});
        if (values.size() > kMostValues)
            return fail(Fault::Invalid, "profiles.too_many", kind_name(kind),
                        {{"most", std::to_string(kMostValues)}});
    }
    return values;
}

std::string joined(const Field& field) {
    std::string text;
    for (const auto& value : field.values) {
        if (!text.empty()) text += ", ";
        text += value;
    }
    return text;
}

}  // namespace torv::profiles
