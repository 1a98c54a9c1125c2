#include "features/lifting/lifting.hpp"

#include <algorithm>

#include "features/lifting/audience.hpp"
#include "features/lifting/telling.hpp"
#include "features/members/members.hpp"
#include "features/reads/reads.hpp"

namespace torv::lifting {

namespace {

using topics::Post;
using topics::Seen;
using topics::Topic;

constexpr std::string_view kOnPosts = "posts";

/// Rows are kept in the order of their ids, whoever lifts in whichever direction.
struct Ends {
    Seen from;
    Seen to;  ///< of a new topic: none
};
Result<Ends> locked_ends(db::Tx& tx, const auth::Viewer& viewer, TopicId from, TopicId to) {
    if (!to) return Ends{.from = TRY(topics::locked(tx, viewer, from)), .to = {}};
    Ends ends;
    for (const TopicId id : {std::min(from, to), std::max(from, to)})
        (id == from ? ends.from : ends.to) = TRY(topics::locked(tx, viewer, id));
    return ends;
}

Done check_source(const auth::Viewer& viewer, const Seen& from) {
    if (from.topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    if (from.space.archived) return fail(Fault::Forbidden, "spaces.archived");
    if (!topics::may_lift(viewer, from.topic, from.space))
        return fail(Fault::Forbidden, "lifting.not_yours");
    return Unit{};
}

/// The messages as they are now: all of them, or nothing is lifted.
Result<std::vector<Post>> chosen(db::Tx& tx, const auth::Viewer& viewer, const Seen& from,
                                 std::vector<PostId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty() || ids.size() > kPostsMax)
        return fail(Fault::Invalid, "lifting.choose", kOnPosts);
    auto posts = topics::posts_of(tx, viewer.community, from.topic.id, ids);
    if (posts.size() != ids.size()) return fail(Fault::Conflict, "lifting.gone", kOnPosts);
    for (const Post& post : posts) {
        if (post.deleted_at) return fail(Fault::Conflict, "lifting.gone", kOnPosts);
        if (!topics::may_lift(viewer, post, from.topic, from.space))
            return fail(Fault::Forbidden, "lifting.not_yours");
    }
    return posts;
}

/// A space that may take a new topic of these messages.
Done check_space(db::Tx& tx, const auth::Viewer& viewer, const spaces::Access& from, SpaceId to) {
    const auto all = spaces::readable(tx, viewer);
    const spaces::Access* space = all.find(to);
    const auto fitting = target_spaces(viewer, all, from);
    if (std::ranges::find(fitting, to, &spaces::Access::id) != fitting.end()) return Unit{};
    const bool wider = space && !no_wider(all, *space, from);
    return fail(Fault::Invalid, wider ? "lifting.wider" : "lifting.space_closed", "to");
}

/// A topic that may take them.
Done check_topic(db::Tx& tx, const auth::Viewer& viewer, const Ends& ends) {
    const auto& [topic, space] = ends.to;
    const bool writes =
        spaces::may_write(viewer, space) && (!topic.locked || spaces::may_moderate(viewer, space));
    const bool talk = topic.kind == topics::Kind::Topic && topic.id != ends.from.topic.id;
    if (!talk || topic.deleted_at || !writes)
        return fail(Fault::Invalid, "lifting.topic_closed", "to");
    if (!no_wider(spaces::readable(tx, viewer), space, ends.from.space))
        return fail(Fault::Invalid, "lifting.wider", "to");
    return Unit{};
}

std::vector<Instant> moments(const std::vector<Post>& posts) {
    std::vector<Instant> list;
    for (const Post& post : posts)
        if (!post.deleted_at) list.push_back(post.created_at);
    return list;
}

std::vector<PostId> ids_of(const std::vector<Post>& posts) {
    std::vector<PostId> ids;
    for (const Post& post : posts) ids.push_back(post.id);
    return ids;
}

/// What others have said below somebody's message is not theirs to take out of the space.
Done check_threads(db::Tx& tx, const auth::Viewer& viewer, const Seen& from, SpaceId to,
                   const std::vector<Post>& posts) {
    if (to == from.space.id || spaces::may_moderate(viewer, from.space)) return Unit{};
    if (topics::threads_below(tx, viewer.community, ids_of(posts)).empty()) return Unit{};
    return fail(Fault::Invalid, "lifting.answered_below", "to");
}

/// Carries them, with the threads below them, and keeps right what was read where.
void carry(db::Tx& tx, CommunityId community, const std::vector<Post>& posts, reads::Carried what) {
    topics::carry(tx, community, what.from, what.to, ids_of(posts));
    what.posts = moments(posts);
    reads::carried(tx, community, what);
}

Result<TopicId> new_topic(db::Tx& tx, const auth::Viewer& viewer, const Seen& from,
                          const Target& target, const Post& first) {
    const std::string title = TRY(topics::title_from(target.title));
    TRY(check_space(tx, viewer, from.space, target.space));
    return topics::make_bare(tx, viewer.community,
                             {.space = target.space,
                              .author = first.author,
                              .title = title,
                              .created_at = first.created_at});
}

bool all_by(const std::vector<Post>& posts, MemberId author) {
    return std::ranges::all_of(posts, [&](const Post& post) { return post.author == author; });
}

/// What was written into them where fewer could read it must not come out.
bool told_fewer(db::Tx& tx, const auth::Viewer& viewer, const lifts::Lift& lift, const Ends& ends,
                const std::vector<Post>& posts) {
    if (no_wider(spaces::readable(tx, viewer), ends.from.space, ends.to.space)) return false;
    if (std::ranges::any_of(posts, [&](const Post& post) { return post.edited_at >= lift.at; }))
        return true;
    const auto threads = topics::threads_below(tx, viewer.community, ids_of(posts));
    return topics::written_since(tx, viewer.community, threads, lift.at);
}

bool may_undo(const auth::Viewer& viewer, const lifts::Lift& lift, const Ends& ends) {
    if (ends.from.space.archived || ends.to.space.archived) return false;
    if (spaces::may_moderate(viewer, ends.from.space)) return true;
    return lift.by == viewer.id && !ends.from.topic.locked && !ends.to.topic.locked &&
           spaces::may_write(viewer, ends.from.space);
}

}  // namespace

std::vector<spaces::Access> target_spaces(const auth::Viewer& viewer, const spaces::Readable& all,
                                          const spaces::Access& from) {
    std::vector<spaces::Access> list;
    for (const auto& space : all.spaces) {
        const bool takes = space.kind != spaces::Kind::Chat || space.id == from.id;
        if (takes && spaces::may_start(viewer, space) && no_wider(all, space, from))
            list.push_back(space);
    }
    std::stable_partition(list.begin(), list.end(),
                          [&](const auto& space) { return space.id == from.id; });
    return list;
}

Result<LiftId> lift(db::Tx& tx, const auth::Viewer& viewer, TopicId from,
                    const std::vector<PostId>& ids, const Target& target) {
    const Ends ends = TRY(locked_ends(tx, viewer, from, target.topic));
    TRY(check_source(viewer, ends.from));
    const auto posts = TRY(chosen(tx, viewer, ends.from, ids));
    if (target.topic) TRY(check_topic(tx, viewer, ends));
    const SpaceId space = target.topic ? ends.to.space.id : target.space;
    TRY(check_threads(tx, viewer, ends.from, space, posts));
    const TopicId to =
        target.topic ? target.topic : TRY(new_topic(tx, viewer, ends.from, target, posts.front()));
    carry(tx, viewer.community, posts,
          {.space = ends.from.space.id, .from = from, .to = to, .fresh = !target.topic});
    lifts::Lift made{.from = from,
                     .to = to,
                     .made = !target.topic,
                     .by = viewer.id,
                     .at = tx.now(),
                     .count = static_cast<std::int64_t>(posts.size()),
                     .first_at = posts.front().created_at,
                     .first = posts.front().id};
    const auto carried = ids_of(posts);
    made.id = lifts::keep(tx, viewer.community, made, carried);
    for (const TopicId end : {from, to}) topics::count_lifts(tx, viewer.community, end, 1);
    tell(tx, viewer,
         {.kind = "lift.made",
          .lift = made,
          .posts = carried,
          .own = all_by(posts, viewer.id),
          .from_space = ends.from.space.id,
          .to_space = space});
    return made.id;
}

Done undo(db::Tx& tx, const auth::Viewer& viewer, LiftId id) {
    const auto lift = lifts::locked(tx, viewer.community, id);
    if (!lift) return fail(Fault::NotFound, "lifting.not_found");
    const Ends ends = TRY(locked_ends(tx, viewer, lift->from, lift->to));
    if (!may_undo(viewer, *lift, ends)) return fail(Fault::Forbidden, "lifting.not_yours");
    if (lift->undone_at) return Unit{};  // a double click is not an error
    const auto ids = lifts::posts(tx, viewer.community, id);
    const auto posts = topics::posts_of(tx, viewer.community, lift->to, ids);
    if (posts.size() != ids.size() || ends.from.topic.deleted_at)
        return fail(Fault::Conflict, "lifting.went_on");
    if (told_fewer(tx, viewer, *lift, ends, posts))
        return fail(Fault::Conflict, "lifting.edited_closed");

    carry(tx, viewer.community, posts,
          {.space = ends.to.space.id, .from = lift->to, .to = lift->from});
    if (lift->made && topics::posts_after(tx, viewer.community, lift->to, {}, 1).empty()) {
        reads::forget_topic(tx, viewer.community, lift->to);
        if (!ends.to.topic.deleted_at)
            topics::set_deleted(tx, viewer, ends.to.topic, topics::State::On);
    }
    lifts::undo(tx, viewer.community, id, viewer.id);
    for (const TopicId end : {lift->from, lift->to})
        topics::count_lifts(tx, viewer.community, end, -1);
    tell(tx, viewer,
         {.kind = "lift.undone",
          .lift = *lift,
          .posts = ids,
          .own = all_by(posts, viewer.id),
          .from_space = ends.from.space.id,
          .to_space = ends.to.space.id});
    return Unit{};
}

Result<lifts::Lift> visible(db::Tx& tx, const auth::Viewer& viewer, LiftId id) {
    const auto lift = lifts::find(tx, viewer.community, id);
    if (!lift || !topics::visible(tx, viewer, lift->from) || !topics::visible(tx, viewer, lift->to))
        return fail(Fault::NotFound, "lifting.not_found");
    return *lift;
}

Result<std::vector<PostId>> suggest(db::Tx& tx, const auth::Viewer& viewer, PostId around) {
    constexpr int kEachSide = 100;
    const auto seen = TRY(topics::visible_post(tx, viewer, around));
    if (!topics::may_lift(viewer, seen.topic, seen.space))
        return fail(Fault::Forbidden, "lifting.not_yours");
    const auto posts = topics::posts_around(tx, viewer.community, seen.topic.id, around, kEachSide);
    std::vector<Said> stream;
    std::vector<MemberId> people;
    for (const Post& post : posts) {
        if (post.deleted_at) continue;
        stream.push_back({.id = post.id,
                          .author = post.author,
                          .at = post.created_at,
                          .reply_to = post.reply_to,
                          .text = post.body_md});
        people.push_back(post.author);
    }
    const auto faces = members::names(tx, viewer.community, people);
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::vector<Speaker> speakers;
    for (const MemberId one : people)
        speakers.push_back({.id = one, .handle = faces[one].handle, .name = faces[one].name});
    std::vector<PostId> fitting;
    for (const PostId id : conversation(stream, speakers, around)) {
        const auto post = std::ranges::find(posts, id, &Post::id);
        if (topics::may_lift(viewer, *post, seen.topic, seen.space)) fitting.push_back(id);
    }
    return fitting;
}

}  // namespace torv::lifting
