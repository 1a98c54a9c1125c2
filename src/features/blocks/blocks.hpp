#pragma once

#include <utility>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// Whom a member has blocked. Low; knows ids only. Nothing here is announced; a change wakes
/// auth::kRightsChanged, so that open pages stop telling of them.
namespace torv::blocks {

inline constexpr int kMost = 1000;  ///< by one member

/// The viewer's blocks as they are now; one query, none for guests. Ask once per page.
struct Around {
    std::vector<MemberId> mine;   ///< blocked by the viewer
    std::vector<MemberId> of_me;  ///< who have blocked the viewer

    bool hides(MemberId author) const;        ///< the viewer has blocked them
    bool hidden_from(MemberId author) const;  ///< they have blocked the viewer
};
Around around(db::Tx& tx, const auth::Viewer& viewer);
/// `mine` of it alone.
std::vector<MemberId> blocked_by(db::Tx& tx, const auth::Viewer& viewer);

/// Who has blocked whom now, where one of the two is among these. One query.
std::vector<std::pair<MemberId, MemberId>> pairs(db::Tx& tx, CommunityId community,
                                                 const db::Ids& among);
/// Who of these had blocked `whom` at that moment. One query.
std::vector<MemberId> blockers(db::Tx& tx, CommunityId community, MemberId whom, Instant at,
                               const std::vector<MemberId>& among);

/// Repeating is no error. Faults: Invalid "blocks.not_yourself", TooMany "blocks.too_many". Whether
/// there is such a member is asked by the caller.
Done block(db::Tx& tx, const auth::Viewer& viewer, MemberId whom);
void unblock(db::Tx& tx, const auth::Viewer& viewer, MemberId whom);

struct Blocked {
    MemberId member;
    Instant since;
};
/// Newest first.
std::vector<Blocked> list(db::Tx& tx, const auth::Viewer& viewer);

}  // namespace torv::blocks
