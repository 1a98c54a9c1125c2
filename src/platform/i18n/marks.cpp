#include "platform/i18n/marks.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::i18n {

bool is_hidden_mark(std::string_view character) {
    static constexpr std::string_view kHidden[] = {
        "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C",
        "\u202D", "\u202E", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
    return std::ranges::find(kHidden, character) != std::end(kHidden);
}

std::string without_hidden_marks(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const auto character = first_code_points(text, 1);
        if (character.empty()) break;
        text.remove_prefix(character.size());
        if (!is_hidden_mark(character)) kept += character;
    }
    return kept;
}

std::string tidy(std::string_view typed) { return nfc(trimmed(without_hidden_marks(typed))); }

}  // namespace torv::i18n
