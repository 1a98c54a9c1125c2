#include "platform/words/words.hpp"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::words {

namespace {

constexpr std::size_t kWordBytes = 64;
constexpr std::size_t kMaxWords = 20'000;

struct StemmerGone {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

/// Stemmers keep state, so each thread has its own.
sb_stemmer* stemmer_of(std::string_view language) {
    thread_local std::map<std::string, std::unique_ptr<sb_stemmer, StemmerGone>, std::less<>> all;
    auto found = all.find(language);
    if (found == all.end()) {
        const std::string name(language);
        found = all.emplace(name, std::unique_ptr<sb_stemmer, StemmerGone>(
                                      sb_stemmer_new(name.c_str(), "UTF_8")))
                    .first;
    }
    return found->second.get();
}

/// The commonest small words that one of the four has and the others have not.
struct SmallWords {
    std::string_view language;
    std::array<std::string_view, 24> words;
};
constexpr SmallWords kSmallWords[] = {
    {"da", {"og",    "jeg",  "ikke", "af",   "på",    "til",  "med",   "der",
            "hvad",  "kan",  "vi",   "også", "været", "hvor", "noget", "nogen",
            "efter", "skal", "være", "mig",  "dig",   "hvis", "fra",   "meget"}},
    {"sv", {"och",   "jag", "inte", "av",    "på",    "till", "med",   "som",
            "vad",   "kan", "vi",   "också", "varit", "där",  "något", "någon",
            "efter", "ska", "vara", "mig",   "dig",   "från", "för",   "mycket"}},
    {"nl", {"het",    "een",  "ik",   "niet", "van", "op",      "naar", "met",
            "die",    "wat",  "kan",  "wij",  "ook", "geweest", "waar", "iets",
            "iemand", "zijn", "maar", "mij",  "jij", "als",     "voor", "heel"}},
    {"en", {"the",  "and",  "of",  "to",  "is",   "not",  "it",    "with",
            "that", "what", "can", "you", "also", "been", "where", "this",
            "some", "are",  "was", "but", "have", "from", "for",   "very"}},
};

struct Letter {
    UChar32 code;
    std::string_view spelled;
    std::string_view bare;
};
constexpr Letter kLetters[] = {
    {0xE5, "aa", "a"}, {0xE4, "ae", "a"},  {0xE6, "ae", "ae"}, {0xF6, "oe", "o"},
    {0xF8, "oe", "o"}, {0xFC, "ue", "u"},  {0xDF, "ss", "ss"}, {0x153, "oe", "oe"},
    {0xF0, "d", "d"},  {0xFE, "th", "th"}, {0x142, "l", "l"},
};

bool in_word(UChar32 code) {
    return u_isalnum(code) || u_charType(code) == U_NON_SPACING_MARK ||
           u_charType(code) == U_COMBINING_SPACING_MARK;
}

UChar32 next_code(std::string_view text, std::size_t& at) {
    UChar32 code = 0;
    std::int32_t i = static_cast<std::int32_t>(at);
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
            static_cast<std::int32_t>(text.size()), code);
    at = static_cast<std::size_t>(i);
    return code;
}

/// The letter without accents ("é" → "e"), by its canonical decomposition.
std::string without_marks(std::string_view letter) {
    static const auto& table = *new std::map<std::string_view, std::string_view, std::less<>>{
        {"á", "a"}, {"à", "a"}, {"â", "a"}, {"ã", "a"}, {"é", "e"}, {"è", "e"}, {"ê", "e"},
        {"ë", "e"}, {"í", "i"}, {"ì", "i"}, {"î", "i"}, {"ï", "i"}, {"ó", "o"}, {"ò", "o"},
        {"ô", "o"}, {"õ", "o"}, {"ú", "u"}, {"ù", "u"}, {"û", "u"}, {"ý", "y"}, {"ÿ", "y"},
        {"ñ", "n"}, {"ç", "c"}, {"š", "s"}, {"ž", "z"}, {"č", "c"}, {"ć", "c"}, {"ř", "r"},
        {"ě", "e"}, {"ů", "u"}, {"ą", "a"}, {"ę", "e"}, {"ń", "n"}, {"ś", "s"}, {"ź", "z"},
        {"ż", "z"}, {"ğ", "g"}, {"ş", "s"}, {"ı", "i"}, {"ă", "a"}, {"ț", "t"}, {"ș", "s"},
    };
    const auto found = table.find(letter);
    return std::string(found == table.end() ? letter : found->second);
}

enum class Way { SpelledOut, Unmarked };

std::string rewritten(std::string_view folded, Way way) {
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t begin = at;
        const UChar32 code = next_code(folded, at);
        const auto* letter = std::find_if(std::begin(kLetters), std::end(kLetters),
                                          [&](const Letter& l) { return l.code == code; });
        if (letter != std::end(kLetters))
            out += way == Way::SpelledOut ? letter->spelled : letter->bare;
        else
            out += code < 0x80 ? std::string(folded.substr(begin, at - begin))
                               : without_marks(folded.substr(begin, at - begin));
    }
    return out;
}

