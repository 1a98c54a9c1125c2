#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Words of texts and of what people type into a search box, made comparable. Both databases get
/// the same terms, so both find the same.
///
/// A word stands in the index three ways: as written but folded, with letters spelled out ("Århus"
/// → "aarhus"); without its marks ("arhus"), for those whose keyboard lacks them; and as the stem
/// of the text's language ("da:cykl"). A typed word is looked for in all of them, in all languages.
namespace torv::words {

/// Languages with stemming: "da", "en", "nl", "sv".
const std::vector<std::string>& languages();

/// The stem of a folded word, by Snowball; the word itself for an unknown language.
std::string stem(std::string_view language, std::string_view word);

/// The language whose small words the text holds most of; `otherwise` when it holds too few to
/// tell.
std::string language_of(std::string_view text, std::string_view otherwise);

/// One word and where it stands in the text (bytes), for highlighting.
struct Word {
    std::string folded;  ///< NFKC, case folded, at most 64 bytes
    std::size_t begin = 0;
    std::size_t end = 0;
};
/// Runs of letters, marks and digits, in order; at most 20,000.
std::vector<Word> split(std::string_view text);

/// "århus" → "aarhus", "smörgås" → "smoergaas", "æble" → "aeble".
std::string spelled_out(std::string_view folded);
/// "århus" → "arhus", "café" → "cafe".
std::string unmarked(std::string_view folded);

/// Every term under which a word of a text in `language` is kept, the first one being the word
/// itself spelled out.
std::vector<std::string> index_terms(std::string_view folded, std::string_view language);
/// Every term that a typed word may meet.
std::vector<std::string> query_terms(std::string_view folded);

/// What was typed: words that must all be there, each as its alternatives, and phrases in quotes.
struct Query {
    std::vector<std::vector<std::string>> all;      ///< each inner list: one of these
    std::vector<std::vector<std::string>> phrases;  ///< spelled-out words next to each other
    bool last_is_open = false;  ///< the last word may go on (it was typed without a space after
                                ///< it): matched as a beginning too
    std::string last;           ///< that word, spelled out

    bool empty() const { return all.empty() && phrases.empty(); }
};
/// At most 12 words; the rest is not looked for.
Query parse(std::string_view typed);

/// The same words as they stand behind a prefix ("f:"): side by side or not.
Query prefixed(const Query& query, std::string_view prefix);

/// Terms that are no words of a text ("s:31"): of each inner list one must be there.
using Marks = std::vector<std::vector<std::string>>;

/// Query as FTS5 reads it, with marks; with a `column`, the words as spelled out must be in that
/// one. Never a syntax error.
std::string fts5(const Query& query, const Marks& marks, std::string_view column = {});
/// The same for PostgreSQL's tsquery; with a `weight` ("A"), the words as spelled out must have it.
std::string tsquery(const Query& query, const Marks& marks, std::string_view weight = {});

/// A piece of a text as it is, and whether the query meets it.
struct Piece {
    std::string_view text;
    bool hit = false;
};
/// About `width` bytes of `text` around the first hit, cut at words, in pieces.
std::vector<Piece> snippet(std::string_view text, const Query& query, std::size_t width = 220);

}  // namespace torv::words
