#include "features/blocks/store.hpp"

namespace torv::blocks::store {

namespace {

MemberId member_row(const db::Row& row) { return row.get<MemberId>(0); }

}  // namespace

std::vector<MemberId> blocked_by(db::Tx& tx, CommunityId community, MemberId member) {
    return tx.all(member_row, R"sql(
        SELECT b.blocked_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.member_id = $2 AND b.until IS NULL
         LIMIT 1000
    )sql",
                  community, member);
}

Around around(db::Tx& tx, CommunityId community, MemberId member) {
    Around found;
    tx.each(
        [&](const db::Row& row) {
            (row.get<bool>(0) ? found.mine : found.of_me).push_back(row.get<MemberId>(1));
        },
        R"sql(
        SELECT 1 AS mine, b.blocked_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.member_id = $2 AND b.until IS NULL
         UNION ALL
        SELECT 0, b.member_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.blocked_id = $2 AND b.until IS NULL
    )sql",
        community, member);
    return found;
}

std::vector<std::pair<MemberId, MemberId>> pairs(db::Tx& tx, CommunityId community,
                                                 const db::Ids& among) {
    return tx.all(
        [](const db::Row& row) { return std::pair(row.get<MemberId>(0), row.get<MemberId>(1)); },
        R"sql(
        SELECT b.member_id, b.blocked_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.member_id {in $2} AND b.until IS NULL
         UNION
        SELECT b.member_id, b.blocked_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.blocked_id {in $2} AND b.until IS NULL
    )sql",
        community, among);
}

std::vector<MemberId> blockers(db::Tx& tx, CommunityId community, MemberId whom, Instant at,
                               const db::Ids& among) {
    return tx.all(member_row, R"sql(
        SELECT b.member_id
          FROM blocks b
         WHERE b.community_id = $1 AND b.blocked_id = $2 AND b.member_id {in $4}
           AND b.since <= $3 AND (b.until IS NULL OR b.until > $3)
         LIMIT 1000
    )sql",
                  community, whom, at, among);
}

void insert(db::Tx& tx, CommunityId community, MemberId member, MemberId whom) {
    tx.run(R"sql(
        INSERT INTO blocks (community_id, member_id, blocked_id, since)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, member_id, blocked_id, since) DO UPDATE SET until = NULL
    )sql",
           community, member, whom, tx.now());
}

void end(db::Tx& tx, CommunityId community, MemberId member, MemberId whom) {
    tx.run(R"sql(
        UPDATE blocks SET until = $4
         WHERE community_id = $1 AND member_id = $2 AND blocked_id = $3 AND until IS NULL
    )sql",
           community, member, whom, tx.now());
}

std::vector<Blocked> list(db::Tx& tx, CommunityId community, MemberId member, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Blocked{.member = row.get<MemberId>(0), .since = row.get<Instant>(1)};
        },
        R"sql(
        SELECT b.blocked_id, b.since
          FROM blocks b
         WHERE b.community_id = $1 AND b.member_id = $2 AND b.until IS NULL
         ORDER BY b.since DESC, b.blocked_id DESC
         LIMIT $3
    )sql",
        community, member, limit);
}

}  // namespace torv::blocks::store
