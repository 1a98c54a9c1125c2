#include "features/profiles/alike.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "features/blocks/blocks.hpp"
#include "features/profiles/alike_store.hpp"
#include "features/profiles/directory_store.hpp"
#include "features/profiles/store.hpp"

namespace torv::profiles {

namespace {

/// So many rows are looked through for people, those of the rarest values first; and so many people
/// are looked at closely.
constexpr int kMostRows = 4'000;
constexpr std::size_t kMostPeople = 120;

enum class Why { Both, Language, Offers, Seeks, Near };

struct Reason {
    Why why = Why::Both;
    std::string text;  ///< as the viewer writes it
    double worth = 0;
};
using Reasons = std::map<std::string, Reason, std::less<>>;  ///< by the mark that others show

std::string mark(Kind kind, std::string_view key) {
    return std::to_string(static_cast<int>(kind)) + ":" + std::string(key);
}

/// What to look for in others.
Reasons reasons_of(const std::vector<store::Row>& mine) {
    Reasons reasons;
    for (const auto& row : mine) {
        if (row.kind == Kind::Skills || row.kind == Kind::Interests)
            reasons[row.mark] = {.why = Why::Both, .text = row.text};
        if (row.kind == Kind::Languages)
            reasons[row.mark] = {.why = Why::Language, .text = row.text};
        if (row.kind == Kind::Place) reasons[row.mark] = {.why = Why::Near, .text = row.text};
    }
    for (const auto& row : mine) {
        const auto key = std::string_view(row.mark).substr(2);
        if (row.kind == Kind::Offers)
            reasons.try_emplace(mark(Kind::Seeks, key),
                                Reason{.why = Why::Seeks, .text = row.text});
        if (row.kind != Kind::Seeks) continue;
        for (const Kind kind : {Kind::Offers, Kind::Skills})
            reasons.try_emplace(mark(kind, key), Reason{.why = Why::Offers, .text = row.text});
    }
    return reasons;
}

double factor(Why why) {
    switch (why) {
        case Why::Both: return 1.0;
        case Why::Language: return 0.4;
        case Why::Offers: return 1.5;
        case Why::Seeks: return 1.5;
        case Why::Near: return 1.0;
    }
    return 1.0;
}

/// What few show is worth more; what nobody shows is left out. The rarest first.
std::vector<store::Held> weighed(db::Tx& tx, CommunityId community, Reasons& reasons,
                                 std::int64_t members) {
    db::Texts marks;
    for (const auto& [each, reason] : reasons) marks.values.push_back(each);
    auto held = store::held(tx, community, marks);
    std::ranges::sort(held, [](const auto& a, const auto& b) {
        return a.members != b.members ? a.members < b.members : a.mark < b.mark;
    });
    for (const auto& [each, many] : held) {
        Reason& reason = reasons.find(each)->second;
        reason.worth = factor(reason.why) *
                       std::log2(1.0 + static_cast<double>(members) / static_cast<double>(many));
    }
    return held;
}

/// The values through which people are looked for: as many as can be looked through.
db::Texts seeds(const std::vector<store::Held>& held) {
    db::Texts marks;
    std::int64_t rows = 0;
    for (const auto& [each, many] : held) {
        if (!marks.values.empty() && rows + many > kMostRows) break;
        marks.values.push_back(each);
        rows += many;
    }
    return marks;
}

/// Those who show most of it, without the viewer and who is blocked either way.
db::Ids candidates(db::Tx& tx, const auth::Viewer& viewer, const Reasons& reasons,
                   const db::Texts& marks) {
    std::unordered_map<MemberId, double> scores;
    for (const auto& [id, each] : store::holders(tx, viewer.community, marks, kMostRows))
        scores[id] += reasons.find(each)->second.worth;
    scores.erase(viewer.id);
    const auto around = blocks::around(tx, viewer);
    for (const MemberId id : around.mine) scores.erase(id);
    for (const MemberId id : around.of_me) scores.erase(id);
    std::vector<std::pair<MemberId, double>> best(scores.begin(), scores.end());
    std::ranges::sort(best, [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first.value < b.first.value;
    });
    if (best.size() > kMostPeople) best.resize(kMostPeople);
    db::Ids people;
    for (const auto& [id, score] : best) people.values.push_back(id.value);
    return people;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (std::ranges::find(list, text) == list.end()) list.push_back(text);
}

void add(Alike& one, const Reason& reason) {
    one.score += reason.worth;
    switch (reason.why) {
        case Why::Both:
        case Why::Language: return add_once(one.both, reason.text);
        case Why::Offers: return add_once(one.offers, reason.text);
        case Why::Seeks: return add_once(one.seeks, reason.text);
        case Why::Near: one.near = reason.text;
    }
}

}  // namespace

std::vector<Alike> alike(db::Tx& tx, const auth::Viewer& viewer, std::int64_t members, int limit) {
    auto reasons = reasons_of(store::values(tx, viewer.community, viewer.id, Shown::Me));
    if (reasons.empty()) return {};
    const auto held = weighed(tx, viewer.community, reasons, members);
    const auto marks = seeds(held);
    if (marks.values.empty()) return {};
    const auto people = candidates(tx, viewer, reasons, marks);
    if (people.values.empty()) return {};
    db::Texts all;
    for (const auto& one : held) all.values.push_back(one.mark);
    std::vector<Alike> found;
    bool more_than_speech = false;
    for (const auto& [id, each] : store::among(tx, viewer.community, people, all)) {
        if (found.empty() || found.back().id != id) {
            if (!found.empty() && !more_than_speech) found.pop_back();
            found.push_back({.id = id, .both = {}, .offers = {}, .seeks = {}, .near = {}});
            more_than_speech = false;
        }
        const Reason& reason = reasons.find(each)->second;
        add(found.back(), reason);
        more_than_speech = more_than_speech || reason.why != Why::Language;
    }
    if (!found.empty() && !more_than_speech) found.pop_back();
    std::ranges::stable_sort(found, std::greater<>{}, &Alike::score);
    if (found.size() > static_cast<std::size_t>(limit))
        found.resize(static_cast<std::size_t>(limit));
    return found;
}

}  // namespace torv::profiles
