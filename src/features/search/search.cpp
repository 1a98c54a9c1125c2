#include "features/search/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "features/conversations/conversations.hpp"
#include "features/search/asking.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/html/markdown.hpp"

namespace torv::search {

namespace {

constexpr std::array<std::string_view, 5> kNames{"topic", "post", "person", "message", "file"};
constexpr int kTalks = 300;  ///< conversations that are looked through

/// What a hit is worth: in the title three times; half as much for every half year of age.
double score(const Hit& hit, Instant now, bool in_title) {
    const double half_years =
        std::max(0.0, static_cast<double>((now - hit.at).count()) / (182.5 * 86400e6));
    return (in_title ? 3.0 : 1.0) * std::exp2(-half_years) + (hit.kind == Kind::Person ? 3.0 : 0.0);
}

std::vector<Hit> ranked(std::vector<Hit> anywhere, const std::vector<Hit>& titles, Instant now) {
    std::unordered_map<std::int64_t, bool> in_title;
    for (const Hit& hit : titles) {
        in_title[hit.subject] = true;
        if (std::none_of(anywhere.begin(), anywhere.end(), [&](const Hit& other) {
                return other.kind == hit.kind && other.subject == hit.subject;
            }))
            anywhere.push_back(hit);
    }
    for (Hit& hit : anywhere) hit.score = score(hit, now, in_title.contains(hit.subject));
    std::sort(anywhere.begin(), anywhere.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.subject > b.subject;
    });
    return anywhere;
}

/// The opening post is found as its topic: one conversation is one result.
std::vector<Hit> without_doubles(db::Tx& tx, CommunityId community, std::vector<Hit> hits) {
    db::Ids topics;
    for (const Hit& hit : hits)
        if (hit.kind == Kind::Topic) topics.values.push_back(hit.subject);
    if (topics.values.empty()) return hits;
    std::unordered_map<std::int64_t, bool> openings;
    for (const auto& opening : store::openings(tx, community, topics))
        openings[opening.post.value] = true;
    std::erase_if(hits, [&](const Hit& hit) {
        return hit.kind == Kind::Post && openings.contains(hit.subject);
    });
    return hits;
}

Found found_post(const Hit& hit, const store::PostText& post) {
    return {.hit = hit,
            .topic = post.topic,
            .post = post.post,
            .author = post.author,
            .title = post.title,
            .text = markdown::render(post.body_md).text};
}

/// Loads what is shown, and once more leaves out what the viewer may not read: the index may be a
/// moment behind a move.
std::vector<Found> loaded(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                          const std::vector<Hit>& hits) {
    db::Ids posts, topics;
    for (const Hit& hit : hits) {
        if (hit.kind == Kind::Post) posts.values.push_back(hit.subject);
        if (hit.kind == Kind::Topic) topics.values.push_back(hit.subject);
    }
    std::unordered_map<std::int64_t, store::PostText> by_post, by_topic;
    for (auto& text : store::posts(tx, viewer.community, posts))
        by_post.emplace(text.post.value, std::move(text));
    for (auto& text : store::openings(tx, viewer.community, topics))
        by_topic.emplace(text.topic.value, std::move(text));
    std::vector<Found> list;
    for (const Hit& hit : hits) {
        if (hit.kind == Kind::Person) {
            list.push_back({.hit = hit, .author = MemberId{hit.subject}});
            continue;
        }
        const auto& texts = hit.kind == Kind::Post ? by_post : by_topic;
        const auto text = texts.find(hit.subject);
        if (text != texts.end() && readable.find(text->second.space))
            list.push_back(found_post(hit, text->second));
    }
    return list;
}

/// What begins with the last word is only looked for when the words as they stand are found too
/// seldom: all that has such a word is gathered before the newest of it are known.
std::vector<Hit> hits_of(db::Tx& tx, const auth::Viewer& viewer, store::Wanted wanted) {
    const bool open = std::exchange(wanted.query.last_is_open, false);
    auto anywhere = store::candidates(tx, viewer.community, wanted, store::Where::Anywhere);
    if (wanted.query.empty()) return without_doubles(tx, viewer.community, std::move(anywhere));
    if (open && anywhere.size() < static_cast<std::size_t>(kCandidates)) {
        wanted.query.last_is_open = true;
        anywhere = store::candidates(tx, viewer.community, wanted, store::Where::Anywhere);
    }
    const auto titles = store::candidates(tx, viewer.community, wanted, store::Where::Title);
    return without_doubles(tx, viewer.community, ranked(std::move(anywhere), titles, tx.now()));
}

/// The files of each found post whose names hold what was typed.
void add_files(db::Tx& tx, CommunityId community, const words::Query& query, Results& results) {
    db::Ids posts;
    for (const Found& found : results.items) posts.values.push_back(found.post.value);
    for (const auto& shown : uploads::shown_in(tx, community, posts)) {
        if (!query.empty() && !names_file(query, shown.upload.name)) continue;
        for (Found& found : results.items)
            if (found.post == shown.post)
                found.files.push_back({shown.upload.name, uploads::path(shown.upload)});
    }
}

/// Conversations that the viewer may read: asked as it stands now, not as it was when something was
/// written.
std::vector<TopicId> talks_of(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<TopicId> talks;
    for (const auto state : {conversations::State::In, conversations::State::Asked})
        for (const auto& line : conversations::list(tx, viewer, state, {}, kTalks))
            talks.push_back(line.topic);
    return talks;
}

Results find_messages(db::Tx& tx, const auth::Viewer& viewer, const store::Wanted& wanted,
                      int page) {
    const auto talks = talks_of(tx, viewer);
    if (talks.empty()) return {};
    auto hits = store::said_in(tx, viewer.community, wanted, talks);
    const std::size_t from = static_cast<std::size_t>(std::max(page, 0)) * kHitsOnPage;
    if (from >= hits.size()) return {};
    const std::size_t to = std::min(hits.size(), from + kHitsOnPage);
    db::Ids posts;
    for (std::size_t i = from; i < to; ++i) posts.values.push_back(hits[i].subject);
    std::unordered_map<std::int64_t, store::PostText> texts;
    for (auto& text : store::posts(tx, viewer.community, posts))
        texts.emplace(text.post.value, std::move(text));
    Results results{.more = to < hits.size()};
    for (std::size_t i = from; i < to; ++i) {
        const auto text = texts.find(hits[i].subject);
        if (text == texts.end() || std::ranges::find(talks, text->second.topic) == talks.end())
            continue;
        hits[i].kind = Kind::Message;
        hits[i].space = {};
        results.items.push_back(found_post(hits[i], text->second));
        results.items.back().title.clear();
    }
    return results;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_from(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Kind>(i);
    return std::nullopt;
}

Results find(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
             const Typed& typed, std::optional<Kind> kind, int page) {
    const Asked asked = asked_for(tx, viewer, readable, typed, kind);
    if (!asked.unknown_space.empty()) return {.unknown_space = asked.unknown_space};
    if (kind == Kind::Message) return find_messages(tx, viewer, asked.wanted, page);
    auto hits = hits_of(tx, viewer, asked.wanted);
    const std::size_t from = static_cast<std::size_t>(std::max(page, 0)) * kHitsOnPage;
    if (from >= hits.size()) return {};
    const std::size_t to = std::min(hits.size(), from + kHitsOnPage);
    Results results{.items = loaded(tx, viewer, readable,
                                    {hits.begin() + static_cast<std::ptrdiff_t>(from),
                                     hits.begin() + static_cast<std::ptrdiff_t>(to)}),
                    .more = to < hits.size()};
    if (kind == Kind::File) add_files(tx, viewer.community, asked.wanted.query, results);
    return results;
}

}  // namespace torv::search
