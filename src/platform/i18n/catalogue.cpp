#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/languages.hpp"
#include "platform/i18n/po.hpp"

namespace torv::i18n {

namespace {

bool is_name(std::string_view text) {
    for (const char c : text)
        if ((c < 'a' || c > 'z') && c != '_' && (c < '0' || c > '9')) return false;
    return !text.empty();
}

/// Cuts "Moved to {space}" at its names; calls each(text, is_name).
template <class Each>
void cut_at_names(std::string_view text, Each each) {
    std::size_t from = 0;
    for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == text.npos) break;
        const std::string_view name = text.substr(at + 1, end - at - 1);
        if (!is_name(name)) continue;
        if (at > from) each(text.substr(from, at - from), false);
        each(name, true);
        from = end + 1;
    }
    if (from < text.size()) each(text.substr(from), false);
}

/// Sorted by preference: "da, en-GB;q=0.8" → da, en.
std::vector<std::string> preferred(std::string_view accept_language) {
    struct Wish {
        std::string language;
        double weight;
        std::size_t place;
    };
    std::vector<Wish> wishes;
    for (const std::string_view part : split(accept_language.substr(0, 1000), ',')) {
        const auto pieces = split(part, ';');
        double weight = 1;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            const std::string_view piece = trimmed(pieces[i]);
            if (piece.starts_with("q=")) {
                weight = 0;
                std::from_chars(piece.data() + 2, piece.data() + piece.size(), weight);
            }
        }
        if (weight > 0)
            wishes.push_back({base_language(trimmed(pieces[0])), weight, wishes.size()});
    }
    std::sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.place < b.place;
    });
    std::vector<std::string> languages;
    for (Wish& wish : wishes) languages.push_back(std::move(wish.language));
    return languages;
}

}  // namespace

Catalogue::Catalogue(std::span<const File> files) {
    const auto words_of = [&](std::string_view language) -> Words& {
        for (const auto& words : languages_)
            if (words->language_ == language) return *words;
        Words& words = *languages_.emplace_back(std::make_unique<Words>());
        const LanguageFacts facts = facts_of(language);
        words.language_ = language;
        words.own_name_ = facts.own_name;
        words.direction_ = facts.direction;
        words.group_ = facts.group;
        words.decimal_ = facts.decimal;
        words.plural_ = plural_rule(language);
        return words;
    };
    Words& english = words_of("en");
    for (const File& file : files) {
        Words& words = words_of(file.language);
        try {
            for (PoEntry& entry : parse_po(file.text)) add(words, file, entry);
        } catch (const std::runtime_error& e) {
            throw std::runtime_error("locales/" + std::string(file.language) + "/" +
                                     std::string(file.slice) + ".po: " + e.what());
        }
    }
    for (const auto& words : languages_)
        if (words.get() != &english) words->english_ = &english;
    std::sort(languages_.begin(), languages_.end(),
              [](const auto& a, const auto& b) { return a->own_name_ < b->own_name_; });
}

Catalogue::~Catalogue() = default;

void Catalogue::add(Words& words, const File& file, PoEntry& entry) {
    const auto refuse = [&](const char* what) {
        throw std::runtime_error("line " + std::to_string(entry.line) + ": " + entry.key + " " +
                                 what);
    };
    if (!entry.key.starts_with(std::string(file.slice) + "."))
        refuse("does not begin with the name of its slice");
    // Not translated yet: English shows through.
    if (std::any_of(entry.texts.begin(), entry.texts.end(),
                    [](const auto& text) { return text.empty(); }))
        return;
    Words::Message message;
    for (const std::string& text : entry.texts) {
        Words::Pattern& pattern = message.forms.emplace_back();
        cut_at_names(text, [&](std::string_view piece, bool name) {
            pattern.push_back({std::string(piece), name});
        });
    }
    message.plain = entry.texts.back();
    message.plural = entry.plural;
    if (!words.messages_.emplace(entry.key, std::move(message)).second) refuse("is there twice");
}

bool Catalogue::has(std::string_view language) const {
    return std::any_of(languages_.begin(), languages_.end(),
                       [&](const auto& words) { return words->language_ == language; });
}

const Words& Catalogue::words(std::string_view language) const {
    const Words* english = nullptr;
    for (const std::string& wanted : {std::string(language), base_language(language)})
        for (const auto& words : languages_) {
            if (words->language_ == wanted) return *words;
            if (words->language_ == "en") english = words.get();
        }
    return *english;
}

std::vector<std::string> Catalogue::languages() const {
    std::vector<std::string> codes;
    for (const auto& words : languages_)
        if (!words->messages_.empty()) codes.push_back(words->language_);
    return codes;
}

std::string Catalogue::negotiate(std::string_view accept_language,
                                 std::string_view otherwise) const {
    for (const std::string& language : preferred(accept_language)) {
        // Norwegians read Danish with ease, and English second.
        const bool norwegian =
            (language == "nb" || language == "nn" || language == "no") && !has(language);
        const std::string wanted = norwegian ? "da" : language;
        if (has(wanted) && !words(wanted).messages_.empty()) return wanted;
    }
    return std::string(otherwise);
}

std::vector<std::string> Catalogue::problems() const {
    const auto names_in = [](const Words::Pattern& pattern) {
        std::set<std::string> names;
        for (const auto& piece : pattern)
            if (piece.is_name && piece.text != "n") names.insert(piece.text);
        return names;
    };
    std::vector<std::string> wrong;
    const Words& english = words("en");
    for (const auto& words : languages_) {
        if (words->messages_.empty()) continue;
        const std::string at = words->language_ + ": ";
        for (const auto& [key, message] : english.messages_) {
            const Words::Message* other = words->find(key);
            if (!other) {
                wrong.push_back(at + key + " is missing");
                continue;
            }
            const auto forms =
                message.plural ? static_cast<std::size_t>(plural_forms(words->language_)) : 1;
            if (other->plural != message.plural || other->forms.size() != forms)
                wrong.push_back(at + key + " has not the plural forms of the language");
            // The form for one may leave a name out ("one reply"), the last may not.
            if (names_in(other->forms.back()) != names_in(message.forms.back()))
                wrong.push_back(at + key + " has other {names} than the English text");
        }
        for (const auto& [key, message] : words->messages_)
            if (!english.has(key)) wrong.push_back(at + key + " is not in English");
    }
    std::sort(wrong.begin(), wrong.end());
    return wrong;
}

}  // namespace torv::i18n
