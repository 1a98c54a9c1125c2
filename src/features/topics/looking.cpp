#include <algorithm>

#include "features/conversations/conversations.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"

namespace torv::topics {

namespace {

std::unexpected<Error> not_found() { return fail(Fault::NotFound, "topics.not_found"); }

MemberId reader(const auth::Viewer& viewer) { return viewer.is_member() ? viewer.id : MemberId{}; }

/// A conversation that the viewer takes part in. Its space is nobody's: they write there while
/// nothing in the conversation keeps them from it.
Seen direct(db::Tx& tx, const auth::Viewer& viewer, Topic topic) {
    const bool writes = conversations::may_say(tx, viewer, topic.id).has_value();
    const spaces::Access space{.id = topic.space,
                               .name = topic.title,
                               .kind = spaces::Kind::Chat,
                               .visibility = spaces::Visibility::Direct,
                               .role = writes ? spaces::Role::Member : spaces::Role::Reader};
    return {.topic = std::move(topic), .space = space};
}

Result<Seen> seen(db::Tx& tx, const auth::Viewer& viewer, std::optional<Topic> topic,
                  const spaces::Readable& readable) {
    if (topic && topic->kind == Kind::Direct) return direct(tx, viewer, *std::move(topic));
    const spaces::Access* space = topic ? readable.find(topic->space) : nullptr;
    if (!space) return not_found();
    if (topic->deleted_at && !may_restore(viewer, *topic, *space)) return not_found();
    return Seen{.topic = *std::move(topic), .space = *space};
}

constexpr int kNewestOfAll = 500;

/// Most people may read most of what is new: one statement. For those who may not, one look into
/// each of their spaces, so that the cost never grows with what others write elsewhere.
std::vector<Topic> newest(db::Tx& tx, CommunityId community, const spaces::Readable& readable,
                          int limit) {
    auto topics = store::recent(tx, community, readable.ids, limit, kNewestOfAll);
    const bool enough = static_cast<int>(topics.size()) >= limit;
    if (enough || store::topics_up_to(tx, community, kNewestOfAll) < kNewestOfAll) return topics;

    topics.clear();
    for (const auto& space : readable.spaces)
        for (Topic& topic : store::in_space(tx, community, space.id, store::Sort::Active,
                                            store::Pinned::Among, web::Keyset::top(), limit))
            topics.push_back(std::move(topic));
    std::sort(topics.begin(), topics.end(), [](const Topic& a, const Topic& b) {
        return std::pair(a.last_post_at, a.id) > std::pair(b.last_post_at, b.id);
    });
    if (static_cast<int>(topics.size()) > limit) topics.resize(limit);
    return topics;
}

}  // namespace

bool may_restore(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space) {
    if (spaces::may_moderate(viewer, space)) return true;
    return viewer.is_member() && topic.deleted_by == viewer.id;
}

bool may_restore(const auth::Viewer& viewer, const Post& post, const spaces::Access& space) {
    if (spaces::may_moderate(viewer, space)) return true;
    return viewer.is_member() && post.author == viewer.id && post.deleted_by == viewer.id;
}

bool may_edit(const auth::Viewer& viewer, const Post& post, const Topic& topic,
              const spaces::Access& space) {
    if (post.deleted_at || space.archived) return false;
    if (spaces::may_moderate(viewer, space)) return true;
    return post.author == viewer.id && spaces::may_write(viewer, space) && !topic.locked;
}

bool may_remove(const auth::Viewer& viewer, const Post& post, const spaces::Access& space) {
    if (post.deleted_at) return false;
    return spaces::may_moderate(viewer, space) || (viewer.is_member() && post.author == viewer.id);
}

bool may_reply(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space) {
    if (topic.deleted_at || !spaces::may_write(viewer, space)) return false;
    return !topic.locked || spaces::may_moderate(viewer, space);
}

bool may_accept(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space) {
    const bool question = space.kind == spaces::Kind::Questions || topic.accepted;
    if (!question || topic.kind != Kind::Topic || topic.deleted_at || space.archived) return false;
    if (spaces::may_moderate(viewer, space)) return true;
    return viewer.is_member() && topic.author == viewer.id && spaces::may_write(viewer, space);
}

bool may_lift(const auth::Viewer& viewer, const Topic& from, const spaces::Access& space) {
    const bool talk = from.kind == Kind::Topic && space.kind == spaces::Kind::Chat;
    const bool chat = from.kind == Kind::Stream || talk || from.chat;
    if (!chat || space.archived || from.deleted_at) return false;
    if (spaces::may_moderate(viewer, space)) return true;
    return spaces::may_start(viewer, space) && !from.locked;
}

bool may_lift(const auth::Viewer& viewer, const Post& post, const Topic& from,
              const spaces::Access& space) {
    const bool opening = from.kind != Kind::Stream && post.id == from.first_post;
    if (opening || post.deleted_at || !may_lift(viewer, from, space)) return false;
    return spaces::may_moderate(viewer, space) || post.author == viewer.id;
}

Result<Seen> visible(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const auto readable = spaces::readable(tx, viewer);
    auto topic = store::topic(tx, viewer.community, id, readable.ids, reader(viewer));
    return seen(tx, viewer, std::move(topic), readable);
}

Result<Seen> locked(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const auto readable = spaces::readable(tx, viewer);
    auto topic = store::lock_topic(tx, viewer.community, id, readable.ids, reader(viewer));
    return seen(tx, viewer, std::move(topic), readable);
}

Result<SeenPost> any_post(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    auto post = store::post(tx, viewer.community, id);
    if (!post) return not_found();
    Seen around = TRY(visible(tx, viewer, post->topic));
    return SeenPost{.post = *std::move(post),
                    .topic = std::move(around.topic),
                    .space = std::move(around.space)};
}

Result<SeenPost> visible_post(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    SeenPost found = TRY(any_post(tx, viewer, id));
    if (found.post.deleted_at || found.topic.deleted_at) return not_found();
    return found;
}

Result<SeenPost> held_post(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    auto post = store::lock_post(tx, viewer.community, id);
    if (!post || post->deleted_at) return not_found();
    Seen around = TRY(locked(tx, viewer, post->topic));
    if (around.topic.deleted_at) return not_found();
    return SeenPost{.post = *std::move(post),
                    .topic = std::move(around.topic),
                    .space = std::move(around.space)};
}

std::vector<Topic> recent(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                          int limit) {
    auto topics = newest(tx, viewer.community, readable, limit);
    pages::add_unread(tx, viewer, topics);
    return topics;
}

std::optional<Topic> listed(db::Tx& tx, CommunityId community, SpaceId space, TopicId id) {
    auto topic = store::topic(tx, community, id, db::Ids{{space.value}});
    if (topic && (topic->deleted_at || topic->kind == Kind::Stream)) topic.reset();
    return topic;
}

std::string path(TopicId topic, std::string_view title) {
    // Words of the routes below /t/{id} are no slugs.
    const std::string slug = slugify(title);
    std::string address = "/t/" + topic.text();
    if (slug.empty() || slug == "move" || slug == "split" || slug == "posts" || slug == "lift")
        return address;
    return address + "/" + slug;
}

std::string talk_path(const Topic& topic, const spaces::Access& space) {
    if (topic.kind == Kind::Stream) return spaces::path(space.slug);
    if (topic.kind == Kind::Thread) return path(topic.first_post) + "/thread";
    if (topic.kind == Kind::Direct) return conversations::path(topic.id);
    return "/t/" + topic.id.text();
}

std::string draft_of(const Topic& topic) {
    if (topic.kind == Kind::Stream) return "space:" + topic.space.text();
    if (topic.kind == Kind::Thread) return "thread:" + topic.first_post.text();
    return "topic:" + topic.id.text();
}

std::string path(PostId post) { return "/p/" + post.text(); }

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind,
              std::string_view subject, std::int64_t id, SpaceId space, std::string payload) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {subject, id},
                            .space = space,
                            .payload = std::move(payload)});
}

}  // namespace torv::topics
