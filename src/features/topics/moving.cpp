#include <algorithm>

#include "features/modlog/modlog.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

constexpr std::size_t kSplitMax = 200;

Result<Seen> moderated(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    Seen seen = TRY(locked(tx, viewer, id));
    if (!spaces::may_moderate(viewer, seen.space))
        return fail(Fault::Forbidden, "topics.moderators_only");
    return seen;
}

void tell(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, TopicId topic,
          SpaceId space, const std::string& payload = "{}") {
    modlog::record(tx, viewer, act, {"topic", topic.value}, space, payload);
    announce(tx, viewer, act, "topic", topic.value, space, payload);
}

/// A space into which the moderator may put topics.
Done check_target(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = readable.find(id);
    if (!space) return fail(Fault::Invalid, "topics.space_unknown", "space");
    if (space->kind == spaces::Kind::Chat || !spaces::may_start(viewer, *space))
        return fail(Fault::Invalid, "topics.space_closed", "space");
    return Unit{};
}

std::string from_to(std::string_view from_name, std::int64_t from, std::string_view to_name,
                    std::int64_t to) {
    json::Writer json;
    json.object().field(from_name, std::to_string(from)).field(to_name, std::to_string(to)).end();
    return json.take();
}

std::string_view act_of(Mark what, State wanted) {
    switch (what) {
        case Mark::Locked: return wanted == State::On ? "topic.locked" : "topic.unlocked";
        case Mark::Pinned: return wanted == State::On ? "topic.pinned" : "topic.unpinned";
    }
    return {};
}

Done set_topic_deleted(db::Tx& tx, const auth::Viewer& viewer, TopicId id, State wanted) {
    const auto [topic, space] = TRY(moderated(tx, viewer, id));
    if (topic.kind == Kind::Stream) return fail(Fault::Forbidden, "topics.stream_stays");
    const bool gone = wanted == State::On;
    if (static_cast<bool>(topic.deleted_at) == gone) return Unit{};
    store::set_topic_deleted(tx, viewer.community, id,
                             gone ? std::optional(tx.now()) : std::nullopt, viewer.id);
    spaces::count_topics(tx, viewer.community, space.id, gone ? -1 : 1);
    tell(tx, viewer, gone ? "topic.deleted" : "topic.restored", id, space.id);
    return Unit{};
}

/// The posts to split off, oldest first. Fault when one is not of this topic, or is its opening.
Result<std::vector<Post>> chosen(db::Tx& tx, CommunityId community, const Topic& topic,
                                 const std::vector<PostId>& ids) {
    if (ids.empty() || ids.size() > kSplitMax)
        return fail(Fault::Invalid, "topics.split_none", "posts");
    std::vector<Post> posts;
    for (const PostId id : ids) {
        auto post = store::post(tx, community, id);
        const bool opening = topic.kind == Kind::Topic && id == topic.first_post;
        if (!post || post->topic != topic.id || opening)
            return fail(Fault::Invalid, "topics.split_none", "posts");
        posts.push_back(*std::move(post));
    }
    std::sort(posts.begin(), posts.end(), [](const Post& a, const Post& b) {
        return std::pair(a.created_at, a.id) < std::pair(b.created_at, b.id);
    });
    return posts;
}

}  // namespace

Done mark(db::Tx& tx, const auth::Viewer& viewer, TopicId id, Mark what, State wanted) {
    const auto [topic, space] = TRY(moderated(tx, viewer, id));
    const bool on = what == Mark::Locked ? topic.locked : topic.pinned;
    if (on == (wanted == State::On)) return Unit{};  // a double click is not an error
    const auto at = wanted == State::On ? std::optional(tx.now()) : std::nullopt;
    store::set_mark(tx, viewer.community, id, what, at, viewer.id);
    tell(tx, viewer, act_of(what, wanted), id, space.id);
    return Unit{};
}

Done remove_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    return set_topic_deleted(tx, viewer, id, State::On);
}

Done restore_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    return set_topic_deleted(tx, viewer, id, State::Off);
}

Done move(db::Tx& tx, const auth::Viewer& viewer, TopicId id, SpaceId to) {
    const auto [topic, space] = TRY(moderated(tx, viewer, id));
    if (topic.kind == Kind::Stream) return fail(Fault::Forbidden, "topics.stream_stays");
    if (topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    if (to == space.id) return Unit{};
    TRY(check_target(tx, viewer, to));
    store::set_space(tx, viewer.community, id, to);
    spaces::count_topics(tx, viewer.community, space.id, -1);
    spaces::count_topics(tx, viewer.community, to, 1);
    tell(tx, viewer, "topic.moved", id, to, from_to("from", space.id.value, "to", to.value));
    return Unit{};
}

Result<TopicId> split(db::Tx& tx, const auth::Viewer& viewer, TopicId from,
                      const std::vector<PostId>& ids, std::string_view typed, SpaceId to) {
    const auto [topic, space] = TRY(moderated(tx, viewer, from));
    if (topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    const std::string title = TRY(title_from(typed));
    TRY(check_target(tx, viewer, to));
    const auto posts = TRY(chosen(tx, viewer.community, topic, ids));

    const auto id = tx.new_id<TopicId>();
    store::insert_topic(tx, {.id = id,
                             .community = viewer.community,
                             .space = to,
                             .author = posts.front().author,
                             .title = title,
                             .at = posts.front().created_at});
    store::move_posts(tx, viewer.community, from, id, ids);
    store::recount(tx, viewer.community, from);
    store::recount(tx, viewer.community, id);
    spaces::count_topics(tx, viewer.community, to, 1);
    tell(tx, viewer, "topic.split", id, to, from_to("from", from.value, "to", id.value));
    return id;
}

}  // namespace torv::topics
