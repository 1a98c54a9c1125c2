#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "platform/base/guarded.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::i18n {

namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

/// Broken UTF-8 becomes U+FFFD, and NUL too: no database keeps it in text.
icu::UnicodeString utf16(std::string_view text) {
    icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    return wide.findAndReplace(icu::UnicodeString(u'\0'), icu::UnicodeString(u'\uFFFD'));
}

void must(UErrorCode status, const char* what) {
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString result = form.normalize(utf16(text), status);
    must(status, "normalization");
    return utf8(result);
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

const icu::Collator& collator(std::string_view language) {
    // Never removed: there are few languages, and callers hold references.
    static Guarded<std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>>> kept;
    auto collators = kept.lock();
    const auto found = collators->find(language);
    if (found != collators->end()) return *found->second;
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(
        icu::Collator::createInstance(icu::Locale(std::string(language).c_str()), status));
    must(status, "collation");
    return *collators->emplace(language, std::move(made)).first->second;
}

/// Finds where one sign ends. One for each thread: making it costs more than the rest of a page's
/// names.
icu::BreakIterator& signs() {
    thread_local const std::unique_ptr<icu::BreakIterator> kept = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        must(status, "graphemes");
        return made;
    }();
    return *kept;
}

/// The first letter or number of a word with what belongs to it; of a word without any, its first
/// sign.
icu::UnicodeString first_sign(const icu::UnicodeString& word) {
    std::int32_t from = 0;
    while (from < word.length() && !u_isalnum(word.char32At(from)))
        from = word.moveIndex32(from, 1);
    if (from == word.length()) from = 0;
    static const icu::UnicodeString kNothing;
    signs().setText(word);
    const std::int32_t end = signs().following(from);
    signs().setText(kNothing);  // it must not keep a word that goes
    return word.tempSubStringBetween(from, end == icu::BreakIterator::DONE ? word.length() : end);
}

/// The first sign of a word, upper case, when one can tell without ICU: an ASCII letter or digit
/// that nothing is added to. Else 0. Most names begin so, and a page draws dozens of them.
char plain_letter(std::string_view word) {
    if (word.size() > 1 && static_cast<unsigned char>(word[1]) >= 0x80) return 0;
    const char c = word[0];
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '\0';
}

}  // namespace

std::string nfc(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
    must(status, "NFC");
    return normalized(*form, text);
}

std::string fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    must(status, "NFKC");
    return normalized(*form, text);
}

std::string sort_key(std::string_view language, std::string_view text) {
    const icu::Collator& order = collator(language);
    const icu::UnicodeString wide = utf16(text);
    std::string key(64, '\0');
    while (true) {
        const auto size = order.getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()),
                                           static_cast<std::int32_t>(key.size()));
        const bool fits = static_cast<std::size_t>(size) <= key.size();
        key.resize(static_cast<std::size_t>(size));
        if (fits) break;
    }
    if (!key.empty()) key.pop_back();  // ICU ends it with NUL
    return key;
}

std::string initials(std::string_view name) {
    std::vector<std::string_view> words;
    for (const std::string_view part : split(name, ' '))
        if (const std::string_view word = trimmed(part); !word.empty()) words.push_back(word);
    if (words.empty()) return "?";
    const char first = plain_letter(words.front());
    const char last = plain_letter(words.back());
    if (first && (last || words.size() == 1))
        return words.size() == 1 ? std::string{first} : std::string{first, last};
    const icu::UnicodeString front = utf16(words.front()), back = utf16(words.back());
    icu::UnicodeString letters = first_sign(front);
    if (words.size() > 1) letters += first_sign(back);
    return utf8(letters.toUpper(icu::Locale::getRoot()));
}

}  // namespace torv::i18n
