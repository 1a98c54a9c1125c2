#include "features/reads/reads.hpp"

#include <algorithm>

#include "features/reads/store.hpp"

namespace torv::reads {

namespace {

/// When a member came: ids are time-ordered, 41 bits of milliseconds since 2026 (IdMaker).
Instant made_at(MemberId member) {
    constexpr std::int64_t k2026 = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z in microseconds
    return {k2026 + (member.value >> 22) * 1000};
}

}  // namespace

Unread unread(const Mark& mark, Instant last_post_at, std::int64_t replies) {
    if (last_post_at <= mark.until) return {};
    if (!mark.opened) return {.any = true, .count = replies + 1};
    if (mark.replies < 0) return {.any = true, .count = 0};
    return {.any = true, .count = std::max<std::int64_t>(1, replies - mark.replies)};
}

Mark Marks::of(SpaceId space, TopicId topic) const {
    const auto base = spaces.find(space);
    const Mark whole{.until = base == spaces.end() ? joined : base->second};
    const auto known = topics.find(topic);
    if (known == topics.end()) return whole;
    Mark mark = known->second;
    if (whole.until > mark.until) mark.until = whole.until, mark.replies = -1;
    return mark;
}

Marks marks(db::Tx& tx, const auth::Viewer& viewer, const std::vector<TopicId>& topics) {
    Marks all;
    if (!viewer.is_member()) {
        all.joined = Instant{std::int64_t{1} << 62};
        return all;
    }
    store::read_marks(tx, viewer.community, viewer.id, topics, all);
    all.joined = made_at(viewer.id);
    return all;
}

std::unordered_set<SpaceId> unread_spaces(db::Tx& tx, const auth::Viewer& viewer,
                                          const db::Ids& spaces) {
    if (!viewer.is_member()) return {};
    return store::unread_spaces(tx, viewer.community, viewer.id, spaces, made_at(viewer.id));
}

bool unread_messages(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.is_member()) return false;
    return store::unread_messages(tx, viewer.community, viewer.id, made_at(viewer.id));
}

std::unordered_map<MemberId, Instant> read_until(db::Tx& tx, CommunityId community, SpaceId space,
                                                 TopicId topic,
                                                 const std::vector<MemberId>& members) {
    return store::read_until(tx, community, space, topic, members);
}

void carried(db::Tx& tx, CommunityId community, const Carried& what) {
    if (what.posts.empty()) return;
    const Instant first = *std::min_element(what.posts.begin(), what.posts.end());
    db::Ids moments;
    for (const Instant at : what.posts) moments.values.push_back(at.us);
    // Whoever stands between two of the posts has read those before.
    if (what.fresh) store::copy_marks(tx, community, what.from, what.to, first, moments);
    else store::add_replies(tx, community, what.to, first, moments, 1);
    store::add_replies(tx, community, what.from, first, moments, -1);
    if (what.fresh) store::copy_space_marks(tx, community, what.space, what.to, first);
}

void forget_topic(db::Tx& tx, CommunityId community, TopicId topic) {
    store::forget_topic(tx, community, topic);
}

void mark_topic(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, TopicId topic, Instant until,
                std::int64_t replies) {
    if (!viewer.is_member()) return;
    if (!store::mark_topic(tx, viewer.community, viewer.id, topic, until, replies)) return;
    const auto left = unread_spaces(tx, viewer, db::Ids{{space.value}});
    if (left.empty()) store::mark_space(tx, viewer.community, viewer.id, space, until);
}

void mark_own(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, Instant until,
              std::int64_t replies) {
    if (viewer.is_member()) store::mark_own(tx, viewer.community, viewer.id, topic, until, replies);
}

void mark_space(db::Tx& tx, const auth::Viewer& viewer, SpaceId space) {
    if (viewer.is_member()) store::mark_space(tx, viewer.community, viewer.id, space, tx.now());
}

void mark_spaces(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& spaces, Instant until) {
    if (viewer.is_member()) store::mark_spaces(tx, viewer.community, viewer.id, spaces, until);
}

}  // namespace torv::reads
