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
std::unordered_map<MemberId, Instant> read_until(db::Tx& tx, CommunityId community, SpaceId space,
                                                 TopicId topic,
                                                 const std::vector<MemberId>& members);
/// False when the topic was read that far already.
bool mark_topic(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
                std::int64_t replies);
/// The same, and nobody waits for it.
void mark_own(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
              std::int64_t replies);
void mark_space(db::Tx& tx, CommunityId community, MemberId member, SpaceId space, Instant until);

}  // namespace torv::reads::store
