#include "features/lifting/suggest.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "platform/base/text.hpp"
#include "platform/words/words.hpp"

namespace torv::lifting {

namespace {

constexpr std::size_t kReach = 40;  // messages between which a tie is looked for
constexpr microseconds kReachTime = std::chrono::hours(1);
constexpr std::size_t kConversationMax = 200;
constexpr double kRareEnough = 2.5;  // log of how rare a word must be to count
constexpr double kWordsMax = 12.0;
constexpr double kExplicit = 10.0;  // an answer by its link leaves no doubt
constexpr double kJoins = -1.0;     // mean tie with which a message belongs

/// What a tie between two messages is made of, and how much each part says: learnt by logistic
/// regression on half of a real archive (docs/develop/lifting.md).
struct Weights {
    double base, pause, gap, between, words, addressed, both_address, elsewhere, question, dialogue,
        others, own_between;
    double by_gap[9];       // in the steps of kGapSteps
    double by_gap_same[9];  // besides, when both are by one author
};
constexpr Weights kWeights = {
    .base = -1.82,
    .pause = 2.12,
    .gap = -1.98,
    .between = 1.24,
    .words = 1.09,
    .addressed = 1.36,
    .both_address = 1.15,
    .elsewhere = -0.46,
    .question = 0.45,
    .dialogue = 0.66,
    .others = -1.43,
    .own_between = -0.98,
    .by_gap = {1.04, 0.96, 0.17, 0.14, 0.12, -0.45, -0.86, -1.31, -1.62},
    .by_gap_same = {2.97, 2.83, 3.57, 3.02, 2.27, 2.09, 1.30, 1.96, 1.72},
};
constexpr std::int64_t kGapSteps[] = {10, 20, 40, 80, 160, 300, 600, 1200};  // seconds

/// A message, looked at once.
struct Look {
    const Said* said = nullptr;
    std::vector<std::string> stems;  // sorted, each once
    std::vector<MemberId> addresses;
    bool asks = false;

    bool addresses_one(MemberId who) const {
        return std::ranges::find(addresses, who) != addresses.end();
    }
};

/// Addresses of pages say nothing about what the talk is about.
std::string without_links(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const bool link = text.substr(at).starts_with("http");
        std::size_t end = text.find_first_of(" \n\t)>", at);
        end = end == text.npos ? text.size() : end + 1;
        if (!link) kept += text.substr(at, end - at);
        else kept += ' ';
        at = end;
    }
    return kept;
}

bool is_name_of(const Speaker& one, std::string_view folded) {
    if (one.handle == folded) return true;
    for (const auto& word : words::split(one.name))
        if (word.folded == folded && folded.size() > 1) return true;
    return false;
}

/// "@bo" anywhere, and "Bo: …" or "Bo, …" at the beginning.
std::vector<MemberId> addressed(std::string_view text, const std::vector<words::Word>& said,
                                const std::vector<Speaker>& speakers) {
    std::vector<MemberId> found;
    for (std::size_t i = 0; i < said.size(); ++i) {
        const auto& word = said[i];
        const bool at = word.begin > 0 && text[word.begin - 1] == '@';
        const bool first =
            i == 0 && word.end < text.size() && (text[word.end] == ':' || text[word.end] == ',');
        if (!at && !first) continue;
        for (const Speaker& one : speakers)
            if (at ? one.handle == word.folded : is_name_of(one, word.folded))
                found.push_back(one.id);
    }
    return found;
}

std::vector<std::string> stems_of(const std::vector<words::Word>& said, std::string_view language) {
    constexpr std::size_t kShort = 3;
    std::vector<std::string> stems;
    for (const auto& word : said)
        if (word.folded.size() >= kShort) stems.push_back(words::stem(language, word.folded));
    std::ranges::sort(stems);
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
    return stems;
}

/// The stretch of a stream with all that ties depend on.
class Stretch {
public:
    Stretch(const std::vector<Said>& stream, const std::vector<Speaker>& speakers) {
        std::string all;
        for (const Said& one : stream) all += one.text + "\n";
        const std::string language = words::language_of(all, "en");
        for (const Said& one : stream) {
            const std::string text = without_links(one.text);
            const auto said = words::split(text);
            looks_.push_back({.said = &one,
                              .stems = stems_of(said, language),
                              .addresses = addressed(text, said, speakers),
                              .asks = text.find('?') != text.npos});
            for (const auto& stem : looks_.back().stems) ++known_[stem];
        }
    }

    std::size_t size() const { return looks_.size(); }
    /// Do these two come near enough to each other to be asked about?
    bool near(std::size_t i, std::size_t j) const {
        return j - i <= kReach && gap(i, j) <= kReachTime;
    }
    /// Log-odds that two messages belong together, i before j.
    double tie(std::size_t i, std::size_t j) const;

private:
    microseconds gap(std::size_t i, std::size_t j) const {
        return looks_[j].said->at - looks_[i].said->at;
    }
    MemberId author(std::size_t i) const { return looks_[i].said->author; }
    double shared_words(const Look& a, const Look& b) const;
    double between_them(std::size_t i, std::size_t j) const;
    double turns(std::size_t i, std::size_t j) const;
    double addresses(const Look& a, const Look& b) const;

