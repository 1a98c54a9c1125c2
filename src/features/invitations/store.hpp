#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/invitations/invitations.hpp"

namespace torv::invitations::store {

void insert(db::Tx&, CommunityId, const Invitation&, std::string_view token_hash);
std::optional<Invitation> by_token(db::Tx&, CommunityId, std::string_view token_hash);
std::optional<Invitation> by_id(db::Tx&, CommunityId, InvitationId);
std::vector<Invitation> list(db::Tx&, CommunityId, MemberId made_by);
void revoke(db::Tx&, CommunityId, InvitationId);
/// False when the last use was taken, or it was revoked, meanwhile.
bool use(db::Tx&, CommunityId, InvitationId);
/// How many a member made since `from`.
std::int64_t made_since(db::Tx&, CommunityId, MemberId, Instant from);

}  // namespace torv::invitations::store
