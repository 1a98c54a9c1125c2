#pragma once

#include <string>
#include <vector>

#include "features/reactions/reactions.hpp"

namespace torv::reactions::store {

Own own(db::Tx& tx, CommunityId community, MemberId member, const std::vector<PostId>& posts);
std::vector<std::string> of_member(db::Tx& tx, CommunityId community, PostId post, MemberId member);
/// False when it was there already.
bool insert(db::Tx& tx, CommunityId community, PostId post, MemberId member, std::string_view emoji,
            Instant at);
bool remove(db::Tx& tx, CommunityId community, PostId post, MemberId member,
            std::string_view emoji);
std::vector<Given> given(db::Tx& tx, CommunityId community, PostId post);

}  // namespace torv::reactions::store
