#pragma once

#include "features/blocks/blocks.hpp"

/// All SQL of the slice.
namespace torv::blocks::store {

std::vector<MemberId> blocked_by(db::Tx& tx, CommunityId community, MemberId member);
Around around(db::Tx& tx, CommunityId community, MemberId member);
std::vector<std::pair<MemberId, MemberId>> pairs(db::Tx& tx, CommunityId community,
                                                 const db::Ids& among);
std::vector<MemberId> blockers(db::Tx& tx, CommunityId community, MemberId whom, Instant at,
                               const db::Ids& among);
void insert(db::Tx& tx, CommunityId community, MemberId member, MemberId whom);
void end(db::Tx& tx, CommunityId community, MemberId member, MemberId whom);
std::vector<Blocked> list(db::Tx& tx, CommunityId community, MemberId member, int limit);

}  // namespace torv::blocks::store
