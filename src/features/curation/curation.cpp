#include "features/curation/curation.hpp"

#include "features/modlog/modlog.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::curation {

using topics::Mark;
using topics::Post;
using topics::Seen;
using topics::State;
using topics::Topic;

namespace {

constexpr std::size_t kSplitMax = 200;

Result<Seen> moderated(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    Seen seen = TRY(topics::locked(tx, viewer, id));
    if (!spaces::may_moderate(viewer, seen.space))
        return fail(Fault::Forbidden, "curation.moderators_only");
    return seen;
}

void tell(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, TopicId topic,
          SpaceId space, const std::string& payload = "{}") {
    modlog::record(tx, viewer, act, {"topic", topic.value}, space, payload);
    activity::announce(tx, {.community = viewer.community,
                            .kind = act,
                            .actor = viewer.id,
                            .subject = {"topic", topic.value},
                            .space = space,
                            .payload = payload});
}

/// A space into which the moderator may put topics.
Done check_target(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = readable.find(id);
    if (!space) return fail(Fault::Invalid, "curation.space_unknown", "space");
    if (space->kind == spaces::Kind::Chat || !spaces::may_start(viewer, *space))
        return fail(Fault::Invalid, "curation.space_closed", "space");
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
        case Mark::Chat: return wanted == State::On ? "topic.chat_opened" : "topic.chat_closed";
        case Mark::Pinned: return wanted == State::On ? "topic.pinned" : "topic.unpinned";
    }
    return {};
}

Done set_topic_deleted(db::Tx& tx, const auth::Viewer& viewer, TopicId id, State wanted) {
    const auto [topic, space] = TRY(moderated(tx, viewer, id));
    if (topic.kind != topics::Kind::Topic) return fail(Fault::Forbidden, "curation.stream_stays");
    const bool gone = wanted == State::On;
    if (static_cast<bool>(topic.deleted_at) == gone) return Unit{};
    const auto threads = topics::set_deleted(tx, viewer, topic, wanted);
    tell(tx, viewer, gone ? "topic.deleted" : "topic.restored", id, space.id,
         topics::with_threads("{}", threads));
    return Unit{};
}

/// The posts to split off, oldest first. Fault when one is not of this topic, or is its opening.
Result<std::vector<Post>> chosen(db::Tx& tx, CommunityId community, const Topic& topic,
                                 const std::vector<PostId>& ids) {
    const auto wrong = fail(Fault::Invalid, "curation.split_none", "posts");
    if (ids.empty() || ids.size() > kSplitMax) return wrong;
    auto posts = topics::posts_of(tx, community, topic.id, ids);
    if (posts.size() != ids.size()) return wrong;
    for (const Post& post : posts)
        if (topic.kind == topics::Kind::Topic && post.id == topic.first_post) return wrong;
    return posts;
}

}  // namespace

Done mark(db::Tx& tx, const auth::Viewer& viewer, TopicId id, Mark what, State wanted) {
    const auto [topic, space] = TRY(moderated(tx, viewer, id));
    if (what == Mark::Chat && topic.kind != topics::Kind::Topic)
        return fail(Fault::Forbidden, "curation.stream_stays");
    const bool on = what == Mark::Locked   ? topic.locked
                    : what == Mark::Pinned ? topic.pinned
                                           : topic.chat;
    if (on == (wanted == State::On)) return Unit{};  // a double click is not an error
    topics::set_mark(tx, viewer, id, what, wanted);
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
    if (topic.kind != topics::Kind::Topic) return fail(Fault::Forbidden, "curation.stream_stays");
    if (topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    if (to == space.id) return Unit{};
    TRY(check_target(tx, viewer, to));
    const auto threads = topics::set_space(tx, viewer.community, topic, to);
    const std::string payload = from_to("from", space.id.value, "to", to.value);
    tell(tx, viewer, "topic.moved", id, to, topics::with_threads(payload, threads));
    return Unit{};
}

Result<TopicId> split(db::Tx& tx, const auth::Viewer& viewer, TopicId from,
                      const std::vector<PostId>& ids, std::string_view typed, SpaceId to) {
    const auto [topic, space] = TRY(moderated(tx, viewer, from));
    if (topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    const std::string title = TRY(topics::title_from(typed));
    TRY(check_target(tx, viewer, to));
    const auto posts = TRY(chosen(tx, viewer.community, topic, ids));

    const auto id = topics::make_bare(tx, viewer.community,
                                      {.space = to,
                                       .author = posts.front().author,
                                       .title = title,
                                       .created_at = posts.front().created_at});
    const auto threads = topics::carry(tx, viewer.community, from, id, ids);
    const std::string payload = from_to("from", from.value, "to", id.value);
    tell(tx, viewer, "topic.split", id, to, topics::with_threads(payload, threads));
    return id;
}

}  // namespace torv::curation
