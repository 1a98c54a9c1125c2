#include "features/search/spelling.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "features/search/spelling_store.hpp"

namespace torv::search::spelling {

namespace {

constexpr std::size_t kShortest = 4, kLongest = 16;
constexpr std::size_t kMostWords = 400;  ///< of one text that are looked at
constexpr int kMostNew = 100;            ///< of these, that are new: each is up to 18 rows
constexpr int kMostNear = 200;

bool is_plain(std::string_view word) {
    return word.size() >= kShortest && word.size() <= kLongest &&
           std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The word, and the word without each of its letters.
std::set<std::string> variants(std::string_view word) {
    std::set<std::string> all{std::string(word)};
    for (std::size_t i = 0; i < word.size(); ++i) {
        std::string shorter(word);
        shorter.erase(i, 1);
        all.insert(std::move(shorter));
    }
    return all;
}

std::set<std::string> plain_words(std::string_view words) {
    std::set<std::string> found;
    while (!words.empty() && found.size() < kMostWords) {
        const auto word = words.substr(0, words.find(' '));
        if (is_plain(word)) found.emplace(word);
        words.remove_prefix(std::min(words.size(), word.size() + 1));
    }
    return found;
}

db::Texts texts(const std::set<std::string>& words) { return {{words.begin(), words.end()}}; }

}  // namespace

void learn(db::Tx& tx, CommunityId community, SpaceId space, std::string_view words) {
    auto fresh = plain_words(words);
    if (fresh.empty()) return;
    for (const auto& word : store::known_words(tx, community, space, texts(fresh)))
        fresh.erase(word);
    int added = 0;
    for (const auto& word : fresh) {
        if (added++ == kMostNew) return;
        store::add_word(tx, community, space, word);
        for (const auto& variant : variants(word)) store::add_variant(tx, community, variant, word);
    }
}

std::vector<std::string> near(db::Tx& tx, CommunityId community, std::string_view word,
                              const db::Ids& spaces) {
    if (!is_plain(word)) return {};
    auto found = store::words_near(tx, community, texts(variants(word)), spaces, kMostNear);
    const int most = word.size() < 7 ? 1 : 2;
    std::erase_if(found, [&](const std::string& one) {
        const int far = distance(word, one);
        return far == 0 || far > most;
    });
    std::ranges::sort(found, {}, [&](const std::string& one) {
        return std::tuple(distance(word, one), one.front() != word.front(), one);
    });
    return found;
}

int distance(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<int> cost((a.size() + 1) * width);
    const auto at = [&](std::size_t i, std::size_t j) -> int& { return cost[i * width + j]; };
    for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
        }
    return at(a.size(), b.size());
}

}  // namespace torv::search::spelling