void add_new(std::vector<std::string>& terms, std::string term) {
    if (std::find(terms.begin(), terms.end(), term) == terms.end())
        terms.push_back(std::move(term));
}

}  // namespace

const std::vector<std::string>& languages() {
    static const std::vector<std::string> all{"da", "en", "nl", "sv"};
    return all;
}

std::string stem(std::string_view language, std::string_view word) {
    const auto& known = languages();
    if (std::find(known.begin(), known.end(), language) == known.end()) return std::string(word);
    sb_stemmer* stemmer = stemmer_of(language);
    if (!stemmer) return std::string(word);
    const auto* result = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                         static_cast<int>(word.size()));
    if (!result) return std::string(word);
    return {reinterpret_cast<const char*>(result),
            static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

std::vector<Word> split(std::string_view text) {
    std::vector<Word> list;
    std::size_t begin = std::string_view::npos;
    const auto close = [&](std::size_t end) {
        if (begin == std::string_view::npos) return;
        std::string folded = i18n::fold(text.substr(begin, end - begin));
        while (folded.size() > kWordBytes)
            folded = first_code_points(folded, code_points(folded) - 1);
        list.push_back({.folded = std::move(folded), .begin = begin, .end = end});
        begin = std::string_view::npos;
    };
    for (std::size_t at = 0; at < text.size() && list.size() < kMaxWords;) {
        const std::size_t here = at;
        const UChar32 code = next_code(text, at);
        if (code > 0 && in_word(code)) {
            if (begin == std::string_view::npos) begin = here;
        } else {
            close(here);
        }
    }
    close(text.size());
    return list;
}

std::string spelled_out(std::string_view folded) { return rewritten(folded, Way::SpelledOut); }

std::string unmarked(std::string_view folded) { return rewritten(folded, Way::Unmarked); }

std::string language_of(std::string_view text, std::string_view otherwise) {
    std::array<int, std::size(kSmallWords)> counts{};
    int seen = 0;
    for (const Word& word : split(text.substr(0, 4000))) {
        ++seen;
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (std::find(kSmallWords[i].words.begin(), kSmallWords[i].words.end(), word.folded) !=
                kSmallWords[i].words.end())
                ++counts[i];
    }
    const auto best = std::max_element(counts.begin(), counts.end());
    const bool clear =
        *best >= 2 && std::count(counts.begin(), counts.end(), *best) == 1 && *best * 12 >= seen;
    return std::string(clear ? kSmallWords[best - counts.begin()].language : otherwise);
}

std::vector<std::string> index_terms(std::string_view folded, std::string_view language) {
    std::vector<std::string> terms{spelled_out(folded)};
    add_new(terms, unmarked(folded));
    add_new(terms, std::string(language) + ":" + spelled_out(stem(language, folded)));
    return terms;
}

std::vector<std::string> query_terms(std::string_view folded) {
    std::vector<std::string> terms{spelled_out(folded)};
    add_new(terms, unmarked(folded));
    for (const auto& language : languages())
        add_new(terms, language + ":" + spelled_out(stem(language, folded)));
    return terms;
}

}  // namespace torv::words
