#include <algorithm>

#include "features/notifications/store.hpp"

namespace torv::notifications::store {

void note_changes(db::Tx& tx, CommunityId community, std::vector<MemberId> members) {
    if (members.empty()) return;
    // In one order, so that two who tell many people do not wait for each other.
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    for (const MemberId member : members)
        tx.later(R"sql(
            INSERT INTO notice_changes (community_id, member_id, changes) VALUES ($1, $2, 1)
            ON CONFLICT (community_id, member_id)
            DO UPDATE SET changes = notice_changes.changes + 1
        )sql",
                 community, member);
    tx.wake(kChanged);
}

std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members) {
    return tx.all(
        [](const db::Row& row) {
            return std::pair(row.get<std::int64_t>(0), row.get<std::int64_t>(1));
        },
        R"sql(
        SELECT c.member_id, c.changes
          FROM notice_changes c
         WHERE c.community_id = $1 AND c.member_id {in $2}
    )sql",
        community, members);
}

std::vector<MemberId> told_ever(db::Tx& tx, CommunityId community, MemberId after, int limit) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT c.member_id
          FROM notice_changes c
         WHERE c.community_id = $1 AND c.member_id > $2
         ORDER BY c.member_id
         LIMIT $3
    )sql",
                  community, after, limit);
}

std::vector<MemberId> prune(db::Tx& tx, CommunityId community, const db::Ids& members,
                            Instant read_before, Instant unread_before) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        DELETE FROM notices
         WHERE community_id = $1 AND member_id {in $2} AND happened_at < $3
           AND (read_at IS NOT NULL OR happened_at < $4)
        RETURNING member_id
    )sql",
                  community, members, std::max(read_before, unread_before), unread_before);
}

void clear(db::Tx& tx, CommunityId community) {
    tx.run("UPDATE notices SET gone = 2 WHERE community_id = $1", community);
    tx.run("UPDATE notice_changes SET changes = changes + 1 WHERE community_id = $1", community);
    tx.wake(kChanged);
}

}  // namespace torv::notifications::store
