#include "features/search/similar.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "features/search/store.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/words/words.hpp"

namespace torv::search {

namespace {

constexpr std::size_t kWordsMax = 6;
constexpr std::size_t kWordMin = 3;  // letters; shorter words tell nothing
constexpr int kPerWord = 200;
constexpr int kTopicsCounted = 2000;
constexpr std::size_t kLooked = 20;  // whose titles are read
constexpr double kLeast = 0.34;      // of what all words together are worth
constexpr double kInTitle = 2.0;

/// A word of the title that is written, and what meeting it is worth.
struct Sought {
    std::vector<std::string> terms;
    double worth = 0;
};

struct Candidate {
    TopicId topic;
    std::vector<std::size_t> met;  ///< words, by their place in the list
    double score = 0;
};

/// The longest words, each once.
std::vector<Sought> words_of(std::string_view title) {
    auto words = words::split(title);
    std::erase_if(words, [](const words::Word& word) { return word.folded.size() < kWordMin; });
    std::sort(words.begin(), words.end(), [](const words::Word& a, const words::Word& b) {
        return std::pair(b.folded.size(), a.begin) < std::pair(a.folded.size(), b.begin);
    });
    std::vector<Sought> sought;
    for (const auto& word : words) {
        auto terms = words::query_terms(word.folded);
        const bool known = std::any_of(sought.begin(), sought.end(), [&](const Sought& other) {
            return other.terms[0] == terms[0];
        });
        if (!known && sought.size() < kWordsMax) sought.push_back({.terms = std::move(terms)});
    }
    return sought;
}

/// Topics that hold any of the words; each word learns what it is worth.
std::vector<Candidate> candidates(db::Tx& tx, CommunityId community, std::vector<Sought>& sought,
                                  const db::Ids& spaces) {
    const double all = store::topics_up_to(tx, community, spaces, kTopicsCounted);
    std::unordered_map<TopicId, Candidate> met;
    for (std::size_t i = 0; i < sought.size(); ++i) {
        const auto found = store::topics_with(tx, community, sought[i].terms, spaces, kPerWord);
        // Of a word that met the limit nobody knows how common it is: half of all, say.
        const bool common = static_cast<int>(found.size()) == kPerWord;
        const double holds =
            common ? std::max(all / 2, 1.0 * kPerWord) : static_cast<double>(found.size());
        sought[i].worth = std::log(1 + all / std::max(holds, 1.0));
        for (const TopicId topic : found) met[topic].met.push_back(i);
    }
    std::vector<Candidate> list;
    for (auto& [topic, candidate] : met) {
        candidate.topic = topic;
        for (const std::size_t i : candidate.met) candidate.score += sought[i].worth;
        list.push_back(std::move(candidate));
    }
    return list;
}

void best_first(std::vector<Candidate>& list) {
    std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.topic > b.topic;
    });
}

/// One shared word makes no likeness, unless it is all there is.
void drop_unlike(std::vector<Candidate>& list, const std::vector<Sought>& sought) {
    double all = 0;
    for (const Sought& word : sought) all += word.worth;
    const std::size_t least = std::min<std::size_t>(sought.size(), 2);
    std::erase_if(list, [&](const Candidate& one) {
        return one.met.size() < least || one.score < all * kLeast;
    });
}

bool holds(const std::vector<words::Word>& title, const Sought& word) {
    return std::any_of(title.begin(), title.end(), [&](const words::Word& other) {
        const auto terms = words::query_terms(other.folded);
        return std::find_first_of(terms.begin(), terms.end(), word.terms.begin(),
                                  word.terms.end()) != terms.end();
    });
}

/// Reads the titles of the best ones, and weighs again: what is in the title counts more. What is
/// gone, or elsewhere, since it was indexed falls out.
std::vector<topics::Topic> weighed(db::Tx& tx, const auth::Viewer& viewer,
                                   const spaces::Readable& readable,
                                   const std::vector<Sought>& sought, std::vector<Candidate> list) {
    db::Ids ids;
    for (const Candidate& one : list) ids.values.push_back(one.topic.value);
    std::unordered_map<TopicId, store::PostText> texts;
    for (auto& text : store::openings(tx, viewer.community, ids))
        if (readable.find(text.space)) texts.emplace(text.topic, std::move(text));
    for (Candidate& one : list) {
        const auto text = texts.find(one.topic);
        if (text == texts.end()) continue;
        const auto title = words::split(text->second.title);
        for (const std::size_t i : one.met)
            if (holds(title, sought[i])) one.score += sought[i].worth * (kInTitle - 1);
    }
    best_first(list);
    std::vector<topics::Topic> found;
    for (const Candidate& one : list) {
        const auto text = texts.find(one.topic);
        if (text == texts.end() || static_cast<int>(found.size()) == kSimilarShown) continue;
        auto topic = topics::listed(tx, viewer.community, text->second.space, one.topic);
        if (topic) found.push_back(*std::move(topic));
    }
    return found;
}

}  // namespace

std::vector<topics::Topic> similar(db::Tx& tx, const auth::Viewer& viewer, std::string_view title) {
    auto sought = words_of(title);
    const auto readable = spaces::readable(tx, viewer);
    if (sought.empty() || readable.spaces.empty()) return {};
    auto list = candidates(tx, viewer.community, sought, readable.ids);
    drop_unlike(list, sought);
    best_first(list);
    if (list.size() > kLooked) list.resize(kLooked);
    if (list.empty()) return {};
    return weighed(tx, viewer, readable, sought, std::move(list));
}

}  // namespace torv::search