    std::vector<Look> looks_;
    std::unordered_map<std::string, int> known_;  // in how many messages a stem stands
};

double slow(double seconds) { return std::log1p(seconds / 30.0); }
double in_seconds(microseconds span) { return static_cast<double>(span.count()) / 1e6; }

double Stretch::shared_words(const Look& a, const Look& b) const {
    double sum = 0;
    for (const auto& stem : a.stems) {
        if (!std::ranges::binary_search(b.stems, stem)) continue;
        const double rare = std::log((static_cast<double>(size()) + 1) / known_.at(stem));
        if (rare > kRareEnough) sum += rare;
    }
    return std::min(sum, kWordsMax) / 6.0;
}

/// Who speaks between the two, and how long nobody does.
double Stretch::between_them(std::size_t i, std::size_t j) const {
    microseconds pause{};
    std::unordered_set<MemberId> others;
    int own = 0;
    for (std::size_t k = i; k < j; ++k) {
        pause = std::max(pause, gap(k, k + 1));
        if (k == i) continue;
        if (author(k) == author(i) || author(k) == author(j)) ++own;
        else others.insert(author(k));
    }
    const double count = static_cast<double>(j - i - 1);
    return kWeights.pause * slow(in_seconds(pause)) + kWeights.between * std::log1p(count) +
           kWeights.others * static_cast<double>(std::min<std::size_t>(others.size(), 4)) / 2 +
           kWeights.own_between * own / (count + 1);
}

/// How often the two authors answer each other around here.
double Stretch::turns(std::size_t i, std::size_t j) const {
    constexpr std::size_t kAround = 8;
    constexpr microseconds kAtOnce = std::chrono::minutes(5);
    const std::size_t end = std::min(size(), j + kAround);
    int count = 0;
    for (std::size_t k = i > kAround ? i - kAround : 0; k + 1 < end; ++k) {
        const bool forth = author(k) == author(i) && author(k + 1) == author(j);
        const bool back = author(k) == author(j) && author(k + 1) == author(i);
        if ((forth || back) && gap(k, k + 1) < kAtOnce) ++count;
    }
    return kWeights.dialogue * std::min(count, 4) / 2;
}

double Stretch::addresses(const Look& a, const Look& b) const {
    const bool same = a.said->author == b.said->author;
    const bool forth = !same && b.addresses_one(a.said->author);
    const bool back = !same && a.addresses_one(b.said->author);
    double sum = forth || back ? kWeights.addressed : 0;
    if (std::ranges::any_of(a.addresses, [&](MemberId who) { return b.addresses_one(who); }))
        sum += kWeights.both_address;
    if (!b.addresses.empty() && !forth && !back && !same) sum += kWeights.elsewhere;
    return sum;
}

double Stretch::tie(std::size_t i, std::size_t j) const {
    constexpr std::size_t kAnswerWithin = 6;
    const Look &a = looks_[i], &b = looks_[j];
    const PostId parent = b.said->reply_to;
    if (parent && (parent == a.said->id || parent == a.said->reply_to)) return kExplicit;
    const bool same = author(i) == author(j);
    const double seconds = in_seconds(gap(i, j));
    const auto step = std::ranges::upper_bound(kGapSteps, static_cast<std::int64_t>(seconds)) -
                      std::begin(kGapSteps);
    double sum = kWeights.base + kWeights.gap * slow(seconds) + kWeights.by_gap[step] +
                 kWeights.words * shared_words(a, b) + addresses(a, b) + between_them(i, j);
    if (same) sum += kWeights.by_gap_same[step];
    else sum += turns(i, j);
    if (!same && a.asks && j - i <= kAnswerWithin) sum += kWeights.question;
    return sum;
}

/// A message that may join, by its ties to those that have.
struct Candidate {
    double sum = 0;
    int count = 0;
    bool linked = false;

    void add(double tie) {
        sum += tie;
        ++count;
        linked = linked || tie >= kExplicit;
    }
    double strength() const { return linked ? kExplicit : sum / count; }
};

/// Grows the conversation by the message that fits best, until none fits.
std::vector<std::size_t> grow(const Stretch& stretch, std::size_t seed) {
    std::vector<std::size_t> inside{seed};
    std::vector<bool> joined(stretch.size());
    std::unordered_map<std::size_t, Candidate> candidates;
    joined[seed] = true;
    while (inside.size() < kConversationMax) {
        const std::size_t newest = inside.back();
        for (std::size_t k = newest > kReach ? newest - kReach : 0;
             k < std::min(stretch.size(), newest + kReach + 1); ++k) {
            const auto [i, j] = std::minmax(k, newest);
            if (!joined[k] && stretch.near(i, j)) candidates[k].add(stretch.tie(i, j));
        }
        const auto best = std::ranges::max_element(candidates, {}, [](const auto& one) {
            return std::pair(one.second.strength(), one.first);
        });
        if (best == candidates.end() || best->second.strength() < kJoins) break;
        joined[best->first] = true;
        inside.push_back(best->first);
        candidates.erase(best);
    }
    std::ranges::sort(inside);
    return inside;
}

}  // namespace

std::vector<PostId> conversation(const std::vector<Said>& stream,
                                 const std::vector<Speaker>& speakers, PostId around) {
    const auto seed = std::ranges::find(stream, around, &Said::id);
    if (seed == stream.end()) return {};
    std::vector<PostId> found;
    for (const std::size_t at :
         grow(Stretch(stream, speakers), static_cast<std::size_t>(seed - stream.begin())))
        found.push_back(stream[at].id);
    return found;
}

}  // namespace torv::lifting
