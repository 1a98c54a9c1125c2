#pragma once

#include <string>
#include <vector>

#include "features/profiles/profiles.hpp"

/// SQL of who is like whom.
namespace torv::profiles::store {

struct Holder {
    MemberId id;
    std::string mark;
};
/// Who shows one of these to members; at most `limit` rows.
std::vector<Holder> holders(db::Tx& tx, CommunityId community, const db::Texts& marks, int limit);
/// Which of these marks each of the active ones among these people shows to members.
std::vector<Holder> among(db::Tx& tx, CommunityId community, const db::Ids& people,
                          const db::Texts& marks);

}  // namespace torv::profiles::store
