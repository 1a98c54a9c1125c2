#pragma once

#include <optional>
#include <vector>

#include "features/drafts/drafts.hpp"

namespace torv::drafts::store {

std::optional<Draft> find(db::Tx& tx, CommunityId community, MemberId member,
                          std::string_view place);
/// False when there is no such draft yet.
bool save(db::Tx& tx, CommunityId community, MemberId member, std::string_view place,
          std::string_view title, std::string_view body);
void insert(db::Tx& tx, CommunityId community, MemberId member, std::string_view place,
            std::string_view title, std::string_view body);
std::int64_t count(db::Tx& tx, CommunityId community, MemberId member);
void remove(db::Tx& tx, CommunityId community, MemberId member, std::string_view place);
std::vector<Draft> all(db::Tx& tx, CommunityId community, MemberId member, std::int64_t limit);

}  // namespace torv::drafts::store
