#include "features/blocks/blocks.hpp"

#include <algorithm>

#include "features/blocks/store.hpp"

namespace torv::blocks {

namespace {

bool holds(const std::vector<MemberId>& list, MemberId one) {
    return std::ranges::find(list, one) != list.end();
}

}  // namespace

bool Around::hides(MemberId author) const { return holds(mine, author); }

bool Around::hidden_from(MemberId author) const { return holds(of_me, author); }

std::vector<MemberId> blocked_by(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.is_member()) return {};
    return store::blocked_by(tx, viewer.community, viewer.id);
}

Around around(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.is_member()) return {};
    return store::around(tx, viewer.community, viewer.id);
}

std::vector<MemberId> blockers(db::Tx& tx, CommunityId community, MemberId whom, Instant at,
                               const std::vector<MemberId>& among) {
    db::Ids ids;
    for (const MemberId one : among) ids.values.push_back(one.value);
    if (!whom || ids.values.empty()) return {};
    return store::blockers(tx, community, whom, at, ids);
}

std::vector<std::pair<MemberId, MemberId>> pairs(db::Tx& tx, CommunityId community,
                                                 const db::Ids& among) {
    return store::pairs(tx, community, among);
}

Done block(db::Tx& tx, const auth::Viewer& viewer, MemberId whom) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    if (whom == viewer.id) return fail(Fault::Invalid, "blocks.not_yourself");
    const Around now = around(tx, viewer);
    if (now.hides(whom)) return Unit{};  // a double click is not an error
    if (static_cast<int>(now.mine.size()) >= kMost) return fail(Fault::TooMany, "blocks.too_many");
    store::insert(tx, viewer.community, viewer.id, whom);
    tx.wake(auth::kRightsChanged);
    return Unit{};
}

void unblock(db::Tx& tx, const auth::Viewer& viewer, MemberId whom) {
    if (!viewer.is_member()) return;
    store::end(tx, viewer.community, viewer.id, whom);
    tx.wake(auth::kRightsChanged);
}

std::vector<Blocked> list(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.is_member()) return {};
    return store::list(tx, viewer.community, viewer.id, kMost);
}

}  // namespace torv::blocks
