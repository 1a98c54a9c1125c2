#include "features/notifications/inbox.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "features/circles/circles.hpp"
#include "features/conversations/conversations.hpp"
#include "features/notifications/mail_store.hpp"
#include "platform/web/keyset.hpp"

namespace torv::notifications {

namespace {

constexpr int kCountedMost = 200;
constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

template <class T>
void add_new(std::vector<T>& list, const T& one) {
    if (std::ranges::find(list, one) == list.end()) list.push_back(one);
}

bool is_post_kind(Kind kind) {
    return kind == Kind::Mention || kind == Kind::Reply || kind == Kind::Answer ||
           kind == Kind::Topic || kind == Kind::Reaction || kind == Kind::Message ||
           kind == Kind::Reminder || kind == Kind::Accepted;
}

/// About a post that lies in no space.
bool in_conversation(const store::Item& item) { return item.post && !item.space; }

/// What the bundles speak of, in two queries; one more where there are messages.
struct Around {
    std::unordered_map<PostId, store::Post> posts;
    std::unordered_map<TopicId, store::Topic> topics;
    std::vector<TopicId> conversations;  ///< that the member may read
    std::unordered_map<circles::CircleId, circles::Named> circles;
};

circles::CircleId circle_of(const store::Item& item) {
    const bool named = item.kind == Kind::Circle || item.kind == Kind::Request;
    return circles::CircleId{named ? circle_in(item.detail) : 0};
}

Around around(db::Tx& tx, const auth::Viewer& viewer, const std::vector<Bundle>& bundles) {
    const CommunityId community = viewer.community;
    db::Ids posts, topics;
    std::vector<TopicId> conversations;
    std::vector<circles::CircleId> circles;
    for (const Bundle& bundle : bundles) {
        if (const auto circle = circle_of(bundle.newest)) circles.push_back(circle);
        if (in_conversation(bundle.newest)) conversations.push_back(bundle.newest.topic);
        if (bundle.newest.post) posts.values.push_back(bundle.newest.post.value);
        else if (bundle.newest.topic) topics.values.push_back(bundle.newest.topic.value);
    }
    Around found;
    if (!posts.values.empty()) found.posts = store::posts(tx, community, posts);
    if (!topics.values.empty()) found.topics = store::topics(tx, community, topics);
    found.circles = circles::names(tx, community, circles);
    if (!conversations.empty())
        found.conversations = conversations::readable(tx, community, viewer.id, conversations);
    return found;
}

/// Who was told knew the circle, whether they may see it now or not.
bool fill_circle(Line& line, const Around& around, circles::CircleId id) {
    const auto circle = around.circles.find(id);
    if (circle == around.circles.end()) return false;
    line.title = circle->second.name;
    line.openable = circle->second.there;
    return true;
}

/// False for what the viewer may not see, or what is gone since it was told: the record may be a
/// moment ahead of the notices.
bool fill(Line& line, const Around& around, const spaces::Readable& readable) {
    const store::Item& item = line.bundle.newest;
    if (const auto circle = circle_of(item)) return fill_circle(line, around, circle);
    SpaceId in = item.space;
    bool gone = false;
    if (item.post) {
        const auto post = around.posts.find(item.post);
        if (post == around.posts.end()) return false;
        if (!post->second.direct) in = post->second.space;
        else if (std::ranges::find(around.conversations, item.topic) == around.conversations.end())
            return false;
        gone = post->second.gone;
        line.stream = post->second.stream;
        line.title = post->second.title;
        if (!gone && line.bundle.count == 1 && item.kind != Kind::Reaction)
            line.excerpt = post->second.excerpt;
    } else if (item.topic) {
        const auto topic = around.topics.find(item.topic);
        if (topic == around.topics.end()) return false;
        in = topic->second.space;
        gone = topic->second.gone;
        line.title = topic->second.title;
    }
    if (gone && is_post_kind(item.kind)) return false;
    const spaces::Access* space = in ? readable.find(in) : nullptr;
    if (in && !space) return false;
    if (line.stream) line.title = space->name;
    line.bundle.newest.space = in;
    line.openable = !gone;
    return true;
}

/// What a full week holds back, which the page says.
void add_held(db::Tx& tx, const auth::Viewer& viewer, const std::vector<Bundle>& bundles,
              Page& page) {
    const auto waiting = store::waiting(tx, viewer.community, viewer.id);
    if (!waiting || !waiting->held || !waiting->due_at) return;
    const Settings settings = store::settings(tx, viewer.community, viewer.id);
    page.held_bundles = std::ranges::count_if(bundles, [&](const Bundle& bundle) {
        return bundle.unread && bundle.newest.position > waiting->mailed_until &&
               settings.of(bundle.newest.kind) != Channel::Never;
    });
    if (page.held_bundles > 0) page.held = waiting->due_at;
}

/// What was read in one place is read on the other open pages.
void tell_if(std::int64_t rows, db::Tx& tx, const auth::Viewer& viewer) {
    if (rows > 0) store::note_changes(tx, viewer.community, {viewer.id});
}

members::Faces faces_of(db::Tx& tx, CommunityId community, const std::vector<Line>& lines) {
    std::vector<MemberId> people;
    for (const Line& line : lines)
        for (std::size_t i = 0; i < line.bundle.actors.size() && i < 3; ++i)
            add_new(people, line.bundle.actors[i]);
    return members::names(tx, community, people);
}

}  // namespace

std::vector<Bundle> bundled(const std::vector<store::Item>& items) {
    std::vector<Bundle> bundles;
    std::map<std::tuple<Kind, std::int64_t, bool, std::int64_t>, std::size_t> known;
    for (const store::Item& item : items) {
        const std::tuple key(item.kind, item.place, item.read_at.has_value(),
                             item.read_at ? item.read_at->us : 0);
        const auto [at, fresh] = known.try_emplace(key, bundles.size());
        if (fresh)
            bundles.push_back({.newest = item, .oldest = item.position, .unread = !item.read_at});
        Bundle& bundle = bundles[at->second];
        bundle.oldest = std::min(bundle.oldest, item.position);
        ++bundle.count;
        if (item.actor) add_new(bundle.actors, item.actor);
        if (item.kind == Kind::Reaction) add_new(bundle.emoji, item.detail);
    }
    return bundles;
}

Result<Page> inbox(db::Tx& tx, const auth::Viewer& viewer, store::Which which,
                   std::string_view typed, int limit) {
    const auto below = TRY(web::keyset_from(typed));
    Page page{.readable = spaces::readable(tx, viewer), .which = which};
    for (const auto& [member, changes] :
         store::changes(tx, viewer.community, db::Ids{{viewer.id.value}}))
        page.changes = changes;
    const auto items =
        store::newest(tx, viewer.community, viewer.id, page.readable.ids, which, kKeptInSight);
    for (const auto& item : items) page.newest = std::max(page.newest, item.position);
    auto bundles = bundled(items);
    page.unread = std::ranges::count_if(bundles, &Bundle::unread);
    add_held(tx, viewer, bundles, page);
    std::erase_if(bundles, [&](const Bundle& bundle) {
        return std::pair(bundle.newest.at, bundle.newest.position) >= std::pair(below.at, below.id);
    });
    if (static_cast<int>(bundles.size()) > limit) {
        bundles.resize(static_cast<std::size_t>(limit));
        const auto& last = bundles.back().newest;
        page.next = web::Keyset{.at = last.at, .id = last.position}.text();
    }
    const Around found = around(tx, viewer, bundles);
    for (Bundle& bundle : bundles) {
        Line line{.bundle = std::move(bundle)};
        if (fill(line, found, page.readable)) page.lines.push_back(std::move(line));
    }
    page.faces = faces_of(tx, viewer.community, page.lines);
    return page;
}

std::string path_of(const store::Item& item, int count, const spaces::Access* space) {
    switch (item.kind) {
        case Kind::Mention:
        case Kind::Reply:
        case Kind::Answer:
        case Kind::Reaction:
        case Kind::Message:
        case Kind::Reminder:
        case Kind::Accepted:
        case Kind::Topic:
            if (!item.post) return "/scheduled";
            if (item.kind == Kind::Topic && count > 1 && space) return spaces::path(space->slug);
            return "/p/" + item.post.text();
        case Kind::Moderation:
            return item.post ? "/p/" + item.post.text() : "/t/" + item.topic.text();
        case Kind::Request:
            if (const auto circle = circle_of(item)) return "/circles/" + circle.text();
            return space ? spaces::path(space->slug) + "/members" : "/admin/members";
        case Kind::Question: return "/leaders/questions";
        case Kind::Membership: return space ? spaces::path(space->slug) : "/";
        case Kind::Invitation: return "/members";
        case Kind::Circle:
            return item.detail.starts_with("left") ? "/circles"
                                                   : "/circles/" + circle_of(item).text();
    }
    return "/notices";
}

Result<Opened> find(db::Tx& tx, const auth::Viewer& viewer, std::int64_t position) {
    const auto missing = fail(Fault::NotFound, "notifications.not_found");
    const auto item = store::find(tx, viewer.community, viewer.id, position);
    if (!item) return missing;
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = item->space ? readable.find(item->space) : nullptr;
    if (item->space && !space) return missing;

    // The oldest post of a bundle that is still unread is where reading goes on.
    store::Item first = *item;
    int count = 0;
    for (const auto& other : store::newest(tx, viewer.community, viewer.id, readable.ids,
                                           store::Which::Unread, kKeptInSight)) {
        if (other.kind != item->kind || other.place != item->place) continue;
        ++count;
        if (other.position < first.position) first = other;
    }
    return Opened{.item = *item, .path = path_of(first, count, space)};
}

Done mark_read(db::Tx& tx, const auth::Viewer& viewer, std::int64_t position) {
    const auto item = store::find(tx, viewer.community, viewer.id, position);
    if (!item) return fail(Fault::NotFound, "notifications.not_found");
    tell_if(store::mark_bundle(tx, viewer.community, viewer.id, *item), tx, viewer);
    return Unit{};
}

void mark_all_read(db::Tx& tx, const auth::Viewer& viewer, std::int64_t up_to) {
    const auto until = up_to > 0 ? up_to : kAll;
    tell_if(store::mark_all(tx, viewer.community, viewer.id, until), tx, viewer);
}

std::int64_t unread(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& readable) {
    if (!viewer.is_member()) return 0;
    return store::unread(tx, viewer.community, viewer.id, readable, kCountedMost);
}

void seen_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, Instant until) {
    if (!viewer.is_member()) return;
    tell_if(store::mark_topic(tx, viewer.community, viewer.id, topic, until), tx, viewer);
}

void seen_space(db::Tx& tx, const auth::Viewer& viewer, SpaceId space) {
    if (!viewer.is_member()) return;
    tell_if(store::mark_spaces(tx, viewer.community, viewer.id, db::Ids{{space.value}}, tx.now(),
                               store::Seen::All),
            tx, viewer);
}

void seen_talk(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& spaces, Instant until) {
    if (!viewer.is_member()) return;
    tell_if(store::mark_spaces(tx, viewer.community, viewer.id, spaces, until, store::Seen::Talk),
            tx, viewer);
}

}  // namespace torv::notifications
