#pragma once

#include "features/lifts/lifts.hpp"

namespace torv::lifts::store {

enum class Row { Looked, Kept };
std::optional<Lift> find(db::Tx& tx, CommunityId community, LiftId id, Row how);
void insert(db::Tx& tx, CommunityId community, const Lift& lift);
void insert_posts(db::Tx& tx, CommunityId community, LiftId lift, const std::vector<PostId>& posts);
std::vector<PostId> posts(db::Tx& tx, CommunityId community, LiftId id);
void set_undone(db::Tx& tx, CommunityId community, LiftId id, Instant at, MemberId by);
std::vector<Lift> out_of(db::Tx& tx, CommunityId community, TopicId from, Instant since,
                         Instant until, int limit);
std::vector<Lift> into(db::Tx& tx, CommunityId community, TopicId to, int limit);

}  // namespace torv::lifts::store
