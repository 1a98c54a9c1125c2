#include "features/search/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "features/community/community.hpp"
#include "features/conversations/conversations.hpp"
#include "features/members/members.hpp"
#include "features/search/store.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/activity/activity.hpp"
#include "platform/html/markdown.hpp"
#include "platform/json/json.hpp"
#include "platform/words/words.hpp"

namespace torv::search {

namespace {

constexpr std::array<std::string_view, 4> kNames{"topic", "post", "person", "message"};
constexpr int kTalks = 300;  ///< conversations that are looked through

/// What a hit is worth: in the title three times; half as much for every half year of age.
double score(const Hit& hit, Instant now, bool in_title) {
    const double half_years =
        std::max(0.0, static_cast<double>((now - hit.at).count()) / (182.5 * 86400e6));
    return (in_title ? 3.0 : 1.0) * std::exp2(-half_years) + (hit.kind == Kind::Person ? 3.0 : 0.0);
}

std::vector<SpaceId> spaces_of(const spaces::Readable& readable) {
    std::vector<SpaceId> ids;
    for (const auto& space : readable.spaces) ids.push_back(space.id);
    return ids;
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

/// Conversations that the viewer may read: asked as it stands now, not as it was when something was
/// written.
std::vector<TopicId> talks_of(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<TopicId> talks;
    for (const auto state : {conversations::State::In, conversations::State::Asked})
        for (const auto& line : conversations::list(tx, viewer, state, {}, kTalks))
            talks.push_back(line.topic);
    return talks;
}

Results find_messages(db::Tx& tx, const auth::Viewer& viewer, std::string_view typed, int page) {
    const auto talks = talks_of(tx, viewer);
    if (talks.empty()) return {};
    auto hits = store::said_in(tx, viewer.community, typed, talks);
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

void index_post(db::Tx& tx, CommunityId community, const store::PostText& post,
                std::string_view language) {
    const std::string own = words::language_of(post.body_md, language);
    store::put(tx, community,
               {.kind = Kind::Post,
                .subject = post.post.value,
                .space = post.space,
                .talk = post.direct ? post.topic : TopicId{},
                .at = post.created_at,
                .language = own,
                .body = post.body_md});
    if (!post.opening || !post.titled) return;
    store::put(tx, community,
               {.kind = Kind::Topic,
                .subject = post.topic.value,
                .space = post.space,
                .at = post.created_at,
                .language = own,
                .title = post.title,
                .body = post.body_md});
}

void refresh_post(db::Tx& tx, CommunityId community, PostId id, std::string_view language) {
    if (const auto post = store::post(tx, community, id))
        index_post(tx, community, *post, language);
    else store::remove(tx, community, Kind::Post, id.value);
}

void refresh_topic(db::Tx& tx, CommunityId community, TopicId id, std::string_view language) {
    const auto posts = store::posts_of(tx, community, id);
    if (posts.empty()) store::remove_topic(tx, community, id);
    for (const PostId post : posts) refresh_post(tx, community, post, language);
}

void refresh_person(db::Tx& tx, CommunityId community, MemberId id, std::string_view language) {
    const auto member = members::find(tx, community, id);
    const bool there = member && (member->state == members::State::Active ||
                                  member->state == members::State::Placeholder);
    if (!there) return store::remove(tx, community, Kind::Person, id.value);
    const std::string body = markdown::render(member->bio).text;
    store::put(tx, community,
               {.kind = Kind::Person,
                .subject = id.value,
                .at = member->joined_at,
                .language = language,
                .title = member->name + " " + member->handle,
                .body = body});
}

/// Posts that were carried to another topic, and threads that went along with their messages: each
/// stands in its space now.
void refresh_carried(db::Tx& tx, const activity::Activity& what, std::string_view language) {
    const auto payload = json::parse(what.payload).value_or(json::Value{});
    for (const auto& thread : payload["threads"].items())
        refresh_topic(tx, what.community, TopicId::parse(thread.string_or("")).value_or(TopicId{}),
                      language);
    for (const auto& post : payload["posts"].items())
        refresh_post(tx, what.community, PostId::parse(post.string_or("")).value_or(PostId{}),
                     language);
}

void take(db::Tx& tx, const activity::Activity& what) {
    const bool post = what.subject_kind == "post", topic = what.subject_kind == "topic",
               member = what.subject_kind == "member";
    if (!post && !topic && !member) return;
    if (what.kind.starts_with("conversation.")) return;
    if (what.kind == "topic.locked" || what.kind == "topic.unlocked" ||
        what.kind == "topic.pinned" || what.kind == "topic.unpinned" ||
        what.kind == "topic.chat_opened" || what.kind == "topic.chat_closed")
        return;
    const auto community = community::find(tx, what.community);
    const std::string language = community ? community->language : "en";
    if (post) refresh_post(tx, what.community, PostId{what.subject_id}, language);
    if (topic) refresh_topic(tx, what.community, TopicId{what.subject_id}, language);
    if (topic) refresh_carried(tx, what, language);
    if (member) refresh_person(tx, what.community, MemberId{what.subject_id}, language);
}

}  // namespace

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_from(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Kind>(i);
    return std::nullopt;
}

Results find(db::Tx& tx, const auth::Viewer& viewer, std::string_view typed,
             std::optional<Kind> kind, int page) {
    if (kind == Kind::Message) return find_messages(tx, viewer, typed, page);
    const auto readable = spaces::readable(tx, viewer);
    const auto spaces = spaces_of(readable);
    const bool people = viewer.is_member();
    auto anywhere =
        store::candidates(tx, viewer.community, typed, kind, spaces, store::Where::Anywhere);
    const auto titles =
        store::candidates(tx, viewer.community, typed, kind, spaces, store::Where::Title);
    auto hits = ranked(std::move(anywhere), titles, tx.now());
    if (!people) std::erase_if(hits, [](const Hit& hit) { return hit.kind == Kind::Person; });
    hits = without_doubles(tx, viewer.community, std::move(hits));
    const std::size_t from = static_cast<std::size_t>(std::max(page, 0)) * kHitsOnPage;
    if (from >= hits.size()) return {};
    const std::size_t to = std::min(hits.size(), from + kHitsOnPage);
    return {.items = loaded(tx, viewer, readable,
                            {hits.begin() + static_cast<std::ptrdiff_t>(from),
                             hits.begin() + static_cast<std::ptrdiff_t>(to)}),
            .more = to < hits.size()};
}

void follow(activity::Runner& runner) { runner.derive("search", take, store::clear); }

}  // namespace torv::search
