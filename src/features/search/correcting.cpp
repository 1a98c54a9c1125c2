#include <algorithm>

#include "features/search/asking.hpp"
#include "features/search/spelling.hpp"

namespace torv::search {

namespace {

constexpr std::size_t kMostTried = 5;  ///< words that are near one
constexpr int kMostLooked = 12;        ///< words; no more are searched for
constexpr int kCounted = 50;

/// How often a word stands where the viewer may read.
std::size_t count(db::Tx& tx, CommunityId community, const store::Wanted& wanted,
                  std::string_view word, int limit) {
    store::Wanted one = wanted;
    one.query = words::parse(word);
    one.query.last_is_open = false;
    return store::candidates(tx, community, one, store::Where::Anywhere, limit).size();
}

/// The near word that is found most often among the nearest; empty: none is found.
std::string better(db::Tx& tx, CommunityId community, const store::Wanted& wanted,
                   const std::string& word) {
    std::string best;
    std::size_t most = 0;
    int nearest = 0;
    std::size_t tried = 0;
    for (const auto& one : spelling::near(tx, community, word, wanted.spaces)) {
        const int far = spelling::distance(word, one);
        if (tried++ == kMostTried || (!best.empty() && far > nearest)) break;
        const std::size_t found = count(tx, community, wanted, one, kCounted);
        if (found <= most) continue;
        best = one;
        most = found;
        nearest = far;
    }
    return best;
}

}  // namespace

std::string corrected(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                      const Typed& typed) {
    const store::Wanted places{.spaces = readable.ids, .people = viewer.is_member()};
    std::string text;
    std::size_t taken = 0;
    bool changed = false;
    int looked = 0;
    for (const auto& word : words::split(typed.words)) {
        if (++looked > kMostLooked) break;
        const std::string plain = words::spelled_out(word.folded);
        std::string other;
        if (count(tx, viewer.community, places, plain, 1) == 0)
            other = better(tx, viewer.community, places, plain);
        text += typed.words.substr(taken, word.begin - taken);
        text += other.empty() ? typed.words.substr(word.begin, word.end - word.begin) : other;
        taken = word.end;
        changed = changed || !other.empty();
    }
    if (!changed) return {};
    text += typed.words.substr(taken);
    return typed.filters.empty() ? text : text + " " + typed.filters;
}

}  // namespace torv::search
