#pragma once

#include <vector>

#include "features/modlog/modlog.hpp"

namespace torv::modlog::store {

void insert(db::Tx& tx, CommunityId community, MemberId actor, std::string_view act,
            Subject subject, SpaceId space, std::string_view detail);
std::vector<Deed> deeds(db::Tx& tx, CommunityId community, const db::Ids& spaces, DeedId before,
                        int limit);

}  // namespace torv::modlog::store
