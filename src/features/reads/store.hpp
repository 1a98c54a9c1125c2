#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "features/reads/reads.hpp"

namespace torv::reads::store {

/// Fills in `topics` and `spaces`.
void read_marks(db::Tx& tx, CommunityId community, MemberId member,
                const std::vector<TopicId>& topics, Marks& into);
/// `since` counts for spaces that have no mark.
std::unordered_set<SpaceId> unread_spaces(db::Tx& tx, CommunityId community, MemberId member,
                                          const db::Ids& spaces, Instant since);
/// What was said before `since` is no news.
bool unread_messages(db::Tx& tx, CommunityId community, MemberId member, Instant since);
std::unordered_map<MemberId, Instant> read_until(db::Tx& tx, CommunityId community, SpaceId space,
                                                 TopicId topic,
                                                 const std::vector<MemberId>& members);
/// False when the topic was read that far already.
bool mark_topic(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
                std::int64_t replies);
/// The same, and nobody waits for it.
void mark_own(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
              std::int64_t replies);
/// Marks of a topic count one reply more, or less (`by` -1), for each of these moments up to them.
/// `since` is the first of the moments.
void add_replies(db::Tx& tx, CommunityId community, TopicId topic, Instant since,
                 const db::Ids& moments, int by);
/// Marks of one topic that stand at `since` or later are made for another, where there are none
/// yet; a reply for each of the moments up to them but the first.
void copy_marks(db::Tx& tx, CommunityId community, TopicId from, TopicId to, Instant since,
                const db::Ids& moments);
/// For whoever has read the whole space up to `since` or later; how many replies is not known.
void copy_space_marks(db::Tx& tx, CommunityId community, SpaceId from, TopicId to, Instant since);
void forget_topic(db::Tx& tx, CommunityId community, TopicId topic);
void mark_space(db::Tx& tx, CommunityId community, MemberId member, SpaceId space, Instant until);
void mark_spaces(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& spaces,
                 Instant until);

}  // namespace torv::reads::store
