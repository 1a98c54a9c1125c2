#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// How far members have read. Knows ids and moments only; who may read what is for those above.
namespace torv::reads {

/// Up to where one topic is read.
struct Mark {
    Instant until;              ///< everything written up to this moment is read
    std::int64_t replies = -1;  ///< replies of the topic at that moment; -1: not known
    bool opened = false;        ///< the member has been in the topic
};

/// Whether and how much is new. `count` 0 with `any`: it is not known how much.
struct Unread {
    bool any = false;
    std::int64_t count = 0;
};
/// What is new in a topic with this last post and number of replies.
Unread unread(const Mark& mark, Instant last_post_at, std::int64_t replies);

/// Marks of one member: of the topics asked for, else of their space, else the day they joined.
class Marks {
public:
    Mark of(SpaceId space, TopicId topic) const;

    std::unordered_map<TopicId, Mark> topics;
    std::unordered_map<SpaceId, Instant> spaces;
    Instant joined;
};
/// One query. For a guest nothing is new.
Marks marks(db::Tx& tx, const auth::Viewer& viewer, const std::vector<TopicId>& topics);

/// The spaces out of `spaces` that hold something new for the viewer, among the fifty topics of
/// each that were last written in. One query; nothing for guests.
std::unordered_set<SpaceId> unread_spaces(db::Tx& tx, const auth::Viewer& viewer,
                                          const db::Ids& spaces);

/// Has something been said in one of the viewer's conversations that they have not read? Looks at
/// the thirty in which was said something last. One query; no for guests.
bool unread_messages(db::Tx& tx, const auth::Viewer& viewer);

/// Up to when each of these members has read the topic, by itself or with its space. Who has never
/// been there is not among them. One query.
std::unordered_map<MemberId, Instant> read_until(db::Tx& tx, CommunityId community, SpaceId space,
                                                 TopicId topic,
                                                 const std::vector<MemberId>& members);

/// The member has read the topic up to `until`; never goes back. When nothing new is left in the
/// space, the space is marked too, so that looking stays cheap.
void mark_topic(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, TopicId topic, Instant until,
                std::int64_t replies);
/// The same for what the member has just written there, without looking at the space.
void mark_own(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, Instant until,
              std::int64_t replies);
/// Posts of these moments were carried from one topic to another: who had read them has read them
/// there too, and what is counted on the marks stays right. `space`: of the topic they came from.
struct Carried {
    SpaceId space;
    TopicId from;
    TopicId to;
    bool fresh = false;          ///< `to` holds nothing else; its first post is no reply
    std::vector<Instant> posts;  ///< those that are not deleted
};
/// Three statements at most, however many posts there are.
void carried(db::Tx& tx, CommunityId community, const Carried& what);
/// Nobody has been in the topic.
void forget_topic(db::Tx& tx, CommunityId community, TopicId topic);
/// Everything in the space is read up to now.
void mark_space(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);
/// Everything in these is read up to `until`; never goes back. One statement.
void mark_spaces(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& spaces, Instant until);

}  // namespace torv::reads
